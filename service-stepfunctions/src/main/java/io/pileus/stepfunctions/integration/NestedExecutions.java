package io.pileus.stepfunctions.integration;

import io.pileus.stepfunctions.run.Execution;
import io.pileus.stepfunctions.run.ExecutionIdentity;
import java.util.Optional;

/** Starts an execution for a task; throws what StartExecution would answer. */
@FunctionalInterface
public interface NestedExecutions {
    Execution start(
            String stateMachineArn,
            Optional<String> name,
            Optional<String> input,
            ExecutionIdentity parent,
            boolean standardOnly);
}
