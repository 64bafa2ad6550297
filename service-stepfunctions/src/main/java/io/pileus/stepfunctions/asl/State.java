package io.pileus.stepfunctions.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** A state of a workflow. */
public sealed interface State {

    Head head();

    default String name() {
        return head().name();
    }

    /**
     * What all states have.
     *
     * @param assign the variables that the state sets when it succeeds
     */
    record Head(String name, DataFlow flow, Optional<Template> assign) {}

    /** Hands its input on, or puts something in its place. */
    record Pass(Head head, Optional<JsonNode> result, Transition transition) implements State {}

    /** Has work done elsewhere. */
    record Task(
            Head head,
            TaskResource resource,
            Optional<Template> credentials,
            Optional<Template> timeoutSeconds,
            Optional<Template> heartbeatSeconds,
            List<Retrier> retriers,
            List<Catcher> catchers,
            Transition transition)
            implements State {}

    /** Goes where the first rule that holds says. */
    record Choice(Head head, List<ChoiceRule> rules, Optional<String> defaultNext) implements State {}

    /** A rule of a Choice state, with what JSONata lets it do besides. */
    record ChoiceRule(Condition condition, String next, Optional<Template> assign, Optional<Template> output) {}

    /** Goes on later. */
    record Wait(Head head, Until until, Transition transition) implements State {}

    /** How long a Wait state waits. */
    sealed interface Until {}

    record Seconds(Template seconds) implements Until {}

    record Timestamp(Template timestamp) implements Until {}

    /** Ends its workflow well. */
    record Succeed(Head head) implements State {}

    /** Ends the execution with an error. */
    record Fail(Head head, Optional<Template> error, Optional<Template> cause) implements State {}

    /** Runs its branches at the same time. */
    record Parallel(
            Head head, List<Workflow> branches, List<Retrier> retriers, List<Catcher> catchers, Transition transition)
            implements State {}

    /** Runs its processor for each item. */
    record Map(
            Head head,
            Workflow processor,
            Optional<Distribution> distribution,
            Optional<Template> items,
            Optional<Template> itemSelector,
            Optional<Template> maxConcurrency,
            List<Retrier> retriers,
            List<Catcher> catchers,
            Transition transition)
            implements State {}

    /**
     * What a distributed Map state has besides.
     *
     * @param express whether child executions are Express
     * @param label what the names of Map runs begin with
     */
    record Distribution(
            boolean express,
            Optional<String> label,
            Optional<ItemReader> itemReader,
            Optional<ItemBatcher> itemBatcher,
            Optional<ResultWriter> resultWriter,
            Optional<Template> toleratedFailureCount,
            Optional<Template> toleratedFailurePercentage) {}

    /** Where the items of a distributed Map state come from. */
    record ItemReader(
            String resource,
            Optional<Template> parameters,
            String inputType,
            Optional<String> csvHeaderLocation,
            List<String> csvHeaders,
            char csvDelimiter,
            Optional<Template> maxItems,
            Optional<String> itemsPointer,
            Optional<String> transformation,
            Optional<String> manifestType) {}

    /** How items are put together for one child execution. */
    record ItemBatcher(
            Optional<Template> maxItemsPerBatch,
            Optional<Template> maxInputBytesPerBatch,
            Optional<Template> batchInput) {}

    /** Where the results of a distributed Map state go. */
    record ResultWriter(
            Optional<String> resource, Optional<Template> parameters, String transformation, boolean jsonLines) {}
}
