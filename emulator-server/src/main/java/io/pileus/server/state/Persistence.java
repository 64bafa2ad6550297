package io.pileus.server.state;

import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.Settings;
import io.pileus.core.state.StateChanges;
import io.pileus.core.state.StateLoader;
import io.pileus.core.state.StateSaver;
import io.pileus.core.time.EmulatedTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * State that survives restarts, kill -9 included: what changed is written to a directory and committed, by a thread of its
 * own, as often as the {@link SaveStrategy} says, but at most half of the time. Nothing is looked at while nothing happens.
 *
 * <p>The lock guards the directory; services are asked under it, and each takes its own locks for a short time.
 */
@SuppressWarnings("NullAway.Init") // begin is the rest of the construction: services are made in between
public final class Persistence implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Persistence.class);

    /** Where a container keeps state, as users of LocalStack know it. */
    private static final Path VOLUME = Path.of("/var/lib/localstack");

    /** After a save it rests for so many times as long as that took, but not longer than this unless the save took longer. */
    private static final int REST = 3;

    private static final long REST_NANOS_MAX = TimeUnit.SECONDS.toNanos(2);

    private final Path where;
    private final StateDirectory directory;
    private final SaveStrategy strategy;
    private final boolean loadsAtStart;
    private final Optional<SavedClock> clock;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();

    // Set by begin.
    private Map<String, EmulatedService> services = Map.of();
    private final Map<String, StateSaver> savers = new LinkedHashMap<>();
    private EmulatedTime time;
    private SavedClock lastClock;
    private LongSupplier happenings = () -> 0;
    private long seen;
    private boolean closed;

    private Persistence(Path where, StateDirectory directory, Settings settings) {
        this.where = where;
        this.directory = directory;
        this.strategy = SaveStrategy.of(settings);
        this.loadsAtStart = loadsAtStart(settings);
        this.clock = savedClock(directory);
    }

    /**
     * Opens the directory: DATA_DIR, or {@code state} in LOCALSTACK_VOLUME_DIR or in a container's volume, or
     * {@code pileus-state} where the program was started.
     *
     * @param version the program's
     * @throws IOException with words for the user when the directory cannot be used
     * @throws IllegalArgumentException with words for the user when a strategy is none
     */
    public static Persistence open(Settings settings, String version) throws IOException {
        SaveStrategy.of(settings);
        loadsAtStart(settings);
        Path where = directory(settings);
        return new Persistence(where, StateDirectory.open(where, version), settings);
    }

    private static Path directory(Settings settings) {
        return settings.get("DATA_DIR")
                .map(Path::of)
                .or(() -> settings.get("LOCALSTACK_VOLUME_DIR").map(volume -> Path.of(volume, "state")))
                .orElseGet(() -> Files.isWritable(VOLUME) ? VOLUME.resolve("state") : Path.of("pileus-state"));
    }

    private static boolean loadsAtStart(Settings settings) {
        String name = settings.get("SNAPSHOT_LOAD_STRATEGY", "ON_STARTUP");
        return switch (name.trim().toUpperCase(Locale.ROOT)) {
            case "ON_STARTUP", "ON_REQUEST" -> true;
            case "MANUAL" -> false;
            default ->
                throw new IllegalArgumentException(
                        "SNAPSHOT_LOAD_STRATEGY is ON_STARTUP, ON_REQUEST or MANUAL, not '" + name + "'");
        };
    }

    private static Optional<SavedClock> savedClock(StateDirectory directory) {
        try {
            return SavedClock.of(directory.names());
        } catch (RuntimeException e) {
            log.error("the saved clock cannot be read; time begins as the machine's", e);
            return Optional.empty();
        }
    }

    /** How time went when the state was saved; empty when nothing was, or when it is not loaded at the start. */
    public Optional<SavedClock> clock() {
        return loadsAtStart ? clock : Optional.empty();
    }

    public Path directory() {
        return where;
    }

    /**
     * Loads the services, which are there and empty, and saves what changes from now on.
     *
     * @param happenings a count that grows whenever something happened that may have changed state
     */
    public void begin(Map<String, EmulatedService> all, EmulatedTime emulatedTime, LongSupplier happeningCount) {
        lock.lock();
        try {
            services = new LinkedHashMap<>(all);
            all.keySet().forEach(name -> savers.put(name, new StateSaver(directory.of(name))));
            time = emulatedTime;
            lastClock = SavedClock.of(time);
            happenings = happeningCount;
            if (loadsAtStart) {
                load(all);
            }
            seen = -1; // what was seeded, or went on, is saved without waiting for more
        } finally {
            lock.unlock();
        }
        Duration every = strategy.every().orElse(Duration.ZERO);
        if (!every.isZero()) {
            Thread saving = new Thread(() -> keepSaving(every), "pileus-state");
            saving.setDaemon(true);
            saving.start();
        }
        log.info("state is kept in {}", where);
    }

    /** Forgets all state and loads what was saved last. */
    public void reload() {
        lock.lock();
        try {
            services.values().forEach(service -> service.reset(ResetScope.EVERYTHING));
            load(services);
        } finally {
            lock.unlock();
        }
    }

    private void load(Map<String, EmulatedService> all) {
        boolean complete = true;
        for (Map.Entry<String, EmulatedService> service : all.entrySet()) {
            complete &= load(service.getKey(), service.getValue());
        }
        all.forEach((name, service) -> {
            try {
                service.resume();
            } catch (RuntimeException e) {
                log.error("{} does not go on with what was loaded", name, e);
            }
        });
        if (!complete) {
            try {
                directory.keepCopy();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private boolean load(String name, EmulatedService service) {
        StateLoader loader = new StateLoader(name, directory.of(name));
        try {
            service.load(loader);
            return loader.failures().isEmpty();
        } catch (RuntimeException e) {
            log.error("the saved state of {} cannot be loaded; it starts without", name, e);
            service.reset(ResetScope.EVERYTHING);
            return false;
        }
    }

    private void keepSaving(Duration every) {
        lock.lock();
        try {
            long rest = every.toNanos();
            while (!closed) {
                long left = rest;
                while (left > 0 && !closed) {
                    left = ended.awaitNanos(left);
                }
                if (closed) {
                    return;
                }
                long begun = time.nanoTime();
                saveWhatChanged();
                long took = time.nanoTime() - begun;
                rest = Math.max(every.toNanos(), Math.max(took, Math.min(REST * took, REST_NANOS_MAX)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void saveWhatChanged() {
        long now = happenings.getAsLong();
        if (now == seen) {
            return;
        }
        try {
            save();
            seen = now;
        } catch (RuntimeException e) {
            log.error("state cannot be saved in {}; it is tried again", where, e);
        }
    }

    /**
     * Saves what has changed and waits until it is there.
     *
     * @throws RuntimeException when it cannot be written
     */
    public StateChanges save() {
        lock.lock();
        try {
            StateChanges changes = StateChanges.NONE;
            for (Map.Entry<String, StateSaver> saver : savers.entrySet()) {
                changes = changes.plus(save(saver.getKey(), saver.getValue()));
            }
            SavedClock now = SavedClock.of(time);
            if (changes.any() || !now.isCourseOf(lastClock)) {
                directory.commit(now.names());
                lastClock = now;
            }
            return changes;
        } catch (RuntimeException e) {
            savers.values().forEach(StateSaver::forget);
            directory.rollback();
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** A service that cannot tell its state keeps what was saved of it; the others are saved all the same. */
    private StateChanges save(String name, StateSaver saver) {
        try {
            return saver.save(services.get(name));
        } catch (org.h2.mvstore.MVStoreException e) {
            throw e;
        } catch (RuntimeException e) {
            log.error("the state of {} cannot be saved", name, e);
            return StateChanges.NONE;
        }
    }

    /** As {@link #save()}, and waits until the disk has it, so that it survives the machine as well. */
    public StateChanges flush() {
        lock.lock();
        try {
            StateChanges changes = save();
            directory.sync();
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /** Saves the last changes, where the strategy says so, and lets go of the directory. The services must still be there. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            ended.signalAll();
            if (strategy.atTheEnd() && !services.isEmpty()) {
                flush();
            }
        } catch (RuntimeException e) {
            log.error("the last changes of state cannot be saved in {}", where, e);
        } finally {
            try {
                directory.close();
            } catch (RuntimeException e) {
                log.error("the directory {} cannot be closed well; what was saved is there", where, e);
            } finally {
                lock.unlock();
            }
        }
    }
}
