package io.pileus.cognito.idp.state;

import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** The names of users by the exact value of an attribute, mostly one each. Readers take no lock; who changes it holds one. */
final class NamesByValue {
    /** A name, or where several users have the value a set of names. */
    private final ConcurrentHashMap<String, Object> names = new ConcurrentHashMap<>();

    NavigableSet<String> get(String value) {
        return switch (names.get(value)) {
            case String one -> new TreeSet<>(List.of(one));
            case Several several -> Collections.unmodifiableNavigableSet(several.names());
            case null, default -> Collections.emptyNavigableSet();
        };
    }

    boolean has(String value) {
        return names.containsKey(value);
    }

    private record Several(ConcurrentSkipListSet<String> names) {}

    void add(String value, String name) {
        Object old = names.putIfAbsent(value, name);
        if (old instanceof String one && !one.equals(name)) {
            names.put(value, new Several(new ConcurrentSkipListSet<>(List.of(one, name))));
        } else if (old instanceof Several several) {
            several.names().add(name);
        }
    }

    void remove(String value, String name) {
        if (names.get(value) instanceof Several several) {
            several.names().remove(name);
            if (several.names().isEmpty()) {
                names.remove(value);
            }
        } else {
            names.remove(value, name);
        }
    }
}
