package io.pileus.sqs;

import static io.pileus.sqs.Sqs.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.shape.Blob;
import io.pileus.core.state.StateChanges;
import io.pileus.core.testkit.SavedStates;
import io.pileus.sqs.model.ListMessageMoveTasksRequest;
import io.pileus.sqs.model.ListMessageMoveTasksResultEntry;
import io.pileus.sqs.model.ListQueueTagsRequest;
import io.pileus.sqs.model.ListQueuesRequest;
import io.pileus.sqs.model.Message;
import io.pileus.sqs.model.MessageAttributeValue;
import io.pileus.sqs.model.ReceiveMessageRequest;
import io.pileus.sqs.model.StartMessageMoveTaskRequest;
import io.pileus.sqs.model.TagQueueRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What SQS is after it was saved and loaded: another process, at the same time or later. */
class SqsStateTest {
    private static final UnaryOperator<ReceiveMessageRequest.Builder> EVERYTHING =
            r -> r.messageSystemAttributeNames(List.of("All"))
                    .messageAttributeNames(List.of("All"))
                    .maxNumberOfMessages(10);

    private final Sqs before = Sqs.fresh();

    private Sqs loaded() {
        return loaded(0);
    }

    /** @param seconds how long the server was down */
    private Sqs loaded(long seconds) {
        SavedStates saved = SavedStates.of(before.service);
        Sqs after = Sqs.fresh();
        after.env.advance(Duration.between(after.env.now(), before.env.now()).plusSeconds(seconds));
        saved.loadAndGoOn(after.service);
        return after;
    }

    @Test
    void everythingToldIsToldAgainByWhatWasLoaded() {
        String queue = before.fifo("q.fifo", "ContentBasedDeduplication", "true");
        before.sendToGroup(queue, "g", "one");
        before.receive(queue, r -> r.receiveRequestAttemptId("a"));
        before.send(before.queue("standard"), "two");

        SavedStates.of(before.service).loadInto(Sqs.fresh().service);
    }

    @Test
    void queuesComeBackWithTheirAttributesTagsAndUrls() {
        String queue = before.queue("q", "VisibilityTimeout", "7", "MessageRetentionPeriod", "120");
        before.service.tagQueue(
                TagQueueRequest.builder().queueUrl(queue).tags(Map.of("a", "b")).build(), before.call());
        before.advance(5);
        before.set(queue, "DelaySeconds", "0");
        Map<String, String> attributes = before.attributes(queue, "All");

        Sqs after = loaded();

        assertThat(after.attributes(queue, "All")).isEqualTo(attributes);
        assertThat(after.service
                        .listQueueTags(
                                ListQueueTagsRequest.builder().queueUrl(queue).build(), after.call())
                        .tags())
                .isEqualTo(Map.of("a", "b"));
        assertThat(after.service
                        .listQueues(ListQueuesRequest.builder().build(), after.call())
                        .queueUrls())
                .containsExactly(queue);
    }

    @Test
    void aMessageComesBackAsItWasSent() {
        String queue = before.queue("q", "VisibilityTimeout", "0");
        before.send(
                queue,
                "body \ud83d\ude00",
                m -> m.messageAttributes(Map.of(
                        "text",
                        MessageAttributeValue.builder()
                                .dataType("String.x")
                                .stringValue("v")
                                .build(),
                        "bytes",
                        MessageAttributeValue.builder()
                                .dataType("Binary")
                                .binaryValue(Blob.of(new byte[] {0, -1}))
                                .build())));
        Message was = before.receive(queue, EVERYTHING).getFirst();

        Message is = loaded().receive(queue, EVERYTHING).getFirst();

        assertThat(is.toBuilder()
                        .receiptHandle(was.receiptHandle())
                        .attributes(was.attributes())
                        .build())
                .isEqualTo(was);
        assertThat(is.attributes())
                .containsEntry("ApproximateReceiveCount", "2")
                .containsEntry("SentTimestamp", was.attributes().get("SentTimestamp"))
                .containsEntry(
                        "ApproximateFirstReceiveTimestamp", was.attributes().get("ApproximateFirstReceiveTimestamp"));
    }

    @Test
    void visibilityDelayAndRetentionEndAtTheirTime() {
        String queue = before.queue("q", "VisibilityTimeout", "30", "MessageRetentionPeriod", "60");
        before.send(queue, "in flight");
        before.receive(queue);
        before.send(queue, "delayed", m -> m.delaySeconds(40));

        Sqs after = loaded(10);

        assertThat(after.counts(queue)).isEqualTo("0 visible, 1 in flight, 1 delayed");
        after.advance(19);
        assertThat(after.receiveBodies(queue)).isEmpty();
        after.advance(1);
        assertThat(after.receiveBodies(queue)).containsExactly("in flight");
        after.advance(10);
        assertThat(after.receiveBodies(queue)).containsExactly("delayed");
        after.advance(20);
        assertThat(after.counts(queue)).isEqualTo("0 visible, 0 in flight, 0 delayed");
    }

    @Test
    void aReceiptHandleFromBeforeDeletesAndChangesVisibility() {
        String queue = before.queue("q");
        before.send(queue, "one");
        before.send(queue, "two");
        List<Message> received = before.receive(queue);

        Sqs after = loaded();
        after.delete(queue, received.get(0));
        after.changeVisibility(queue, received.get(1), 0);

        assertThat(after.receiveBodies(queue)).containsExactly("two");
    }

