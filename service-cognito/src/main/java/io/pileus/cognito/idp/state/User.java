package io.pileus.cognito.idp.state;

import io.pileus.cognito.idp.model.UserStatusType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A user of a pool, as of one moment; a change makes another one through {@link Users#update}.
 *
 * <p>Status: UNCONFIRMED (SignUp) → CONFIRMED (ConfirmSignUp, AdminConfirmSignUp, a trigger's autoConfirmUser);
 * FORCE_CHANGE_PASSWORD (AdminCreateUser, AdminSetUserPassword with a temporary one) → CONFIRMED (NEW_PASSWORD_REQUIRED,
 * a permanent password); CONFIRMED → RESET_REQUIRED (AdminResetUserPassword, import) → CONFIRMED (ConfirmForgotPassword);
 * EXTERNAL_PROVIDER for users that an identity provider signed in.
 *
 * @param username the name in the pool; of users who sign in with e-mail or telephone number it is the sub
 * @param attributes the attributes but for {@code sub} and {@code identities}
 * @param history earlier passwords, the latest first
 * @param codes the codes that wait for an answer, by purpose
 */
public record User(
        String username,
        String sub,
        UserStatusType status,
        boolean enabled,
        Map<String, String> attributes,
        Optional<Password> password,
        List<Password> history,
        Map<String, ConfirmationCode> codes,
        FailedSignIns failedSignIns,
        Mfa mfa,
        Map<String, Device> devices,
        List<Passkey> passkeys,
        List<LinkedIdentity> identities,
        List<String> groups,
        List<AuthEvent> events,
        Instant createdAt,
        Instant modifiedAt) {

    public User {
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
        history = List.copyOf(history);
        codes = Map.copyOf(codes);
        devices = Collections.unmodifiableMap(new LinkedHashMap<>(devices));
        passkeys = List.copyOf(passkeys);
        identities = List.copyOf(identities);
        groups = List.copyOf(groups);
        events = List.copyOf(events);
    }

    public Optional<String> attribute(String name) {
        return name.equals("sub") ? Optional.of(sub) : Optional.ofNullable(attributes.get(name));
    }

    /** Whether the attribute is there and its {@code _verified} companion says {@code true}. */
    public boolean verified(String attribute) {
        return attributes.containsKey(attribute) && "true".equals(attributes.get(attribute + "_verified"));
    }

    public boolean is(UserStatusType other) {
        return status == other;
    }

    /** A user being changed. */
    public static final class Draft {
        public final String username;
        public final String sub;
        public final Instant createdAt;
        public UserStatusType status = UserStatusType.UNCONFIRMED;
        public boolean enabled = true;
        public Map<String, String> attributes = new TreeMap<>();
        public Optional<Password> password = Optional.empty();
        public List<Password> history = new ArrayList<>();
        public Map<String, ConfirmationCode> codes = new LinkedHashMap<>();
        public FailedSignIns failedSignIns = FailedSignIns.NONE;
        public Mfa mfa = Mfa.NONE;
        public Map<String, Device> devices = new LinkedHashMap<>();
        public List<Passkey> passkeys = new ArrayList<>();
        public List<LinkedIdentity> identities = new ArrayList<>();
        public List<String> groups = new ArrayList<>();
        public List<AuthEvent> events = new ArrayList<>();
        public Instant modifiedAt;

        public Draft(String username, String sub, Instant createdAt) {
            this.username = username;
            this.sub = sub;
            this.createdAt = createdAt;
            this.modifiedAt = createdAt;
        }

        Draft(User user) {
            this(user.username, user.sub, user.createdAt);
            status = user.status;
            enabled = user.enabled;
            attributes.putAll(user.attributes);
            password = user.password;
            history.addAll(user.history);
            codes.putAll(user.codes);
            failedSignIns = user.failedSignIns;
            mfa = user.mfa;
            devices.putAll(user.devices);
            passkeys.addAll(user.passkeys);
            identities.addAll(user.identities);
            groups.addAll(user.groups);
            events.addAll(user.events);
            modifiedAt = user.modifiedAt;
        }

        /** Replaces the password and remembers the old one as long as the longest history that a policy may ask for. */
        public void replacePassword(Password next) {
            password.ifPresent(old -> history.addFirst(old));
            while (history.size() > 24) {
                history.removeLast();
            }
            password = Optional.of(next);
            failedSignIns = FailedSignIns.NONE;
        }

        User freeze() {
            return new User(
                    username,
                    sub,
                    status,
                    enabled,
                    attributes,
                    password,
                    history,
                    codes,
                    failedSignIns,
                    mfa,
                    devices,
                    passkeys,
                    identities,
                    groups,
                    events,
                    createdAt,
                    modifiedAt);
        }
    }

    @Override
    public String toString() {
        return "User[" + sub + ", " + status + "]";
    }
}
