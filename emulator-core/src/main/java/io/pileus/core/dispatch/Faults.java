package io.pileus.core.dispatch;

import io.pileus.core.identity.Ids;
import io.pileus.core.identity.SeededIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The faults that are set, in the order in which they were. The first one that hits a call decides what becomes of it. Safe
 * for concurrent use; as long as none is set, a call costs one look.
 */
public final class Faults {
    /** So many can be set at a time. */
    public static final int FAULTS_MAX = 1_000;

    /**
     * A fault that is set.
     *
     * @param id its name
     * @param hits how many calls it has hit
     */
    public record Entry(String id, Fault fault, long hits) {}

    private final Ids ids;
    private volatile List<Standing> standing = List.of();

    public Faults(Ids ids) {
        this.ids = ids;
    }

    /**
     * Sets a fault.
     *
     * @return its id
     * @throws IllegalStateException when there are too many
     */
    public synchronized String add(Fault fault) {
        if (standing.size() >= FAULTS_MAX) {
            throw new IllegalStateException("there are " + FAULTS_MAX + " faults already");
        }
        Ids chance = fault.seed().isPresent() ? new SeededIds(fault.seed().getAsLong()) : ids;
        Standing added = new Standing(ids.hex(8), fault, chance);
        List<Standing> all = new ArrayList<>(standing);
        all.add(added);
        standing = List.copyOf(all);
        return added.id;
    }

    /** All that are set, spent ones included. */
    public List<Entry> all() {
        return standing.stream().map(Standing::entry).toList();
    }

    public Optional<Entry> find(String id) {
        return all().stream().filter(entry -> entry.id().equals(id)).findFirst();
    }

    /** Takes a fault back; answers whether there was one of this id. */
    public synchronized boolean remove(String id) {
        List<Standing> rest =
                standing.stream().filter(fault -> !fault.id.equals(id)).toList();
        boolean found = rest.size() < standing.size();
        standing = rest;
        return found;
    }

    public synchronized void clear() {
        standing = List.of();
    }

    /** The fault that this call meets, or null; it counts as hit. */
    @Nullable
    Fault meet(String service, String operation, String account, String region, Instant now) {
        List<Standing> candidates = standing;
        if (candidates.isEmpty()) {
            return null;
        }
        for (Standing candidate : candidates) {
            if (candidate.fault.target().matches(service, operation, account, region) && candidate.hits(now)) {
                return candidate.fault;
            }
        }
        return null;
    }

    /** A fault and what has become of it so far; the lock is its own. */
    private static final class Standing {
        private final String id;
        private final Fault fault;
        private final Ids chance;
        private long hits;
        private long second = Long.MIN_VALUE;
        private long callsInSecond;

        Standing(String id, Fault fault, Ids chance) {
            this.id = id;
            this.fault = fault;
            this.chance = chance;
        }

        synchronized boolean hits(Instant now) {
            boolean spent = fault.count().isPresent() && hits >= fault.count().getAsLong();
            if (spent || !beyondTheRate(now) || (fault.probability() < 1 && chance.fraction() >= fault.probability())) {
                return false;
            }
            hits++;
            return true;
        }

        private boolean beyondTheRate(Instant now) {
            if (fault.callsPerSecond().isEmpty()) {
                return true;
            }
            if (now.getEpochSecond() != second) {
                second = now.getEpochSecond();
                callsInSecond = 0;
            }
            return ++callsInSecond > fault.callsPerSecond().getAsDouble();
        }

        synchronized Entry entry() {
            return new Entry(id, fault, hits);
        }
    }
}
