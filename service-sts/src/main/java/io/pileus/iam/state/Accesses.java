package io.pileus.iam.state;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** When a user or role last called each service, and each of its operations. Noted and read without the account's lock. */
public final class Accesses {
    private final Map<String, Access> services = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Access>> actions = new ConcurrentHashMap<>();

    /** When and in which region. */
    public record Access(Instant at, String region) {}

    /** @param service the service's prefix in actions, such as {@code sqs} */
    public void note(String service, String action, Instant at, String region) {
        Access access = new Access(at, region);
        services.put(service, access);
        actions.computeIfAbsent(service, s -> new ConcurrentHashMap<>()).put(action, access);
    }

    Map<String, Access> services() {
        return new TreeMap<>(services);
    }

    Map<String, Map<String, Access>> actions() {
        Map<String, Map<String, Access>> all = new TreeMap<>();
        actions.forEach((service, own) -> all.put(service, new TreeMap<>(own)));
        return all;
    }

    void restore(Map<String, Access> savedServices, Map<String, Map<String, Access>> savedActions) {
        services.putAll(savedServices);
        savedActions.forEach((service, own) -> actions.put(service, new ConcurrentHashMap<>(own)));
    }

    public Optional<Access> of(String service) {
        return Optional.ofNullable(services.get(service));
    }

    /** The operations of a service that have been called, by name. */
    public Map<String, Access> actionsOf(String service) {
        return new TreeMap<>(actions.getOrDefault(service, Map.of()));
    }
}
