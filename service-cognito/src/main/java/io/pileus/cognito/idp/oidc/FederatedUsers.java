package io.pileus.cognito.idp.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.model.GroupType;
import io.pileus.cognito.idp.model.IdentityProviderType;
import io.pileus.cognito.idp.model.UserStatusType;
import io.pileus.cognito.idp.state.Group;
import io.pileus.cognito.idp.state.LinkedIdentity;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.cognito.idp.triggers.Trigger;
import io.pileus.cognito.idp.triggers.Triggers;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The users whom external providers vouch for: those that were linked to a user of the pool, and those of their own, made
 * at their first sign-in. Mapped attributes are taken over at each.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-specifying-attribute-mapping.html">Mapping
 *     IdP attributes</a>
 */
final class FederatedUsers {
    private static final int USERNAME_LENGTH_MAX = 128;
    private static final String SUBJECT = "Cognito_Subject";
    private final Realm realm;

    FederatedUsers(Realm realm) {
        this.realm = realm;
    }

    /**
     * What a provider said of a user.
     *
     * @param parts by where it was said, as the inbound federation trigger sees them: {@code idToken}, {@code userInfo},
     *     {@code tokenResponse}, {@code samlResponse}
     * @param claims all of it
     */
    record Statement(Map<String, Map<String, String>> parts, Map<String, String> claims) {}

    /** The user that a provider's statement is about. */
    User user(
            AuthorizationRequest authorization, IdentityProviderType provider, Statement statement, CallContext call) {
        UserPool pool = authorization.pool();
        String claim = provider.attributeMapping().getOrDefault("username", "sub");
        String subject = statement.claims().getOrDefault(claim, "");
        if (subject.isEmpty()) {
            throw error("The identity provider did not name the user");
        }
        Map<String, String> attributes = mapped(provider, inbound(authorization, provider, subject, statement, call));
        pool.schema().check(attributes);
        Optional<User> known = known(pool, provider, subject, statement);
        return known.isPresent()
                ? returning(authorization, known.get(), attributes, call)
                : first(authorization, provider, subject, statement, attributes, call);
    }

    static AwsException error(String message) {
        return new AwsException("InvalidRequest", 400, message);
    }

    private static Map<String, String> mapped(IdentityProviderType provider, Map<String, String> claims) {
        Map<String, String> attributes = new LinkedHashMap<>();
        provider.attributeMapping().forEach((ours, theirs) -> {
            if (!ours.equals("username") && claims.containsKey(theirs)) {
                attributes.put(ours, claims.get(theirs));
            }
        });
        return attributes;
    }

    /** A link names the provider's subject, or any other of its attributes with a value. */
    private static Optional<User> known(
            UserPool pool, IdentityProviderType provider, String subject, Statement statement) {
        Optional<User> bySubject = withIdentity(pool, provider, SUBJECT, subject);
        return bySubject.isPresent()
                ? bySubject
                : statement.claims().entrySet().stream()
                        .flatMap(claim -> withIdentity(pool, provider, claim.getKey(), claim.getValue()).stream())
                        .findFirst();
    }

    private static Optional<User> withIdentity(
            UserPool pool, IdentityProviderType provider, String attribute, String value) {
        return pool.users()
                .withIdentity(provider.providerName(), value)
                .filter(user -> user.identities().stream()
                        .anyMatch(identity -> identity.providerName().equals(provider.providerName())
                                && identity.userId().equals(value)
                                && identity.attributeName().equals(attribute)));
    }

    private User returning(
            AuthorizationRequest authorization, User user, Map<String, String> attributes, CallContext call) {
        UserPool pool = authorization.pool();
        if (!user.enabled()) {
            throw error("User is not enabled");
        }
        notify(Trigger.PRE_AUTHENTICATION, "PreAuthentication_Authentication", authorization, user, call);
        // Even with the value that it has, an attribute that is fixed cannot be mapped, as in AWS.
        pool.schema().checkMutable(attributes.keySet());
        User refreshed = pool.users()
                .update(user.username(), call.receivedAt(), draft -> draft.attributes.putAll(attributes))
                .orElseThrow(() -> error("User does not exist."));
        notify(Trigger.POST_AUTHENTICATION, "PostAuthentication_Authentication", authorization, refreshed, call);
        return refreshed;
    }

    private void notify(
            Trigger trigger, String source, AuthorizationRequest authorization, User user, CallContext call) {
        if (realm.triggers().has(authorization.pool(), trigger)) {
            Triggers.Event event = Triggers.Event.about(
                    authorization.pool(), source, user, authorization.client().id());
            if (trigger == Trigger.POST_AUTHENTICATION) {
                event.request().put("newDeviceUsed", false);
            }
            realm.triggers().call(trigger, event, call);
        }
    }

