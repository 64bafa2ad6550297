package io.pileus.core.time;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The registered tasks in the order of their instants, then of their registration: a binary heap whose entries know their
 * place, so that a cancelled one leaves at once (O(log n)) and holds no memory. Not safe for concurrent use.
 */
final class TimerHeap {

    /** A task in the heap. */
    static final class Entry {
        final Instant due;
        final long sequence;
        final Runnable task;
        private int place = -1;

        Entry(Instant due, long sequence, Runnable task) {
            this.due = due;
            this.sequence = sequence;
            this.task = task;
        }

        private boolean before(Entry other) {
            int order = due.compareTo(other.due);
            return order != 0 ? order < 0 : sequence < other.sequence;
        }
    }

    private @Nullable Entry[] entries = new Entry[64];
    private int size;

    int size() {
        return size;
    }

    /** The entry that comes first, or null. */
    @Nullable
    Entry first() {
        return entries[0];
    }

    void add(Entry entry) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size * 2);
        }
        up(size++, entry);
    }

    /** Takes the entry out; false when it is not in the heap any more. */
    boolean remove(Entry entry) {
        int place = entry.place;
        if (place < 0) {
            return false;
        }
        entry.place = -1;
        size--;
        Entry last = at(size);
        entries[size] = null;
        if (last != entry) {
            if (place > 0 && last.before(at((place - 1) >>> 1))) {
                up(place, last);
            } else {
                down(place, last);
            }
        }
        if (entries.length > 1024 && size < entries.length / 4) {
            entries = Arrays.copyOf(entries, entries.length / 2);
        }
        return true;
    }

    private Entry at(int place) {
        Entry entry = entries[place];
        assert entry != null;
        return entry;
    }

    private void up(int from, Entry entry) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            if (!entry.before(at(parent))) {
                break;
            }
            put(place, at(parent));
            place = parent;
        }
        put(place, entry);
    }

    private void down(int from, Entry entry) {
        int place = from;
        while (true) {
            int child = 2 * place + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && at(child + 1).before(at(child))) {
                child++;
            }
            if (!at(child).before(entry)) {
                break;
            }
            put(place, at(child));
            place = child;
        }
        put(place, entry);
    }

    private void put(int place, Entry entry) {
        entries[place] = entry;
        entry.place = place;
    }
}
