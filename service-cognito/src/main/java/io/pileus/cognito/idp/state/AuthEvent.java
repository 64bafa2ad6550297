package io.pileus.cognito.idp.state;

import java.time.Instant;

/** One thing that happened to a user's sign-in, kept while threat protection is on. */
public record AuthEvent(
        String id, String type, Instant at, boolean passed, String challenge, String ipAddress, String feedback) {

    public AuthEvent withFeedback(String value) {
        return new AuthEvent(id, type, at, passed, challenge, ipAddress, value);
    }
}
