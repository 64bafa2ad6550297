package io.pileus.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.ResetScope;
import io.pileus.core.testkit.TestCalls;
import io.pileus.sqs.model.CreateQueueRequest;
import io.pileus.sqs.state.MessageState;
import io.pileus.sqs.state.Queue;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InspectionTest {
    private final Sqs sqs = Sqs.fresh();

    @Test
    void messagesAreSeenWithoutReceivingThem() {
        String url = sqs.queue("orders");
        sqs.send(url, "in flight");
        sqs.receiveOne(url);
        sqs.send(url, "visible");
        sqs.send(url, "delayed", m -> m.delaySeconds(10));

        SqsInspection inspection = sqs.service.inspection();
        Queue queue =
                inspection.queue(AccountId.DEFAULT, Region.US_EAST_1, "orders").orElseThrow();

        assertThat(inspection.messages(queue))
                .extracting(m -> m.message().body(), m -> m.state().getClass(), m -> m.receiveCount())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("in flight", MessageState.InFlight.class, 1),
                        org.assertj.core.groups.Tuple.tuple("visible", MessageState.Visible.class, 0),
                        org.assertj.core.groups.Tuple.tuple("delayed", MessageState.Delayed.class, 0));
        assertThat(inspection.messages(queue)).hasSize(3);
        assertThat(sqs.receiveBodies(url)).containsExactly("visible");
    }

    @Test
    void accountsAndRegionsAreApartAndAreResetApart() {
        CallContext other = TestCalls.callOf(sqs.env, "111111111111");
        sqs.queue("orders");
        String theirs = sqs.service
                .createQueue(CreateQueueRequest.builder().queueName("orders").build(), other)
                .queueUrl();
        assertThat(theirs).endsWith("/111111111111/orders");
        assertThat(sqs.service.inspection().queues()).hasSize(2);

        sqs.service.reset(new ResetScope(Optional.of(new AccountId("111111111111")), Optional.empty()));

        assertThat(sqs.service.inspection().queues())
                .extracting(q -> q.arn().toString())
                .containsExactly("arn:aws:sqs:us-east-1:000000000000:orders");
    }
}
