package io.pileus.sqs.state;

/** What became of a request that names a message by a receipt handle. */
public enum HandleOutcome {
    /** Done, or nothing left to do. */
    DONE,
    /** The handle is no longer good: its delivery is over (FIFO), or was 12 hours ago. */
    EXPIRED,
    /** There is no such message any more, or another consumer has it. */
    GONE,
    /** The message is waiting for consumers again. */
    NOT_IN_FLIGHT,
    /** The message would be invisible for more than 12 hours after it was received. */
    BEYOND_LIMIT
}
