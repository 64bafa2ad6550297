package io.pileus.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.service.AwsException;
import io.pileus.core.testkit.TestCalls;
import io.pileus.sqs.model.ReceiveMessageRequest;
import io.pileus.sqs.model.ReceiveMessageResult;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** LocalStack's headers that lift what a receive may ask for. */
class OverrideHeadersTest {
    private static final String COUNT = "x-localstack-sqs-override-message-count";
    private static final String WAIT = "x-localstack-sqs-override-wait-time-seconds";

    private final Sqs sqs = Sqs.fresh();
    private final String queue = sqs.queue("orders");

    private CompletableFuture<ReceiveMessageResult> receive(Map<String, String> headers) {
        return sqs.service
                .receiveMessage(
                        ReceiveMessageRequest.builder().queueUrl(queue).build(), TestCalls.callWith(sqs.env, headers))
                .toCompletableFuture();
    }

    @Test
    void moreThanTenMessagesAreReceivedWhenAHeaderSaysSo() {
        for (int i = 0; i < 25; i++) {
            sqs.send(queue, "m" + i);
        }

        assertThat(receive(Map.of(COUNT, "20")).join().messages()).hasSize(20);
        assertThat(receive(Map.of()).join().messages()).hasSize(1);
    }

    @Test
    void aConsumerWaitsAsLongAsAHeaderSays() {
        CompletableFuture<ReceiveMessageResult> poll = receive(Map.of(WAIT, "300"));

        sqs.advance(299);
        assertThat(poll).isNotDone();
        sqs.advance(1);
        assertThat(poll.join().messages()).isEmpty();
    }

    @Test
    void aHeaderThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> receive(Map.of(COUNT, "many")))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining(COUNT);
        assertThatThrownBy(() -> receive(Map.of(WAIT, "3601"))).isInstanceOf(AwsException.class);
    }
}
