package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.time.Timers;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.asl.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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

    /** What it waits for; null before it begins and after it has ended. */
    @Nullable
    Waiting waiting;

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

    SavedBranch saved() {
        return new SavedBranch(
                index,
                SavedFrame.of(frame),
                lastEventId,
                live,
                waiting,
                mapRun == null ? null : mapRun.arn(),
                fork == null ? null : fork.saved());
    }

    /** The branch that was saved, without its Map run. */
    static Branch of(SavedBranch saved, @Nullable Branch parent, Workflow whole) {
        Branch branch = new Branch(parent, saved.index(), saved.frame().frame(whole), saved.lastEventId());
        branch.live = saved.live();
        branch.waiting = saved.waiting();
        if (saved.fork() != null) {
            branch.fork = Fork.of(saved.fork(), branch, whole);
        }
        return branch;
    }

    /** Gives it, and those below it, the Map runs that were saved with them. */
    void attach(SavedBranch saved, Function<String, Optional<MapRunner.MapRunHandle>> mapRuns) {
        if (saved.mapRun() != null) {
            mapRun = mapRuns.apply(saved.mapRun()).orElse(null);
        }
        if (saved.fork() != null && fork != null) {
            for (SavedBranch child : saved.fork().running()) {
                Branch each = fork.running.get(child.index());
                if (each != null) {
                    each.attach(child, mapRuns);
                }
            }
        }
    }

    /** Forgets what it had going in the state that it leaves. */
    void leaveState() {
        fork = null;
        mapRun = null;
    }

    /** Whether it is still in the wait that has the ticket. */
    boolean waitsWith(long itsTicket) {
        return live && ticket == itsTicket;
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

        SavedBranch.SavedFork saved() {
            Map<Integer, JsonNode> ended = new LinkedHashMap<>();
            for (int i = 0; i < results.length; i++) {
                JsonNode result = results[i];
                if (result != null) {
                    ended.put(i, result);
                }
            }
            return new SavedBranch.SavedFork(
                    running.values().stream().map(Branch::saved).toList(),
                    results.length,
                    ended,
                    items,
                    input,
                    concurrency,
                    map != null,
                    begun);
        }

        static Fork of(SavedBranch.SavedFork saved, Branch parent, Workflow whole) {
            Fork fork = new Fork(
                    saved.size(),
                    saved.items(),
                    saved.input(),
                    saved.concurrency(),
                    saved.map() ? (State.Map) parent.frame.state() : null);
            saved.results().forEach((index, result) -> fork.results[index] = result);
            fork.ended = saved.results().size();
            fork.begun = saved.begun();
            saved.running().forEach(child -> fork.running.put(child.index(), Branch.of(child, parent, whole)));
            return fork;
        }

        boolean complete() {
            return ended == results.length;
        }

        boolean mayBegin() {
            return begun < results.length && running.size() < concurrency;
        }
    }
}
