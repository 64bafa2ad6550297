package io.pileus.iam.state;

import java.time.Instant;
import java.util.Optional;

/** A long-term access key of a user. Its use is noted without the account's lock; the newest note wins. */
public final class AccessKey {
    private final String id;
    private final String secret;
    private final String userName;
    private final Instant created;
    private volatile boolean active = true;
    private volatile Optional<LastUsed> lastUsed = Optional.empty();

    /** When and for which service and region a key was last used. */
    public record LastUsed(Instant at, String service, String region) {}

    public AccessKey(String id, String secret, String userName, Instant created) {
        this.id = id;
        this.secret = secret;
        this.userName = userName;
        this.created = created;
    }

    public String id() {
        return id;
    }

    public String secret() {
        return secret;
    }

    public String userName() {
        return userName;
    }

    public Instant created() {
        return created;
    }

    public boolean active() {
        return active;
    }

    public void active(boolean isActive) {
        this.active = isActive;
    }

    public Optional<LastUsed> lastUsed() {
        return lastUsed;
    }

    public void used(Instant at, String service, String region) {
        this.lastUsed = Optional.of(new LastUsed(at, service, region));
    }

    /** The same key for a user that has been renamed. */
    AccessKey of(String newUserName) {
        AccessKey key = new AccessKey(id, secret, newUserName, created);
        key.active = active;
        key.lastUsed = lastUsed;
        return key;
    }
}
