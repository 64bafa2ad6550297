package io.pileus.lambda.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.port.FunctionInvoker;
import io.pileus.core.port.QueueReader;
import io.pileus.core.time.Timers;
import io.pileus.lambda.model.ScalingConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls messages from a queue and invokes the function with batches of them. The queue wakes it; messages are received only
 * while there is room for another batch, and a batch that waits for its window counts as one.
 *
 * <pre>
 *   visible --received--&gt; waiting --batch full or window over--&gt; in a batch --success--&gt; deleted
 *                            |                                      |
 *                            +-- filtered out --&gt; deleted           +-- failure --&gt; visible again with the queue's timeout
 * </pre>
 *
 * Only tasks of the mailbox touch the state.
 */
final class QueueLoop implements Mapping.Loop {
    private static final Logger log = LoggerFactory.getLogger(QueueLoop.class);

    /** How many batches Lambda processes at a time when it begins with a queue, and how many more a minute later. */
    private static final int BATCHES_AT_FIRST = 5;

    private static final int BATCHES_MORE_A_MINUTE = 300;
    private static final int BATCHES_MAX = 1000;

    /** After how long a queue is tried again that could not be read, for instance because of its key, or for no function. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private static final String NO_QUEUE = "AWS.SimpleQueueService.NonExistentQueue";
    private static final int RECEIVED_AT_ONCE = 100;

    private final Surroundings surroundings;
    private final Mapping mapping;
    private final QueueReader queues;
    private final Mailbox mailbox;
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile boolean hasRoom;
    private QueueReader.@Nullable Registration registration;

    private boolean running;
    private int inFlight;
    private int batchesMax = BATCHES_AT_FIRST;

    /** How many batches may be in flight after failures; as many as there are places while all goes well. */
    private int allowance = BATCHES_MAX;

    private final Set<String> busyGroups = new HashSet<>();

    /** Received messages that are in no batch yet, by message id. */
    private final Map<String, Received> waiting = new LinkedHashMap<>();

    private @Nullable Instant windowEnd;
    private Timers.@Nullable Timer windowTimer;
    private Timers.@Nullable Timer growthTimer;
    private Timers.@Nullable Timer retryTimer;

    /**
     * A received message.
     *
     * @param group its FIFO group; empty for none
     * @param json its record in the event
     * @param hiddenUntil when the queue shows it again
     */
    private record Received(
            String messageId, String receiptHandle, String group, String json, int bytes, Instant hiddenUntil) {}

    /** Messages on their way through the function. */
    private record Batch(List<Received> messages, Instant hiddenUntil) {}

    QueueLoop(Surroundings surroundings, Mapping mapping) {
        this.surroundings = surroundings;
        this.mapping = mapping;
        this.queues = surroundings.env().ports().find(QueueReader.class).orElseThrow();
        this.mailbox = new Mailbox(surroundings.env().workers());
    }

    @Override
    public void start() {
        mailbox.post(() -> {
            running = true;
            if (registration == null) {
                registration = queues.onMessages(mapping.source(), this::wake);
            }
            pump();
        });
    }

    @Override
    public void stop() {
        mailbox.post(() -> {
            running = false;
            if (registration != null) {
                registration.cancel();
                registration = null;
            }
            // what was received and not handed on comes back with the visibility timeout
            waiting.clear();
            windowEnd = null;
            windowTimer = cancel(windowTimer);
            growthTimer = cancel(growthTimer);
            retryTimer = cancel(retryTimer);
        });
    }

    private static Timers.@Nullable Timer cancel(Timers.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
        return null;
    }

    /** The queue itself knows: messages that were received come back with the visibility timeout. */
    @Override
    public Optional<SavedMapping.Progress> progress() {
        return Optional.empty();
    }

    /** AWS tells no results of mappings from queues. */
    @Override
    public Optional<String> lastProcessingResult() {
        return Optional.empty();
    }

    private void wake() {
        if (hasRoom && woken.compareAndSet(false, true)) {
            mailbox.post(this::pump);
        }
    }

