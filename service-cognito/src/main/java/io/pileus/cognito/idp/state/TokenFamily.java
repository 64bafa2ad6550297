package io.pileus.cognito.idp.state;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one sign-in has issued: the refresh token (by its hash) and, by {@code origin_jti}, every token made from it.
 *
 * @param scopes the scopes of its access tokens
 * @param retired a refresh token that rotation has replaced, with the end of its grace period
 * @param triggerSource what the pre token generation trigger is told at a refresh
 */
public record TokenFamily(
        String originJti,
        String eventId,
        String username,
        String sub,
        String clientId,
        Instant authTime,
        Instant expiresAt,
        String refreshTokenHash,
        Optional<Retired> retired,
        List<String> scopes,
        boolean oauth,
        Optional<String> nonce,
        Optional<String> deviceKey) {

    /** A refresh token that rotation has replaced. */
    public record Retired(String hash, Instant usableUntil) {}

    public TokenFamily {
        scopes = List.copyOf(scopes);
    }

    public TokenFamily rotated(String newHash, Instant oldUsableUntil) {
        return new TokenFamily(
                originJti,
                eventId,
                username,
                sub,
                clientId,
                authTime,
                expiresAt,
                newHash,
                Optional.of(new Retired(refreshTokenHash, oldUsableUntil)),
                scopes,
                oauth,
                nonce,
                deviceKey);
    }

    @Override
    public String toString() {
        return "TokenFamily[" + originJti + "]";
    }
}
