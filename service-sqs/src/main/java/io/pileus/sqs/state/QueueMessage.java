package io.pileus.sqs.state;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message in a queue. What the producer sent never changes; what happens to it in this queue is guarded by the queue's
 * lock. There may be millions, so it is kept small: its places in the queue's structures are fields of its own.
 */
public final class QueueMessage {
    private final UUID id;
    private final MessageBody body;
    private final Map<String, MessageAttribute> attributes;
    private final @Nullable String traceHeader;
    private final @Nullable String groupId;
    private final @Nullable String deduplicationId;
    private final String senderId;
    private final long sentAtMillis;
    private final int sizeBytes;
    private final @Nullable String deadLetterSourceArn;

    // Guarded by the lock of the queue that holds the message.
    private long sequence;
    MessageState state = MessageState.VISIBLE;
    int receiveCount;
    int receiveCountHere;
    long firstReceivedAtMillis;
    int orderPlace = IndexedHeap.NOWHERE;
    int agePlace = IndexedHeap.NOWHERE;

    @Nullable
    QueueMessage previousInGroup;

    @Nullable
    QueueMessage nextInGroup;

    QueueMessage(UUID id, NewMessage message, long sentAtMillis) {
        this.id = id;
        this.body = message.body();
        this.attributes = message.attributes();
        this.traceHeader = message.traceHeader();
        this.groupId = message.groupId();
        this.deduplicationId = message.deduplicationId();
        this.senderId = message.senderId();
        this.sentAtMillis = sentAtMillis;
        this.sizeBytes = message.sizeBytes();
        this.deadLetterSourceArn = null;
    }

    /** A message as it was saved, without a place in any queue. */
    QueueMessage(SavedMessage saved) {
        this.id = saved.id();
        this.body = MessageBody.of(saved.body(), saved.bodyMd5());
        this.attributes = saved.attributes().isEmpty()
                ? Map.of()
                : Collections.unmodifiableMap(new TreeMap<>(saved.attributes()));
        this.traceHeader = saved.traceHeader();
        this.groupId = saved.groupId();
        this.deduplicationId = saved.deduplicationId();
        this.senderId = saved.senderId();
        this.sentAtMillis = saved.sentAtMillis();
        this.sizeBytes = saved.sizeBytes();
        this.deadLetterSourceArn = saved.deadLetterSourceArn();
        this.sequence = saved.sequence();
        this.receiveCount = saved.receiveCount();
        this.receiveCountHere = saved.receiveCountHere();
        this.firstReceivedAtMillis = saved.firstReceivedAtMillis();
    }

    private QueueMessage(
            QueueMessage original,
            UUID id,
            long sentAtMillis,
            @Nullable String deduplicationId,
            @Nullable String deadLetterSourceArn) {
        this.id = id;
        this.body = original.body;
        this.attributes = original.attributes;
        this.traceHeader = original.traceHeader;
        this.groupId = original.groupId;
        this.deduplicationId = deduplicationId;
        this.senderId = original.senderId;
        this.sentAtMillis = sentAtMillis;
        this.sizeBytes = original.sizeBytes;
        this.deadLetterSourceArn = deadLetterSourceArn;
    }

    /**
     * The message as a dead-letter queue takes it: the same id and receive count; a FIFO queue counts its age anew and
     * replaces the deduplication id by the message's id.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html">Setting-up
     *     dead-letter queue retention</a>
     * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html">Dead-letter
     *     queue redrive</a>
     */
    QueueMessage asDeadLetterOf(Queue source, long nowMillis) {
        boolean fifo = source.isFifo();
        QueueMessage copy = new QueueMessage(
                this,
                id,
                fifo ? nowMillis : sentAtMillis,
                fifo ? id.toString() : deduplicationId,
                source.arn().toString());
        copy.receiveCount = receiveCount;
        copy.firstReceivedAtMillis = firstReceivedAtMillis;
        return copy;
    }

    /** The message as a redrive puts it into its destination: a new message with a new id and a new age. */
    QueueMessage redriven(UUID newId, long nowMillis) {
        return new QueueMessage(this, newId, nowMillis, deduplicationId, null);
    }

    SavedMessage saved(MessageState savedState, int receives, int receivesHere, long firstReceivedMillis) {
        return new SavedMessage(
                id,
                body.text(),
                body.md5(),
                attributes,
                traceHeader,
                groupId,
                deduplicationId,
                senderId,
                sentAtMillis,
                sizeBytes,
                deadLetterSourceArn,
                sequence,
                savedState,
                receives,
                receivesHere,
                firstReceivedMillis);
    }

    /** Whether the handle is that of the latest delivery. */
    boolean wasDeliveredLastWith(ReceiptHandle handle) {
        return receiveCount == handle.receiveCount();
    }

    void placeAt(long newSequence) {
        sequence = newSequence;
    }

    /** Its place in the queue: unique in it, and growing. */
    public long sequence() {
        return sequence;
    }

    /** Whether it has an order to keep, and thus a sequence number. */
    public boolean isInFifoQueue() {
        return deduplicationId != null;
    }

    /** The sequence number that FIFO queues show: 20 digits. */
    public String sequenceNumber() {
        String digits = Long.toString(sequence);
        return "188" + "0".repeat(Math.max(0, 17 - digits.length())) + digits;
    }

    public String id() {
        return id.toString();
    }

    public String body() {
        return body.text();
    }

    public Md5 bodyMd5() {
        return body.md5();
    }

    public Map<String, MessageAttribute> attributes() {
        return attributes;
    }

    public Optional<String> traceHeader() {
        return Optional.ofNullable(traceHeader);
    }

    public Optional<String> groupId() {
        return Optional.ofNullable(groupId);
    }

    @Nullable
    String group() {
        return groupId;
    }

    public Optional<String> deduplicationId() {
        return Optional.ofNullable(deduplicationId);
    }

    public String senderId() {
        return senderId;
    }

    public long sentAtMillis() {
        return sentAtMillis;
    }

    public int sizeBytes() {
        return sizeBytes;
    }

    /** The queue whose consumers gave it up, where this is its dead-letter queue. */
    public Optional<String> deadLetterSourceArn() {
        return Optional.ofNullable(deadLetterSourceArn);
    }

    /** When a hidden message becomes visible; now and ever for a visible one. */
    long visibleAtMillis() {
        return switch (state) {
            case MessageState.Delayed delayed -> delayed.untilMillis();
            case MessageState.InFlight inFlight -> inFlight.untilMillis();
            case MessageState.Visible visible -> Long.MIN_VALUE;
        };
    }
}
