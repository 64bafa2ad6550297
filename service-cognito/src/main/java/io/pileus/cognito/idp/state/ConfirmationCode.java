package io.pileus.cognito.idp.state;

import io.pileus.cognito.idp.crypto.Digests;
import java.time.Instant;

/**
 * A code sent to a user.
 *
 * @param attribute the attribute it was sent to: {@code email} or {@code phone_number}
 * @param value the value that the attribute had (or shall have) when it was sent
 */
public record ConfirmationCode(String code, String attribute, String value, Instant expiresAt) {

    public boolean matches(String given) {
        return Digests.equal(code, given);
    }

    public boolean expired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    @Override
    public String toString() {
        return "ConfirmationCode[" + attribute + ", expiresAt=" + expiresAt + "]";
    }
}
