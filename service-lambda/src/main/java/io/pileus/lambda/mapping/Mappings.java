package io.pileus.lambda.mapping;

import io.pileus.core.identity.Arn;
import io.pileus.core.port.FunctionInvoker;
import io.pileus.core.port.OperationCaller;
import io.pileus.core.port.StreamReader;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.NotImplemented;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.lambda.LambdaErrors;
import io.pileus.lambda.model.*;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The event source mappings: made, read, changed, deleted, listed; each has a loop while it is enabled. */
public final class Mappings {
    private final ServiceEnvironment env;
    private final FunctionInvoker invoker;
    private final FunctionNames names;
    private final Map<String, Mapping> mappings = new ConcurrentHashMap<>();

    /** Checks that a function exists and spells its ARN. */
    @FunctionalInterface
    public interface FunctionNames {
        String arn(String name, CallContext call);
    }

    public Mappings(ServiceEnvironment env, FunctionInvoker invoker, FunctionNames names) {
        this.env = env;
        this.invoker = invoker;
        this.names = names;
    }

    /** Creates a mapping; it starts at once, unless it is created disabled. */
    public EventSourceMappingConfiguration createEventSourceMapping(
            CreateEventSourceMappingRequest input, CallContext call) {
        if (input.eventSourceArn() == null) {
            throw NotImplemented.feature("Self-managed event sources");
        }
        Arn source = Arn.parse(input.eventSourceArn())
                .orElseThrow(() -> LambdaErrors.invalid("Unrecognized event source: " + input.eventSourceArn()));
        boolean queue = source.service().equals("sqs");
        if (!queue && !source.service().equals("kinesis")) {
            throw NotImplemented.feature("Event source mappings of " + source.service());
        }
        if (input.kmsKeyArn() != null || input.provisionedPollerConfig() != null) {
            throw NotImplemented.feature("KMSKeyArn and ProvisionedPollerConfig of event source mappings");
        }
        if (input.tumblingWindowInSeconds() != null && input.tumblingWindowInSeconds() > 0) {
            throw NotImplemented.feature("Tumbling windows");
        }
        if (input.parallelizationFactor() != null && input.parallelizationFactor() > 1) {
            call.notEmulated("ParallelizationFactor is kept; a shard's batches run one after the other");
        }
        String functionArn = names.arn(String.valueOf(input.functionName()), call);
        int batchSize = input.batchSize() == null ? (queue ? 10 : 100) : input.batchSize();
        int window = input.maximumBatchingWindowInSeconds() == null ? 0 : input.maximumBatchingWindowInSeconds();
        if (queue && batchSize > 10 && window < 1) {
            throw LambdaErrors.invalid(
                    "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10");
        }
        if (queue && source.resource().endsWith(".fifo") && (batchSize > 10 || window > 0)) {
            throw LambdaErrors.invalid(
                    window > 0
                            ? "Batching window is not supported for FIFO queues"
                            : "Batch size must be at most 10 for FIFO queues");
        }
        if (queue && input.startingPosition() != null) {
            throw LambdaErrors.invalid("StartingPosition is not valid for SQS event sources.");
        }
        if (!queue && input.startingPosition() == null) {
            throw LambdaErrors.invalid("1 validation error detected: Value null at 'startingPosition' failed to satisfy"
                    + " constraint: Member must not be null.");
        }
        if ("AT_TIMESTAMP".equals(input.startingPosition()) && input.startingPositionTimestamp() == null) {
            throw LambdaErrors.invalid("StartingPositionTimestamp is required when StartingPosition is AT_TIMESTAMP.");
        }
        EventPattern.parseAll(input.filterCriteria());
        if (queue
                ? env.ports().find(OperationCaller.class).isEmpty()
                : env.ports().find(StreamReader.class).isEmpty()) {
            throw NotImplemented.feature("A mapping to " + source.service() + " while that service is not enabled");
        }
        if (!queue
                && env.ports()
                        .find(StreamReader.class)
                        .flatMap(reader -> reader.shards(source))
                        .isEmpty()) {
            throw LambdaErrors.invalid("Stream not found: " + source);
        }
        for (Mapping other : mappings.values()) {
            if (input.eventSourceArn().equals(other.configuration().eventSourceArn())
                    && functionArn.equals(other.configuration().functionArn())) {
                throw LambdaErrors.conflict("The event source arn (\" " + source + " \") and function (\" "
                        + input.functionName() + " \") provided mapping already exists. Please update or delete the"
                        + " existing mapping with UUID " + other.configuration().uuid());
            }
        }
        String uuid = env.ids().uuid();
        boolean enabled = !Boolean.FALSE.equals(input.enabled());
        EventSourceMappingConfiguration.Builder made = EventSourceMappingConfiguration.builder()
                .uuid(uuid)
                .eventSourceMappingArn(Arn.of("lambda", call.region(), call.account(), "event-source-mapping:" + uuid)
                        .toString())
                .eventSourceArn(input.eventSourceArn())
                .functionArn(functionArn)
                .batchSize(batchSize)
                .maximumBatchingWindowInSeconds(window)
                .lastModified(call.receivedAt())
                .state(enabled ? "Enabled" : "Disabled")
                .stateTransitionReason("USER_INITIATED")
                .filterCriteria(input.filterCriteria())
                .functionResponseTypes(input.functionResponseTypes())
                .scalingConfig(input.scalingConfig())
                .metricsConfig(input.metricsConfig())
                .loggingConfig(input.loggingConfig());
        if (!queue) {
            made.startingPosition(input.startingPosition())
                    .startingPositionTimestamp(input.startingPositionTimestamp())
                    .parallelizationFactor(input.parallelizationFactor() == null ? 1 : input.parallelizationFactor())
                    .maximumRecordAgeInSeconds(
                            input.maximumRecordAgeInSeconds() == null ? -1 : input.maximumRecordAgeInSeconds())
                    .maximumRetryAttempts(input.maximumRetryAttempts() == null ? -1 : input.maximumRetryAttempts())
                    .bisectBatchOnFunctionError(Boolean.TRUE.equals(input.bisectBatchOnFunctionError()))
                    .tumblingWindowInSeconds(0)
                    .lastProcessingResult("No records processed")
                    .destinationConfig(
                            input.destinationConfig() == null
                                    ? DestinationConfig.builder()
                                            .onFailure(OnFailure.builder().build())
                                            .build()
                                    : input.destinationConfig());
        } else if (input.destinationConfig() != null) {
            throw LambdaErrors.invalid("Unsupported DestinationConfig parameter for given event source mapping type.");
        }
        Mapping mapping = new Mapping(env, invoker, call.account(), call.region(), made.build());
        mapping.tags().putAll(input.tags());
        if (enabled) {
            mapping.start();
        }
        mappings.put(uuid, mapping);
        return mapping.configuration().toBuilder().state("Creating").build();
    }

