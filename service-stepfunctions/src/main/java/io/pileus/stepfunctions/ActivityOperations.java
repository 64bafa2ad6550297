package io.pileus.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.Scopes;
import io.pileus.core.time.Timers;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.model.*;
import io.pileus.stepfunctions.run.PendingTask;
import io.pileus.stepfunctions.run.TaskTokens;
import io.pileus.stepfunctions.state.Activity;
import io.pileus.stepfunctions.state.StepFunctionsState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Activities and their workers, and whoever else sends a task's result by its token. */
final class ActivityOperations {
    private final Scopes<StepFunctionsState> scopes;
    private final Timers timers;
    private final TaskTokens tokens;
    private final EncryptionKeys keys;

    ActivityOperations(Scopes<StepFunctionsState> scopes, Timers timers, TaskTokens tokens, EncryptionKeys keys) {
        this.scopes = scopes;
        this.timers = timers;
        this.tokens = tokens;
        this.keys = keys;
    }

    CreateActivityOutput createActivity(CreateActivityInput input, CallContext call) {
        Names.check(input.name());
        Tags.check(input.tags());
        EncryptionConfiguration encryption = keys.check(input.encryptionConfiguration(), call);
        String arn = StateMachineOperations.arnOf(call, "activity", input.name());
        StepFunctionsState state = scopes.of(call);
        return state.locked(() -> {
            Activity existing = state.activities().get(arn);
            if (existing != null && !existing.encryption().equals(encryption)) {
                throw StepFunctionsErrors.activityAlreadyExists(arn);
            }
            Activity activity = existing != null
                    ? existing
                    : new Activity(arn, input.name(), StateMachineOperations.at(call), encryption);
            if (existing == null) {
                state.activities().put(arn, activity);
                input.tags().forEach(tag -> activity.tags().put(tag.key(), tag.value() == null ? "" : tag.value()));
            }
            return CreateActivityOutput.builder()
                    .activityArn(arn)
                    .creationDate(activity.createdAt())
                    .build();
        });
    }

    DeleteActivityOutput deleteActivity(DeleteActivityInput input, CallContext call) {
        Arns.activity(input.activityArn());
        StepFunctionsState state = scopes.of(call);
        Optional<Activity> removed =
                state.locked(() -> Optional.ofNullable(state.activities().remove(input.activityArn())));
        removed.ifPresent(Activity::close);
        return DeleteActivityOutput.builder().build();
    }

    private Activity find(String arn, CallContext call) {
        Arns.activity(arn);
        return scopes.of(call).activity(arn).orElseThrow(() -> StepFunctionsErrors.activityDoesNotExist(arn));
    }

    DescribeActivityOutput describeActivity(DescribeActivityInput input, CallContext call) {
        Activity activity = find(input.activityArn(), call);
        return DescribeActivityOutput.builder()
                .activityArn(activity.arn())
                .name(activity.name())
                .creationDate(activity.createdAt())
                .encryptionConfiguration(activity.encryption())
                .build();
    }

    ListActivitiesOutput listActivities(ListActivitiesInput input, CallContext call) {
        StepFunctionsState state = scopes.of(call);
        List<Activity> activities =
                state.locked(() -> new ArrayList<>(state.activities().values()));
        Pages.Page<Activity> page = Pages.of(activities, Activity::arn, input.nextToken(), input.maxResults());
        return ListActivitiesOutput.builder()
                .activities(page.entries().stream()
                        .map(a -> ActivityListItem.builder()
                                .activityArn(a.arn())
                                .name(a.name())
                                .creationDate(a.createdAt())
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    CompletionStage<GetActivityTaskOutput> getActivityTask(GetActivityTaskInput input, CallContext call) {
        Activity activity = find(input.activityArn(), call);
        keys.requireUsable(activity.encryption(), call.account(), call.region());
        if (activity.tooManyPollers()) {
            throw ActivityWorkerLimitExceededException.of(
                    "Activity Worker Limit Exceeded: '" + input.activityArn() + "'");
        }
        CompletableFuture<Optional<Activity.Task>> poll =
                activity.poll(Optional.ofNullable(input.workerName()), call.receivedAt(), timers);
        CompletableFuture<GetActivityTaskOutput> answer = new CompletableFuture<>();
        poll.thenAccept(task -> answer.complete(GetActivityTaskOutput.builder()
                .taskToken(task.map(Activity.Task::token).orElse(null))
                .input(task.map(Activity.Task::input).orElse(null))
                .build()));
        // A worker whose connection is gone takes no task.
        answer.whenComplete((output, failure) -> poll.cancel(false));
        return answer;
    }

    // ---- results by token -----------------------------------------------------------------------------------------

    private PendingTask pending(String token) {
        return tokens.find(token).orElseThrow(() -> {
            if (TaskTokens.wellFormed(token)) {
                return StepFunctionsErrors.taskTimedOut();
            }
            return StepFunctionsErrors.invalidToken();
        });
    }

    private static void mustBeTaken(boolean taken) {
        if (!taken) {
            throw StepFunctionsErrors.taskTimedOut();
        }
    }

    SendTaskSuccessOutput sendTaskSuccess(SendTaskSuccessInput input, CallContext call) {
        JsonNode output;
        try {
            output = Json.read(input.output());
        } catch (JsonProcessingException e) {
            throw StepFunctionsErrors.invalidOutput(e.getMessage());
        }
        mustBeTaken(pending(input.taskToken()).succeeded(output));
        return SendTaskSuccessOutput.builder().build();
    }

    SendTaskFailureOutput sendTaskFailure(SendTaskFailureInput input, CallContext call) {
        mustBeTaken(pending(input.taskToken())
                .failed(input.error() == null ? "" : input.error(), Optional.ofNullable(input.cause())));
        return SendTaskFailureOutput.builder().build();
    }

    SendTaskHeartbeatOutput sendTaskHeartbeat(SendTaskHeartbeatInput input, CallContext call) {
        mustBeTaken(pending(input.taskToken()).heartbeat());
        return SendTaskHeartbeatOutput.builder().build();
    }
}
