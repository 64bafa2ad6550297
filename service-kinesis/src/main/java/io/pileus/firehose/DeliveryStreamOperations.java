package io.pileus.firehose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.identity.Arn;
import io.pileus.core.port.StreamReader;
import io.pileus.core.protocol.Documents;
import io.pileus.core.protocol.Validation;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.NotImplemented;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.shape.JsonTrees;
import io.pileus.firehose.delivery.DestinationKind;
import io.pileus.firehose.delivery.Target;
import io.pileus.firehose.model.*;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Creates, updates, describes, lists and deletes delivery streams. */
final class DeliveryStreamOperations {
    private final DeliveryStreams streams;
    private final Destinations destinations;
    private final EncryptionOperations encryption;
    private final ServiceEnvironment environment;
    private final Supplier<ServiceApi> api;

    DeliveryStreamOperations(
            DeliveryStreams streams,
            Destinations destinations,
            EncryptionOperations encryption,
            ServiceEnvironment environment,
            Supplier<ServiceApi> api) {
        this.streams = streams;
        this.destinations = destinations;
        this.encryption = encryption;
        this.environment = environment;
        this.api = api;
    }

    CreateDeliveryStreamOutput createDeliveryStream(CreateDeliveryStreamInput input, CallContext call) {
        JsonNode request = Documents.write(input);
        DeliveryStreamType type = type(input);
        ObjectNode source = source(type, request, call);
        DeliveryStream.Destination destination = destinations.of(request, call);
        Map<String, String> tags = tags(input.tags());
        Optional<DeliveryStream.Encryption> encrypted =
                encryption.asked(input.deliveryStreamEncryptionConfigurationInput(), type, call);
        DeliveryStream stream = streams.create(input.deliveryStreamName(), type, source, destination, call);
        stream.tags(tags);
        encrypted.ifPresent(stream::encryption);
        if (type == DeliveryStreamType.KINESIS_STREAM_AS_SOURCE) {
            streams.readFrom(stream, reader(), call.receivedAt());
        }
        return CreateDeliveryStreamOutput.builder()
                .deliveryStreamARN(stream.arn())
                .build();
    }

    private static DeliveryStreamType type(CreateDeliveryStreamInput input) {
        DeliveryStreamType type = DeliveryStreamType.of(input.deliveryStreamType());
        DeliveryStreamType named = type == null ? DeliveryStreamType.DIRECT_PUT : type;
        return switch (named) {
            case DIRECT_PUT -> {
                if (input.kinesisStreamSourceConfiguration() != null) {
                    throw FirehoseErrors.invalid(
                            "KinesisStreamSourceConfig is only applicable for KinesisStreamAsSource stream type");
                }
                yield named;
            }
            case KINESIS_STREAM_AS_SOURCE -> {
                if (input.kinesisStreamSourceConfiguration() == null) {
                    throw FirehoseErrors.invalid(
                            "KinesisStreamSourceConfig is required for KinesisStreamAsSource stream type");
                }
                yield named;
            }
            case MSKAS_SOURCE -> throw NotImplemented.feature("Firehose with a source in Amazon MSK");
            case DATABASE_AS_SOURCE -> throw NotImplemented.feature("Firehose with a database as source");
        };
    }

    private ObjectNode source(DeliveryStreamType type, JsonNode request, CallContext call) {
        ObjectNode source = JsonTrees.mapper().createObjectNode();
        if (type == DeliveryStreamType.KINESIS_STREAM_AS_SOURCE) {
            ObjectNode kinesis = request.get("KinesisStreamSourceConfiguration").deepCopy();
            kinesis.put("DeliveryStartTimestamp", call.receivedAt().toString());
            String arn = kinesis.path("KinesisStreamARN").asText();
            if (Arn.parse(arn).flatMap(reader()::shards).isEmpty()) {
                throw FirehoseErrors.invalid("The source Kinesis stream " + arn + " was not found.");
            }
            source.set("KinesisStreamSourceDescription", kinesis);
        } else if (request.hasNonNull("DirectPutSourceConfiguration")) {
            source.set("DirectPutSourceDescription", request.get("DirectPutSourceConfiguration"));
        }
        return source;
    }

    private StreamReader reader() {
        return environment
                .ports()
                .find(StreamReader.class)
                .orElseThrow(() -> FirehoseErrors.invalid("Kinesis is not enabled in the emulator."));
    }

    UpdateDestinationOutput updateDestination(UpdateDestinationInput input, CallContext call) {
        DeliveryStream stream = streams.get(input.deliveryStreamName(), call);
        if (!input.destinationId().equals(FirehoseLimits.DESTINATION_ID)) {
            throw FirehoseErrors.invalid(
                    "Destination Id " + input.destinationId() + " does not match the delivery stream's.");
        }
        Target present = stream.target();
        String asked = input.currentDeliveryStreamVersionId();
        if (!asked.equals(Integer.toString(present.version()))) {
            throw FirehoseErrors.version(asked, present.version());
        }
        DeliveryStream.Destination destination = updated(stream, Documents.write(input), call);
        if (!stream.update(present.version(), destination, call.receivedAt())) {
            throw FirehoseErrors.version(asked, stream.target().version());
        }
        return UpdateDestinationOutput.builder().build();
    }

