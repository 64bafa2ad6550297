package io.pileus.sns.state;

import io.pileus.core.identity.Arn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** An app on a push platform (APNS, GCM, …) and the devices registered with it. */
public final class PlatformApplication {

    /** A device. */
    public record Endpoint(Arn arn, Map<String, String> attributes) {
        public Endpoint {
            attributes = new ConcurrentHashMap<>(attributes);
        }

        public boolean isEnabled() {
            return !"false".equalsIgnoreCase(attributes.get("Enabled"));
        }

        public String token() {
            return attributes.getOrDefault("Token", "");
        }
    }

    private final Arn arn;
    private final String platform;
    private final Map<String, String> attributes = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<String, Endpoint> endpoints = new ConcurrentSkipListMap<>();

    public PlatformApplication(Arn arn, String platform) {
        this.arn = arn;
        this.platform = platform;
    }

    public Arn arn() {
        return arn;
    }

    /** Such as {@code APNS} or {@code GCM}; the key of its text in a structured message. */
    public String platform() {
        return platform;
    }

    public Map<String, String> attributes() {
        return attributes;
    }

    public boolean isEnabled() {
        return !"false".equalsIgnoreCase(attributes.get("Enabled"));
    }

    public List<Endpoint> endpoints() {
        return List.copyOf(endpoints.values());
    }

    public Optional<Endpoint> endpoint(String endpointArn) {
        return Optional.ofNullable(endpoints.get(endpointArn));
    }

    /** Adds a device unless one with its token is there; answers the one that is there now. */
    public synchronized Endpoint addUnlessThere(Endpoint endpoint) {
        Optional<Endpoint> there = endpoints.values().stream()
                .filter(e -> e.token().equals(endpoint.token()))
                .findFirst();
        if (there.isEmpty()) {
            add(endpoint);
        }
        return there.orElse(endpoint);
    }

    public void add(Endpoint endpoint) {
        endpoints.put(endpoint.arn().toString(), endpoint);
    }

    public void remove(String endpointArn) {
        endpoints.remove(endpointArn);
    }
}
