package io.pileus.sqs;

import static io.pileus.sqs.Sqs.bodies;
import static io.pileus.sqs.Sqs.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.sqs.model.Message;
import io.pileus.sqs.model.SendMessageResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FifoQueueTest {
    private final Sqs sqs = Sqs.fresh();
    private final String queue = sqs.fifo("orders.fifo");

    @Test
    void aGroupComesInTheOrderOfSending() {
        for (int i = 0; i < 5; i++) {
            sqs.sendToGroup(queue, "g", "m" + i);
        }

        assertThat(sqs.receiveBodies(queue)).containsExactly("m0", "m1", "m2", "m3", "m4");
    }

    @Test
    void aGroupIsLockedWhileAMessageOfItIsInFlight() {
        sqs.sendToGroup(queue, "g", "m0");
        sqs.sendToGroup(queue, "g", "m1");
        Message first = sqs.receiveOne(queue);

        assertThat(sqs.receive(queue)).isEmpty();
        sqs.sendToGroup(queue, "g", "m2");
        assertThat(sqs.receive(queue)).isEmpty();
        sqs.delete(queue, first);
        assertThat(sqs.receiveBodies(queue)).containsExactly("m1", "m2");
    }

    @Test
    void otherGroupsGoOnWhileOneIsLocked() {
        sqs.sendToGroup(queue, "a", "a0");
        sqs.sendToGroup(queue, "a", "a1");
        sqs.sendToGroup(queue, "b", "b0");
        sqs.receiveOne(queue);

        assertThat(sqs.receiveBodies(queue)).containsExactly("b0");
    }

    @Test
    void aReceiveTakesAllItCanOfOneGroupBeforeTheNext() {
        sqs.sendToGroup(queue, "a", "a0");
        sqs.sendToGroup(queue, "b", "b0");
        sqs.sendToGroup(queue, "a", "a1");

        assertThat(sqs.receiveBodies(queue)).containsExactly("a0", "a1", "b0");
    }

    @Test
    void aGroupReturnsInOrderWhenItsVisibilityTimeoutExpires() {
        sqs.sendToGroup(queue, "g", "m0");
        sqs.sendToGroup(queue, "g", "m1");
        sqs.receiveOne(queue);

        sqs.advance(30);

        assertThat(sqs.receiveBodies(queue)).containsExactly("m0", "m1");
    }

    /** What AWS does, as localstack/localstack pull request 13386 found. */
    @Test
    void onlyWhatComesBeforeTheFirstInvisibleMessageOfAGroupIsReceived() {
        for (int i = 0; i < 4; i++) {
            sqs.sendToGroup(queue, "g", "m" + i);
        }
        List<Message> all = sqs.receive(queue);
        sqs.changeVisibility(queue, all.get(2), 60);

        sqs.advance(30);

        assertThat(sqs.receiveBodies(queue)).containsExactly("m0", "m1");
        assertThat(sqs.receive(queue)).isEmpty();
    }

    @Test
    void nothingOfAGroupIsReceivedWhileItsFirstMessageIsInvisible() {
        sqs.sendToGroup(queue, "g", "m0");
        sqs.sendToGroup(queue, "g", "m1");
        List<Message> both = sqs.receive(queue);
        sqs.changeVisibility(queue, both.get(0), 60);

        sqs.advance(30);

        assertThat(sqs.receive(queue)).isEmpty();
    }

    @Test
    void aRepeatedDeduplicationIdIsAcceptedAndNotDelivered() {
        SendMessageResult first =
                sqs.send(queue, "m", m -> m.messageGroupId("g").messageDeduplicationId("1"));
        SendMessageResult second =
                sqs.send(queue, "other", m -> m.messageGroupId("h").messageDeduplicationId("1"));

        assertThat(second.messageId()).isEqualTo(first.messageId());
        assertThat(second.sequenceNumber()).isEqualTo(first.sequenceNumber());
        assertThat(sqs.receiveBodies(queue)).containsExactly("m");
    }

    @Test
    void aDeduplicationIdIsRememberedForFiveMinutesEvenOfADeletedMessage() {
        sqs.send(queue, "m", m -> m.messageGroupId("g").messageDeduplicationId("1"));
        sqs.delete(queue, sqs.receiveOne(queue));

        sqs.advance(299);
        sqs.send(queue, "m", m -> m.messageGroupId("g").messageDeduplicationId("1"));
        assertThat(sqs.receive(queue)).isEmpty();
        sqs.advance(1);
        sqs.send(queue, "m", m -> m.messageGroupId("g").messageDeduplicationId("1"));
        assertThat(sqs.receive(queue)).hasSize(1);
    }

    @Test
    void theContentIsTheDeduplicationIdWhereTheQueueSaysSo() {
        String byContent = sqs.fifo("content.fifo", "ContentBasedDeduplication", "true");
        sqs.send(byContent, "same", m -> m.messageGroupId("g"));
        sqs.send(byContent, "same", m -> m.messageGroupId("g"));
        // SHA-256 of "same", which an explicit id may repeat
        sqs.send(
                byContent,
                "explicit",
                m -> m.messageGroupId("g")
                        .messageDeduplicationId("0967115f2813a3541eaef77de9d9d5773f1c0c04314b0bbfe4ff3b3b1c55b5d5"));

        List<Message> received = sqs.receive(
                byContent,
                r -> r.maxNumberOfMessages(10).messageSystemAttributeNames(List.of("MessageDeduplicationId")));

        assertThat(bodies(received)).containsExactly("same");
        assertThat(received.getFirst().attributes().get("MessageDeduplicationId"))
                .isEqualTo("0967115f2813a3541eaef77de9d9d5773f1c0c04314b0bbfe4ff3b3b1c55b5d5");
    }

    @Test
    void deduplicationCanBeWithinEachGroup() {
        String fast =
                sqs.fifo("fast.fifo", "DeduplicationScope", "messageGroup", "FifoThroughputLimit", "perMessageGroupId");
        sqs.send(fast, "a", m -> m.messageGroupId("a").messageDeduplicationId("1"));
        sqs.send(fast, "b", m -> m.messageGroupId("b").messageDeduplicationId("1"));
        sqs.send(fast, "b", m -> m.messageGroupId("b").messageDeduplicationId("1"));

        assertThat(sqs.receiveBodies(fast)).containsExactly("a", "b");
    }

    @Test
    void sequenceNumbersHaveTwentyDigitsAndGrow() {
        String first = sqs.sendToGroup(queue, "a", "m").sequenceNumber();
        String second = sqs.sendToGroup(queue, "b", "m").sequenceNumber();

        assertThat(first).matches("\\d{20}");
        assertThat(second).matches("\\d{20}").isGreaterThan(first);
    }

    @Test
    void systemAttributesTellGroupDeduplicationAndSequence() {
        SendMessageResult sent = sqs.send(queue, "m", m -> m.messageGroupId("g").messageDeduplicationId("1"));

        Message received =
                sqs.receive(queue, r -> r.attributeNames(List.of("All"))).getFirst();

        assertThat(received.attributes())
                .containsEntry("MessageGroupId", "g")
                .containsEntry("MessageDeduplicationId", "1")
                .containsEntry("SequenceNumber", sent.sequenceNumber())
                .containsEntry("ApproximateReceiveCount", "1")
                .containsKeys("SenderId", "SentTimestamp", "ApproximateFirstReceiveTimestamp");
    }

    @Test
    void anExpiredHandleDeletesNothing() {
        sqs.sendToGroup(queue, "g", "m");
        Message message = sqs.receiveOne(queue);
        sqs.advance(30);

        assertThat(refusal(() -> sqs.delete(queue, message)))
                .isEqualTo("InvalidParameterValue: Value " + message.receiptHandle()
                        + " for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.");
        assertThat(sqs.receive(queue)).hasSize(1);
    }

    @Test
    void deletingTwiceSucceeds() {
        sqs.sendToGroup(queue, "g", "m");
        Message message = sqs.receiveOne(queue);
        sqs.delete(queue, message);

        sqs.delete(queue, message);

        assertThat(sqs.counts(queue)).isEqualTo("0 visible, 0 in flight, 0 delayed");
    }

    @Test
    void aRepeatedReceiveAttemptGetsTheSameMessagesAndHandles() {
        sqs.sendToGroup(queue, "g", "m0");
        sqs.sendToGroup(queue, "g", "m1");
        List<Message> first = attempt("a");
        sqs.advance(20);

        List<Message> again = attempt("a");

        assertThat(again).isEqualTo(first).hasSize(2);
        // and the visibility timeout begins anew
        sqs.advance(29);
        assertThat(sqs.receive(queue)).isEmpty();
        sqs.advance(1);
        assertThat(sqs.receive(queue)).hasSize(2);
    }

    @Test
    void aRepeatedReceiveAttemptGetsNothingOnceAMessageWasDeleted() {
        sqs.sendToGroup(queue, "g", "m0");
        sqs.sendToGroup(queue, "g", "m1");
        sqs.delete(queue, attempt("a").getFirst());

        assertThat(attempt("a")).isEmpty();
    }

    @Test
    void aConsumerThatWaitsTwiceForOneAttemptGetsTheSameMessagesTwice() {
        var lost = sqs.poll(queue, r -> r.waitTimeSeconds(20).receiveRequestAttemptId("a"));
        var retry = sqs.poll(queue, r -> r.waitTimeSeconds(20).receiveRequestAttemptId("a"));

        sqs.sendToGroup(queue, "g", "m");

        assertThat(retry.join()).isEqualTo(lost.join()).hasSize(1);
    }

    private List<Message> attempt(String id) {
        return sqs.receive(queue, r -> r.maxNumberOfMessages(10).receiveRequestAttemptId(id));
    }

    @Test
    void aNewDelayOfTheQueueHoldsForMessagesThatWaitAlready() {
        String slow = sqs.fifo("slow.fifo", "DelaySeconds", "60");
        sqs.sendToGroup(slow, "g", "m");

        sqs.set(slow, "DelaySeconds", "10");
        sqs.advance(10);

        assertThat(sqs.receive(slow)).hasSize(1);
    }

    @Test
    void aDelayedMessageDoesNotLockItsGroup() {
        String slow = sqs.fifo("slow.fifo", "DelaySeconds", "10");
        sqs.sendToGroup(slow, "g", "m0");
        sqs.advance(5);
        sqs.sendToGroup(slow, "g", "m1");
        sqs.advance(5);

        assertThat(sqs.receiveBodies(slow)).containsExactly("m0");
    }

    @Test
    void aWaitingConsumerIsServedWhenAGroupIsUnlocked() {
        sqs.sendToGroup(queue, "g", "m0");
        sqs.sendToGroup(queue, "g", "m1");
        Message first = sqs.receiveOne(queue);
        CompletableFuture<List<Message>> poll = sqs.poll(queue);
        assertThat(poll).isNotDone();

        sqs.delete(queue, first);

        assertThat(poll).isCompletedWithValueMatching(m -> bodies(m).equals(List.of("m1")));
    }

    @Test
    void aMessageNeedsAGroupAndADeduplicationId() {
        assertThat(refusal(() -> sqs.send(queue, "m")))
                .isEqualTo("MissingParameter: The request must contain the parameter MessageGroupId.");
        assertThat(refusal(() -> sqs.send(queue, "m", m -> m.messageGroupId("g"))))
                .isEqualTo("InvalidParameterValue: The queue should either have ContentBasedDeduplication enabled or"
                        + " MessageDeduplicationId provided explicitly");
    }

    @Test
    void aMessageHasNoDelayOfItsOwn() {
        assertThat(refusal(() -> sqs.send(
                        queue,
                        "m",
                        m -> m.messageGroupId("g").messageDeduplicationId("1").delaySeconds(1))))
                .isEqualTo("InvalidParameterValue: Value 1 for parameter DelaySeconds is invalid. Reason: The request"
                        + " include parameter that is not valid for this queue type.");
        sqs.send(
                queue,
                "m",
                m -> m.messageGroupId("g").messageDeduplicationId("1").delaySeconds(0));
    }

    @Test
    void callsBeyondTheQuotaAreThrottledWhereQuotasAreOn() {
        Sqs limited = Sqs.with("PILEUS_SQS_QUOTAS", "1");
        String fifo = limited.fifo("q.fifo");
        for (int i = 0; i < 300; i++) {
            limited.sendToGroup(fifo, "g", "m");
        }

        assertThat(Sqs.errorOf(() -> limited.sendToGroup(fifo, "g", "m")).code())
                .isEqualTo("RequestThrottled");
        limited.advance(1);
        limited.sendToGroup(fifo, "g", "m");
    }
}
