package io.pileus.cognito.idp.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.model.UserStatusType;
import io.pileus.cognito.idp.state.AppClient;
import io.pileus.cognito.idp.state.Password;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.cognito.idp.triggers.Trigger;
import io.pileus.cognito.idp.triggers.Triggers;
import io.pileus.core.service.CallContext;
import java.util.Map;
import java.util.Optional;

/**
 * Lets the migration trigger bring a user from elsewhere, at sign-in (with the password) or when a password was forgotten.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html">Migrate user
 *     Lambda trigger</a>
 */
public final class UserMigration {
    private final Realm realm;

    public UserMigration(Realm realm) {
        this.realm = realm;
    }

    Optional<User> migrate(SignIn signIn, String login, String password) {
        Triggers.Event event = Triggers.Event.named(
                signIn.pool(),
                "UserMigration_Authentication",
                login,
                signIn.client().id());
        event.request().put("password", password);
        event.putUnlessEmpty("validationData", signIn.validationData());
        return migrated(signIn.pool(), event, Optional.of(password), signIn.call());
    }

    /** A user that has forgotten their password and that we do not have. */
    public Optional<User> migrateForgotten(
            UserPool pool, AppClient client, String login, Map<String, String> clientMetadata, CallContext call) {
        Triggers.Event event = Triggers.Event.named(pool, "UserMigration_ForgotPassword", login, client.id());
        event.putUnlessEmpty("clientMetadata", clientMetadata);
        return migrated(pool, event, Optional.empty(), call);
    }

    private Optional<User> migrated(UserPool pool, Triggers.Event event, Optional<String> password, CallContext call) {
        if (!realm.triggers().has(pool, Trigger.USER_MIGRATION)) {
            return Optional.empty();
        }
        event.response()
                .putNull("userAttributes")
                .putNull("forceAliasCreation")
                .putNull("enableSMSMFA")
                .putNull("finalUserStatus")
                .putNull("messageAction")
                .putNull("desiredDeliveryMediums");
        JsonNode answer =
                realm.triggers().call(Trigger.USER_MIGRATION, event, call).orElseThrow();
        if (!answer.path("userAttributes").isObject()
                || answer.path("userAttributes").isEmpty()) {
            return Optional.empty();
        }
        if (!"SUPPRESS".equals(answer.path("messageAction").asText("SUPPRESS"))
                || answer.path("forceAliasCreation").asBoolean()) {
            call.notEmulated("UserMigration: messageAction other than SUPPRESS and forceAliasCreation have no effect");
        }
        String sub = realm.env().ids().uuid();
        String username = pool.hasUsernameAttributes() ? sub : pool.users().normalize(event.username());
        User.Draft draft = new User.Draft(username, sub, call.receivedAt());
        answer.get("userAttributes").properties().forEach(attribute -> {
            String name = attribute.getKey();
            if (!name.equals("username") && !name.equals("sub") && pool.schema().has(name)) {
                draft.attributes.put(name, attribute.getValue().asText());
            }
        });
        for (String attribute : pool.settings().usernameAttributes()) {
            boolean fits = attribute.equals("email") == (event.username().indexOf('@') >= 0);
            if (fits) {
                draft.attributes.putIfAbsent(attribute, event.username());
            }
        }
        boolean confirmed = "CONFIRMED".equals(answer.path("finalUserStatus").asText()) && password.isPresent();
        draft.status = confirmed ? UserStatusType.CONFIRMED : UserStatusType.RESET_REQUIRED;
        if (password.isPresent()) {
            draft.password = Optional.of(
                    Password.permanent(pool.srpGroup(), username, password.get(), call.receivedAt(), realm.random()));
        }
        draft.mfa = draft.mfa.withLegacySms(answer.path("enableSMSMFA").asBoolean(false));
        pool.users().add(draft);
        return pool.users().named(username);
    }
}
