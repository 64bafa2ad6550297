package io.pileus.lambda.mapping;

import io.pileus.core.identity.Arn;
import io.pileus.core.port.QueueReader;
import io.pileus.core.testkit.TestEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Queues as far as a mapping sees them. */
final class TestQueues implements QueueReader {
    private final TestEnvironment env;
    private final Map<Arn, TestQueue> queues = new HashMap<>();
    private final Map<Arn, List<Runnable>> tasks = new HashMap<>();

    TestQueues(TestEnvironment env) {
        this.env = env;
    }

    static final class Stored {
        final String id;
        final String body;
        final String group;
        Map<String, Attribute> attributes = Map.of();
        Instant visibleAt = Instant.EPOCH;
        int receives;

        Stored(String id, String body, String group) {
            this.id = id;
            this.body = body;
            this.group = group;
        }
    }

    final class TestQueue {
        final Arn arn;
        final boolean fifo;
        Duration visibilityTimeout = Duration.ofSeconds(30);
        int receivesMax = Integer.MAX_VALUE;
        final List<Stored> messages = new ArrayList<>();
        final List<String> deadLetters = new ArrayList<>();

        @Nullable
        Refused refusal;

        private int ids;

        TestQueue(Arn arn) {
            this.arn = arn;
            this.fifo = arn.resource().endsWith(".fifo");
        }

        /** Sends messages one after the other. */
        void send(String... bodies) {
            for (String body : bodies) {
                send(new Stored("m" + ++ids, body, ""));
            }
        }

        void sendToGroup(String group, String body) {
            send(new Stored("m" + ++ids, body, group));
        }

        void send(Stored message) {
            messages.add(message);
            wake(arn);
        }

        List<String> bodies() {
            return messages.stream().map(message -> message.body).toList();
        }
    }

    TestQueue queue(String name) {
        Arn arn = Arn.parse("arn:aws:sqs:us-east-1:000000000000:" + name).orElseThrow();
        return queues.computeIfAbsent(arn, TestQueue::new);
    }

    void remove(TestQueue queue) {
        queues.remove(queue.arn);
    }

    private void wake(Arn arn) {
        List.copyOf(tasks.getOrDefault(arn, List.of())).forEach(Runnable::run);
    }

    @Override
    public Optional<QueueInfo> queue(Arn arn) {
        return Optional.ofNullable(queues.get(arn)).map(q -> new QueueInfo(q.fifo, q.visibilityTimeout));
    }

    @Override
    public Receive receive(Arn arn, int messagesMax) {
        TestQueue queue = queues.get(arn);
        if (queue == null) {
            return new Refused("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist.");
        }
        if (queue.refusal != null) {
            return queue.refusal;
        }
        Set<String> locked = new HashSet<>();
        queue.messages.stream()
                .filter(m -> m.visibleAt.isAfter(env.now()) && !m.group.isEmpty())
                .forEach(m -> locked.add(m.group));
        List<Message> received = new ArrayList<>();
        for (Iterator<Stored> all = queue.messages.iterator(); all.hasNext() && received.size() < messagesMax; ) {
            Stored message = all.next();
            if (message.visibleAt.isAfter(env.now()) || locked.contains(message.group)) {
                continue;
            }
            if (message.receives >= queue.receivesMax) {
                all.remove();
                queue.deadLetters.add(message.body);
                continue;
            }
            message.receives++;
            message.visibleAt = env.now().plus(queue.visibilityTimeout);
            env.services().timers().at(message.visibleAt, () -> wake(arn));
            received.add(seen(message, queue));
        }
        return new Received(received);
    }

    private Message seen(Stored message, TestQueue queue) {
        Map<String, String> system = new LinkedHashMap<>();
        system.put("SenderId", "AIDAEXAMPLE");
        system.put("SentTimestamp", "1767225600000");
        system.put("ApproximateReceiveCount", Integer.toString(message.receives));
        system.put("ApproximateFirstReceiveTimestamp", "1767225600001");
        if (queue.fifo) {
            system.put("SequenceNumber", "18849496460467696128");
            system.put("MessageGroupId", message.group);
            system.put("MessageDeduplicationId", message.id);
        }
        return new Message(
                message.id,
                message.id + "#" + message.receives,
                message.body,
                "md5",
                system,
                message.attributes,
                message.attributes.isEmpty() ? Optional.empty() : Optional.of("md5a"));
    }

    @Override
    public void delete(Arn arn, List<String> receiptHandles) {
        TestQueue queue = queues.get(arn);
        if (queue == null) {
            return;
        }
        Set<String> handles = Set.copyOf(receiptHandles);
        boolean any = queue.messages.removeIf(message -> handles.contains(message.id + "#" + message.receives));
        if (any && queue.fifo) {
            wake(arn);
        }
    }

    @Override
    public Registration onMessages(Arn arn, Runnable task) {
        tasks.computeIfAbsent(arn, a -> new ArrayList<>()).add(task);
        return () -> tasks.get(arn).remove(task);
    }
}
