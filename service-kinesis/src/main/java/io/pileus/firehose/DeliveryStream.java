package io.pileus.firehose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.time.Timers;
import io.pileus.firehose.delivery.DestinationKind;
import io.pileus.firehose.delivery.Target;
import io.pileus.firehose.model.DeliveryStreamType;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A delivery stream: where records come from, what they wait in, and where they go. It is ACTIVE from its creation to its deletion.
 * Its configuration is kept as the document that made it; guarded by its own monitor.
 */
final class DeliveryStream {
    private static final long MIB = 1024 * 1024;

    private final AccountId account;
    private final Region region;
    private final String name;
    private final DeliveryStreamType type;
    private final ObjectNode source;
    private final Instant createdAt;
    private final Buffer buffer;
    private final Map<String, String> tags = new TreeMap<>();
    private DestinationKind kind;
    private ObjectNode settings;
    private int version = 1;
    private volatile boolean ended;
    private @Nullable Instant updatedAt;
    private @Nullable Encryption encryption;
    private @Nullable KinesisSource kinesisSource;

    /** Server-side encryption as it was asked for. */
    record Encryption(String keyType, @Nullable String keyArn, boolean enabled) {}

    DeliveryStream(
            AccountId account,
            Region region,
            String name,
            DeliveryStreamType type,
            ObjectNode source,
            Destination destination,
            Instant createdAt,
            Timers timers,
            Runnable onDue) {
        this.account = account;
        this.region = region;
        this.name = name;
        this.type = type;
        this.source = source;
        this.kind = destination.kind();
        this.settings = destination.settings();
        this.createdAt = createdAt;
        this.buffer = new Buffer(timers, onDue);
    }

    /** A destination's kind and its settings. */
    record Destination(DestinationKind kind, ObjectNode settings) {}

    String name() {
        return name;
    }

    AccountId account() {
        return account;
    }

    Region region() {
        return region;
    }

    DeliveryStreamType type() {
        return type;
    }

    /** The member of the source's description, such as {@code KinesisStreamSourceDescription}. */
    ObjectNode source() {
        return source;
    }

    Instant createdAt() {
        return createdAt;
    }

    Buffer buffer() {
        return buffer;
    }

    String arn() {
        return target().arn();
    }

    synchronized Target target() {
        return new Target(account, region, name, version, kind, settings, () -> ended);
    }

    synchronized @Nullable Instant updatedAt() {
        return updatedAt;
    }

    /** Replaces the destination, if the version is still the one the caller has seen; answers whether it was. */
    synchronized boolean update(int seenVersion, Destination destination, Instant now) {
        if (version != seenVersion) {
            return false;
        }
        kind = destination.kind();
        settings = destination.settings();
        version++;
        updatedAt = now;
        return true;
    }

    synchronized Buffer.BufferingHints bufferingHints() {
        JsonNode hints = (kind.buffersAsS3() ? settings.path("S3Configuration") : settings).path("BufferingHints");
        return new Buffer.BufferingHints(
                hints.path("SizeInMBs").asInt(kind.sizeMib()) * MIB,
                Duration.ofSeconds(hints.path("IntervalInSeconds").asInt(kind.intervalSeconds())));
    }

    synchronized @Nullable Encryption encryption() {
        return encryption;
    }

    synchronized void encryption(Encryption newEncryption) {
        this.encryption = newEncryption;
    }

    synchronized boolean isEncrypted() {
        return encryption != null && encryption.enabled();
    }

    synchronized Map<String, String> tags() {
        return new TreeMap<>(tags);
    }

    synchronized void tags(Map<String, String> newTags) {
        tags.clear();
        tags.putAll(newTags);
    }

    synchronized @Nullable KinesisSource kinesisSource() {
        return kinesisSource;
    }

    synchronized void kinesisSource(KinesisSource newSource) {
        this.kinesisSource = newSource;
    }

    /** Ends it: what waits in the buffer is dropped. */
    void end() {
        ended = true;
        buffer.close();
        KinesisSource reader = kinesisSource();
        if (reader != null) {
            reader.close();
        }
    }
}
