package io.pileus.firehose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.NotImplemented;
import io.pileus.core.shape.JsonTrees;
import io.pileus.firehose.delivery.Courier;
import io.pileus.firehose.delivery.DestinationKind;
import io.pileus.firehose.delivery.PrefixExpression;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules of destinations: what is refused, what a missing setting means, how an update is merged, how they are described. */
final class Destinations {
    /** Members whose name in the description is another. */
    private static final Map<String, String> RENAMED = Map.of(
            "S3Configuration", "S3DestinationDescription",
            "S3BackupConfiguration", "S3BackupDescription",
            "VpcConfiguration", "VpcConfigurationDescription");

    /** Members of an update whose values are merged into the named setting rather than put in its place. */
    private static final Map<String, String> MERGED =
            Map.of("S3Update", "S3Configuration", "S3BackupUpdate", "S3BackupConfiguration");

    /** Formats that Redshift does not copy. */
    private static final Set<String> NOT_COPIED = Set.of("ZIP", "Snappy");

    /** What a buffer must hold when it is divided into partitions. */
    private static final int PARTITIONED_MIB_MIN = 64;

    Destinations() {}

    /** The one destination that a request to create a delivery stream names. */
    DeliveryStream.Destination of(JsonNode request, CallContext call) {
        List<DeliveryStream.Destination> found = new ArrayList<>();
        for (DestinationKind kind : DestinationKind.values()) {
            if (request.hasNonNull(kind.configurationMember())) {
                found.add(new DeliveryStream.Destination(
                        kind, request.get(kind.configurationMember()).deepCopy()));
            }
        }
        if (found.size() != 1) {
            throw FirehoseErrors.invalid("Exactly one destination configuration is supported for a Firehose");
        }
        DeliveryStream.Destination destination = found.getFirst();
        check(destination, call);
        addDefaults(destination);
        return destination;
    }

    /** The kind of destination that an update names. */
    DestinationKind kindOf(JsonNode update) {
        List<DestinationKind> named = new ArrayList<>();
        for (DestinationKind kind : DestinationKind.values()) {
            if (update.hasNonNull(kind.updateMember())) {
                named.add(kind);
            }
        }
        if (named.size() != 1) {
            throw FirehoseErrors.invalid("Exactly one destination update must be specified.");
        }
        return named.getFirst();
    }

    /**
     * What a request to create the delivery stream would be if it named the update's destination: where the type changes, nothing is
     * merged, and all that a new one needs must be there.
     */
    ObjectNode asCreation(DeliveryStream stream, DestinationKind kind, JsonNode update) {
        DestinationKind present = stream.target().kind();
        if (kind.isSearch() || present.isSearch()) {
            throw FirehoseErrors.invalid("The destination type cannot be changed from " + present.descriptionMember()
                    + " with " + kind.updateMember()
                    + ": switching between Amazon OpenSearch Service and other services is not supported.");
        }
        ObjectNode request = JsonTrees.mapper().createObjectNode().put("DeliveryStreamName", stream.name());
        ObjectNode settings = request.putObject(kind.configurationMember());
        update.get(kind.updateMember())
                .properties()
                .forEach(member ->
                        settings.set(MERGED.getOrDefault(member.getKey(), member.getKey()), member.getValue()));
        return request;
    }

    /** The destination after an update of the same type: settings that the update leaves out stay. */
    DeliveryStream.Destination updated(
            DeliveryStream stream, DestinationKind kind, JsonNode request, CallContext call) {
        DestinationKind present = stream.target().kind();
        ObjectNode settings = stream.target().settings().deepCopy();
        for (Map.Entry<String, JsonNode> member :
                request.get(kind.updateMember()).properties()) {
            String merged = MERGED.get(member.getKey());
            if (merged == null) {
                settings.set(member.getKey(), member.getValue());
            } else {
                ObjectNode into = settings.withObjectProperty(merged);
                member.getValue().properties().forEach(inner -> into.set(inner.getKey(), inner.getValue()));
            }
        }
        DestinationKind after = present == DestinationKind.EXTENDED_S3 ? present : kind;
        DeliveryStream.Destination destination = new DeliveryStream.Destination(after, settings);
        check(destination, call);
        checkChange(stream.target().settings(), destination);
        addDefaults(destination);
        return destination;
    }

