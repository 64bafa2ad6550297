package io.pileus.cognito.idp;

import io.pileus.cognito.idp.model.CodeDeliveryDetailsType;
import io.pileus.cognito.idp.model.UserAttributeUpdateSettingsType;
import io.pileus.cognito.idp.state.ConfirmationCode;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.service.CallContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Changes of a user's attributes: schema, aliases, and the codes that a new address must be proved with. */
final class AttributeChanges {
    private final Realm realm;
    private final Messages messages;

    AttributeChanges(Realm realm, Messages messages) {
        this.realm = realm;
        this.messages = messages;
    }

    static String purpose(String attribute) {
        return "verify:" + attribute;
    }

    /**
     * Sets attributes; an empty value takes an attribute away. An address that changes is unverified until its code
     * comes back, unless the same change declares it verified; where the pool says so, it changes only then. Who declares
     * it verified, an administrator, takes the alias from whoever has it.
     */
    List<CodeDeliveryDetailsType> update(
            UserPool pool,
            User user,
            Map<String, String> changes,
            String clientId,
            Map<String, String> clientMetadata,
            CallContext call) {
        if (changes.containsKey("sub")) {
            throw CognitoErrors.invalidParameter("user.sub: Attribute cannot be updated.\n");
        }
        pool.schema().checkChange(changes);
        pool.schema().checkMutable(changes.keySet());
        checkRequired(pool, changes);
        Map<String, String> toProve = new LinkedHashMap<>();
        Map<String, String> applied = new LinkedHashMap<>(changes);
        for (String attribute : List.of("email", "phone_number")) {
            String value = changes.get(attribute);
            boolean declared = "true".equals(changes.get(attribute + "_verified"));
            if (value == null || value.isEmpty()) {
                continue;
            }
            checkAlias(pool, user, attribute, value, false);
            boolean same = value.equals(user.attributes().get(attribute)) && user.verified(attribute);
            if (declared || same) {
                continue;
            }
            if (pool.settings().autoVerifiedAttributes().contains(attribute)) {
                toProve.put(attribute, value);
            }
            if (keptUntilVerified(pool, attribute) && user.attributes().containsKey(attribute)) {
                applied.remove(attribute);
            } else {
                applied.putIfAbsent(attribute + "_verified", "false");
            }
        }
        String preferred = changes.get("preferred_username");
        if (preferred != null && !preferred.isEmpty()) {
            checkAlias(pool, user, "preferred_username", preferred, true);
        }
        takeAliases(pool, user, changes);
        User changed = pool.users()
                .update(user.username(), call.receivedAt(), draft -> apply(draft, applied))
                .orElseThrow(CognitoErrors::userNotFound);
        List<CodeDeliveryDetailsType> sent = new ArrayList<>();
        toProve.forEach((attribute, value) -> sent.add(sendCode(
                pool, changed, attribute, value, Messages.Kind.UPDATE_USER_ATTRIBUTE, clientId, clientMetadata, call)));
        return sent;
    }

    private static void checkRequired(UserPool pool, Map<String, String> changes) {
        changes.forEach((name, value) -> {
            if (value.isEmpty()) {
                checkRemovable(pool, name);
            }
        });
    }

    private static void checkRemovable(UserPool pool, String name) {
        var schema = pool.schema().byName().get(name);
        if (schema != null && Boolean.TRUE.equals(schema.required())) {
            throw CognitoErrors.invalidParameter("user." + name + ": Required attribute cannot be deleted.");
        }
    }

    private static boolean keptUntilVerified(UserPool pool, String attribute) {
        UserAttributeUpdateSettingsType settings = pool.settings().userAttributeUpdateSettings();
        return settings != null
                && settings.attributesRequireVerificationBeforeUpdate().contains(attribute);
    }

    private static void checkAlias(UserPool pool, User user, String attribute, String value, boolean active) {
        boolean name = pool.usernameIs(attribute);
        if ((active || name)
                && pool.aliasHolder(attribute, value, user.username()).isPresent()) {
            throw CognitoErrors.aliasExists(attribute);
        }
    }

    private static void takeAliases(UserPool pool, User user, Map<String, String> changes) {
        for (String attribute : List.of("email", "phone_number")) {
            String value = changes.getOrDefault(attribute, user.attributes().getOrDefault(attribute, ""));
            if (!value.isEmpty() && "true".equals(changes.get(attribute + "_verified"))) {
                pool.aliasHolder(attribute, value, user.username())
                        .ifPresent(holder -> pool.users()
                                .note(
                                        holder.username(),
                                        draft -> draft.attributes.put(attribute + "_verified", "false")));
            }
        }
    }

    private static void apply(User.Draft draft, Map<String, String> changes) {
        changes.forEach((name, value) -> {
            if (value.isEmpty()) {
                draft.attributes.remove(name);
                draft.attributes.remove(name + "_verified");
            } else {
                draft.attributes.put(name, value);
            }
        });
    }

    void delete(UserPool pool, User user, List<String> names, CallContext call) {
        for (String name : names) {
            if (!pool.schema().has(name)) {
                throw CognitoErrors.invalidParameter("user." + name + ": Attribute does not exist in the schema.\n");
            }
            checkRemovable(pool, name);
        }
        pool.schema().checkMutable(Set.copyOf(names));
        pool.users()
                .update(
                        user.username(),
                        call.receivedAt(),
                        draft -> names.forEach(name -> {
                            draft.attributes.remove(name);
                            draft.attributes.remove(name + "_verified");
                        }));
    }

    CodeDeliveryDetailsType sendCode(
            UserPool pool,
            User user,
            String attribute,
            String value,
            Messages.Kind kind,
            String clientId,
            Map<String, String> clientMetadata,
            CallContext call) {
        ConfirmationCode code = messages.newCode(attribute, value, call, Messages.VERIFICATION_VALIDITY);
        CodeDeliveryDetailsType sent = messages.send(
                new Messages.Letter(pool, clientId, user, kind, attribute, value, code.code(), clientMetadata), call);
        pool.users().note(user.username(), draft -> draft.codes.put(purpose(attribute), code));
        return sent;
    }

    /** Takes the code for an attribute; the address is then set, if it waited, and verified. */
    void verify(UserPool pool, User user, String attribute, String given, CallContext call) {
        ConfirmationCode code = user.codes().get(purpose(attribute));
        String key = pool.id() + "/" + user.sub() + "/" + purpose(attribute);
        CodeChecks.check(realm, key, code, given, call.receivedAt());
        if (pool.aliasHolder(attribute, code.value(), user.username()).isPresent()) {
            throw CognitoErrors.aliasExists(attribute);
        }
        pool.users().update(user.username(), call.receivedAt(), draft -> {
            draft.codes.remove(purpose(attribute));
            draft.attributes.put(attribute, code.value());
            draft.attributes.put(attribute + "_verified", "true");
        });
    }
}
