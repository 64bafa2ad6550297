package io.pileus.it.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.MapRunStatus;

class DistributedMapTest {
    private final Workflows workflows = new Workflows();
    private final S3Client s3 = workflows.client(S3Client.builder().forcePathStyle(true));

    @BeforeEach
    void bucket() {
        s3.createBucket(b -> b.bucket("data"));
    }

    @AfterEach
    void close() {
        s3.close();
        workflows.close();
    }

    private void put(String key, String text) {
        s3.putObject(p -> p.bucket("data").key(key), RequestBody.fromString(text));
    }

    private JsonNode get(String key) {
        return Workflows.json(
                s3.getObjectAsBytes(g -> g.bucket("data").key(key)).asUtf8String());
    }

    /** A machine whose one state maps each item to itself. */
    private static String map(String fields) {
        return """
                {"StartAt":"M","States":{"M":{"Type":"Map","End":true,%s,
                 "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
                  "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}}}}""".formatted(fields);
    }

    private static String reader(String config, String key) {
        return """
                "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":%s,
                 "Parameters":{"Bucket":"data","Key":"%s"}}""".formatted(config, key);
    }

    private JsonNode mapped(String fields) {
        return workflows.output(workflows.run(map(fields), "{}"));
    }

    @Test
    void itemsComeFromAJsonArray() {
        put("a.json", "[{\"n\":1},{\"n\":2}]");

        assertThat(mapped(reader("{\"InputType\":\"JSON\"}", "a.json")))
                .isEqualTo(Workflows.json("[{\"n\":1},{\"n\":2}]"));
    }

    @Test
    void itemsComeFromInsideAJsonObject() {
        put("a.json", "{\"orders\":{\"open\":[1,2,3]}}");

        assertThat(mapped(
                        reader("{\"InputType\":\"JSON\",\"ItemsPointer\":\"/orders/open\",\"MaxItems\":2}", "a.json")))
                .isEqualTo(Workflows.json("[1,2]"));
    }

    @Test
    void itemsComeFromJsonLines() {
        put("a.jsonl", "{\"n\":1}\n{\"n\":2}\n");

        assertThat(mapped(reader("{\"InputType\":\"JSONL\"}", "a.jsonl")))
                .isEqualTo(Workflows.json("[{\"n\":1},{\"n\":2}]"));
    }

    @Test
    void itemsComeFromCsvWithOrWithoutAHeaderLine() {
        put("a.csv", "id,name\n1,\"x, y\"\n2,z\n");
        put("b.csv", "1;x\n2;z\n");

        assertThat(mapped(reader("{\"InputType\":\"CSV\",\"CSVHeaderLocation\":\"FIRST_ROW\"}", "a.csv")))
                .isEqualTo(Workflows.json("[{\"id\":\"1\",\"name\":\"x, y\"},{\"id\":\"2\",\"name\":\"z\"}]"));
        assertThat(mapped(reader("""
                        {"InputType":"CSV","CSVHeaderLocation":"GIVEN","CSVHeaders":["id","name"],"CSVDelimiter":"SEMICOLON"}""", "b.csv")))
                .isEqualTo(Workflows.json("[{\"id\":\"1\",\"name\":\"x\"},{\"id\":\"2\",\"name\":\"z\"}]"));
    }

