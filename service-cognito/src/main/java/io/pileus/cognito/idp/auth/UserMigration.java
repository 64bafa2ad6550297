package io.pileus.cognito.idp.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.cognito.idp.CognitoErrors;
import io.pileus.cognito.idp.Messages;
import io.pileus.cognito.idp.NewUsers;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.model.UserNotFoundException;
import io.pileus.cognito.idp.model.UserStatusType;
import io.pileus.cognito.idp.state.AppClient;
import io.pileus.cognito.idp.state.Password;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.cognito.idp.triggers.Trigger;
import io.pileus.cognito.idp.triggers.Triggers;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets the migration trigger bring a user from elsewhere, at sign-in (with the password) or when a password was forgotten.
 * A user who cannot be made from the trigger's answer is not there, and a client that may know is told that the migration
 * has failed.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html">Migrate user
 *     Lambda trigger</a>
 */
public final class UserMigration {
    /** In the welcome message, in the place of the password: it is the user's own, and no message shall carry it. */
    private static final String OWN_PASSWORD = "********";

    private final Realm realm;
    private final Messages messages;
    private final NewUsers newUsers;

    public UserMigration(Realm realm, Messages messages) {
        this.realm = realm;
        this.messages = messages;
        this.newUsers = new NewUsers(realm);
    }

    Optional<User> migrate(SignIn signIn, String login, String password) {
        Triggers.Event event = Triggers.Event.named(
                signIn.pool(),
                "UserMigration_Authentication",
                login,
                signIn.client().id());
        event.request().put("password", password);
        event.putUnlessEmpty("validationData", signIn.validationData());
        return migrated(signIn.client(), event, Optional.of(password), Map.of(), signIn.call());
    }

    /** A user that has forgotten their password and that we do not have. */
    public Optional<User> migrateForgotten(
            UserPool pool, AppClient client, String login, Map<String, String> clientMetadata, CallContext call) {
        Triggers.Event event = Triggers.Event.named(pool, "UserMigration_ForgotPassword", login, client.id());
        event.putUnlessEmpty("clientMetadata", clientMetadata);
        return migrated(client, event, Optional.empty(), clientMetadata, call);
    }

    private Optional<User> migrated(
            AppClient client,
            Triggers.Event event,
            Optional<String> password,
            Map<String, String> clientMetadata,
            CallContext call) {
        if (!realm.triggers().has(event.pool(), Trigger.USER_MIGRATION)) {
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
        User user;
        try {
            user = add(event.pool(), event.username(), answer, password, call);
        } catch (AwsException e) {
            if (client.hidesUserExistence()) {
                return Optional.empty();
            }
            throw UserNotFoundException.of("Exception migrating user in app client " + client.id());
        }
        if (answer.path("messageAction").isNull()
                || answer.path("messageAction").isMissingNode()) {
            messages.invite(
                    new Messages.Invitation(
                            event.pool(), client.id(), user, OWN_PASSWORD, mediums(answer), clientMetadata),
                    call);
        }
        return Optional.of(user);
    }

    private User add(UserPool pool, String login, JsonNode answer, Optional<String> password, CallContext call) {
        Map<String, String> attributes = new LinkedHashMap<>();
        answer.path("userAttributes")
                .properties()
                .forEach(attribute ->
                        attributes.put(attribute.getKey(), attribute.getValue().asText()));
        if (attributes.isEmpty()) {
            throw CognitoErrors.invalidParameter("The trigger knows no such user.");
        }
        // Whoever signs in by an alias gets a name of their own in this way.
        String name = Optional.ofNullable(attributes.remove("username")).orElse(login);
        User.Draft draft =
                newUsers.draft(pool, pool.hasUsernameAttributes() ? login : name, attributes, call.receivedAt());
        pool.schema().check(draft.attributes);
        pool.schema().checkRequired(draft.attributes);
        draft.status = status(answer, password);
        password.ifPresent(text -> draft.password = Optional.of(
                Password.permanent(pool.srpGroup(), draft.username, text, call.receivedAt(), realm.random())));
        if (answer.path("enableSMSMFA").asBoolean()) {
            requireSmsMfa(pool, draft);
        }
        checkMessageAction(answer);
        newUsers.claimAliases(
                pool,
                draft.username,
                draft.attributes,
                answer.path("forceAliasCreation").asBoolean());
        pool.users().add(draft);
        return pool.users().named(draft.username).orElseThrow(CognitoErrors::userNotFound);
    }

    /** Without a password there is nothing to confirm: it has yet to be set. */
    private static UserStatusType status(JsonNode answer, Optional<String> password) {
        String status = answer.path("finalUserStatus").asText("CONFIRMED");
        if (!status.equals("CONFIRMED") && !status.equals("RESET_REQUIRED")) {
            throw CognitoErrors.invalidParameter("finalUserStatus cannot be " + status + ".");
        }
        return password.isPresent() && status.equals("CONFIRMED")
                ? UserStatusType.CONFIRMED
                : UserStatusType.RESET_REQUIRED;
    }

    private static void requireSmsMfa(UserPool pool, User.Draft draft) {
        boolean off = "OFF".equals(pool.settings().mfaConfiguration());
        if (off || !draft.attributes.containsKey("phone_number")) {
            throw CognitoErrors.invalidParameter("enableSMSMFA needs a pool with MFA and a telephone number.");
        }
        draft.mfa = draft.mfa.withLegacySms(true);
    }

    private static void checkMessageAction(JsonNode answer) {
        String action = answer.path("messageAction").asText("SUPPRESS");
        if (!action.equals("SUPPRESS")) {
            throw CognitoErrors.invalidParameter("messageAction cannot be " + action + ".");
        }
    }

    private static List<String> mediums(JsonNode answer) {
        List<String> mediums = new ArrayList<>();
        answer.path("desiredDeliveryMediums").forEach(medium -> mediums.add(medium.asText()));
        return mediums;
    }
}
