package io.pileus.firehose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.NotImplemented;
import io.pileus.core.shape.JsonTrees;
import io.pileus.firehose.delivery.Courier;
import io.pileus.firehose.delivery.DestinationKind;
import io.pileus.firehose.delivery.MetadataQueries;
import io.pileus.firehose.delivery.PrefixExpression;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** The destination after an update: settings that the update leaves out stay. */
    DeliveryStream.Destination updated(DeliveryStream stream, JsonNode request, CallContext call) {
        DestinationKind present = stream.target().kind();
        List<DestinationKind> named = new ArrayList<>();
        for (DestinationKind kind : DestinationKind.values()) {
            if (request.hasNonNull(kind.updateMember())) {
                named.add(kind);
            }
        }
        if (named.size() != 1) {
            throw FirehoseErrors.invalid("Exactly one destination update must be specified.");
        }
        DestinationKind kind = named.getFirst();
        if (kind != present && !(kind.isS3() && present.isS3())) {
            throw FirehoseErrors.invalid("The destination type cannot be changed from " + present.descriptionMember()
                    + " with " + kind.updateMember() + ".");
        }
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
        addDefaults(destination);
        return destination;
    }

    // What is refused

    private void check(DeliveryStream.Destination destination, CallContext call) {
        ObjectNode settings = destination.settings();
        boolean partitioned = settings.path("DynamicPartitioningConfiguration")
                .path("Enabled")
                .asBoolean(false);
        if (destination.kind().isS3()) {
            checkBucket(settings, partitioned);
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
        checkProcessors(settings.path("ProcessingConfiguration"));
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
        if (partitioned != prefix.namesPartitionKeys()) {
            throw FirehoseErrors.invalid(
                    partitioned
                            ? "Dynamic partitioning is enabled, but Prefix contains no partition keys."
                            : "Prefix contains partition keys, but dynamic partitioning is not enabled.");
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

    private static void checkProcessors(JsonNode processing) {
        for (JsonNode processor : processing.path("Processors")) {
            String type = processor.path("Type").asText();
            for (JsonNode parameter : processor.path("Parameters")) {
                if (parameter.path("ParameterName").asText().equals("MetadataExtractionQuery")) {
                    try {
                        MetadataQueries.check(parameter.path("ParameterValue").asText());
                    } catch (IllegalArgumentException e) {
                        throw FirehoseErrors.invalid(
                                "MetadataExtractionQuery is not a valid jq expression: " + e.getMessage());
                    }
                }
            }
            if (type.equals("Lambda") && parameter(processor, "LambdaArn").isEmpty()) {
                throw FirehoseErrors.invalid("LambdaArn must be specified for a Lambda processor.");
            }
        }
    }

    private static Optional<String> parameter(JsonNode processor, String name) {
        for (JsonNode parameter : processor.path("Parameters")) {
            if (parameter.path("ParameterName").asText().equals(name)) {
                return Optional.of(parameter.path("ParameterValue").asText());
            }
        }
        return Optional.empty();
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
        boolean opensearch = destination.kind() == DestinationKind.ELASTICSEARCH
                || destination.kind() == DestinationKind.OPENSEARCH
                || destination.kind() == DestinationKind.OPENSEARCH_SERVERLESS;
        if (opensearch && url.isEmpty()) {
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
        boolean partitioned =
                bucket.path("DynamicPartitioningConfiguration").path("Enabled").asBoolean(false);
        addHints(
                bucket,
                partitioned ? PARTITIONED_MIB_MIN : DestinationKind.S3.sizeMib(),
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
