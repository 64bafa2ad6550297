package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.asl.Errors;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.asl.TaskResource;
import io.pileus.stepfunctions.asl.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What happens next in a branch. */
public sealed interface Next {

    /** Enters the frame's state. */
    record Goto(Frame frame) implements Next {}

    /** Goes on with {@link Signal.Woken} at the instant. */
    record SleepUntil(Instant until) implements Next {}

    /** Goes on with {@link Signal.Begin} and this frame after the delay. */
    record RetryAfter(Duration delay, Frame frame) implements Next {}

    /** Has work done elsewhere. */
    record CallOut(TaskCall call) implements Next {}

    /** Runs workflows at the same time. */
    record ForkBranches(List<Workflow> branches, JsonNode input) implements Next {}

    /** Runs a workflow for each item. */
    record ForkItems(State.Map state, List<JsonNode> items, JsonNode effectiveInput, int maxConcurrency)
            implements Next {}

    /** Runs a child execution for each item or batch. */
    record Distribute(State.Map state, MapRunPlan plan) implements Next {}

    /** The workflow has ended. */
    record Done(JsonNode output) implements Next {}

    /** The workflow has failed. */
    record Failed(String error, Optional<String> cause, Errors.Origin origin) implements Next {}

    /**
     * A task to be done.
     *
     * @param token the task's token, where the pattern has one
     */
    record TaskCall(
            TaskResource resource,
            JsonNode parameters,
            Optional<Long> timeoutSeconds,
            Optional<Long> heartbeatSeconds,
            Optional<String> credentialsRole,
            Optional<String> token) {}

    /**
     * What a distributed Map state has worked out before it starts.
     *
     * @param items the items; empty when an ItemReader supplies them
     * @param readerArguments what the ItemReader is given
     * @param batchInput what each batch is given besides its items
     */
    record MapRunPlan(
            Optional<JsonNode> items,
            Optional<JsonNode> readerArguments,
            Optional<JsonNode> writerArguments,
            Optional<Long> maxItems,
            Optional<JsonNode> batchInput,
            Optional<Long> maxItemsPerBatch,
            Optional<Long> maxInputBytesPerBatch,
            long maxConcurrency,
            long toleratedFailureCount,
            double toleratedFailurePercentage,
            JsonNode effectiveInput) {}
}
