package io.pileus.stepfunctions.integration;

import io.pileus.stepfunctions.run.ExecutionIdentity;
import io.pileus.stepfunctions.state.Activity;
import java.util.Optional;

/** Finds activities. */
@FunctionalInterface
public interface Activities {
    Optional<Activity> find(ExecutionIdentity execution, String arn);
}
