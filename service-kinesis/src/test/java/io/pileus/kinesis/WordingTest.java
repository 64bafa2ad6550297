package io.pileus.kinesis;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.kinesis.model.*;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Errors in the words that AWS was seen to use; where is told in {@link io.pileus.kinesis.state.KinesisErrors}. */
class WordingTest {
    private static final String SHARD = "shardId-000000000000";

    @Test
    void aStreamWithConsumersIsDeletedOnlyIfThatIsEnforced() {
        Kinesis kinesis = Kinesis.withStream(1);
        kinesis.consumer("app");
        DeleteStreamInput.Builder delete = DeleteStreamInput.builder().streamName("foo");

        assertThatThrownBy(() -> kinesis.service.deleteStream(delete.build(), kinesis.call()))
                .isInstanceOf(ResourceInUseException.class)
                .hasMessage(
                        "DeleteStream can’t delete 000000000000:foo because there are consumers associated with this"
                                + " data stream. To delete foo anyway, set the EnforceConsumerDeletion parameter to true to"
                                + " force the deletion of all the consumers that are associated with it.");
        kinesis.service.deleteStream(delete.enforceConsumerDeletion(true).build(), kinesis.call());
        assertThatThrownBy(kinesis::summary).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void fiveStreamsAreCreatedAtATime() {
        Kinesis kinesis = Kinesis.with("KINESIS_LATENCY", "500");
        for (int i = 0; i < 5; i++) {
            kinesis.create("s" + i, 1);
        }

        assertThatThrownBy(() -> kinesis.create("s5", 1))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage("This request would have exceed the limit on the number  of streams that can simultaneously"
                        + " be in CREATING or DELETING for the account 000000000000. Limit: 5.");
        kinesis.advance(Duration.ofMillis(500));
        assertThatCode(() -> kinesis.create("s5", 1)).doesNotThrowAnyException();
    }

    @Test
    void fiveConsumersAreCreatedAtATime() {
        Kinesis kinesis = Kinesis.withStream(1, "KINESIS_LATENCY", "500");
        kinesis.advance(Duration.ofMillis(500));
        for (int i = 0; i < 5; i++) {
            kinesis.consumer("app" + i);
        }

        assertThatThrownBy(() -> kinesis.consumer("app5")).isInstanceOf(LimitExceededException.class);
        kinesis.advance(Duration.ofMillis(500));
        assertThatCode(() -> kinesis.consumer("app5")).doesNotThrowAnyException();
    }

    @Test
    void onDemandStreamsAreLimited() {
        Kinesis kinesis = Kinesis.with("KINESIS_ON_DEMAND_STREAM_COUNT_LIMIT", "1");
        CreateStreamInput.Builder create = CreateStreamInput.builder()
                .streamModeDetails(
                        StreamModeDetails.builder().streamMode("ON_DEMAND").build());
        kinesis.service.createStream(create.streamName("a").build(), kinesis.call());

        assertThatThrownBy(() ->
                        kinesis.service.createStream(create.streamName("b").build(), kinesis.call()))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage("This request would exceed the limit on the number of On-Demand streams for the account"
                        + " 000000000000 in us-east-1. Current On-Demand streams count: 1. Limit: 1.");
    }

    @Test
    void aConsumerMustBeActiveToSubscribeAndForAPolicy() {
        Kinesis kinesis = Kinesis.withStream(1, "KINESIS_LATENCY", "500");
        kinesis.advance(Duration.ofMillis(500));
        String arn = kinesis.consumer("app");
        String timestamp = arn.substring(arn.lastIndexOf(':') + 1);

        assertThatThrownBy(() -> kinesis.subscribe(
                        arn, SHARD, StartingPosition.builder().type("LATEST").build()))
                .isInstanceOf(ResourceInUseException.class)
                .hasMessage("Consumer app with creation timestamp " + timestamp
                        + " under stream: foo , account 000000000000 is not in ACTIVE status.");
        assertThatThrownBy(() -> kinesis.service.putResourcePolicy(
                        PutResourcePolicyInput.builder()
                                .resourceARN(arn)
                                .policy(
                                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
                                                + "{\"AWS\":\"111111111111\"},\"Action\":\"kinesis:SubscribeToShard\","
                                                + "\"Resource\":\"" + arn + "\"}]}")
                                .build(),
                        kinesis.call()))
                .isInstanceOf(ResourceInUseException.class);
    }

    @Test
    void aNextTokenStandsAlone() {
        Kinesis kinesis = Kinesis.withStream(2);
        String token = kinesis.service
                .listShards(
                        ListShardsInput.builder()
                                .streamName("foo")
                                .maxResults(1)
                                .build(),
                        kinesis.call())
                .nextToken();
        ListShardsInput next = ListShardsInput.builder().nextToken(token).build();

        assertThatThrownBy(() -> kinesis.service.listShards(
                        next.toBuilder().streamName("foo").build(), kinesis.call()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("NextToken and StreamName cannot be provided together.");
        assertThatThrownBy(() -> kinesis.service.listShards(
                        next.toBuilder()
                                .streamARN(kinesis.summary().streamARN())
                                .build(),
                        kinesis.call()))
                .hasMessage("NextToken and StreamARN cannot be provided together.");
        assertThatThrownBy(() -> kinesis.service.listShards(
                        next.toBuilder().exclusiveStartShardId(SHARD).build(), kinesis.call()))
                .hasMessage("NextToken and ExclusiveStartShardId cannot be provided together.");
        assertThatThrownBy(() -> kinesis.service.listShards(
                        next.toBuilder()
                                .shardFilter(
                                        ShardFilter.builder().type("AT_LATEST").build())
                                .build(),
                        kinesis.call()))
                .hasMessage("NextToken and ShardFilter cannot be provided together.");
    }
}
