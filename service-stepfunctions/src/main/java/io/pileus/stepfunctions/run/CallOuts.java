package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.asl.Errors;
import io.pileus.stepfunctions.asl.TaskResource;
import java.time.Instant;
import java.util.Optional;

/**
 * What an execution has done elsewhere: tasks and Map runs. Handed out under the execution's lock; their ends come back
 * through it.
 */
final class CallOuts {
    private final Execution execution;
    private final Progress progress;
    private final Engine engine;

    CallOuts(Execution execution, Progress progress, Engine engine) {
        this.execution = execution;
        this.progress = progress;
        this.engine = engine;
    }

    void call(Branch branch, Next.TaskCall call) {
        TaskRunner.Attempt attempt =
                new TaskRunner.Attempt(execution.identity(), branch.frame.stateName(), branch.frame.retryCount());
        Optional<String> refusal = engine.taskRunner().refusal(attempt, call);
        if (refusal.isPresent()) {
            branch.ticket++;
            progress.signal(
                    branch,
                    new Signal.Failed(Errors.RUNTIME, Optional.of(Interpreter.cause(branch.frame, refusal.get()))));
            return;
        }
        TaskEvents events = TaskEvents.of(call, execution.identity().region().id());
        Optional<TaskRunner.Unscheduled> unscheduled = engine.taskRunner().unscheduled(attempt, call);
        if (unscheduled.isPresent()) {
            String error = unscheduled.get().error();
            Optional<String> cause = Optional.of(unscheduled.get().cause());
            branch.ticket++;
            execution.append(branch, events.prefix() + "ScheduleFailed", events.failure(Optional.of(error), cause));
            progress.signal(branch, new Signal.Failed(error, cause));
            return;
        }
        execution.append(branch, events.scheduled().type(), events.scheduled().details());
        Instant now = execution.now();
        branch.waiting = new Waiting.Task(
                call,
                call.timeoutSeconds().map(now::plusSeconds).orElse(null),
                call.heartbeatSeconds().map(now::plusSeconds).orElse(null),
                false,
                null);
        TaskHandle handle = await(branch, call, events);
        if (!(call.resource() instanceof TaskResource.Activity)) {
            execution.append(branch, events.started().type(), events.started().details());
        }
        execution.later(() -> engine.taskRunner().run(attempt, call, handle));
    }

    /** Sets the timers of the task that the branch waits for, and makes its token known. */
    private TaskHandle await(Branch branch, Next.TaskCall call, TaskEvents events) {
        long ticket = ++branch.ticket;
        TaskHandle handle = new TaskHandle(execution, progress, engine, branch, ticket, call, events);
        branch.timers.clear();
        if (branch.waiting instanceof Waiting.Task task && task.timesOutAt() != null) {
            branch.timers.add(engine.at(task.timesOutAt(), () -> handle.timedOut(Errors.TIMEOUT)));
        }
        handle.setHeartbeatTimer();
        call.token().ifPresent(token -> {
            branch.token = call.token();
            engine.tokens().register(token, handle);
        });
        return handle;
    }

    /** Goes on waiting for a task after a restart. What has not been answered is asked again. */
    void waitOn(Branch branch, Waiting.Task task) {
        TaskRunner.Attempt attempt =
                new TaskRunner.Attempt(execution.identity(), branch.frame.stateName(), branch.frame.retryCount());
        Next.TaskCall call = task.call();
        TaskHandle handle = await(
                branch, call, TaskEvents.of(call, execution.identity().region().id()));
        JsonNode submitted = task.submitted();
        if (submitted != null) {
            execution.later(() -> engine.taskRunner().waitOn(attempt, call, submitted, handle));
        } else if (!task.taken()) {
            execution.later(() -> engine.taskRunner().run(attempt, call, handle));
        }
    }

    void distribute(Branch branch, Next.Distribute next) {
        execution.append(branch, "MapStateStarted", new EventDetails.MapStarted(0));
        MapRunner.MapRunHandle run =
                engine.mapRunner().create(execution, branch.frame, next.plan(), execution.interpreter());
        branch.mapRun = run;
        branch.waiting = new Waiting.Children();
        long ticket = ++branch.ticket;
        execution.append(branch, "MapRunStarted", new EventDetails.MapRunStarted(run.arn()));
        execution.later(() -> run.start(mapOutcome(branch, ticket)));
    }

    private MapRunner.Outcome mapOutcome(Branch branch, long ticket) {
        return new MapRunner.Outcome() {
            @Override
            public void succeeded(JsonNode result) {
                execution.whileWaiting(branch, ticket, () -> {
                    execution.append(branch, "MapRunSucceeded", new EventDetails.None());
                    execution.append(branch, "MapStateSucceeded", new EventDetails.None());
                    branch.mapRun = null;
                    progress.signal(branch, new Signal.Succeeded(result));
                });
            }

            @Override
            public void failed(String withError, Optional<String> withCause) {
                execution.whileWaiting(branch, ticket, () -> {
                    execution.append(
                            branch, "MapRunFailed", new EventDetails.Failure(Optional.of(withError), withCause));
                    execution.append(branch, "MapStateFailed", new EventDetails.None());
                    progress.signal(branch, new Signal.Failed(withError, withCause));
                });
            }
        };
    }

    /** Goes on waiting for a Map run after a restart. */
    void waitOn(Branch branch) {
        MapRunner.MapRunHandle run = branch.mapRun;
        if (run == null) {
            progress.signal(
                    branch,
                    new Signal.Failed(
                            Errors.RUNTIME,
                            Optional.of(Interpreter.cause(branch.frame, "The Map Run could not be restored."))));
            return;
        }
        long ticket = ++branch.ticket;
        execution.later(() -> run.waitOn(mapOutcome(branch, ticket)));
    }

    /** Lets a Map run do again what failed in it. */
    void redrive(Branch branch, MapRunner.MapRunHandle run) {
        branch.waiting = new Waiting.Children();
        long ticket = ++branch.ticket;
        execution.append(branch, "MapRunRedriven", new EventDetails.MapRunRedriven(run.arn(), run.redriveCount() + 1));
        execution.later(() -> run.redrive(mapOutcome(branch, ticket)));
    }
}
