package io.pileus.lambda.mapping;

import io.pileus.core.identity.Arn;
import io.pileus.core.port.FunctionInvoker;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.NotImplemented;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import io.pileus.lambda.FunctionReference;
import io.pileus.lambda.LambdaErrors;
import io.pileus.lambda.model.*;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The event source mappings: made, read, changed, deleted, listed. A mapping's transitional states (Creating, Updating,
 * Enabling, Disabling, Deleting) show in the answer to the call that causes them; they are over when it is answered.
 */
public final class Mappings {
    private static final int PAGE_MAX = 100;

    private final ServiceEnvironment env;
    private final Surroundings surroundings;
    private final MappedFunction.Finder functions;
    private final MappingRules rules;
    private final Map<String, Mapping> mappings = new ConcurrentHashMap<>();

    public Mappings(ServiceEnvironment env, FunctionInvoker invoker, MappedFunction.Finder functions) {
        this.env = env;
        this.functions = functions;
        this.surroundings = new Surroundings(env, invoker, functions);
        this.rules = new MappingRules(env);
    }

    /** Creates a mapping; it starts at once, unless it is created disabled. */
    public synchronized EventSourceMappingConfiguration createEventSourceMapping(
            CreateEventSourceMappingRequest input, CallContext call) {
        Arn source = rules.source(input);
        refuseWhatIsNotThere(input.kmsKeyArn(), input.provisionedPollerConfig(), input.metricsConfig(), call);
        rules.checkNew(input, source, call);
        MappedFunction function = functions.find(String.valueOf(input.functionName()), call.account(), call.region());
        String uuid = env.ids().uuid();
        boolean enabled = !Boolean.FALSE.equals(input.enabled());
        EventSourceMappingConfiguration.Builder made = EventSourceMappingConfiguration.builder()
                .uuid(uuid)
                .eventSourceMappingArn(Arn.of("lambda", call.region(), call.account(), "event-source-mapping:" + uuid)
                        .toString())
                .eventSourceArn(source.toString())
                .functionArn(function.arn())
                .maximumBatchingWindowInSeconds(orElse(input.maximumBatchingWindowInSeconds(), 0))
                .lastModified(call.receivedAt())
                .state(enabled ? Mapping.ENABLED : Mapping.DISABLED)
                .stateTransitionReason(byUser(source))
                .filterCriteria(orNone(input.filterCriteria()))
                .functionResponseTypes(input.functionResponseTypes())
                .scalingConfig(orNone(input.scalingConfig()))
                .metricsConfig(input.metricsConfig());
        EventSourceMappingConfiguration configuration =
                (source.service().equals("sqs") ? ofQueue(made, input) : ofStream(made, input)).build();
        rules.check(configuration, source);
        tellOfLanes(configuration, call);
        rules.checkSource(configuration, source, function);
        refuseDuplicate(configuration, String.valueOf(input.functionName()), source);
        Mapping mapping = new Mapping(surroundings, call.account(), call.region(), source, configuration);
        mapping.tags().putAll(input.tags());
        mappings.put(uuid, mapping);
        if (enabled) {
            mapping.start();
        }
        return mapping.description().toBuilder().state("Creating").build();
    }

    /** As the examples of the developer guide have it for either kind. */
    private static String byUser(Arn source) {
        return source.service().equals("sqs") ? "USER_INITIATED" : "User action";
    }

    private static EventSourceMappingConfiguration.Builder ofQueue(
            EventSourceMappingConfiguration.Builder made, CreateEventSourceMappingRequest input) {
        return made.batchSize(orElse(input.batchSize(), 10))
                .parallelizationFactor(input.parallelizationFactor())
                .maximumRecordAgeInSeconds(input.maximumRecordAgeInSeconds())
                .maximumRetryAttempts(input.maximumRetryAttempts())
                .bisectBatchOnFunctionError(input.bisectBatchOnFunctionError())
                .tumblingWindowInSeconds(input.tumblingWindowInSeconds())
                .destinationConfig(input.destinationConfig());
    }

