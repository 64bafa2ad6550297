package io.pileus.cognito.idp.state;

import java.util.Collection;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The names of users in the order of one attribute's value, so that equal values and common beginnings are found, and paged
 * through, at a cost that does not grow with the number of users. Readers take no lock.
 */
public final class AttributeIndex {
    private final ConcurrentSkipListSet<Entry> entries;

    /** An index of what there is. */
    AttributeIndex(Collection<Entry> entries) {
        // A sorted set is taken over in linear time, and its nodes lie side by side in memory.
        this.entries = new ConcurrentSkipListSet<>(new TreeSet<>(entries));
    }

    /** A user's place in the index. */
    public record Entry(String value, String name) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byValue = value.compareTo(other.value);
            return byValue != 0 ? byValue : name.compareTo(other.name);
        }

        /** The place as one text; neither values nor names contain a NUL. */
        public String text() {
            return value + '\0' + name;
        }

        /** The place that a {@link #text()} stands for; empty when it is none. */
        public static Optional<Entry> ofText(String text) {
            int nul = text.indexOf('\0');
            return nul < 0 ? Optional.empty() : Optional.of(new Entry(text.substring(0, nul), text.substring(nul + 1)));
        }
    }

    /** The places of users with this value; a live view. */
    public NavigableSet<Entry> equalTo(String value) {
        return entries.subSet(new Entry(value, ""), true, new Entry(value + '\0', ""), false);
    }

    /** The places of users whose value begins so; a live view. */
    public NavigableSet<Entry> startingWith(String prefix) {
        return entries.subSet(new Entry(prefix, ""), true, new Entry(prefix + Character.MAX_VALUE, ""), false);
    }

    void add(String value, String name) {
        entries.add(new Entry(value, name));
    }

    void remove(String value, String name) {
        entries.remove(new Entry(value, name));
    }
}