    private static void checkChange(JsonNode before, DeliveryStream.Destination destination) {
        JsonNode after = destination.settings();
        if (isPartitioned(before) != isPartitioned(after)) {
            throw FirehoseErrors.invalid(
                    isPartitioned(before)
                            ? "Dynamic partitioning cannot be disabled once it is enabled."
                            : "Dynamic partitioning can be enabled only when a delivery stream is created.");
        }
        String narrower = destination.kind() == DestinationKind.SPLUNK ? "FailedEventsOnly" : "Disabled";
        String backup = before.path("S3BackupMode").asText(narrower);
        if (!backup.equals(narrower)
                && after.path("S3BackupMode").asText(narrower).equals(narrower)) {
            throw FirehoseErrors.invalid("S3BackupMode cannot be changed from " + backup + " to " + narrower + ".");
        }
    }

    private static boolean isPartitioned(JsonNode settings) {
        return settings.path("DynamicPartitioningConfiguration").path("Enabled").asBoolean(false);
    }

    // What is refused

    private void check(DeliveryStream.Destination destination, CallContext call) {
        ObjectNode settings = destination.settings();
        Processors.check(settings.path("ProcessingConfiguration"));
        boolean partitioned = isPartitioned(settings);
        if (destination.kind().isS3()) {
            checkBucket(settings, partitioned);
            checkKeys(settings, partitioned);
        }
        for (String bucket : List.of("S3Configuration", "S3BackupConfiguration")) {
            if (settings.hasNonNull(bucket)) {
                checkBucket(settings.path(bucket), false);
            }
        }
        JsonNode conversion = settings.path("DataFormatConversionConfiguration");
        if (!conversion.isMissingNode() && conversion.path("Enabled").asBoolean(true)) {
            throw NotImplemented.feature("Firehose record format conversion (Parquet and ORC)");
        }
        if (settings.path("S3BackupMode").asText("").equals("Enabled")
                && !settings.hasNonNull("S3BackupConfiguration")) {
            throw FirehoseErrors.invalid("S3BackupConfiguration must be specified when S3BackupMode is Enabled.");
        }
        checkCopyFormat(destination);
        checkUrls(destination);
        sayWhatIsNotEmulated(destination, call);
    }

    private static void checkBucket(JsonNode bucket, boolean partitioned) {
        PrefixExpression prefix = expression(bucket, "Prefix");
        PrefixExpression errors = expression(bucket, "ErrorOutputPrefix");
        if (prefix.namesErrorOutputType()) {
            throw FirehoseErrors.invalid(
                    "Prefix cannot contain !{firehose:error-output-type}: it is for ErrorOutputPrefix only.");
        }
        if (prefix.hasExpressions()
                && bucket.path("ErrorOutputPrefix").asText("").isEmpty()) {
            throw FirehoseErrors.prefix("ErrorOutputPrefix cannot be null or empty when Prefix contains expressions");
        }
        if (errors.hasExpressions() && !errors.namesErrorOutputType()) {
            throw FirehoseErrors.invalid(
                    "ErrorOutputPrefix must contain !{firehose:error-output-type} when it contains expressions.");
        }
        if (errors.namesPartitionKeys()) {
            throw FirehoseErrors.prefix("ErrorOutputPrefix cannot contain partition keys");
        }
        int sizeMib = bucket.path("BufferingHints").path("SizeInMBs").asInt(PARTITIONED_MIB_MIN);
        if (partitioned && sizeMib < PARTITIONED_MIB_MIN) {
            throw FirehoseErrors.invalid(
                    "BufferingHints.SizeInMBs must be at least 64 when Dynamic Partitioning is enabled.");
        }
        if (prefix.namesPartitionKeys() && !partitioned) {
            throw FirehoseErrors.notPartitioned();
        }
        if (partitioned && !prefix.namesPartitionKeys()) {
            throw FirehoseErrors.invalid("Dynamic partitioning is enabled, but Prefix contains no partition keys.");
        }
        JsonNode hints = bucket.path("BufferingHints");
        if (hints.has("SizeInMBs") != hints.has("IntervalInSeconds")) {
            throw FirehoseErrors.invalid(
                    "SizeInMBs and IntervalInSeconds of BufferingHints must be specified together.");
        }
        JsonNode encryption = bucket.path("EncryptionConfiguration");
        if (encryption.isObject() && encryption.size() != 1) {
            throw FirehoseErrors.ambiguousEncryption();
        }
        String zone = bucket.path("CustomTimeZone").asText("");
        try {
            if (!zone.isEmpty()) {
                ZoneId.of(zone);
            }
        } catch (DateTimeException e) {
            throw FirehoseErrors.invalid("CustomTimeZone " + zone + " is not a time zone.");
        }
    }

