package io.pileus.core.http.netty;

/**
 * How a request comes in. Its bytes must keep coming: a client that sends one now and then would hold its connection, and
 * what has been received so far, for ever. A whole read timeout may pass between one lot of bytes and the next.
 */
final class ReceivingPace {
    /** So many bytes of a body are progress; a smaller body comes within one read timeout. */
    private static final int LOT_BYTES = 16 << 10;

    private final Sweeper sweeper;
    private int lotBegun;
    private int bytesOfLot;

    ReceivingPace(Sweeper sweeper) {
        this.sweeper = sweeper;
    }

    void start() {
        lotBegun = sweeper.tick();
        bytesOfLot = 0;
    }

    void received(int bytes) {
        bytesOfLot += bytes;
        if (bytesOfLot >= LOT_BYTES) {
            start();
        }
    }

    boolean stalled() {
        return sweeper.tick() - lotBegun > sweeper.readTicks();
    }
}
