package io.pileus.sqs;

import static io.pileus.sqs.Sqs.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.sqs.model.ListDeadLetterSourceQueuesRequest;
import io.pileus.sqs.model.Message;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
    private final Sqs sqs = Sqs.fresh();
    private final String dead = sqs.queue("dead");

    @Test
    void aMessageIsMovedOnTheReceiveAfterMaxReceiveCount() {
        String source = sqs.withDeadLetters("source", dead, 2, "VisibilityTimeout", "1");
        sqs.send(source, "poison");
        for (int i = 0; i < 2; i++) {
            assertThat(sqs.receive(source)).hasSize(1);
            sqs.advance(1);
        }
        assertThat(sqs.counts(source)).isEqualTo("1 visible, 0 in flight, 0 delayed");
        assertThat(sqs.receive(dead)).isEmpty();

        assertThat(sqs.receive(source)).isEmpty();

        assertThat(sqs.receiveBodies(dead)).containsExactly("poison");
        assertThat(sqs.counts(source)).isEqualTo("0 visible, 0 in flight, 0 delayed");
    }

    @Test
    void healthyMessagesAreReceivedPastDeadOnes() {
        String source = sqs.withDeadLetters("source", dead, 1, "VisibilityTimeout", "1");
        sqs.send(source, "poison");
        sqs.receiveOne(source);
        sqs.send(source, "healthy");
        sqs.advance(1);

        assertThat(sqs.receiveBodies(source)).containsExactly("healthy");
        assertThat(sqs.receiveBodies(dead)).containsExactly("poison");
    }

    @Test
    void oneReceiveMovesAThousandDeadLettersAndTheNextOnesMoveTheOthers() {
        String source = sourceOfDeadLetters(2_500);
        sqs.send(source, "healthy");

        assertThat(sqs.receive(source)).isEmpty();
        assertThat(sqs.counts(dead)).startsWith("1000 visible");
        assertThat(sqs.receive(source)).isEmpty();
        assertThat(sqs.receiveBodies(source)).containsExactly("healthy");
        assertThat(sqs.counts(dead)).startsWith("2500 visible");
    }

    @Test
    void aWaitingConsumerGetsTheHealthyMessageBehindAnyNumberOfDeadOnes() {
        String source = sourceOfDeadLetters(2_500);
        sqs.send(source, "healthy");

        CompletableFuture<List<Message>> poll = sqs.poll(source);
        sqs.advance(0);

        assertThat(poll)
                .isCompletedWithValueMatching(
                        messages -> messages.getFirst().body().equals("healthy"));
    }

    private String sourceOfDeadLetters(int count) {
        String source = sqs.withDeadLetters("source", dead, 1, "VisibilityTimeout", "1");
        for (int i = 0; i < count; i++) {
            sqs.send(source, "poison");
        }
        for (int received = 0; received < count; ) {
            received += sqs.receive(source, r -> r.maxNumberOfMessages(10)).size();
        }
        sqs.advance(1);
        return source;
    }

    @Test
    void aDeadLetterKeepsItsIdAgeAndReceiveCountAndTellsItsSource() {
        String source = sqs.withDeadLetters("source", dead, 1, "VisibilityTimeout", "1");
        String id = sqs.send(source, "poison").messageId();
        String sentAt = Long.toString(sqs.env.now().toEpochMilli());
        sqs.receiveOne(source);
        sqs.advance(1);
        sqs.receive(source);

        Message letter = sqs.receive(dead, r -> r.messageSystemAttributeNames(List.of("All")))
                .getFirst();

        assertThat(letter.messageId()).isEqualTo(id);
        assertThat(letter.attributes())
                .containsEntry("SentTimestamp", sentAt)
                .containsEntry("ApproximateReceiveCount", "2")
                .containsEntry("DeadLetterQueueSourceArn", sqs.arn(source));
    }

    /** Its age counts from the first sending; that of FIFO queues begins anew. */
    @Test
    void aDeadLetterExpiresByItsFirstSending() {
        String brief = sqs.queue("brief", "MessageRetentionPeriod", "60");
        String source = sqs.withDeadLetters("source", brief, 1, "VisibilityTimeout", "40");
        sqs.send(source, "poison");
        sqs.receiveOne(source);
        sqs.advance(40);
        sqs.receive(source);
        assertThat(sqs.counts(brief)).startsWith("1 visible");

        sqs.advance(20);

        assertThat(sqs.counts(brief)).startsWith("0 visible");
    }

    @Test
    void aFifoDeadLetterBeginsAnewAndIsDeduplicatedByItsMessageId() {
        String deadFifo = sqs.fifo("dead.fifo", "MessageRetentionPeriod", "60");
        String source = sqs.fifo(
                "source.fifo",
                "VisibilityTimeout",
                "40",
                "RedrivePolicy",
                "{\"deadLetterTargetArn\":\"" + sqs.arn(deadFifo) + "\",\"maxReceiveCount\":\"1\"}");
        String id = sqs.sendToGroup(source, "g", "poison").messageId();
        sqs.sendToGroup(source, "g", "healthy");
        sqs.receiveOne(source);
        sqs.advance(40);
        assertThat(sqs.receiveBodies(source)).containsExactly("healthy");

        sqs.advance(59);
        Message letter = sqs.receive(deadFifo, r -> r.messageSystemAttributeNames(List.of("All")))
                .getFirst();

        assertThat(letter.attributes())
                .containsEntry("MessageDeduplicationId", id)
                .containsEntry("MessageGroupId", "g");
    }

    @Test
    void messagesAreReceivedOnWhereTheDeadLetterQueueIsGone() {
        String source = sqs.withDeadLetters("source", dead, 1, "VisibilityTimeout", "1");
        sqs.send(source, "poison");
        sqs.deleteQueue(dead);
        for (int i = 0; i < 3; i++) {
            assertThat(sqs.receive(source)).hasSize(1);
            sqs.advance(1);
        }
    }

    @Test
    void theSourcesOfADeadLetterQueueAreListed() {
        String b = sqs.withDeadLetters("b", dead, 3);
        String a = sqs.withDeadLetters("a", dead, 3);
        sqs.queue("c");

        assertThat(sqs.service
                        .listDeadLetterSourceQueues(
                                ListDeadLetterSourceQueuesRequest.builder()
                                        .queueUrl(dead)
                                        .build(),
                                sqs.call())
                        .queueUrls())
                .containsExactly(a, b);
    }

    @Test
    void aRedrivePolicyMustNameAQueueOfTheSameTypeThatExists() {
        String fifo = sqs.fifo("dead.fifo");
        String queue = sqs.queue("q");

        assertThat(redrive(
                        queue,
                        "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:none\","
                                + "\"maxReceiveCount\":1}"))
                .endsWith("for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.");
        assertThat(redrive(queue, "{\"deadLetterTargetArn\":\"" + sqs.arn(fifo) + "\",\"maxReceiveCount\":1}"))
                .endsWith("Reason: Dead-letter queue must be same type of queue as the source.");
        assertThat(redrive(queue, "{\"deadLetterTargetArn\":\"" + sqs.arn(dead) + "\",\"maxReceiveCount\":1001}"))
                .endsWith(
                        "Reason: Invalid value for maxReceiveCount: 1001, valid values are from 1 to 1000 both inclusive.");
        assertThat(redrive(queue, "{\"deadLetterTargetArn\":\"" + sqs.arn(dead) + "\"}"))
                .isEqualTo("InvalidParameterValue: Value {\"deadLetterTargetArn\":\"" + sqs.arn(dead)
                        + "\"} for parameter RedrivePolicy is invalid. Reason: Redrive policy does not contain mandatory"
                        + " attribute: maxReceiveCount.");
        assertThat(redrive(queue, "nonsense")).endsWith("Reason: Redrive policy is not a valid JSON map.");
    }

    @Test
    void aDeadLetterQueueMayRefuseItsSources() {
        String queue = sqs.queue("q");
        sqs.set(dead, "RedriveAllowPolicy", "{\"redrivePermission\":\"denyAll\"}");
        String policy = "{\"deadLetterTargetArn\":\"" + sqs.arn(dead) + "\",\"maxReceiveCount\":1}";
        assertThat(redrive(queue, policy)).startsWith("InvalidParameterValue");

        sqs.set(
                dead,
                "RedriveAllowPolicy",
                "{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":[\"" + sqs.arn(queue) + "\"]}");

        sqs.set(queue, "RedrivePolicy", policy);
        assertThat(sqs.attribute(queue, "RedrivePolicy")).isEqualTo(policy);
        sqs.set(queue, "RedrivePolicy", "");
        assertThat(sqs.attributes(queue, "All")).doesNotContainKey("RedrivePolicy");
    }

    private String redrive(String queue, String policy) {
        return refusal(() -> sqs.set(queue, "RedrivePolicy", policy));
    }

    @Test
    void policiesComeBackAsTheyWereGiven() {
        String policy = "{ \"maxReceiveCount\" : \"3\", \"deadLetterTargetArn\" : \"" + sqs.arn(dead) + "\" }";
        String queue = sqs.queue("q", "RedrivePolicy", policy);

        assertThat(sqs.attributes(queue, "RedrivePolicy")).isEqualTo(Map.of("RedrivePolicy", policy));
    }
}
