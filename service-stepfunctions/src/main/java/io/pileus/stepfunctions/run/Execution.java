package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.asl.Errors;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.asl.TaskResource;
import io.pileus.stepfunctions.asl.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One execution: its branches, its history, its end.
 *
 * <pre>
 *   RUNNING --last state ends--> SUCCEEDED
 *           --a state fails for good--> FAILED
 *           --TimeoutSeconds pass--> TIMED_OUT
 *           --StopExecution--> ABORTED
 *   FAILED, TIMED_OUT, ABORTED --RedriveExecution--> RUNNING
 * </pre>
 *
 * <p>States are interpreted without the lock; what follows is applied under it, if the branch still waits for it; and what
 * is to be done outside is done after it is released, by one thread at a time.
 */
public final class Execution {
    /** A Standard execution may have 25,000 history events. */
    public static final int HISTORY_EVENTS_MAX = 25_000;

    /** Inline Map states run at most 40 iterations at the same time. */
    public static final int INLINE_CONCURRENCY_MAX = 40;

    /** An Express execution that goes in circles without waiting is ended after so many events. */
    private static final int EXPRESS_EVENTS_MAX = 1_000_000;

    private static final Logger log = LoggerFactory.getLogger(Execution.class);

    private final Engine engine;
    private final ExecutionIdentity identity;
    private final Instant startDate;

    /** Guards everything below, and the branches. */
    private final ReentrantLock lock = new ReentrantLock();

    private final List<HistoryEvent> history = new ArrayList<>();
    /** What is to be done without the lock, in order. */
    private final Deque<Runnable> effects = new ArrayDeque<>();
    private final List<Consumer<Execution>> listeners = new ArrayList<>();
    private boolean working;
    private long lastEventId;
    private ExecutionStatus status = ExecutionStatus.RUNNING;
    private Optional<Instant> stopDate = Optional.empty();
    private Optional<JsonNode> output = Optional.empty();
    private Optional<String> error = Optional.empty();
    private Optional<String> cause = Optional.empty();
    private int redriveCount;
    private Optional<Instant> redriveDate = Optional.empty();
    private Interpreter interpreter;
    private @Nullable Branch root;
    private io.pileus.core.time.Timers.@Nullable Timer deadline;

    Execution(Engine engine, ExecutionIdentity identity, Instant startDate) {
        this.engine = engine;
        this.identity = identity;
        this.startDate = startDate;
        this.interpreter = new Interpreter(context(), Inspector.NONE);
    }

    /** A look at an execution at one moment. */
    public record View(
            ExecutionStatus status,
            Instant startDate,
            Optional<Instant> stopDate,
            Optional<JsonNode> output,
            Optional<String> error,
            Optional<String> cause,
            int redriveCount,
            Optional<Instant> redriveDate,
            long eventCount) {}

    public ExecutionIdentity identity() {
        return identity;
    }

    public Instant startDate() {
        return startDate;
    }

    public View view() {
        lock.lock();
        try {
            return new View(
                    status, startDate, stopDate, output, error, cause, redriveCount, redriveDate, lastEventId);
        } finally {
            lock.unlock();
        }
    }

    /** The history so far. */
    public List<HistoryEvent> history() {
        lock.lock();
        try {
            return List.copyOf(history);
        } finally {
            lock.unlock();
        }
    }

    /** Hears of the execution's end; at once when it has ended. */
    public void onEnd(Consumer<Execution> listener) {
        lock.lock();
        try {
            if (!status.ended()) {
                listeners.add(listener);
                return;
            }
        } finally {
            lock.unlock();
        }
        listener.accept(this);
    }

    private ContextObject context() {
        return new ContextObject(
                identity.arn(),
                identity.input(),
                identity.name(),
                identity.roleArn(),
                startDate,
                redriveCount,
                redriveDate,
                identity.stateMachineArn(),
                identity.stateMachineName(),
                Optional.empty());
    }

    private Moment moment() {
        return new Moment(now(), engine.ids(), engine.clock());
    }

