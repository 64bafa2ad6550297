package io.pileus.lambda.mapping;

import io.pileus.core.identity.Arn;
import io.pileus.core.port.QueueReader;
import io.pileus.core.port.StreamReader;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.NotImplemented;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.lambda.LambdaErrors;
import io.pileus.lambda.filter.RecordFilter;
import io.pileus.lambda.model.CreateEventSourceMappingRequest;
import io.pileus.lambda.model.DestinationConfig;
import io.pileus.lambda.model.EventSourceMappingConfiguration;
import io.pileus.lambda.model.OnFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What AWS demands of a mapping, in AWS's words where they are known. */
final class MappingRules {
    private static final int SMALL_BATCH = 10;
    private static final int RECORD_AGE_SECONDS_MIN = 60;

    /** Sources that AWS has and this emulator has not. */
    private static final Set<String> OTHER_SOURCES = Set.of("dynamodb", "kafka", "mq", "rds", "docdb");

    private static final Set<String> DESTINATIONS = Set.of("sqs", "sns", "s3");

    private final ServiceEnvironment env;

    MappingRules(ServiceEnvironment env) {
        this.env = env;
    }

    /** The source's ARN, of a kind that there is here. */
    Arn source(CreateEventSourceMappingRequest input) {
        if (input.selfManagedEventSource() != null) {
            throw NotImplemented.feature("Self-managed event sources");
        }
        if (input.eventSourceArn() == null) {
            throw LambdaErrors.invalid("Unrecognized event source.");
        }
        Arn source = Arn.parse(input.eventSourceArn())
                .orElseThrow(() -> LambdaErrors.invalid("Unrecognized event source: " + input.eventSourceArn()));
        if (OTHER_SOURCES.contains(source.service())) {
            throw NotImplemented.feature(
                    source.service().equals("dynamodb")
                            ? "Event source mappings of DynamoDB streams"
                            : "Event source mappings of " + source.service());
        }
        if (!source.service().equals("sqs") && !source.service().equals("kinesis")) {
            throw LambdaErrors.invalid("Unrecognized event source.");
        }
        return source;
    }

    /** Checks what only a new mapping says. */
    void checkNew(CreateEventSourceMappingRequest input, Arn source, CallContext call) {
        refuseOtherSourcesParameters(input);
        boolean queue = source.service().equals("sqs");
        if (queue) {
            unsupported("StartingPosition", input.startingPosition());
            unsupported("StartingPositionTimestamp", input.startingPositionTimestamp());
        } else if (input.startingPosition() == null) {
            throw LambdaErrors.invalid("1 validation error detected: Value null at 'startingPosition' failed to satisfy"
                    + " constraint: Member must not be null.");
        } else if (input.startingPosition().equals("AT_TIMESTAMP")) {
            if (input.startingPositionTimestamp() == null) {
                throw LambdaErrors.invalid(
                        "StartingPositionTimestamp is required when StartingPosition is AT_TIMESTAMP.");
            }
            if (input.startingPositionTimestamp().isAfter(call.receivedAt())) {
                throw LambdaErrors.invalid("StartingPositionTimestamp cannot be in the future.");
            }
        } else {
            unsupportedWithout(
                    "StartingPositionTimestamp", input.startingPositionTimestamp(), "StartingPosition is AT_TIMESTAMP");
        }
    }

    private static void refuseOtherSourcesParameters(CreateEventSourceMappingRequest input) {
        if (!input.topics().isEmpty()) {
            unsupported("Topics", input.topics());
        }
        if (!input.queues().isEmpty()) {
            unsupported("Queues", input.queues());
        }
        if (!input.sourceAccessConfigurations().isEmpty()) {
            unsupported("SourceAccessConfigurations", input.sourceAccessConfigurations());
        }
        unsupported("AmazonManagedKafkaEventSourceConfig", input.amazonManagedKafkaEventSourceConfig());
        unsupported("SelfManagedKafkaEventSourceConfig", input.selfManagedKafkaEventSourceConfig());
        unsupported("DocumentDBEventSourceConfig", input.documentDBEventSourceConfig());
        unsupported("LoggingConfig", input.loggingConfig());
    }

    /** Checks what a mapping would say. */
    void check(EventSourceMappingConfiguration mapping, Arn source) {
        RecordFilter.of(mapping.filterCriteria(), Mapping.kind(source));
        if (source.service().equals("sqs")) {
            checkQueueMapping(mapping);
        } else {
            checkStreamMapping(mapping);
        }
    }