    @Test
    void aWaitingConsumerIsWokenByAMessageThatWasInFlight() {
        String queue = before.queue("q", "VisibilityTimeout", "10");
        before.send(queue, "one");
        before.receive(queue);

        Sqs after = loaded();
        var answer = after.poll(queue);
        assertThat(answer).isNotDone();
        after.advance(10);

        assertThat(Sqs.bodies(answer.join())).containsExactly("one");
    }

    @Test
    void aFifoQueueKeepsOrderLocksAndItsMemoryOfDuplicates() {
        String queue = before.fifo("q.fifo", "ContentBasedDeduplication", "true");
        for (int i = 0; i < 12; i++) {
            before.send(queue, "m" + i, m -> m.messageGroupId("g"));
        }
        String first = before.receiveOne(queue).body();

        Sqs after = loaded(100);
        String again = after.send(queue, "m3", m -> m.messageGroupId("g")).messageId();

        assertThat(first).isEqualTo("m0");
        assertThat(after.counts(queue)).isEqualTo("12 visible, 0 in flight, 0 delayed");
        List<Message> received = after.receive(queue);
        assertThat(Sqs.bodies(received)).containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9");
        assertThat(received.get(3).messageId()).isEqualTo(again);
        assertThat(after.receiveBodies(queue)).isEmpty();
        after.advance(200);
        after.send(queue, "m3", m -> m.messageGroupId("h"));
        assertThat(after.counts(queue)).isEqualTo("13 visible, 0 in flight, 0 delayed");
    }

    @Test
    void aReceiveAttemptIsAnsweredAgain() {
        String queue = before.fifo("q.fifo");
        before.sendToGroup(queue, "g", "one");
        List<Message> received =
                before.receive(queue, r -> r.receiveRequestAttemptId("a").messageSystemAttributeNames(List.of("All")));

        Sqs after = loaded();

        assertThat(after.receive(
                        queue, r -> r.receiveRequestAttemptId("a").messageSystemAttributeNames(List.of("All"))))
                .isEqualTo(received);
        assertThat(after.receive(queue)).isEmpty();
    }

    @Test
    void aMessageGoesToTheDeadLettersAfterAsManyReceivesAsBefore() {
        String dead = before.queue("dead");
        String queue = before.withDeadLetters("q", dead, 2, "VisibilityTimeout", "0");
        before.send(queue, "one");
        before.receive(queue);

        Sqs after = loaded();

        assertThat(after.receiveBodies(queue)).containsExactly("one");
        assertThat(after.receiveBodies(queue)).isEmpty();
        assertThat(after.receiveBodies(dead)).containsExactly("one");
    }

    @Test
    void aMoveTaskGoesOnWhereItWas() {
        String dead = before.queue("dead");
        String queue = before.withDeadLetters("q", dead, 1, "VisibilityTimeout", "0");
        for (int i = 0; i < 10; i++) {
            before.send(queue, "m" + i);
        }
        before.receive(queue);
        before.receive(queue);
        before.service.startMessageMoveTask(
                StartMessageMoveTaskRequest.builder()
                        .sourceArn(before.arn(dead))
                        .maxNumberOfMessagesPerSecond(4)
                        .build(),
                before.call());
        before.env.settle();

        Sqs after = loaded();

        assertThat(task(after, dead).status()).isEqualTo("RUNNING");
        assertThat(task(after, dead).approximateNumberOfMessagesMoved()).isEqualTo(4);
        after.advance(1);
        assertThat(task(after, dead).approximateNumberOfMessagesMoved()).isEqualTo(8);
        after.advance(1);
        assertThat(task(after, dead).status()).isEqualTo("COMPLETED");
        assertThat(after.counts(queue)).startsWith("10 visible");
    }

    private static ListMessageMoveTasksResultEntry task(Sqs sqs, String dead) {
        return sqs.service
                .listMessageMoveTasks(
                        ListMessageMoveTasksRequest.builder()
                                .sourceArn(sqs.arn(dead))
                                .build(),
                        sqs.call())
                .results()
                .getFirst();
    }

    @Test
    void aDeletedQueueStaysDeletedAndItsNameReserved() {
        Sqs strict = Sqs.with("SQS_DELAY_RECENTLY_DELETED", "1");
        strict.deleteQueue(strict.queue("q"));
        Sqs after = Sqs.with("SQS_DELAY_RECENTLY_DELETED", "1");

        SavedStates.of(strict.service).loadInto(after.service);

        assertThat(refusal(() -> after.queue("q"))).startsWith("AWS.SimpleQueueService.QueueDeletedRecently");
    }

    @Test
    void onlyQueuesAndMessagesThatChangedAreWrittenAgain() {
        String busy = before.queue("busy");
        String idle = before.queue("idle");
        for (int i = 0; i < 5; i++) {
            before.send(busy, "b" + i);
            before.send(idle, "i" + i);
        }
        SavedStates saved = SavedStates.of(before.service);

        assertThat(saved.saveAgain(before.service)).isEqualTo(StateChanges.NONE);
        Message received = before.receiveOne(busy);
        assertThat(saved.saveAgain(before.service)).isEqualTo(new StateChanges(1, 0));
        before.delete(busy, received);
        assertThat(saved.saveAgain(before.service)).isEqualTo(new StateChanges(0, 1));
        before.send(busy, "b6");
        assertThat(saved.saveAgain(before.service))
                .as("the message, and the queue's last sequence")
                .isEqualTo(new StateChanges(2, 0));
        before.purge(idle);
        assertThat(saved.saveAgain(before.service)).isEqualTo(new StateChanges(1, 5));
        before.deleteQueue(busy);
        assertThat(saved.saveAgain(before.service)).isEqualTo(new StateChanges(1, 6));
    }
}
