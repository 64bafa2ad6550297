package io.pileus.sqs;

import static io.pileus.sqs.Sqs.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.sqs.model.Message;
import io.pileus.sqs.model.SendMessageResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandardQueueTest {
    private final Sqs sqs = Sqs.fresh();
    private final String queue = sqs.queue("orders");

    @Test
    void aSentMessageIsReceivedAsItWasSent() {
        SendMessageResult sent = sqs.send(queue, "hello");

        Message received = sqs.receiveOne(queue);

        assertThat(received.body()).isEqualTo("hello");
        assertThat(received.messageId()).isEqualTo(sent.messageId());
        // RFC 1321's algorithm, as `printf hello | md5sum` prints it
        assertThat(received.md5OfBody()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
        assertThat(sent.md5OfMessageBody()).isEqualTo(received.md5OfBody());
        assertThat(sent.sequenceNumber()).isNull();
        assertThat(received.hasAttributes()).isFalse();
    }

    @Test
    void anEmptyQueueAnswersNoMessageList() {
        assertThat(sqs.service
                        .receiveMessage(
                                io.pileus.sqs.model.ReceiveMessageRequest.builder()
                                        .queueUrl(queue)
                                        .build(),
                                sqs.call())
                        .toCompletableFuture()
                        .join()
                        .hasMessages())
                .isFalse();
    }

    @Test
    void aMessageIsHiddenWhileInFlight() {
        sqs.send(queue, "hello");
        sqs.receiveOne(queue);

        assertThat(sqs.receive(queue)).isEmpty();
        assertThat(sqs.counts(queue)).isEqualTo("0 visible, 1 in flight, 0 delayed");
        sqs.advance(29);
        assertThat(sqs.receive(queue)).isEmpty();
    }

    @Test
    void aMessageReturnsWhenItsVisibilityTimeoutExpires() {
        sqs.send(queue, "hello");
        Message first = sqs.receiveOne(queue);

        sqs.advance(30);

        assertThat(sqs.counts(queue)).isEqualTo("1 visible, 0 in flight, 0 delayed");
        Message second = sqs.receiveOne(queue);
        assertThat(second.messageId()).isEqualTo(first.messageId());
        assertThat(second.receiptHandle()).isNotEqualTo(first.receiptHandle());
    }

    @Test
    void theVisibilityTimeoutOfTheRequestOverridesTheQueues() {
        sqs.send(queue, "hello");
        sqs.receive(queue, r -> r.visibilityTimeout(5));

        sqs.advance(5);

        assertThat(sqs.receive(queue)).hasSize(1);
    }

    @Test
    void aVisibilityTimeoutOfZeroLeavesTheMessageForTheNext() {
        sqs.send(queue, "hello");

        assertThat(sqs.receive(queue, r -> r.visibilityTimeout(0).maxNumberOfMessages(10)))
                .hasSize(1);
        assertThat(sqs.receive(queue)).hasSize(1);
    }

    @Test
    void messagesComeInTheOrderOfSending() {
        for (int i = 0; i < 12; i++) {
            sqs.send(queue, "m" + i);
        }

        assertThat(sqs.receiveBodies(queue))
                .containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9");
        assertThat(sqs.receiveBodies(queue)).containsExactly("m10", "m11");
    }

    @Test
    void oneMessageIsReceivedUnlessMoreAreAskedFor() {
        sqs.send(queue, "a");
        sqs.send(queue, "b");

        assertThat(sqs.receive(queue, r -> r)).hasSize(1);
    }

    @Test
    void aDelayedMessageAppearsWhenItsDelayEnds() {
        sqs.send(queue, "later", m -> m.delaySeconds(60));

        assertThat(sqs.counts(queue)).isEqualTo("0 visible, 0 in flight, 1 delayed");
        sqs.advance(59);
        assertThat(sqs.receive(queue)).isEmpty();
        sqs.advance(1);
        assertThat(sqs.receiveBodies(queue)).containsExactly("later");
    }

    @Test
    void theDelayOfTheQueueHoldsForMessagesWithoutOne() {
        String slow = sqs.queue("slow", "DelaySeconds", "10");
        sqs.send(slow, "queue's");
        sqs.send(slow, "own", m -> m.delaySeconds(0));

        assertThat(sqs.receiveBodies(slow)).containsExactly("own");
        sqs.advance(10);
        assertThat(sqs.receiveBodies(slow)).containsExactly("queue's");
    }

    @Test
    void aNewDelayOfTheQueueDoesNotTouchMessagesThatWaitAlready() {
        String slow = sqs.queue("slow", "DelaySeconds", "10");
        sqs.send(slow, "m");
        sqs.set(slow, "DelaySeconds", "100");

        sqs.advance(10);

        assertThat(sqs.receive(slow)).hasSize(1);
    }

    @Test
    void aDeletedMessageNeverReturns() {
        sqs.send(queue, "hello");
        sqs.delete(queue, sqs.receiveOne(queue));

        sqs.advance(100);

        assertThat(sqs.receive(queue)).isEmpty();
        assertThat(sqs.counts(queue)).isEqualTo("0 visible, 0 in flight, 0 delayed");
    }

    @Test
    void deletingTwiceSucceeds() {
        sqs.send(queue, "hello");
        Message message = sqs.receiveOne(queue);
        sqs.delete(queue, message);

        sqs.delete(queue, message);

        assertThat(sqs.receive(queue)).isEmpty();
    }

    @Test
    void aMessageThatIsVisibleAgainIsDeletedWithItsLastHandle() {
        sqs.send(queue, "hello");
        Message message = sqs.receiveOne(queue);
        sqs.advance(31);

        sqs.delete(queue, message);

        assertThat(sqs.receive(queue)).isEmpty();
    }

    /** The documentation of DeleteMessage: with an old handle "the request will succeed, but the message might not be deleted". */
    @Test
    void anOlderHandleDeletesNothing() {
        sqs.send(queue, "hello");
        Message first = sqs.receiveOne(queue);
        sqs.advance(30);
        sqs.receiveOne(queue);

        sqs.delete(queue, first);
        sqs.advance(30);

        assertThat(sqs.receive(queue)).hasSize(1);
    }

    @Test
    void aHandleIsNoLongerGoodAfterTwelveHours() {
        String keeping = sqs.queue("keeping", "VisibilityTimeout", "43200");
        sqs.send(keeping, "hello");
        Message message = sqs.receiveOne(keeping);
        sqs.advance(43_201);

        assertThat(refusal(() -> sqs.delete(keeping, message)))
                .isEqualTo("InvalidParameterValue: Value " + message.receiptHandle()
                        + " for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.");
    }

    @Test
    void aHandleOfAnotherQueueIsRefused() {
        String other = sqs.queue("other");
        sqs.send(queue, "hello");
        Message message = sqs.receiveOne(queue);

        assertThat(refusal(() -> sqs.delete(other, message)))
                .isEqualTo("ReceiptHandleIsInvalid: The input receipt handle \"" + message.receiptHandle()
                        + "\" is not a valid receipt handle.");
    }

    @Test
    void textThatIsNoHandleIsRefused() {
        assertThat(refusal(() -> sqs.delete(queue, "garbage")))
                .isEqualTo(
                        "ReceiptHandleIsInvalid: The input receipt handle \"garbage\" is not a valid receipt handle.");
        assertThat(refusal(() -> sqs.delete(queue, "")))
                .isEqualTo("MissingParameter: The request must contain the parameter ReceiptHandle.");
    }

    @Test
    void theVisibilityOfAMessageCanBeProlonged() {
        sqs.send(queue, "hello");
        Message message = sqs.receiveOne(queue);
        sqs.advance(20);
        sqs.changeVisibility(queue, message, 60);

        sqs.advance(59);
        assertThat(sqs.receive(queue)).isEmpty();
        sqs.advance(1);
        assertThat(sqs.receive(queue)).hasSize(1);
    }

    @Test
    void aVisibilityOfZeroShowsTheMessageAtOnce() {
        sqs.send(queue, "hello");
        Message message = sqs.receiveOne(queue);

        sqs.changeVisibility(queue, message, 0);

        assertThat(sqs.receive(queue)).hasSize(1);
    }

    @Test
    void theVisibilityOfAMessageThatWaitsCannotBeChanged() {
        sqs.send(queue, "hello");
        Message message = sqs.receiveOne(queue);
        sqs.advance(30);

        assertThat(Sqs.errorOf(() -> sqs.changeVisibility(queue, message, 10)).queryCode())
                .isEqualTo("AWS.SimpleQueueService.MessageNotInflight");
    }

    @Test
    void theVisibilityOfADeletedMessageCannotBeChanged() {
        sqs.send(queue, "hello");
        Message message = sqs.receiveOne(queue);
        sqs.delete(queue, message);

        assertThat(refusal(() -> sqs.changeVisibility(queue, message, 10)))
                .isEqualTo("InvalidParameterValue: Value " + message.receiptHandle()
                        + " for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for"
                        + " visibility timeout change.");
    }

    @Test
    void aMessageIsHiddenForTwelveHoursInAllAtMost() {
        sqs.send(queue, "hello");
        Message message = sqs.receiveOne(queue);
        sqs.advance(10);

        assertThat(refusal(() -> sqs.changeVisibility(queue, message, 43_191)))
                .contains("Total VisibilityTimeout for the message is beyond the limit [43200 seconds]");
        sqs.changeVisibility(queue, message, 43_190);
    }

    @Test
    void aMessageExpiresWithTheRetentionPeriod() {
        String brief = sqs.queue("brief", "MessageRetentionPeriod", "60");
        sqs.send(brief, "visible");
        sqs.send(brief, "in flight");
        sqs.receive(brief, r -> r.visibilityTimeout(3600));

        sqs.advance(59);
        assertThat(sqs.counts(brief)).isEqualTo("1 visible, 1 in flight, 0 delayed");
        sqs.advance(1);
        assertThat(sqs.counts(brief)).isEqualTo("0 visible, 0 in flight, 0 delayed");
        assertThat(sqs.receive(brief)).isEmpty();
    }

    @Test
    void aPurgeRemovesMessagesInEveryState() {
        sqs.send(queue, "in flight");
        sqs.receiveOne(queue);
        sqs.send(queue, "visible");
        sqs.send(queue, "delayed", m -> m.delaySeconds(10));

        sqs.purge(queue);
        sqs.advance(100);

        assertThat(sqs.counts(queue)).isEqualTo("0 visible, 0 in flight, 0 delayed");
        assertThat(sqs.receive(queue)).isEmpty();
    }

    @Test
    void aShortPollIsRefusedWhenTooManyMessagesAreInFlight() {
        String flying = sqs.queue("flying", "VisibilityTimeout", "43200");
        for (int i = 0; i < SqsLimits.IN_FLIGHT_MESSAGES; i++) {
            sqs.send(flying, "m");
        }
        for (int i = 0; i < SqsLimits.IN_FLIGHT_MESSAGES; i += 10) {
            assertThat(sqs.receive(flying)).hasSize(10);
        }
        sqs.send(flying, "one more");

        assertThat(Sqs.errorOf(() -> sqs.receive(flying)).code()).isEqualTo("OverLimit");
        assertThat(sqs.poll(flying)).isNotDone();
    }

    @Test
    void aTenantWithManyMessagesInFlightDoesNotHoldUpTheOthers() {
        for (int i = 0; i < 30; i++) {
            sqs.send(queue, "noisy" + i, m -> m.messageGroupId("noisy"));
        }
        sqs.send(queue, "quiet", m -> m.messageGroupId("quiet"));
        sqs.receive(queue);

        List<String> next = sqs.receiveBodies(queue);

        assertThat(next).first().isEqualTo("quiet");
        assertThat(next).hasSize(10);
    }

    @Test
    void theGroupOfAMessageIsReturned() {
        sqs.send(queue, "hello", m -> m.messageGroupId("tenant-1"));

        List<Message> received = sqs.receive(queue, r -> r.messageSystemAttributeNames(List.of("All")));

        assertThat(received.getFirst().attributes())
                .containsEntry("MessageGroupId", "tenant-1")
                .doesNotContainKeys("SequenceNumber", "MessageDeduplicationId");
    }
}
