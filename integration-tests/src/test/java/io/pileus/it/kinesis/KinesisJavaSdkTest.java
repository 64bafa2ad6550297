package io.pileus.it.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

class KinesisJavaSdkTest {
    private static final String SHARD = "shardId-000000000000";

    private final KinesisServer server = KinesisServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void recordsAreWrittenAndReadAcrossAReshard() {
        try (KinesisClient kinesis = server.client()) {
            kinesis.createStream(r -> r.streamName("orders").shardCount(2));
            kinesis.waiter().waitUntilStreamExists(r -> r.streamName("orders"));
            PutRecordsResponse put = kinesis.putRecords(r -> r.streamName("orders")
                    .records(IntStream.range(0, 100)
                            .mapToObj(i -> PutRecordsRequestEntry.builder()
                                    .partitionKey("k" + i)
                                    .data(SdkBytes.fromUtf8String("v" + i))
                                    .build())
                            .toList()));
            assertThat(put.failedRecordCount()).isZero();
            kinesis.updateShardCount(
                    r -> r.streamName("orders").targetShardCount(3).scalingType(ScalingType.UNIFORM_SCALING));

            List<Shard> shards = kinesis.listShards(r -> r.streamName("orders")).shards();
            List<String> read = shards.stream()
                    .flatMap(shard -> read(kinesis, shard.shardId()).records().stream())
                    .map(record -> record.data().asString(StandardCharsets.UTF_8))
                    .toList();
            assertThat(read)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 100).mapToObj(i -> "v" + i).toList());
            assertThat(shards.stream().filter(s -> s.sequenceNumberRange().endingSequenceNumber() == null))
                    .hasSize(3);
        }
    }

    private static GetRecordsResponse read(KinesisClient kinesis, String shardId) {
        String iterator = kinesis.getShardIterator(
                        r -> r.streamName("orders").shardId(shardId).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        return kinesis.getRecords(r -> r.shardIterator(iterator));
    }

    @Test
    void errorsAreTheModelsOwn() {
        try (KinesisClient kinesis = server.client()) {
            assertThatThrownBy(() -> kinesis.describeStreamSummary(r -> r.streamName("none")))
                    .isInstanceOf(ResourceNotFoundException.class)
                    .hasMessageContaining("Stream none under account 000000000000 not found.");
            kinesis.createStream(r -> r.streamName("orders").shardCount(1));
            assertThatThrownBy(() ->
                            kinesis.createStream(r -> r.streamName("orders").shardCount(1)))
                    .isInstanceOf(ResourceInUseException.class);
            assertThatThrownBy(() -> kinesis.getRecords(r -> r.shardIterator("AAAAAAAAAAGrubbish")))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("Invalid ShardIterator.");
        }
    }

    @ParameterizedTest
    @CsvSource({"HTTP2,false", "HTTP2,true", "HTTP1_1,false", "HTTP1_1,true"})
    void subscriptionsPushRecords(Protocol protocol, boolean secure) throws Exception {
        try (KinesisAsyncClient kinesis =
                server.asyncClient(secure ? server.secureEndpoint() : server.endpoint(), protocol)) {
            kinesis.createStream(r -> r.streamName("orders").shardCount(1)).get(20, TimeUnit.SECONDS);
            String arn = kinesis.describeStreamSummary(r -> r.streamName("orders"))
                    .get(20, TimeUnit.SECONDS)
                    .streamDescriptionSummary()
                    .streamARN();
            String consumer = kinesis.registerStreamConsumer(
                            r -> r.streamARN(arn).consumerName("app"))
                    .get(20, TimeUnit.SECONDS)
                    .consumer()
                    .consumerARN();
            assertThat(kinesis.describeStreamConsumer(r -> r.consumerARN(consumer))
                            .get(20, TimeUnit.SECONDS)
                            .consumerDescription()
                            .consumerStatus())
                    .isEqualTo(ConsumerStatus.ACTIVE);
            List<String> received = new CopyOnWriteArrayList<>();
            CountDownLatch three = new CountDownLatch(3);
            CountDownLatch subscribed = new CountDownLatch(1);
            CompletableFuture<Void> session = kinesis.subscribeToShard(
                    r -> r.consumerARN(consumer).shardId(SHARD).startingPosition(p -> p.type(ShardIteratorType.LATEST)),
                    SubscribeToShardResponseHandler.builder()
                            .onResponse(r -> subscribed.countDown())
                            .subscriber(event -> {
                                if (event instanceof SubscribeToShardEvent records) {
                                    records.records().forEach(record -> {
                                        received.add(record.data().asUtf8String());
                                        three.countDown();
                                    });
                                }
                            })
                            .build());
            assertThat(subscribed.await(20, TimeUnit.SECONDS)).isTrue();

            for (String data : List.of("1", "2", "3")) {
                kinesis.putRecord(r -> r.streamName("orders").partitionKey("k").data(SdkBytes.fromUtf8String(data)))
                        .get(20, TimeUnit.SECONDS);
            }

            assertThat(three.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(received).containsExactly("1", "2", "3");
            session.cancel(true);
        }
    }

    @Test
    void aSecondSubscriptionIsRefusedAndAShardsEndCompletesTheFirst() throws Exception {
        try (KinesisAsyncClient kinesis = server.asyncClient(server.endpoint(), Protocol.HTTP2)) {
            kinesis.createStream(r -> r.streamName("orders").shardCount(1)).get(20, TimeUnit.SECONDS);
            String arn = kinesis.describeStreamSummary(r -> r.streamName("orders"))
                    .get(20, TimeUnit.SECONDS)
                    .streamDescriptionSummary()
                    .streamARN();
            String consumer = kinesis.registerStreamConsumer(
                            r -> r.streamARN(arn).consumerName("app"))
                    .get(20, TimeUnit.SECONDS)
                    .consumer()
                    .consumerARN();
            List<SubscribeToShardEvent> events = new CopyOnWriteArrayList<>();
            CountDownLatch first = new CountDownLatch(1);
            CompletableFuture<Void> session = subscribe(kinesis, consumer, events, first);
            assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();

            assertThatThrownBy(() -> subscribe(kinesis, consumer, new CopyOnWriteArrayList<>(), new CountDownLatch(1))
                            .get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(ResourceInUseException.class);
            kinesis.splitShard(r -> r.streamName("orders")
                            .shardToSplit(SHARD)
                            .newStartingHashKey("170141183460469231731687303715884105728"))
                    .get(20, TimeUnit.SECONDS);

            session.get(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS);
            assertThat(events.getLast().childShards()).hasSize(2);
            assertThat(events.getLast().continuationSequenceNumber()).isNull();
        }
    }

    private static CompletableFuture<Void> subscribe(
            KinesisAsyncClient kinesis, String consumer, List<SubscribeToShardEvent> events, CountDownLatch first) {
        return kinesis.subscribeToShard(
                r -> r.consumerARN(consumer).shardId(SHARD).startingPosition(p -> p.type(ShardIteratorType.LATEST)),
                SubscribeToShardResponseHandler.builder()
                        .subscriber(event -> {
                            if (event instanceof SubscribeToShardEvent each) {
                                events.add(each);
                                first.countDown();
                            }
                        })
                        .build());
    }
}
