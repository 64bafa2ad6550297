package io.pileus.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The quick start of docs/junit5.md, and the clock. */
class PileusExtensionTest {
    @RegisterExtension
    static PileusExtension extension = PileusExtension.builder()
            .services("sqs")
            .clock(ClockMode.MANUAL)
            .region("eu-central-1")
            .build();

    @Test
    void aMessageReturnsWhenItsVisibilityTimeoutExpires(SqsClient sqs, PileusClient pileus) {
        String queue = sqs.createQueue(q -> q.queueName("orders")).queueUrl();
        sqs.sendMessage(m -> m.queueUrl(queue).messageBody("hello"));
        assertThat(sqs.receiveMessage(r -> r.queueUrl(queue)).messages()).hasSize(1);
        assertThat(sqs.receiveMessage(r -> r.queueUrl(queue)).messages()).isEmpty();

        pileus.clock().advance(Duration.ofSeconds(31));

        assertThat(sqs.receiveMessage(r -> r.queueUrl(queue)).messages()).hasSize(1);
    }

    @Test
    void timeStandsStillUntilItIsMoved(PileusClient pileus) {
        Instant before = pileus.clock().now();
        pileus.clock().advance(Duration.ofDays(1));
        assertThat(pileus.clock().now()).isEqualTo(before.plus(Duration.ofDays(1)));
    }

    @Test
    void theRegionIsTheConfiguredOne(SqsClient sqs, PileusClient pileus) {
        sqs.createQueue(q -> q.queueName("orders"));
        assertThat(pileus.requests())
                .singleElement()
                .satisfies(entry -> assertThat(entry.region()).isEqualTo("eu-central-1"));
    }
}