    private Instant now() {
        return engine.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    // ---- life -----------------------------------------------------------------------------------------------------

    /** Begins, and goes as far as it can without waiting. */
    void start() {
        change(() -> {
            append(
                    null,
                    "ExecutionStarted",
                    new EventDetails.ExecutionStarted(
                            identity.input(), identity.roleArn(), identity.aliasArn(), identity.versionArn()));
            setDeadline(startDate);
            Workflow workflow = identity.definition().workflow();
            Branch branch =
                    new Branch(null, 0, Frame.start(workflow, identity.input(), Map.of(), Optional.empty()), 0);
            root = branch;
            enter(branch, branch.frame);
        });
    }

    private void setDeadline(Instant from) {
        Optional<Long> seconds = identity.definition().timeoutSeconds();
        Duration most = identity.express() ? Duration.ofMinutes(5) : Duration.ofDays(365);
        Duration limit = seconds.map(Duration::ofSeconds).filter(d -> d.compareTo(most) < 0).orElse(most);
        deadline = engine.timers().at(from.plus(limit), () -> change(this::timeOut));
    }

    private void timeOut() {
        if (status != ExecutionStatus.RUNNING) {
            return;
        }
        append(
                null,
                "ExecutionTimedOut",
                new EventDetails.Failure(Optional.of(Errors.TIMEOUT), Optional.empty()));
        end(ExecutionStatus.TIMED_OUT);
    }

    /** Stops the execution; answers the moment it stopped, which is earlier when it had ended already. */
    public Instant stop(Optional<String> withError, Optional<String> withCause) {
        change(() -> {
            if (status != ExecutionStatus.RUNNING) {
                return;
            }
            append(null, "ExecutionAborted", new EventDetails.Failure(withError, withCause));
            error = withError;
            cause = withCause;
            end(ExecutionStatus.ABORTED);
        });
        return view().stopDate().orElseGet(this::now);
    }

    /** Runs the states that did not succeed once more; false when the execution is not in a state for it. */
    public boolean redrive() {
        boolean[] done = {false};
        change(() -> {
            if (!status.ended() || status == ExecutionStatus.SUCCEEDED || root == null) {
                return;
            }
            done[0] = true;
            redriveCount++;
            redriveDate = Optional.of(now());
            status = ExecutionStatus.RUNNING;
            stopDate = Optional.empty();
            error = Optional.empty();
            cause = Optional.empty();
            interpreter = new Interpreter(context(), Inspector.NONE);
            long id = append(null, "ExecutionRedriven", new EventDetails.ExecutionRedriven(redriveCount));
            setDeadline(now());
            resume(root, id);
        });
        return done[0];
    }

    private void resume(Branch branch, long eventId) {
        branch.live = true;
        if (branch.fork != null) {
            for (Branch child : List.copyOf(branch.fork.running.values())) {
                resume(child, eventId);
            }
            beginIterations(branch);
            return;
        }
        branch.lastEventId = eventId;
        branch.frame = branch.frame.afresh();
        if (branch.mapRun != null) {
            MapRunner.MapRunHandle run = branch.mapRun;
            long ticket = ++branch.ticket;
            append(
                    branch,
                    "MapRunRedriven",
                    new EventDetails.MapRunRedriven(run.arn(), run.redriveCount() + 1));
            effects.add(() -> run.redrive(mapOutcome(branch, ticket)));
            return;
        }
        if (branch.frame.enteredEventId() == 0) {
            beginAgain(branch);
        } else {
            signal(branch, new Signal.Begin());
        }
    }

    /** A branch that failed before it entered a state, as an iteration whose input could not be selected. */
    private void beginAgain(Branch branch) {
        Branch parent = branch.parent;
        if (parent == null || parent.fork == null || parent.fork.map == null) {
            enter(branch, branch.frame);
            return;
        }
        State.Map map = parent.fork.map;
        JsonNode input = parent.fork.input;
        Frame.MapItem item = branch.frame.item().orElseThrow();
        long ticket = branch.ticket;
        Frame parentFrame = parent.frame;
        Interpreter current = interpreter;
        effects.add(() -> select(branch, ticket, map, parentFrame, item, input, current));
    }

    private void end(ExecutionStatus how) {
        status = how;
        stopDate = Optional.of(now());
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
        if (root != null) {
            suspend(root);
            if (how == ExecutionStatus.SUCCEEDED || identity.express()) {
                root = null;
            }
        }
        List<Consumer<Execution>> heard = List.copyOf(listeners);
        listeners.clear();
        effects.add(() -> heard.forEach(listener -> listener.accept(this)));
        effects.add(() -> engine.ended(this));
    }

    /** Ends the waits of a branch and all below it, which stay where they are. */
    private void suspend(Branch branch) {
        branch.live = false;
        branch.stopWaiting(engine.tokens());
        if (branch.mapRun != null) {
            MapRunner.MapRunHandle run = branch.mapRun;
            effects.add(run::abort);
        }
        if (branch.fork != null) {
            branch.fork.running.values().forEach(this::suspend);
        }
    }

    // ---- change -----------------------------------------------------------------------------------------------------

    /**
     * Changes the execution under its lock, then does what is to be done outside. If a thread is at that already, it does
     * ours too: so no stack grows, whatever calls back.
     */
    private void change(Runnable change) {
        lock.lock();
        try {
            try {
                change.run();
            } catch (HistoryLimit e) {
                historyIsFull();
            }
            if (working) {
                return;
            }
            working = true;
        } finally {
            lock.unlock();
        }
        while (true) {
            Runnable effect;
            lock.lock();
            try {
                effect = effects.poll();
                if (effect == null) {
                    working = false;
                    return;
                }
            } finally {
                lock.unlock();
            }
            try {
                effect.run();
            } catch (RuntimeException | Error e) {
                log.error("{}: a step failed", identity.arn(), e);
            }
        }
    }

    /** Lets the branch go on with the signal, as the next item of work. */
    private void signal(Branch branch, Signal signal) {
        long ticket = branch.ticket;
        effects.add(() -> advance(branch, ticket, signal));
    }

    /** Interprets, without the lock, and applies what follows. */
    private void advance(Branch branch, long ticket, Signal signal) {
        Frame frame;
        Interpreter current;
        lock.lock();
        try {
            if (status != ExecutionStatus.RUNNING || !branch.live || branch.ticket != ticket) {
                return;
            }
            frame = branch.frame;
            current = interpreter;
        } finally {
            lock.unlock();
        }
        Step step = current.step(frame, signal, moment());
        change(() -> {
            if (status == ExecutionStatus.RUNNING && branch.live && branch.ticket == ticket) {
                apply(branch, step);
            }
        });
    }

    private void apply(Branch branch, Step step) {
        for (Step.Draft draft : step.events()) {
            append(branch, draft.type(), draft.details());
        }
        switch (step.next()) {
            case Next.Goto next -> {
                branch.fork = null;
                branch.mapRun = null;
                enter(branch, next.frame());
            }
            case Next.SleepUntil sleep -> wake(branch, sleep.until(), new Signal.Woken());
            case Next.RetryAfter retry -> {
                branch.fork = null;
                branch.mapRun = null;
                branch.frame = retry.frame();
                wake(branch, now().plus(retry.delay()), new Signal.Begin());
            }
            case Next.CallOut callOut -> callOut(branch, callOut.call());
            case Next.ForkBranches fork -> fork(branch, fork);
            case Next.ForkItems items -> fork(branch, items);
            case Next.Distribute distribute -> distribute(branch, distribute);
            case Next.Done done -> done(branch, done.output());
            case Next.Failed failed -> failed(branch, failed.error(), failed.cause());
        }
    }

    private void enter(Branch branch, Frame frame) {
        long id = append(
                branch,
                Interpreter.kind(frame.state()) + "StateEntered",
                new EventDetails.StateEntered(frame.stateName(), frame.input()));
        branch.frame = frame.entered(now(), id);
        branch.ticket++;
        signal(branch, new Signal.Begin());
    }

    private void wake(Branch branch, Instant until, Signal signal) {
        long ticket = ++branch.ticket;
        Instant now = now();
        Instant due = engine.scaled(now, until);
        if (!due.isAfter(now)) {
            effects.add(() -> advance(branch, ticket, signal));
            return;
        }
        branch.timers.clear();
        branch.timers.add(engine.timers().at(due, () -> advance(branch, ticket, signal)));
    }

    private void done(Branch branch, JsonNode result) {
        if (branch.parent == null) {
            append(branch, "ExecutionSucceeded", new EventDetails.ExecutionOutput(result));
            output = Optional.of(result);
            end(ExecutionStatus.SUCCEEDED);
            return;
        }
        Branch parent = branch.parent;
        Branch.Fork fork = parent.fork;
        if (fork == null) {
            return;
        }
        branch.live = false;
        fork.running.remove(branch.index);
        fork.results[branch.index] = result;
        fork.ended++;
        if (fork.map != null) {
            append(
                    branch,
                    "MapIterationSucceeded",
                    new EventDetails.MapIteration(fork.map.name(), branch.index));
        }
        if (fork.complete()) {
            parent.lastEventId = branch.lastEventId;
            join(parent, fork);
        } else {
            beginIterations(parent);
        }
    }

    private void join(Branch parent, Branch.Fork fork) {
        append(parent, fork.map == null ? "ParallelStateSucceeded" : "MapStateSucceeded", new EventDetails.None());
        List<JsonNode> results = new ArrayList<>(Arrays.asList(fork.results));
        parent.fork = null;
        signal(parent, new Signal.Joined(results));
    }

    private void failed(Branch branch, String withError, Optional<String> withCause) {
        Optional<String> name = withError.isEmpty() ? Optional.empty() : Optional.of(withError);
        if (branch.parent == null) {
            append(branch, "ExecutionFailed", new EventDetails.Failure(name, withCause));
            error = name;
            cause = withCause;
            end(ExecutionStatus.FAILED);
            return;
        }
        Branch parent = branch.parent;
        Branch.Fork fork = parent.fork;
        if (fork == null) {
            return;
        }
        if (fork.map != null) {
            append(
                    branch,
                    "MapIterationFailed",
                    new EventDetails.MapIteration(fork.map.name(), branch.index));
        }
        suspend(branch);
        for (Branch other : List.copyOf(fork.running.values())) {
            if (other != branch) {
                abort(other);
            }
        }
        parent.lastEventId = branch.lastEventId;
        append(parent, fork.map == null ? "ParallelStateFailed" : "MapStateFailed", new EventDetails.None());
        signal(parent, new Signal.Failed(withError, withCause));
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
            append(branch, Interpreter.kind(state) + "StateAborted", new EventDetails.None());
        }
        Branch.Fork fork = branch.parent == null ? null : branch.parent.fork;
        if (fork != null && fork.map != null) {
            append(
                    branch,
                    "MapIterationAborted",
                    new EventDetails.MapIteration(fork.map.name(), branch.index));
        }
        suspend(branch);
    }