    private DeliveryStream.Destination updated(DeliveryStream stream, JsonNode update, CallContext call) {
        DestinationKind present = stream.target().kind();
        DestinationKind kind = destinations.kindOf(update);
        if (kind == present || (kind.isS3() && present.isS3())) {
            return destinations.updated(stream, kind, update, call);
        }
        ObjectNode request = destinations.asCreation(stream, kind, update);
        ServiceApi table = api.get();
        Operation create = Objects.requireNonNull(table.operation("CreateDeliveryStream"));
        Validation.check(table, create, Documents.readInput(table, create, request));
        return destinations.of(request, call);
    }

    DescribeDeliveryStreamOutput describeDeliveryStream(DescribeDeliveryStreamInput input, CallContext call) {
        DeliveryStream stream = streams.get(input.deliveryStreamName(), call);
        Target target = stream.target();
        ObjectNode output = JsonTrees.mapper().createObjectNode();
        ObjectNode description = output.putObject("DeliveryStreamDescription")
                .put("DeliveryStreamName", stream.name())
                .put("DeliveryStreamARN", stream.arn())
                .put("DeliveryStreamStatus", DeliveryStreamStatus.ACTIVE.wire())
                .put("DeliveryStreamType", stream.type().wire())
                .put("VersionId", Integer.toString(target.version()))
                .put("CreateTimestamp", stream.createdAt().toString())
                .put("HasMoreDestinations", false);
        Instant updatedAt = stream.updatedAt();
        if (updatedAt != null) {
            description.put("LastUpdateTimestamp", updatedAt.toString());
        }
        if (!stream.source().isEmpty()) {
            description.set("Source", stream.source());
        }
        ObjectNode encryptionNode = description.putObject("DeliveryStreamEncryptionConfiguration");
        DeliveryStream.Encryption encrypted = stream.encryption();
        encryptionNode.put("Status", encrypted != null && encrypted.enabled() ? "ENABLED" : "DISABLED");
        if (encrypted != null && encrypted.enabled()) {
            encryptionNode.put("KeyType", encrypted.keyType());
            if (encrypted.keyArn() != null) {
                encryptionNode.put("KeyARN", encrypted.keyArn());
            }
        }
        boolean shown = input.exclusiveStartDestinationId() == null
                || input.exclusiveStartDestinationId().compareTo(FirehoseLimits.DESTINATION_ID) < 0;
        var list = description.putArray("Destinations");
        if (shown) {
            list.add(destinations.describe(target.kind(), target.settings()));
        }
        ServiceApi table = api.get();
        return (DescribeDeliveryStreamOutput)
                Documents.readOutput(table, Objects.requireNonNull(table.operation("DescribeDeliveryStream")), output);
    }

    ListDeliveryStreamsOutput listDeliveryStreams(ListDeliveryStreamsInput input, CallContext call) {
        int limit = Objects.requireNonNullElse(input.limit(), FirehoseLimits.PAGE_DEFAULT);
        String after = Objects.requireNonNullElse(input.exclusiveStartDeliveryStreamName(), "");
        List<String> names = streams.all(call).stream()
                .filter(stream -> input.deliveryStreamType() == null
                        || stream.type().wire().equals(input.deliveryStreamType()))
                .map(DeliveryStream::name)
                .filter(name -> name.compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        boolean more = names.size() > limit;
        return ListDeliveryStreamsOutput.builder()
                .deliveryStreamNames(more ? names.subList(0, limit) : names)
                .hasMoreDeliveryStreams(more)
                .build();
    }

    DeleteDeliveryStreamOutput deleteDeliveryStream(DeleteDeliveryStreamInput input, CallContext call) {
        streams.delete(input.deliveryStreamName(), call);
        return DeleteDeliveryStreamOutput.builder().build();
    }

    // Tags

    TagDeliveryStreamOutput tagDeliveryStream(TagDeliveryStreamInput input, CallContext call) {
        DeliveryStream stream = streams.get(input.deliveryStreamName(), call);
        Map<String, String> all = stream.tags();
        all.putAll(tags(input.tags()));
        if (all.size() > FirehoseLimits.TAGS_MAX) {
            throw FirehoseErrors.limit("A delivery stream can have at most 50 tags.");
        }
        stream.tags(all);
        return TagDeliveryStreamOutput.builder().build();
    }

    UntagDeliveryStreamOutput untagDeliveryStream(UntagDeliveryStreamInput input, CallContext call) {
        DeliveryStream stream = streams.get(input.deliveryStreamName(), call);
        Map<String, String> left = stream.tags();
        input.tagKeys().forEach(left::remove);
        stream.tags(left);
        return UntagDeliveryStreamOutput.builder().build();
    }

    ListTagsForDeliveryStreamOutput listTagsForDeliveryStream(ListTagsForDeliveryStreamInput input, CallContext call) {
        int limit = Objects.requireNonNullElse(input.limit(), FirehoseLimits.TAGS_MAX);
        String after = Objects.requireNonNullElse(input.exclusiveStartTagKey(), "");
        List<Tag> tags = streams.get(input.deliveryStreamName(), call).tags().entrySet().stream()
                .filter(tag -> tag.getKey().compareTo(after) > 0)
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        return ListTagsForDeliveryStreamOutput.builder()
                .tags(tags.stream().limit(limit).toList())
                .hasMoreTags(tags.size() > limit)
                .build();
    }

    private static Map<String, String> tags(List<Tag> list) {
        Map<String, String> tags = new HashMap<>();
        for (Tag tag : list) {
            if (tags.put(tag.key(), Objects.requireNonNullElse(tag.value(), "")) != null) {
                throw FirehoseErrors.invalid("Duplicate tag key: " + tag.key());
            }
        }
        return tags;
    }
}
