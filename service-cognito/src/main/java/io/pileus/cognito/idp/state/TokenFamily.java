package io.pileus.cognito.idp.state;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one sign-in has issued: by {@code origin_jti}, every token made from it.
 *
 * @param retired the refresh tokens (by their hashes) that rotation has replaced, with the end of their grace periods
 * @param scopes the scopes of its access tokens
 * @param oauth whether the OAuth2 pages have issued it
 * @param resource the audience that its access tokens are bound to (RFC 8707)
 */
public record TokenFamily(
        String originJti,
        String eventId,
        String username,
        String sub,
        String clientId,
        Instant authTime,
        Instant expiresAt,
        Map<String, Instant> retired,
        List<String> scopes,
        boolean oauth,
        Optional<String> nonce,
        Optional<String> deviceKey,
        Optional<String> resource) {
    /** So many replaced tokens are remembered, to tell their reuse from nonsense. */
    static final int RETIRED_MAX = 16;

    public TokenFamily {
        retired = Collections.unmodifiableMap(new LinkedHashMap<>(retired));
        scopes = List.copyOf(scopes);
    }

    /** The family after a refresh token was replaced; one that was replaced before keeps its first grace period. */
    TokenFamily retiring(String hash, Instant usableUntil) {
        Map<String, Instant> all = new LinkedHashMap<>(retired);
        all.putIfAbsent(hash, usableUntil);
        if (all.size() > RETIRED_MAX) {
            all.remove(all.keySet().iterator().next());
        }
        return new TokenFamily(
                originJti, eventId, username, sub, clientId, authTime, expiresAt, all, scopes, oauth, nonce, deviceKey,
                resource);
    }

    @Override
    public String toString() {
        return "TokenFamily[" + originJti + "]";
    }
}
