package io.pileus.stepfunctions.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of an execution in order. Grows in one place, and only so far. Guarded by its execution's lock.
 *
 * <p>Of Express executions only the count is kept: nobody can ask for their history.
 */
final class History {
    /** A Standard execution may have 25,000 history events. */
    static final int EVENTS_MAX = 25_000;

    /** An Express execution that goes in circles without waiting is ended after so many events. */
    static final int EXPRESS_EVENTS_MAX = 1_000_000;

    /** There is room for the execution's end only. */
    static final class Full extends RuntimeException {
        Full() {
            super(null, null, false, false);
        }
    }

    private final boolean express;
    private final List<HistoryEvent> events = new ArrayList<>();
    private long count;

    History(boolean express) {
        this.express = express;
    }

    /** Adds an event and answers its id. */
    long append(long previousEventId, Instant now, String type, EventDetails details) {
        if (count >= most() - 1 && !type.startsWith("Execution")) {
            throw new Full();
        }
        count++;
        if (!express) {
            events.add(new HistoryEvent(count, previousEventId, now, type, details));
        }
        return count;
    }

    /**
     * Whether the next event of a branch names this one as its previous event. Some do not count as a step (measured by
     * others, github.com/floci-io/floci#3167).
     */
    static boolean leads(String type) {
        return switch (type) {
            case "ParallelStateSucceeded", "MapStateSucceeded", "MapRunSucceeded", "MapIterationFailed" -> false;
            default -> !type.endsWith("StateAborted");
        };
    }

    void load(List<HistoryEvent> saved, long savedCount) {
        events.addAll(saved);
        count = savedCount;
    }

    int most() {
        return express ? EXPRESS_EVENTS_MAX : EVENTS_MAX;
    }

    long count() {
        return count;
    }

    List<HistoryEvent> events() {
        return List.copyOf(events);
    }
}
