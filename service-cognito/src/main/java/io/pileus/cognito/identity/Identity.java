package io.pileus.cognito.identity;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An identity of a pool: a person across providers, or a guest.
 *
 * @param logins the user's id at each provider, by provider name
 * @param developerIds the user's ids in a developer's own directory
 */
record Identity(
        String id, Map<String, String> logins, List<String> developerIds, Instant createdAt, Instant modifiedAt) {
    Identity {
        logins = Collections.unmodifiableMap(new TreeMap<>(logins));
        developerIds = List.copyOf(developerIds);
    }

    boolean guest() {
        return logins.isEmpty() && developerIds.isEmpty();
    }

    Identity withLogins(Map<String, String> changed, Instant now) {
        return new Identity(id, changed, developerIds, createdAt, now);
    }

    Identity withDeveloperIds(List<String> changed, Instant now) {
        return new Identity(id, logins, changed, createdAt, now);
    }
}
