package io.pileus.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.kinesis.model.*;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubscribeToShardTest {
    private static final String SHARD = "shardId-000000000000";
    private static final StartingPosition TRIM_HORIZON =
            StartingPosition.builder().type("TRIM_HORIZON").build();

    @Test
    void recordsArePushedAsTheyArrive() {
        Kinesis kinesis = Kinesis.withStream(1);
        kinesis.put("a", "1");
        Events events =
                kinesis.subscribe(kinesis.consumer("app"), SHARD, TRIM_HORIZON).request(10);
        String last = kinesis.put("a", "2").sequenceNumber();

        assertThat(events.data()).containsExactly("1", "2");
        assertThat(events.received.getLast().continuationSequenceNumber()).isEqualTo(last);
    }

    @Test
    void nothingIsSentThatTheSubscriberDidNotAskFor() {
        Kinesis kinesis = Kinesis.withStream(1);
        Events events = kinesis.subscribe(kinesis.consumer("app"), SHARD, TRIM_HORIZON);
        kinesis.put("a", "1");
        kinesis.put("a", "2");
        assertThat(events.received).isEmpty();

        events.request(1);

        assertThat(events.received).hasSize(1);
        assertThat(events.data()).containsExactly("1", "2");
        kinesis.put("a", "3");
        assertThat(events.received).hasSize(1);
    }

    @Test
    void anIdleSubscriptionShowsThatItLives() {
        Kinesis kinesis = Kinesis.withStream(1);
        Events events =
                kinesis.subscribe(kinesis.consumer("app"), SHARD, TRIM_HORIZON).request(100);
        int before = events.received.size();

        kinesis.advance(Duration.ofSeconds(20));

        assertThat(events.received.size() - before).isEqualTo(4);
        assertThat(events.received.getLast().records()).isEmpty();
        assertThat(events.received.getLast().continuationSequenceNumber()).hasSize(56);
    }

    @Test
    void aSessionEndsAfterFiveMinutesAndGoesOnFromItsContinuation() {
        Kinesis kinesis = Kinesis.withStream(1);
        String consumer = kinesis.consumer("app");
        Events events = kinesis.subscribe(consumer, SHARD, TRIM_HORIZON).request(1000);
        kinesis.put("a", "1");
        kinesis.advance(Duration.ofMinutes(5));
        assertThat(events.complete).isTrue();
        kinesis.put("a", "2");
        assertThat(events.data()).containsExactly("1");

        String continuation = events.received.getLast().continuationSequenceNumber();
        Events after = kinesis.subscribe(
                        consumer,
                        SHARD,
                        StartingPosition.builder()
                                .type("AFTER_SEQUENCE_NUMBER")
                                .sequenceNumber(continuation)
                                .build())
                .request(10);

        assertThat(after.data()).containsExactly("2");
    }

    @Test
    void aSecondSubscriptionIsRefusedWithinFiveSecondsAndTakesOverLater() {
        Kinesis kinesis = Kinesis.withStream(1);
        String consumer = kinesis.consumer("app");
        Events first = kinesis.subscribe(consumer, SHARD, TRIM_HORIZON).request(10);

        assertThatThrownBy(() -> kinesis.subscribe(consumer, SHARD, TRIM_HORIZON))
                .isInstanceOf(ResourceInUseException.class);
        kinesis.advance(Duration.ofSeconds(5));
        Events second = kinesis.subscribe(consumer, SHARD, TRIM_HORIZON).request(10);

        assertThat(first.failure).isInstanceOf(ResourceInUseException.class);
        kinesis.put("a", "1");
        assertThat(second.data()).containsExactly("1");
        assertThat(first.data()).isEmpty();
    }

    @Test
    void twoConsumersReadTheSameShardEachForItself() {
        Kinesis kinesis = Kinesis.withStream(1);
        Events one =
                kinesis.subscribe(kinesis.consumer("one"), SHARD, TRIM_HORIZON).request(10);
        Events two =
                kinesis.subscribe(kinesis.consumer("two"), SHARD, TRIM_HORIZON).request(10);
        kinesis.put("a", "1");

        assertThat(one.data()).containsExactly("1");
        assertThat(two.data()).containsExactly("1");
    }

    @Test
    void theEndOfAShardNamesItsChildren() {
        Kinesis kinesis = Kinesis.withStream(1);
        Events events =
                kinesis.subscribe(kinesis.consumer("app"), SHARD, TRIM_HORIZON).request(10);
        kinesis.put("a", "1");
        kinesis.split(SHARD, "170141183460469231731687303715884105728");

        SubscribeToShardEvent last = events.received.getLast();
        assertThat(last.continuationSequenceNumber()).isNull();
        assertThat(last.childShards()).hasSize(2);
        assertThat(events.complete).isTrue();
        assertThat(events.data()).containsExactly("1");
    }

    @Test
    void deletingTheStreamEndsTheSubscription() {
        Kinesis kinesis = Kinesis.withStream(1);
        Events events =
                kinesis.subscribe(kinesis.consumer("app"), SHARD, TRIM_HORIZON).request(10);

        kinesis.service.deleteStream(
                DeleteStreamInput.builder()
                        .streamName("foo")
                        .enforceConsumerDeletion(true)
                        .build(),
                kinesis.call());

        assertThat(events.failure).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void writersAtTheSameTimeLoseNothing() throws Exception {
        Kinesis kinesis = Kinesis.withStream(1);
        Events events =
                kinesis.subscribe(kinesis.consumer("app"), SHARD, TRIM_HORIZON).request(Long.MAX_VALUE);
        try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
            for (int writer = 0; writer < 4; writer++) {
                int id = writer;
                writers.execute(() -> IntStream.range(0, 500).forEach(i -> kinesis.put("k" + id, id + "/" + i)));
            }
            writers.shutdown();
            assertThat(writers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(events.data()).hasSize(2000).isEqualTo(kinesis.read(SHARD));
        for (int writer = 0; writer < 4; writer++) {
            String prefix = writer + "/";
            assertThat(events.data().stream().filter(d -> d.startsWith(prefix)))
                    .isEqualTo(IntStream.range(0, 500).mapToObj(i -> prefix + i).toList());
        }
    }
}
