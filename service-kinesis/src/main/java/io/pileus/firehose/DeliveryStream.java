package io.pileus.firehose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.state.StateSink;
import io.pileus.core.time.Timers;
import io.pileus.firehose.SavedDeliveryStream.Reading;
import io.pileus.firehose.SavedDeliveryStream.SavedItem;
import io.pileus.firehose.delivery.DestinationKind;
import io.pileus.firehose.delivery.Target;
import io.pileus.firehose.model.DeliveryStreamType;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
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

    /** A delivery stream that was saved; the records of its buffer follow, and it reads its source when it is told to. */
    DeliveryStream(
            AccountId account, Region region, String name, SavedDeliveryStream saved, Timers timers, Runnable onDue) {
        this(
                account,
                region,
                name,
                saved.type(),
                (ObjectNode) saved.source(),
                new Destination(saved.kind(), (ObjectNode) saved.settings()),
                saved.createdAt(),
                timers,
                onDue);
        this.version = saved.version();
        this.updatedAt = saved.updatedAt();
        this.encryption = saved.encryption();
        this.tags.putAll(saved.tags());
    }

    /** Tells the delivery stream and the records in its buffer. */
    void save(StateSink sink) {
        Scope scope = new Scope(account, region);
        KinesisSource reader = kinesisSource();
        record Told(SavedDeliveryStream stream, Buffer.Contents contents) {}
        Function<@Nullable Reading, Told> tell = reading -> {
            Buffer.Contents contents = buffer.contents();
            return new Told(saved(contents.dueAt(), reading), contents);
        };
        Told told = reader == null ? tell.apply(null) : reader.whileResting(tell::apply);
        sink.put(scope, "delivery-stream", name, told.stream());
        for (Buffer.Waiting record : told.contents().records()) {
            sink.put(
                    scope,
                    "record",
                    "%s/%019d".formatted(name, record.number()),
                    record.item().recordId(),
                    () -> new SavedItem(
                            record.item().recordId(),
                            record.item().data(),
                            record.item().arrivedAt()));
        }
    }

    private synchronized SavedDeliveryStream saved(@Nullable Instant dueAt, @Nullable Reading reading) {
        return new SavedDeliveryStream(
                type,
                source,
                kind,
                settings,
                version,
                createdAt,
                updatedAt,
                encryption,
                new TreeMap<>(tags),
                dueAt,
                reading);
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
