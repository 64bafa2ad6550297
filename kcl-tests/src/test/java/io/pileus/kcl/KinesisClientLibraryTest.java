package io.pileus.kcl;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.server.Pileus;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.processor.SingleStreamTracker;
import software.amazon.kinesis.retrieval.RetrievalSpecificConfig;
import software.amazon.kinesis.retrieval.fanout.FanOutConfig;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/** The Kinesis Client Library 3 consumes a stream over a split and a merge, by polling and by enhanced fan-out. */
class KinesisClientLibraryTest {
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
    private static final String STREAM = "orders";
    private static final List<String> KEYS = List.of("a", "b", "c", "d", "e");

    private Pileus pileus;
    private LeaseTables leases;
    private KinesisAsyncClient kinesis;
    private DynamoDbAsyncClient dynamo;
    private CloudWatchAsyncClient cloudWatch;

    @BeforeEach
    void start() throws Exception {
        pileus = Pileus.builder().port(0).services("kinesis").start();
        leases = new LeaseTables();
        kinesis = at(pileus.endpoint(), KinesisAsyncClient.builder()).build();
        dynamo = at(leases.endpoint(), DynamoDbAsyncClient.builder()).build();
        cloudWatch = at(pileus.endpoint(), CloudWatchAsyncClient.builder()).build();
        kinesis.createStream(r -> r.streamName(STREAM).shardCount(1)).join();
    }

    private static <B extends AwsClientBuilder<B, ?>> B at(URI endpoint, B builder) {
        return builder.endpointOverride(endpoint).region(Region.US_EAST_1).credentialsProvider(CREDENTIALS);
    }

    @AfterEach
    void stop() throws Exception {
        cloudWatch.close();
        dynamo.close();
        kinesis.close();
        leases.close();
        pileus.close();
    }

    @Test
    void recordsAreConsumedOverReshardingByPolling() throws Exception {
        consumeOverResharding(client -> new PollingConfig(STREAM, client).idleTimeBetweenReadsInMillis(200));
    }

    @Test
    void recordsAreConsumedOverReshardingByEnhancedFanOut() throws Exception {
        consumeOverResharding(
                client -> new FanOutConfig(client).streamName(STREAM).applicationName("fan-out"));
    }

    private void consumeOverResharding(Function<KinesisAsyncClient, RetrievalSpecificConfig> retrieval)
            throws Exception {
        Received received = new Received();
        Scheduler scheduler = scheduler(received, retrieval.apply(kinesis));
        Thread thread = new Thread(scheduler, "scheduler");
        thread.start();
        try {
            put(0);
            assertThat(received.next(10)).containsExactlyElementsOf(expected(0));

            kinesis.updateShardCount(
                            r -> r.streamName(STREAM).targetShardCount(2).scalingType(ScalingType.UNIFORM_SCALING))
                    .join();
            put(10);
            assertThat(received.nextEndedShards(1)).containsExactly("shardId-000000000000");
            inOrder(received.next(10), expected(10));

            kinesis.mergeShards(r -> r.streamName(STREAM)
                            .shardToMerge("shardId-000000000001")
                            .adjacentShardToMerge("shardId-000000000002"))
                    .join();
            put(20);
            assertThat(received.nextEndedShards(2))
                    .containsExactlyInAnyOrder("shardId-000000000001", "shardId-000000000002");
            inOrder(received.next(10), expected(20));
        } finally {
            scheduler.startGracefulShutdown().get(60, TimeUnit.SECONDS);
            thread.join(60_000);
        }
    }

    private Scheduler scheduler(Received received, RetrievalSpecificConfig retrieval) {
        SingleStreamTracker tracker = new SingleStreamTracker(
                STREAM, InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON));
        ConfigsBuilder configs =
                new ConfigsBuilder(tracker, "application", kinesis, dynamo, cloudWatch, "worker", received);
        return new Scheduler(
                configs.checkpointConfig(),
                configs.coordinatorConfig()
                        .parentShardPollIntervalMillis(200)
                        .shardConsumerDispatchPollIntervalMillis(200),
                configs.leaseManagementConfig().failoverTimeMillis(2_000).shardSyncIntervalMillis(2_000),
                configs.lifecycleConfig(),
                configs.metricsConfig().metricsFactory(new NullMetricsFactory()),
                configs.processorConfig(),
                configs.retrievalConfig().retrievalSpecificConfig(retrieval));
    }

    private void put(int from) {
        for (int i = from; i < from + 10; i++) {
            String key = KEYS.get(i % KEYS.size());
            SdkBytes data = SdkBytes.fromUtf8String(Integer.toString(i));
            kinesis.putRecord(r -> r.streamName(STREAM).partitionKey(key).data(data))
                    .join();
        }
    }

    private static List<String> expected(int from) {
        return IntStream.range(from, from + 10)
                .mapToObj(i -> KEYS.get(i % KEYS.size()) + "=" + i)
                .toList();
    }

    /** The same records, and those of each key in order. */
    private static void inOrder(List<String> received, List<String> expected) {
        assertThat(received).containsExactlyInAnyOrderElementsOf(expected);
        for (String key : KEYS) {
            assertThat(received.stream().filter(record -> record.startsWith(key)))
                    .containsExactlyElementsOf(expected.stream()
                            .filter(record -> record.startsWith(key))
                            .toList());
        }
    }
}
