package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** What a history event tells besides its type. */
public sealed interface EventDetails {

    record None() implements EventDetails {}

    record ExecutionStarted(String input, String roleArn, Optional<String> aliasArn, Optional<String> versionArn)
            implements EventDetails {}

    record ExecutionOutput(JsonNode output) implements EventDetails {}

    record ExecutionRedriven(int redriveCount) implements EventDetails {}

    /** An error and its cause; of executions, Lambda functions, activities and Map runs. */
    record Failure(Optional<String> error, Optional<String> cause) implements EventDetails {}

    record StateEntered(String name, JsonNode input) implements EventDetails {}

    record StateExited(String name, JsonNode output, Map<String, JsonNode> assigned) implements EventDetails {}

    record EvaluationFailed(String error, String cause, String location, String state) implements EventDetails {}

    record MapStarted(int length) implements EventDetails {}

    record MapIteration(String name, int index) implements EventDetails {}

    record MapRunStarted(String mapRunArn) implements EventDetails {}

    record MapRunRedriven(String mapRunArn, int redriveCount) implements EventDetails {}

    record LambdaScheduled(
            String resource, JsonNode input, Optional<Long> timeoutSeconds, Optional<String> credentialsRole)
            implements EventDetails {}

    record LambdaOutput(JsonNode output) implements EventDetails {}

    record ActivityScheduled(
            String resource, JsonNode input, Optional<Long> timeoutSeconds, Optional<Long> heartbeatSeconds)
            implements EventDetails {}

    record ActivityStarted(Optional<String> workerName) implements EventDetails {}

    record ActivityOutput(JsonNode output) implements EventDetails {}

    record TaskScheduled(
            String resourceType,
            String resource,
            String region,
            JsonNode parameters,
            Optional<Long> timeoutSeconds,
            Optional<Long> heartbeatSeconds,
            Optional<String> credentialsRole)
            implements EventDetails {}

    record TaskStarted(String resourceType, String resource) implements EventDetails {}

    record TaskOutput(String resourceType, String resource, JsonNode output) implements EventDetails {}

    record TaskFailure(String resourceType, String resource, Optional<String> error, Optional<String> cause)
            implements EventDetails {}
}
