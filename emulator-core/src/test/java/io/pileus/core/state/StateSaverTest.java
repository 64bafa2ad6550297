package io.pileus.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.service.ServiceApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateSaverTest {
    private static final Scope SCOPE = new Scope(AccountId.DEFAULT, Region.US_EAST_1);

    record Thing(String value) {}

    private int files;

    @TempDir
    Path directory;

    private final MemoryStateStore store = new MemoryStateStore(() -> directory.resolve("own" + files++));
    private final StateSaver saver = new StateSaver(store);

    private static EmulatedService telling(Consumer<StateSink> teller) {
        return new EmulatedService() {
            @Override
            public List<ServiceApi> apis() {
                return List.of();
            }

            @Override
            public void reset(ResetScope scope) {}

            @Override
            public void save(StateSink sink) {
                teller.accept(sink);
            }
        };
    }

    private StateChanges save(Consumer<StateSink> teller) {
        return saver.save(telling(teller));
    }

    private List<String> ids() {
        List<String> ids = new ArrayList<>();
        new StateLoader("test", store).each("thing", Thing.class, (scope, id, t) -> ids.add(id + "=" + t.value()));
        return ids;
    }

    @Test
    void onlyWhatChangedIsWrittenAndWhatIsNotToldIsRemoved() {
        save(sink -> {
            sink.put(SCOPE, "thing", "b", new Thing("1"));
            sink.put(SCOPE, "thing", "a", new Thing("1"));
        });

        StateChanges changes = save(sink -> {
            sink.put(SCOPE, "thing", "b", new Thing("2"));
            sink.put(SCOPE, "thing", "c", new Thing("1"));
        });

        assertThat(changes).isEqualTo(new StateChanges(2, 1));
        assertThat(ids()).containsExactly("b=2", "c=1");
    }

    @Test
    void nothingIsMadeWhileTheStampIsTheSame() {
        int[] made = {0};
        Consumer<StateSink> teller = sink -> sink.put(SCOPE, "thing", "a", 7L, () -> new Thing("made " + ++made[0]));
        save(teller);

        assertThat(save(teller)).isEqualTo(StateChanges.NONE);
        assertThat(made[0]).isEqualTo(1);
        assertThat(save(sink -> sink.put(SCOPE, "thing", "a", 8L, () -> new Thing("2"))))
                .isEqualTo(new StateChanges(1, 0));
        assertThat(ids()).containsExactly("a=2");
    }

    @Test
    void anUnchangedPartKeepsWhatItToldAndAChangedOneIsAskedAgain() {
        Consumer<StateSink> one = sink -> sink.put(SCOPE, "thing", "1a", new Thing("x"));
        save(sink -> {
            sink.part(SCOPE, "one", 1, one);
            sink.part(SCOPE, "two", 1, part -> part.put(SCOPE, "thing", "2a", new Thing("x")));
        });

        StateChanges changes = save(sink -> {
            sink.part(SCOPE, "one", 1, part -> {
                throw new IllegalStateException("nobody asks");
            });
            sink.part(SCOPE, "two", 2, part -> part.put(SCOPE, "thing", "2b", new Thing("x")));
        });

        assertThat(changes).isEqualTo(new StateChanges(1, 1));
        assertThat(ids()).containsExactly("1a=x", "2b=x");
        assertThat(save(sink -> sink.part(SCOPE, "two", 2, part -> {}))).isEqualTo(new StateChanges(0, 1));
        assertThat(ids()).containsExactly("2b=x");
    }

    @Test
    void aServiceThatFailsHalfWayLeavesTheStoreAsItWas() {
        save(sink -> sink.put(SCOPE, "thing", "a", 1, () -> new Thing("1")));

        assertThatThrownBy(() -> save(sink -> {
                    sink.put(SCOPE, "thing", "a", 2, () -> new Thing("2"));
                    throw new IllegalStateException("a bug");
                }))
                .hasMessage("a bug");

        assertThat(ids()).containsExactly("a=1");
        assertThat(save(sink -> sink.put(SCOPE, "thing", "a", 2, () -> new Thing("2"))))
                .isEqualTo(new StateChanges(1, 0));
    }

    @Test
    void aNewSaverComparesWithWhatTheStoreHasFromBefore() {
        save(sink -> {
            sink.put(SCOPE, "thing", "a", 1, () -> new Thing("1"));
            sink.put(SCOPE, "thing", "b", 1, () -> new Thing("1"));
        });

        StateChanges changes = new StateSaver(store)
                .save(telling(sink ->
                        sink.part(SCOPE, "p", 1, part -> part.put(SCOPE, "thing", "a", 99, () -> new Thing("1")))));

        assertThat(changes).isEqualTo(new StateChanges(0, 1));
        assertThat(ids()).containsExactly("a=1");
    }

    @Test
    void aFileIsTakenOnceAndOutlivesTheServicesOwn() throws Exception {
        Path body = Files.writeString(directory.resolve("body"), "content");
        Consumer<StateSink> teller = sink -> sink.file(SCOPE, "body", "v1", body);

        assertThat(save(teller)).isEqualTo(new StateChanges(1, 0));
        assertThat(save(teller)).isEqualTo(StateChanges.NONE);
        Files.delete(body);

        List<String> contents = new ArrayList<>();
        new StateLoader("test", store).eachFile("body", (scope, id, file) -> contents.add(id + "=" + contentOf(file)));
        assertThat(contents).containsExactly("v1=content");
        assertThat(save(sink -> {})).isEqualTo(new StateChanges(0, 1));
        assertThat(directory).isEmptyDirectory();
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whatCannotBeLoadedIsLeftOutAndReported() {
        save(sink -> {
            sink.put(SCOPE, "thing", "a", new Thing("1"));
            sink.put(SCOPE, "thing", "b", new Thing("2"));
        });
        store.put(new StateKey("thing", SCOPE, "b"), "{\"value\":".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        StateLoader loader = new StateLoader("test", store);
        List<String> loaded = new ArrayList<>();

        loader.each("thing", Thing.class, (scope, id, thing) -> loaded.add(id));

        assertThat(loaded).containsExactly("a");
        assertThat(loader.failures()).containsExactly(new StateKey("thing", SCOPE, "b"));
    }
}
