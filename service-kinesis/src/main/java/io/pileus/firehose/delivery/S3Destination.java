package io.pileus.firehose.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.http.Payload;
import io.pileus.core.port.ObjectStore;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.shape.JsonTrees;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records as objects of a bucket: those that share a prefix in one object.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html">S3 object names</a>
 */
final class S3Destination {
    private static final Logger log = LoggerFactory.getLogger(S3Destination.class);
    private static final DateTimeFormatter NAME_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss", Locale.ROOT);

    /**
     * How long an object that the bucket does not take is tried again; then its records are lost.
     *
     * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/retry.html">Handle data delivery failures</a>
     */
    private static final Duration RETRY_DURATION = Duration.ofHours(24);

    /** What may wait for another attempt, of all delivery streams together. */
    private static final long WAITING_BYTES_MAX = 256L * 1024 * 1024;

    /** Partitions of one buffer's records: AWS's default quota. */
    private static final int ACTIVE_PARTITIONS_MAX = 500;

    private final ServiceEnvironment environment;
    private final AtomicLong waitingBytes = new AtomicLong();

    S3Destination(ServiceEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Writes records.
     *
     * @param settings an S3 destination's settings, extended or not
     * @return those whose prefix could not be evaluated
     */
    List<Failure> write(JsonNode settings, Target target, List<Item> items, Instant now) {
        PrefixExpression prefix = PrefixExpression.parse(settings.path("Prefix").asText(""));
        Map<String, List<Item>> objects = new LinkedHashMap<>();
        List<Failure> failures = new ArrayList<>();
        Instant oldest = oldest(items, now);
        String random = environment.ids().alphanumeric(PrefixExpression.randomLength());
        for (Item item : items) {
            try {
                String evaluated = prefix.evaluate(new PrefixExpression.Context(
                        oldest, zone(settings), "", () -> random, item.queryKeys(), item.lambdaKeys()));
                if (objects.size() == ACTIVE_PARTITIONS_MAX && !objects.containsKey(evaluated)) {
                    failures.add(new Failure(
                            item,
                            "DynamicPartitioning.ActivePartitionLimitExceeded",
                            "The active partition limit of " + ACTIVE_PARTITIONS_MAX + " is exceeded.",
                            1,
                            now,
                            ""));
                } else {
                    objects.computeIfAbsent(evaluated, p -> new ArrayList<>()).add(item);
                }
            } catch (IllegalArgumentException e) {
                failures.add(new Failure(
                        item,
                        "DynamicPartitioning.MetadataExtractionFailed",
                        String.valueOf(e.getMessage()),
                        1,
                        now,
                        ""));
            }
        }
        objects.forEach((evaluated, members) -> {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            members.forEach(item -> body.writeBytes(item.data().bytes()));
            put(settings, target, evaluated, body.toByteArray(), oldest, now);
        });
        return failures;
    }

    /** Writes failed records as lines of JSON under the error prefix. */
    void writeFailures(JsonNode settings, Target target, String errorOutputType, List<Failure> failures, Instant now) {
        if (failures.isEmpty()) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        List<Item> items = new ArrayList<>();
        for (Failure failure : failures) {
            items.add(failure.item());
            ObjectNode line = JsonTrees.mapper()
                    .createObjectNode()
                    .put("attemptsMade", failure.attempts())
                    .put("arrivalTimestamp", failure.item().arrivedAt().toEpochMilli())
                    .put("errorCode", failure.errorCode())
                    .put("errorMessage", failure.errorMessage())
                    .put("attemptEndingTimestamp", failure.endedAt().toEpochMilli())
                    .put(
                            "rawData",
                            Base64.getEncoder()
                                    .encodeToString(failure.item().data().bytes()));
            if (!failure.lambdaArn().isEmpty()) {
                line.put("lambdaArn", failure.lambdaArn());
            }
            lines.append(line).append('\n');
        }
        Instant oldest = oldest(items, now);
        String text = settings.path("ErrorOutputPrefix").asText("");
        if (text.isEmpty()
                && !PrefixExpression.parse(settings.path("Prefix").asText("")).hasExpressions()) {
            text = settings.path("Prefix").asText("");
        }
        String random = environment.ids().alphanumeric(PrefixExpression.randomLength());
        String prefix = PrefixExpression.parse(text)
                .evaluate(new PrefixExpression.Context(
                        oldest, zone(settings), errorOutputType, () -> random, Map.of(), Map.of()));
        put(settings, target, prefix, lines.toString().getBytes(StandardCharsets.UTF_8), oldest, now);
    }

    private static Instant oldest(List<Item> items, Instant otherwise) {
        return items.stream().map(Item::arrivedAt).min(Instant::compareTo).orElse(otherwise);
    }

    private static ZoneId zone(JsonNode settings) {
        String zone = settings.path("CustomTimeZone").asText("");
        return zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone);
    }

    private void put(JsonNode settings, Target target, String prefix, byte[] body, Instant oldest, Instant now) {
        Compression compression =
                Compression.of(settings.path("CompressionFormat").asText("UNCOMPRESSED"));
        String name = target.name() + "-" + target.version() + "-" + NAME_TIME.format(oldest.atZone(zone(settings)))
                + "-" + environment.ids().uuid();
        String extension = settings.path("FileExtension").asText("");
        String key = prefix + name + (extension.isEmpty() ? compression.extension() : extension);
        String bucketArn = settings.path("BucketARN").asText();
        upload(
                new Upload(
                        target,
                        bucketArn.substring(bucketArn.lastIndexOf(':') + 1),
                        key,
                        compression.compress(body, name),
                        now),
                1);
    }

    /** An object on its way into a bucket. */
    private record Upload(Target target, String bucket, String key, byte[] body, Instant begunAt) {}

    private void upload(Upload upload, int attempt) {
        Optional<String> failure = put(upload);
        if (failure.isEmpty()) {
            return;
        }
        String name = upload.target().name();
        Instant next = environment.clock().instant().plus(Pauses.after(attempt));
        boolean late = next.isAfter(upload.begunAt().plus(RETRY_DURATION));
        if (late || waitingBytes.addAndGet(upload.body().length) > WAITING_BYTES_MAX) {
            if (!late) {
                waitingBytes.addAndGet(-upload.body().length);
            }
            log.warn(
                    "delivery stream {} gives up writing to bucket {}: {}{}",
                    name,
                    upload.bucket(),
                    failure.get(),
                    late ? "" : "; too much waits for another attempt");
            return;
        }
        if (attempt == 1) {
            log.warn(
                    "delivery stream {} cannot write to bucket {} and will try again for 24 hours: {}",
                    name,
                    upload.bucket(),
                    failure.get());
        }
        environment
                .timers()
                .at(
                        next,
                        () -> environment.workers().execute(() -> {
                            waitingBytes.addAndGet(-upload.body().length);
                            if (!upload.target().ended().getAsBoolean()) {
                                upload(upload, attempt + 1);
                            }
                        }));
    }

    /** Why the bucket did not take the object; empty if it did. */
    private Optional<String> put(Upload upload) {
        Optional<ObjectStore> store = environment.ports().find(ObjectStore.class);
        if (store.isEmpty()) {
            return Optional.of("S3 is not enabled");
        }
        ObjectStore.Put put = store.get()
                .put(upload.bucket(), upload.key(), Payload.of(upload.body()), Map.of(), "application/octet-stream");
        return put instanceof ObjectStore.PutFailed failed
                ? Optional.of(failed.code() + ": " + failed.message())
                : Optional.empty();
    }
}
