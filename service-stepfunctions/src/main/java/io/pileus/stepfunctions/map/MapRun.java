package io.pileus.stepfunctions.map;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.state.StateSink;
import io.pileus.stepfunctions.asl.Errors;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.run.Execution;
import io.pileus.stepfunctions.run.ExecutionStatus;
import io.pileus.stepfunctions.run.Frame;
import io.pileus.stepfunctions.run.Interpreter;
import io.pileus.stepfunctions.run.MapRunner;
import io.pileus.stepfunctions.run.Moment;
import io.pileus.stepfunctions.run.Next;
import io.pileus.stepfunctions.run.SavedFrame;
import io.pileus.stepfunctions.run.StateFailure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
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

    /** Kinds of what is saved. */
    public static final String MAP_RUN = "map-run";

    public static final String CHILD = "map-child";

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
    private final String arn;
    private final Execution parent;
    private final Frame frame;
    private final State.Map state;
    private final State.Distribution distribution;
    private final Next.MapRunPlan plan;
    private final Interpreter interpreter;
    private final String label;
    private final Instant startDate;

    /** Guards everything below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final List<Child> children = new ArrayList<>();
    private Status status = Status.RUNNING;
    private Optional<Instant> stopDate = Optional.empty();
    private long maxConcurrency;
    private FailureThreshold tolerated;
    private int redriveCount;
    private Optional<Instant> redriveDate = Optional.empty();
    private MapRunner.@Nullable Outcome outcome;
    private final Deque<Child> waiting = new ArrayDeque<>();
    private long itemCount;
    private long failedItems;
    private long running;
    private boolean pumping;
    private boolean written;

    /** Grows with everything that is saved. */
    private long changes;

    MapRun(
            MapRuns runs,
            String arn,
            String label,
            Execution parent,
            Frame frame,
            State.Map state,
            Next.MapRunPlan plan,
            Interpreter interpreter,
            Instant startDate) {
        this.runs = runs;
        this.arn = arn;
        this.label = label;
        this.parent = parent;
        this.frame = frame;
        this.state = state;
        this.distribution = state.distribution().orElseThrow();
        this.plan = plan;
        this.interpreter = interpreter;
        this.startDate = startDate;
        this.maxConcurrency = plan.maxConcurrency();
        this.tolerated = new FailureThreshold(plan.toleratedFailureCount(), plan.toleratedFailurePercentage());
    }

    @Override
    public String arn() {
        return arn;
    }

    public String executionArn() {
        return parent.identity().arn();
    }

    public String stateMachineArn() {
        return parent.identity().stateMachineArn();
    }

    public Instant startDate() {
        return startDate;
    }

    String label() {
        return label;
    }

    Execution parent() {
        return parent;
    }

    State.Map state() {
        return state;
    }

    boolean express() {
        return distribution.express();
    }

    @Override
    public int redriveCount() {
        return redriveCount;
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
                    "An error occurred while executing the state '" + state.name() + "' (entered at the event id #"
                            + frame.enteredEventId() + "). " + failure.getMessage());
            return;
        }
        lock.lock();
        try {
            changes++;
            outcome = hears;
            children.addAll(made);
            waiting.addAll(made);
            itemCount = made.stream().mapToLong(c -> c.itemCount).sum();
        } finally {
            lock.unlock();
        }
        pump();
    }

    private ChildInputs inputs() {
        return new ChildInputs(
                interpreter, state, frame, plan, new Moment(now(), runs.ids(), runs.clock()), runs.objects());
    }

    private void fail(MapRunner.Outcome hears, String error, String cause) {
        lock.lock();
        try {
            close(Status.FAILED);
        } finally {
            lock.unlock();
        }
        hears.failed(error, Optional.of(cause));
    }

    private void close(Status how) {
        changes++;
        status = how;
        stopDate = Optional.of(now());
        outcome = null;
    }

    private Instant now() {
        return runs.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Begins children while there is room for them, and ends the run when all have ended. One thread at a time. */
    private void pump() {
        lock.lock();
        try {
            if (pumping) {
                return;
            }
            pumping = true;
        } finally {
            lock.unlock();
        }
        while (true) {
            Child child = null;
            Runnable end = null;
            lock.lock();
            try {
                if (status == Status.RUNNING && outcome != null) {
                    if (tolerated.exceeded(failedItems, itemCount)) {
                        end = exceeded(outcome);
                    } else if (!waiting.isEmpty() && running < concurrency()) {
                        child = waiting.poll();
                        running++;
                    } else if (waiting.isEmpty() && running == 0) {
                        end = complete(outcome);
                    }
                }
                if (child == null && end == null) {
                    pumping = false;
                    return;
                }
            } finally {
                lock.unlock();
            }
            if (end != null) {
                end.run();
            } else {
                begin(child);
            }
        }
    }

    private long concurrency() {
        return maxConcurrency == 0 ? CONCURRENCY_MAX : Math.min(maxConcurrency, CONCURRENCY_MAX);
    }

    private void begin(Child child) {
        Execution again = beginAgain(child);
        if (again != null) {
            again.redrive(Optional.empty());
            again.onEnd(execution -> ended(child, execution));
            return;
        }
        Execution execution = runs.child(this, child.input, child.itemCount);
        lock.lock();
        try {
            changes++;
            child.execution = execution;
            child.status = null;
        } finally {
            lock.unlock();
        }
        execution.onEnd(e -> ended(child, e));
        runs.startChild(execution);
    }

    /** The execution of a child that is redriven; an Express child begins anew instead. */
    private @Nullable Execution beginAgain(Child child) {
        lock.lock();
        try {
            changes++;
            child.status = null;
            child.pendingRedrive = false;
            return express() ? null : child.execution;
        } finally {
            lock.unlock();
        }
    }

    private void ended(Child child, Execution execution) {
        lock.lock();
        try {
            changes++;
            child.status = execution.view().status();
            if (child.status != ExecutionStatus.SUCCEEDED) {
                failedItems += child.itemCount;
            }
            running--;
        } finally {
            lock.unlock();
        }
        pump();
    }

    private Runnable exceeded(MapRunner.Outcome hears) {
        List<Execution> under = runningChildren();
        List<Execution> waited = noLongerPending();
        close(Status.FAILED);
        return () -> {
            under.forEach(e -> e.stop(Optional.empty(), Optional.empty()));
            waited.forEach(e -> e.awaitRedrive(false));
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

    /** The children whose turn in a redrive does not come. */
    private List<Execution> noLongerPending() {
        List<Execution> waited = new ArrayList<>();
        for (Child child : children) {
            if (child.pendingRedrive && child.execution != null) {
                child.pendingRedrive = false;
                waited.add(child.execution);
            }
        }
        return waited;
    }

    private List<Execution> runningChildren() {
        List<Execution> under = new ArrayList<>();
        for (Child child : children) {
            if (child.execution != null && child.status == null) {
                under.add(child.execution);
            }
        }
        return under;
    }

    private Runnable complete(MapRunner.Outcome hears) {
        close(Status.SUCCEEDED);
        return () -> {
            try {
                JsonNode result = writeResults();
                hears.succeeded(result);
            } catch (MapFailure failure) {
                lock.lock();
                try {
                    changes++;
                    status = Status.FAILED;
                } finally {
                    lock.unlock();
                }
                hears.failed(failure.error(), Optional.of(failure.getMessage()));
            }
        };
    }

    private JsonNode writeResults() {
        List<Execution> executions = new ArrayList<>();
        List<JsonNode> pending = new ArrayList<>();
        lock.lock();
        try {
            for (Child child : children) {
                if (child.execution != null) {
                    executions.add(child.execution);
                } else {
                    pending.add(child.input);
                }
            }
        } finally {
            lock.unlock();
        }
        JsonNode result = new ResultFiles(arn, runs.objects())
                .write(distribution.resultWriter(), plan.writerArguments(), executions, pending);
        written = distribution
                .resultWriter()
                .flatMap(State.ResultWriter::resource)
                .isPresent();
        return result;
    }

    @Override
    public void redrive(MapRunner.Outcome hears) {
        boolean again;
        List<Execution> pending = new ArrayList<>();
        lock.lock();
        try {
            changes++;
            again = !children.isEmpty();
            redriveCount++;
            redriveDate = Optional.of(now());
            status = Status.RUNNING;
            stopDate = Optional.empty();
            outcome = hears;
            running = 0;
            failedItems = 0;
            waiting.clear();
            for (Child child : children) {
                if (child.status != ExecutionStatus.SUCCEEDED) {
                    child.pendingRedrive = child.execution != null;
                    waiting.add(child);
                    if (child.execution != null && !express()) {
                        pending.add(child.execution);
                    }
                }
            }
        } finally {
            lock.unlock();
        }
        pending.forEach(execution -> execution.awaitRedrive(true));
        if (again) {
            pump();
        } else {
            start(hears);
        }
    }

    @Override
    public void abort() {
        List<Execution> under;
        List<Execution> waited;
        lock.lock();
        try {
            if (status != Status.RUNNING) {
                return;
            }
            under = runningChildren();
            waited = noLongerPending();
            close(Status.ABORTED);
        } finally {
            lock.unlock();
        }
        waited.forEach(e -> e.awaitRedrive(false));
        under.forEach(e -> e.stop(Optional.empty(), Optional.empty()));
    }

    // ---- saving and loading ---------------------------------------------------------------------------------------

    /** Equal while the very same run has not changed. */
    private record Stamp(MapRun run, long changes) {}

    /** Tells all of it, with the Express executions that only it knows. */
    public void save(StateSink sink) {
        Scope scope = new Scope(parent.identity().account(), parent.identity().region());
        Stamp stamp;
        lock.lock();
        try {
            stamp = new Stamp(this, changes);
        } finally {
            lock.unlock();
        }
        sink.part(scope, "map run " + arn, stamp, part -> saveParts(scope, part));
        if (express()) {
            for (Execution execution : endedChildren()) {
                execution.save(sink, 0);
            }
        }
    }

    private void saveParts(Scope scope, StateSink sink) {
        SavedMapRun saved;
        List<SavedChild> everyChild = new ArrayList<>();
        lock.lock();
        try {
            saved = new SavedMapRun(
                    arn,
                    label,
                    executionArn(),
                    stateMachineArn(),
                    SavedFrame.of(frame),
                    plan,
                    startDate,
                    status,
                    stopDate,
                    maxConcurrency,
                    tolerated,
                    redriveCount,
                    redriveDate,
                    !children.isEmpty() || outcome != null,
                    written);
            for (Child child : children) {
                everyChild.add(new SavedChild(
                        arn,
                        everyChild.size(),
                        child.input,
                        child.itemCount,
                        child.execution == null
                                ? null
                                : child.execution.identity().arn(),
                        child.status,
                        child.pendingRedrive));
            }
        } finally {
            lock.unlock();
        }
        sink.put(scope, MAP_RUN, arn, saved);
        for (SavedChild child : everyChild) {
            sink.put(
                    scope,
                    CHILD,
                    arn + "/" + String.format("%07d", child.index()),
                    new SavedChild.Stamp(child.execution(), child.status(), child.pendingRedrive()),
                    () -> child);
        }
    }

    private List<Execution> endedChildren() {
        lock.lock();
        try {
            return children.stream()
                    .filter(child -> child.execution != null && child.status != null)
                    .map(child -> child.execution)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Becomes what was saved; nothing goes on before {@link #waitOn}. A child whose execution is not known begins anew. */
    void load(SavedMapRun saved, List<SavedChild> savedChildren, Function<String, Optional<Execution>> executions) {
        lock.lock();
        try {
            status = saved.status();
            stopDate = saved.stopDate();
            maxConcurrency = saved.maxConcurrency();
            tolerated = saved.tolerated();
            redriveCount = saved.redriveCount();
            redriveDate = saved.redriveDate();
            written = saved.written();
            for (SavedChild each : savedChildren) {
                Child child = new Child(each.input(), each.itemCount());
                child.execution = Optional.ofNullable(each.execution())
                        .flatMap(executions)
                        .orElse(null);
                child.status = child.execution == null ? null : each.status();
                child.pendingRedrive = child.execution != null && each.pendingRedrive();
                children.add(child);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void waitOn(MapRunner.Outcome hears) {
        if (children.isEmpty()) {
            lock.lock();
            try {
                status = Status.RUNNING;
                stopDate = Optional.empty();
            } finally {
                lock.unlock();
            }
            start(hears);
            return;
        }
        List<Child> under = new ArrayList<>();
        lock.lock();
        try {
            changes++;
            // It may have ended without its execution having heard of it; then it ends once more.
            status = Status.RUNNING;
            stopDate = Optional.empty();
            outcome = hears;
            for (Child child : children) {
                itemCount += child.itemCount;
                if (child.execution == null || child.pendingRedrive) {
                    waiting.add(child);
                } else if (child.status == null) {
                    running++;
                    under.add(child);
                } else if (child.status != ExecutionStatus.SUCCEEDED) {
                    failedItems += child.itemCount;
                }
            }
        } finally {
            lock.unlock();
        }
        for (Child child : under) {
            child.execution.onEnd(execution -> ended(child, execution));
        }
        pump();
    }

    // ---- looks and updates ----------------------------------------------------------------------------------------

    /** Changes how the run goes on; false when it has ended. */
    public boolean update(Optional<Long> newConcurrency, Optional<Long> newCount, Optional<Double> newPercentage) {
        lock.lock();
        try {
            if (status != Status.RUNNING) {
                return false;
            }
            changes++;
            newConcurrency.ifPresent(v -> maxConcurrency = v);
            tolerated = new FailureThreshold(
                    newCount.orElse(tolerated.count()), newPercentage.orElse(tolerated.percentage()));
        } finally {
            lock.unlock();
        }
        pump();
        return true;
    }

    public View view() {
        lock.lock();
        try {
            return new View(
                    status,
                    stopDate,
                    maxConcurrency,
                    tolerated.count(),
                    tolerated.percentage(),
                    MapRunCounts.ofItems(children, written),
                    MapRunCounts.ofExecutions(children, written),
                    redriveCount,
                    redriveDate);
        } finally {
            lock.unlock();
        }
    }
}
