package io.pileus.cognito.idp.state;

import io.pileus.cognito.idp.crypto.PasswordHash;
import io.pileus.cognito.idp.crypto.SrpVerifier;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * A user's password: a hash for the flows that send it, and a verifier for those that prove it.
 *
 * @param temporary whether an administrator set it and the user must replace it
 * @param setAt when it was set, from when a temporary password's validity counts
 */
public record Password(PasswordHash hash, SrpVerifier verifier, boolean temporary, Instant setAt) {

    public static Password permanent(String group, String username, String text, Instant now, SecureRandom random) {
        return new Password(PasswordHash.of(text, random), SrpVerifier.of(group, username, text, random), false, now);
    }

    public static Password temporary(String group, String username, String text, Instant now, SecureRandom random) {
        return new Password(PasswordHash.of(text, random), SrpVerifier.of(group, username, text, random), true, now);
    }
}
