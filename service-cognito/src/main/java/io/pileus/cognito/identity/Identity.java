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
 * @param disabled whether nobody can be it any more: its last login was unlinked, or it was merged into another one
 */
record Identity(
        String id,
        Map<String, String> logins,
        List<String> developerIds,
        Instant createdAt,
        Instant modifiedAt,
        boolean disabled) {
    Identity {
        logins = Collections.unmodifiableMap(new TreeMap<>(logins));
        developerIds = List.copyOf(developerIds);
    }

    static Identity created(String id, Map<String, String> logins, Instant now) {
        return new Identity(id, logins, List.of(), now, now, false);
    }

    boolean guest() {
        return !disabled && logins.isEmpty() && developerIds.isEmpty();
    }

    /** The identity with other logins; one that had some and loses the last is disabled. */
    Identity with(Map<String, String> newLogins, List<String> newDeveloperIds, Instant now) {
        boolean abandoned = !guest() && newLogins.isEmpty() && newDeveloperIds.isEmpty();
        return new Identity(id, newLogins, newDeveloperIds, createdAt, now, abandoned);
    }

    Identity withLogins(Map<String, String> changed, Instant now) {
        return with(changed, developerIds, now);
    }

    Identity withDeveloperIds(List<String> changed, Instant now) {
        return with(logins, changed, now);
    }

    /** What is left of it when another identity has taken its logins. */
    Identity merged(Instant now) {
        return new Identity(id, Map.of(), List.of(), createdAt, now, true);
    }
}
