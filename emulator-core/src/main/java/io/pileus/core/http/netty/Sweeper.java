package io.pileus.core.http.netty;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Ends connections that make no progress. One per event loop, so that a request costs no timer: a connection notes the
 * current tick when something happens, and the sweeper comes round once a tick. Network timeouts are real time, whatever
 * the emulator's clock says. Runs on its event loop only.
 */
final class Sweeper implements Runnable {
    private static final Duration LINGER = Duration.ofSeconds(2);
    private static final long TICK_MILLIS_MAX = 1000;
    private static final long TICK_MILLIS_MIN = 5;
    private static final int TICKS_PER_TIMEOUT = 4;

    /** Something that a client can leave hanging. */
    interface Swept {
        void sweep(int tick);

        /** The server is closing: go when nothing is in flight. */
        void drain();
    }

    private final Set<Swept> swept = new HashSet<>();
    private final long tickMillis;
    private final int readTicks;
    private final int writeTicks;
    private final int idleTicks;
    private final int lingerTicks;
    private int tick;

    Sweeper(HttpLimits limits) {
        long shortest = Math.min(
                limits.readTimeout().toMillis(),
                Math.min(limits.writeTimeout().toMillis(), limits.idleTimeout().toMillis()));
        tickMillis = Math.clamp(shortest / TICKS_PER_TIMEOUT, TICK_MILLIS_MIN, TICK_MILLIS_MAX);
        readTicks = ticks(limits.readTimeout());
        writeTicks = ticks(limits.writeTimeout());
        idleTicks = ticks(limits.idleTimeout());
        lingerTicks = Math.min(ticks(LINGER), idleTicks);
    }

    private int ticks(Duration duration) {
        return (int) Math.clamp(duration.toMillis() / tickMillis, 1, Integer.MAX_VALUE / 2);
    }

    void start(EventLoop loop) {
        loop.scheduleAtFixedRate(this, tickMillis, tickMillis, TimeUnit.MILLISECONDS);
    }

    void add(Swept connection) {
        swept.add(connection);
    }

    void remove(Swept connection) {
        swept.remove(connection);
    }

    @Override
    public void run() {
        tick++;
        for (Swept connection : snapshot()) {
            connection.sweep(tick);
        }
    }

    void drain() {
        snapshot().forEach(Swept::drain);
    }

    /** A connection that closes leaves the set while it is walked. */
    private List<Swept> snapshot() {
        return swept.isEmpty() ? List.of() : new ArrayList<>(swept);
    }

    int tick() {
        return tick;
    }

    int readTicks() {
        return readTicks;
    }

    int writeTicks() {
        return writeTicks;
    }

    int idleTicks() {
        return idleTicks;
    }

    int lingerTicks() {
        return lingerTicks;
    }
}
