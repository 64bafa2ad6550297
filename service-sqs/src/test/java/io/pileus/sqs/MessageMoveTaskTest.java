package io.pileus.sqs;

import static io.pileus.sqs.Sqs.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.sqs.model.CancelMessageMoveTaskRequest;
import io.pileus.sqs.model.ListMessageMoveTasksRequest;
import io.pileus.sqs.model.ListMessageMoveTasksResultEntry;
import io.pileus.sqs.model.Message;
import io.pileus.sqs.model.StartMessageMoveTaskRequest;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessageMoveTaskTest {
    private final Sqs sqs = Sqs.fresh();
    private final String dead = sqs.queue("dead");
    private final String source = sqs.withDeadLetters("source", dead, 1, "VisibilityTimeout", "1");

    @BeforeEach
    void twentyDeadLetters() {
        for (int i = 0; i < 20; i++) {
            sqs.send(source, "m" + i);
        }
        sqs.receive(source);
        sqs.receive(source);
        sqs.advance(1);
        assertThat(sqs.receive(source)).isEmpty();
        assertThat(sqs.counts(dead)).startsWith("20 visible");
    }

    private String start(UnaryOperator<StartMessageMoveTaskRequest.Builder> more) {
        return sqs.service
                .startMessageMoveTask(
                        more.apply(StartMessageMoveTaskRequest.builder().sourceArn(sqs.arn(dead)))
                                .build(),
                        sqs.call())
                .taskHandle();
    }

    private List<ListMessageMoveTasksResultEntry> tasks() {
        return sqs.service
                .listMessageMoveTasks(
                        ListMessageMoveTasksRequest.builder()
                                .sourceArn(sqs.arn(dead))
                                .maxResults(10)
                                .build(),
                        sqs.call())
                .results();
    }

    @Test
    void messagesReturnToWhereTheyCameFromAsNewOnes() {
        start(t -> t);
        assertThat(tasks().getFirst().status()).isEqualTo("RUNNING");
        sqs.advance(0);

        ListMessageMoveTasksResultEntry task = tasks().getFirst();
        assertThat(task.status()).isEqualTo("COMPLETED");
        assertThat(task.approximateNumberOfMessagesMoved()).isEqualTo(20);
        assertThat(task.approximateNumberOfMessagesToMove()).isEqualTo(20);
        assertThat(task.taskHandle()).isNull();
        assertThat(task.destinationArn()).isNull();
        assertThat(sqs.counts(dead)).startsWith("0 visible");
        List<Message> moved =
                sqs.receive(source, r -> r.maxNumberOfMessages(10).messageSystemAttributeNames(List.of("All")));
        assertThat(Sqs.bodies(moved)).startsWith("m0", "m1").hasSize(10);
        assertThat(moved.getFirst().attributes())
                .containsEntry("ApproximateReceiveCount", "1")
                .containsEntry("SentTimestamp", Long.toString(sqs.env.now().toEpochMilli()))
                .doesNotContainKey("DeadLetterQueueSourceArn");
    }

    @Test
    void messagesMayGoToAnotherQueue() {
        String other = sqs.queue("other");

        start(t -> t.destinationArn(sqs.arn(other)));
        sqs.advance(0);

        assertThat(sqs.counts(other)).startsWith("20 visible");
        assertThat(tasks().getFirst().destinationArn()).isEqualTo(sqs.arn(other));
    }

    @Test
    void aRateIsKept() {
        start(t -> t.maxNumberOfMessagesPerSecond(5));
        sqs.advance(0);
        assertThat(tasks().getFirst().approximateNumberOfMessagesMoved()).isEqualTo(5);
        sqs.advance(1);
        assertThat(tasks().getFirst().approximateNumberOfMessagesMoved()).isEqualTo(10);
        sqs.advance(10);
        assertThat(tasks().getFirst().status()).isEqualTo("COMPLETED");
    }

    @Test
    void aRunningTaskCanBeCancelledAndMovesNothingMore() {
        String handle = start(t -> t.maxNumberOfMessagesPerSecond(5));
        sqs.advance(0);
        assertThat(tasks().getFirst().taskHandle()).isEqualTo(handle);

        assertThat(cancel(handle)).isEqualTo(5);
        sqs.advance(10);

        assertThat(tasks().getFirst().status()).isEqualTo("CANCELLED");
        assertThat(sqs.counts(dead)).startsWith("15 visible");
        assertThat(refusal(() -> cancel(handle))).isEqualTo("ResourceNotFoundException: Task does not exist.");
    }

    private long cancel(String handle) {
        return sqs.service
                .cancelMessageMoveTask(
                        CancelMessageMoveTaskRequest.builder()
                                .taskHandle(handle)
                                .build(),
                        sqs.call())
                .approximateNumberOfMessagesMoved();
    }

    @Test
    void oneTaskRunsAtATime() {
        start(t -> t.maxNumberOfMessagesPerSecond(5));

        assertThat(refusal(() -> start(t -> t)))
                .isEqualTo(
                        "InvalidParameterValue: There is already a task running. Only one active task is allowed for a"
                                + " source queue arn at a given time.");
    }

    @Test
    void aTaskFailsWhereTheSourceOfAMessageIsUnknownOrGone() {
        sqs.purge(dead);
        sqs.send(dead, "sent here directly");
        start(t -> t);
        sqs.advance(0);

        assertThat(tasks().getFirst().status()).isEqualTo("FAILED");
        assertThat(tasks().getFirst().failureReason()).isEqualTo("CouldNotDetermineMessageSource");
        assertThat(sqs.receiveBodies(dead)).containsExactly("sent here directly");
    }

    @Test
    void theSourceMustBeADeadLetterQueueThatExists() {
        assertThat(refusal(() -> start(t -> t.sourceArn(sqs.arn(source)))))
                .isEqualTo("InvalidParameterValue: Source queue must be configured as a Dead Letter Queue.");
        assertThat(refusal(() -> start(t -> t.sourceArn("arn:aws:sqs:us-east-1:000000000000:none"))))
                .isEqualTo(
                        "ResourceNotFoundException: The resource that you specified for the SourceArn parameter doesn't"
                                + " exist.");
        assertThat(refusal(() -> start(t -> t.maxNumberOfMessagesPerSecond(501))))
                .startsWith("InvalidParameterValue");
        assertThat(refusal(() -> cancel("nonsense"))).startsWith("InvalidParameterValue");
    }

    @Test
    void messagesInFlightStay() {
        sqs.receiveOne(dead);
        start(t -> t);
        sqs.advance(0);

        assertThat(sqs.counts(dead)).isEqualTo("0 visible, 1 in flight, 0 delayed");
    }
}