    /** Checks that the source is there and goes with the mapping and its function. */
    void checkSource(EventSourceMappingConfiguration mapping, Arn source, MappedFunction function) {
        if (source.service().equals("sqs")) {
            checkQueue(mapping, source, function);
        } else {
            checkStream(source);
        }
    }

    private static void checkQueueMapping(EventSourceMappingConfiguration mapping) {
        unsupported("ParallelizationFactor", mapping.parallelizationFactor());
        unsupported("MaximumRecordAgeInSeconds", mapping.maximumRecordAgeInSeconds());
        unsupported("BisectBatchOnFunctionError", mapping.bisectBatchOnFunctionError());
        unsupported("MaximumRetryAttempts", mapping.maximumRetryAttempts());
        unsupported("TumblingWindowInSeconds", mapping.tumblingWindowInSeconds());
        unsupported("DestinationConfig", mapping.destinationConfig());
        int batchSize = mapping.batchSize() == null ? SMALL_BATCH : mapping.batchSize();
        int window = mapping.maximumBatchingWindowInSeconds() == null ? 0 : mapping.maximumBatchingWindowInSeconds();
        if (batchSize > SMALL_BATCH && window < 1) {
            throw LambdaErrors.invalid(
                    "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10");
        }
    }

    private void checkQueue(EventSourceMappingConfiguration mapping, Arn source, MappedFunction function) {
        QueueReader queues = env.ports()
                .find(QueueReader.class)
                .orElseThrow(() -> NotImplemented.feature("A mapping to SQS while that service is not enabled"));
        QueueReader.QueueInfo queue = queues.queue(source)
                .orElseThrow(() -> LambdaErrors.invalid("Error occurred while ReceiveMessage. SQS Error Code:"
                        + " AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not"
                        + " exist."));
        Integer window = mapping.maximumBatchingWindowInSeconds();
        if (queue.fifo() && window != null && window > 0) {
            throw LambdaErrors.invalid("Batching window is not supported for FIFO queues");
        }
        Duration visible = queue.visibilityTimeout();
        if (visible.compareTo(function.timeout()) < 0) {
            throw LambdaErrors.invalid("Queue visibility timeout: " + visible.toSeconds()
                    + " seconds is less than Function timeout: "
                    + function.timeout().toSeconds() + " seconds");
        }
    }

    private static void checkStreamMapping(EventSourceMappingConfiguration mapping) {
        unsupported("ScalingConfig", mapping.scalingConfig());
        Integer age = mapping.maximumRecordAgeInSeconds();
        if (age != null && age != -1 && age < RECORD_AGE_SECONDS_MIN) {
            throw LambdaErrors.invalid("MaximumRecordAgeInSeconds must be -1 or at least 60.");
        }
        if (mapping.destinationConfig() != null && mapping.destinationConfig().onSuccess() != null) {
            unsupported("DestinationConfig", mapping.destinationConfig());
        }
        checkDestination(mapping.destinationConfig());
    }

    private static void checkDestination(@Nullable DestinationConfig config) {
        OnFailure onFailure = config == null ? null : config.onFailure();
        String given = onFailure == null ? null : onFailure.destination();
        if (given == null || given.isEmpty()) {
            return;
        }
        Optional<Arn> destination = Arn.parse(given).filter(arn -> DESTINATIONS.contains(arn.service()));
        if (destination.isEmpty()) {
            throw LambdaErrors.invalid("The provided destination config DestinationConfig(onSuccess=null,"
                    + " onFailure=OnFailure(destination=" + given + ")) is invalid.");
        }
    }

    private void checkStream(Arn source) {
        StreamReader streams = env.ports()
                .find(StreamReader.class)
                .orElseThrow(() -> NotImplemented.feature("A mapping to Kinesis while that service is not enabled"));
        if (streams.shards(source).isEmpty()) {
            throw LambdaErrors.invalid(
                    (source.resource().contains("/consumer/") ? "Consumer not found: " : "Stream not found: ")
                            + source);
        }
    }

    private static void unsupported(String parameter, @Nullable Object value) {
        if (value != null) {
            throw LambdaErrors.invalid("Unsupported " + parameter + " parameter for given event source mapping type.");
        }
    }

    private static void unsupportedWithout(String parameter, @Nullable Object value, String condition) {
        if (value != null) {
            throw LambdaErrors.invalid(parameter + " is valid only if " + condition + ".");
        }
    }
}
