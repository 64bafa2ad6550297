package io.pileus.kinesis.state;

import io.pileus.kinesis.model.ConsumerStatus;
import io.pileus.kinesis.state.SavedStream.SavedConsumer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A consumer with enhanced fan-out: CREATING → ACTIVE → DELETING → gone, at instants of the emulator's clock. It has at most one
 * subscription per shard: a newer one takes over. Guarded by its own monitor.
 */
public final class Consumer {
    private final String name;
    private final String arn;
    private final Instant createdAt;
    private final Instant activeAt;
    private final Map<String, String> tags = new TreeMap<>();
    private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();
    private @Nullable String policy;
    private @Nullable Instant goneAt;

    /** A reader that can be told to end. */
    public interface Subscription {
        /** When it was taken. */
        Instant since();

        /** Ends it because another one has taken over. */
        void takenOver();
    }

    public Consumer(String name, Stream stream, Instant createdAt, Instant activeAt) {
        this.name = name;
        this.arn = stream.arn() + "/consumer/" + name + ":" + createdAt.getEpochSecond();
        this.createdAt = createdAt;
        this.activeAt = activeAt;
    }

    /** A consumer that was saved. */
    Consumer(SavedConsumer saved, Stream stream) {
        this(saved.name(), stream, saved.createdAt(), saved.activeAt());
        this.tags.putAll(saved.tags());
        this.policy = saved.policy();
        this.goneAt = saved.goneAt();
    }

    synchronized SavedConsumer saved() {
        return new SavedConsumer(name, createdAt, activeAt, new TreeMap<>(tags), policy, goneAt);
    }

    public String name() {
        return name;
    }

    public String arn() {
        return arn;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public synchronized ConsumerStatus status(Instant now) {
        return goneAt != null
                ? ConsumerStatus.DELETING
                : now.isBefore(activeAt) ? ConsumerStatus.CREATING : ConsumerStatus.ACTIVE;
    }

    /** It is being deleted until the instant. */
    public synchronized void deregister(Instant until) {
        if (goneAt == null) {
            goneAt = until;
        }
    }

    synchronized boolean isGone(Instant now) {
        return goneAt != null && !now.isBefore(goneAt);
    }

    /** Reads or changes the tags in place. */
    public synchronized Map<String, String> tags() {
        return Map.copyOf(tags);
    }

    public synchronized void tag(Map<String, String> added) {
        tags.putAll(added);
    }

    public synchronized void untag(Iterable<String> keys) {
        keys.forEach(tags::remove);
    }

    public synchronized Optional<String> policy() {
        return Optional.ofNullable(policy);
    }

    public synchronized void policy(@Nullable String newPolicy) {
        this.policy = newPolicy;
    }

    /**
     * Makes a subscription the only one for the shard; the one before it is told to end.
     *
     * @param notBefore a subscription since then or later keeps its place
     * @return whether it was taken
     */
    public boolean subscribe(String shardId, Subscription subscription, Instant notBefore) {
        Subscription before;
        synchronized (this) {
            before = subscriptions.get(shardId);
            if (before != null && before.since().isAfter(notBefore)) {
                return false;
            }
            subscriptions.put(shardId, subscription);
        }
        if (before != null) {
            before.takenOver();
        }
        return true;
    }

    /** The subscription has ended. */
    public void unsubscribe(String shardId, Subscription subscription) {
        subscriptions.remove(shardId, subscription);
    }
}
