package io.pileus.stepfunctions.map;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.state.StateSink;
import io.pileus.stepfunctions.asl.Errors;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.run.Execution;
import io.pileus.stepfunctions.run.ExecutionIdentity;
import io.pileus.stepfunctions.run.ExecutionStatus;
import io.pileus.stepfunctions.run.MapRunner;
import io.pileus.stepfunctions.run.Moment;
import io.pileus.stepfunctions.run.Next;
import io.pileus.stepfunctions.run.SavedFrame;
import io.pileus.stepfunctions.run.StateFailure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The child executions of one distributed Map state.
 *
 * <pre>
 *   RUNNING --all children ended, failures within what is tolerated--> SUCCEEDED
 *           --too many failures, or items or results cannot be read or written--> FAILED
 *           --the execution was stopped or timed out--> ABORTED
 *   FAILED, ABORTED --RedriveExecution--> RUNNING
 * </pre>
 */
public final class MapRun implements MapRunner.MapRunHandle {
    /** Without MaxConcurrency, 10,000 child executions run at the same time. */
    private static final long CONCURRENCY_MAX = 10_000;

    /** Where a Map run stands. */
    public enum Status {
        RUNNING,
        SUCCEEDED,
        FAILED,
        ABORTED
    }

    /** A look at a Map run at one moment. */
    public record View(
            Status status,
            Optional<Instant> stopDate,
            long maxConcurrency,
            long toleratedFailureCount,
            double toleratedFailurePercentage,
            MapRunCounts items,
            MapRunCounts executions,
            int redriveCount,
            Optional<Instant> redriveDate) {}

    private final MapRuns runs;
    private final MapRunIdentity identity;

    /** Guards everything below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Children children = new Children();
    private Status status = Status.RUNNING;
    private Optional<Instant> stopDate = Optional.empty();
    private long maxConcurrency;
    private FailureThreshold tolerated;
    private int redriveCount;
    private Optional<Instant> redriveDate = Optional.empty();

    /** Hears of the end; none while the run does not go on. */
    private MapRunner.@Nullable Outcome outcome;

    private boolean pumping;
    private boolean written;

    /** Grows with everything that is saved. */
    private long changes;

    MapRun(MapRuns runs, MapRunIdentity identity) {
        this.runs = runs;
        this.identity = identity;
        Next.MapRunPlan plan = identity.plan();
        this.maxConcurrency = plan.maxConcurrency();
        this.tolerated = new FailureThreshold(plan.toleratedFailureCount(), plan.toleratedFailurePercentage());
    }

    MapRunIdentity identity() {
        return identity;
    }

    @Override
    public String arn() {
        return identity.arn();
    }

    public String executionArn() {
        return identity.parent().identity().arn();
    }

    public String stateMachineArn() {
        return identity.parent().identity().stateMachineArn();
    }

    public Instant startDate() {
        return identity.startDate();
    }

    @Override
    public int redriveCount() {
        return look(() -> redriveCount);
    }

    // ---- life -----------------------------------------------------------------------------------------------------

    @Override
    public void start(MapRunner.Outcome hears) {
        List<Child> made;
        try {
            made = inputs().children();
        } catch (MapFailure failure) {
            fail(hears, failure.error(), failure.getMessage());
            return;
        } catch (StateFailure failure) {
            fail(
                    hears,
                    failure.error(),
                    "An error occurred while executing the state '"
                            + identity.state().name() + "' (entered at the event id #"
                            + identity.frame().enteredEventId() + "). " + failure.getMessage());
            return;
        }
        change(() -> {
            outcome = hears;
            children.add(made);
        });
        pump();
    }

    private ChildInputs inputs() {
        return new ChildInputs(
                identity.interpreter(),
                identity.state(),
                identity.frame(),
                identity.plan(),
                new Moment(now(), runs.ids(), runs.clock()),
                runs.objects());
    }

    private void fail(MapRunner.Outcome hears, String error, String cause) {
        change(() -> close(Status.FAILED));
        hears.failed(error, Optional.of(cause));
    }

    private void close(Status how) {
        status = how;
        stopDate = Optional.of(now());
        outcome = null;
    }

