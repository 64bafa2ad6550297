package io.pileus.lambda.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.identity.Arn;
import io.pileus.lambda.model.*;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamMappingTest {
    private static final String FIRST = "shardId-000000000000";
    private static final String SECOND = "shardId-000000000001";
    private static final String THIRD = "shardId-000000000002";
    private static final DestinationConfig TO_DEAD = DestinationConfig.builder()
            .onFailure(OnFailure.builder()
                    .destination("arn:aws:sqs:us-east-1:000000000000:dead")
                    .build())
            .build();

    private final EventSources sources = new EventSources();
    private final TestFunction function = sources.function;
    private final TestStream stream = sources.stream;

    @BeforeEach
    void aStreamWithOneShard() {
        stream.shard(FIRST);
    }

    private static boolean has(JsonNode event, String data) {
        return TestFunction.bodies(event).contains(data);
    }

    /** Fails on every batch that holds some data. */
    private void poison(String data) {
        function.does(event -> has(event, data) ? TestFunction.failed() : TestFunction.returned("null"));
    }

    @Test
    void aRecordIsHandedOverWhenItArrives() {
        EventSourceMappingConfiguration mapping = sources.map(stream.arn);

        stream.put("one");

        assertThat(function.batches()).containsExactly(List.of("one"));
        assertThat(sources.get(mapping).lastProcessingResult()).isEqualTo("OK");
    }

    /** As in "Example event" of Using Lambda with Amazon Kinesis. */
    @Test
    void theEventHasTheShapeThatAwsDocuments() {
        sources.map(stream.arn);

        String number = stream.putTo(FIRST, "1", "Hello, this is a test.");

        assertThat(function.events)
                .containsExactly("{\"Records\":[{\"kinesis\":{\"kinesisSchemaVersion\":\"1.0\",\"partitionKey\":\"1\","
                        + "\"sequenceNumber\":\"" + number + "\",\"data\":\"SGVsbG8sIHRoaXMgaXMgYSB0ZXN0Lg==\","
                        + "\"approximateArrivalTimestamp\":1767225600.000},\"eventSource\":\"aws:kinesis\","
                        + "\"eventVersion\":\"1.0\",\"eventID\":\"shardId-000000000000:" + number + "\","
                        + "\"eventName\":\"aws:kinesis:record\","
                        + "\"invokeIdentityArn\":\"arn:aws:iam::000000000000:role/lambda-role\","
                        + "\"awsRegion\":\"us-east-1\","
                        + "\"eventSourceARN\":\"arn:aws:kinesis:us-east-1:000000000000:stream/clicks\"}]}");
    }

    @Test
    void aMappingBeginsWhereItSays() {
        stream.put("old");
        sources.advance(10);
        Instant between = sources.env.now();
        stream.put("newer");
        Arn consumer = Arn.parse(stream.arn + "/consumer/app:1767225600").orElseThrow();
        Arn other = Arn.parse(stream.arn + "/consumer/other:1767225600").orElseThrow();

        sources.map(stream.arn, m -> m.startingPosition("LATEST"));
        assertThat(function.events).isEmpty();
        sources.map(consumer, m -> m.startingPosition("AT_TIMESTAMP").startingPositionTimestamp(between));
        assertThat(function.batches()).containsExactly(List.of("newer"));
        assertThat(function.event(0).at("/Records/0/eventSourceARN").textValue())
                .isEqualTo(consumer.toString());
        sources.map(other);
        assertThat(function.batches()).containsExactly(List.of("newer"), List.of("old", "newer"));

        function.events.clear();
        stream.put("newest");
        assertThat(function.batches()).containsExactly(List.of("newest"), List.of("newest"), List.of("newest"));
    }

    @Test
    void batchesOfAShardComeOneAfterTheOther() {
        function.holds();
        sources.map(stream.arn, m -> m.batchSize(2));
        stream.put("1", "2", "3", "4");
        assertThat(function.held).extracting(TestFunction.Held::bodies).containsExactly(List.of("1"));

        function.end(TestFunction.returned("null"));
        assertThat(function.held).extracting(TestFunction.Held::bodies).containsExactly(List.of("2", "3"));
    }

    @Test
    void recordsOfOtherKeysArePassedOnBesideABatchThatRuns() {
        function.holds();
        sources.map(stream.arn, m -> m.parallelizationFactor(10));
        for (int i = 0; i < 10; i++) {
            stream.putTo(FIRST, "a", "a" + i);
            stream.putTo(FIRST, "b", "b" + i);
        }

        assertThat(function.held).extracting(TestFunction.Held::bodies).containsExactly(List.of("a0"), List.of("b0"));
        function.end(TestFunction.returned("null"));
        assertThat(function.held.get(1).bodies()).containsExactly("a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9");
    }

    @Test
    void aBatchWaitsForItsWindowUnlessItIsFull() {
        sources.map(stream.arn, m -> m.batchSize(3).maximumBatchingWindowInSeconds(10));
        stream.put("1");
        sources.advance(9);
        stream.put("2");
        assertThat(function.events).isEmpty();
        sources.advance(1);
        assertThat(function.batches()).containsExactly(List.of("1", "2"));

        stream.put("3", "4", "5", "6");

        assertThat(function.batches()).containsExactly(List.of("1", "2"), List.of("3", "4", "5"));
    }

    @Test
    void aFailedBatchIsTriedAgainUntilItSucceedsAndHoldsUpTheShard() {
        EventSourceMappingConfiguration mapping = sources.map(stream.arn);
        poison("bad");
        stream.put("bad", "good");
        assertThat(function.batches()).containsExactly(List.of("bad"));
        assertThat(sources.get(mapping).lastProcessingResult()).isEqualTo("PROBLEM: Function call failed");

        sources.advance(3);
        assertThat(function.batches()).hasSize(3);
        function.succeeds();
        sources.advance(4);

        assertThat(function.batches()).hasSize(5).last().isEqualTo(List.of("good"));
        assertThat(sources.get(mapping).lastProcessingResult()).isEqualTo("OK");
    }

    /** As in "Example invocation record" of Retain discarded batch records. */
    @Test
    void aBatchIsGivenUpAfterItsRetriesAndItsDestinationTold() {
        sources.map(stream.arn, m -> m.maximumRetryAttempts(2).destinationConfig(TO_DEAD));
        poison("bad");
        stream.put("bad");
        String end = stream.putTo(FIRST, "key", "good");

        sources.advance(60);

        assertThat(function.batches()).containsExactly(List.of("bad"), List.of("bad"), List.of("bad"), List.of("good"));
        assertThat(sources.deliveries).hasSize(1);
        JsonNode record = TestFunction.json(sources.deliveries.getFirst().body().utf8());
        String id = record.at("/requestContext/requestId").textValue();
        assertThat(id).isNotEmpty();
        int number = Integer.parseInt(end) - 1;
        assertThat(record.toString())
                .isEqualTo("{\"requestContext\":{\"requestId\":\"" + id + "\",\"functionArn\":\""
                        + EventSources.FUNCTION
                        + "\",\"condition\":\"RetryAttemptsExhausted\",\"approximateInvokeCount\":3},"
                        + "\"responseContext\":{\"statusCode\":200,\"executedVersion\":\"$LATEST\","
                        + "\"functionError\":\"Unhandled\"},\"version\":\"1.0\","
                        + "\"timestamp\":\"2026-01-01T00:00:03.000Z\",\"KinesisBatchInfo\":{\"shardId\":\"" + FIRST
                        + "\",\"startSequenceNumber\":\"" + number + "\",\"endSequenceNumber\":\"" + number
                        + "\",\"approximateArrivalOfFirstRecord\":\"2026-01-01T00:00:00.000Z\","
                        + "\"approximateArrivalOfLastRecord\":\"2026-01-01T00:00:00.000Z\",\"batchSize\":1,"
                        + "\"streamArn\":\"" + stream.arn + "\"}}");
    }

    @Test
    void aFailedBatchIsSplitUntilTheBadRecordIsAlone() {
        stream.put("1", "2", "bad", "4");
        poison("bad");

        sources.map(
                stream.arn,
                m -> m.bisectBatchOnFunctionError(true).maximumRetryAttempts(0).destinationConfig(TO_DEAD));

        assertThat(function.batches())
                .containsExactly(
                        List.of("1", "2", "bad", "4"),
                        List.of("1", "2"),
                        List.of("bad", "4"),
                        List.of("bad"),
                        List.of("4"));
        assertThat(sources.deliveries).hasSize(1);
    }

    @Test
    void reportedFailuresAreTriedAgainFromTheFirstOn() {
        stream.put("1", "2", "3", "4");
        function.does(event -> TestFunction.reporting("104", "103"));
        sources.map(stream.arn, m -> m.functionResponseTypes(List.of("ReportBatchItemFailures")));
        function.succeeds();
        sources.advance(1);

        assertThat(function.batches()).containsExactly(List.of("1", "2", "3", "4"), List.of("3", "4"));
    }

    @Test
    void withBisectingAReportedFailureSplitsTheBatchThere() {
        stream.put("1", "2", "3", "4");
        function.does(event -> has(event, "1") ? TestFunction.reporting("103") : TestFunction.returned("{}"));

        sources.map(
                stream.arn,
                m -> m.functionResponseTypes(List.of("ReportBatchItemFailures"))
                        .maximumRetryAttempts(0)
                        .destinationConfig(TO_DEAD)
                        .bisectBatchOnFunctionError(true));

        assertThat(function.batches()).containsExactly(List.of("1", "2", "3", "4"), List.of("3", "4"));
        assertThat(sources.deliveries).isEmpty();
    }

    @Test
    void recordsThatAreTooOldAreGivenUp() {
        stream.put("ancient");
        sources.advance(61);
        stream.put("old");
        poison("old");

        sources.map(stream.arn, m -> m.maximumRecordAgeInSeconds(60).destinationConfig(TO_DEAD));
        sources.advance(60);
        stream.put("new");

        assertThat(function.batches().getFirst()).containsExactly("old");
        assertThat(function.batches().getLast()).containsExactly("new");
        assertThat(sources.deliveries)
                .extracting(d -> TestFunction.json(d.body().utf8())
                        .at("/requestContext/condition")
                        .textValue())
                .containsExactly("RecordAgeExceeded", "RecordAgeExceeded");
        assertThat(TestFunction.json(sources.deliveries.getFirst().body().utf8())
                        .path("responseContext")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void recordsAreTriedForAsLongAsTheStreamKeepsThem() {
        poison("bad");
        sources.map(stream.arn);
        stream.put("bad");

        sources.env.advance(Duration.ofHours(24));
        int attempts = function.events.size();
        stream.put("good");

        assertThat(attempts).isGreaterThan(1000);
        assertThat(function.batches()).hasSize(attempts + 1).last().isEqualTo(List.of("good"));
    }

    @Test
    void aThrottledBatchIsTriedAgainAndCountsNoRetry() {
        function.does(event -> TestFunction.throttled());
        sources.map(stream.arn, m -> m.maximumRetryAttempts(0).destinationConfig(TO_DEAD));
        stream.put("one");
        sources.advance(10);
        assertThat(function.events).hasSize(4);

        function.succeeds();
        sources.advance(5);

        assertThat(function.events).hasSize(5);
        assertThat(sources.deliveries).isEmpty();
    }

    @Test
    void childrenBeginWhenTheirParentsAreDone() {
        function.holds();
        sources.map(stream.arn, m -> m.startingPosition("LATEST"));
        stream.put("parent");
        stream.shard(SECOND, FIRST).shard(THIRD, FIRST);
        stream.putTo(SECOND, "a", "child 1");
        stream.putTo(THIRD, "b", "child 2");
        assertThat(function.held).extracting(TestFunction.Held::bodies).containsExactly(List.of("parent"));

        function.end(TestFunction.failed());
        sources.advance(1);
        assertThat(function.held).extracting(TestFunction.Held::bodies).containsExactly(List.of("parent"));
        function.end(TestFunction.returned("null"));

        assertThat(function.held)
                .extracting(TestFunction.Held::bodies)
                .containsExactly(List.of("child 1"), List.of("child 2"));
    }

    @Test
    void recordsThatNoFilterFitsArePassedOver() {
        sources.map(
                stream.arn,
                m -> m.filterCriteria(
                        EventSources.filter("{\"data\":{\"kind\":[\"order\"]}}", "{\"partitionKey\":[\"vip\"]}")));

        stream.put("{\"kind\":\"order\"}", "{\"kind\":\"note\"}", "no json");
        stream.putTo(FIRST, "vip", "anything");

        assertThat(function.batches()).containsExactly(List.of("{\"kind\":\"order\"}"), List.of("anything"));
    }

    @Test
    void aDisabledMappingGoesOnWhereItStopped() {
        EventSourceMappingConfiguration mapping = sources.map(stream.arn, m -> m.startingPosition("LATEST"));
        stream.put("1");
        sources.change(mapping, u -> u.enabled(false));
        stream.put("2");
        sources.advance(60);
        assertThat(function.batches()).containsExactly(List.of("1"));

        sources.change(mapping, u -> u.enabled(true));

        assertThat(function.batches()).containsExactly(List.of("1"), List.of("2"));
    }

    @Test
    void moreLanesAreThereOnceTheOldOnesAreEmpty() {
        EventSourceMappingConfiguration mapping = sources.map(stream.arn);
        function.holds();
        stream.putTo(FIRST, "a", "a1");

        sources.change(mapping, u -> u.parallelizationFactor(10));
        stream.putTo(FIRST, "b", "b1");
        assertThat(function.held).hasSize(1);
        function.end(TestFunction.returned("null"));
        stream.putTo(FIRST, "a", "a2");

        assertThat(function.held).extracting(TestFunction.Held::bodies).containsExactly(List.of("b1"), List.of("a2"));
    }

    /** Counts records into the state, and answers it. */
    private static String counted(JsonNode event) {
        int sum = event.path("state").path("sum").asInt();
        return "{\"state\":{\"sum\":" + (sum + event.path("Records").size()) + "}}";
    }

    /** As in "Example KinesisTimeWindowEvent". */
    @Test
    void aTumblingWindowAggregatesAndEnds() {
        function.does(event -> TestFunction.returned(counted(event)));
        sources.map(stream.arn, m -> m.tumblingWindowInSeconds(120));
        stream.put("1");
        sources.advance(30);
        stream.put("2");
        sources.advance(89);
        assertThat(function.events).hasSize(2);

        sources.advance(1);

        assertThat(function.event(0).path("state")).isEqualTo(TestFunction.json("{}"));
        assertThat(function.event(1).path("state")).isEqualTo(TestFunction.json("{\"sum\":1}"));
        assertThat(function.events.get(1)).contains("\"isFinalInvokeForWindow\":false");
        assertThat(function.events.get(2))
                .isEqualTo("{\"Records\":[],\"window\":{\"start\":\"2026-01-01T00:00:00Z\","
                        + "\"end\":\"2026-01-01T00:02:00Z\"},\"state\":{\"sum\":2},\"shardId\":\"" + FIRST
                        + "\",\"eventSourceARN\":\"" + stream.arn
                        + "\",\"isFinalInvokeForWindow\":true,\"isWindowTerminatedEarly\":false}");
        stream.put("3");
        assertThat(function.event(3).at("/window/start").textValue()).isEqualTo("2026-01-01T00:02:00Z");
        assertThat(function.event(3).path("state")).isEqualTo(TestFunction.json("{}"));
    }

    @Test
    void recordsOfDifferentWindowsAreNotMixed() {
        stream.put("1");
        sources.advance(10);
        stream.put("2");
        sources.advance(100);
        function.does(event -> TestFunction.returned(counted(event)));

        sources.map(stream.arn, m -> m.tumblingWindowInSeconds(10));

        assertThat(function.batches()).containsExactly(List.of("1"), List.of(), List.of("2"), List.of());
    }

    @Test
    void anAnswerWithoutStateFailsABatchOfAWindow() {
        sources.map(
                stream.arn,
                m -> m.tumblingWindowInSeconds(60).maximumRetryAttempts(1).destinationConfig(TO_DEAD));

        stream.put("1");
        sources.advance(1);

        assertThat(function.batches()).containsExactly(List.of("1"), List.of("1"));
        assertThat(sources.deliveries).hasSize(1);
    }

    @Test
    void aWindowWhoseStateIsTooLargeEndsEarly() {
        String large = "x".repeat(1024 * 1024);
        function.does(event -> TestFunction.returned("{\"state\":{\"large\":\"" + large + "\"}}"));
        sources.map(stream.arn, m -> m.tumblingWindowInSeconds(60));

        stream.put("1");

        assertThat(function.events).hasSize(2);
        assertThat(function.event(1).path("isFinalInvokeForWindow").asBoolean()).isTrue();
        assertThat(function.event(1).path("isWindowTerminatedEarly").asBoolean())
                .isTrue();
    }

    @Test
    void aWindowEndsWithItsShard() {
        function.does(event -> TestFunction.returned(counted(event)));
        sources.map(stream.arn, m -> m.tumblingWindowInSeconds(600));
        stream.put("1");

        stream.shard(SECOND, FIRST);
        stream.putTo(SECOND, "a", "2");

        assertThat(function.batches()).containsExactly(List.of("1"), List.of(), List.of("2"));
        assertThat(function.event(2).path("state")).isEqualTo(TestFunction.json("{}"));
    }

    @Test
    void aDeletedMappingReadsNoMore() {
        EventSourceMappingConfiguration mapping = sources.map(stream.arn);
        List<String> before = new ArrayList<>(function.events);

        sources.delete(mapping);
        stream.put("one");

        assertThat(function.events).isEqualTo(before);
    }
}
