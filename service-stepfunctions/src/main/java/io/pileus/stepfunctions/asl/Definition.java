package io.pileus.stepfunctions.asl;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A state machine's definition.
 *
 * @param timeoutSeconds how long an execution may take
 * @param variableReferences the variables that each state refers to, as DescribeStateMachine shows them
 */
public record Definition(
        Optional<Long> timeoutSeconds, Workflow workflow, Map<String, List<String>> variableReferences) {

    public Definition {
        variableReferences = Map.copyOf(variableReferences);
    }
}
