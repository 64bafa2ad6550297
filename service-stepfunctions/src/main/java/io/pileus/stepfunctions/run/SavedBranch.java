package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A branch of an execution as it is saved, with those below it.
 *
 * @param mapRun the ARN of its Map run; null when it has none
 */
record SavedBranch(
        int index,
        SavedFrame frame,
        long lastEventId,
        boolean live,
        @Nullable Waiting waiting,
        @Nullable String mapRun,
        @Nullable SavedFork fork) {

    /**
     * The branches that a state has begun.
     *
     * @param size how many there are in all
     * @param results of those that have ended, by their index
     * @param map whether they are iterations
     */
    record SavedFork(
            List<SavedBranch> running,
            int size,
            Map<Integer, JsonNode> results,
            List<JsonNode> items,
            JsonNode input,
            int concurrency,
            boolean map,
            int begun) {}
}
