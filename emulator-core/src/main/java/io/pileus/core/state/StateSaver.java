package io.pileus.core.state;

import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.Scopes.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Saves a service into a store again and again, writing only what changed. Between two saves it remembers the stamps.
 * What the service tells is collected first and written when it has told everything, so that a service that fails half way
 * leaves the store as it was. Used by one thread at a time.
 */
public final class StateSaver {
    private static final Object NO_STAMP = new Object();

    private record PartName(Scope scope, String name) {}

    /** What one part told. */
    private static final class Part {
        final Map<StateKey, Told> things = new HashMap<>();
        Object stamp = NO_STAMP;

        /** The save that met the part last, and the one that asked it last; the same unless it was unchanged. */
        long met;

        long asked;
    }

    /** A thing that was told. */
    private static final class Told {
        Object stamp = NO_STAMP;
        long pass;
    }

    /** What a save has to do in the store. */
    private sealed interface Change {
        record Write(byte[] json) implements Change {}

        record Take(Path file) implements Change {}
    }

    private final StateStore store;
    private final Part root = new Part();
    private final Map<PartName, Part> parts = new HashMap<>();
    private final Set<StateKey> inTheStore = new HashSet<>();
    private boolean knowsTheStore;
    private long pass;

    public StateSaver(StateStore store) {
        this.store = store;
    }

    /** Brings the store up to what the service tells. */
    public StateChanges save(EmulatedService service) {
        pass++;
        boolean done = false;
        try {
            Map<StateKey, Change> changes = new LinkedHashMap<>();
            root.asked = pass;
            if (!knowsTheStore) {
                inTheStore.addAll(store.keys());
            }
            service.save(new Sink(root, changes));
            Set<StateKey> gone = gone();
            gone.removeAll(changes.keySet());
            changes.forEach(this::make);
            gone.forEach(store::remove);
            knowsTheStore = true;
            done = true;
            return new StateChanges(changes.size(), gone.size());
        } finally {
            inTheStore.clear();
            service.saved();
            if (!done) {
                forget();
            }
        }
    }

    /** Forgets the stamps: the next save compares everything with the store. */
    public void forget() {
        root.things.clear();
        parts.clear();
        knowsTheStore = false;
    }

    private void make(StateKey key, Change change) {
        switch (change) {
            case Change.Write write -> store.put(key, write.json());
            case Change.Take take -> {
                try {
                    store.putFile(key, take.file());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /** What is in the store and was not told this time. */
    private Set<StateKey> gone() {
        Set<StateKey> gone = new HashSet<>();
        parts.values().removeIf(part -> {
            if (part.met != pass) {
                gone.addAll(part.things.keySet());
                return true;
            }
            removeWhatWasNotTold(part, gone);
            return false;
        });
        removeWhatWasNotTold(root, gone);
        if (!knowsTheStore) {
            gone.addAll(store.keys());
            gone.removeAll(root.things.keySet());
            parts.values().forEach(part -> part.things.keySet().forEach(gone::remove));
        }
        return gone;
    }

    private static void removeWhatWasNotTold(Part part, Set<StateKey> gone) {
        part.things.entrySet().removeIf(thing -> thing.getValue().pass < part.asked && gone.add(thing.getKey()));
    }

    /** Takes what a part tells during one save. */
    private final class Sink implements StateSink {
        private final Part part;
        private final Map<StateKey, Change> changes;

        Sink(Part part, Map<StateKey, Change> changes) {
            this.part = part;
            this.changes = changes;
        }

        @Override
        public void put(Scope scope, String kind, String id, Record saved) {
            tell(new StateKey(kind, scope, id), NO_STAMP, () -> saved);
        }

        @Override
        public void put(Scope scope, String kind, String id, Object stamp, Supplier<? extends Record> saved) {
            tell(new StateKey(kind, scope, id), stamp, saved);
        }

        private void tell(StateKey key, Object stamp, Supplier<? extends Record> saved) {
            Told told = part.things.computeIfAbsent(key, k -> new Told());
            boolean same = told.pass > 0 && stamp != NO_STAMP && stamp.equals(told.stamp);
            told.pass = pass;
            told.stamp = stamp;
            if (same) {
                return;
            }
            byte[] json = StateJson.write(saved.get());
            if (Arrays.equals(json, store.get(key))) {
                changes.remove(key);
            } else {
                changes.put(key, new Change.Write(json));
            }
        }

        @Override
        public void file(Scope scope, String kind, String id, Path file) {
            StateKey key = new StateKey(kind, scope, id);
            Told told = part.things.computeIfAbsent(key, k -> new Told());
            if (told.pass == 0 && !inTheStore.contains(key)) {
                changes.put(key, new Change.Take(file));
            }
            told.pass = pass;
        }

        @Override
        public void part(Scope scope, String name, Object stamp, Consumer<StateSink> teller) {
            if (part != root) {
                throw new IllegalStateException("a part of the state has no parts");
            }
            Part own = parts.computeIfAbsent(new PartName(scope, name), n -> new Part());
            boolean same = own.asked > 0 && stamp.equals(own.stamp);
            own.met = pass;
            if (!same) {
                own.stamp = stamp;
                own.asked = pass;
                teller.accept(new Sink(own, changes));
            }
        }
    }
}
