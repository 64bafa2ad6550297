package io.pileus.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.service.AwsException;
import io.pileus.core.service.ResetScope;
import io.pileus.sqs.model.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LongPollingTest {
    private final Sqs sqs = Sqs.fresh();
    private final String queue = sqs.queue("orders");

    @Test
    void aWaitingConsumerIsServedTheMomentAMessageIsSent() {
        CompletableFuture<List<Message>> poll = sqs.poll(queue);
        assertThat(poll).isNotDone();

        sqs.send(queue, "hello");

        assertThat(poll).isCompletedWithValueMatching(m -> Sqs.bodies(m).equals(List.of("hello")));
        assertThat(sqs.counts(queue)).isEqualTo("0 visible, 1 in flight, 0 delayed");
    }

    @Test
    void aWaitingConsumerGetsNothingWhenItsTimeIsUp() {
        CompletableFuture<List<Message>> poll = sqs.poll(queue);

        sqs.advance(19);
        assertThat(poll).isNotDone();
        sqs.advance(1);
        assertThat(poll).isCompletedWithValue(List.of());
    }

    @Test
    void aWaitingConsumerIsServedWhenADelayEnds() {
        sqs.send(queue, "later", m -> m.delaySeconds(7));
        CompletableFuture<List<Message>> poll = sqs.poll(queue);

        sqs.advance(6);
        assertThat(poll).isNotDone();
        sqs.advance(1);
        assertThat(poll).isCompletedWithValueMatching(m -> m.size() == 1);
    }

    @Test
    void aWaitingConsumerIsServedWhenAVisibilityTimeoutEnds() {
        sqs.send(queue, "hello");
        sqs.receive(queue, r -> r.visibilityTimeout(5));
        CompletableFuture<List<Message>> poll = sqs.poll(queue);

        sqs.advance(5);

        assertThat(poll).isCompletedWithValueMatching(m -> m.size() == 1);
    }

    @Test
    void aWaitingConsumerIsServedWhenAMessageIsMadeVisible() {
        sqs.send(queue, "hello");
        Message message = sqs.receiveOne(queue);
        CompletableFuture<List<Message>> poll = sqs.poll(queue);

        sqs.changeVisibility(queue, message, 0);

        assertThat(poll).isCompletedWithValueMatching(m -> m.size() == 1);
    }

    @Test
    void consumersAreServedInTheOrderInWhichTheyCame() {
        List<CompletableFuture<List<Message>>> polls = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            polls.add(sqs.poll(queue));
        }

        sqs.send(queue, "first");
        sqs.send(queue, "second");

        assertThat(polls.get(0)).isCompletedWithValueMatching(m -> Sqs.bodies(m).equals(List.of("first")));
        assertThat(polls.get(1)).isCompletedWithValueMatching(m -> Sqs.bodies(m).equals(List.of("second")));
        assertThat(polls.subList(2, 1_000)).noneMatch(CompletableFuture::isDone);
        sqs.advance(20);
        assertThat(polls).allMatch(CompletableFuture::isDone);
        assertThat(sqs.env.time().pending()).isZero();
    }

    @Test
    void aConsumerThatHasGoneAwayTakesNoMessage() {
        CompletableFuture<?> gone = sqs.service
                .receiveMessage(
                        io.pileus.sqs.model.ReceiveMessageRequest.builder()
                                .queueUrl(queue)
                                .waitTimeSeconds(20)
                                .build(),
                        sqs.call())
                .toCompletableFuture();
        CompletableFuture<List<Message>> patient = sqs.poll(queue);
        gone.cancel(false);

        sqs.send(queue, "hello");

        assertThat(patient).isCompletedWithValueMatching(m -> m.size() == 1);
    }

    @Test
    void theQueuesOwnWaitTimeHoldsWhereTheRequestHasNone() {
        String patient = sqs.queue("patient", "ReceiveMessageWaitTimeSeconds", "3");
        CompletableFuture<List<Message>> poll = sqs.poll(patient, r -> r);
        assertThat(poll).isNotDone();
        assertThat(sqs.poll(patient, r -> r.waitTimeSeconds(0))).isDone();

        sqs.advance(3);

        assertThat(poll).isDone();
    }

    @Test
    void aConsumerOfADeletedQueueIsTold() {
        CompletableFuture<List<Message>> poll = sqs.poll(queue);

        sqs.deleteQueue(queue);

        assertThatThrownBy(poll::join).hasCauseInstanceOf(AwsException.class).hasMessageContaining("does not exist");
        assertThat(sqs.env.time().pending()).isZero();
    }

    @Test
    void aResetEndsThoseWhoWait() {
        CompletableFuture<List<Message>> poll = sqs.poll(queue);

        sqs.service.reset(ResetScope.EVERYTHING);

        assertThat(poll).isCompletedExceptionally();
        assertThat(sqs.env.time().pending()).isZero();
    }

    @Test
    void aConsumerWaitsOnWhenAllThereIsAreDeadLetters() {
        String dead = sqs.queue("dead");
        String source = sqs.withDeadLetters("source", dead, 1, "VisibilityTimeout", "1");
        sqs.send(source, "poison");
        sqs.receiveOne(source);
        sqs.advance(1);

        CompletableFuture<List<Message>> poll = sqs.poll(source);

        assertThat(poll).isNotDone();
        assertThat(sqs.receiveBodies(dead)).containsExactly("poison");
    }
}
