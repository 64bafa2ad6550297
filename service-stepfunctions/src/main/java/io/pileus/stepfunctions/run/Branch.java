package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.time.Timers;
import io.pileus.stepfunctions.asl.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One line of execution: the main one, a branch of a Parallel state or an iteration of a Map state. Guarded by its execution's lock. */
final class Branch {
    final @Nullable Branch parent;
    final int index;
    Frame frame;
    long lastEventId;

    /** Changes whenever the branch begins or ends a wait, so that what comes too late is not taken. */
    long ticket;

    boolean live = true;

    @Nullable
    Fork fork;

    Optional<String> token = Optional.empty();
    MapRunner.@Nullable MapRunHandle mapRun;

    @Nullable
    Runnable abandoned;

    final List<Timers.Timer> timers = new ArrayList<>();

    Branch(@Nullable Branch parent, int index, Frame frame, long lastEventId) {
        this.parent = parent;
        this.index = index;
        this.frame = frame;
        this.lastEventId = lastEventId;
    }

    /** Ends a wait. */
    void stopWaiting(TaskTokens tokens) {
        ticket++;
        timers.forEach(Timers.Timer::cancel);
        timers.clear();
        token.ifPresent(tokens::remove);
        token = Optional.empty();
        abandoned = null;
    }

    /** The branches that a Parallel or Map state has begun and that have not ended. */
    static final class Fork {
        final Map<Integer, Branch> running = new LinkedHashMap<>();
        final @Nullable JsonNode[] results;
        final List<JsonNode> items;
        final JsonNode input;
        final int concurrency;
        final State.@Nullable Map map;
        int begun;
        int ended;

        Fork(int size, List<JsonNode> items, JsonNode input, int concurrency, State.@Nullable Map map) {
            this.results = new JsonNode[size];
            this.items = items;
            this.input = input;
            this.concurrency = concurrency;
            this.map = map;
        }

        boolean complete() {
            return ended == results.length;
        }

        boolean mayBegin() {
            return begun < results.length && running.size() < concurrency;
        }
    }
}