    private static PrefixExpression expression(JsonNode bucket, String member) {
        try {
            return PrefixExpression.parse(bucket.path(member).asText(""));
        } catch (IllegalArgumentException e) {
            throw FirehoseErrors.invalid(member + " contains an invalid expression: " + e.getMessage());
        }
    }

    /** Partition keys must come from somewhere, and a query for keys must have a use. */
    private static void checkKeys(JsonNode settings, boolean partitioned) {
        JsonNode processing = settings.path("ProcessingConfiguration");
        boolean queried = Processors.has(processing, "MetadataExtraction");
        if (queried && !partitioned) {
            throw FirehoseErrors.invalid(
                    "A MetadataExtraction processor can be present only when Dynamic Partitioning is enabled.");
        }
        PrefixExpression prefix = expression(settings, "Prefix");
        if (prefix.namesQueryKeys() && !queried) {
            throw FirehoseErrors.invalid(
                    "A MetadataExtraction processor must be present when Prefix contains" + " partitionKeyFromQuery.");
        }
        if (prefix.namesLambdaKeys() && !Processors.has(processing, "Lambda")) {
            throw FirehoseErrors.invalid(
                    "A Lambda processor must be present when Prefix contains partitionKeyFromLambda.");
        }
    }

    /** Redshift's COPY reads neither. */
    private static void checkCopyFormat(DeliveryStream.Destination destination) {
        String format = destination
                .settings()
                .path("S3Configuration")
                .path("CompressionFormat")
                .asText("");
        if (destination.kind() == DestinationKind.REDSHIFT && NOT_COPIED.contains(format)) {
            throw FirehoseErrors.invalid("CompressionFormat " + format
                    + " cannot be specified in RedshiftDestinationConfiguration.S3Configuration: the Redshift COPY"
                    + " operation does not support it.");
        }
    }

    private static void checkUrls(DeliveryStream.Destination destination) {
        JsonNode settings = destination.settings();
        String url = switch (destination.kind()) {
            case HTTP_ENDPOINT ->
                settings.path("EndpointConfiguration").path("Url").asText("");
            case SPLUNK -> settings.path("HECEndpoint").asText("");
            case ELASTICSEARCH, OPENSEARCH -> settings.path("ClusterEndpoint").asText("");
            case OPENSEARCH_SERVERLESS -> settings.path("CollectionEndpoint").asText("");
            case S3, EXTENDED_S3, REDSHIFT, SNOWFLAKE, ICEBERG -> "";
        };
        if (!url.isEmpty() && !Courier.isCallable(url)) {
            throw FirehoseErrors.invalid("The endpoint's URL is not valid.");
        }
        if (destination.kind().isSearch() && url.isEmpty()) {
            throw settings.hasNonNull("DomainARN")
                    ? NotImplemented.feature(
                            "Firehose delivery to a domain by its ARN (name a ClusterEndpoint instead)")
                    : FirehoseErrors.invalid("Exactly one of DomainARN and ClusterEndpoint must be specified.");
        }
    }

    private static void sayWhatIsNotEmulated(DeliveryStream.Destination destination, CallContext call) {
        switch (destination.kind()) {
            case REDSHIFT -> call.notEmulated("Firehose: copying from the staging bucket into Redshift");
            case SNOWFLAKE -> call.notEmulated("Firehose: loading into Snowflake (records go to the S3 bucket)");
            case ICEBERG -> call.notEmulated("Firehose: writing Iceberg tables (records go to the S3 bucket)");
            default -> {}
        }
        if (destination
                .settings()
                .path("CloudWatchLoggingOptions")
                .path("Enabled")
                .asBoolean(false)) {
            call.notEmulated("Firehose: error logging to CloudWatch Logs");
        }
        if (destination
                .settings()
                .path("SecretsManagerConfiguration")
                .path("Enabled")
                .asBoolean(false)) {
            call.notEmulated("Firehose: credentials from Secrets Manager");
        }
    }

    // What a missing setting means

