package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.asl.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@link Frame} as it is saved. Its workflow is the one of the definition that has the state: names are unique in it. */
public record SavedFrame(
        String stateName,
        JsonNode input,
        Map<String, JsonNode> variables,
        Frame.@Nullable MapItem item,
        Instant enteredAt,
        long enteredEventId,
        List<Integer> retries,
        int retryCount) {

    public static SavedFrame of(Frame frame) {
        return new SavedFrame(
                frame.stateName(),
                frame.input(),
                frame.variables(),
                frame.item().orElse(null),
                frame.enteredAt(),
                frame.enteredEventId(),
                frame.retries(),
                frame.retryCount());
    }

    /** @param whole the workflow of the whole execution */
    public Frame frame(Workflow whole) {
        return new Frame(
                whole.owning(stateName).orElseThrow(() -> new IllegalArgumentException("no state " + stateName)),
                stateName,
                input,
                variables,
                Optional.ofNullable(item),
                enteredAt,
                enteredEventId,
                retries,
                retryCount);
    }
}
