package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.state.StateSink;
import io.pileus.stepfunctions.asl.Errors;
import io.pileus.stepfunctions.asl.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
    public static final int HISTORY_EVENTS_MAX = History.EVENTS_MAX;

    /** Kinds of what is saved. */
    public static final String EXECUTION = "execution";

    public static final String EVENT = "event";

    private final Engine engine;
    private final ExecutionIdentity identity;
    private final Instant startDate;

    /** Its lock guards everything below, and the branches. */
    private final Serial serial;

    private final History history;

    private final List<Consumer<Execution>> listeners = new ArrayList<>();
    private ExecutionStatus status = ExecutionStatus.RUNNING;
    private Optional<Instant> stopDate = Optional.empty();
    private Optional<JsonNode> output = Optional.empty();
    private Optional<String> error = Optional.empty();
    private Optional<String> cause = Optional.empty();
    private int redriveCount;
    private Optional<Instant> redriveDate = Optional.empty();
    private Optional<String> redriveToken = Optional.empty();
    private boolean endsAtNextTransition;
    private boolean pendingRedrive;
    private final Forks forks = new Forks(this);
    private final CallOuts callOuts;
    private Interpreter interpreter;
    private @Nullable Branch root;
    private io.pileus.core.time.Timers.@Nullable Timer deadline;
    private @Nullable Instant deadlineAt;
    private long changes;

    Execution(Engine engine, ExecutionIdentity identity, Instant startDate) {
        this.engine = engine;
        this.identity = identity;
        this.startDate = startDate;
        this.serial = new Serial(identity.arn());
        this.history = new History(identity.express());
        this.interpreter = new Interpreter(context(), Inspector.NONE);
        this.callOuts = new CallOuts(this, engine);
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
            Optional<String> redriveToken,
            boolean pendingRedrive,
            long eventCount) {

        /** The status as the API names it: a child execution that waits for its turn in a redrive says so. */
        public String shownStatus() {
            return pendingRedrive ? "PENDING_REDRIVE" : status.name();
        }
    }

    public ExecutionIdentity identity() {
        return identity;
    }

    public Instant startDate() {
        return startDate;
    }

    public View view() {
        return serial.read(() -> new View(
                status,
                startDate,
                stopDate,
                output,
                error,
                cause,
                redriveCount,
                redriveDate,
                redriveToken,
                pendingRedrive,
                history.count()));
    }

    /** The history so far. */
    public List<HistoryEvent> history() {
        return serial.read(history::events);
    }

    /** Hears of the execution's end; at once when it has ended. */
    public void onEnd(Consumer<Execution> listener) {
        boolean ended = serial.read(() -> status.ended() || !listeners.add(listener));
        if (ended) {
            listener.accept(this);
        }
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

    Moment moment() {
        return new Moment(now(), engine.ids(), engine.clock());
    }

    Instant now() {
        return engine.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    // ---- life -----------------------------------------------------------------------------------------------------

    /** Begins, and goes as far as it can without waiting. */
    void start() {
        change(() -> {
            if (status != ExecutionStatus.RUNNING) {
                return;
            }
            append(
                    null,
                    "ExecutionStarted",
                    new EventDetails.ExecutionStarted(
                            identity.inputText(), identity.roleArn(), identity.aliasArn(), identity.versionArn()));
            setDeadline(startDate);
            Workflow workflow = identity.definition().workflow();
            Branch branch = new Branch(null, 0, Frame.start(workflow, identity.input(), Map.of(), Optional.empty()), 0);
            root = branch;
            enter(branch, branch.frame);
        });
    }

    private void setDeadline(Instant from) {
        Optional<Long> seconds = identity.definition().timeoutSeconds();
        Duration most = identity.express() ? Duration.ofMinutes(5) : Duration.ofDays(365);
        Duration limit = seconds.map(Duration::ofSeconds)
                .filter(d -> d.compareTo(most) < 0)
                .orElse(most);
        deadlineAt = from.plus(limit);
        deadline = engine.at(deadlineAt, () -> change(this::timeOut));
    }

    private void timeOut() {
        if (status != ExecutionStatus.RUNNING) {
            return;
        }
        append(null, "ExecutionTimedOut", new EventDetails.Failure(Optional.of(Errors.TIMEOUT), Optional.empty()));
        end(ExecutionStatus.TIMED_OUT);
    }

    /** Stops the execution; answers the moment it stopped, which is earlier when it had ended already. */
    public Instant stop(Optional<String> withError, Optional<String> withCause) {
        change(() -> {
            if (status != ExecutionStatus.RUNNING) {
                return;
            }
            abort(withError, withCause);
        });
        return view().stopDate().orElseGet(this::now);
    }

    private void abort(Optional<String> withError, Optional<String> withCause) {
        append(null, "ExecutionAborted", new EventDetails.Failure(withError, withCause));
        error = withError;
        cause = withCause;
        end(ExecutionStatus.ABORTED);
    }

    /** The execution has failed, and waits for its turn in its Map run's redrive; or does so no longer. */
    public void awaitRedrive(boolean waits) {
        change(() -> pendingRedrive = waits);
    }

    /** Lets the state go on that is under way; the execution is aborted where the next one would begin. */
    public void endAtNextTransition() {
        change(() -> endsAtNextTransition = true);
    }

    /**
     * Runs the states that did not succeed once more; false when the execution is not in a state for it.
     *
     * @param token tells this redrive from others
     */
    public boolean redrive(Optional<String> token) {
        boolean[] done = {false};
        change(() -> {
            if (!status.ended() || status == ExecutionStatus.SUCCEEDED || root == null) {
                return;
            }
            done[0] = true;
            redriveCount++;
            redriveDate = Optional.of(now());
            redriveToken = token;
            pendingRedrive = false;
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
            forks.beginIterations(branch);
            return;
        }
        branch.lastEventId = eventId;
        branch.frame = branch.frame.afresh();
        if (branch.mapRun != null) {
            callOuts.redrive(branch, branch.mapRun);
            return;
        }
        if (branch.frame.enteredEventId() == 0) {
            forks.beginAgain(branch);
        } else {
            signal(branch, new Signal.Begin());
        }
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
        serial.later(() -> heard.forEach(listener -> listener.accept(this)));
        serial.later(() -> engine.ended(this));
    }

    /** Ends the waits of a branch and all below it, which stay where they are. */
    void suspend(Branch branch) {
        branch.live = false;
        abandon(branch);
        branch.stopWaiting(engine.tokens());
        if (branch.mapRun != null) {
            MapRunner.MapRunHandle run = branch.mapRun;
            serial.later(run::abort);
        }
        if (branch.fork != null) {
            branch.fork.running.values().forEach(this::suspend);
        }
    }

    void abandon(Branch branch) {
        if (branch.abandoned != null) {
            serial.later(branch.abandoned);
        }
    }

    // ---- change -----------------------------------------------------------------------------------------------------

    /** Changes the execution under its lock, then does what is to be done outside. */
    void change(Runnable change) {
        serial.change(() -> {
            try {
                changes++;
                change.run();
            } catch (History.Full e) {
                historyIsFull();
            }
        });
    }

    /** Lets the branch go on with the signal, as the next item of work. */
    void signal(Branch branch, Signal signal) {
        long ticket = branch.ticket;
        branch.waiting = new Waiting.Turn(signal);
        serial.later(() -> advance(branch, ticket, signal));
    }

    /** Interprets, without the lock, and applies what follows. */
    private void advance(Branch branch, long ticket, Signal signal) {
        Optional<Runnable> interpreting = serial.read(() -> {
            if (status != ExecutionStatus.RUNNING || !branch.live || branch.ticket != ticket) {
                return Optional.empty();
            }
            Frame frame = branch.frame;
            Interpreter current = interpreter;
            return Optional.of(() -> interpret(branch, ticket, current, frame, signal));
        });
        interpreting.ifPresent(Runnable::run);
    }

    private void interpret(Branch branch, long ticket, Interpreter current, Frame frame, Signal signal) {
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
            case Next.Goto next when endsAtNextTransition -> abort(Optional.empty(), Optional.empty());
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
            case Next.CallOut callOut -> callOuts.call(branch, callOut.call());
            case Next.ForkBranches fork -> forks.begin(branch, fork);
            case Next.ForkItems items -> forks.begin(branch, items);
            case Next.Distribute distribute -> callOuts.distribute(branch, distribute);
            case Next.Done done -> done(branch, done.output());
            case Next.Failed failed -> failed(branch, failed.error(), failed.cause());
        }
    }

    void enter(Branch branch, Frame frame) {
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
        branch.waiting = new Waiting.Moment(due, signal);
        if (!due.isAfter(now)) {
            serial.later(() -> advance(branch, ticket, signal));
            return;
        }
        sleep(branch, ticket, due, signal);
    }

    private void sleep(Branch branch, long ticket, Instant due, Signal signal) {
        branch.timers.clear();
        branch.timers.add(engine.at(due, () -> advance(branch, ticket, signal)));
    }

    private void done(Branch branch, JsonNode result) {
        if (branch.parent != null) {
            forks.done(branch, branch.parent, result);
            return;
        }
        append(branch, "ExecutionSucceeded", new EventDetails.ExecutionOutput(result));
        output = Optional.of(result);
        end(ExecutionStatus.SUCCEEDED);
    }

    void failed(Branch branch, String withError, Optional<String> withCause) {
        // Nothing takes a States.Runtime, so that it ends the execution from inside a branch or iteration as well,
        // without
        // a word of the states around it (measured by others, github.com/floci-io/floci#2868).
        if (branch.parent != null && !withError.equals(Errors.RUNTIME)) {
            forks.failed(branch, branch.parent, withError, withCause);
            return;
        }
        Optional<String> name = withError.isEmpty() ? Optional.empty() : Optional.of(withError);
        append(branch, "ExecutionFailed", new EventDetails.Failure(name, withCause));
        error = name;
        cause = withCause;
        end(ExecutionStatus.FAILED);
    }

    // ---- saving and loading ---------------------------------------------------------------------------------------

    /** Equal while the very same execution has not changed. */
    private record Stamp(Execution execution, long changes) {}

    /**
     * Tells all of it.
     *
     * @param number its place in the order in which executions were started
     */
    public void save(StateSink sink, long number) {
        Scope scope = new Scope(identity.account(), identity.region());
        Stamp stamp = serial.read(() -> new Stamp(this, changes));
        sink.part(scope, "execution " + identity.arn(), stamp, part -> {
            List<HistoryEvent> events = new ArrayList<>();
            SavedExecution saved = serial.read(() -> {
                events.addAll(history.events());
                return saved(number);
            });
            part.put(scope, EXECUTION, identity.arn(), saved);
            for (HistoryEvent event : events) {
                part.put(scope, EVENT, eventId(identity.arn(), event.id()), event, () -> event);
            }
        });
    }

    /** The id of an event: events come back in the order of their numbers. */
    private static String eventId(String arn, long number) {
        return arn + "/" + String.format("%05d", number);
    }

    private SavedExecution saved(long number) {
        return new SavedExecution(
                SavedExecution.Identity.of(identity),
                number,
                startDate,
                status,
                stopDate,
                output,
                error,
                cause,
                redriveCount,
                redriveDate,
                redriveToken,
                endsAtNextTransition,
                pendingRedrive,
                status.ended() ? null : deadlineAt,
                history.count(),
                root == null ? null : root.saved());
    }

    /** Becomes what was saved; nothing goes on before {@link #resume}. */
    void load(SavedExecution saved, List<HistoryEvent> events) {
        serial.read(() -> {
            status = saved.status();
            stopDate = saved.stopDate();
            output = saved.output();
            error = saved.error();
            cause = saved.cause();
            redriveCount = saved.redriveCount();
            redriveDate = saved.redriveDate();
            redriveToken = saved.redriveToken();
            endsAtNextTransition = saved.endsAtNextTransition();
            pendingRedrive = saved.pendingRedrive();
            deadlineAt = saved.deadline();
            history.load(events, saved.events());
            interpreter = new Interpreter(context(), Inspector.NONE);
            root = saved.root() == null
                    ? null
                    : Branch.of(saved.root(), null, identity.definition().workflow());
            return null;
        });
    }

    /** Gives its branches their Map runs. */
    public void attach(Function<String, Optional<MapRunner.MapRunHandle>> mapRuns, SavedExecution saved) {
        serial.read(() -> {
            if (root != null && saved.root() != null) {
                attach(root, saved.root(), mapRuns);
            }
            return null;
        });
    }

    private static void attach(
            Branch branch, SavedBranch saved, Function<String, Optional<MapRunner.MapRunHandle>> mapRuns) {
        if (saved.mapRun() != null) {
            branch.mapRun = mapRuns.apply(saved.mapRun()).orElse(null);
        }
        if (saved.fork() != null && branch.fork != null) {
            for (SavedBranch child : saved.fork().running()) {
                Branch each = branch.fork.running.get(child.index());
                if (each != null) {
                    attach(each, child, mapRuns);
                }
            }
        }
    }

    /** How its data is worked out. */
    public Interpreter loadedInterpreter() {
        return serial.read(() -> interpreter);
    }

    /** Goes on with what it waited for. */
    public void resume() {
        change(() -> {
            if (status != ExecutionStatus.RUNNING) {
                return;
            }
            if (root == null) {
                failed(
                        new Branch(
                                null,
                                0,
                                Frame.start(
                                        identity.definition().workflow(), identity.input(), Map.of(), Optional.empty()),
                                0),
                        Errors.RUNTIME,
                        Optional.of("The execution could not be restored"));
                return;
            }
            if (deadlineAt != null) {
                deadline = engine.at(deadlineAt, () -> change(this::timeOut));
            }
            waitOn(root);
        });
    }

    private void waitOn(Branch branch) {
        if (!branch.live || status != ExecutionStatus.RUNNING) {
            return;
        }
        if (branch.fork != null) {
            List.copyOf(branch.fork.running.values()).forEach(this::waitOn);
            forks.beginIterations(branch);
            return;
        }
        switch (branch.waiting) {
            case Waiting.Turn turn -> signal(branch, turn.signal());
            case Waiting.Moment moment -> sleep(branch, branch.ticket, moment.due(), moment.signal());
            case Waiting.Input input -> forks.beginAgain(branch);
            case Waiting.Task task -> callOuts.waitOn(branch, task);
            case Waiting.Children children -> callOuts.waitOn(branch);
            case Waiting.Branches branches -> signal(branch, new Signal.Begin());
            case null -> signal(branch, new Signal.Begin());
        }
    }

    // ---- for what goes on elsewhere -------------------------------------------------------------------------------

    boolean running() {
        return status == ExecutionStatus.RUNNING;
    }

    Interpreter interpreter() {
        return interpreter;
    }

    /** Has something done after the lock is released. */
    void later(Runnable effect) {
        serial.later(effect);
    }

    /** Ends the wait that has the ticket, if the branch is still in it, and goes on. */
    boolean whileWaiting(Branch branch, long ticket, Runnable then) {
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

    /** Does something while the branch is in the wait that has the ticket; the wait goes on. */
    boolean whileIn(Branch branch, long ticket, Runnable then) {
        boolean[] taken = {false};
        change(() -> {
            if (status == ExecutionStatus.RUNNING && branch.live && branch.ticket == ticket) {
                taken[0] = true;
                then.run();
            }
        });
        return taken[0];
    }

    // ---- history --------------------------------------------------------------------------------------------------

    long append(@Nullable Branch branch, String type, EventDetails details) {
        long id = history.append(branch == null ? 0 : branch.lastEventId, now(), type, details);
        if (branch != null && leads(type)) {
            branch.lastEventId = id;
        }
        return id;
    }

    /**
     * Whether the next event of the branch names this one as its previous event. Some do not count as a step (measured by
     * others, github.com/floci-io/floci#3167).
     */
    private static boolean leads(String type) {
        return switch (type) {
            case "ParallelStateSucceeded", "MapStateSucceeded", "MapRunSucceeded", "MapIterationFailed" -> false;
            default -> !type.endsWith("StateAborted");
        };
    }

    private void historyIsFull() {
        serial.forgetEffects();
        String why = "The execution reached the maximum number of history events (" + history.most() + ").";
        Branch main = root;
        append(main, "ExecutionFailed", new EventDetails.Failure(Optional.of(Errors.RUNTIME), Optional.of(why)));
        error = Optional.of(Errors.RUNTIME);
        cause = Optional.of(why);
        end(ExecutionStatus.FAILED);
        root = null;
    }
}
