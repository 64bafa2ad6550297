package io.pileus.core.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The headers of a message in their order; names are compared without regard to case. Not safe for concurrent change. */
public final class Headers {
    private final List<String> namesAndValues = new ArrayList<>(16);

    public static Headers of(String... namesAndValues) {
        Headers headers = new Headers();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    public Headers add(String name, String value) {
        namesAndValues.add(name);
        namesAndValues.add(value);
        return this;
    }

    /** Replaces every header of this name. */
    public Headers set(String name, String value) {
        remove(name);
        return add(name, value);
    }

    public void remove(String name) {
        for (int i = namesAndValues.size() - 2; i >= 0; i -= 2) {
            if (namesAndValues.get(i).equalsIgnoreCase(name)) {
                namesAndValues.remove(i + 1);
                namesAndValues.remove(i);
            }
        }
    }

    /** The first value, or null. */
    public @Nullable String get(String name) {
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            if (namesAndValues.get(i).equalsIgnoreCase(name)) {
                return namesAndValues.get(i + 1);
            }
        }
        return null;
    }

    public Optional<String> first(String name) {
        return Optional.ofNullable(get(name));
    }

    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        forEach((n, v) -> {
            if (n.equalsIgnoreCase(name)) {
                values.add(v);
            }
        });
        return values;
    }

    public boolean contains(String name) {
        return get(name) != null;
    }

    public void forEach(BiConsumer<String, String> consumer) {
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            consumer.accept(namesAndValues.get(i), namesAndValues.get(i + 1));
        }
    }

    public int size() {
        return namesAndValues.size() / 2;
    }

    /** Names only: values may be secrets. */
    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        forEach((n, v) -> names.add(n));
        return names.toString();
    }
}
