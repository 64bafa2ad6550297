package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.asl.TaskResource;
import java.util.Optional;

/** How the events of a task are called and what they tell, by the kind of its resource. */
record TaskEvents(Next.TaskCall call, String region) {

    static TaskEvents of(Next.TaskCall call, String region) {
        return new TaskEvents(call, region);
    }

    /** The beginning of the events' names. */
    String prefix() {
        return switch (call.resource()) {
            case TaskResource.LambdaFunction f -> "LambdaFunction";
            case TaskResource.Activity a -> "Activity";
            case TaskResource.Integration i -> "Task";
        };
    }

    Step.Draft scheduled() {
        return new Step.Draft(
                prefix() + "Scheduled",
                switch (call.resource()) {
                    case TaskResource.LambdaFunction f ->
                        new EventDetails.LambdaScheduled(
                                f.text(), call.parameters(), call.timeoutSeconds(), call.credentialsRole());
                    case TaskResource.Activity a ->
                        new EventDetails.ActivityScheduled(
                                a.text(), call.parameters(), call.timeoutSeconds(), call.heartbeatSeconds());
                    case TaskResource.Integration i ->
                        new EventDetails.TaskScheduled(
                                i.resourceType(),
                                i.resource(),
                                region,
                                call.parameters(),
                                call.timeoutSeconds(),
                                call.heartbeatSeconds(),
                                call.credentialsRole());
                });
    }

    Step.Draft started() {
        return new Step.Draft(
                prefix() + "Started",
                call.resource() instanceof TaskResource.Integration i
                        ? new EventDetails.TaskStarted(i.resourceType(), i.resource())
                        : new EventDetails.None());
    }

    EventDetails output(JsonNode output) {
        return switch (call.resource()) {
            case TaskResource.LambdaFunction f -> new EventDetails.LambdaOutput(output);
            case TaskResource.Activity a -> new EventDetails.ActivityOutput(output);
            case TaskResource.Integration i -> new EventDetails.TaskOutput(i.resourceType(), i.resource(), output);
        };
    }

    EventDetails failure(Optional<String> error, Optional<String> cause) {
        return call.resource() instanceof TaskResource.Integration i
                ? new EventDetails.TaskFailure(i.resourceType(), i.resource(), error, cause)
                : new EventDetails.Failure(error, cause);
    }
}
