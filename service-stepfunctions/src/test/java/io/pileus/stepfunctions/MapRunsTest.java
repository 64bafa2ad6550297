package io.pileus.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.http.Payload;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.port.ObjectStore;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.model.*;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MapRunsTest {
    private final Machines sfn = new Machines();
    private final TreeMap<String, String> objects = new TreeMap<>();

    @BeforeEach
    void provideObjects() {
        sfn.env.ports().provide(ObjectStore.class, new ObjectStore() {
            @Override
            public Get get(String bucket, String key, Optional<String> versionId) {
                String text = objects.get(key);
                return text == null
                        ? new GetFailed("NoSuchKey", "The specified key does not exist.")
                        : new Found(Payload.ofUtf8(text), "\"e\"", "", Map.of(), Instant.EPOCH);
            }

            @Override
            public Put put(String bucket, String key, Payload body, Map<String, String> metadata, String contentType) {
                objects.put(key, new String(body.bytes(), java.nio.charset.StandardCharsets.UTF_8));
                return new Stored("\"e\"", Optional.empty());
            }

            @Override
            public Listing list(String bucket, String prefix, Optional<String> startAfter) {
                List<Entry> entries = new ArrayList<>();
                objects.forEach((key, text) -> {
                    if (key.startsWith(prefix)
                            && startAfter.filter(a -> key.compareTo(a) <= 0).isEmpty()) {
                        entries.add(new Entry(key, text.length(), "\"e\"", Instant.EPOCH, "STANDARD"));
                    }
                });
                return new Listing(entries, false, Optional.empty());
            }

            @Override
            public void createBucket(AccountId account, Region region, String bucket) {}
        });
    }

    private static String map(String fields, String state) {
        return "{\"StartAt\":\"M\",\"States\":{\"M\":{\"Type\":\"Map\"," + fields
                + "\"ItemProcessor\":{\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"STANDARD\"},"
                + "\"StartAt\":\"I\",\"States\":{\"I\":" + state + "}},\"End\":true}}}";
    }

    private static final String PASS = "{\"Type\":\"Pass\",\"End\":true}";

    private static String reader(String config) {
        return "\"ItemReader\":{\"Resource\":\"arn:aws:states:::s3:getObject\",\"ReaderConfig\":{" + config
                + "},\"Parameters\":{\"Bucket\":\"b\",\"Key\":\"items\"}},";
    }

    private DescribeMapRunOutput run(String execution) {
        String arn = sfn.service
                .listMapRuns(ListMapRunsInput.builder().executionArn(execution).build(), sfn.call())
                .mapRuns()
                .get(0)
                .mapRunArn();
        return sfn.service.describeMapRun(
                DescribeMapRunInput.builder().mapRunArn(arn).build(), sfn.call());
    }

    @Test
    void eachItemIsAChildExecution() {
        String execution = sfn.run(map("\"Label\":\"L\",", PASS), "[1,2,3]");

        assertThat(sfn.output(execution)).isEqualTo(Json.of("[1,2,3]"));
        assertThat(sfn.types(execution))
                .containsExactly(
                        "ExecutionStarted",
                        "MapStateEntered",
                        "MapStateStarted",
                        "MapRunStarted",
                        "MapRunSucceeded",
                        "MapStateSucceeded",
                        "MapStateExited",
                        "ExecutionSucceeded");
        DescribeMapRunOutput run = run(execution);
        assertThat(run.mapRunArn()).startsWith("arn:aws:states:us-east-1:000000000000:mapRun:machine0/L:");
        assertThat(run.status()).isEqualTo("SUCCEEDED");
        assertThat(run.itemCounts().total()).isEqualTo(3);
        assertThat(run.executionCounts().succeeded()).isEqualTo(3);
        List<ExecutionListItem> children = sfn.service
                .listExecutions(
                        ListExecutionsInput.builder().mapRunArn(run.mapRunArn()).build(), sfn.call())
                .executions();
        assertThat(children).hasSize(3).allSatisfy(c -> {
            assertThat(c.itemCount()).isEqualTo(1);
            assertThat(c.stateMachineArn()).endsWith(":stateMachine:machine0/L");
        });
    }

    @Test
    void itemsComeFromCsvJsonLinesAndListings() {
        objects.put("items", "id,name\n1,\"a, b\"\n2,c\n");
        assertThat(sfn.output(
                        sfn.run(map(reader("\"InputType\":\"CSV\",\"CSVHeaderLocation\":\"FIRST_ROW\""), PASS), "{}")))
                .isEqualTo(Json.of("[{\"id\":\"1\",\"name\":\"a, b\"},{\"id\":\"2\",\"name\":\"c\"}]"));
        objects.put("items", "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n");
        assertThat(sfn.output(sfn.run(map(reader("\"InputType\":\"JSONL\",\"MaxItems\":2"), PASS), "{}")))
                .isEqualTo(Json.of("[{\"a\":1},{\"a\":2}]"));
        objects.put("items", "{\"data\":{\"list\":[1,2]}}");
        assertThat(sfn.output(
                        sfn.run(map(reader("\"InputType\":\"JSON\",\"ItemsPointer\":\"/data/list\""), PASS), "{}")))
                .isEqualTo(Json.of("[1,2]"));
        assertThat(sfn.output(sfn.run(
                                map(
                                        "\"ItemReader\":{\"Resource\":\"arn:aws:states:::s3:listObjectsV2\",\"Parameters\":{\"Bucket\":\"b\"}},",
                                        PASS),
                                "{}"))
                        .get(0)
                        .get("Key")
                        .textValue())
                .isEqualTo("items");
    }

    @Test
    void anObjectGivesAnItemForEachOfItsFields() {
        String map = """
                {"StartAt":"M","States":{"M":{"Type":"Map","ItemsPath":"$.prices",%s"End":true,
                 "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
                  "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}}}}""";
        String input = "{\"prices\":{\"tea\":1,\"milk\":2}}";

        assertThat(sfn.output(sfn.run(map.formatted(""), input)))
                .isEqualTo(Json.of("[{\"Key\":\"tea\",\"Value\":1},{\"Key\":\"milk\",\"Value\":2}]"));
        assertThat(sfn.output(sfn.run(
                        map.formatted("\"ItemSelector\":{\"k.$\":\"$$.Map.Item.Key\",\"v.$\":\"$$.Map.Item.Value\"},"),
                        input)))
                .isEqualTo(Json.of("[{\"k\":\"tea\",\"v\":1},{\"k\":\"milk\",\"v\":2}]"));
    }

    @Test
    void aChildThatWaitsForItsTurnInARedriveIsPendingRedrive() {
        String activity = sfn.service
                .createActivity(CreateActivityInput.builder().name("work").build(), sfn.call())
                .activityArn();
        String execution = sfn.run(
                map("", "{\"Type\":\"Task\",\"Resource\":\"" + activity + "\",\"TimeoutSeconds\":60,\"End\":true}"),
                "[1,2]");
        String mapRun = run(execution).mapRunArn();
        sfn.service.updateMapRun(
                UpdateMapRunInput.builder().mapRunArn(mapRun).maxConcurrency(1).build(), sfn.call());
        sfn.advance(Duration.ofSeconds(60));
        assertThat(sfn.status(execution)).isEqualTo("FAILED");

        sfn.service.redriveExecution(
                RedriveExecutionInput.builder().executionArn(execution).build(), sfn.call());

        assertThat(statuses(mapRun)).containsExactlyInAnyOrder("RUNNING", "PENDING_REDRIVE");
        assertThat(run(execution).executionCounts().pendingRedrive()).isEqualTo(1);
        sfn.service.stopExecution(
                StopExecutionInput.builder().executionArn(execution).build(), sfn.call());
        assertThat(statuses(mapRun)).doesNotContain("PENDING_REDRIVE", "RUNNING");
    }

    private List<String> statuses(String mapRun) {
        return sfn
                .service
                .listExecutions(ListExecutionsInput.builder().mapRunArn(mapRun).build(), sfn.call())
                .executions()
                .stream()
                .map(ExecutionListItem::status)
                .toList();
    }

    @Test
    void aMissingObjectFailsTheItemReader() {
        String execution = sfn.run(map(reader("\"InputType\":\"JSON\""), PASS), "{}");

        assertThat(sfn.describe(execution).error()).isEqualTo("States.ItemReaderFailed");
        assertThat(sfn.types(execution)).endsWith("MapRunFailed", "MapStateFailed", "ExecutionFailed");
        assertThat(run(execution).status()).isEqualTo("FAILED");
    }

    @Test
    void itemsAreBatched() {
        String execution =
                sfn.run(map("\"ItemBatcher\":{\"MaxItemsPerBatch\":2,\"BatchInput\":{\"k\":1}},", PASS), "[1,2,3]");

        assertThat(sfn.output(execution))
                .isEqualTo(Json.of(
                        "[{\"BatchInput\":{\"k\":1},\"Items\":[1,2]},{\"BatchInput\":{\"k\":1},\"Items\":[3]}]"));
        assertThat(run(execution).itemCounts().total()).isEqualTo(3);
        assertThat(run(execution).executionCounts().total()).isEqualTo(2);
    }

    @Test
    void resultsAreWrittenWithAManifest() {
        String execution = sfn.run(
                map(
                        "\"ResultWriter\":{\"Resource\":\"arn:aws:states:::s3:putObject\",\"Parameters\":{\"Bucket\":\"out\",\"Prefix\":\"p\"}},",
                        PASS),
                "[7]");

        String key = sfn.output(execution).get("ResultWriterDetails").get("Key").textValue();
        assertThat(key).startsWith("p/").endsWith("/manifest.json");
        assertThat(Json.of(objects.get(key)).get("DestinationBucket").textValue())
                .isEqualTo("out");
        String results =
                Json.of(objects.get(key)).at("/ResultFiles/SUCCEEDED/0/Key").textValue();
        assertThat(Json.of(objects.get(results)).get(0).get("Output").textValue())
                .isEqualTo("7");
    }

    @Test
    void tooManyFailuresFailTheRunAndTolerableOnesDoNot() {
        String failing =
                "{\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$\",\"NumericEquals\":1,\"Next\":\"F\"}],\"Default\":\"S\"},"
                        + "\"F\":{\"Type\":\"Fail\",\"Error\":\"E\"},\"S\":{\"Type\":\"Succeed\"}";
        String strict = sfn.run(map("", failing), "[0,1,2]");
        String tolerant = sfn.run(map("\"ToleratedFailureCount\":1,", failing), "[0,1,2]");

        assertThat(sfn.describe(strict).error()).isEqualTo("States.ExceedToleratedFailureThreshold");
        assertThat(sfn.describe(strict).cause()).isEqualTo("The specified tolerated failure threshold was exceeded");
        assertThat(sfn.output(tolerant)).isEqualTo(Json.of("[0,2]"));
        assertThat(run(tolerant).itemCounts().failed()).isEqualTo(1);
    }

    @Test
    void aRedrivenRunDoesOnlyWhatHadFailed() {
        AtomicInteger calls = new AtomicInteger();
        sfn.function(in -> calls.incrementAndGet() == 2 ? Machines.fails("E", "no") : Machines.returns(in.toString()));
        String execution = sfn.run(
                map(
                        "\"MaxConcurrency\":1,",
                        "{\"Type\":\"Task\",\"Resource\":\"" + Machines.FUNCTION + "\",\"End\":true}"),
                "[1,2,3]");
        assertThat(sfn.status(execution)).isEqualTo("FAILED");
        sfn.service.redriveExecution(
                RedriveExecutionInput.builder().executionArn(execution).build(), sfn.call());

        assertThat(sfn.output(execution)).isEqualTo(Json.of("[1,2,3]"));
        assertThat(calls).hasValue(4);
        assertThat(sfn.types(execution)).containsSubsequence("ExecutionRedriven", "MapRunRedriven", "MapRunSucceeded");
        assertThat(run(execution).redriveCount()).isEqualTo(1);
    }

    @Test
    void aRunCanBeChangedOnlyWhileItRuns() {
        String execution =
                sfn.run(map("\"MaxConcurrency\":1,", "{\"Type\":\"Wait\",\"Seconds\":10,\"End\":true}"), "[1,2,3]");
        String arn = run(execution).mapRunArn();
        assertThat(run(execution).executionCounts().running()).isEqualTo(1);
        sfn.service.updateMapRun(
                UpdateMapRunInput.builder().mapRunArn(arn).maxConcurrency(3).build(), sfn.call());

        assertThat(run(execution).executionCounts().running()).isEqualTo(3);
        sfn.advance(Duration.ofSeconds(10));
        assertThat(sfn.status(execution)).isEqualTo("SUCCEEDED");
        assertThatThrownBy(() -> sfn.service.updateMapRun(
                        UpdateMapRunInput.builder()
                                .mapRunArn(arn)
                                .maxConcurrency(1)
                                .build(),
                        sfn.call()))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    void stoppingTheExecutionStopsTheRunAndItsChildren() {
        String execution = sfn.run(map("", "{\"Type\":\"Wait\",\"Seconds\":10,\"End\":true}"), "[1,2]");
        sfn.service.stopExecution(
                StopExecutionInput.builder().executionArn(execution).build(), sfn.call());

        assertThat(run(execution).status()).isEqualTo("ABORTED");
        assertThat(sfn.service
                        .listExecutions(
                                ListExecutionsInput.builder()
                                        .mapRunArn(run(execution).mapRunArn())
                                        .statusFilter("ABORTED")
                                        .build(),
                                sfn.call())
                        .executions())
                .hasSize(2);
    }
}
