package io.pileus.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.sqs.model.Message;
import io.pileus.sqs.model.ReceiveMessageRequest;
import io.pileus.sqs.model.ReceiveMessageResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Eight producers and eight impatient consumers, who wait for messages and go away again, at once on one queue. */
class SoakTest {
    private static final int PRODUCERS = 8;
    private static final int CONSUMERS = 8;
    private static final int MESSAGES_EACH = 2_000;

    private final Sqs sqs = Sqs.fresh();
    private final Map<String, Integer> deliveries = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> lastOfProducer = new ConcurrentHashMap<>();
    private final AtomicInteger outOfOrder = new AtomicInteger();
    private final AtomicInteger consumed = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsLostAndNothingComesTwice(boolean fifo) throws Exception {
        String queue =
                fifo ? sqs.fifo("q.fifo", "VisibilityTimeout", "43200") : sqs.queue("q", "VisibilityTimeout", "43200");
        try (ExecutorService threads = Executors.newFixedThreadPool(PRODUCERS + CONSUMERS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int p = 0; p < PRODUCERS; p++) {
                int producer = p;
                all.add(threads.submit(() -> produce(queue, fifo, producer)));
            }
            for (int c = 0; c < CONSUMERS; c++) {
                all.add(threads.submit(() -> consume(queue, fifo)));
            }
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
        }

        assertThat(deliveries).hasSize(PRODUCERS * MESSAGES_EACH);
        assertThat(deliveries.values()).allMatch(times -> times == 1);
        assertThat(outOfOrder).hasValue(0);
        assertThat(sqs.counts(queue)).isEqualTo("0 visible, 0 in flight, 0 delayed");
    }

    private void produce(String queue, boolean fifo, int producer) {
        for (int i = 0; i < MESSAGES_EACH; i++) {
            String body = producer + ":" + i;
            sqs.send(
                    queue,
                    body,
                    m -> fifo ? m.messageGroupId("p" + producer).messageDeduplicationId(body.replace(':', '-')) : m);
        }
    }

    private void consume(String queue, boolean fifo) {
        while (consumed.get() < PRODUCERS * MESSAGES_EACH) {
            List<Message> messages = poll(queue);
            for (Message message : messages) {
                deliveries.merge(message.messageId(), 1, Integer::sum);
                if (fifo) {
                    checkOrder(message.body());
                }
            }
            for (Message message : messages) {
                sqs.delete(queue, message);
                consumed.incrementAndGet();
            }
        }
    }

    /** Waits for messages, and goes away when none comes for a moment. */
    private List<Message> poll(String queue) {
        CompletableFuture<ReceiveMessageResult> answer = sqs.service
                .receiveMessage(
                        ReceiveMessageRequest.builder()
                                .queueUrl(queue)
                                .maxNumberOfMessages(10)
                                .waitTimeSeconds(20)
                                .build(),
                        sqs.call())
                .toCompletableFuture();
        try {
            return answer.get(1, TimeUnit.MILLISECONDS).messages();
        } catch (TimeoutException e) {
            return answer.cancel(false) ? List.of() : answer.join().messages();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void checkOrder(String body) {
        int producer = Integer.parseInt(body.substring(0, body.indexOf(':')));
        int number = Integer.parseInt(body.substring(body.indexOf(':') + 1));
        Integer last = lastOfProducer.put(producer, number);
        if (last != null && last >= number) {
            outOfOrder.incrementAndGet();
        }
    }
}
