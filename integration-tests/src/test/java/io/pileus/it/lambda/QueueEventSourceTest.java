package io.pileus.it.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingResponse;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

class QueueEventSourceTest {
    private final EventSourceServer server = new EventSourceServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private static Map<QueueAttributeName, String> deadLettersAfter(int receives) {
        return Map.of(
                QueueAttributeName.REDRIVE_POLICY,
                "{\"deadLetterTargetArn\":\"" + EventSourceServer.queueArn("dead") + "\",\"maxReceiveCount\":"
                        + receives + "}");
    }

    @Test
    void reportedMessagesComeBackAndEndAmongTheDeadLetters() {
        String dead = server.queue("dead", Map.of());
        String orders = server.queue("orders", deadLettersAfter(2));
        server.pythonFunction("check", """
                def handler(event, context):
                    return {"batchItemFailures": [
                        {"itemIdentifier": r["messageId"]} for r in event["Records"] if r["body"] == "bad"]}
                """);
        server.send(orders, "good", "bad", "fine");
        server.lambda.createEventSourceMapping(m -> m.functionName("check")
                .eventSourceArn(EventSourceServer.queueArn("orders"))
                .functionResponseTypes(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES));

        server.settle();
        assertThat(server.size(orders)).isEqualTo(1);
        server.advance(30);
        assertThat(server.size(orders)).isEqualTo(1);
        server.advance(30);

        assertThat(server.size(orders)).isZero();
        assertThat(server.receive(dead)).extracting(Message::body).containsExactly("bad");
    }

    @Test
    void aFunctionThatFailsGetsTheBatchAgainWithTheVisibilityTimeout() {
        String orders = server.queue("orders", Map.of());
        server.scriptedFunction(
                "f", "[{\"error\":{\"errorType\":\"Error\",\"errorMessage\":\"no\"}},{\"payload\":\"ok\"}]");
        server.lambda.createEventSourceMapping(
                m -> m.functionName("f").eventSourceArn(EventSourceServer.queueArn("orders")));

        server.send(orders, "one");
        server.settle();
        assertThat(server.events("f")).hasSize(1);
        assertThat(server.size(orders)).isEqualTo(1);
        server.advance(30);

        assertThat(server.events("f"))
                .extracting(event -> event.at("/Records/0/attributes/ApproximateReceiveCount")
                        .textValue())
                .containsExactly("1", "2");
        assertThat(server.size(orders)).isZero();
    }

    @Test
    void anEventTellsEverythingOfAMessage() {
        String orders = server.queue("orders", Map.of());
        server.scriptedFunction("f", "[{\"payload\":null}]");
        server.lambda.createEventSourceMapping(
                m -> m.functionName("f").eventSourceArn(EventSourceServer.queueArn("orders")));

        SendMessageResponse sent = server.sqs.sendMessage(m -> m.queueUrl(orders)
                .messageBody("hello")
                .messageAttributes(Map.of(
                        "colour",
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue("red")
                                .build())));
        server.settle();

        JsonNode record = server.events("f").getFirst().at("/Records/0");
        assertThat(record.path("messageId").textValue()).isEqualTo(sent.messageId());
        assertThat(record.path("md5OfBody").textValue()).isEqualTo(sent.md5OfMessageBody());
        assertThat(record.path("md5OfMessageAttributes").textValue()).isEqualTo(sent.md5OfMessageAttributes());
        assertThat(record.path("messageAttributes"))
                .isEqualTo(EventSourceServer.json("{\"colour\":{\"stringValue\":\"red\",\"stringListValues\":[],"
                        + "\"binaryListValues\":[],\"dataType\":\"String\"}}"));
        List<String> names = new ArrayList<>();
        record.path("attributes").fieldNames().forEachRemaining(names::add);
        assertThat(names)
                .containsExactly(
                        "ApproximateReceiveCount", "SentTimestamp", "SenderId", "ApproximateFirstReceiveTimestamp");
        assertThat(record.path("eventSourceARN").textValue()).isEqualTo(EventSourceServer.queueArn("orders"));
    }

