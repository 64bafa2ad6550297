package io.pileus.sqs;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Region;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import io.pileus.sqs.state.MessageMoveTask;
import io.pileus.sqs.state.MovesUnderWay.Moving;
import io.pileus.sqs.state.Queue;
import io.pileus.sqs.state.QueueAttributes;
import io.pileus.sqs.state.QueueIdentity;
import io.pileus.sqs.state.QueueSnapshot;
import io.pileus.sqs.state.QueueSnapshot.MessageSnapshot;
import io.pileus.sqs.state.SavedMessage;
import io.pileus.sqs.state.SavedMoveTasks;
import io.pileus.sqs.state.SavedMoveTasks.SavedMoveTask;
import io.pileus.sqs.state.SavedQueue;
import io.pileus.sqs.state.SavedSent;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * SQS saved and loaded: queues, messages in whatever state they are, what FIFO queues remember, message move tasks, and the
 * names of queues deleted lately. A queue whose version is that of the last save is not looked at.
 */
final class SqsState {
    /** The names of queues deleted within the last minute. */
    record SavedDeletions(Map<String, Long> deletedAtMillis) {}

    private final AllQueues queues;
    private final InstantSource clock;

    SqsState(AllQueues queues, InstantSource clock) {
        this.queues = queues;
        this.clock = clock;
    }

    /** A message that is on its way from one queue to another may be saved twice, but is not missing. */
    void save(StateSink sink) {
        List<Moving> moving =
                queues.surroundings().moves().during(() -> queues.all().forEach(owned -> save(owned, sink)));
        for (Moving one : moving) {
            QueueIdentity queue = one.queue().identity();
            sink.put(
                    new Scope(queue.account(), queue.region()),
                    "moving",
                    idOf(one.queue(), one.message()),
                    one.message(),
                    one.message()::saved);
        }
    }

    private static String idOf(Queue queue, MessageSnapshot message) {
        return queue.name() + "/" + message.message().sequence();
    }

    private static void save(Queues owned, StateSink sink) {
        Scope scope = new Scope(owned.account(), owned.region());
        for (Queue queue : owned.all()) {
            sink.part(scope, queue.name(), queue.version(), part -> save(queue, scope, part));
        }
        owned.moveTasks()
                .forEach((source, tasks) -> sink.put(
                        scope,
                        "move-tasks",
                        source.resource(),
                        new SavedMoveTasks(
                                tasks.stream().map(MessageMoveTask::saved).toList())));
        Map<String, Long> deleted = owned.deletedAtMillis();
        if (!deleted.isEmpty()) {
            sink.put(scope, "deletions", "", new SavedDeletions(deleted));
        }
    }

    private static void save(Queue queue, Scope scope, StateSink sink) {
        QueueSnapshot snapshot = queue.snapshot();
        sink.put(scope, "queue", queue.name(), snapshot.queue());
        for (MessageSnapshot message : snapshot.messages()) {
            sink.put(scope, "message", idOf(queue, message), message, message::saved);
        }
        for (SavedSent sent : snapshot.sent()) {
            sink.put(scope, "sent", queue.name() + "/" + sent.sent().sequenceNumber(), sent, () -> sent);
        }
    }

    /** Messages and what belongs to them are collected first: a queue takes them all at once. */
    void load(StateSource source) {
        Map<Arn, SavedQueue> saved = new HashMap<>();
        Map<Arn, List<SavedMessage>> messages = new HashMap<>();
        Map<Arn, List<SavedSent>> sent = new HashMap<>();
        source.each("queue", SavedQueue.class, (scope, name, queue) -> {
            Queue restored = Queue.restore(queue, queues.surroundings());
            queues.of(scope.account(), scope.region()).restore(restored);
            queues.attachArrivalTasks(restored);
            saved.put(restored.arn(), queue);
        });
        source.each("message", SavedMessage.class, (scope, id, message) -> add(messages, scope, id, message));
        source.each("moving", SavedMessage.class, (scope, id, message) -> add(messages, scope, id, message));
        messages.values().forEach(ofQueue -> ofQueue.sort(Comparator.comparingLong(SavedMessage::sequence)));
        source.each("sent", SavedSent.class, (scope, id, one) -> add(sent, scope, id, one));
        forEach(queue -> queue.restore(
                messages.getOrDefault(queue.arn(), List.of()),
                sent.getOrDefault(queue.arn(), List.of()),
                saved.get(queue.arn()).attempts()));
        source.each("move-tasks", SavedMoveTasks.class, this::restore);
        source.each(
                "deletions",
                SavedDeletions.class,
                (scope, id, deletions) ->
                        queues.of(scope.account(), scope.region()).restoreDeletions(deletions.deletedAtMillis()));
    }

    private static <T> void add(Map<Arn, List<T>> all, Scope scope, String id, T one) {
        Arn queue = Arn.of("sqs", scope.region(), scope.account(), id.substring(0, id.indexOf('/')));
        all.computeIfAbsent(queue, q -> new ArrayList<>()).add(one);
    }

    private void restore(Scope scope, String sourceName, SavedMoveTasks saved) {
        Queue source = queues.find(scope.account(), scope.region(), sourceName).orElseThrow();
        queues.of(scope.account(), scope.region())
                .restore(
                        source.arn(),
                        saved.tasks().stream()
                                .map(task -> MessageMoveTask.restore(
                                        task, source, destinationOf(task), queues.surroundings()))
                                .toList());
    }

    private @Nullable Queue destinationOf(SavedMoveTask task) {
        if (task.destinationArn() == null) {
            return null;
        }
        Arn arn = Arn.parse(task.destinationArn()).orElseThrow();
        return queues.find(arn).orElseGet(() -> deletedQueue(arn));
    }

    /** Stands for a queue that was deleted after messages were moved to it: it has a name only. */
    private Queue deletedQueue(Arn arn) {
        Scope scope = new Scope(new AccountId(arn.account()), new Region(arn.region()));
        QueueIdentity identity = new QueueIdentity(arn.resource(), scope.account(), scope.region(), 0, 0);
        Queue queue = Queue.create(identity, QueueAttributes.standard(), Map.of(), queues.surroundings());
        queue.close();
        return queue;
    }

    void resume() {
        long nowMillis = clock.millis();
        forEach(queue -> queue.resume(nowMillis));
        queues.all()
                .forEach(owned -> owned.moveTasks().values().forEach(tasks -> tasks.forEach(MessageMoveTask::resume)));
    }

    private void forEach(Consumer<Queue> consumer) {
        queues.all().forEach(owned -> owned.all().forEach(consumer));
    }
}