    // ---- Parallel and Map -----------------------------------------------------------------------------------------

    private void fork(Branch branch, Next.ForkBranches next) {
        long started = append(branch, "ParallelStateStarted", new EventDetails.None());
        List<Workflow> workflows = next.branches();
        Branch.Fork fork = new Branch.Fork(workflows.size(), List.of(), next.input(), workflows.size(), null);
        branch.fork = fork;
        branch.ticket++;
        for (int i = 0; i < workflows.size(); i++) {
            Frame frame =
                    Frame.start(workflows.get(i), next.input(), branch.frame.variables(), branch.frame.item());
            Branch child = new Branch(branch, i, frame, started);
            fork.running.put(i, child);
            fork.begun++;
        }
        for (Branch child : List.copyOf(fork.running.values())) {
            enter(child, child.frame);
        }
    }

    private void fork(Branch branch, Next.ForkItems next) {
        append(branch, "MapStateStarted", new EventDetails.MapStarted(next.items().size()));
        int concurrency = next.maxConcurrency() == 0
                ? INLINE_CONCURRENCY_MAX
                : Math.min(next.maxConcurrency(), INLINE_CONCURRENCY_MAX);
        Branch.Fork fork =
                new Branch.Fork(next.items().size(), next.items(), next.effectiveInput(), concurrency, next.state());
        branch.fork = fork;
        branch.ticket++;
        if (fork.complete()) {
            join(branch, fork);
        } else {
            beginIterations(branch);
        }
    }

