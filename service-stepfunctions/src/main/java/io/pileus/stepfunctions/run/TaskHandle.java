package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.time.Timers;
import io.pileus.stepfunctions.asl.Errors;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The execution's side of a task that has been handed out. Its fields are guarded by the execution's lock. */
final class TaskHandle implements PendingTask {
    private final Execution execution;
    private final Progress progress;
    private final Engine engine;
    private final Branch branch;
    private final long ticket;
    private final Next.TaskCall call;
    private final TaskEvents events;
    private Timers.@Nullable Timer heartbeatTimer;

    TaskHandle(
            Execution execution,
            Progress progress,
            Engine engine,
            Branch branch,
            long ticket,
            Next.TaskCall call,
            TaskEvents events) {
        this.execution = execution;
        this.progress = progress;
        this.engine = engine;
        this.branch = branch;
        this.ticket = ticket;
        this.call = call;
        this.events = events;
    }

    /** Another heartbeat is due so long from now. */
    private @Nullable Instant nextHeartbeat() {
        return call.heartbeatSeconds().map(execution.now()::plusSeconds).orElse(null);
    }

    private void change(UnaryOperator<Waiting.Task> changed) {
        if (branch.waiting instanceof Waiting.Task task) {
            branch.waiting = changed.apply(task);
        }
    }

    /** Sets the timer for the heartbeat that the branch waits for. */
    void setHeartbeatTimer() {
        if (heartbeatTimer != null) {
            heartbeatTimer.cancel();
            branch.timers.remove(heartbeatTimer);
            heartbeatTimer = null;
        }
        if (branch.waiting instanceof Waiting.Task task && task.heartbeatBy() != null) {
            heartbeatTimer = engine.at(task.heartbeatBy(), () -> timedOut(Errors.HEARTBEAT_TIMEOUT));
            branch.timers.add(heartbeatTimer);
        }
    }

    void timedOut(String name) {
        execution.whileIn(branch, ticket, () -> {
            progress.abandon(branch);
            branch.stopWaiting(engine.tokens());
            execution.append(branch, events.prefix() + "TimedOut", events.failure(Optional.of(name), Optional.empty()));
            progress.signal(branch, new Signal.Failed(name, Optional.empty()));
        });
    }

    @Override
    public boolean started(Optional<String> workerName) {
        return execution.whileIn(branch, ticket, () -> {
            execution.append(branch, "ActivityStarted", new EventDetails.ActivityStarted(workerName));
            change(task -> task.taken(nextHeartbeat()));
            setHeartbeatTimer();
        });
    }

    @Override
    public boolean submitted(JsonNode answer) {
        return execution.whileIn(branch, ticket, () -> {
            execution.append(branch, "TaskSubmitted", events.output(answer));
            change(task -> task.submitted(answer));
        });
    }

    @Override
    public boolean submitFailed(String withError, Optional<String> withCause) {
        return execution.whileWaiting(branch, ticket, () -> {
            execution.append(branch, "TaskSubmitFailed", events.failure(Optional.of(withError), withCause));
            progress.signal(branch, new Signal.Failed(withError, withCause));
        });
    }

    @Override
    public boolean succeeded(JsonNode answer) {
        return execution.whileWaiting(branch, ticket, () -> {
            execution.append(branch, events.prefix() + "Succeeded", events.output(answer));
            progress.signal(branch, new Signal.Succeeded(answer));
        });
    }

    @Override
    public boolean failed(String withError, Optional<String> withCause) {
        return execution.whileWaiting(branch, ticket, () -> {
            Optional<String> name = withError.isEmpty() ? Optional.empty() : Optional.of(withError);
            execution.append(branch, events.prefix() + "Failed", events.failure(name, withCause));
            progress.signal(branch, new Signal.Failed(withError, withCause));
        });
    }

    @Override
    public boolean heartbeat() {
        return execution.whileIn(branch, ticket, () -> {
            change(task -> task.alive(nextHeartbeat()));
            setHeartbeatTimer();
        });
    }

    @Override
    public void onAbandoned(Runnable action) {
        execution.whileIn(branch, ticket, () -> branch.abandoned = action);
    }
}