    private static EventSourceMappingConfiguration.Builder ofStream(
            EventSourceMappingConfiguration.Builder made, CreateEventSourceMappingRequest input) {
        return made.batchSize(orElse(input.batchSize(), 100))
                .startingPosition(input.startingPosition())
                .startingPositionTimestamp(input.startingPositionTimestamp())
                .parallelizationFactor(orElse(input.parallelizationFactor(), 1))
                .maximumRecordAgeInSeconds(orElse(input.maximumRecordAgeInSeconds(), -1))
                .maximumRetryAttempts(orElse(input.maximumRetryAttempts(), -1))
                .bisectBatchOnFunctionError(Boolean.TRUE.equals(input.bisectBatchOnFunctionError()))
                .tumblingWindowInSeconds(orElse(input.tumblingWindowInSeconds(), 0))
                .lastProcessingResult("No records processed")
                .destinationConfig(orNowhere(input.destinationConfig()));
    }

    private static int orElse(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }

    private static DestinationConfig orNowhere(@Nullable DestinationConfig config) {
        return config != null
                ? config
                : DestinationConfig.builder()
                        .onFailure(OnFailure.builder().build())
                        .build();
    }

    /** Empty criteria are none. */
    private static @Nullable FilterCriteria orNone(@Nullable FilterCriteria criteria) {
        return criteria == null || criteria.filters().isEmpty() ? null : criteria;
    }

    private static @Nullable ScalingConfig orNone(@Nullable ScalingConfig scaling) {
        return scaling == null || scaling.maximumConcurrency() == null ? null : scaling;
    }

    private static void refuseWhatIsNotThere(
            @Nullable String kmsKeyArn,
            @Nullable ProvisionedPollerConfig pollers,
            @Nullable EventSourceMappingMetricsConfig metrics,
            CallContext call) {
        if (kmsKeyArn != null && !kmsKeyArn.isEmpty() || pollers != null) {
            throw NotImplemented.feature("KMSKeyArn and ProvisionedPollerConfig of event source mappings");
        }
        if (metrics != null && !metrics.metrics().isEmpty()) {
            call.notEmulated("MetricsConfig is kept; there are no metrics");
        }
    }

    private static void tellOfLanes(EventSourceMappingConfiguration configuration, CallContext call) {
        if (orElse(configuration.tumblingWindowInSeconds(), 0) > 0
                && orElse(configuration.parallelizationFactor(), 1) > 1) {
            call.notEmulated(
                    "ParallelizationFactor beside a tumbling window: a shard's batches come one after the other");
        }
    }

    private void refuseDuplicate(EventSourceMappingConfiguration wanted, String functionName, Arn source) {
        for (Mapping other : mappings.values()) {
            EventSourceMappingConfiguration existing = other.configuration();
            boolean same = source.equals(other.source())
                    && String.valueOf(wanted.functionArn()).equals(existing.functionArn())
                    && !String.valueOf(wanted.uuid()).equals(existing.uuid());
            if (same) {
                throw LambdaErrors.conflict(
                        source.service().equals("sqs")
                                ? "An event source mapping with SQS arn (\" " + source + " \") and function (\" "
                                        + functionName + " \") already exists. Please update or delete the existing"
                                        + " mapping with UUID " + existing.uuid()
                                : "The event source arn (\" " + source + " \") and function (\" " + functionName
                                        + " \") provided mapping already exists. Please update or delete the existing"
                                        + " mapping with UUID " + existing.uuid());
            }
        }
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
        return find(input.uuid(), call).description();
    }

    /** Changes a mapping: it goes on with its new configuration where it was. */
    public synchronized EventSourceMappingConfiguration updateEventSourceMapping(
            UpdateEventSourceMappingRequest input, CallContext call) {
        Mapping mapping = find(input.uuid(), call);
        refuseWhatIsNotThere(input.kmsKeyArn(), input.provisionedPollerConfig(), input.metricsConfig(), call);
        EventSourceMappingConfiguration before = mapping.configuration();
        EventSourceMappingConfiguration after = changed(before, input, call);
        MappedFunction function = function(after, input, call);
        rules.check(after, mapping.source());
        tellOfLanes(after, call);
        if (Mapping.ENABLED.equals(after.state())) {
            // a mapping whose source has gone can still be disabled and changed
            rules.checkSource(after, mapping.source(), function);
        }
        refuseDuplicate(after, function.arn(), mapping.source());
        mapping.change(after);
        return mapping.description().toBuilder()
                .state(transition(before, after))
                .build();
    }

