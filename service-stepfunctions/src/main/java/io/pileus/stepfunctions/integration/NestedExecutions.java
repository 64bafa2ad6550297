package io.pileus.stepfunctions.integration;

import io.pileus.stepfunctions.run.Execution;
import io.pileus.stepfunctions.run.ExecutionIdentity;
import java.util.Optional;

/** Starts an execution for a task; throws what StartExecution would answer. */
public interface NestedExecutions {
    Execution start(
            String stateMachineArn,
            Optional<String> name,
            Optional<String> input,
            ExecutionIdentity parent,
            boolean standardOnly);

    /** The execution of the ARN, if it is known. */
    Optional<Execution> find(ExecutionIdentity parent, String arn);
}
