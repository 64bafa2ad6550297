package io.pileus.core.testkit;

import io.pileus.core.service.EmulatedService;
import io.pileus.core.state.MemoryStateStore;
import io.pileus.core.state.StateChanges;
import io.pileus.core.state.StateKey;
import io.pileus.core.state.StateLoader;
import io.pileus.core.state.StateSaver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The saved state of a service, in memory, made into bytes and back as the server does it.
 *
 * <pre>
 *   SavedStates saved = SavedStates.of(service);
 *   saved.loadInto(fresh);
 *   ...
 *   StateChanges changes = saved.saveAgain(service); // what changed since
 * </pre>
 */
public final class SavedStates {
    private final MemoryStateStore store = new MemoryStateStore(SavedStates::newFile);
    private final StateSaver saver = new StateSaver(store);

    private SavedStates() {}

    /** What the service tells when it is saved. */
    public static SavedStates of(EmulatedService service) {
        SavedStates saved = new SavedStates();
        saved.saver.save(service);
        return saved;
    }

    /** Saves the same service again, or another one in its place; answers what was different. */
    public StateChanges saveAgain(EmulatedService service) {
        return saver.save(service);
    }

    /** Loads another service, fresh and of the same kind, and lets it go on. */
    public void loadInto(EmulatedService fresh) {
        StateLoader loader = new StateLoader("test", store);
        fresh.load(loader);
        if (!loader.failures().isEmpty()) {
            throw new AssertionError("not loaded: " + loader.failures());
        }
        fresh.resume();
        // What was loaded tells the same again, or something was lost on the way.
        StateChanges difference = new StateSaver(copy()).save(fresh);
        if (difference.any()) {
            throw new AssertionError("loaded and saved again, the state is different: " + difference + "\n" + text());
        }
    }

    /** Loads another service and lets it go on, where going on changes what is saved. */
    public void loadAndGoOn(EmulatedService fresh) {
        StateLoader loader = new StateLoader("test", store);
        fresh.load(loader);
        if (!loader.failures().isEmpty()) {
            throw new AssertionError("not loaded: " + loader.failures());
        }
        fresh.resume();
    }

    /** The JSON of everything but files, by what {@link StateKey#toString} tells. */
    public Map<String, String> text() {
        Map<String, String> text = new TreeMap<>();
        store.keys().forEach(key -> {
            byte[] json = store.get(key);
            text.put(key.toString(), json == null ? "(file)" : new String(json, StandardCharsets.UTF_8));
        });
        return text;
    }

    private MemoryStateStore copy() {
        MemoryStateStore copy = new MemoryStateStore(SavedStates::newFile);
        store.keys().forEach(key -> {
            byte[] json = store.get(key);
            if (json != null) {
                copy.put(key, json);
            }
        });
        store.keys().stream()
                .map(StateKey::kind)
                .distinct()
                .forEach(kind -> store.forEachFile(kind, (key, file) -> {
                    try {
                        copy.putFile(key, file);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }));
        return copy;
    }

    private static Path newFile() {
        try {
            Path file = Files.createTempFile("pileus-test-state", "");
            Files.delete(file);
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
