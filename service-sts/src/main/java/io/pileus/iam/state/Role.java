package io.pileus.iam.state;

import io.pileus.core.identity.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** An IAM role. Guarded by its account's lock. */
public final class Role extends IamEntity {
    private final String linkedService;
    private String trustPolicy;
    private String description = "";
    private boolean hasDescription;
    private Duration maxSession = Duration.ofHours(1);
    private Optional<LastUsed> lastUsed = Optional.empty();

    /** When and where a session of the role was last used. */
    public record LastUsed(Instant at, String region) {}

    /** @param linkedService the service that a service-linked role belongs to; empty for other roles */
    Role(
            AccountId account,
            String name,
            String path,
            String id,
            Instant created,
            String trustPolicy,
            String linkedService) {
        super(account, name, path, id, created);
        this.trustPolicy = trustPolicy;
        this.linkedService = linkedService;
    }

    @Override
    public String kind() {
        return "role";
    }

    public String trustPolicy() {
        return trustPolicy;
    }

    public void trustPolicy(String document) {
        this.trustPolicy = document;
    }

    /** The service that a service-linked role belongs to; empty for other roles. */
    public String linkedService() {
        return linkedService;
    }

    public Optional<String> description() {
        return hasDescription ? Optional.of(description) : Optional.empty();
    }

    public void description(String text) {
        this.description = text;
        this.hasDescription = true;
    }

    public Duration maxSession() {
        return maxSession;
    }

    public void maxSession(Duration duration) {
        this.maxSession = duration;
    }

    public Optional<LastUsed> lastUsed() {
        return lastUsed;
    }

    public void used(Instant at, String region) {
        this.lastUsed = Optional.of(new LastUsed(at, region));
    }
}
