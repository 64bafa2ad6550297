package io.pileus.sqs.state;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap whose members know their own place, so that any of them can be removed in logarithmic time. Adding what
 * comes after everything else, which is the common case, costs constant time.
 *
 * @param <T> the members; each is in at most one heap that uses the same place
 */
abstract class IndexedHeap<T> {
    /** The place of what is in no heap. */
    static final int NOWHERE = -1;

    private static final int INITIAL_CAPACITY = 8;

    private @Nullable Object[] members = new Object[INITIAL_CAPACITY];
    private int size;

    /** Whether {@code a} leaves the heap before {@code b}. */
    abstract boolean before(T a, T b);

    abstract int placeOf(T member);

    abstract void place(T member, int place);

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The first member, or null. */
    @Nullable
    T peek() {
        return size == 0 ? null : member(0);
    }

    boolean contains(T member) {
        int place = placeOf(member);
        return place >= 0 && place < size && members[place] == member;
    }

    void add(T member) {
        if (size == members.length) {
            members = Arrays.copyOf(members, size + (size >> 1) + 1);
        }
        size++;
        up(size - 1, member);
    }

    void remove(T member) {
        int hole = placeOf(member);
        place(member, NOWHERE);
        size--;
        T last = member(size);
        members[size] = null;
        if (last != member) {
            down(hole, last);
            if (members[hole] == last) {
                up(hole, last);
            }
        }
        if (members.length > 64 && size < members.length >> 2) {
            members = Arrays.copyOf(members, members.length >> 1);
        }
    }

    /** Puts a member right whose order has changed, or that is not here yet. */
    void reorder(T member) {
        if (contains(member)) {
            remove(member);
        }
        add(member);
    }

    void clear() {
        forEach(m -> place(m, NOWHERE));
        members = new Object[INITIAL_CAPACITY];
        size = 0;
    }

    /** All members in no particular order. */
    void forEach(Consumer<T> consumer) {
        for (int i = 0; i < size; i++) {
            consumer.accept(member(i));
        }
    }

    private void up(int hole, T member) {
        int place = hole;
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            T above = member(parent);
            if (!before(member, above)) {
                break;
            }
            put(place, above);
            place = parent;
        }
        put(place, member);
    }

    private void down(int hole, T member) {
        int place = hole;
        while (true) {
            int child = 2 * place + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && before(member(child + 1), member(child))) {
                child++;
            }
            T below = member(child);
            if (!before(below, member)) {
                break;
            }
            put(place, below);
            place = child;
        }
        put(place, member);
    }

    private void put(int place, T member) {
        members[place] = member;
        place(member, place);
    }

    @SuppressWarnings("unchecked") // only members of type T are ever put
    private T member(int place) {
        return (T) members[place];
    }
}