    private void beginIterations(Branch parent) {
        Branch.Fork fork = parent.fork;
        if (fork == null || fork.map == null) {
            return;
        }
        while (parent.fork == fork && fork.mayBegin() && status == ExecutionStatus.RUNNING) {
            int index = fork.begun++;
            Frame.MapItem item =
                    new Frame.MapItem(index, fork.items.get(index), Optional.empty(), Optional.empty());
            Frame frame = Frame.start(
                    fork.map.processor(), item.value(), parent.frame.variables(), Optional.of(item));
            Branch child = new Branch(parent, index, frame, parent.lastEventId);
            fork.running.put(index, child);
            append(child, "MapIterationStarted", new EventDetails.MapIteration(fork.map.name(), index));
            long ticket = child.ticket;
            State.Map map = fork.map;
            Frame parentFrame = parent.frame;
            Interpreter current = interpreter;
            effects.add(() -> select(child, ticket, map, parentFrame, item, fork.input, current));
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
            selected = current.iterationInput(map, parentFrame, item, input, moment());
        } catch (StateFailure failure) {
            String why = "An error occurred while executing the state '" + map.name() + "' (entered at the event id #"
                    + parentFrame.enteredEventId() + "). " + failure.getMessage();
            change(() -> {
                if (status == ExecutionStatus.RUNNING && child.live && child.ticket == ticket) {
                    failed(child, failure.error(), Optional.of(why));
                }
            });
            return;
        }
        change(() -> {
            if (status == ExecutionStatus.RUNNING && child.live && child.ticket == ticket) {
                enter(
                        child,
                        Frame.start(
                                child.frame.workflow(), selected, child.frame.variables(), child.frame.item()));
            }
        });
    }

