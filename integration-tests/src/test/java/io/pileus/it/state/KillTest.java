package io.pileus.it.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.client.QueueMessage;
import io.pileus.client.RemotePileus;
import java.io.RandomAccessFile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that are killed, and others that go on with what they left. */
@Timeout(180)
class KillTest {
    /** State is saved within a second of a change, where the machine has nothing else to do. */
    private static final Duration WINDOW_MIN = Duration.ofSeconds(4);

    private static final String QUEUE = "http://localhost/000000000000/orders";

    @TempDir
    Path directory;

    private static void call(RemotePileus pileus, String action, String... parameters) {
        StringBuilder query = new StringBuilder("/?Version=2012-11-05&Action=" + action);
        for (int i = 0; i < parameters.length; i += 2) {
            query.append('&')
                    .append(parameters[i])
                    .append('=')
                    .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        pileus.post(query.toString(), "");
    }

    private static List<String> bodies(RemotePileus pileus) {
        return pileus.queueMessages(QUEUE).stream().map(QueueMessage::body).toList();
    }

    @Test
    void whatWasFlushedSurvivesKill9() throws Exception {
        try (ChildServer server = new ChildServer(directory, "--services", "sqs")) {
            call(server.remote(), "CreateQueue", "QueueName", "orders");
            call(server.remote(), "SendMessage", "QueueUrl", QUEUE, "MessageBody", "hello");
            server.remote().saveState();
            server.kill();
        }

        try (ChildServer server = new ChildServer(directory, "--services", "sqs")) {
            assertThat(bodies(server.remote())).containsExactly("hello");
            assertThat(server.output()).noneMatch(line -> line.contains("ERROR"));
        }
    }

    @Test
    void whatWasAcknowledgedBeforeTheWindowSurvivesKill9InTheMiddleOfWork() throws Exception {
        Map<String, Long> acknowledged = new LinkedHashMap<>();
        long killed;
        long window;
        try (ChildServer server = new ChildServer(directory, "--services", "sqs")) {
            server.remote().saveState(); // the first one of a process has much to load
            call(server.remote(), "CreateQueue", "QueueName", "orders");
            long flushing = System.nanoTime();
            server.remote().saveState();
            window = Math.max(WINDOW_MIN.toNanos(), 10 * (System.nanoTime() - flushing));
            long begun = System.nanoTime();
            for (int i = 0; System.nanoTime() - begun < 2 * window; i++) {
                call(server.remote(), "SendMessage", "QueueUrl", QUEUE, "MessageBody", "m" + i);
                acknowledged.put("m" + i, System.nanoTime());
            }
            killed = System.nanoTime();
            server.kill();
        }

        try (ChildServer server = new ChildServer(directory, "--services", "sqs")) {
            List<String> old = acknowledged.entrySet().stream()
                    .filter(message -> killed - message.getValue() > window)
                    .map(Map.Entry::getKey)
                    .toList();
            assertThat(old).isNotEmpty();
            assertThat(bodies(server.remote())).containsAll(old).doesNotHaveDuplicates();
        }
    }

    @Test
    void anOrderlyEndLosesNothing() throws Exception {
        try (ChildServer server = new ChildServer(directory, "--services", "sqs")) {
            call(server.remote(), "CreateQueue", "QueueName", "orders");
            for (int i = 0; i < 20; i++) {
                call(server.remote(), "SendMessage", "QueueUrl", QUEUE, "MessageBody", "m" + i);
            }
            server.terminate();
        }

        try (ChildServer server = new ChildServer(directory, "--services", "sqs")) {
            assertThat(bodies(server.remote())).hasSize(20);
        }
    }

    @Test
    void aTornFileDoesNotKeepTheServerFromStarting() throws Exception {
        try (ChildServer server = new ChildServer(directory, "--services", "sqs")) {
            call(server.remote(), "CreateQueue", "QueueName", "orders");
            server.terminate();
        }
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("state.mv").toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }

        try (ChildServer server = new ChildServer(directory, "--services", "sqs")) {
            call(server.remote(), "CreateQueue", "QueueName", "orders");
            assertThat(bodies(server.remote())).isEmpty();
        }
    }
}
