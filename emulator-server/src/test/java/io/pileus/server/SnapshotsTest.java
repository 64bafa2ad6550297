package io.pileus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.client.PileusException;
import io.pileus.client.RemotePileus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {
    private static Pileus pileus;
    private static RemotePileus remote;

    @TempDir
    Path temporary;

    @BeforeAll
    static void start() throws IOException {
        pileus = Pileus.builder().port(0).start();
        remote = RemotePileus.at(pileus.endpoint());
    }

    @AfterAll
    static void end() {
        pileus.close();
    }

    @BeforeEach
    void empty() {
        remote.reset();
        remote.snapshots().forEach(remote::deleteSnapshot);
    }

    private static void createQueue(String name) throws IOException {
        Http.call(pileus, "AmazonSQS.CreateQueue", "{\"QueueName\":\"" + name + "\"}");
        Http.call(
                pileus,
                "AmazonSQS.SendMessage",
                "{\"QueueUrl\":\"http://localhost/000000000000/" + name + "\",\"MessageBody\":\"in " + name + "\"}");
    }

    private static String queues() throws IOException {
        return Http.call(pileus, "AmazonSQS.ListQueues", "{}").body();
    }

    private static String receive(String name) throws IOException {
        return Http.call(
                        pileus,
                        "AmazonSQS.ReceiveMessage",
                        "{\"QueueUrl\":\"http://localhost/000000000000/" + name + "\"}")
                .body();
    }

    @Test
    void loadingPutsTheStateBackAndForgetsWhatCameAfter() throws IOException {
        createQueue("before");
        remote.saveSnapshot("base");
        assertThat(receive("before")).contains("in before");
        createQueue("after");

        remote.loadSnapshot("base");

        assertThat(queues()).contains("/before").doesNotContain("/after");
        assertThat(receive("before")).contains("in before");
    }

    @Test
    void aSnapshotCanBeLoadedAgainAndAgain() throws IOException {
        createQueue("q");
        remote.saveSnapshot("base");
        for (int i = 0; i < 3; i++) {
            remote.loadSnapshot("base");
            assertThat(receive("q")).contains("in q");
        }
    }

    @Test
    void snapshotsAreListedReplacedAndDeleted() throws IOException {
        remote.saveSnapshot("b");
        remote.saveSnapshot("a");
        createQueue("q");
        remote.saveSnapshot("b");

        assertThat(remote.snapshots()).containsExactly("a", "b");
        assertThat(Http.get(pileus, "/_pileus/snapshots").body()).contains("\"sqs\":2");
        remote.deleteSnapshot("b");
        assertThat(remote.snapshots()).containsExactly("a");
        assertThat(Http.send(pileus, "DELETE", "/_pileus/snapshots/b", "", "").status())
                .isEqualTo(404);
        assertThatThrownBy(() -> remote.loadSnapshot("b"))
                .isInstanceOf(PileusException.class)
                .hasMessage("there is no snapshot 'b'");
    }

    @Test
    void aNameIsNoPath() {
        for (String name : List.of("..", ".hidden", "a%2Fb", "%2e%2e%2fetc", "x".repeat(65))) {
            assertThatThrownBy(() -> remote.post("/_pileus/snapshots/" + name, ""))
                    .isInstanceOf(PileusException.class);
        }
        assertThat(remote.snapshots()).isEmpty();
    }

    @Test
    void aSnapshotTravelsAsAFile() throws IOException {
        createQueue("q");
        remote.saveSnapshot("base");
        Path file = temporary.resolve("base.zip");
        remote.downloadSnapshot("base", file);
        remote.deleteSnapshot("base");

        try (Pileus other = Pileus.builder().port(0).start()) {
            RemotePileus there = RemotePileus.at(other.endpoint());
            there.uploadSnapshot("copy", file);
            there.loadSnapshot("copy");
            assertThat(Http.call(other, "AmazonSQS.ListQueues", "{}").body()).contains("/q");
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.getEntry("state/sqs.jsonl")).isNotNull();
            String head = new String(
                    zip.getInputStream(zip.getEntry("pileus-snapshot.json")).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(head).startsWith("{\"format\":1,");
        }
    }

    @Test
    void whatIsNoSnapshotIsRefused() throws IOException {
        String head = "{\"format\":1,\"version\":\"x\",\"savedAt\":\"2026-01-01T00:00:00Z\"}";
        String key = "\"kind\":\"body\",\"account\":\"000000000000\",\"region\":\"us-east-1\",\"id\":\"1\"";
        refused(zip(Map.of()), "this is not a snapshot: it has no pileus-snapshot.json");
        refused("not a zip".getBytes(StandardCharsets.UTF_8), "this is not a snapshot: it has no pileus-snapshot.json");
        refused(
                zip(Map.of("pileus-snapshot.json", head.replace("1,\"version", "99,\"version"))),
                "this snapshot was written by version x in format 99; this program knows 1");
        refused(
                zip(Map.of("pileus-snapshot.json", head, "state/sqs.jsonl", "{" + key + ",\"file\":7}")),
                "this snapshot is not complete: it has no files/7");
        refused(
                zip(Map.of("pileus-snapshot.json", head, "state/sqs.jsonl", "[1]")),
                "this is not a snapshot: a line is no object");
        refused(zip(Map.of("pileus-snapshot.json", head, "state/sqs.jsonl", "{\"kind\":")), "this is not a snapshot:");
    }

    private void refused(byte[] content, String why) throws IOException {
        Path file = Files.write(temporary.resolve("upload.zip"), content);
        assertThatThrownBy(() -> remote.uploadSnapshot("x", file))
                .isInstanceOf(PileusException.class)
                .hasMessageStartingWith(why);
        assertThat(remote.snapshots()).isEmpty();
    }

    @Test
    void entriesWithOtherNamesAreNeverWritten() throws IOException {
        Path file = Files.write(
                temporary.resolve("slip.zip"),
                zip(Map.of(
                        "pileus-snapshot.json",
                        "{\"format\":1,\"savedAt\":\"2026-01-01T00:00:00Z\"}",
                        "../../../../../../../../tmp/pileus-slipped",
                        "x",
                        "files/../../slipped",
                        "x")));

        remote.uploadSnapshot("slip", file);

        assertThat(Path.of("/tmp/pileus-slipped")).doesNotExist();
        assertThat(remote.snapshots()).containsExactly("slip");
    }

    private static byte[] zip(Map<String, String> entries) throws IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