    private void distribute(Branch branch, Next.Distribute next) {
        append(branch, "MapStateStarted", new EventDetails.MapStarted(0));
        MapRunner.MapRunHandle run =
                engine.mapRunner().create(this, branch.frame, next.state(), next.plan(), interpreter);
        branch.mapRun = run;
        long ticket = ++branch.ticket;
        append(branch, "MapRunStarted", new EventDetails.MapRunStarted(run.arn()));
        effects.add(() -> run.start(mapOutcome(branch, ticket)));
    }

    private MapRunner.Outcome mapOutcome(Branch branch, long ticket) {
        return new MapRunner.Outcome() {
            @Override
            public void succeeded(JsonNode result) {
                whileWaiting(branch, ticket, () -> {
                    append(branch, "MapRunSucceeded", new EventDetails.None());
                    append(branch, "MapStateSucceeded", new EventDetails.None());
                    branch.mapRun = null;
                    signal(branch, new Signal.Succeeded(result));
                });
            }

            @Override
            public void failed(String withError, Optional<String> withCause) {
                whileWaiting(branch, ticket, () -> {
                    append(
                            branch,
                            "MapRunFailed",
                            new EventDetails.Failure(Optional.of(withError), withCause));
                    append(branch, "MapStateFailed", new EventDetails.None());
                    signal(branch, new Signal.Failed(withError, withCause));
                });
            }
        };
    }

    private boolean whileWaiting(Branch branch, long ticket, Runnable then) {
        boolean[] taken = {false};
        change(() -> {
            if (status == ExecutionStatus.RUNNING && branch.live && branch.ticket == ticket) {
                taken[0] = true;
                branch.stopWaiting(engine.tokens());
                then.run();
            }
        });
        return taken[0];
    }

    // ---- tasks ----------------------------------------------------------------------------------------------------

    private void callOut(Branch branch, Next.TaskCall call) {
        TaskEvents events = TaskEvents.of(call, identity.region().id());
        append(branch, events.scheduled().type(), events.scheduled().details());
        long ticket = ++branch.ticket;
        Handle handle = new Handle(branch, ticket, call, events);
        branch.timers.clear();
        call.timeoutSeconds()
                .ifPresent(seconds -> branch.timers.add(engine.timers()
                        .at(now().plusSeconds(seconds), () -> handle.timedOut(Errors.TIMEOUT))));
        handle.armHeartbeat();
        call.token().ifPresent(token -> {
            branch.token = call.token();
            engine.tokens().register(token, handle);
        });
        if (!(call.resource() instanceof TaskResource.Activity)) {
            append(branch, events.started().type(), events.started().details());
        }
        TaskRunner.Attempt attempt =
                new TaskRunner.Attempt(identity, branch.frame.stateName(), branch.frame.retryCount());
        effects.add(() -> engine.taskRunner().run(attempt, call, handle));
    }

