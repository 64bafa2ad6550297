package io.pileus.sqs;

import io.pileus.core.port.QueueReader;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.HttpRoute;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import io.pileus.sqs.model.*;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Amazon SQS: its operations, each in one line. */
public final class SqsService implements EmulatedService, SqsOperations {
    private final AllQueues allQueues;
    private final QueueOperations queues;
    private final TagOperations tags;
    private final PermissionOperations permissions;
    private final MessageOperations messages;
    private final BatchOperations batches;
    private final MessageMoveOperations moves;
    private final SqsInspection inspection;
    private final SqsState state;
    private final List<HttpRoute> routes;

    public SqsService(ServiceEnvironment environment) {
        allQueues = new AllQueues(environment);
        FifoQuotas quotas = new FifoQuotas(environment.settings());
        QueueKeys keys = new QueueKeys(environment.ports());
        queues = new QueueOperations(allQueues, () -> environment.ids().bytes(Long.BYTES));
        tags = new TagOperations(allQueues);
        permissions = new PermissionOperations(allQueues);
        messages = new MessageOperations(allQueues, keys, quotas);
        batches = new BatchOperations(allQueues, messages, quotas);
        moves = new MessageMoveOperations(allQueues, environment.ids());
        state = new SqsState(allQueues, environment.clock());
        inspection = new SqsInspection(allQueues, environment.clock());
        routes = new MessagesEndpoint(allQueues, new SqsApi(this)).routes();
        environment
                .ports()
                .deliveries()
                .register("sqs", new QueueDeliveries(allQueues, keys, environment.settings(), environment.clock()));
        environment.ports().provide(SqsInspection.class, inspection);
        environment.ports().provide(QueueReader.class, new MessageReader(allQueues, keys, environment.clock()));
    }

    // Queues

    @Override
    public CreateQueueResult createQueue(CreateQueueRequest input, CallContext call) {
        return queues.createQueue(input, call);
    }

    @Override
    public DeleteQueueResponse deleteQueue(DeleteQueueRequest input, CallContext call) {
        return queues.deleteQueue(input, call);
    }

    @Override
    public PurgeQueueResponse purgeQueue(PurgeQueueRequest input, CallContext call) {
        return queues.purgeQueue(input, call);
    }

    @Override
    public GetQueueUrlResult getQueueUrl(GetQueueUrlRequest input, CallContext call) {
        return queues.getQueueUrl(input, call);
    }

    @Override
    public ListQueuesResult listQueues(ListQueuesRequest input, CallContext call) {
        return queues.listQueues(input, call);
    }

    @Override
    public ListDeadLetterSourceQueuesResult listDeadLetterSourceQueues(
            ListDeadLetterSourceQueuesRequest input, CallContext call) {
        return queues.listDeadLetterSourceQueues(input, call);
    }

    @Override
    public GetQueueAttributesResult getQueueAttributes(GetQueueAttributesRequest input, CallContext call) {
        return queues.getQueueAttributes(input, call);
    }

    @Override
    public SetQueueAttributesResponse setQueueAttributes(SetQueueAttributesRequest input, CallContext call) {
        return queues.setQueueAttributes(input, call);
    }

    // Tags

    @Override
    public TagQueueResponse tagQueue(TagQueueRequest input, CallContext call) {
        return tags.tagQueue(input, call);
    }

    @Override
    public UntagQueueResponse untagQueue(UntagQueueRequest input, CallContext call) {
        return tags.untagQueue(input, call);
    }

    @Override
    public ListQueueTagsResult listQueueTags(ListQueueTagsRequest input, CallContext call) {
        return tags.listQueueTags(input, call);
    }

    // Permissions

    @Override
    public AddPermissionResponse addPermission(AddPermissionRequest input, CallContext call) {
        return permissions.addPermission(input, call);
    }

    @Override
    public RemovePermissionResponse removePermission(RemovePermissionRequest input, CallContext call) {
        return permissions.removePermission(input, call);
    }

    // Messages

    @Override
    public SendMessageResult sendMessage(SendMessageRequest input, CallContext call) {
        return messages.sendMessage(input, call);
    }

    @Override
    public CompletionStage<ReceiveMessageResult> receiveMessage(ReceiveMessageRequest input, CallContext call) {
        return messages.receiveMessage(input, call);
    }

    @Override
    public DeleteMessageResponse deleteMessage(DeleteMessageRequest input, CallContext call) {
        return messages.deleteMessage(input, call);
    }

    @Override
    public ChangeMessageVisibilityResponse changeMessageVisibility(
            ChangeMessageVisibilityRequest input, CallContext call) {
        return messages.changeMessageVisibility(input, call);
    }

    @Override
    public SendMessageBatchResult sendMessageBatch(SendMessageBatchRequest input, CallContext call) {
        return batches.sendMessageBatch(input, call);
    }

    @Override
    public DeleteMessageBatchResult deleteMessageBatch(DeleteMessageBatchRequest input, CallContext call) {
        return batches.deleteMessageBatch(input, call);
    }

    @Override
    public ChangeMessageVisibilityBatchResult changeMessageVisibilityBatch(
            ChangeMessageVisibilityBatchRequest input, CallContext call) {
        return batches.changeMessageVisibilityBatch(input, call);
    }

    // Dead letters

    @Override
    public StartMessageMoveTaskResult startMessageMoveTask(StartMessageMoveTaskRequest input, CallContext call) {
        return moves.startMessageMoveTask(input, call);
    }

    @Override
    public ListMessageMoveTasksResult listMessageMoveTasks(ListMessageMoveTasksRequest input, CallContext call) {
        return moves.listMessageMoveTasks(input, call);
    }

    @Override
    public CancelMessageMoveTaskResult cancelMessageMoveTask(CancelMessageMoveTaskRequest input, CallContext call) {
        return moves.cancelMessageMoveTask(input, call);
    }

    // The service as the house sees it

    @Override
    public List<ServiceApi> apis() {
        return List.of(new SqsApi(this));
    }

    @Override
    public List<HttpRoute> routes() {
        return routes;
    }

    @Override
    public void reset(ResetScope scope) {
        allQueues.reset(scope);
    }

    @Override
    public void save(StateSink sink) {
        state.save(sink);
    }

    @Override
    public void load(StateSource source) {
        state.load(source);
    }

    @Override
    public void resume() {
        state.resume();
    }

    @Override
    public void close() {
        allQueues.reset(ResetScope.EVERYTHING);
    }

    /** A look at the queues without side effects, for tests and the console. */
    public SqsInspection inspection() {
        return inspection;
    }
}
