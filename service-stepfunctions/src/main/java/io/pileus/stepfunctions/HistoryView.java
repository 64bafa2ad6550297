package io.pileus.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.model.*;
import io.pileus.stepfunctions.run.EventDetails;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** History events in AWS's shape. */
final class HistoryView {
    private static final HistoryEventExecutionDataDetails WHOLE =
            HistoryEventExecutionDataDetails.builder().truncated(false).build();

    private final boolean withData;

    HistoryView(boolean withData) {
        this.withData = withData;
    }

    private @Nullable String text(JsonNode data) {
        return withData ? data.toString() : null;
    }

    private @Nullable HistoryEventExecutionDataDetails whole() {
        return withData ? WHOLE : null;
    }

    private static @Nullable TaskCredentials credentials(Optional<String> role) {
        return role.map(r -> TaskCredentials.builder().roleArn(r).build()).orElse(null);
    }

    HistoryEvent of(io.pileus.stepfunctions.run.HistoryEvent event) {
        HistoryEvent.Builder b = HistoryEvent.builder()
                .timestamp(event.timestamp())
                .type(event.type())
                .id(event.id())
                .previousEventId(event.previousEventId());
        switch (event.details()) {
            case EventDetails.None n -> {}
            case EventDetails.ExecutionStarted d ->
                b.executionStartedEventDetails(ExecutionStartedEventDetails.builder()
                        .input(withData ? d.input() : null)
                        .inputDetails(whole())
                        .roleArn(d.roleArn())
                        .stateMachineAliasArn(d.aliasArn().orElse(null))
                        .stateMachineVersionArn(d.versionArn().orElse(null))
                        .build());
            case EventDetails.ExecutionOutput d ->
                b.executionSucceededEventDetails(ExecutionSucceededEventDetails.builder()
                        .output(text(d.output()))
                        .outputDetails(whole())
                        .build());
            case EventDetails.ExecutionRedriven d ->
                b.executionRedrivenEventDetails(ExecutionRedrivenEventDetails.builder()
                        .redriveCount(d.redriveCount())
                        .build());
            case EventDetails.Failure d ->
                failure(b, event.type(), d.error().orElse(null), d.cause().orElse(null));
            case EventDetails.StateEntered d ->
                b.stateEnteredEventDetails(StateEnteredEventDetails.builder()
                        .name(d.name())
                        .input(text(d.input()))
                        .inputDetails(whole())
                        .build());
            case EventDetails.StateExited d -> b.stateExitedEventDetails(exited(d));
            case EventDetails.EvaluationFailed d ->
                b.evaluationFailedEventDetails(EvaluationFailedEventDetails.builder()
                        .error(d.error())
                        .cause(d.cause())
                        .location(d.location())
                        .state(d.state())
                        .build());
            case EventDetails.MapStarted d ->
                b.mapStateStartedEventDetails(
                        MapStateStartedEventDetails.builder().length(d.length()).build());
            case EventDetails.MapIteration d -> iteration(b, event.type(), d);
            case EventDetails.MapRunStarted d ->
                b.mapRunStartedEventDetails(MapRunStartedEventDetails.builder()
                        .mapRunArn(d.mapRunArn())
                        .build());
            case EventDetails.MapRunRedriven d ->
                b.mapRunRedrivenEventDetails(MapRunRedrivenEventDetails.builder()
                        .mapRunArn(d.mapRunArn())
                        .redriveCount(d.redriveCount())
                        .build());
            case EventDetails.LambdaScheduled d ->
                b.lambdaFunctionScheduledEventDetails(LambdaFunctionScheduledEventDetails.builder()
                        .resource(d.resource())
                        .input(text(d.input()))
                        .inputDetails(whole())
                        .timeoutInSeconds(d.timeoutSeconds().orElse(null))
                        .taskCredentials(credentials(d.credentialsRole()))
                        .build());
            case EventDetails.LambdaOutput d ->
                b.lambdaFunctionSucceededEventDetails(LambdaFunctionSucceededEventDetails.builder()
                        .output(text(d.output()))
                        .outputDetails(whole())
                        .build());
            case EventDetails.ActivityScheduled d ->
                b.activityScheduledEventDetails(ActivityScheduledEventDetails.builder()
                        .resource(d.resource())
                        .input(text(d.input()))
                        .inputDetails(whole())
                        .timeoutInSeconds(d.timeoutSeconds().orElse(null))
                        .heartbeatInSeconds(d.heartbeatSeconds().orElse(null))
                        .build());
            case EventDetails.ActivityStarted d ->
                b.activityStartedEventDetails(ActivityStartedEventDetails.builder()
                        .workerName(d.workerName().orElse(null))
                        .build());
            case EventDetails.ActivityOutput d ->
                b.activitySucceededEventDetails(ActivitySucceededEventDetails.builder()
                        .output(text(d.output()))
                        .outputDetails(whole())
                        .build());
            case EventDetails.TaskScheduled d ->
                b.taskScheduledEventDetails(TaskScheduledEventDetails.builder()
                        .resourceType(d.resourceType())
                        .resource(d.resource())
                        .region(d.region())
                        .parameters(withData ? d.parameters().toString() : "")
                        .timeoutInSeconds(d.timeoutSeconds().orElse(null))
                        .heartbeatInSeconds(d.heartbeatSeconds().orElse(null))
                        .taskCredentials(credentials(d.credentialsRole()))
                        .build());
            case EventDetails.TaskStarted d ->
                b.taskStartedEventDetails(TaskStartedEventDetails.builder()
                        .resourceType(d.resourceType())
                        .resource(d.resource())
                        .build());
            case EventDetails.TaskOutput d -> taskOutput(b, event.type(), d);
            case EventDetails.TaskFailure d -> taskFailure(b, event.type(), d);
        }
        return b.build();
    }

