package io.pileus.server.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.state.StateKey;
import io.pileus.core.state.StateStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateDirectoryTest {
    @TempDir
    Path temporary;

    private StateDirectory open() throws IOException {
        return StateDirectory.open(temporary.resolve("state"), "1.0");
    }

    private static StateKey key(int number) {
        return new StateKey("thing", new Scope(AccountId.DEFAULT, Region.US_EAST_1), "id" + number);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(StateStore store, int number) {
        byte[] json = store.get(key(number));
        return json == null ? "" : new String(json, StandardCharsets.UTF_8);
    }

    @Test
    void whatWasNotCommittedIsGone() throws IOException {
        try (StateDirectory directory = open()) {
            StateStore store = directory.of("sqs");
            store.put(key(1), bytes("1"));
            directory.commit(Map.of());
            store.put(key(1), bytes("2"));
            store.put(key(2), bytes("2"));
            directory.rollback();

            assertThat(text(store, 1)).isEqualTo("1");
            assertThat(text(store, 2)).isEmpty();
            store.put(key(3), bytes("3"));
            directory.commit(Map.of());
        }
        try (StateDirectory directory = open()) {
            assertThat(directory.of("sqs").keys()).containsExactlyInAnyOrder(key(1), key(3));
        }
    }

    @Test
    void kindsAndServicesAreApart() throws IOException {
        try (StateDirectory directory = open()) {
            Scope scope = new Scope(AccountId.DEFAULT, Region.US_EAST_1);
            StateStore store = directory.of("sqs");
            for (String kind : List.of("a", "ab", "b")) {
                store.put(new StateKey(kind, scope, "id"), bytes(kind));
            }
            List<String> found = new ArrayList<>();
            store.forEach("a", (key, json) -> found.add(key.kind()));

            assertThat(found).containsExactly("a");
            assertThat(directory.of("kms").keys()).isEmpty();
        }
    }

    @Test
    void aFileIsDeletedOnlyOnceThatIsCommitted() throws IOException {
        Path body = Files.writeString(temporary.resolve("body"), "content");
        Path own;
        try (StateDirectory directory = open()) {
            StateStore store = directory.of("s3");
            store.putFile(key(1), body);
            directory.commit(Map.of());
            List<Path> files = new ArrayList<>();
            store.forEachFile("thing", (key, file) -> files.add(file));
            own = files.getFirst();
            store.remove(key(1));
            assertThat(own).hasContent("content");
            directory.rollback();
            store.remove(key(1));
            directory.commit(Map.of());
            assertThat(own).doesNotExist();
        }
    }

    @Test
    void aFileThatNothingNamesIsForgottenAtTheNextStart() throws IOException {
        Path body = Files.writeString(temporary.resolve("body"), "content");
        try (StateDirectory directory = open()) {
            directory.of("s3").putFile(key(1), body);
            directory.commit(Map.of());
            directory.of("s3").putFile(key(2), body);
            directory.rollback();
        }
        try (StateDirectory directory = open()) {
            assertThat(directory.of("s3").keys()).containsExactly(key(1));
            try (Stream<Path> files = Files.list(temporary.resolve("state/files"))) {
                assertThat(files).hasSize(1);
            }
        }
    }

    @Test
    void aNewerFormatIsSetAside() throws IOException {
        open().close();
        Path file = temporary.resolve("state/state.mv");
        try (MVStore store = MVStore.open(file.toString())) {
            MvStateStore.files(store, "names").put("format", "99"); // strings by strings, as the directory's own
        }
        try (StateDirectory directory = open()) {
            assertThat(directory.names()).doesNotContainEntry("format", "99");
        }
        assertThat(temporary.resolve("state/state.mv.newer")).exists();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 13})
    void noDamageKeepsItFromOpening(int seed) throws IOException {
        Random random = new Random(seed);
        try (StateDirectory directory = open()) {
            for (int i = 0; i < 300; i++) {
                directory.of("sqs").put(key(i), bytes("v" + i + "x".repeat(random.nextInt(200))));
                if (i % 50 == 0) {
                    directory.commit(Map.of());
                }
            }
            directory.commit(Map.of());
        }
        byte[] good = Files.readAllBytes(temporary.resolve("state/state.mv"));
        for (int attempt = 0; attempt < 20; attempt++) {
            byte[] damaged = Arrays.copyOf(good, random.nextBoolean() ? good.length : random.nextInt(good.length));
            for (int i = 0; i < 1 << random.nextInt(12) && damaged.length > 0; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Path folder = temporary.resolve("damaged" + attempt);
            Files.createDirectories(folder);
            Files.write(folder.resolve("state.mv"), damaged);

            try (StateDirectory directory = StateDirectory.open(folder, "1.0")) {
                StateStore store = directory.of("sqs");
                store.keys();
                store.put(key(1), bytes("anew"));
                directory.commit(Map.of());
            }
            // damage that was not seen the first time may be seen now
            StateDirectory.open(folder, "1.0").close();
        }
    }

    /** As much as many saves of a busy server do, with rewriting in between; compared with a map. */
    @Test
    void aFileThatIsMostlyDeadIsWrittenAnew() throws IOException {
        Random random = new Random(7);
        Map<Integer, String> expected = new HashMap<>();
        for (int life = 0; life < 4; life++) {
            try (StateDirectory directory = open()) {
                StateStore store = directory.of("sqs");
                for (int commit = 0; commit < 30; commit++) {
                    for (int i = 0; i < 200; i++) {
                        int number = random.nextInt(500);
                        if (random.nextInt(3) == 0) {
                            store.remove(key(number));
                            expected.remove(number);
                        } else {
                            String value = "v" + random.nextInt() + "x".repeat(random.nextInt(3_000));
                            store.put(key(number), bytes(value));
                            expected.put(number, value);
                        }
                    }
                    directory.commit(Map.of("commit", Integer.toString(commit)));
                }
                long before = Files.size(temporary.resolve("state/state.mv"));
                directory.rewrite();
                assertThat(Files.size(temporary.resolve("state/state.mv"))).isLessThan(before);
                store.put(key(1_000 + life), bytes("after"));
                expected.put(1_000 + life, "after");
                directory.commit(Map.of());
            }
        }
        try (StateDirectory directory = open()) {
            StateStore store = directory.of("sqs");
            assertThat(store.keys()).hasSize(expected.size());
            expected.forEach((number, value) -> assertThat(text(store, number)).isEqualTo(value));
            assertThat(directory.names()).containsEntry("commit", "29");
        }
        assertThat(temporary.resolve("state/state.mv.next")).doesNotExist();
    }
}