    private MappedFunction function(
            EventSourceMappingConfiguration after, UpdateEventSourceMappingRequest input, CallContext call) {
        try {
            return functions.find(String.valueOf(after.functionArn()), call.account(), call.region());
        } catch (AwsException e) {
            if (input.functionName() != null || Mapping.ENABLED.equals(after.state())) {
                throw e;
            }
            // one whose function has gone, too
            return new MappedFunction(String.valueOf(after.functionArn()), "$LATEST", Duration.ZERO, "");
        }
    }

    private static String transition(EventSourceMappingConfiguration before, EventSourceMappingConfiguration after) {
        if (String.valueOf(before.state()).equals(after.state())) {
            return "Updating";
        }
        return Mapping.ENABLED.equals(after.state()) ? "Enabling" : "Disabling";
    }

    private EventSourceMappingConfiguration changed(
            EventSourceMappingConfiguration before, UpdateEventSourceMappingRequest input, CallContext call) {
        Instant now = call.receivedAt();
        EventSourceMappingConfiguration.Builder changed = before.toBuilder().lastModified(now);
        if (input.functionName() != null) {
            changed.functionArn(functions
                    .find(input.functionName(), call.account(), call.region())
                    .arn());
        }
        if (input.enabled() != null) {
            changed.state(input.enabled() ? Mapping.ENABLED : Mapping.DISABLED);
        }
        if (input.batchSize() != null) {
            changed.batchSize(input.batchSize());
        }
        if (input.maximumBatchingWindowInSeconds() != null) {
            changed.maximumBatchingWindowInSeconds(input.maximumBatchingWindowInSeconds());
        }
        if (input.filterCriteria() != null) {
            changed.filterCriteria(orNone(input.filterCriteria()));
        }
        if (input.hasFunctionResponseTypes()) {
            changed.functionResponseTypes(input.functionResponseTypes());
        }
        if (input.scalingConfig() != null) {
            changed.scalingConfig(orNone(input.scalingConfig()));
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
        if (input.tumblingWindowInSeconds() != null) {
            changed.tumblingWindowInSeconds(input.tumblingWindowInSeconds());
        }
        if (input.destinationConfig() != null) {
            changed.destinationConfig(input.destinationConfig());
        }
        if (input.metricsConfig() != null) {
            changed.metricsConfig(input.metricsConfig());
        }
        return changed.build();
    }

    public EventSourceMappingConfiguration deleteEventSourceMapping(
            DeleteEventSourceMappingRequest input, CallContext call) {
        Mapping mapping = find(input.uuid(), call);
        mappings.remove(String.valueOf(input.uuid()));
        mapping.stop();
        return mapping.description().toBuilder().state("Deleting").build();
    }

    public ListEventSourceMappingsResponse listEventSourceMappings(
            ListEventSourceMappingsRequest input, CallContext call) {
        // a function that has been deleted leaves its mappings, which can be found and deleted
        String functionArn = input.functionName() == null
                ? null
                : FunctionReference.parse(input.functionName(), null, call).arn();
        int limit = input.maxItems() == null ? PAGE_MAX : Math.min(PAGE_MAX, input.maxItems());
        List<EventSourceMappingConfiguration> all = mappings.values().stream()
                .filter(mapping -> mapping.account().equals(call.account())
                        && mapping.region().equals(call.region()))
                .map(Mapping::description)
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

    public void save(StateSink sink) {
        mappings.forEach((uuid, mapping) ->
                sink.put(new Scope(mapping.account(), mapping.region()), "mapping", uuid, mapping.saved()));
    }

    /** Mappings as they were saved; {@link #resume} lets them go on. */
    public synchronized void load(StateSource source) {
        source.each(
                "mapping",
                SavedMapping.class,
                (scope, uuid, saved) -> mappings.put(uuid, Mapping.restore(surroundings, scope, saved)));
    }

    public synchronized void resume() {
        mappings.values().forEach(Mapping::resume);
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
