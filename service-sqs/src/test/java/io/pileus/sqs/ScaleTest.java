package io.pileus.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.testkit.TestCalls;
import io.pileus.sqs.model.CreateQueueRequest;
import io.pileus.sqs.model.ListQueuesRequest;
import io.pileus.sqs.model.Message;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Numbers that a test suite never reaches, and a load test does. How fast it is, benchmarks tell. */
class ScaleTest {
    private static final int MESSAGES = 200_000;

    private final Sqs sqs = Sqs.fresh();

    /** One operation that looks at every message would take minutes here. */
    @Test
    @Timeout(60)
    void aQueueWithManyMessagesIsAsQuickAsOneWithFew() {
        String queue = sqs.queue("q");
        for (int i = 0; i < MESSAGES; i++) {
            sqs.send(queue, "message");
        }
        for (int i = 0; i < 5_000; i++) {
            List<Message> messages = sqs.receive(queue);
            assertThat(messages).hasSize(10);
            messages.forEach(m -> sqs.delete(queue, m));
            assertThat(sqs.counts(queue)).startsWith(MESSAGES - 10 * (i + 1) + " visible");
        }
        sqs.advance(345_600);
        assertThat(sqs.counts(queue)).startsWith("0 visible");
    }

    @Test
    void anAccountHasTenThousandQueues() {
        for (int i = 0; i < 10_000; i++) {
            sqs.service.createQueue(
                    CreateQueueRequest.builder().queueName("q" + i).build(), TestCalls.call(sqs.env));
        }

        assertThat(sqs.service
                        .listQueues(
                                ListQueuesRequest.builder()
                                        .queueNamePrefix("q99")
                                        .build(),
                                sqs.call())
                        .queueUrls())
                .hasSize(111);
        assertThat(sqs.counts("q9999")).startsWith("0 visible");
    }
}
