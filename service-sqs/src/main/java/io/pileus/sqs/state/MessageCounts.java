package io.pileus.sqs.state;

/** How many messages of a queue are in which state. */
public record MessageCounts(int visible, int inFlight, int delayed) {
    public int total() {
        return visible + inFlight + delayed;
    }
}