    private static void addDefaults(DeliveryStream.Destination destination) {
        ObjectNode settings = destination.settings();
        DestinationKind kind = destination.kind();
        if (kind.isS3()) {
            addBucketDefaults(settings);
            settings.putIfAbsent("S3BackupMode", settings.textNode("Disabled"));
        } else if (!kind.buffersAsS3()) {
            addHints(settings, kind.sizeMib(), kind.intervalSeconds());
        }
        for (String bucket : List.of("S3Configuration", "S3BackupConfiguration")) {
            if (settings.hasNonNull(bucket)) {
                addBucketDefaults((ObjectNode) settings.get(bucket));
            }
        }
        if (!settings.has("CloudWatchLoggingOptions")) {
            settings.putObject("CloudWatchLoggingOptions").put("Enabled", false);
        }
        switch (kind) {
            case HTTP_ENDPOINT -> {
                addRetry(settings, 300);
                settings.putIfAbsent("S3BackupMode", settings.textNode("FailedDataOnly"));
                ObjectNode request = settings.withObjectProperty("RequestConfiguration");
                request.putIfAbsent("ContentEncoding", request.textNode("NONE"));
            }
            case SPLUNK -> {
                addRetry(settings, 300);
                settings.putIfAbsent("S3BackupMode", settings.textNode("FailedEventsOnly"));
                settings.putIfAbsent("HECAcknowledgmentTimeoutInSeconds", settings.numberNode(180));
            }
            case ELASTICSEARCH, OPENSEARCH -> {
                addRetry(settings, 300);
                settings.putIfAbsent("S3BackupMode", settings.textNode("FailedDocumentsOnly"));
                settings.putIfAbsent("IndexRotationPeriod", settings.textNode("OneDay"));
            }
            case OPENSEARCH_SERVERLESS -> {
                addRetry(settings, 300);
                settings.putIfAbsent("S3BackupMode", settings.textNode("FailedDocumentsOnly"));
            }
            case REDSHIFT -> {
                addRetry(settings, 3600);
                settings.putIfAbsent("S3BackupMode", settings.textNode("Disabled"));
            }
            case SNOWFLAKE -> {
                addRetry(settings, 60);
                settings.putIfAbsent("S3BackupMode", settings.textNode("FailedDataOnly"));
            }
            case ICEBERG -> {
                addRetry(settings, 300);
                settings.putIfAbsent("S3BackupMode", settings.textNode("FailedDataOnly"));
            }
            case S3, EXTENDED_S3 -> {}
        }
    }

    private static void addBucketDefaults(ObjectNode bucket) {
        addHints(
                bucket,
                isPartitioned(bucket) ? PARTITIONED_MIB_MIN : DestinationKind.S3.sizeMib(),
                DestinationKind.S3.intervalSeconds());
        bucket.putIfAbsent("CompressionFormat", bucket.textNode("UNCOMPRESSED"));
        if (!bucket.has("EncryptionConfiguration")) {
            bucket.putObject("EncryptionConfiguration").put("NoEncryptionConfig", "NoEncryption");
        }
        if (!bucket.has("CloudWatchLoggingOptions")) {
            bucket.putObject("CloudWatchLoggingOptions").put("Enabled", false);
        }
    }

    private static void addHints(ObjectNode settings, int sizeMib, int intervalSeconds) {
        ObjectNode hints = settings.withObjectProperty("BufferingHints");
        hints.putIfAbsent("SizeInMBs", hints.numberNode(sizeMib));
        hints.putIfAbsent("IntervalInSeconds", hints.numberNode(intervalSeconds));
    }

    private static void addRetry(ObjectNode settings, int seconds) {
        ObjectNode retry = settings.withObjectProperty("RetryOptions");
        retry.putIfAbsent("DurationInSeconds", retry.numberNode(seconds));
    }

    // How they are described

    /** The destination as DescribeDeliveryStream shows it; both S3 descriptions for a bucket, as AWS does. */
    ObjectNode describe(DestinationKind kind, ObjectNode settings) {
        ObjectNode destination =
                JsonTrees.mapper().createObjectNode().put("DestinationId", FirehoseLimits.DESTINATION_ID);
        ObjectNode description = JsonTrees.mapper().createObjectNode();
        settings.properties()
                .forEach(member ->
                        description.set(RENAMED.getOrDefault(member.getKey(), member.getKey()), member.getValue()));
        if (description.has("VpcConfigurationDescription")) {
            ObjectNode vpc = description.get("VpcConfigurationDescription").deepCopy();
            description.set("VpcConfigurationDescription", vpc.put("VpcId", "vpc-00000000"));
        }
        if (kind.isS3()) {
            destination.set(DestinationKind.S3.descriptionMember(), description);
            destination.set(DestinationKind.EXTENDED_S3.descriptionMember(), description);
        } else {
            destination.set(kind.descriptionMember(), description);
        }
        return destination;
    }
}
