package io.pileus.cognito.idp.state;

import io.pileus.cognito.idp.crypto.SrpVerifier;
import java.time.Instant;
import java.util.Optional;

/**
 * A device that a user has signed in from.
 *
 * @param groupKey the device group key that its SRP hashes
 * @param verifier the verifier of the device's own password; empty until ConfirmDevice
 */
public record Device(
        String key,
        String groupKey,
        String name,
        String lastIpUsed,
        Optional<SrpVerifier> verifier,
        boolean remembered,
        Instant createdAt,
        Instant modifiedAt,
        Instant authenticatedAt) {

    public Device remembered(boolean yes, Instant now) {
        return new Device(key, groupKey, name, lastIpUsed, verifier, yes, createdAt, now, authenticatedAt);
    }

    /** Confirmed: it has a name and a password of its own. */
    public Device confirmed(String newName, SrpVerifier password, Instant now) {
        return new Device(
                key, groupKey, newName, lastIpUsed, Optional.of(password), remembered, createdAt, now, authenticatedAt);
    }

    public Device authenticated(Instant now) {
        return new Device(key, groupKey, name, lastIpUsed, verifier, remembered, createdAt, modifiedAt, now);
    }
}
