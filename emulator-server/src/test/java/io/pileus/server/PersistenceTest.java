package io.pileus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.time.EmulatedTime;
import io.pileus.server.Http.Answer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State in a directory, from one server to the next. */
class PersistenceTest {
    @TempDir
    Path temporary;

    private Path directory;

    @BeforeEach
    void place() {
        directory = temporary.resolve("state");
    }

    private Pileus.Builder builder() {
        return Pileus.builder().port(0).persistence(directory);
    }

    private static String createQueue(Pileus pileus, String name) throws IOException {
        Answer answer = Http.call(pileus, "AmazonSQS.CreateQueue", "{\"QueueName\":\"" + name + "\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return "http://localhost/000000000000/" + name;
    }

    private static String queues(Pileus pileus) throws IOException {
        return Http.call(pileus, "AmazonSQS.ListQueues", "{}").body();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void anOrderlyEndLosesNothing() throws IOException {
        try (Pileus pileus = builder().start()) {
            String queue = createQueue(pileus, "orders");
            Http.call(pileus, "AmazonSQS.SendMessage", "{\"QueueUrl\":\"" + queue + "\",\"MessageBody\":\"hello\"}");
        }

        try (Pileus pileus = builder().start()) {
            assertThat(queues(pileus)).contains("/orders");
            assertThat(Http.call(
                                    pileus,
                                    "AmazonSQS.ReceiveMessage",
                                    "{\"QueueUrl\":\"http://localhost/000000000000/orders\"}")
                            .body())
                    .contains("hello");
        }
    }

    @Test
    void whatWasFlushedIsThereWhateverBecomesOfTheServer() throws IOException {
        Path copy = temporary.resolve("copy");
        try (Pileus pileus = builder().start()) {
            createQueue(pileus, "orders");
            Answer answer = Http.post(pileus, "/_localstack/state/save", "");
            assertThat(answer.status()).isEqualTo(200);
            Files.createDirectories(copy);
            Files.copy(directory.resolve("state.mv"), copy.resolve("state.mv"));
        }

        try (Pileus pileus = Pileus.builder().port(0).persistence(copy).start()) {
            assertThat(queues(pileus)).contains("/orders");
        }
    }

    @Test
    void aResetIsSavedToo() throws IOException {
        try (Pileus pileus = builder().start()) {
            createQueue(pileus, "orders");
            Http.post(pileus, "/_pileus/state/save", "");
            pileus.reset();
        }

        try (Pileus pileus = builder().start()) {
            assertThat(queues(pileus)).doesNotContain("orders");
        }
    }

    @Test
    void timeGoesOnAsItWent() throws IOException {
        Instant start = Instant.parse("2030-01-01T00:00:00Z");
        try (Pileus pileus =
                builder().clock(ClockSetting.parse("manual:" + start)).start()) {
            pileus.time().advance(Duration.ofDays(3));
        }
        try (Pileus pileus = builder().start()) {
            assertThat(pileus.time().mode()).isEqualTo(EmulatedTime.Mode.MANUAL);
            assertThat(pileus.time().instant()).isEqualTo(start.plus(Duration.ofDays(3)));
            pileus.time().run();
        }
        try (Pileus pileus = builder().start()) {
            assertThat(pileus.time().mode()).isEqualTo(EmulatedTime.Mode.REAL);
            assertThat(pileus.time().instant()).isAfter(start.plus(Duration.ofDays(3)));
        }
    }

    @Test
    void twoServersDoNotShareADirectory() throws IOException {
        try (Pileus pileus = builder().start()) {
            assertThatThrownBy(() -> builder().start())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another server uses it");
            createQueue(pileus, "still-here");
        }
        try (Pileus pileus = builder().start()) {
            assertThat(queues(pileus)).contains("still-here");
        }
    }

    @Test
    void aServerThatCannotStartLetsGoOfTheDirectory() throws IOException {
        try (Pileus other = Pileus.builder().port(0).start()) {
            assertThatThrownBy(() -> builder().port(other.port()).start()).isInstanceOf(IOException.class);
        }
        try (Pileus pileus = builder().start()) {
            assertThat(queues(pileus)).doesNotContain("QueueUrls\":[\"");
        }
    }

    @Test
    void aDamagedFileIsSetAsideAndTheServerStarts() throws IOException {
        try (Pileus pileus = builder().start()) {
            for (int i = 0; i < 50; i++) {
                createQueue(pileus, "queue" + i);
            }
        }
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("state.mv").toFile(), "rw")) {
            byte[] zeros = new byte[(int) file.length()];
            file.write(zeros);
        }

        try (Pileus pileus = builder().start()) {
            assertThat(queues(pileus)).doesNotContain("queue1");
            createQueue(pileus, "later");
        }
        assertThat(names()).containsExactly("files", "state.mv", "state.mv.damaged");
        try (Pileus pileus = builder().start()) {
            assertThat(queues(pileus)).contains("later");
        }
    }

    @Test
    void aFileThatIsNoStoreAtAllIsSetAside() throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("state.mv"), "hello, I am a text");

        try (Pileus pileus = builder().start()) {
            createQueue(pileus, "orders");
        }

        assertThat(Files.readString(directory.resolve("state.mv.damaged"))).isEqualTo("hello, I am a text");
    }

    @Test
    void servicesThatAreNotEnabledKeepTheirState() throws IOException {
        try (Pileus pileus = builder().start()) {
            createQueue(pileus, "orders");
        }
        try (Pileus pileus = builder().services("kms").start()) {
            assertThat(pileus.services()).containsExactly("kms");
        }
        try (Pileus pileus = builder().start()) {
            assertThat(queues(pileus)).contains("/orders");
        }
    }

    @Test
    void theManualStrategiesSaveAndLoadWhenTheyAreAsked() throws IOException {
        try (Pileus pileus =
                builder().setting("SNAPSHOT_SAVE_STRATEGY", "MANUAL").start()) {
            createQueue(pileus, "one");
            Http.post(pileus, "/_localstack/state/save", "");
            createQueue(pileus, "two");
        }
        try (Pileus pileus = builder()
                .setting("SNAPSHOT_SAVE_STRATEGY", "manual")
                .setting("SNAPSHOT_LOAD_STRATEGY", "manual")
                .start()) {
            assertThat(queues(pileus)).doesNotContain("/one");
            assertThat(Http.post(pileus, "/_localstack/state/load", "").status())
                    .isEqualTo(200);
            assertThat(queues(pileus)).contains("/one").doesNotContain("/two");
        }
    }

    @Test
    void astrategyThatIsNoneIsRefused() {
        assertThatThrownBy(() ->
                        builder().setting("SNAPSHOT_SAVE_STRATEGY", "NEVER").start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("SNAPSHOT_SAVE_STRATEGY is ON_REQUEST, SCHEDULED, ON_SHUTDOWN or MANUAL, not 'NEVER'");
        assertThat(directory).doesNotExist();
    }

    @Test
    void withoutPersistenceThereIsNothingToSave() throws IOException {
        try (Pileus pileus = Pileus.builder().port(0).start()) {
            assertThat(Http.post(pileus, "/_pileus/state/save", "").status()).isEqualTo(409);
        }
    }
}