    /** The execution's side of a task that has been handed out. */
    private final class Handle implements PendingTask {
        private final Branch branch;
        private final long ticket;
        private final Next.TaskCall call;
        private final TaskEvents events;
        private io.pileus.core.time.Timers.@Nullable Timer heartbeatTimer;

        Handle(Branch branch, long ticket, Next.TaskCall call, TaskEvents events) {
            this.branch = branch;
            this.ticket = ticket;
            this.call = call;
            this.events = events;
        }

        private boolean waiting() {
            return status == ExecutionStatus.RUNNING && branch.live && branch.ticket == ticket;
        }

        private void armHeartbeat() {
            call.heartbeatSeconds().ifPresent(seconds -> {
                if (heartbeatTimer != null) {
                    heartbeatTimer.cancel();
                    branch.timers.remove(heartbeatTimer);
                }
                heartbeatTimer = engine.timers()
                        .at(now().plusSeconds(seconds), () -> timedOut(Errors.HEARTBEAT_TIMEOUT));
                branch.timers.add(heartbeatTimer);
            });
        }

        private void timedOut(String name) {
            whileWaiting(branch, ticket, () -> {
                append(branch, events.prefix() + "TimedOut", events.failure(Optional.of(name), Optional.empty()));
                signal(branch, new Signal.Failed(name, Optional.empty()));
            });
        }

        private boolean inPlace(Runnable then) {
            boolean[] taken = {false};
            change(() -> {
                if (waiting()) {
                    taken[0] = true;
                    then.run();
                }
            });
            return taken[0];
        }

        @Override
        public boolean started(Optional<String> workerName) {
            return inPlace(() -> {
                append(branch, "ActivityStarted", new EventDetails.ActivityStarted(workerName));
                armHeartbeat();
            });
        }

        @Override
        public boolean submitted(JsonNode answer) {
            return inPlace(() -> append(branch, "TaskSubmitted", events.output(answer)));
        }

        @Override
        public boolean submitFailed(String withError, Optional<String> withCause) {
            return whileWaiting(branch, ticket, () -> {
                append(branch, "TaskSubmitFailed", events.failure(Optional.of(withError), withCause));
                signal(branch, new Signal.Failed(withError, withCause));
            });
        }

        @Override
        public boolean succeeded(JsonNode answer) {
            return whileWaiting(branch, ticket, () -> {
                append(branch, events.prefix() + "Succeeded", events.output(answer));
                signal(branch, new Signal.Succeeded(answer));
            });
        }

        @Override
        public boolean failed(String withError, Optional<String> withCause) {
            return whileWaiting(branch, ticket, () -> {
                Optional<String> name = withError.isEmpty() ? Optional.empty() : Optional.of(withError);
                append(branch, events.prefix() + "Failed", events.failure(name, withCause));
                signal(branch, new Signal.Failed(withError, withCause));
            });
        }

        @Override
        public boolean heartbeat() {
            return inPlace(this::armHeartbeat);
        }
    }

    // ---- history --------------------------------------------------------------------------------------------------

    private static final class HistoryLimit extends RuntimeException {
        HistoryLimit() {
            super(null, null, false, false);
        }
    }

    /** The one place where history grows. */
    private long append(@Nullable Branch branch, String type, EventDetails details) {
        int most = identity.express() ? EXPRESS_EVENTS_MAX : HISTORY_EVENTS_MAX;
        if (lastEventId >= most - 1 && !type.startsWith("Execution")) {
            throw new HistoryLimit();
        }
        long id = ++lastEventId;
        long previous = branch == null ? 0 : branch.lastEventId;
        if (!identity.express()) {
            history.add(new HistoryEvent(id, previous, now(), type, details));
        }
        if (branch != null) {
            branch.lastEventId = id;
        }
        return id;
    }

    private void historyIsFull() {
        effects.clear();
        int most = identity.express() ? EXPRESS_EVENTS_MAX : HISTORY_EVENTS_MAX;
        String why = "The execution reached the maximum number of history events (" + most + ").";
        Branch main = root;
        append(
                main,
                "ExecutionFailed",
                new EventDetails.Failure(Optional.of(Errors.RUNTIME), Optional.of(why)));
        error = Optional.of(Errors.RUNTIME);
        cause = Optional.of(why);
        end(ExecutionStatus.FAILED);
        root = null;
    }
}
