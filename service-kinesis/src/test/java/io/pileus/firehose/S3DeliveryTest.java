package io.pileus.firehose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pileus.core.identity.Arn;
import io.pileus.core.port.FunctionInvoker;
import io.pileus.core.service.AwsException;
import io.pileus.core.shape.Blob;
import io.pileus.core.testkit.TestCalls;
import io.pileus.firehose.model.*;
import io.pileus.kinesis.KinesisService;
import io.pileus.kinesis.model.CreateStreamInput;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class S3DeliveryTest {

    @Test
    void recordsWaitForTheIntervalAndLandInOneObject() {
        Firehose firehose = new Firehose();
        firehose.create(Firehose.bucket().build());
        firehose.put("a\n", "b\n");
        firehose.env.advance(Duration.ofSeconds(299));
        assertThat(firehose.buckets.keys()).isEmpty();

        firehose.env.advance(Duration.ofSeconds(1));

        assertThat(firehose.buckets.keys()).hasSize(1);
        assertThat(firehose.buckets.keys().getFirst())
                .matches("2026/01/01/00/hose-1-2026-01-01-00-00-00-[0-9a-f-]{36}");
        assertThat(firehose.buckets.only("2026")).isEqualTo("a\nb\n");
    }

    @Test
    void aFullBufferIsDeliveredAtOnce() {
        Firehose firehose = new Firehose();
        firehose.create(Firehose.bucket()
                .bufferingHints(BufferingHints.builder()
                        .sizeInMBs(1)
                        .intervalInSeconds(900)
                        .build())
                .build());
        firehose.put("x".repeat(600_000));
        assertThat(firehose.buckets.keys()).isEmpty();

        firehose.put("x".repeat(600_000));

        assertThat(firehose.buckets.only("2026")).hasSize(1_200_000);
    }

    @Test
    void prefixExpressionsAndCompressionNameTheObject() throws Exception {
        Firehose firehose = new Firehose();
        firehose.create(Firehose.bucket()
                .prefix("data/year=!{timestamp:yyyy}/")
                .errorOutputPrefix("errors/!{firehose:error-output-type}/")
                .compressionFormat("GZIP")
                .build());
        firehose.put("hello");
        firehose.env.advance(Duration.ofSeconds(300));

        String key = firehose.buckets.keys().getFirst();
        assertThat(key).startsWith("data/year=2026/hose-1-").endsWith(".gz");
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(firehose.buckets.objects.get(key)))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("hello");
        }
    }

    @Test
    void jqQueriesPartitionRecordsAndFailuresGoToTheErrorPrefix() {
        Firehose firehose = new Firehose();
        firehose.create(Firehose.bucket()
                .prefix("customer=!{partitionKeyFromQuery:id}/")
                .errorOutputPrefix("errors/!{firehose:error-output-type}/")
                .dynamicPartitioningConfiguration(
                        DynamicPartitioningConfiguration.builder().enabled(true).build())
                .processingConfiguration(Firehose.processing(
                        Firehose.processor(
                                "MetadataExtraction",
                                Map.of("MetadataExtractionQuery", "{id: .customer.id}", "JsonParsingEngine", "JQ-1.6")),
                        Firehose.processor("AppendDelimiterToRecord", Map.of("Delimiter", "\\n"))))
                .build());
        firehose.put(
                "{\"customer\":{\"id\":\"7\"}}", "{\"customer\":{\"id\":8}}", "{\"customer\":{\"id\":\"7\"}}", "no");
        firehose.env.advance(Duration.ofSeconds(300));

        assertThat(firehose.buckets.only("customer=7/"))
                .isEqualTo("{\"customer\":{\"id\":\"7\"}}\n{\"customer\":{\"id\":\"7\"}}\n");
        assertThat(firehose.buckets.only("customer=8/")).isEqualTo("{\"customer\":{\"id\":8}}\n");
        assertThat(firehose.buckets.only("errors/processing-failed/"))
                .contains("\"errorCode\":\"DynamicPartitioning.MetadataExtractionFailed\"", "\"rawData\":\"bm8=\"");
    }

    @Test
    void aFunctionChangesDropsAndRefusesRecords() throws Exception {
        Firehose firehose = new Firehose();
        ObjectMapper json = new ObjectMapper();
        firehose.env.services().ports().provide(FunctionInvoker.class, (function, payload, caller, hops) -> {
            try {
                StringBuilder records = new StringBuilder();
                for (JsonNode record : json.readTree(payload.bytes()).path("records")) {
                    String data = Blob.ofBase64(record.path("data").asText()).utf8();
                    String result = data.equals("drop") ? "Dropped" : data.equals("bad") ? "ProcessingFailed" : "Ok";
                    records.append(records.isEmpty() ? "" : ",")
                            .append("{\"recordId\":\"")
                            .append(record.path("recordId").asText())
                            .append("\",\"result\":\"")
                            .append(result)
                            .append("\",\"data\":\"")
                            .append(Blob.ofUtf8(data.toUpperCase(java.util.Locale.ROOT))
                                    .base64())
                            .append("\"}");
                }
                return CompletableFuture.completedFuture(
                        new FunctionInvoker.Returned(Blob.ofUtf8("{\"records\":[" + records + "]}"), "$LATEST"));
            } catch (java.io.IOException e) {
                throw new AssertionError(e);
            }
        });
        firehose.create(Firehose.bucket()
                .processingConfiguration(Firehose.processing(Firehose.processor(
                        "Lambda", Map.of("LambdaArn", "arn:aws:lambda:us-east-1:000000000000:function:f"))))
                .build());
        firehose.put("a", "drop", "bad", "b");
        firehose.env.advance(Duration.ofSeconds(300));

        assertThat(firehose.buckets.only("2026")).isEqualTo("AB");
        assertThat(firehose.buckets.only("processing-failed/2026"))
                .contains("Lambda.ProcessingFailedStatus", "\"rawData\":\"YmFk\"");
    }

    @Test
    void aDataStreamIsReadFromTheCreationOn() {
        Firehose firehose = new Firehose();
        KinesisService kinesis = new KinesisService(firehose.env.services());
        kinesis.createStream(
                CreateStreamInput.builder().streamName("foo").shardCount(1).build(), firehose.call());
        putToStream(kinesis, firehose, "before");
        firehose.env.advance(Duration.ofSeconds(1));
        firehose.create(CreateDeliveryStreamInput.builder()
                .deliveryStreamType("KinesisStreamAsSource")
                .kinesisStreamSourceConfiguration(KinesisStreamSourceConfiguration.builder()
                        .kinesisStreamARN("arn:aws:kinesis:us-east-1:000000000000:stream/foo")
                        .roleARN(Firehose.ROLE)
                        .build())
                .extendedS3DestinationConfiguration(Firehose.bucket().build()));
        putToStream(kinesis, firehose, "1");
        kinesis.splitShard(
                io.pileus.kinesis.model.SplitShardInput.builder()
                        .streamName("foo")
                        .shardToSplit("shardId-000000000000")
                        .newStartingHashKey("170141183460469231731687303715884105728")
                        .build(),
                firehose.call());
        putToStream(kinesis, firehose, "2");
        firehose.env.advance(Duration.ofSeconds(300));

        assertThat(firehose.buckets.only("2026")).isEqualTo("12");
        assertThatThrownBy(() -> firehose.put("x"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("This operation is not permitted on KinesisStreamAsSource delivery stream type.");
    }

    private static void putToStream(KinesisService kinesis, Firehose firehose, String data) {
        kinesis.putRecord(
                io.pileus.kinesis.model.PutRecordInput.builder()
                        .streamName("foo")
                        .partitionKey("k")
                        .data(Blob.ofUtf8(data))
                        .build(),
                TestCalls.call(firehose.env));
    }

    @Test
    void flushingDeliversAtOnce() {
        Firehose firehose = new Firehose();
        firehose.create(Firehose.bucket().build());
        firehose.put("a");

        var answer = firehose.service
                .routes()
                .getFirst()
                .endpoint()
                .handle(null, Map.of("stream", "hose"), firehose.call())
                .toCompletableFuture()
                .join();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(firehose.buckets.only("2026")).isEqualTo("a");
    }

    @Test
    void anUpdateKeepsWhatItLeavesOutAndCountsVersions() {
        Firehose firehose = new Firehose();
        firehose.create(
                Firehose.bucket().prefix("one/").compressionFormat("GZIP").build());
        UpdateDestinationInput.Builder update = UpdateDestinationInput.builder()
                .deliveryStreamName("hose")
                .currentDeliveryStreamVersionId("1")
                .destinationId(firehose.describe().destinations().getFirst().destinationId())
                .extendedS3DestinationUpdate(
                        ExtendedS3DestinationUpdate.builder().prefix("two/").build());

        firehose.service.updateDestination(update.build(), firehose.call());

        assertThat(firehose.describe().versionId()).isEqualTo("2");
        ExtendedS3DestinationDescription description =
                firehose.describe().destinations().getFirst().extendedS3DestinationDescription();
        assertThat(description.prefix()).isEqualTo("two/");
        assertThat(description.compressionFormat()).isEqualTo("GZIP");
        assertThat(description.bufferingHints().intervalInSeconds()).isEqualTo(300);
        assertThat(firehose.describe().destinations().getFirst().s3DestinationDescription())
                .isNotNull();
        assertThatThrownBy(() -> firehose.service.updateDestination(update.build(), firehose.call()))
                .isInstanceOf(ConcurrentModificationException.class);
    }

    @Test
    void whatIsNotEmulatedIsRefused() {
        Firehose firehose = new Firehose();

        assertThatThrownBy(() -> firehose.create(Firehose.bucket()
                        .dataFormatConversionConfiguration(DataFormatConversionConfiguration.builder()
                                .enabled(true)
                                .build())
                        .build()))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("record format conversion");
        assertThatThrownBy(() -> firehose.create(
                        Firehose.bucket().prefix("!{timestamp:yyyy}/").build()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("ErrorOutputPrefix");
    }

    @Test
    void anotherServiceDeliversByArn() {
        Firehose firehose = new Firehose();
        firehose.create(Firehose.bucket().build());
        Arn arn = Arn.parse(firehose.describe().deliveryStreamARN()).orElseThrow();

        var result = firehose.env
                .services()
                .ports()
                .deliveries()
                .deliver(io.pileus.core.port.Delivery.of(
                        arn, arn, firehose.call().caller(), Blob.ofUtf8("n"), firehose.env.now(), 1))
                .toCompletableFuture()
                .join();

        assertThat(result).isInstanceOf(io.pileus.core.port.DeliveryResult.Delivered.class);
        firehose.env.advance(Duration.ofSeconds(300));
        assertThat(firehose.buckets.only("2026")).isEqualTo("n");
    }

    @Test
    void snappyIsFramedAndHadoopsIsInBlocks() throws Exception {
        Firehose firehose = new Firehose();
        firehose.create(Firehose.bucket().compressionFormat("Snappy").build());
        String text = "hello hello hello ".repeat(1_000);
        firehose.put(text);
        firehose.env.advance(Duration.ofSeconds(300));
        UpdateDestinationInput.Builder update = UpdateDestinationInput.builder()
                .deliveryStreamName("hose")
                .currentDeliveryStreamVersionId("1")
                .destinationId(firehose.describe().destinations().getFirst().destinationId())
                .extendedS3DestinationUpdate(ExtendedS3DestinationUpdate.builder()
                        .compressionFormat("HADOOP_SNAPPY")
                        .build());
        firehose.service.updateDestination(update.build(), firehose.call());
        firehose.put(text);
        firehose.env.advance(Duration.ofSeconds(300));

        byte[] framed = firehose.buckets.objects.get(firehose.buckets.keys().stream()
                .filter(key -> key.endsWith(".snappy"))
                .findFirst()
                .orElseThrow());
        assertThat(framed).hasSizeLessThan(text.length() / 2);
        try (var in = new org.iq80.snappy.SnappyFramedInputStream(new ByteArrayInputStream(framed), true)) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(text);
        }
        byte[] blocks = firehose.buckets.objects.get(firehose.buckets.keys().stream()
                .filter(key -> key.endsWith(".hsnappy"))
                .findFirst()
                .orElseThrow());
        var in = new java.io.DataInputStream(new ByteArrayInputStream(blocks));
        assertThat(in.readInt()).isEqualTo(text.length());
        byte[] block = in.readNBytes(in.readInt());
        assertThat(new String(org.iq80.snappy.Snappy.uncompress(block, 0, block.length), StandardCharsets.UTF_8))
                .isEqualTo(text);
    }

    @Test
    void aMissingBucketIsTriedForADay() {
        Firehose firehose = new Firehose();
        firehose.buckets.missing = true;
        firehose.create(Firehose.bucket().build());
        firehose.put("late");
        firehose.env.advance(Duration.ofHours(23));
        assertThat(firehose.buckets.keys()).isEmpty();

        firehose.buckets.missing = false;
        firehose.env.advance(Duration.ofMinutes(2));

        assertThat(firehose.buckets.only("2026/01/01/00/hose-1-2026-01-01-00-00-00"))
                .isEqualTo("late");
    }

    @Test
    void afterADayAMissingBucketsRecordsAreLost() {
        Firehose firehose = new Firehose();
        firehose.buckets.missing = true;
        firehose.create(Firehose.bucket().build());
        firehose.put("lost");
        firehose.env.advance(Duration.ofHours(25));

        firehose.buckets.missing = false;
        firehose.env.advance(Duration.ofHours(1));

        assertThat(firehose.buckets.keys()).isEmpty();
    }

    @Test
    void aDeletedDeliveryStreamWritesNoMore() {
        Firehose firehose = new Firehose();
        firehose.buckets.missing = true;
        firehose.create(Firehose.bucket().build());
        firehose.put("a");
        firehose.env.advance(Duration.ofHours(1));
        firehose.service.deleteDeliveryStream(
                DeleteDeliveryStreamInput.builder().deliveryStreamName("hose").build(), firehose.call());
        firehose.buckets.missing = false;

        firehose.env.advance(Duration.ofHours(1));

        assertThat(firehose.buckets.keys()).isEmpty();
    }

    @Test
    void aPartitionedBufferHasItsOwnLimits() {
        Firehose firehose = new Firehose();
        ExtendedS3DestinationConfiguration partitioned = Firehose.bucket()
                .prefix("k=!{partitionKeyFromQuery:k}/")
                .errorOutputPrefix("errors/!{firehose:error-output-type}/")
                .dynamicPartitioningConfiguration(
                        DynamicPartitioningConfiguration.builder().enabled(true).build())
                .processingConfiguration(Firehose.processing(Firehose.processor(
                        "MetadataExtraction", Map.of("MetadataExtractionQuery", "{k}", "JsonParsingEngine", "JQ-1.6"))))
                .build();
        assertThatThrownBy(() -> firehose.create(partitioned.toBuilder()
                        .bufferingHints(BufferingHints.builder().sizeInMBs(63).build())
                        .build()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("BufferingHints.SizeInMBs must be at least 64 when Dynamic Partitioning is enabled.");
        firehose.create(partitioned);
        assertThat(firehose.describe()
                        .destinations()
                        .getFirst()
                        .extendedS3DestinationDescription()
                        .bufferingHints()
                        .sizeInMBs())
                .isEqualTo(64);

        for (int i = 0; i < 502; i++) {
            firehose.put("{\"k\":" + i + "}");
        }
        firehose.env.advance(Duration.ofSeconds(300));

        assertThat(firehose.buckets.keys()).hasSize(501);
        assertThat(firehose.buckets.only("errors/processing-failed/").lines())
                .hasSize(2)
                .allMatch(line -> line.contains("DynamicPartitioning.ActivePartitionLimitExceeded"));
    }

    @Test
    void aQueryCanNeitherLeaveTheRecordNorRunOn() {
        Firehose firehose = new Firehose();
        Map<String, String> refused = Map.of("env", "env/0", "$ENV", "$ENV", "input", "input/0");
        refused.forEach((query, words) -> assertThatThrownBy(() -> firehose.create(extracting(query)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining(words));
        firehose.create(extracting("{k: ([range(1e9)] | length)}"));
        firehose.put("{}");
        firehose.env.advance(Duration.ofSeconds(300));

        assertThat(firehose.buckets.only("errors/processing-failed/"))
                .contains("DynamicPartitioning.MetadataExtractionFailed", "steps");
    }

    private static ExtendedS3DestinationConfiguration extracting(String query) {
        return Firehose.bucket()
                .prefix("k=!{partitionKeyFromQuery:k}/")
                .errorOutputPrefix("errors/!{firehose:error-output-type}/")
                .dynamicPartitioningConfiguration(
                        DynamicPartitioningConfiguration.builder().enabled(true).build())
                .processingConfiguration(Firehose.processing(Firehose.processor(
                        "MetadataExtraction", Map.of("MetadataExtractionQuery", query, "JsonParsingEngine", "JQ-1.6"))))
                .build();
    }
}
