package io.pileus.sqs;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Region;
import io.pileus.sqs.state.MessageMoveTask;
import io.pileus.sqs.state.Queue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** The queues of one account in one region, in the order of their names. Safe for concurrent use. */
final class Queues {
    private final AccountId account;
    private final Region region;
    private final NavigableMap<String, Queue> queues = new ConcurrentSkipListMap<>();

    /** Names of deleted queues, the longest deleted first. Guarded by itself. */
    private final Map<String, Long> deletedAtMillis = new LinkedHashMap<>();

    private final Map<Arn, List<MessageMoveTask>> moveTasks = new ConcurrentHashMap<>();

    Queues(AccountId account, Region region) {
        this.account = account;
        this.region = region;
    }

    AccountId account() {
        return account;
    }

    Region region() {
        return region;
    }

    Optional<Queue> find(String name) {
        return Optional.ofNullable(queues.get(name));
    }

    /** The queue of this name; made when there is none. */
    Queue findOrAdd(String name, Supplier<Queue> create) {
        return queues.computeIfAbsent(name, n -> create.get());
    }

    /** Takes the queue out of the account and ends it. */
    void remove(Queue queue, long nowMillis) {
        if (queues.remove(queue.name(), queue)) {
            rememberDeletion(queue.name(), nowMillis);
            queue.close();
        }
        List<MessageMoveTask> tasks = moveTasks.remove(queue.arn());
        if (tasks != null) {
            tasks.forEach(task -> task.cancel(nowMillis));
        }
    }

    /** Whether a queue of this name was deleted within the last 60 seconds. */
    boolean wasDeletedRecently(String name, long nowMillis) {
        synchronized (deletedAtMillis) {
            Long deleted = deletedAtMillis.get(name);
            return deleted != null && isRecent(deleted, nowMillis);
        }
    }

    private void rememberDeletion(String name, long nowMillis) {
        synchronized (deletedAtMillis) {
            Iterator<Long> oldest = deletedAtMillis.values().iterator();
            while (oldest.hasNext() && !isRecent(oldest.next(), nowMillis)) {
                oldest.remove();
            }
            deletedAtMillis.remove(name);
            deletedAtMillis.put(name, nowMillis);
        }
    }

    private static boolean isRecent(long deletedAtMillis, long nowMillis) {
        return nowMillis - deletedAtMillis < SqsLimits.DELETE_AND_PURGE_PAUSE.toMillis();
    }

    /** All queues whose names begin so and come after a name, in order. */
    Iterable<Queue> after(String name, String prefix) {
        String from = name.compareTo(prefix) >= 0 ? name : prefix;
        boolean inclusive = !from.equals(name);
        return () -> queues.tailMap(from, inclusive || name.isEmpty()).values().stream()
                .takeWhile(q -> q.name().startsWith(prefix))
                .iterator();
    }

    List<Queue> all() {
        return List.copyOf(queues.values());
    }

    /** The queues that name this one as their dead-letter queue. */
    List<Queue> sourcesOf(Queue deadLetterQueue) {
        return queues.values().stream()
                .filter(q -> q.attributes()
                        .redrivePolicy()
                        .filter(policy -> policy.deadLetterTargetArn().equals(deadLetterQueue.arn()))
                        .isPresent())
                .toList();
    }

    /** The latest message move tasks from a queue, the latest first. */
    List<MessageMoveTask> moveTasksFrom(Arn source) {
        return List.copyOf(moveTasks.getOrDefault(source, List.of()));
    }

    /** Adds a task unless one from the same queue is under way; says whether it did. */
    boolean addMoveTask(MessageMoveTask task) {
        boolean[] added = {false};
        moveTasks.compute(task.source().arn(), (arn, tasks) -> {
            if (tasks != null && tasks.getFirst().isUnderWay()) {
                return tasks;
            }
            added[0] = true;
            List<MessageMoveTask> latest = new ArrayList<>();
            latest.add(task);
            if (tasks != null) {
                latest.addAll(tasks.subList(0, Math.min(tasks.size(), SqsLimits.LISTED_MOVE_TASKS - 1)));
            }
            return latest;
        });
        return added[0];
    }

    /** When queues were deleted whose names may not be used again yet. */
    Map<String, Long> deletedAtMillis() {
        synchronized (deletedAtMillis) {
            return new LinkedHashMap<>(deletedAtMillis);
        }
    }

    /** The message move tasks by the queues they are from, the latest first. */
    Map<Arn, List<MessageMoveTask>> moveTasks() {
        return Map.copyOf(moveTasks);
    }

    void restore(Queue queue) {
        queues.put(queue.name(), queue);
    }

    void restoreDeletions(Map<String, Long> saved) {
        synchronized (deletedAtMillis) {
            deletedAtMillis.putAll(saved);
        }
    }

    void restore(Arn source, List<MessageMoveTask> tasks) {
        moveTasks.put(source, List.copyOf(tasks));
    }

    /** Ends everything: the account is reset. */
    void close(long nowMillis) {
        moveTasks.values().forEach(tasks -> tasks.forEach(task -> task.cancel(nowMillis)));
        queues.values().forEach(Queue::close);
        queues.clear();
    }
}
