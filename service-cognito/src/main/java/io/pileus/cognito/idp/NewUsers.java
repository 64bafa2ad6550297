package io.pileus.cognito.idp;

import io.pileus.cognito.idp.model.UsernameExistsException;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The rules for the name and the aliases of a new user, shared by SignUp, AdminCreateUser, imports and migration. */
public final class NewUsers {
    private final Realm realm;

    public NewUsers(Realm realm) {
        this.realm = realm;
    }

    /**
     * The beginnings of a user: with the name that was given, or, where e-mail address or telephone number stand for the
     * username, named by its sub and with that attribute set.
     */
    public User.Draft draft(UserPool pool, String given, Map<String, String> attributes, Instant now) {
        if (attributes.containsKey("sub")) {
            throw CognitoErrors.invalidParameter("Cannot modify the non-mutable attribute sub.");
        }
        String sub = realm.env().ids().uuid();
        if (!pool.hasUsernameAttributes()) {
            checkPlainName(pool, given);
            User.Draft draft = new User.Draft(pool.users().normalize(given), sub, now);
            draft.attributes.putAll(attributes);
            return draft;
        }
        String attribute = attributeOf(pool, given);
        String other = attributes.get(attribute);
        if (other != null && !pool.users().normalize(other).equals(pool.users().normalize(given))) {
            throw CognitoErrors.invalidParameter("Invalid " + attribute + " attribute: it must equal the username.");
        }
        User.Draft draft = new User.Draft(sub, sub, now);
        draft.attributes.putAll(attributes);
        draft.attributes.put(attribute, pool.users().normalize(given));
        return draft;
    }

    private static void checkPlainName(UserPool pool, String name) {
        if (pool.hasAlias("email") && AttributeSchema.isEmail(name)) {
            throw CognitoErrors.invalidParameter(
                    "Username cannot be of email format, since user pool is configured for email alias.");
        }
        if (pool.hasAlias("phone_number") && AttributeSchema.isPhoneNumber(name)) {
            throw CognitoErrors.invalidParameter("Username cannot be of phone number format, since user pool is "
                    + "configured for phone number alias.");
        }
    }

    private static String attributeOf(UserPool pool, String given) {
        boolean email = pool.usernameIs("email");
        boolean phone = pool.usernameIs("phone_number");
        if (email && AttributeSchema.isEmail(given)) {
            return "email";
        }
        if (phone && AttributeSchema.isPhoneNumber(given)) {
            return "phone_number";
        }
        throw CognitoErrors.invalidParameter(
                email && phone
                        ? "Username should be either an email or a phone number."
                        : email ? "Username should be an email." : "Username should be a phone number.");
    }

    /** Refuses a user whose name, or the attribute that stands for it, another one has. */
    void checkNameFree(UserPool pool, User.Draft draft, String given, String message) {
        if (!pool.hasUsernameAttributes()) {
            if (pool.users().named(draft.username).isPresent()) {
                throw UsernameExistsException.of(message);
            }
            return;
        }
        for (String attribute : pool.settings().usernameAttributes()) {
            String value = draft.attributes.get(attribute);
            if (value != null
                    && pool.aliasHolder(attribute, value, draft.username).isPresent()) {
                throw UsernameExistsException.of("An account with the given " + attribute + " already exists.");
            }
        }
    }

    /** Takes verified aliases over from whoever has them when forced, refuses otherwise. */
    public void claimAliases(UserPool pool, String username, Map<String, String> attributes, boolean force) {
        for (String attribute : pool.settings().aliasAttributes()) {
            String value = attributes.get(attribute);
            boolean active = value != null
                    && (attribute.equals("preferred_username")
                            || "true".equals(attributes.get(attribute + "_verified")));
            Optional<User> holder = active ? pool.aliasHolder(attribute, value, username) : Optional.empty();
            if (holder.isEmpty()) {
                continue;
            }
            if (!force || attribute.equals("preferred_username")) {
                throw CognitoErrors.aliasExists(attribute);
            }
            pool.users().note(holder.get().username(), draft -> draft.attributes.put(attribute + "_verified", "false"));
        }
    }
}
