package io.pileus.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.identity.Arn;
import io.pileus.core.port.StreamReader;
import io.pileus.kinesis.model.*;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StreamOperationsTest {
    private static final String SHARD = "shardId-000000000000";

    @Test
    void aStreamThatIsNotThereIsToldAsAwsDoes() {
        Kinesis kinesis = Kinesis.with();

        assertThatThrownBy(kinesis::summary)
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessage("Stream foo under account 000000000000 not found.");
    }

    @Test
    void aNameIsTakenOnce() {
        Kinesis kinesis = Kinesis.withStream(1);

        assertThatThrownBy(() -> kinesis.create("foo", 1))
                .isInstanceOf(ResourceInUseException.class)
                .hasMessage("Stream foo under account 000000000000 already exists.");
    }

    @Test
    void latencyShowsCreatingAndDeletingForAWhile() {
        Kinesis kinesis = Kinesis.withStream(1, "KINESIS_LATENCY", "500");
        assertThat(kinesis.summary().streamStatus()).isEqualTo("CREATING");
        assertThatThrownBy(() -> kinesis.put("a", "1")).isInstanceOf(ResourceNotFoundException.class);
        kinesis.advance(Duration.ofMillis(500));
        assertThat(kinesis.summary().streamStatus()).isEqualTo("ACTIVE");

        kinesis.service.deleteStream(
                DeleteStreamInput.builder().streamName("foo").build(), kinesis.call());

        assertThat(kinesis.summary().streamStatus()).isEqualTo("DELETING");
        kinesis.advance(Duration.ofMillis(500));
        assertThatThrownBy(kinesis::summary).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void aStreamHasAnIdOnlyWhereItIsWanted() {
        assertThat(Kinesis.withStream(1).summary().streamId()).isNull();
    }

    @Test
    void aStreamIsFoundByArnAndById() {
        Kinesis kinesis = Kinesis.withStream(2, "PILEUS_KINESIS_STREAM_IDS", "1");
        StreamDescriptionSummary summary = kinesis.summary();
        assertThat(summary.streamId()).matches("[a-z0-9]{20}-[a-z0-9]{3}");

        for (DescribeStreamSummaryInput input : List.of(
                DescribeStreamSummaryInput.builder()
                        .streamARN(summary.streamARN())
                        .build(),
                DescribeStreamSummaryInput.builder()
                        .streamId(summary.streamId())
                        .build())) {
            assertThat(kinesis.service.describeStreamSummary(input, kinesis.call()))
                    .isEqualTo(DescribeStreamSummaryOutput.builder()
                            .streamDescriptionSummary(summary)
                            .build());
        }
        assertThat(summary.openShardCount()).isEqualTo(2);
        assertThat(summary.encryptionType()).isEqualTo("NONE");
        assertThat(summary.hasEnhancedMonitoring()).isTrue();
    }

    @Test
    void retentionMayBeIncreasedToWhatItIs() {
        Kinesis kinesis = Kinesis.withStream(1);
        IncreaseStreamRetentionPeriodInput.Builder input =
                IncreaseStreamRetentionPeriodInput.builder().streamName("foo");

        kinesis.service.increaseStreamRetentionPeriod(
                input.retentionPeriodHours(24).build(), kinesis.call());
        kinesis.service.increaseStreamRetentionPeriod(
                input.retentionPeriodHours(48).build(), kinesis.call());

        assertThat(kinesis.summary().retentionPeriodHours()).isEqualTo(48);
        assertThatThrownBy(() -> kinesis.service.increaseStreamRetentionPeriod(
                        input.retentionPeriodHours(24).build(), kinesis.call()))
                .hasMessage("Requested retention period (24 hours) for stream foo can not be shorter than existing"
                        + " retention period (48 hours). Use DecreaseRetentionPeriod API.");
    }

    @Test
    void splitAndMergeMakeLineage() {
        Kinesis kinesis = Kinesis.withStream(1);
        kinesis.split(SHARD, "170141183460469231731687303715884105728");
        kinesis.merge("shardId-000000000002", "shardId-000000000001");

        List<Shard> shards = kinesis.shards();

        assertThat(shards).hasSize(4);
        assertThat(shards.get(0).sequenceNumberRange().endingSequenceNumber()).hasSize(56);
        assertThat(shards.get(1).parentShardId()).isEqualTo(SHARD);
        assertThat(shards.get(3).parentShardId()).isEqualTo("shardId-000000000002");
        assertThat(shards.get(3).adjacentParentShardId()).isEqualTo("shardId-000000000001");
        assertThat(shards.get(3).hashKeyRange().endingHashKey()).isEqualTo("340282366920938463463374607431768211455");
        assertThatThrownBy(() -> kinesis.split(SHARD, "5"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(
                        "Shard shardId-000000000000 in stream foo under account 000000000000 has already been merged"
                                + " or split, and thus is not eligible for merging or splitting.");
    }

    @Test
    void closedShardsLeaveTheListAfterRetention() {
        Kinesis kinesis = Kinesis.withStream(1);
        kinesis.split(SHARD, "170141183460469231731687303715884105728");
        kinesis.advance(Duration.ofHours(24).plusSeconds(1));

        assertThat(kinesis.shards())
                .hasSize(2)
                .noneMatch(shard -> shard.shardId().equals(SHARD));
    }

    @Test
    void shardFiltersTellWhatWasOpenWhen() {
        Kinesis kinesis = Kinesis.withStream(1);
        kinesis.advance(Duration.ofHours(1));
        kinesis.split(SHARD, "170141183460469231731687303715884105728");
        kinesis.advance(Duration.ofHours(1));

        assertThat(filtered(kinesis, ShardFilter.builder().type("AT_LATEST").build()))
                .containsExactly("shardId-000000000001", "shardId-000000000002");
        assertThat(filtered(
                        kinesis, ShardFilter.builder().type("AT_TRIM_HORIZON").build()))
                .containsExactly(SHARD);
        assertThat(filtered(
                        kinesis, ShardFilter.builder().type("FROM_TRIM_HORIZON").build()))
                .hasSize(3);
        assertThat(filtered(
                        kinesis,
                        ShardFilter.builder()
                                .type("AT_TIMESTAMP")
                                .timestamp(kinesis.env.now().minusSeconds(60))
                                .build()))
                .containsExactly("shardId-000000000001", "shardId-000000000002");
        assertThat(filtered(
                        kinesis,
                        ShardFilter.builder()
                                .type("AFTER_SHARD_ID")
                                .shardId("shardId-000000000001")
                                .build()))
                .containsExactly("shardId-000000000002");
    }

    private static List<String> filtered(Kinesis kinesis, ShardFilter filter) {
        return kinesis
                .service
                .listShards(
                        ListShardsInput.builder()
                                .streamName("foo")
                                .shardFilter(filter)
                                .build(),
                        kinesis.call())
                .shards()
                .stream()
                .map(Shard::shardId)
                .toList();
    }

    @Test
    void shardsAreListedInPages() {
        Kinesis kinesis = Kinesis.withStream(5);
        ListShardsOutput first = kinesis.service.listShards(
                ListShardsInput.builder().streamName("foo").maxResults(3).build(), kinesis.call());
        ListShardsOutput second = kinesis.service.listShards(
                ListShardsInput.builder().nextToken(first.nextToken()).build(), kinesis.call());

        assertThat(first.shards()).hasSize(3);
        assertThat(second.shards()).hasSize(2);
        assertThat(second.nextToken()).isNull();
        kinesis.advance(Duration.ofSeconds(301));
        assertThatThrownBy(() -> kinesis.service.listShards(
                        ListShardsInput.builder().nextToken(first.nextToken()).build(), kinesis.call()))
                .isInstanceOf(ExpiredNextTokenException.class);
    }

    @Test
    void updateShardCountScalesUniformlyWithinItsLimits() {
        Kinesis kinesis = Kinesis.withStream(2);
        UpdateShardCountInput.Builder input =
                UpdateShardCountInput.builder().streamName("foo").scalingType("UNIFORM_SCALING");

        UpdateShardCountOutput output =
                kinesis.service.updateShardCount(input.targetShardCount(3).build(), kinesis.call());

        assertThat(output.currentShardCount()).isEqualTo(2);
        assertThat(kinesis.summary().openShardCount()).isEqualTo(3);
        assertThatThrownBy(() -> kinesis.service.updateShardCount(
                        input.targetShardCount(7).build(), kinesis.call()))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("cannot scale up over double");
        assertThatThrownBy(() -> kinesis.service.updateShardCount(
                        input.targetShardCount(1).build(), kinesis.call()))
                .hasMessageContaining("cannot scale down below half");
    }

    @Test
    void tooManyShardsAreRefused() {
        Kinesis kinesis = Kinesis.withStream(1, "KINESIS_SHARD_LIMIT", "2");

        assertThatThrownBy(() -> kinesis.create("bar", 2))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageStartingWith("This request would exceed the shard limit for the account 000000000000 in"
                        + " us-east-1. Current shard count for the account: 1. Limit: 2.");
    }

    @Test
    void tagsOfBothApisAreTheSame() {
        Kinesis kinesis = Kinesis.withStream(1);
        String arn = kinesis.summary().streamARN();
        kinesis.service.addTagsToStream(
                AddTagsToStreamInput.builder()
                        .streamName("foo")
                        .tags(Map.of("a", "1"))
                        .build(),
                kinesis.call());
        kinesis.service.tagResource(
                TagResourceInput.builder()
                        .resourceARN(arn)
                        .tags(Map.of("b", "2"))
                        .build(),
                kinesis.call());

        assertThat(kinesis.service
                        .listTagsForStream(
                                ListTagsForStreamInput.builder()
                                        .streamName("foo")
                                        .build(),
                                kinesis.call())
                        .tags())
                .extracting(Tag::key)
                .containsExactly("a", "b");
    }

    @Test
    void anotherServiceReadsThroughThePortAndIsWoken() {
        Kinesis kinesis = Kinesis.withStream(1);
        Arn arn = Arn.parse(kinesis.summary().streamARN()).orElseThrow();
        StreamReader reader =
                kinesis.env.services().ports().find(StreamReader.class).orElseThrow();
        AtomicInteger woken = new AtomicInteger();
        StreamReader.Registration registration = reader.onRecords(arn, woken::incrementAndGet);
        StreamReader.Batch empty = (StreamReader.Batch) reader.read(arn, SHARD, new StreamReader.Latest(), 10);
        kinesis.put("a", "1");

        StreamReader.Batch batch = (StreamReader.Batch) reader.read(arn, SHARD, empty.next(), 10);

        assertThat(woken).hasValue(1);
        assertThat(batch.records()).extracting(r -> r.data().utf8()).containsExactly("1");
        assertThat(((StreamReader.Batch) reader.read(arn, SHARD, batch.next(), 10)).records())
                .isEmpty();
        registration.cancel();
        kinesis.put("a", "2");
        assertThat(woken).hasValue(1);
    }
}
