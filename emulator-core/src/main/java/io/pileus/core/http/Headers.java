package io.pileus.core.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The headers of a message in their order; names are compared without regard to case. Not safe for concurrent change. */
public final class Headers {
    private static final int INITIAL_CAPACITY = 8;

    /** Names at even indexes, each followed by its value. */
    private String[] namesAndValues;

    private int length;

    public Headers() {
        this(INITIAL_CAPACITY);
    }

    private Headers(int capacity) {
        namesAndValues = new String[2 * capacity];
    }

    /** No headers yet, with room for so many. */
    public static Headers withCapacity(int capacity) {
        return new Headers(Math.max(1, capacity));
    }

    public static Headers of(String... namesAndValues) {
        Headers headers = new Headers(Math.max(INITIAL_CAPACITY, namesAndValues.length / 2));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    public Headers add(String name, String value) {
        if (length == namesAndValues.length) {
            namesAndValues = Arrays.copyOf(namesAndValues, 2 * length);
        }
        namesAndValues[length] = name;
        namesAndValues[length + 1] = value;
        length += 2;
        return this;
    }

    /** Replaces every header of this name. */
    public Headers set(String name, String value) {
        remove(name);
        return add(name, value);
    }

    public void remove(String name) {
        int kept = 0;
        for (int i = 0; i < length; i += 2) {
            if (!namesAndValues[i].equalsIgnoreCase(name)) {
                namesAndValues[kept] = namesAndValues[i];
                namesAndValues[kept + 1] = namesAndValues[i + 1];
                kept += 2;
            }
        }
        Arrays.fill(namesAndValues, kept, length, null);
        length = kept;
    }

    /** The first value, or null. */
    public @Nullable String get(String name) {
        for (int i = 0; i < length; i += 2) {
            if (namesAndValues[i].equalsIgnoreCase(name)) {
                return namesAndValues[i + 1];
            }
        }
        return null;
    }

    public Optional<String> first(String name) {
        return Optional.ofNullable(get(name));
    }

    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < length; i += 2) {
            if (namesAndValues[i].equalsIgnoreCase(name)) {
                values.add(namesAndValues[i + 1]);
            }
        }
        return values;
    }

    public boolean contains(String name) {
        return get(name) != null;
    }

    public void forEach(BiConsumer<String, String> consumer) {
        for (int i = 0; i < length; i += 2) {
            consumer.accept(namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    public int size() {
        return length / 2;
    }

    /** The name of the header at a position from 0 up to {@link #size()}. */
    public String nameAt(int position) {
        return namesAndValues[2 * position];
    }

    /** The value of the header at a position from 0 up to {@link #size()}. */
    public String valueAt(int position) {
        return namesAndValues[2 * position + 1];
    }

    /** Names only: values may be secrets. */
    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        forEach((n, v) -> names.add(n));
        return names.toString();
    }
}
