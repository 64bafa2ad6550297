package io.pileus.firehose.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.identity.Ids;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.JsonTrees;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
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

/**
 * Writes records as objects of a bucket: those that share a prefix in one object.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html">S3 object names</a>
 */
final class S3Destination {
    private static final DateTimeFormatter NAME_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss", Locale.ROOT);

    /** Partitions of one buffer's records: AWS's default quota. */
    private static final int ACTIVE_PARTITIONS_MAX = 500;

    private final Ids ids;
    private final Uploads uploads;

    S3Destination(Ids ids, Uploads uploads) {
        this.ids = ids;
        this.uploads = uploads;
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
        String random = ids.alphanumeric(PrefixExpression.randomLength());
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
        String random = ids.alphanumeric(PrefixExpression.randomLength());
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
                + "-" + ids.uuid();
        String extension = settings.path("FileExtension").asText("");
        String key = prefix + name + (extension.isEmpty() ? compression.extension() : extension);
        String bucketArn = settings.path("BucketARN").asText();
        uploads.begin(
                target,
                new SavedUpload(
                        bucketArn.substring(bucketArn.lastIndexOf(':') + 1),
                        key,
                        Blob.of(compression.compress(body, name)),
                        now));
    }
}
