package io.pileus.stepfunctions.run;

import io.pileus.core.identity.Ids;
import io.pileus.core.time.EmulatorClock;
import io.pileus.core.time.Timers;
import io.pileus.stepfunctions.asl.Definition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What executions need from outside: time, chance, tasks and Map runs. */
public final class Engine {
    private final EmulatorClock clock;
    private final Timers timers;
    private final Executor workers;
    private final Ids ids;
    private final TaskTokens tokens;
    private final TaskRunner taskRunner;
    private final MapRunner mapRunner;
    private final double waitScale;
    private final Consumer<Execution> onEnd;

    /**
     * @param waitScale what the waits of Wait states and retries are multiplied with
     * @param onEnd hears of every execution's end
     */
    public Engine(
            EmulatorClock clock,
            Timers timers,
            Executor workers,
            Ids ids,
            TaskTokens tokens,
            TaskRunner taskRunner,
            MapRunner mapRunner,
            double waitScale,
            Consumer<Execution> onEnd) {
        this.clock = clock;
        this.timers = timers;
        this.workers = workers;
        this.ids = ids;
        this.tokens = tokens;
        this.taskRunner = taskRunner;
        this.mapRunner = mapRunner;
        this.waitScale = waitScale;
        this.onEnd = onEnd;
    }

    /** Makes an execution; it does not run before {@link #start}. */
    public Execution create(ExecutionIdentity identity, Instant startDate) {
        return new Execution(this, identity, startDate);
    }

    /** The execution that was saved; it does not go on before {@link Execution#resume}. */
    public Execution load(SavedExecution saved, Definition definition, List<HistoryEvent> events) {
        Execution execution = new Execution(this, saved.identity().identity(definition), saved.startDate());
        execution.load(saved, events);
        return execution;
    }

    /** Starts an execution and runs it as far as it goes without waiting. */
    public void start(Execution execution) {
        execution.start();
    }

    EmulatorClock clock() {
        return clock;
    }

    /** Does something when the time has come, on the pool: states may take long to interpret, and timers wait for no one. */
    Timers.Timer at(Instant due, Runnable task) {
        return timers.at(due, () -> workers.execute(task));
    }

    Ids ids() {
        return ids;
    }

    TaskTokens tokens() {
        return tokens;
    }

    TaskRunner taskRunner() {
        return taskRunner;
    }

    MapRunner mapRunner() {
        return mapRunner;
    }

    Instant scaled(Instant now, Instant until) {
        if (waitScale == 1 || !until.isAfter(now)) {
            return until;
        }
        return now.plus(Duration.ofMillis((long) (Duration.between(now, until).toMillis() * waitScale)));
    }

    void ended(Execution execution) {
        onEnd.accept(execution);
    }
}