    private Mapping find(@Nullable String uuid, CallContext call) {
        Mapping mapping = uuid == null ? null : mappings.get(uuid);
        if (mapping == null
                || !mapping.account().equals(call.account())
                || !mapping.region().equals(call.region())) {
            throw LambdaErrors.noSuchResource();
        }
        return mapping;
    }

    public EventSourceMappingConfiguration getEventSourceMapping(GetEventSourceMappingRequest input, CallContext call) {
        return find(input.uuid(), call).configuration();
    }

    /** Changes a mapping: it stops, and goes on with its new configuration where it was. */
    public EventSourceMappingConfiguration updateEventSourceMapping(
            UpdateEventSourceMappingRequest input, CallContext call) {
        Mapping mapping = find(input.uuid(), call);
        if (input.kmsKeyArn() != null || input.provisionedPollerConfig() != null) {
            throw NotImplemented.feature("KMSKeyArn and ProvisionedPollerConfig of event source mappings");
        }
        if (input.tumblingWindowInSeconds() != null && input.tumblingWindowInSeconds() > 0) {
            throw NotImplemented.feature("Tumbling windows");
        }
        if (input.parallelizationFactor() != null && input.parallelizationFactor() > 1) {
            call.notEmulated("ParallelizationFactor is kept; a shard's batches run one after the other");
        }
        if (Boolean.TRUE.equals(input.enabled())) {
            // before anything changes: what answers 501 must leave the mapping as it was
            throw NotImplemented.feature("Polling this event source");
        }
        EventPattern.parseAll(input.filterCriteria());
        EventSourceMappingConfiguration before = mapping.configuration();
        EventSourceMappingConfiguration.Builder changed = before.toBuilder().lastModified(call.receivedAt());
        if (input.functionName() != null) {
            changed.functionArn(names.arn(input.functionName(), call));
        }
        if (input.enabled() != null) {
            changed.state(input.enabled() ? "Enabled" : "Disabled");
        }
        if (input.batchSize() != null) {
            changed.batchSize(input.batchSize());
        }
        if (input.maximumBatchingWindowInSeconds() != null) {
            changed.maximumBatchingWindowInSeconds(input.maximumBatchingWindowInSeconds());
        }
        if (input.filterCriteria() != null) {
            changed.filterCriteria(input.filterCriteria().filters().isEmpty() ? null : input.filterCriteria());
        }
        if (input.hasFunctionResponseTypes()) {
            changed.functionResponseTypes(input.functionResponseTypes());
        }
        if (input.scalingConfig() != null) {
            changed.scalingConfig(input.scalingConfig());
        }
        if (input.parallelizationFactor() != null) {
            changed.parallelizationFactor(input.parallelizationFactor());
        }
        if (input.maximumRecordAgeInSeconds() != null) {
            changed.maximumRecordAgeInSeconds(input.maximumRecordAgeInSeconds());
        }
        if (input.maximumRetryAttempts() != null) {
            changed.maximumRetryAttempts(input.maximumRetryAttempts());
        }
        if (input.bisectBatchOnFunctionError() != null) {
            changed.bisectBatchOnFunctionError(input.bisectBatchOnFunctionError());
        }
        if (input.destinationConfig() != null) {
            changed.destinationConfig(input.destinationConfig());
        }
        mapping.change(changed.build());
        return mapping.configuration().toBuilder().state("Updating").build();
    }

