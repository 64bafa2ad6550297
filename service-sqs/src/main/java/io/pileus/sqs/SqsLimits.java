package io.pileus.sqs;

import java.time.Duration;

/**
 * The limits of SQS.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-quotas.html">Amazon SQS
 *     quotas</a>
 */
public final class SqsLimits {

    /** A message, and all messages of one batch together: 1 MiB (256 KiB until August 2025). */
    public static final int MESSAGE_BYTES = 1_048_576;

    /** The smallest limit that a queue can set on its messages. */
    public static final int MESSAGE_BYTES_LIMIT_MIN = 1_024;

    /** How many entries a batch has at most. */
    public static final int BATCH_ENTRIES = 10;

    /** How many messages one receive request gets at most. */
    public static final int RECEIVED_MESSAGES = 10;

    /** How many attributes a message has at most. */
    public static final int MESSAGE_ATTRIBUTES = 10;

    /** How long the name of a message attribute is at most, in characters. */
    public static final int MESSAGE_ATTRIBUTE_NAME_LENGTH = 256;

    /** How long the data type of a message attribute is at most, its label included. */
    public static final int MESSAGE_ATTRIBUTE_TYPE_LENGTH = 256;

    /** How long a receive request may wait for a message, in seconds. */
    public static final int WAIT_TIME_SECONDS = 20;

    /** How long a message may be delayed, in seconds. */
    public static final int DELAY_SECONDS = 900;

    /** How long a message may be hidden by one receive or change, in seconds. */
    public static final int VISIBILITY_TIMEOUT_SECONDS = 43_200;

    /** How long a message may be hidden in all after it was received; also how long a receipt handle is good. */
    public static final Duration VISIBILITY_TIMEOUT_MAX = Duration.ofSeconds(VISIBILITY_TIMEOUT_SECONDS);

    /** How many messages of a queue may be in flight. */
    public static final int IN_FLIGHT_MESSAGES = 120_000;

    /** How long a FIFO queue remembers a deduplication id or a receive request attempt: 5 minutes, not configurable. */
    public static final Duration DEDUPLICATION_WINDOW = Duration.ofMinutes(5);

    /** How long a queue's name stays taken after its deletion, and how long a purge keeps others off. */
    public static final Duration DELETE_AND_PURGE_PAUSE = Duration.ofSeconds(60);

    /** How many queues or message move tasks a page of a listing has at most. */
    public static final int LISTED_QUEUES = 1_000;

    public static final int LISTED_MOVE_TASKS = 10;

    /** How often a message may be received before it is a dead letter, at most. */
    public static final int RECEIVE_COUNT = 1_000;

    /** How many source queues a redrive allow policy names at most. */
    public static final int ALLOWED_SOURCE_QUEUES = 10;

    /** How many messages a message move task moves each second at most. */
    public static final int MOVED_MESSAGES_PER_SECOND = 500;

    /** How many actions a policy's statement has at most. */
    public static final int ACTIONS_PER_STATEMENT = 7;

    /** How many statements a policy has at most. */
    public static final int STATEMENTS_PER_POLICY = 20;

    /** How many principals a policy names at most. */
    public static final int PRINCIPALS_PER_POLICY = 50;

    /** How many conditions a policy has at most. */
    public static final int CONDITIONS_PER_POLICY = 10;

    /** How long a policy is at most. */
    public static final int POLICY_BYTES = 8_192;

    /** How many tags a queue has at most. */
    public static final int TAGS = 50;

    /** How many calls of one operation a FIFO queue serves in a second, where quotas are on. */
    public static final int FIFO_CALLS_PER_SECOND = 300;

    private SqsLimits() {}
}
