package io.pileus.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.identity.Arn;
import io.pileus.core.port.QueueReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Queues as event source mappings read them. */
class MessageReaderTest {
    private static final Arn LATER =
            Arn.parse("arn:aws:sqs:us-east-1:000000000000:later").orElseThrow();

    private final Sqs sqs = Sqs.fresh();
    private final String queue = sqs.queue("orders");
    private final Arn arn = Arn.parse(sqs.arn(queue)).orElseThrow();
    private final QueueReader reader = sqs.env.ports().find(QueueReader.class).orElseThrow();
    private final List<String> calls = new ArrayList<>();

    private List<QueueReader.Message> receive() {
        return ((QueueReader.Received) reader.receive(arn, 10)).messages();
    }

    @Test
    void aReaderIsWokenWhenAMessageIsSent() {
        reader.onMessages(arn, () -> calls.add("woken"));

        sqs.send(queue, "hello");

        assertThat(calls).containsExactly("woken");
        assertThat(receive()).extracting(QueueReader.Message::body).containsExactly("hello");
    }

    @Test
    void aReaderIsWokenWhenAMessageBecomesVisibleAgain() {
        reader.onMessages(arn, () -> calls.add("woken"));
        sqs.send(queue, "hello");
        receive();
        calls.clear();

        sqs.env.advance(Duration.ofSeconds(30));

        assertThat(calls).containsExactly("woken");
        assertThat(receive().getFirst().systemAttributes()).containsEntry("ApproximateReceiveCount", "2");
    }

    @Test
    void aReaderMayComeBeforeItsQueue() {
        reader.onMessages(LATER, () -> calls.add("woken"));

        sqs.send(sqs.queue("later"), "hello");

        assertThat(calls).containsExactly("woken");
    }

    @Test
    void aReaderThatHasGoneIsNotWoken() {
        reader.onMessages(arn, () -> calls.add("woken")).cancel();

        sqs.send(queue, "hello");

        assertThat(calls).isEmpty();
    }

    @Test
    void aDeletedMessageDoesNotComeBack() {
        sqs.send(queue, "hello");

        reader.delete(arn, List.of(receive().getFirst().receiptHandle(), "nonsense"));

        sqs.env.advance(Duration.ofHours(1));
        assertThat(receive()).isEmpty();
    }

    @Test
    void whatTheQueueIsCanBeAsked() {
        String fifo = sqs.fifo("slow.fifo", "VisibilityTimeout", "90");

        assertThat(reader.queue(Arn.parse(sqs.arn(fifo)).orElseThrow()))
                .contains(new QueueReader.QueueInfo(true, Duration.ofSeconds(90)));
        assertThat(reader.queue(LATER)).isEmpty();
        assertThat(reader.receive(LATER, 1))
                .isEqualTo(new QueueReader.Refused(
                        "AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist."));
    }
}