    private StateExitedEventDetails exited(EventDetails.StateExited d) {
        StateExitedEventDetails.Builder exited = StateExitedEventDetails.builder()
                .name(d.name())
                .output(text(d.output()))
                .outputDetails(whole());
        if (!d.assigned().isEmpty() && withData) {
            Map<String, String> assigned = new LinkedHashMap<>();
            d.assigned().forEach((name, value) -> assigned.put(name, value.toString()));
            exited.assignedVariables(assigned)
                    .assignedVariablesDetails(
                            AssignedVariablesDetails.builder().truncated(false).build());
        }
        return exited.build();
    }

    private static void iteration(HistoryEvent.Builder b, String type, EventDetails.MapIteration d) {
        MapIterationEventDetails details = MapIterationEventDetails.builder()
                .name(d.name())
                .index(d.index())
                .build();
        switch (type) {
            case "MapIterationStarted" -> b.mapIterationStartedEventDetails(details);
            case "MapIterationSucceeded" -> b.mapIterationSucceededEventDetails(details);
            case "MapIterationFailed" -> b.mapIterationFailedEventDetails(details);
            default -> b.mapIterationAbortedEventDetails(details);
        }
    }

    private static void failure(HistoryEvent.Builder b, String type, @Nullable String error, @Nullable String cause) {
        switch (type) {
            case "ExecutionFailed" ->
                b.executionFailedEventDetails(ExecutionFailedEventDetails.builder()
                        .error(error)
                        .cause(cause)
                        .build());
            case "ExecutionAborted" ->
                b.executionAbortedEventDetails(ExecutionAbortedEventDetails.builder()
                        .error(error)
                        .cause(cause)
                        .build());
            case "ExecutionTimedOut" ->
                b.executionTimedOutEventDetails(ExecutionTimedOutEventDetails.builder()
                        .error(error)
                        .cause(cause)
                        .build());
            case "LambdaFunctionFailed" ->
                b.lambdaFunctionFailedEventDetails(LambdaFunctionFailedEventDetails.builder()
                        .error(error)
                        .cause(cause)
                        .build());
            case "LambdaFunctionTimedOut" ->
                b.lambdaFunctionTimedOutEventDetails(LambdaFunctionTimedOutEventDetails.builder()
                        .error(error)
                        .cause(cause)
                        .build());
            case "ActivityScheduleFailed" ->
                b.activityScheduleFailedEventDetails(ActivityScheduleFailedEventDetails.builder()
                        .error(error)
                        .cause(cause)
                        .build());
            case "ActivityFailed" ->
                b.activityFailedEventDetails(ActivityFailedEventDetails.builder()
                        .error(error)
                        .cause(cause)
                        .build());
            case "ActivityTimedOut" ->
                b.activityTimedOutEventDetails(ActivityTimedOutEventDetails.builder()
                        .error(error)
                        .cause(cause)
                        .build());
            case "MapRunFailed" ->
                b.mapRunFailedEventDetails(MapRunFailedEventDetails.builder()
                        .error(error)
                        .cause(cause)
                        .build());
            default -> throw new IllegalStateException(type);
        }
    }

    private void taskOutput(HistoryEvent.Builder b, String type, EventDetails.TaskOutput d) {
        if (type.equals("TaskSubmitted")) {
            b.taskSubmittedEventDetails(TaskSubmittedEventDetails.builder()
                    .resourceType(d.resourceType())
                    .resource(d.resource())
                    .output(text(d.output()))
                    .outputDetails(whole())
                    .build());
        } else {
            b.taskSucceededEventDetails(TaskSucceededEventDetails.builder()
                    .resourceType(d.resourceType())
                    .resource(d.resource())
                    .output(text(d.output()))
                    .outputDetails(whole())
                    .build());
        }
    }

    private static void taskFailure(HistoryEvent.Builder b, String type, EventDetails.TaskFailure d) {
        String error = d.error().orElse(null);
        String cause = d.cause().orElse(null);
        switch (type) {
            case "TaskTimedOut" ->
                b.taskTimedOutEventDetails(TaskTimedOutEventDetails.builder()
                        .resourceType(d.resourceType())
                        .resource(d.resource())
                        .error(error)
                        .cause(cause)
                        .build());
            case "TaskSubmitFailed" ->
                b.taskSubmitFailedEventDetails(TaskSubmitFailedEventDetails.builder()
                        .resourceType(d.resourceType())
                        .resource(d.resource())
                        .error(error)
                        .cause(cause)
                        .build());
            default ->
                b.taskFailedEventDetails(TaskFailedEventDetails.builder()
                        .resourceType(d.resourceType())
                        .resource(d.resource())
                        .error(error)
                        .cause(cause)
                        .build());
        }
    }
}
