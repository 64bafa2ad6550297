package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.state.StateSink;
import io.pileus.core.time.Timers;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One execution: how it stands, its history, and the branches that {@link Progress} leads through their states.
 *
 * <pre>
 *   RUNNING --last state ends--> SUCCEEDED
 *           --a state fails for good--> FAILED
 *           --TimeoutSeconds pass--> TIMED_OUT
 *           --StopExecution--> ABORTED
 *   FAILED, TIMED_OUT, ABORTED --RedriveExecution--> RUNNING
 * </pre>
 *
 * <p>It changes under its lock; what is to be done outside is done after the lock is released, by one thread at a time.
 */
public final class Execution {
    /** A Standard execution may have 25,000 history events. */
    public static final int HISTORY_EVENTS_MAX = History.EVENTS_MAX;

    private final Engine engine;
    private final ExecutionIdentity identity;
    private final Instant startDate;

    /** Its lock guards everything below, and the branches. */
    private final Serial serial;

    private final History history;
    private final Progress progress;
    private final List<Consumer<Execution>> listeners = new ArrayList<>();
    private Standing standing = Standing.RUNNING;
    private Redrives redrives = Redrives.NONE;
    private boolean endsAtNextTransition;
    private Interpreter interpreter;
    private @Nullable Branch root;
    private @Nullable Instant deadlineAt;
    private Timers.@Nullable Timer deadline;
    private long changes;

    Execution(Engine engine, ExecutionIdentity identity, Instant startDate) {
        this.engine = engine;
        this.identity = identity;
        this.startDate = startDate;
        this.serial = new Serial(identity.arn());
        this.history = new History(identity.express());
        this.progress = new Progress(this, engine);
        this.interpreter = new Interpreter(context(), Inspector.NONE);
    }

    private ContextObject context() {
        return new ContextObject(
                identity.arn(),
                identity.input(),
                identity.name(),
                identity.roleArn(),
                startDate,
                redrives.count(),
                redrives.date(),
                identity.stateMachineArn(),
                identity.stateMachineName(),
                Optional.empty());
    }

