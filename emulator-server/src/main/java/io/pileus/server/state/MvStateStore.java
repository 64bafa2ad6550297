package io.pileus.server.state;

import io.pileus.core.state.MemoryStateStore;
import io.pileus.core.state.StateKey;
import io.pileus.core.state.StateStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/** A service's state in a {@link StateDirectory}: a map of JSON by key, and one of the names of files. */
final class MvStateStore implements StateStore {
    static final String THINGS = "things.";
    static final String FILES = "files.";

    private final String service;
    private final StateDirectory directory;
    private MVStore store;
    private MVMap<String, byte[]> things;
    private MVMap<String, String> files;

    MvStateStore(String service, StateDirectory directory) {
        this.service = service;
        this.directory = directory;
        this.store = directory.store();
        this.things = things(store, THINGS + service);
        this.files = files(store, FILES + service);
    }

    static MVMap<String, byte[]> things(MVStore store, String name) {
        return store.openMap(
                name,
                new MVMap.Builder<String, byte[]>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    static MVMap<String, String> files(MVStore store, String name) {
        return store.openMap(
                name,
                new MVMap.Builder<String, String>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(StringDataType.INSTANCE));
    }

    private MVMap<String, byte[]> things() {
        openAnew();
        return things;
    }

    private MVMap<String, String> files() {
        openAnew();
        return files;
    }

    /** The store may have been opened anew, or been taken back to a time when it had no such maps. */
    private void openAnew() {
        if (store != directory.store() || things.isClosed() || files.isClosed()) {
            store = directory.store();
            things = things(store, THINGS + service);
            files = files(store, FILES + service);
        }
    }

    @Override
    public byte @Nullable [] get(StateKey key) {
        return things().get(key.text());
    }

    @Override
    public void put(StateKey key, byte[] json) {
        things().put(key.text(), json);
    }

    @Override
    public void putFile(StateKey key, Path file) throws IOException {
        MVMap<String, String> files = files();
        if (!files.containsKey(key.text())) {
            String name = directory.nextFile();
            MemoryStateStore.linkOrCopy(file, directory.file(name));
            files.put(key.text(), name);
        }
    }

    @Override
    public void remove(StateKey key) {
        things().remove(key.text());
        String file = files().remove(key.text());
        if (file != null) {
            directory.deleteLater(file);
        }
    }

    @Override
    public Collection<StateKey> keys() {
        List<StateKey> keys = new ArrayList<>();
        things().keyIterator(null).forEachRemaining(text -> keys.add(StateKey.parse(text)));
        files().keyIterator(null).forEachRemaining(text -> keys.add(StateKey.parse(text)));
        return keys;
    }

    @Override
    public void forEach(String kind, BiConsumer<StateKey, byte[]> consumer) {
        forEach(things(), kind, consumer);
    }

    @Override
    public void forEachFile(String kind, BiConsumer<StateKey, Path> consumer) {
        forEach(files(), kind, (key, name) -> consumer.accept(key, directory.file(name)));
    }

    private static <V> void forEach(MVMap<String, V> map, String kind, BiConsumer<StateKey, V> consumer) {
        String prefix = StateKey.prefix(kind);
        Cursor<String, V> all = map.cursor(prefix);
        while (all.hasNext()) {
            String text = all.next();
            if (!text.startsWith(prefix)) {
                return;
            }
            consumer.accept(StateKey.parse(text), all.getValue());
        }
    }
}