    private Timers.Timer later(Instant at, Runnable task) {
        return surroundings.env().timers().at(at, () -> mailbox.post(task));
    }

    /** Makes and sends off as many batches as there are messages and room. */
    private void pump() {
        woken.set(false);
        while (running) {
            hasRoom = inFlight < room();
            if (!hasRoom) {
                growWhenBusy();
                return;
            }
            if (!surroundings.hasFunction(mapping)) {
                // its messages stay where they are
                tryAgainLater();
                return;
            }
            forgetShown();
            List<Received> batch = gather();
            if (batch.isEmpty() || !isDue(batch)) {
                return;
            }
            send(batch);
        }
    }

    /** How many batches may be in flight. */
    private int room() {
        return Math.min(allowance, places());
    }

    private int places() {
        ScalingConfig scaling = mapping.configuration().scalingConfig();
        Integer configured = scaling == null ? null : scaling.maximumConcurrency();
        return configured == null ? batchesMax : configured;
    }

    /**
     * Takes the mapping's concurrency back after a failure, and gives it again, place by place, after successes. AWS does so
     * too, but publishes no figures: here a failure halves it.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Backoff strategy for failed
     *     invocations</a>
     */
    private void learn(FunctionInvoker.Result result) {
        if (!(result instanceof FunctionInvoker.Returned)) {
            allowance = Math.max(1, room() / 2);
        } else if (allowance < places()) {
            allowance++;
        } else {
            allowance = BATCHES_MAX;
        }
    }

    /**
     * Allows more batches when all have been busy for a minute.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html">Scaling behaviour</a>
     */
    private void growWhenBusy() {
        if (growthTimer == null && batchesMax < BATCHES_MAX) {
            growthTimer = later(surroundings.now().plusSeconds(60), () -> {
                growthTimer = null;
                if (running && inFlight >= batchesMax) {
                    batchesMax = Math.min(BATCHES_MAX, batchesMax + BATCHES_MORE_A_MINUTE);
                    pump();
                }
            });
        }
    }

    /** Forgets messages that have waited so long that the queue shows them again. */
    private void forgetShown() {
        Instant now = surroundings.now();
        waiting.values().removeIf(message -> !message.hiddenUntil().isAfter(now));
    }

    /** The messages of the next batch: receives until there are enough, or none are left. */
    private List<Received> gather() {
        List<Received> batch = next();
        while (!isFull(batch) && receive(Math.min(RECEIVED_AT_ONCE, mapping.batchSize() - batch.size()))) {
            batch = next();
        }
        return batch;
    }

    /** Receives once; answers whether there may be more. */
    private boolean receive(int wanted) {
        Instant now = surroundings.now();
        Duration hidden = queues.queue(mapping.source())
                .map(QueueReader.QueueInfo::visibilityTimeout)
                .orElse(Duration.ZERO);
        return switch (queues.receive(mapping.source(), wanted)) {
            case QueueReader.Received received -> {
                received.messages().forEach(message -> take(message, now.plus(hidden)));
                yield !received.messages().isEmpty();
            }
            case QueueReader.Refused refused -> {
                log.warn(
                        "mapping {} cannot read its queue: {}",
                        mapping.configuration().uuid(),
                        refused.message());
                if (!refused.code().equals(NO_QUEUE)) { // one that is made anew wakes the loop itself
                    tryAgainLater();
                }
                yield false;
            }
        };
    }

    private void tryAgainLater() {
        if (retryTimer == null) {
            retryTimer = later(surroundings.now().plus(PAUSE), () -> {
                retryTimer = null;
                pump();
            });
        }
    }

    private void take(QueueReader.Message message, Instant hiddenUntil) {
        ObjectNode record = QueueEvent.record(message, mapping.source());
        String json = record.toString();
        if (!mapping.filter().passes(record, message.body())) {
            queues.delete(mapping.source(), List.of(message.receiptHandle()));
            return;
        }
        waiting.put(
                message.messageId(),
                new Received(
                        message.messageId(),
                        message.receiptHandle(),
                        message.systemAttributes()
                                        .getOrDefault("SequenceNumber", "")
                                        .isEmpty()
                                ? ""
                                : message.systemAttributes().getOrDefault("MessageGroupId", ""),
                        json,
                        json.getBytes(StandardCharsets.UTF_8).length + 1,
                        hiddenUntil));
        if (windowEnd == null) {
            windowEnd = surroundings.now().plusSeconds(mapping.batchingWindowSeconds());
        }
    }

