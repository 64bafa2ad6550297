package io.pileus.it.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.EventSourcePosition;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.model.Message;

class StreamEventSourceTest {
    private static final String CLICKS = "arn:aws:kinesis:us-east-1:000000000000:stream/clicks";

    private final EventSourceServer server = new EventSourceServer();

    @BeforeEach
    void aStreamWithOneShard() {
        server.kinesis.createStream(s -> s.streamName("clicks").shardCount(1));
        server.advance(1);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void put(String key, String... data) {
        for (String text : data) {
            server.kinesis.putRecord(
                    r -> r.streamName("clicks").partitionKey(key).data(SdkBytes.fromUtf8String(text)));
        }
    }

    private List<List<String>> batches(String function) {
        List<List<String>> batches = new ArrayList<>();
        for (JsonNode event : server.events(function)) {
            List<String> batch = new ArrayList<>();
            event.path("Records")
                    .forEach(record -> batch.add(new String(
                            Base64.getDecoder()
                                    .decode(record.at("/kinesis/data").textValue()),
                            StandardCharsets.UTF_8)));
            batches.add(batch);
        }
        return batches;
    }

    @Test
    void aBadRecordIsIsolatedAndItsPlaceSentToTheDestination() {
        String dead = server.queue("dead", Map.of());
        server.pythonFunction("check", """
                import base64
                def handler(event, context):
                    for record in event["Records"]:
                        if base64.b64decode(record["kinesis"]["data"]) == b"poison":
                            raise Exception("poison")
                """);
        put("a", "1", "2", "poison", "4");
        String uuid = server.lambda
                .createEventSourceMapping(m -> m.functionName("check")
                        .eventSourceArn(CLICKS)
                        .startingPosition(EventSourcePosition.TRIM_HORIZON)
                        .bisectBatchOnFunctionError(true)
                        .maximumRetryAttempts(1)
                        .destinationConfig(d -> d.onFailure(f -> f.destination(EventSourceServer.queueArn("dead")))))
                .uuid();
        server.settle();
        assertThat(server.receive(dead)).isEmpty();

        server.advance(2);

        List<Message> told = server.receive(dead);
        assertThat(told).hasSize(1);
        JsonNode record = EventSourceServer.json(told.getFirst().body());
        assertThat(record.at("/requestContext/condition").textValue()).isEqualTo("RetryAttemptsExhausted");
        assertThat(record.at("/KinesisBatchInfo/batchSize").intValue()).isEqualTo(1);
        assertThat(record.at("/KinesisBatchInfo/shardId").textValue()).isEqualTo("shardId-000000000000");
        assertThat(server.lambda.getEventSourceMapping(m -> m.uuid(uuid)).lastProcessingResult())
                .isEqualTo("OK");
    }

    @Test
    void aBucketGetsTheWholeEvent() {
        server.s3.createBucket(b -> b.bucket("failures"));
        server.scriptedFunction("f", "[{\"error\":{\"errorType\":\"Error\",\"errorMessage\":\"no\"}}]");
        String uuid = server.lambda
                .createEventSourceMapping(m -> m.functionName("f")
                        .eventSourceArn(CLICKS)
                        .startingPosition(EventSourcePosition.LATEST)
                        .maximumRetryAttempts(0)
                        .destinationConfig(d -> d.onFailure(f -> f.destination("arn:aws:s3:::failures"))))
                .uuid();

        put("a", "one");
        server.settle();

        List<S3Object> objects =
                server.s3.listObjectsV2(l -> l.bucket("failures")).contents();
        assertThat(objects).hasSize(1);
        String key = objects.getFirst().key();
        assertThat(key).startsWith("aws/lambda/" + uuid + "/shardId-000000000000/");
        String stored =
                server.s3.getObjectAsBytes(o -> o.bucket("failures").key(key)).asUtf8String();
        JsonNode event = EventSourceServer.json(
                EventSourceServer.json(stored).path("payload").textValue());
        assertThat(event.at("/Records/0/kinesis/data").textValue()).isEqualTo("b25l");
    }

    @Test
    void recordsOfASplitShardComeBeforeThoseOfItsChildren() {
        server.scriptedFunction(
                "f", "[{\"error\":{\"errorType\":\"Error\",\"errorMessage\":\"no\"}},{\"payload\":null}]");
        server.lambda.createEventSourceMapping(
                m -> m.functionName("f").eventSourceArn(CLICKS).startingPosition(EventSourcePosition.LATEST));
        put("a", "parent");
        server.settle();
        server.kinesis.splitShard(s -> s.streamName("clicks")
                .shardToSplit("shardId-000000000000")
                .newStartingHashKey("170141183460469231731687303715884105728"));
        server.advance(0);
        put("a", "child");
        server.settle();
        assertThat(batches("f")).containsExactly(List.of("parent"));

        server.advance(5);

        assertThat(batches("f")).containsExactly(List.of("parent"), List.of("parent"), List.of("child"));
    }

    @Test
    void aConsumerOfTheStreamCanBeTheSource() {
        server.scriptedFunction("f", "[{\"payload\":null}]");
        String consumer = server.kinesis
                .registerStreamConsumer(c -> c.streamARN(CLICKS).consumerName("app"))
                .consumer()
                .consumerARN();
        server.advance(1);
        server.lambda.createEventSourceMapping(
                m -> m.functionName("f").eventSourceArn(consumer).startingPosition(EventSourcePosition.LATEST));

        put("a", "one");
        server.settle();

        assertThat(batches("f")).containsExactly(List.of("one"));
        assertThat(server.events("f").getFirst().at("/Records/0/eventSourceARN").textValue())
                .isEqualTo(consumer);
    }

    @Test
    void recordsOfManyWritersKeepTheOrderOfTheirKeys() {
        server.kinesis.createStream(s -> s.streamName("wide").shardCount(3));
        server.advance(1);
        server.scriptedFunction("f", "[{\"payload\":null}]");
        server.lambda.createEventSourceMapping(m -> m.functionName("f")
                .eventSourceArn("arn:aws:kinesis:us-east-1:000000000000:stream/wide")
                .startingPosition(EventSourcePosition.LATEST)
                .batchSize(5)
                .parallelizationFactor(3));

        IntStream.range(0, 8).parallel().forEach(key -> {
            for (int n = 0; n < 50; n++) {
                int number = n;
                server.kinesis.putRecord(r ->
                        r.streamName("wide").partitionKey("k" + key).data(SdkBytes.fromUtf8String(key + ":" + number)));
            }
        });
        server.settle();

        Map<String, List<Integer>> numbers = new TreeMap<>();
        batches("f")
                .forEach(batch ->
                        batch.forEach(data -> numbers.computeIfAbsent(data.substring(0, 1), k -> new ArrayList<>())
                                .add(Integer.parseInt(data.substring(2)))));
        List<Integer> inOrder = IntStream.range(0, 50).boxed().toList();
        assertThat(numbers)
                .hasSize(8)
                .allSatisfy((key, ofKey) -> assertThat(ofKey).isEqualTo(inOrder));
    }
}
