package io.pileus.lambda.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.port.QueueReader;
import io.pileus.core.shape.Blob;
import io.pileus.lambda.model.EventSourceMappingConfiguration;
import io.pileus.lambda.model.ScalingConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueMappingTest {
    private final EventSources sources = new EventSources();
    private final TestFunction function = sources.function;
    private final TestQueues.TestQueue orders = sources.queues.queue("orders");

    private static final List<String> REPORTS = List.of("ReportBatchItemFailures");

    @Test
    void aMessageIsHandedOverWhenItArrivesAndDeletedAfterSuccess() {
        sources.map(orders.arn);

        orders.send("one");

        assertThat(function.batches()).containsExactly(List.of("one"));
        assertThat(orders.messages).isEmpty();
    }

    @Test
    void whatWasThereBeforeTheMappingComesInBatches() {
        orders.send("1", "2", "3", "4", "5");

        sources.map(orders.arn, m -> m.batchSize(2));

        assertThat(function.batches()).containsExactly(List.of("1", "2"), List.of("3", "4"), List.of("5"));
    }

    /** As in "Example events" of Using Lambda with Amazon SQS. */
    @Test
    void theEventHasTheShapeThatAwsDocuments() {
        TestQueues.Stored message = new TestQueues.Stored("059f36b4", "Test \"message\".", "");
        Map<String, QueueReader.Attribute> attributes = new LinkedHashMap<>();
        attributes.put("colour", new QueueReader.Attribute("String", Blob.ofUtf8("red")));
        attributes.put("raw", new QueueReader.Attribute("Binary", Blob.of(new byte[] {1, 2})));
        message.attributes = attributes;
        sources.map(orders.arn);

        orders.send(message);

        assertThat(function.events)
                .containsExactly("{\"Records\":[{\"messageId\":\"059f36b4\",\"receiptHandle\":\"059f36b4#1\","
                        + "\"body\":\"Test \\\"message\\\".\",\"attributes\":{\"ApproximateReceiveCount\":\"1\","
                        + "\"SentTimestamp\":\"1767225600000\",\"SenderId\":\"AIDAEXAMPLE\","
                        + "\"ApproximateFirstReceiveTimestamp\":\"1767225600001\"},"
                        + "\"messageAttributes\":{\"colour\":{\"stringValue\":\"red\",\"stringListValues\":[],"
                        + "\"binaryListValues\":[],\"dataType\":\"String\"},\"raw\":{\"binaryValue\":\"AQI=\","
                        + "\"stringListValues\":[],\"binaryListValues\":[],\"dataType\":\"Binary\"}},"
                        + "\"md5OfMessageAttributes\":\"md5a\",\"md5OfBody\":\"md5\",\"eventSource\":\"aws:sqs\","
                        + "\"eventSourceARN\":\"arn:aws:sqs:us-east-1:000000000000:orders\","
                        + "\"awsRegion\":\"us-east-1\"}]}");
    }

    @Test
    void aFailedBatchComesBackWithTheVisibilityTimeout() {
        sources.map(orders.arn);
        function.fails();
        orders.send("one");
        sources.advance(29);
        assertThat(function.events).hasSize(1);

        function.succeeds();
        sources.advance(1);

        assertThat(function.event(1)
                        .at("/Records/0/attributes/ApproximateReceiveCount")
                        .textValue())
                .isEqualTo("2");
        assertThat(orders.messages).isEmpty();
    }

    @Test
    void aMessageThatAlwaysFailsEndsAmongTheDeadLetters() {
        orders.receivesMax = 3;
        sources.map(orders.arn);
        function.fails();

        orders.send("one");
        sources.advance(300);

        assertThat(function.events).hasSize(3);
        assertThat(orders.deadLetters).containsExactly("one");
    }

    @Test
    void onlyReportedMessagesComeBack() {
        orders.send("1", "2", "3");
        function.does(event -> TestFunction.reporting("m2"));
        sources.map(orders.arn, m -> m.functionResponseTypes(REPORTS));

        assertThat(orders.bodies()).containsExactly("2");
        function.succeeds();
        sources.advance(30);

        assertThat(function.batches()).containsExactly(List.of("1", "2", "3"), List.of("2"));
        assertThat(orders.messages).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "{\"batchItemFailures\":[]}",
                "{\"batchItemFailures\":null}",
                "{\"statusCode\":200}"
            })
    void anAnswerWithoutFailuresIsASuccess(String answer) {
        function.does(event -> TestFunction.returned(answer));
        sources.map(orders.arn, m -> m.functionResponseTypes(REPORTS));

        orders.send("one");

        assertThat(orders.messages).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
                "{\"batchItemFailures\":[{\"id\":\"m1\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"unknown\"}]}",
                "{\"batchItemFailures\":\"m1\"}"
            })
    void anAnswerThatCannotBeUnderstoodFailsTheWholeBatch(String answer) {
        function.does(event -> TestFunction.returned(answer));
        sources.map(orders.arn, m -> m.functionResponseTypes(REPORTS));

        orders.send("one");

        assertThat(orders.bodies()).containsExactly("one");
    }

    @Test
    void whatIsReportedCountsOnlyWhereTheMappingAsksForIt() {
        function.does(event -> TestFunction.reporting("m1"));
        sources.map(orders.arn);

        orders.send("one");

        assertThat(orders.messages).isEmpty();
    }

    @Test
    void aBatchWaitsForItsWindow() {
        sources.map(orders.arn, m -> m.batchSize(100).maximumBatchingWindowInSeconds(20));

        orders.send("1");
        sources.advance(19);
        orders.send("2");
        assertThat(function.events).isEmpty();
        sources.advance(1);

        assertThat(function.batches()).containsExactly(List.of("1", "2"));
    }

    @Test
    void aFullBatchDoesNotWait() {
        sources.map(orders.arn, m -> m.batchSize(2).maximumBatchingWindowInSeconds(20));

        orders.send("1", "2", "3");

        assertThat(function.batches()).containsExactly(List.of("1", "2"));
        sources.advance(20);
        assertThat(function.batches()).containsExactly(List.of("1", "2"), List.of("3"));
    }

    @Test
    void aBatchHoldsSixMegabytesAtMost() {
        String large = "x".repeat(1_000_000);
        for (int i = 0; i < 10; i++) {
            orders.send(large);
        }

        sources.map(orders.arn);

        assertThat(function.batches()).extracting(List::size).containsExactly(6, 4);
        assertThat(function.events)
                .allSatisfy(event -> assertThat(event.length()).isLessThan(6 * 1024 * 1024));
        assertThat(orders.messages).isEmpty();
    }

    @Test
    void messagesThatNoFilterFitsAreDeleted() {
        sources.map(
                orders.arn,
                m -> m.filterCriteria(EventSources.filter(
                        "{\"body\":{\"kind\":[\"order\"]}}", "{\"body\":{\"price\":[{\"numeric\":[\">\",100]}]}}")));

        orders.send("{\"kind\":\"order\"}", "{\"kind\":\"note\"}", "no json", "{\"price\":101}");

        assertThat(function.batches()).containsExactly(List.of("{\"kind\":\"order\"}"), List.of("{\"price\":101}"));
        assertThat(orders.messages).isEmpty();
    }

    @Test
    void noMoreBatchesThanTheMaximumConcurrencyAreUnderWay() {
        function.holds();
        sources.map(
                orders.arn,
                m -> m.batchSize(1)
                        .scalingConfig(
                                ScalingConfig.builder().maximumConcurrency(2).build()));

        orders.send("1", "2", "3");

        assertThat(function.held).hasSize(2);
        assertThat(orders.messages.get(2).receives).isZero();
        function.end(TestFunction.returned("null"));
        assertThat(function.held).extracting(TestFunction.Held::bodies).containsExactly(List.of("2"), List.of("3"));
    }

    @Test
    void fiveBatchesAreUnderWayAtFirstAndMoreAMinuteLater() {
        orders.visibilityTimeout = Duration.ofHours(1);
        function.holds();
        sources.map(orders.arn, m -> m.batchSize(1));
        orders.send("1", "2", "3", "4", "5", "6", "7");
        assertThat(function.held).hasSize(5);

        sources.advance(60);

        assertThat(function.held).hasSize(7);
    }

    @Test
    void failuresTakeConcurrencyBackAndSuccessesGiveItAgain() {
        sources.map(orders.arn, m -> m.batchSize(1));
        function.holds();
        orders.send("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
        assertThat(function.held).hasSize(5);

        function.end(TestFunction.failed());
        assertThat(function.held).as("half of five").hasSize(4);
        function.end(TestFunction.returned("null"));
        function.end(TestFunction.returned("null"));

        assertThat(function.held).as("half of five, and one for each success").hasSize(4);
        function.end(TestFunction.returned("null"));
        function.end(TestFunction.returned("null"));
        assertThat(function.held).hasSize(5);
    }

    @Test
    void aThrottledBatchIsTriedAgainWhileItsMessagesAreHidden() {
        function.does(event -> TestFunction.throttled());
        sources.map(orders.arn);
        orders.send("one");
        assertThat(function.events).hasSize(1);

        sources.advance(1);
        assertThat(function.events).hasSize(2);
        sources.advance(28);

        assertThat(function.events).hasSize(5);
        assertThat(orders.messages.getFirst().receives).isEqualTo(1);
        function.succeeds();
        sources.advance(1);
        assertThat(orders.messages).isEmpty();
        assertThat(function.event(5)
                        .at("/Records/0/attributes/ApproximateReceiveCount")
                        .textValue())
                .isEqualTo("2");
    }

    @Test
    void aGroupIsNeverInTwoBatchesEvenWhenItsMessagesShowAgain() {
        TestQueues.TestQueue fifo = sources.queues.queue("orders.fifo");
        function.holds();
        sources.map(fifo.arn, m -> m.batchSize(1));
        fifo.sendToGroup("a", "a1");
        fifo.sendToGroup("a", "a2");
        fifo.sendToGroup("b", "b1");
        assertThat(function.held).extracting(TestFunction.Held::bodies).containsExactly(List.of("a1"), List.of("b1"));

        sources.advance(31);
        assertThat(function.held).hasSize(2);
        function.end(TestFunction.failed());

        assertThat(function.held).extracting(TestFunction.Held::bodies).containsExactly(List.of("b1"), List.of("a1"));
    }

    @Test
    void aDisabledMappingLeavesMessagesAlone() {
        EventSourceMappingConfiguration mapping = sources.map(orders.arn, m -> m.enabled(false));
        orders.send("one");
        assertThat(function.events).isEmpty();

        assertThat(sources.change(mapping, u -> u.enabled(true)).state()).isEqualTo("Enabling");
        assertThat(function.batches()).containsExactly(List.of("one"));
        assertThat(sources.change(mapping, u -> u.enabled(false)).state()).isEqualTo("Disabling");
        orders.send("two");

        assertThat(function.events).hasSize(1);
        assertThat(sources.get(mapping).state()).isEqualTo("Disabled");
    }

    @Test
    void whatWaitedForItsWindowComesBackWhenTheMappingIsDisabledMeanwhile() {
        EventSourceMappingConfiguration mapping = sources.map(orders.arn, m -> m.maximumBatchingWindowInSeconds(10));
        orders.send("one");

        sources.change(mapping, u -> u.enabled(false));
        sources.advance(60);
        assertThat(function.events).isEmpty();
        sources.change(mapping, u -> u.enabled(true));
        sources.advance(10);

        assertThat(function.batches()).containsExactly(List.of("one"));
    }

    @Test
    void aBatchUnderWayEndsAlsoWhenItsMappingIsDeleted() {
        function.holds();
        EventSourceMappingConfiguration mapping = sources.map(orders.arn);
        orders.send("one");

        assertThat(sources.delete(mapping).state()).isEqualTo("Deleting");
        function.end(TestFunction.returned("null"));
        orders.send("two");

        assertThat(orders.bodies()).containsExactly("two");
        assertThat(function.events).hasSize(1);
    }

    @Test
    void aQueueThatCannotBeReadIsTriedAgain() {
        orders.refusal = new QueueReader.Refused("KMS.DisabledException", "The key is disabled.");
        sources.map(orders.arn);
        orders.send("one");
        assertThat(function.events).isEmpty();

        orders.refusal = null;
        sources.advance(30);

        assertThat(function.batches()).containsExactly(List.of("one"));
    }

    @Test
    void aChangeLosesNoMessageThatWaitsForItsWindow() {
        EventSourceMappingConfiguration mapping = sources.map(orders.arn, m -> m.maximumBatchingWindowInSeconds(10));
        orders.send("one");

        sources.change(mapping, u -> u.batchSize(5));
        sources.advance(10);

        assertThat(function.batches()).containsExactly(List.of("one"));
        assertThat(orders.messages).isEmpty();
    }

    @Test
    void messagesStayInTheQueueWhileTheFunctionIsGone() {
        EventSourceMappingConfiguration mapping = sources.map(orders.arn);
        sources.functionExists = false;

        orders.send("one");
        sources.advance(100);

        assertThat(function.events).isEmpty();
        assertThat(orders.messages.getFirst().receives).isZero();
        assertThat(sources.change(mapping, u -> u.enabled(false)).state()).isEqualTo("Disabling");
        sources.functionExists = true;
        sources.change(mapping, u -> u.enabled(true));
        assertThat(function.batches()).containsExactly(List.of("one"));
    }

    @Test
    void aQueueThatIsMadeAnewIsReadAgain() {
        sources.map(orders.arn);
        sources.queues.remove(orders);
        sources.advance(3600);

        TestQueues.TestQueue again = sources.queues.queue("orders");
        again.send("one");

        assertThat(function.batches()).containsExactly(List.of("one"));
        assertThat(again.messages).isEmpty();
    }

    @Test
    void aBatchHoldsTenThousandMessages() {
        orders.visibilityTimeout = Duration.ofMinutes(5);
        for (int i = 0; i < 10_000; i++) {
            orders.messages.add(new TestQueues.Stored("m" + i, "x", ""));
        }

        sources.map(orders.arn, m -> m.batchSize(10_000).maximumBatchingWindowInSeconds(300));

        assertThat(function.event(0).path("Records")).hasSize(10_000);
    }

    @Test
    void aRunThatBreaksOffIsAFailure() {
        function.holds();
        sources.map(orders.arn);
        orders.send("one");

        function.held.removeFirst().answer().completeExceptionally(new AssertionError("in the function"));
        sources.advance(30);

        assertThat(function.held).extracting(TestFunction.Held::bodies).containsExactly(List.of("one"));
    }

    @Test
    void aFunctionThatCannotBeInvokedIsTriedAgain() {
        function.does(event -> {
            throw new IllegalStateException("a bug");
        });
        sources.map(orders.arn);
        orders.send("one");

        function.succeeds();
        sources.advance(1);

        assertThat(orders.messages).isEmpty();
    }
}