    @Test
    void groupsOfAFifoQueueKeepTheirOrderWhenABatchFails() {
        String orders = server.queue(
                "orders.fifo",
                Map.of(QueueAttributeName.FIFO_QUEUE, "true", QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true"));
        server.scriptedFunction(
                "f", "[{\"error\":{\"errorType\":\"Error\",\"errorMessage\":\"no\"}},{\"payload\":\"ok\"}]");
        server.lambda.createEventSourceMapping(
                m -> m.functionName("f").eventSourceArn(EventSourceServer.queueArn("orders.fifo")));

        for (String body : List.of("a1", "b1", "a2", "a3")) {
            server.sqs.sendMessage(
                    m -> m.queueUrl(orders).messageGroupId(body.substring(0, 1)).messageBody(body));
            server.settle();
        }
        server.advance(30);

        assertThat(server.events("f"))
                .extracting(event -> event.path("Records").findValuesAsText("body"))
                .containsExactly(List.of("a1"), List.of("b1"), List.of("a1", "a2", "a3"));
        assertThat(server.size(orders)).isZero();
    }

    @Test
    void noMoreBatchesThanTheMaximumConcurrencyAreUnderWay() {
        String orders = server.queue("orders", Map.of());
        server.scriptedFunction("f", "[{\"payload\":null,\"delayMillis\":5000}]");
        server.lambda.createEventSourceMapping(m -> m.functionName("f")
                .eventSourceArn(EventSourceServer.queueArn("orders"))
                .batchSize(1)
                .scalingConfig(s -> s.maximumConcurrency(2)));

        server.send(orders, "1", "2", "3", "4", "5");
        server.settle();
        assertThat(server.events("f")).hasSize(2);
        server.advance(5);
        assertThat(server.events("f")).hasSize(4);
        server.advance(10);

        assertThat(server.events("f")).hasSize(5);
        assertThat(server.size(orders)).isZero();
    }

    @Test
    void aMappingIsMadeChangedAndDeletedWithTheSdk() {
        String orders = server.queue("orders", Map.of());
        server.scriptedFunction("f", "[{\"payload\":null}]");
        CreateEventSourceMappingResponse created = server.lambda.createEventSourceMapping(m -> m.functionName("f")
                .eventSourceArn(EventSourceServer.queueArn("orders"))
                .enabled(false)
                .filterCriteria(c -> c.filters(f -> f.pattern("{\"body\":{\"kind\":[\"order\"]}}"))));
        String uuid = created.uuid();
        assertThat(created.state()).isEqualTo("Creating");
        assertThat(server.lambda.getEventSourceMapping(m -> m.uuid(uuid)).state())
                .isEqualTo("Disabled");
        assertThatThrownBy(() -> server.lambda.createEventSourceMapping(
                        m -> m.functionName("f").eventSourceArn(EventSourceServer.queueArn("orders"))))
                .isInstanceOf(ResourceConflictException.class);

        server.lambda.updateEventSourceMapping(m -> m.uuid(uuid).enabled(true));
        server.send(orders, "{\"kind\":\"note\"}", "{\"kind\":\"order\"}");
        server.settle();

        assertThat(server.events("f"))
                .extracting(event -> event.at("/Records/0/body").textValue())
                .containsExactly("{\"kind\":\"order\"}");
        assertThat(server.size(orders)).isZero();
        assertThat(server.lambda
                        .listEventSourceMappings(l -> l.functionName("f"))
                        .eventSourceMappings())
                .hasSize(1);
        assertThat(server.lambda.deleteEventSourceMapping(m -> m.uuid(uuid)).state())
                .isEqualTo("Deleting");
        assertThatThrownBy(() -> server.lambda.getEventSourceMapping(m -> m.uuid(uuid)))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void whatAwsRefusesIsRefused() {
        server.queue("short", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "10"));
        server.scriptedFunction("f", "[{\"payload\":null}]");

        assertThatThrownBy(() -> server.lambda.createEventSourceMapping(
                        m -> m.functionName("f").eventSourceArn(EventSourceServer.queueArn("short"))))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("Queue visibility timeout: 10 seconds is less than Function timeout: 20 seconds");
        assertThatThrownBy(() -> server.lambda.createEventSourceMapping(
                        m -> m.functionName("f").eventSourceArn(EventSourceServer.queueArn("none"))))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("The specified queue does not exist.");
    }

    @Test
    void aThousandMessagesOfManySendersAreEachHandledOnce() {
        String orders = server.queue("orders", Map.of());
        server.scriptedFunction("f", "[{\"payload\":null}]");
        server.lambda.createEventSourceMapping(
                m -> m.functionName("f").eventSourceArn(EventSourceServer.queueArn("orders")));

        IntStream.range(0, 100).parallel().forEach(batch -> {
            List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
            for (int n = 0; n < 10; n++) {
                entries.add(SendMessageBatchRequestEntry.builder()
                        .id("n" + n)
                        .messageBody(batch + "-" + n)
                        .build());
            }
            server.sqs.sendMessageBatch(s -> s.queueUrl(orders).entries(entries));
        });
        server.settle();

        List<String> bodies = new ArrayList<>();
        server.events("f").forEach(event -> bodies.addAll(event.path("Records").findValuesAsText("body")));
        assertThat(bodies).hasSize(1000).doesNotHaveDuplicates();
        assertThat(server.size(orders)).isZero();
    }
}
