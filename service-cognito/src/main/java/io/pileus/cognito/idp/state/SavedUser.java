package io.pileus.cognito.idp.state;

import io.pileus.cognito.idp.crypto.PasswordHash;
import io.pileus.cognito.idp.crypto.SrpVerifier;
import io.pileus.cognito.idp.model.UserStatusType;
import io.pileus.core.shape.Blob;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A user as it is saved. */
record SavedUser(
        String username,
        String sub,
        UserStatusType status,
        boolean enabled,
        Map<String, String> attributes,
        @Nullable SavedPassword password,
        List<SavedPassword> history,
        Map<String, ConfirmationCode> codes,
        FailedSignIns failedSignIns,
        Mfa mfa,
        List<SavedDevice> devices,
        List<Passkey> passkeys,
        List<LinkedIdentity> identities,
        List<String> groups,
        List<AuthEvent> events,
        Instant createdAt,
        Instant modifiedAt) {

    /** A salt and a verifier, both numbers in two's complement. */
    record SavedVerifier(Blob salt, Blob verifier) {
        static SavedVerifier of(SrpVerifier verifier) {
            return new SavedVerifier(
                    Blob.of(verifier.salt().toByteArray()),
                    Blob.of(verifier.verifier().toByteArray()));
        }

        SrpVerifier restored() {
            return new SrpVerifier(new BigInteger(salt.bytes()), new BigInteger(verifier.bytes()));
        }

        @Override
        public String toString() {
            return "SavedVerifier";
        }
    }

    record SavedPassword(Blob salt, Blob hash, SavedVerifier srp, boolean temporary, Instant setAt) {
        static SavedPassword of(Password password) {
            return new SavedPassword(
                    Blob.of(password.hash().salt()),
                    Blob.of(password.hash().hash()),
                    SavedVerifier.of(password.verifier()),
                    password.temporary(),
                    password.setAt());
        }

        Password restored() {
            return new Password(new PasswordHash(salt.bytes(), hash.bytes()), srp.restored(), temporary, setAt);
        }

        @Override
        public String toString() {
            return "SavedPassword";
        }
    }

    record SavedDevice(
            String key,
            String groupKey,
            String name,
            String lastIpUsed,
            @Nullable SavedVerifier verifier,
            boolean remembered,
            Instant createdAt,
            Instant modifiedAt,
            Instant authenticatedAt) {
        static SavedDevice of(Device device) {
            return new SavedDevice(
                    device.key(),
                    device.groupKey(),
                    device.name(),
                    device.lastIpUsed(),
                    device.verifier().map(SavedVerifier::of).orElse(null),
                    device.remembered(),
                    device.createdAt(),
                    device.modifiedAt(),
                    device.authenticatedAt());
        }

        Device restored() {
            return new Device(
                    key,
                    groupKey,
                    name,
                    lastIpUsed,
                    Optional.ofNullable(verifier).map(SavedVerifier::restored),
                    remembered,
                    createdAt,
                    modifiedAt,
                    authenticatedAt);
        }
    }

    static SavedUser of(User user) {
        return new SavedUser(
                user.username(),
                user.sub(),
                user.status(),
                user.enabled(),
                user.attributes(),
                user.password().map(SavedPassword::of).orElse(null),
                user.history().stream().map(SavedPassword::of).toList(),
                user.codes(),
                user.failedSignIns(),
                user.mfa(),
                user.devices().values().stream().map(SavedDevice::of).toList(),
                user.passkeys(),
                user.identities(),
                user.groups(),
                user.events(),
                user.createdAt(),
                user.modifiedAt());
    }

    User.Draft restored() {
        User.Draft draft = new User.Draft(username, sub, createdAt);
        draft.status = status;
        draft.enabled = enabled;
        draft.attributes.putAll(attributes);
        draft.password = Optional.ofNullable(password).map(SavedPassword::restored);
        history.forEach(old -> draft.history.add(old.restored()));
        draft.codes.putAll(codes);
        draft.failedSignIns = failedSignIns;
        draft.mfa = mfa;
        devices.forEach(device -> draft.devices.put(device.key(), device.restored()));
        draft.passkeys.addAll(passkeys);
        draft.identities.addAll(identities);
        draft.groups.addAll(groups);
        draft.events.addAll(events);
        draft.modifiedAt = modifiedAt;
        return draft;
    }

    @Override
    public String toString() {
        return "SavedUser[" + sub + "]";
    }
}
