package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.asl.Errors;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.asl.Workflow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The branches of an execution's Parallel states and the iterations of its inline Map states: how they begin, and what
 * their ends mean to the state that began them. Everything happens under the execution's lock.
 */
final class Forks {
    /** Inline Map states run at most 40 iterations at the same time. */
    private static final int INLINE_CONCURRENCY_MAX = 40;

    private final Execution execution;
    private final Progress progress;

    Forks(Execution execution, Progress progress) {
        this.execution = execution;
        this.progress = progress;
    }

    // ---- beginning ------------------------------------------------------------------------------------------------

    void begin(Branch branch, Next.ForkBranches next) {
        long started = execution.append(branch, "ParallelStateStarted", new EventDetails.None());
        List<Workflow> workflows = next.branches();
        Branch.Fork fork = new Branch.Fork(workflows.size(), List.of(), next.input(), workflows.size(), null);
        branch.fork = fork;
        branch.ticket++;
        branch.waiting = new Waiting.Branches();
        for (int i = 0; i < workflows.size(); i++) {
            Frame frame = Frame.start(workflows.get(i), next.input(), branch.frame.variables(), branch.frame.item());
            Branch child = new Branch(branch, i, frame, started);
            fork.running.put(i, child);
            fork.begun++;
        }
        for (Branch child : List.copyOf(fork.running.values())) {
            progress.enter(child, child.frame);
        }
    }

    void begin(Branch branch, Next.ForkItems next) {
        execution.append(
                branch,
                "MapStateStarted",
                new EventDetails.MapStarted(next.items().size()));
        int concurrency = next.maxConcurrency() == 0
                ? INLINE_CONCURRENCY_MAX
                : Math.min(next.maxConcurrency(), INLINE_CONCURRENCY_MAX);
        Branch.Fork fork =
                new Branch.Fork(next.items().size(), next.items(), next.effectiveInput(), concurrency, next.state());
        branch.fork = fork;
        branch.ticket++;
        branch.waiting = new Waiting.Branches();
        if (fork.complete()) {
            join(branch, fork);
        } else {
            beginIterations(branch);
        }
    }

    void beginIterations(Branch parent) {
        Branch.Fork fork = parent.fork;
        if (fork == null || fork.map == null) {
            return;
        }
        while (parent.fork == fork && fork.mayBegin() && execution.running()) {
            int index = fork.begun++;
            Frame.MapItem item = new Frame.MapItem(index, fork.items.get(index), Optional.empty(), Optional.empty());
            Frame frame = Frame.start(fork.map.processor(), item.value(), parent.frame.variables(), Optional.of(item));
            Branch child = new Branch(parent, index, frame, parent.lastEventId);
            fork.running.put(index, child);
            execution.append(child, "MapIterationStarted", new EventDetails.MapIteration(fork.map.name(), index));
            long ticket = child.ticket;
            child.waiting = new Waiting.Input();
            State.Map map = fork.map;
            Frame parentFrame = parent.frame;
            Interpreter current = execution.interpreter();
            execution.later(() -> select(child, ticket, map, parentFrame, item, fork.input, current));
        }
    }

    /** Works out an iteration's input, without the lock, and lets it begin. */
    private void select(
            Branch child,
            long ticket,
            State.Map map,
            Frame parentFrame,
            Frame.MapItem item,
            JsonNode input,
            Interpreter current) {
        JsonNode selected;
        try {
            selected = current.iterationInput(map, parentFrame, item, input, execution.moment());
        } catch (StateFailure failure) {
            String why = "An error occurred while executing the state '" + map.name() + "' (entered at the event id #"
                    + parentFrame.enteredEventId() + "). " + failure.getMessage();
            execution.whileIn(
                    child,
                    ticket,
                    () -> progress.failed(
                            child, new Next.Failed(failure.error(), Optional.of(why), Errors.Origin.OTHER)));
            return;
        }
        execution.whileIn(
                child,
                ticket,
                () -> progress.enter(
                        child,
                        Frame.start(child.frame.workflow(), selected, child.frame.variables(), child.frame.item())));
    }

    /** A branch that failed before it entered a state, as an iteration whose input could not be selected. */
    void beginAgain(Branch branch) {
        Branch parent = branch.parent;
        if (parent == null || parent.fork == null || parent.fork.map == null) {
            progress.enter(branch, branch.frame);
            return;
        }
        State.Map map = parent.fork.map;
        JsonNode input = parent.fork.input;
        Frame.MapItem item = branch.frame.item().orElseThrow();
        long ticket = branch.ticket;
        branch.waiting = new Waiting.Input();
        Frame parentFrame = parent.frame;
        Interpreter current = execution.interpreter();
        execution.later(() -> select(branch, ticket, map, parentFrame, item, input, current));
    }

    // ---- ending ---------------------------------------------------------------------------------------------------

    /** A branch has come to its workflow's end. */
    void done(Branch branch, Branch parent, JsonNode result) {
        Branch.Fork fork = parent.fork;
        if (fork == null) {
            return;
        }
        branch.live = false;
        fork.running.remove(branch.index);
        fork.results[branch.index] = result;
        fork.ended++;
        if (fork.map != null) {
            execution.append(
                    branch, "MapIterationSucceeded", new EventDetails.MapIteration(fork.map.name(), branch.index));
        }
        if (fork.complete()) {
            parent.lastEventId = branch.lastEventId;
            join(parent, fork);
        } else {
            beginIterations(parent);
        }
    }

    private void join(Branch parent, Branch.Fork fork) {
        execution.append(
                parent, fork.map == null ? "ParallelStateSucceeded" : "MapStateSucceeded", new EventDetails.None());
        List<JsonNode> results = new ArrayList<>(Arrays.asList(fork.results));
        parent.fork = null;
        progress.signal(parent, new Signal.Joined(results));
    }

    /** A branch has failed for good: the others are stopped, and the state fails. */
    void failed(Branch branch, Branch parent, Next.Failed failure) {
        Branch.Fork fork = parent.fork;
        if (fork == null) {
            return;
        }
        if (fork.map != null) {
            execution.append(
                    branch, "MapIterationFailed", new EventDetails.MapIteration(fork.map.name(), branch.index));
        }
        progress.suspend(branch);
        for (Branch other : List.copyOf(fork.running.values())) {
            if (other != branch) {
                abort(other);
            }
        }
        parent.lastEventId = branch.lastEventId;
        execution.append(parent, fork.map == null ? "ParallelStateFailed" : "MapStateFailed", new EventDetails.None());
        progress.signal(parent, new Signal.Failed(failure.error(), failure.cause(), failure.origin()));
    }

    /** Stops a branch because another one failed, and says so for each state that was under way. */
    private void abort(Branch branch) {
        if (branch.fork != null) {
            List.copyOf(branch.fork.running.values()).forEach(this::abort);
        }
        State state = branch.frame.state();
        boolean waits = state instanceof State.Task
                || state instanceof State.Wait
                || state instanceof State.Parallel
                || state instanceof State.Map;
        if (branch.live && waits) {
            execution.append(branch, Interpreter.kind(state) + "StateAborted", new EventDetails.None());
        }
        Branch.Fork fork = branch.parent == null ? null : branch.parent.fork;
        if (fork != null && fork.map != null) {
            execution.append(
                    branch, "MapIterationAborted", new EventDetails.MapIteration(fork.map.name(), branch.index));
        }
        progress.suspend(branch);
    }
}
