package io.pileus.cognito.idp.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a user's sign-in, kept while threat protection is on.
 *
 * @param feedback what somebody has said about it since; empty for nothing
 * @param blocked whether it was refused because of the address that it came from
 */
public record AuthEvent(
        String id,
        String type,
        Instant at,
        boolean passed,
        String challenge,
        String ipAddress,
        String feedback,
        @Nullable Instant feedbackAt,
        boolean blocked) {

    public AuthEvent withFeedback(String value, Instant now) {
        return new AuthEvent(id, type, at, passed, challenge, ipAddress, value, now, blocked);
    }
}