    private Instant now() {
        return runs.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Begins children while there is room for them, and ends the run when all have ended. One thread at a time. */
    private void pump() {
        boolean pumped = look(() -> {
            boolean before = pumping;
            pumping = true;
            return before;
        });
        if (pumped) {
            return;
        }
        Optional<Runnable> next = look(this::next);
        while (next.isPresent()) {
            next.get().run();
            next = look(this::next);
        }
    }

    /** What is to be done next, outside the lock; when there is nothing, the pumping has ended. */
    private Optional<Runnable> next() {
        MapRunner.Outcome hears = outcome;
        if (status == Status.RUNNING && hears != null) {
            if (children.tooManyFailed(tolerated)) {
                return Optional.of(exceeded(hears));
            }
            if (children.allEnded()) {
                return Optional.of(complete(hears));
            }
            Optional<Child> child = children.next(concurrency());
            if (child.isPresent()) {
                changes++;
                return child.map(this::beginning);
            }
        }
        pumping = false;
        return Optional.empty();
    }

    private long concurrency() {
        return maxConcurrency == 0 ? CONCURRENCY_MAX : Math.min(maxConcurrency, CONCURRENCY_MAX);
    }

    /** Begins a child; one that is redriven goes on, but for an Express child, which begins anew. */
    private Runnable beginning(Child child) {
        child.status = null;
        child.pendingRedrive = false;
        Execution again = child.execution;
        if (again == null || identity.express()) {
            return () -> begin(child);
        }
        return () -> {
            again.redrive(Optional.empty());
            again.onEnd(execution -> ended(child, execution));
        };
    }

    private void begin(Child child) {
        Execution execution = runs.child(this, child.input, child.itemCount);
        change(() -> child.execution = execution);
        execution.onEnd(e -> ended(child, e));
        runs.startChild(execution);
    }

    private void ended(Child child, Execution execution) {
        ExecutionStatus how = execution.view().status();
        change(() -> children.ended(child, how));
        pump();
    }

    private Runnable exceeded(MapRunner.Outcome hears) {
        Runnable stopChildren = stopChildren();
        changes++;
        close(Status.FAILED);
        return () -> {
            stopChildren.run();
            try {
                writeResults();
            } catch (MapFailure ignored) {
                // The run has failed already, for a reason that matters more.
            }
            hears.failed(
                    Errors.EXCEED_TOLERATED_FAILURE_THRESHOLD,
                    Optional.of("The specified tolerated failure threshold was exceeded"));
        };
    }

    /** Stops the children that run, and lets those wait no longer whose turn does not come. */
    private Runnable stopChildren() {
        List<Child> running = children.running();
        List<Child> waited = children.giveUpRedrive();
        return () -> {
            waited.forEach(child -> child.execution.awaitRedrive(false));
            running.forEach(child -> child.execution.stop(Optional.empty(), Optional.empty()));
        };
    }

    private Runnable complete(MapRunner.Outcome hears) {
        changes++;
        close(Status.SUCCEEDED);
        return () -> {
            try {
                hears.succeeded(writeResults());
            } catch (MapFailure failure) {
                change(() -> status = Status.FAILED);
                hears.failed(failure.error(), Optional.of(failure.getMessage()));
            }
        };
    }

    private JsonNode writeResults() {
        List<Execution> executions = look(children::executions);
        List<JsonNode> pending = look(children::pendingInputs);
        Optional<State.ResultWriter> writer = identity.distribution().resultWriter();
        JsonNode result = new ResultFiles(arn(), runs.objects())
                .write(writer, identity.plan().writerArguments(), executions, pending);
        boolean toFiles = writer.flatMap(State.ResultWriter::resource).isPresent();
        change(() -> written = toFiles);
        return result;
    }

    @Override
    public void redrive(MapRunner.Outcome hears) {
        List<Child> begun = new ArrayList<>();
        change(() -> {
            redriveCount++;
            redriveDate = Optional.of(now());
            goOn(hears);
            begun.addAll(children.awaitRedrive());
        });
        if (!identity.express()) {
            begun.forEach(child -> child.execution.awaitRedrive(true));
        }
        pumpOrStart(hears);
    }

    private void goOn(MapRunner.Outcome hears) {
        status = Status.RUNNING;
        stopDate = Optional.empty();
        // Without children it would be taken for complete before it has made them.
        outcome = children.isEmpty() ? null : hears;
    }

    /** A run that has no children yet makes them. */
    private void pumpOrStart(MapRunner.Outcome hears) {
        boolean made = look(() -> !children.isEmpty());
        if (made) {
            pump();
        } else {
            start(hears);
        }
    }

    @Override
    public void abort() {
        Optional<Runnable> stopChildren = look(() -> {
            if (status != Status.RUNNING) {
                return Optional.empty();
            }
            Runnable stop = stopChildren();
            changes++;
            close(Status.ABORTED);
            return Optional.of(stop);
        });
        stopChildren.ifPresent(Runnable::run);
    }

    // ---- the lock -------------------------------------------------------------------------------------------------

    private void change(Runnable change) {
        look(() -> {
            changes++;
            change.run();
            return true;
        });
    }

    private <T> T look(Supplier<T> look) {
        lock.lock();
        try {
            return look.get();
        } finally {
            lock.unlock();
        }
    }

    // ---- saving and loading ---------------------------------------------------------------------------------------

    /** Equal while the very same run has not changed. */
    private record Stamp(MapRun run, long changes) {}

    /** Tells all of it, with the Express executions that only it knows. */
    public void save(StateSink sink) {
        ExecutionIdentity owner = identity.parent().identity();
        Scope scope = new Scope(owner.account(), owner.region());
        sink.part(scope, "map run " + arn(), look(() -> new Stamp(this, changes)), part -> saveParts(scope, part));
        if (identity.express()) {
            look(children::ended).forEach(child -> child.execution.save(sink, 0));
        }
    }

    private void saveParts(Scope scope, StateSink sink) {
        List<SavedChild> savedChildren = new ArrayList<>();
        SavedMapRun saved = look(() -> {
            savedChildren.addAll(children.saved(arn()));
            return saved();
        });
        sink.put(scope, SavedMapRun.MAP_RUN, arn(), saved);
        savedChildren.forEach(child -> sink.put(scope, SavedChild.CHILD, child.id(), child.stamp(), () -> child));
    }

    private SavedMapRun saved() {
        return new SavedMapRun(
                arn(),
                identity.label(),
                executionArn(),
                stateMachineArn(),
                SavedFrame.of(identity.frame()),
                identity.plan(),
                startDate(),
                status,
                stopDate,
                maxConcurrency,
                tolerated,
                redriveCount,
                redriveDate,
                !children.isEmpty() || outcome != null,
                written);
    }

    /** Becomes what was saved; nothing goes on before {@link #waitOn}. */
    void load(SavedMapRun saved, List<SavedChild> savedChildren, Function<String, Optional<Execution>> executions) {
        look(() -> {
            status = saved.status();
            stopDate = saved.stopDate();
            maxConcurrency = saved.maxConcurrency();
            tolerated = saved.tolerated();
            redriveCount = saved.redriveCount();
            redriveDate = saved.redriveDate();
            written = saved.written();
            children.load(savedChildren, executions);
            return true;
        });
    }

    @Override
    public void waitOn(MapRunner.Outcome hears) {
        List<Child> running = new ArrayList<>();
        change(() -> {
            // It may have ended without its execution having heard of it; then it ends once more.
            goOn(hears);
            children.waitOn();
            running.addAll(children.running());
            running.removeIf(child -> child.pendingRedrive);
        });
        running.forEach(child -> child.execution.onEnd(execution -> ended(child, execution)));
        pumpOrStart(hears);
    }

    // ---- looks and updates ----------------------------------------------------------------------------------------

    /** Changes how the run goes on; false when it has ended. */
    public boolean update(Optional<Long> newConcurrency, Optional<Long> newCount, Optional<Double> newPercentage) {
        boolean updated = look(() -> {
            if (status != Status.RUNNING) {
                return false;
            }
            changes++;
            newConcurrency.ifPresent(v -> maxConcurrency = v);
            tolerated = new FailureThreshold(
                    newCount.orElse(tolerated.count()), newPercentage.orElse(tolerated.percentage()));
            return true;
        });
        if (updated) {
            pump();
        }
        return updated;
    }

    public View view() {
        return look(() -> new View(
                status,
                stopDate,
                maxConcurrency,
                tolerated.count(),
                tolerated.percentage(),
                MapRunCounts.ofItems(children.all(), written),
                MapRunCounts.ofExecutions(children.all(), written),
                redriveCount,
                redriveDate));
    }
}
