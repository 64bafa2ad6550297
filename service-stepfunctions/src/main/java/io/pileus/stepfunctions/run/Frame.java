package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.asl.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a branch of an execution stands: immutable, and all that is needed to go on from here.
 *
 * @param workflow the workflow that the branch runs
 * @param stateName the state it is in
 * @param input the state's raw input
 * @param variables the variables that can be seen
 * @param item the item of the Map iteration that the branch is part of
 * @param enteredAt when the state was entered
 * @param enteredEventId the event that said so
 * @param retries how often each retrier has been used in this state
 * @param retryCount how often the state was tried again in all
 */
public record Frame(
        Workflow workflow,
        String stateName,
        JsonNode input,
        Map<String, JsonNode> variables,
        Optional<MapItem> item,
        Instant enteredAt,
        long enteredEventId,
        List<Integer> retries,
        int retryCount) {

    /** An item of a Map state. */
    public record MapItem(int index, JsonNode value, Optional<String> key, Optional<String> source) {}

    /** A branch that is about to enter its workflow's first state. */
    public static Frame start(
            Workflow workflow, JsonNode input, Map<String, JsonNode> variables, Optional<MapItem> item) {
        return new Frame(workflow, workflow.startAt(), input, variables, item, Instant.EPOCH, 0, List.of(), 0);
    }

    /** A frame in the midst of a workflow, as TestState looks at one. */
    public static Frame at(
            Workflow workflow,
            String stateName,
            JsonNode input,
            Map<String, JsonNode> variables,
            Optional<MapItem> item,
            Instant now,
            List<Integer> retries) {
        return new Frame(
                workflow, stateName, input, variables, item, now, 0, retries, retries.isEmpty() ? 0 : retries.get(0));
    }

    public State state() {
        return workflow.state(stateName);
    }

    Frame to(String nextState, JsonNode nextInput, Map<String, JsonNode> nextVariables) {
        return new Frame(workflow, nextState, nextInput, nextVariables, item, Instant.EPOCH, 0, List.of(), 0);
    }

    Frame entered(Instant at, long eventId) {
        return new Frame(workflow, stateName, input, variables, item, at, eventId, retries, retryCount);
    }

    Frame retrying(int retrier, int retriers) {
        Integer[] counts = new Integer[retriers];
        for (int i = 0; i < retriers; i++) {
            counts[i] = used(i) + (i == retrier ? 1 : 0);
        }
        return new Frame(
                workflow,
                stateName,
                input,
                variables,
                item,
                enteredAt,
                enteredEventId,
                List.of(counts),
                retryCount + 1);
    }

    /** The same place with its retriers unused, as after a redrive. */
    Frame afresh() {
        return new Frame(workflow, stateName, input, variables, item, enteredAt, enteredEventId, List.of(), 0);
    }

    int used(int retrier) {
        return retrier < retries.size() ? retries.get(retrier) : 0;
    }
}
