package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.client.Fault;
import io.pileus.junit5.PileusClient;
import io.pileus.junit5.PileusTest;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** What the program does when AWS has a bad day. */
@PileusTest
class ResilienceTest {

    @Test
    void theSdkTriesAgainWhenItIsThrottled(SqsClient sqs, PileusClient pileus) {
        pileus.add(Fault.on("sqs").operation("CreateQueue").throttle().count(2));

        assertThat(sqs.createQueue(q -> q.queueName("orders")).queueUrl()).endsWith("/orders");

        assertThat(pileus.requests()).hasSize(3);
        assertThat(pileus.failedRequests()).hasSize(2);
    }

    @Test
    void anErrorReachesTheProgram(SqsClient sqs, PileusClient pileus) {
        pileus.add(Fault.on("sqs").error("AccessDenied", 403, "not today"));

        assertThatThrownBy(sqs::listQueues)
                .isInstanceOf(SqsException.class)
                .hasMessageContaining("not today");
    }
}