    // ---- looks ----------------------------------------------------------------------------------------------------

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
                standing.status(),
                startDate,
                standing.stopDate(),
                standing.output(),
                standing.error(),
                standing.cause(),
                redrives.count(),
                redrives.date(),
                redrives.token(),
                redrives.pending(),
                history.count()));
    }

    /** The history so far. */
    public List<HistoryEvent> history() {
        return serial.read(history::events);
    }

    /** Hears of the execution's end; at once when it has ended. */
    public void onEnd(Consumer<Execution> listener) {
        boolean ended = serial.read(() -> standing.status().ended() || !listeners.add(listener));
        if (ended) {
            listener.accept(this);
        }
    }

    // ---- life -----------------------------------------------------------------------------------------------------

    /** Begins, and goes as far as it can without waiting. */
    void start() {
        change(() -> {
            if (!running()) {
                return;
            }
            append(
                    null,
                    "ExecutionStarted",
                    new EventDetails.ExecutionStarted(
                            identity.inputText(), identity.roleArn(), identity.aliasArn(), identity.versionArn()));
            setDeadline(startDate);
            root = beginning();
            progress.enter(root, root.frame);
        });
    }

    private Branch beginning() {
        Workflow workflow = identity.definition().workflow();
        return new Branch(null, 0, Frame.start(workflow, identity.input(), Map.of(), Optional.empty()), 0);
    }

    private void setDeadline(Instant from) {
        Duration most = identity.express() ? Duration.ofMinutes(5) : Duration.ofDays(365);
        Duration limit = identity.definition()
                .timeoutSeconds()
                .map(Duration::ofSeconds)
                .filter(d -> d.compareTo(most) < 0)
                .orElse(most);
        deadlineAt = from.plus(limit);
        awaitDeadline();
    }

    private void awaitDeadline() {
        if (deadlineAt != null) {
            deadline = engine.at(deadlineAt, () -> change(this::timeOut));
        }
    }

    private void timeOut() {
        if (running()) {
            append(null, "ExecutionTimedOut", new EventDetails.Failure(Optional.of(Errors.TIMEOUT), Optional.empty()));
            end(Standing.timedOut(now()));
        }
    }

    /** Stops the execution; answers the moment it stopped, which is earlier when it had ended already. */
    public Instant stop(Optional<String> error, Optional<String> cause) {
        change(() -> {
            if (running()) {
                abort(error, cause);
            }
        });
        return view().stopDate().orElseGet(this::now);
    }

    /** Lets the state go on that is under way; the execution is aborted where the next one would begin. */
    public void endAtNextTransition() {
        change(() -> endsAtNextTransition = true);
    }

    /** The execution has failed, and waits for its turn in its Map run's redrive; or does so no longer. */
    public void awaitRedrive(boolean waits) {
        change(() -> redrives = redrives.pending(waits));
    }

    /**
     * Runs the states that did not succeed once more; false when the execution is not in a state for it.
     *
     * @param token tells this redrive from others
     */
    public boolean redrive(Optional<String> token) {
        boolean[] done = {false};
        change(() -> {
            if (!standing.unsuccessful() || root == null) {
                return;
            }
            done[0] = true;
            redrives = redrives.another(now(), token);
            standing = Standing.RUNNING;
            interpreter = new Interpreter(context(), Inspector.NONE);
            long id = append(null, "ExecutionRedriven", new EventDetails.ExecutionRedriven(redrives.count()));
            setDeadline(now());
            progress.redrive(root, id);
        });
        return done[0];
    }

    // ---- ends, under the lock -------------------------------------------------------------------------------------

    void succeed(Branch branch, JsonNode output) {
        append(branch, "ExecutionSucceeded", new EventDetails.ExecutionOutput(output));
        end(Standing.succeeded(now(), output));
    }

    /** @param error may be empty, for a state may fail without a name */
    void fail(@Nullable Branch branch, String error, Optional<String> cause) {
        Optional<String> name = Optional.of(error).filter(e -> !e.isEmpty());
        append(branch, "ExecutionFailed", new EventDetails.Failure(name, cause));
        end(Standing.failed(now(), name, cause));
    }

    void abort(Optional<String> error, Optional<String> cause) {
        append(null, "ExecutionAborted", new EventDetails.Failure(error, cause));
        end(Standing.aborted(now(), error, cause));
    }

    private void historyIsFull() {
        serial.forgetEffects();
        fail(
                root,
                Errors.RUNTIME,
                Optional.of("The execution reached the maximum number of history events (" + history.most() + ")."));
        root = null;
    }

    private void end(Standing how) {
        standing = how;
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
        if (root != null) {
            progress.suspend(root);
            if (!how.unsuccessful() || identity.express()) {
                root = null;
            }
        }
        List<Consumer<Execution>> heard = List.copyOf(listeners);
        listeners.clear();
        serial.later(() -> heard.forEach(listener -> listener.accept(this)));
        serial.later(() -> engine.ended(this));
    }

    // ---- changes --------------------------------------------------------------------------------------------------

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

    /** Ends the wait that has the ticket, if the branch is still in it, and goes on. */
    boolean whileWaiting(Branch branch, long ticket, Runnable then) {
        return whileIn(branch, ticket, () -> {
            branch.stopWaiting(engine.tokens());
            then.run();
        });
    }

    /** Does something while the branch is in the wait that has the ticket; the wait goes on. */
    boolean whileIn(Branch branch, long ticket, Runnable then) {
        boolean[] taken = {false};
        change(() -> {
            if (running() && branch.waitsWith(ticket)) {
                taken[0] = true;
                then.run();
            }
        });
        return taken[0];
    }

    <T> T read(Supplier<T> look) {
        return serial.read(look);
    }

    /** Has something done after the lock is released. */
    void later(Runnable effect) {
        serial.later(effect);
    }

    long append(@Nullable Branch branch, String type, EventDetails details) {
        long id = history.append(branch == null ? 0 : branch.lastEventId, now(), type, details);
        if (branch != null && History.leads(type)) {
            branch.lastEventId = id;
        }
        return id;
    }

    boolean running() {
        return standing.running();
    }

    boolean endsAtNextTransition() {
        return endsAtNextTransition;
    }

    Interpreter interpreter() {
        return interpreter;
    }

    Moment moment() {
        return new Moment(now(), engine.ids(), engine.clock());
    }

    Instant now() {
        return engine.clock().instant().truncatedTo(ChronoUnit.MILLIS);
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
            part.put(scope, SavedExecution.EXECUTION, identity.arn(), saved);
            for (HistoryEvent event : events) {
                part.put(
                        scope,
                        SavedExecution.EVENT,
                        SavedExecution.eventId(identity.arn(), event.id()),
                        event,
                        () -> event);
            }
        });
    }

    private SavedExecution saved(long number) {
        return new SavedExecution(
                SavedExecution.Identity.of(identity),
                number,
                startDate,
                standing.status(),
                standing.stopDate(),
                standing.output(),
                standing.error(),
                standing.cause(),
                redrives.count(),
                redrives.date(),
                redrives.token(),
                endsAtNextTransition,
                redrives.pending(),
                running() ? deadlineAt : null,
                history.count(),
                root == null ? null : root.saved());
    }

    /** Becomes what was saved; nothing goes on before {@link #resume}. */
    void load(SavedExecution saved, List<HistoryEvent> events) {
        serial.read(() -> {
            standing = saved.standing();
            redrives = saved.redrives();
            endsAtNextTransition = saved.endsAtNextTransition();
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
                root.attach(saved.root(), mapRuns);
            }
            return null;
        });
    }

    /** How its data is worked out. */
    public Interpreter loadedInterpreter() {
        return serial.read(() -> interpreter);
    }

    /** Goes on with what it waited for. */
    public void resume() {
        change(() -> {
            if (!running()) {
                return;
            }
            if (root == null) {
                fail(null, Errors.RUNTIME, Optional.of("The execution could not be restored"));
                return;
            }
            awaitDeadline();
            progress.waitOn(root);
        });
    }
}
