package io.pileus.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.client.Fault;
import io.pileus.client.RemotePileus;
import io.pileus.server.command.Commands;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line and the Java client, each against a server. */
class CommandsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Pileus pileus;
    private RemotePileus remote;

    @BeforeEach
    void start() throws IOException {
        pileus = Pileus.builder()
                .port(0)
                .seed(1)
                .clock(ClockSetting.parse("manual:2026-01-01T00:00:00Z"))
                .start();
        remote = RemotePileus.at(pileus.endpoint());
    }

    @AfterEach
    void end() {
        pileus.close();
    }

    private String run(String command) {
        out.reset();
        int status = Commands.run(
                command.split(" "),
                Map.of("AWS_ENDPOINT_URL", pileus.endpoint().toString()),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return (status + " " + out.toString(StandardCharsets.UTF_8)).strip();
    }

    @Test
    void theClockIsReadAndMoved() {
        assertThat(run("clock")).isEqualTo("0 2026-01-01T00:00:00Z manual");
        assertThat(run("clock advance 15m")).isEqualTo("0 2026-01-01T00:15:00Z manual");
        assertThat(run("clock set 2027-01-01T00:00:00Z")).isEqualTo("0 2027-01-01T00:00:00Z manual");
        assertThat(run("clock scale 60")).startsWith("0 2027-01-01T00:").endsWith("scaled 60.0");
        assertThat(run("clock run")).endsWith("real");
        assertThat(run("clock freeze")).endsWith("manual");
    }

    @Test
    void stateIsShownAndForgotten() throws IOException {
        Http.call(pileus, "AmazonSQS.CreateQueue", "{\"QueueName\":\"orders\"}");

        assertThat(run("state sqs")).contains("/000000000000/orders");
        assertThat(run("reset sqs")).isEqualTo("0");
        assertThat(run("state")).isEqualTo("0 {\"services\":{}}");
        assertThat(run("health")).contains("sqs running", "kms available");
    }

    @Test
    void snapshotsAreSavedLoadedAndDeleted(@TempDir Path folder) throws IOException {
        Http.call(pileus, "AmazonSQS.CreateQueue", "{\"QueueName\":\"orders\"}");
        Path file = folder.resolve("base.zip");

        assertThat(run("snapshot save base " + file)).isEqualTo("0");
        assertThat(run("snapshot")).isEqualTo("0 base");
        assertThat(run("snapshot delete base")).isEqualTo("0");
        assertThat(run("snapshot load base")).isEqualTo("1");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no snapshot 'base'");
        run("reset");
        assertThat(run("snapshot load other " + file)).isEqualTo("0");
        assertThat(run("state sqs")).contains("/000000000000/orders");
        assertThat(run("save")).as("state is kept in no directory here").isEqualTo("1");
        assertThat(run("snapshot steal base")).isEqualTo("2");
    }

    @Test
    void faultsAreAddedAndCleared() throws IOException {
        String id = run("faults add sqs.ListQueues --error InternalError:500:broken --count 1")
                .substring(2);

        assertThat(Http.call(pileus, "AmazonSQS.ListQueues", "{}").body()).contains("broken");
        assertThat(run("faults")).contains("\"id\":\"" + id + "\"", "\"hits\":1");
        assertThat(run("faults remove " + id)).isEqualTo("0");
        run("faults add kms --throttle --rate 5 --probability 0.5 --seed 3 --latency 200ms --region eu-west-1");
        assertThat(run("faults"))
                .contains("ThrottlingException", "\"latency\":\"PT0.2S\"", "\"callsPerSecond\":5.0", "\"seed\":3");
        run("faults clear");
        assertThat(run("faults")).isEqualTo("0 {\"faults\":[]}");
    }

    @Test
    void requestsAreListedOldestFirstWithTheirCommands() throws IOException {
        Http.call(pileus, "AmazonSQS.CreateQueue", "{\"QueueName\":\"a\"}");
        Http.call(pileus, "AmazonSQS.ListQueues", "{}");
        Http.call(pileus, "TrentService.DescribeKey", "{\"KeyId\":\"alias/x\"}");

        assertThat(run("requests"))
                .containsSubsequence("#0 ", "sqs.CreateQueue 200", "#1 ", "#2 ", "NotFoundException");
        assertThat(run("requests --service sqs --limit 1")).contains("#1 ").doesNotContain("#0 ", "#2 ");
        assertThat(run("requests --errors")).contains("#2 ").doesNotContain("#0 ");
        assertThat(run("requests --commands")).contains("    aws --endpoint-url http://localhost:");
    }

    @Test
    @Timeout(60)
    void requestsAreFollowedUntilTheUserHasSeenEnough() throws Exception {
        Semaphore lines = new Semaphore(0);
        PrintStream watched = new PrintStream(out, true, StandardCharsets.UTF_8) {
            @Override
            public void println(String line) {
                super.println(line);
                lines.release();
            }
        };
        Map<String, String> environment =
                Map.of("PILEUS_ENDPOINT", pileus.endpoint().toString());
        Thread follower =
                new Thread(() -> Commands.run(new String[] {"requests", "--follow"}, environment, watched, watched));
        Http.call(pileus, "AmazonSQS.CreateQueue", "{\"QueueName\":\"a\"}");
        follower.start();
        lines.acquire();
        Http.call(pileus, "AmazonSQS.ListQueues", "{}");
        lines.acquire();
        follower.interrupt();
        follower.join();

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .element(1)
                .asString()
                .contains("sqs.ListQueues");
    }

    @Test
    void strictModeAndQuotasAreSwitched() {
        run("strict on");
        run("quotas sqs on");
        assertThat(remote.get("/_pileus/settings")).contains("\"strict\":true", "\"sqs\":true");
        run("strict off");
        assertThat(pileus.conditions().strict()).isFalse();
    }

    @Test
    void whatMakesNoSenseIsSaid() {
        for (String command : new String[] {
            "fly",
            "clock backwards",
            "clock advance",
            "reset sqs kms",
            "strict maybe",
            "faults add --error",
            "clock --loud 1"
        }) {
            assertThat(run(command)).as(command).startsWith("2");
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("There is no command 'fly'. See pileus help.");
        assertThat(run("clock advance soon")).startsWith("1");
        assertThat(run("reset elephants")).startsWith("1");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("not a duration", "no service 'elephants'");
        pileus.close();
        assertThat(run("clock")).startsWith("1");
    }

    @Test
    void itSaysWhichWordMakesNoSense() {
        assertSays("clock advance 1m extra --loud 1", "Not understood here: extra --loud");
        assertSays("clock scale much", "'much' is no number that 'scale' can have.");
        assertSays("requests --limit x", "'x' is no number that '--limit' can have.");
        assertSays("faults add sqs --error InternalError:often", "'often' is no HTTP status.");
        assertSays("clock --endpoint localhost:4566", "An endpoint is a URL such as http://localhost:4566, not");
        assertSays("clock --endpoint ftp://localhost", "An endpoint is a URL such as http://localhost:4566, not");
    }

    private void assertSays(String command, String words) {
        err.reset();
        assertThat(run(command)).as(command).isEqualTo("2");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(words).hasLineCount(1);
    }

    @Test
    void aFileThatCannotBeIsNamedWithTheReason(@TempDir Path folder) {
        run("snapshot save base " + folder.resolve("missing/base.zip"));
        run("snapshot load base " + folder.resolve("other.zip"));

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("the file cannot be written: " + folder.resolve("missing/base.zip")
                        + ": no such file or folder")
                .contains("the file cannot be read: " + folder.resolve("other.zip") + ": no such file or folder");
    }

    @Test
    void theJavaClientSeesWhatIsInside() throws IOException {
        Http.call(pileus, "AmazonSQS.CreateQueue", "{\"QueueName\":\"orders\"}");
        String url = pileus.endpoint() + "/000000000000/orders";
        Http.call(pileus, "AmazonSQS.SendMessage", "{\"QueueUrl\":\"" + url + "\",\"MessageBody\":\"now\"}");
        Http.call(
                pileus,
                "AmazonSQS.SendMessage",
                "{\"QueueUrl\":\"" + url + "\",\"MessageBody\":\"later\",\"DelaySeconds\":60}");

        assertThat(remote.queueMessages(url))
                .extracting("body", "delayed")
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("now", false),
                        org.assertj.core.groups.Tuple.tuple("later", true));
        assertThat(remote.advance(Duration.ofMinutes(1)).now()).isEqualTo("2026-01-01T00:01:00Z");
        assertThat(remote.queueMessages(url)).extracting("delayed").containsOnly(false);
        assertThat(remote.requests()).anyMatch(request -> request.input().contains("later"));
        String fault = remote.add(Fault.on("sqs").latency(Duration.ofSeconds(1)));
        assertThat(remote.hits(fault)).isZero();
        remote.removeFaults();
        remote.reset();
        assertThat(remote.state("sqs")).isEqualTo("{\"services\":{\"sqs\":[]}}");
    }
}
