package io.pileus.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.sqs.model.CancelMessageMoveTaskRequest;
import io.pileus.sqs.model.CancelMessageMoveTaskResult;
import io.pileus.sqs.model.ListMessageMoveTasksRequest;
import io.pileus.sqs.model.ListMessageMoveTasksResult;
import io.pileus.sqs.model.ListMessageMoveTasksResultEntry;
import io.pileus.sqs.model.StartMessageMoveTaskRequest;
import io.pileus.sqs.model.StartMessageMoveTaskResult;
import io.pileus.sqs.state.JsonText;
import io.pileus.sqs.state.MessageMoveTask;
import io.pileus.sqs.state.Queue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Moving dead letters back (redrive): starting, listing and cancelling message move tasks. */
final class MessageMoveOperations {
    private final AllQueues queues;
    private final Ids ids;

    MessageMoveOperations(AllQueues queues, Ids ids) {
        this.queues = queues;
        this.ids = ids;
    }

    StartMessageMoveTaskResult startMessageMoveTask(StartMessageMoveTaskRequest input, CallContext call) {
        Queue source = required(input.sourceArn(), "SourceArn");
        queues.checkOwner(source, "StartMessageMoveTask", call);
        Queue destination = input.destinationArn() == null ? null : required(input.destinationArn(), "DestinationArn");
        Queues owners = queues.ownersOf(source);
        if (owners.sourcesOf(source).isEmpty()) {
            throw SqsErrors.invalidParameterValue("Source queue must be configured as a Dead Letter Queue.");
        }
        if (destination != null && destination.isFifo() != source.isFifo()) {
            throw SqsErrors.invalidParameterValue(
                    "Source and destination queues must be of the same type."); // words ours
        }
        MessageMoveTask task = new MessageMoveTask(
                ids.uuid(),
                source,
                destination,
                rateOf(input.maxNumberOfMessagesPerSecond()),
                call.receivedAt().toEpochMilli(),
                queues.surroundings());
        if (!owners.addMoveTask(task)) {
            throw SqsErrors.invalidParameterValue(
                    "There is already a task running. Only one active task is allowed for a"
                            + " source queue arn at a given time.");
        }
        task.start();
        return StartMessageMoveTaskResult.builder().taskHandle(handleOf(task)).build();
    }

    private static OptionalInt rateOf(@Nullable Integer messagesPerSecond) {
        if (messagesPerSecond == null) {
            return OptionalInt.empty();
        }
        if (messagesPerSecond < 1 || messagesPerSecond > SqsLimits.MOVED_MESSAGES_PER_SECOND) {
            throw SqsErrors.invalidParameter(
                    messagesPerSecond.toString(),
                    "MaxNumberOfMessagesPerSecond",
                    "Must be between 1 and 500, if provided.");
        }
        return OptionalInt.of(messagesPerSecond);
    }

    ListMessageMoveTasksResult listMessageMoveTasks(ListMessageMoveTasksRequest input, CallContext call) {
        Queue source = required(input.sourceArn(), "SourceArn");
        queues.checkOwner(source, "ListMessageMoveTasks", call);
        int maxResults = input.maxResults() == null ? 1 : input.maxResults();
        if (maxResults < 1 || maxResults > SqsLimits.LISTED_MOVE_TASKS) {
            throw SqsErrors.invalidParameter(
                    Integer.toString(maxResults), "MaxResults", "Must be between 1 and 10, if provided.");
        }
        List<ListMessageMoveTasksResultEntry> entries = queues.ownersOf(source).moveTasksFrom(source.arn()).stream()
                .limit(maxResults)
                .map(MessageMoveOperations::describe)
                .toList();
        return ListMessageMoveTasksResult.builder().results(entries).build();
    }

    private static ListMessageMoveTasksResultEntry describe(MessageMoveTask task) {
        ListMessageMoveTasksResultEntry.Builder entry = ListMessageMoveTasksResultEntry.builder()
                .status(task.status().name())
                .sourceArn(task.source().arn().toString())
                .approximateNumberOfMessagesMoved(task.moved())
                .approximateNumberOfMessagesToMove((long) task.messagesToMove())
                .startedTimestamp(task.startedAtMillis());
        if (task.isUnderWay()) {
            entry.taskHandle(handleOf(task));
        }
        task.destination().ifPresent(queue -> entry.destinationArn(queue.arn().toString()));
        task.messagesPerSecond().ifPresent(entry::maxNumberOfMessagesPerSecond);
        task.failureReason().ifPresent(entry::failureReason);
        return entry.build();
    }

    CancelMessageMoveTaskResult cancelMessageMoveTask(CancelMessageMoveTaskRequest input, CallContext call) {
        String handle = input.taskHandle();
        if (handle == null || handle.isEmpty()) {
            throw SqsErrors.missingParameter("TaskHandle");
        }
        JsonNode decoded = decode(handle)
                .orElseThrow(() -> SqsErrors.invalidParameterValue("Value invalid for parameter TaskHandle."));
        Queue source = Arn.parse(decoded.path("sourceArn").asText())
                .flatMap(queues::find)
                .orElseThrow(() -> SqsErrors.resourceNotFound("SourceArn"));
        queues.checkOwner(source, "CancelMessageMoveTask", call);
        MessageMoveTask task = queues.ownersOf(source).moveTasksFrom(source.arn()).stream()
                .filter(t -> t.id().equals(decoded.path("taskId").asText()))
                .findFirst()
                .orElseThrow(SqsErrors::moveTaskNotFound);
        if (!task.cancel(call.receivedAt().toEpochMilli())) {
            throw SqsErrors.moveTaskNotFound();
        }
        return CancelMessageMoveTaskResult.builder()
                .approximateNumberOfMessagesMoved(task.moved())
                .build();
    }

    private Queue required(@Nullable String arn, String parameter) {
        if (arn == null || arn.isEmpty()) {
            throw SqsErrors.missingParameter(parameter);
        }
        return Arn.parse(arn).flatMap(queues::find).orElseThrow(() -> SqsErrors.resourceNotFound(parameter));
    }

    /** A handle tells the task's id and the source queue, as AWS's do. */
    private static String handleOf(MessageMoveTask task) {
        JsonNode content = JsonNodeFactory.instance
                .objectNode()
                .put("taskId", task.id())
                .put("sourceArn", task.source().arn().toString());
        return Base64.getEncoder().encodeToString(JsonText.print(content).getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<JsonNode> decode(String handle) {
        try {
            return JsonText.object(new String(Base64.getDecoder().decode(handle), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
