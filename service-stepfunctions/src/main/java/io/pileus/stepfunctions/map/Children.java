package io.pileus.stepfunctions.map;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.run.Execution;
import io.pileus.stepfunctions.run.ExecutionStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The children of one Map run: which of them wait for their turn, run, and have ended. Guarded by the run's lock.
 *
 * <pre>
 *   waiting --{@link #next}--> running --{@link #ended}--> ended
 *   ended, but not well --{@link #awaitRedrive}--> waiting
 * </pre>
 */
final class Children {
    private final List<Child> all = new ArrayList<>();
    private final Deque<Child> waiting = new ArrayDeque<>();
    private long items;
    private long failedItems;
    private long running;

    void add(Collection<Child> made) {
        all.addAll(made);
        waiting.addAll(made);
        items += made.stream().mapToLong(child -> child.itemCount).sum();
    }

    List<Child> all() {
        return all;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    boolean tooManyFailed(FailureThreshold tolerated) {
        return tolerated.exceeded(failedItems, items);
    }

    boolean allEnded() {
        return waiting.isEmpty() && running == 0;
    }

    /** The child whose turn it is, which runs from now on; none while so many run already. */
    Optional<Child> next(long concurrency) {
        if (waiting.isEmpty() || running >= concurrency) {
            return Optional.empty();
        }
        running++;
        return Optional.of(waiting.remove());
    }

    void ended(Child child, ExecutionStatus how) {
        child.status = how;
        running--;
        if (how != ExecutionStatus.SUCCEEDED) {
            failedItems += child.itemCount;
        }
    }

    /** Those that run now. */
    List<Child> running() {
        return all.stream()
                .filter(child -> child.execution != null && child.status == null)
                .toList();
    }

    /** Those that have ended, well or not. */
    List<Child> ended() {
        return all.stream()
                .filter(child -> child.execution != null && child.status != null)
                .toList();
    }

    /** Those that have begun. */
    List<Execution> executions() {
        return all.stream()
                .filter(child -> !child.pending())
                .map(child -> child.execution)
                .toList();
    }

    /** What those are to be given that have not begun. */
    List<JsonNode> pendingInputs() {
        return all.stream().filter(Child::pending).map(child -> child.input).toList();
    }

    /** All that did not end well wait for their turn again; answers those that had begun. */
    List<Child> awaitRedrive() {
        waiting.clear();
        running = 0;
        failedItems = 0;
        List<Child> begun = new ArrayList<>();
        for (Child child : all) {
            if (child.status != ExecutionStatus.SUCCEEDED) {
                waiting.add(child);
                child.pendingRedrive = !child.pending();
                if (child.pendingRedrive) {
                    begun.add(child);
                }
            }
        }
        return begun;
    }

    /** The turn of those that wait in a redrive does not come; answers them. */
    List<Child> giveUpRedrive() {
        List<Child> gaveUp = all.stream().filter(child -> child.pendingRedrive).toList();
        gaveUp.forEach(child -> child.pendingRedrive = false);
        return gaveUp;
    }

    /** Becomes what was saved; a child whose execution is not known begins anew. */
    void load(List<SavedChild> saved, Function<String, Optional<Execution>> executions) {
        for (SavedChild each : saved) {
            Child child = new Child(each.input(), each.itemCount());
            child.execution =
                    Optional.ofNullable(each.execution()).flatMap(executions).orElse(null);
            child.status = child.pending() ? null : each.status();
            child.pendingRedrive = !child.pending() && each.pendingRedrive();
            all.add(child);
        }
    }

    /** After a load: counts who runs and who failed, and lets the others wait for their turn. */
    void waitOn() {
        for (Child child : all) {
            items += child.itemCount;
            if (child.pending() || child.pendingRedrive) {
                waiting.add(child);
            } else if (child.status == null) {
                running++;
            } else if (child.status != ExecutionStatus.SUCCEEDED) {
                failedItems += child.itemCount;
            }
        }
    }

    /** Each of them as it is saved. */
    List<SavedChild> saved(String run) {
        List<SavedChild> saved = new ArrayList<>(all.size());
        for (Child child : all) {
            @Nullable
            String execution =
                    child.execution == null ? null : child.execution.identity().arn();
            saved.add(new SavedChild(
                    run, saved.size(), child.input, child.itemCount, execution, child.status, child.pendingRedrive));
        }
        return saved;
    }
}