    public EventSourceMappingConfiguration deleteEventSourceMapping(
            DeleteEventSourceMappingRequest input, CallContext call) {
        Mapping mapping = find(input.uuid(), call);
        mappings.remove(String.valueOf(input.uuid()));
        mapping.stop();
        return mapping.configuration().toBuilder().state("Deleting").build();
    }

    public ListEventSourceMappingsResponse listEventSourceMappings(
            ListEventSourceMappingsRequest input, CallContext call) {
        String functionArn = input.functionName() == null ? null : names.arn(input.functionName(), call);
        int limit = input.maxItems() == null ? 100 : Math.min(100, input.maxItems());
        List<EventSourceMappingConfiguration> all = mappings.values().stream()
                .filter(mapping -> mapping.account().equals(call.account())
                        && mapping.region().equals(call.region()))
                .map(Mapping::configuration)
                .filter(c -> functionArn == null || functionArn.equals(c.functionArn()))
                .filter(c ->
                        input.eventSourceArn() == null || input.eventSourceArn().equals(c.eventSourceArn()))
                .sorted(Comparator.comparing(c -> String.valueOf(c.uuid())))
                .filter(c -> input.marker() == null || String.valueOf(c.uuid()).compareTo(input.marker()) > 0)
                .limit(limit + 1L)
                .toList();
        boolean more = all.size() > limit;
        List<EventSourceMappingConfiguration> page = more ? all.subList(0, limit) : all;
        return ListEventSourceMappingsResponse.builder()
                .eventSourceMappings(page)
                .nextMarker(more ? page.getLast().uuid() : null)
                .build();
    }

    public Map<String, String> tags(String arn, CallContext call) {
        return Map.copyOf(find(arn.substring(arn.lastIndexOf(':') + 1), call).tags());
    }

    public void tag(String arn, Map<String, String> tags, CallContext call) {
        find(arn.substring(arn.lastIndexOf(':') + 1), call).tags().putAll(tags);
    }

    public void untag(String arn, List<String> keys, CallContext call) {
        find(arn.substring(arn.lastIndexOf(':') + 1), call).tags().keySet().removeAll(keys);
    }

    /** Forgets the mappings that the scope covers. */
    public void reset(ResetScope scope) {
        mappings.values().removeIf(mapping -> {
            boolean covered = scope.covers(mapping.account(), mapping.region());
            if (covered) {
                mapping.stop();
            }
            return covered;
        });
    }

    public void close() {
        reset(ResetScope.EVERYTHING);
    }
}
