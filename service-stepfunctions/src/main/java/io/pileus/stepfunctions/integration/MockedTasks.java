package io.pileus.stepfunctions.integration;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.run.Execution;
import io.pileus.stepfunctions.run.Next;
import io.pileus.stepfunctions.run.PendingTask;
import io.pileus.stepfunctions.run.TaskRunner;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers the tasks of executions that run a test case from the mock configuration; hands on all others. */
public final class MockedTasks implements TaskRunner {
    private final MockConfiguration configuration;
    private final TaskRunner otherwise;

    /** How often each state was invoked, by execution. */
    private final Map<String, Map<String, AtomicInteger>> invocations = new ConcurrentHashMap<>();

    public MockedTasks(MockConfiguration configuration, TaskRunner otherwise) {
        this.configuration = configuration;
        this.otherwise = otherwise;
    }

    @Override
    public void run(Attempt attempt, Next.TaskCall call, PendingTask task) {
        Optional<String> testCase = attempt.execution().mockCase();
        if (testCase.isEmpty()) {
            otherwise.run(attempt, call, task);
            return;
        }
        String machine = attempt.execution().stateMachineName();
        int slash = machine.indexOf('/');
        int invocation = invocations
                .computeIfAbsent(attempt.execution().arn(), arn -> new ConcurrentHashMap<>())
                .computeIfAbsent(attempt.stateName(), state -> new AtomicInteger())
                .getAndIncrement();
        Optional<MockConfiguration.Response> response = configuration.response(
                slash < 0 ? machine : machine.substring(0, slash), testCase.get(), attempt.stateName(), invocation);
        if (response.isEmpty()) {
            otherwise.run(attempt, call, task);
            return;
        }
        response.get().answer(task);
    }

    @Override
    public void waitOn(Attempt attempt, Next.TaskCall call, JsonNode submitted, PendingTask task) {
        otherwise.waitOn(attempt, call, submitted, task);
    }

    @Override
    public Optional<Unscheduled> unscheduled(Attempt attempt, Next.TaskCall call) {
        return attempt.execution().mockCase().isPresent() ? Optional.empty() : otherwise.unscheduled(attempt, call);
    }

    @Override
    public Optional<String> refusal(Attempt attempt, Next.TaskCall call) {
        return attempt.execution().mockCase().isPresent() ? Optional.empty() : otherwise.refusal(attempt, call);
    }

    /** Forgets the counts of an execution. */
    public void ended(Execution execution) {
        invocations.remove(execution.identity().arn());
    }
}
