package io.pileus.sqs.state;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the moves of messages between queues. While one is under way its message is in neither queue, so that whoever looks
 * at all queues must know whether one was. Safe for concurrent use.
 */
public final class MovesUnderWay {
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();

    void begin() {
        begun.incrementAndGet();
    }

    void end() {
        ended.incrementAndGet();
    }

    /** Runs a look at all queues; says whether no message was on its way meanwhile. */
    public boolean noneDuring(Runnable look) {
        long endedBefore = ended.get();
        long begunBefore = begun.get();
        look.run();
        return begunBefore == endedBefore && begun.get() == begunBefore;
    }
}