    /** The messages that the next batch would have: none of a group that another batch has. */
    private List<Received> next() {
        List<Received> batch = new ArrayList<>();
        int bytes = Surroundings.ENVELOPE_BYTES;
        for (Received message : waiting.values()) {
            if (busyGroups.contains(message.group())) {
                continue;
            }
            bytes += message.bytes();
            if (batch.size() == mapping.batchSize() || !batch.isEmpty() && bytes > Surroundings.PAYLOAD_BYTES_MAX) {
                break;
            }
            batch.add(message);
        }
        return batch;
    }

    private boolean isFull(List<Received> batch) {
        return batch.size() >= mapping.batchSize()
                || batch.size() < waiting.size()
                        && waiting.values().stream().noneMatch(message -> busyGroups.contains(message.group()));
    }

    /** Whether the batch need not wait; if it must, it is looked at again when its window is over. */
    private boolean isDue(List<Received> batch) {
        Instant end = windowEnd;
        if (isFull(batch) || end == null || !end.isAfter(surroundings.now())) {
            return true;
        }
        if (windowTimer == null) {
            windowTimer = later(end, () -> {
                windowTimer = null;
                pump();
            });
        }
        return false;
    }

    private void send(List<Received> messages) {
        messages.forEach(message -> waiting.remove(message.messageId()));
        windowTimer = cancel(windowTimer);
        windowEnd = waiting.isEmpty() ? null : surroundings.now().plusSeconds(mapping.batchingWindowSeconds());
        inFlight++;
        messages.stream().map(Received::group).filter(group -> !group.isEmpty()).forEach(busyGroups::add);
        Instant hiddenUntil = messages.stream()
                .map(Received::hiddenUntil)
                .min(Instant::compareTo)
                .orElseThrow();
        invoke(new Batch(messages, hiddenUntil), 1);
    }

    private void invoke(Batch batch, int attempt) {
        List<String> records = batch.messages().stream().map(Received::json).toList();
        surroundings.invoke(
                mapping, QueueEvent.of(records), result -> mailbox.post(() -> done(batch, attempt, result)));
    }

    private void done(Batch batch, int attempt, FunctionInvoker.Result result) {
        learn(result);
        switch (result) {
            case FunctionInvoker.Returned returned -> delete(batch, returned);
            case FunctionInvoker.Failed failed -> {}
            case FunctionInvoker.Refused refused -> {
                // a batch that was throttled is tried again for as long as its messages are hidden
                Instant next = surroundings.now().plus(Surroundings.backoff(attempt));
                boolean passes = refused.httpStatus() == 429 || refused.httpStatus() >= 500;
                if (passes && running && next.isBefore(batch.hiddenUntil())) {
                    later(next, () -> invoke(batch, attempt + 1));
                    return;
                }
            }
        }
        inFlight--;
        batch.messages().forEach(message -> busyGroups.remove(message.group()));
        if (inFlight == 0) {
            batchesMax = BATCHES_AT_FIRST;
        }
        pump();
    }

    private void delete(Batch batch, FunctionInvoker.Returned returned) {
        Map<String, String> handles = new LinkedHashMap<>();
        batch.messages().forEach(message -> handles.put(message.messageId(), message.receiptHandle()));
        if (mapping.reportsBatchItemFailures()) {
            switch (BatchResponse.of(returned.payload(), Set.copyOf(handles.keySet()))) {
                case BatchResponse.Success success -> {}
                case BatchResponse.Partial partial -> handles.keySet().removeAll(partial.failedItems());
                case BatchResponse.Failure failure -> handles.clear();
            }
        }
        queues.delete(mapping.source(), List.copyOf(handles.values()));
    }
}
