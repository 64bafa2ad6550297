package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.asl.Errors;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the branches of an execution go from state to state. A signal brings a branch forward: its state is interpreted
 * without the execution's lock, and what follows is applied under it, if the branch still waits for it. Everything but
 * the interpreting happens under the lock.
 */
final class Progress {
    private final Execution execution;
    private final Engine engine;
    private final Forks forks;
    private final CallOuts callOuts;

    Progress(Execution execution, Engine engine) {
        this.execution = execution;
        this.engine = engine;
        this.forks = new Forks(execution, this);
        this.callOuts = new CallOuts(execution, this, engine);
    }

    // ---- forward --------------------------------------------------------------------------------------------------

    void enter(Branch branch, Frame frame) {
        long id = execution.append(
                branch,
                Interpreter.kind(frame.state()) + "StateEntered",
                new EventDetails.StateEntered(frame.stateName(), frame.input()));
        branch.frame = frame.entered(execution.now(), id);
        branch.ticket++;
        signal(branch, new Signal.Begin());
    }

    /** Lets the branch go on with the signal, as the next item of work. */
    void signal(Branch branch, Signal signal) {
        long ticket = branch.ticket;
        branch.waiting = new Waiting.Turn(signal);
        execution.later(() -> advance(branch, ticket, signal));
    }

    /** Interprets, without the lock, and applies what follows. */
    private void advance(Branch branch, long ticket, Signal signal) {
        Optional<Runnable> interpreting = execution.read(() -> {
            if (!execution.running() || !branch.waitsWith(ticket)) {
                return Optional.empty();
            }
            Frame frame = branch.frame;
            Interpreter current = execution.interpreter();
            return Optional.of(() -> interpret(branch, ticket, current, frame, signal));
        });
        interpreting.ifPresent(Runnable::run);
    }

    private void interpret(Branch branch, long ticket, Interpreter current, Frame frame, Signal signal) {
        Step step = current.step(frame, signal, execution.moment());
        execution.whileIn(branch, ticket, () -> apply(branch, step));
    }

    private void apply(Branch branch, Step step) {
        for (Step.Draft draft : step.events()) {
            execution.append(branch, draft.type(), draft.details());
        }
        switch (step.next()) {
            case Next.Goto next
            when execution.endsAtNextTransition() -> execution.abort(Optional.empty(), Optional.empty());
            case Next.Goto next -> {
                branch.leaveState();
                enter(branch, next.frame());
            }
            case Next.SleepUntil sleep -> wake(branch, sleep.until(), new Signal.Woken());
            case Next.RetryAfter retry -> {
                branch.leaveState();
                branch.frame = retry.frame();
                wake(branch, execution.now().plus(retry.delay()), new Signal.Begin());
            }
            case Next.CallOut callOut -> callOuts.call(branch, callOut.call());
            case Next.ForkBranches fork -> forks.begin(branch, fork);
            case Next.ForkItems items -> forks.begin(branch, items);
            case Next.Distribute distribute -> callOuts.distribute(branch, distribute);
            case Next.Done done -> done(branch, done.output());
            case Next.Failed failed -> failed(branch, failed);
        }
    }

    private void wake(Branch branch, Instant until, Signal signal) {
        long ticket = ++branch.ticket;
        Instant now = execution.now();
        Instant due = engine.scaled(now, until);
        branch.waiting = new Waiting.Moment(due, signal);
        if (!due.isAfter(now)) {
            execution.later(() -> advance(branch, ticket, signal));
            return;
        }
        sleep(branch, ticket, due, signal);
    }

    private void sleep(Branch branch, long ticket, Instant due, Signal signal) {
        branch.timers.clear();
        branch.timers.add(engine.at(due, () -> advance(branch, ticket, signal)));
    }

    // ---- to an end ------------------------------------------------------------------------------------------------

    private void done(Branch branch, JsonNode result) {
        if (branch.parent != null) {
            forks.done(branch, branch.parent, result);
        } else {
            execution.succeed(branch, result);
        }
    }

    void failed(Branch branch, Next.Failed failure) {
        // Nothing takes a States.Runtime, so that it ends the execution from inside a branch or iteration as well,
        // without
        // a word of the states around it (measured by others, github.com/floci-io/floci#2868).
        if (branch.parent != null && !failure.error().equals(Errors.RUNTIME)) {
            forks.failed(branch, branch.parent, failure);
        } else {
            execution.fail(branch, failure.error(), failure.cause());
        }
    }

    /** Ends the waits of a branch and all below it, which stay where they are. */
    void suspend(Branch branch) {
        branch.live = false;
        abandon(branch);
        branch.stopWaiting(engine.tokens());
        if (branch.mapRun != null) {
            MapRunner.MapRunHandle run = branch.mapRun;
            execution.later(run::abort);
        }
        if (branch.fork != null) {
            branch.fork.running.values().forEach(this::suspend);
        }
    }

    /** Whoever works for the branch need not go on. */
    void abandon(Branch branch) {
        if (branch.abandoned != null) {
            execution.later(branch.abandoned);
        }
    }

    // ---- on again -------------------------------------------------------------------------------------------------

    /** Runs the states again in which the branch and those below it stopped. */
    void redrive(Branch branch, long eventId) {
        branch.live = true;
        if (branch.fork != null) {
            for (Branch child : List.copyOf(branch.fork.running.values())) {
                redrive(child, eventId);
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

    /** Goes on with what the branch and those below it waited for before a restart. */
    void waitOn(Branch branch) {
        if (!branch.live || !execution.running()) {
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
}