    @Test
    void itemsComeFromAnInventoryManifest() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write("\"data\",\"one.txt\"\n\"data\",\"two.txt\"\n".getBytes(StandardCharsets.UTF_8));
        }
        s3.putObject(p -> p.bucket("data").key("inventory/1.csv.gz"), RequestBody.fromBytes(zipped.toByteArray()));
        put("inventory/manifest.json", """
                {"sourceBucket":"data","destinationBucket":"arn:aws:s3:::data","fileFormat":"CSV",
                 "fileSchema":"Bucket, Key","files":[{"key":"inventory/1.csv.gz","size":1,"MD5checksum":""}]}""");

        assertThat(mapped(reader("{\"InputType\":\"MANIFEST\"}", "inventory/manifest.json")))
                .isEqualTo(Workflows.json(
                        "[{\"Bucket\":\"data\",\"Key\":\"one.txt\"},{\"Bucket\":\"data\",\"Key\":\"two.txt\"}]"));
    }

    @Test
    void itemsAreTheObjectsOfABucketWithAPrefix() {
        put("in/a", "1");
        put("in/b", "22");
        put("other", "3");

        JsonNode items = mapped("""
                "ItemReader":{"Resource":"arn:aws:states:::s3:listObjectsV2","Parameters":{"Bucket":"data","Prefix":"in/"}}""");

        assertThat(items).hasSize(2);
        assertThat(items.get(0).get("Key").textValue()).isEqualTo("in/a");
        assertThat(items.get(1).get("Size").intValue()).isEqualTo(2);
        assertThat(items.get(0).get("LastModified").isNumber()).isTrue();
        assertThat(items.get(0).get("StorageClass").textValue()).isEqualTo("STANDARD");
        assertThat(items.get(0).get("Etag").textValue()).isNotEmpty();
    }

    @Test
    void resultsAreWrittenToTheBucketWithAManifest() {
        String execution = workflows.run(map("""
                        "ItemsPath":"$.items","Label":"work","ResultWriter":{"Resource":"arn:aws:states:::s3:putObject",
                         "Parameters":{"Bucket":"data","Prefix":"out"}}"""), "{\"items\":[{\"n\":1},{\"n\":2},{\"n\":3}]}");

        JsonNode output = workflows.output(execution);
        String mapRunArn = output.get("MapRunArn").textValue();
        String id = mapRunArn.substring(mapRunArn.lastIndexOf(':') + 1);
        assertThat(output.at("/ResultWriterDetails/Bucket").textValue()).isEqualTo("data");
        assertThat(output.at("/ResultWriterDetails/Key").textValue()).isEqualTo("out/" + id + "/manifest.json");
        JsonNode manifest = get("out/" + id + "/manifest.json");
        assertThat(manifest.get("DestinationBucket").textValue()).isEqualTo("data");
        assertThat(manifest.at("/ResultFiles/FAILED")).isEmpty();
        String file = manifest.at("/ResultFiles/SUCCEEDED/0/Key").textValue();
        assertThat(file).isEqualTo("out/" + id + "/SUCCEEDED_0.json");
        JsonNode results = get(file);
        assertThat(results).hasSize(3);
        assertThat(results.get(0).get("Input").textValue()).isEqualTo("{\"n\":1}");
        assertThat(results.get(0).get("Output").textValue()).isEqualTo("{\"n\":1}");
        assertThat(results.get(0).get("Status").textValue()).isEqualTo("SUCCEEDED");
        assertThat(results.get(0).get("StateMachineArn").textValue()).endsWith("/work");
    }

    @Test
    void aMapRunIsDescribedAndItsChildrenAreListed() {
        String execution = workflows.run(map("""
                        "ItemsPath":"$.items","ItemBatcher":{"MaxItemsPerBatch":2,"BatchInput":{"k":"v"}}"""), "{\"items\":[1,2,3]}");

        String arn = workflows
                .sfn
                .listMapRuns(l -> l.executionArn(execution))
                .mapRuns()
                .get(0)
                .mapRunArn();
        DescribeMapRunResponse run = workflows.sfn.describeMapRun(d -> d.mapRunArn(arn));
        assertThat(run.status()).isEqualTo(MapRunStatus.SUCCEEDED);
        assertThat(run.itemCounts().total()).isEqualTo(3);
        assertThat(run.executionCounts().succeeded()).isEqualTo(2);
        List<Integer> itemCounts = new ArrayList<>();
        workflows.sfn.listExecutions(l -> l.mapRunArn(arn)).executions().forEach(e -> itemCounts.add(e.itemCount()));
        assertThat(itemCounts).containsExactlyInAnyOrder(2, 1);
        assertThat(workflows.output(execution))
                .isEqualTo(
                        Workflows.json(
                                "[{\"BatchInput\":{\"k\":\"v\"},\"Items\":[1,2]},{\"BatchInput\":{\"k\":\"v\"},\"Items\":[3]}]"));
        assertThat(workflows.types(execution))
                .containsExactly(
                        "ExecutionStarted",
                        "MapStateEntered",
                        "MapStateStarted",
                        "MapRunStarted",
                        "MapRunSucceeded",
                        "MapStateSucceeded",
                        "MapStateExited",
                        "ExecutionSucceeded");
    }

    @Test
    void anObjectThatIsNotThereFailsTheItemReader() {
        String execution = workflows.run(map(reader("{\"InputType\":\"JSON\"}", "nothing")), "{}");

        assertThat(workflows.describe(execution).error()).isEqualTo("States.ItemReaderFailed");
        assertThat(workflows.types(execution)).contains("MapRunFailed", "MapStateFailed");
    }
}