    private User first(
            AuthorizationRequest authorization,
            IdentityProviderType provider,
            String subject,
            Statement statement,
            Map<String, String> attributes,
            CallContext call) {
        UserPool pool = authorization.pool();
        String username = pool.users().normalize(provider.providerName() + "_" + subject);
        if (username.length() > USERNAME_LENGTH_MAX) {
            throw error("1 validation error detected: Value '" + username
                    + "' at 'userName' failed to satisfy constraint: Member must have length less than or equal to "
                    + USERNAME_LENGTH_MAX);
        }
        User.Draft draft = new User.Draft(username, realm.env().ids().uuid(), call.receivedAt());
        draft.status = UserStatusType.EXTERNAL_PROVIDER;
        draft.attributes.putAll(attributes);
        if (attributes.containsKey("email")) {
            draft.attributes.putIfAbsent("email_verified", "false");
        }
        if (attributes.containsKey("phone_number")) {
            draft.attributes.putIfAbsent("phone_number_verified", "false");
        }
        draft.identities.add(new LinkedIdentity(
                subject,
                provider.providerName(),
                provider.providerType(),
                provider.providerType().equals("OIDC")
                        ? provider.providerDetails().getOrDefault("oidc_issuer", "")
                        : "",
                SUBJECT,
                true,
                call.receivedAt()));
        pool.schema().checkRequired(draft.attributes);
        preSignUp(authorization, draft, call);
        Optional<User> linkedMeanwhile = known(pool, provider, subject, statement);
        if (linkedMeanwhile.isPresent()) {
            // The trigger has linked them to a user of the pool, which the tokens shall be about.
            return returning(authorization, linkedMeanwhile.get(), attributes, call);
        }
        String group = pool.id() + "_" + provider.providerName();
        draft.groups.add(group);
        pool.users().add(draft);
        join(pool, group, provider, draft.username, call);
        User user = pool.users().named(draft.username).orElseThrow();
        notify(Trigger.POST_CONFIRMATION, "PostConfirmation_ConfirmSignUp", authorization, user, call);
        return user;
    }

    /** Every provider has a group of its users, which comes with the first of them. */
    private static void join(
            UserPool pool, String group, IdentityProviderType provider, String username, CallContext call) {
        pool.groups()
                .computeIfAbsent(
                        group,
                        name -> new Group(
                                GroupType.builder()
                                        .groupName(name)
                                        .userPoolId(pool.id())
                                        .description("Autogenerated group for users who sign in using "
                                                + provider.providerName())
                                        .creationDate(call.receivedAt())
                                        .lastModifiedDate(call.receivedAt())
                                        .build(),
                                new ConcurrentSkipListSet<>()))
                .members()
                .add(username);
    }

    private void preSignUp(AuthorizationRequest authorization, User.Draft draft, CallContext call) {
        if (realm.triggers().has(authorization.pool(), Trigger.PRE_SIGN_UP)) {
            Triggers.Event event = Triggers.Event.named(
                    authorization.pool(),
                    "PreSignUp_ExternalProvider",
                    draft.username,
                    authorization.client().id());
            Map<String, String> shown = new LinkedHashMap<>(draft.attributes);
            shown.put("cognito:email_alias", "");
            shown.put("cognito:phone_number_alias", "");
            event.put("userAttributes", shown);
            event.put("validationData", Map.of());
            event.response()
                    .put("autoConfirmUser", false)
                    .put("autoVerifyEmail", false)
                    .put("autoVerifyPhone", false);
            JsonNode answer =
                    realm.triggers().call(Trigger.PRE_SIGN_UP, event, call).orElseThrow();
            if (answer.path("autoVerifyEmail").asBoolean()) {
                draft.attributes.put("email_verified", "true");
            }
            if (answer.path("autoVerifyPhone").asBoolean()) {
                draft.attributes.put("phone_number_verified", "true");
            }
        }
    }

    /** Lets the inbound federation trigger change what the provider said; an empty answer changes nothing. */
    private Map<String, String> inbound(
            AuthorizationRequest authorization,
            IdentityProviderType provider,
            String subject,
            Statement statement,
            CallContext call) {
        if (!realm.triggers().has(authorization.pool(), Trigger.INBOUND_FEDERATION)) {
            return statement.claims();
        }
        Triggers.Event event = Triggers.Event.named(
                authorization.pool(),
                "InboundFederation_ExternalProvider",
                subject,
                authorization.client().id());
        event.request().put("providerName", provider.providerName()).put("providerType", provider.providerType());
        ObjectNode attributes = event.request().putObject("attributes");
        statement.parts().forEach((name, values) -> {
            ObjectNode part = attributes.putObject(name);
            values.forEach(part::put);
        });
        event.response().putObject("userAttributesToMap");
        JsonNode answer =
                realm.triggers().call(Trigger.INBOUND_FEDERATION, event, call).orElseThrow();
        JsonNode mapped = answer.path("userAttributesToMap");
        if (!mapped.isObject() || mapped.isEmpty()) {
            return statement.claims();
        }
        Map<String, String> claims = new LinkedHashMap<>();
        mapped.properties()
                .forEach(entry -> claims.put(entry.getKey(), entry.getValue().asText()));
        return claims;
    }
}
