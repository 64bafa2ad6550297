package io.pileus.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.shape.Blob;
import io.pileus.kinesis.model.*;
import io.pileus.kinesis.state.HashKeyRange;
import io.pileus.kinesis.state.Resharding;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Streams whose shards follow what is written, and warm throughput. */
class OnDemandTest {
    private static final int RECORDS_A_REQUEST = 500;

    private final Kinesis kinesis = Kinesis.with();

    private void createOnDemand() {
        kinesis.service.createStream(
                CreateStreamInput.builder()
                        .streamName("foo")
                        .streamModeDetails(mode("ON_DEMAND"))
                        .build(),
                kinesis.call());
    }

    private static StreamModeDetails mode(String mode) {
        return StreamModeDetails.builder().streamMode(mode).build();
    }

    private void switchTo(String mode) {
        kinesis.service.updateStreamMode(
                UpdateStreamModeInput.builder()
                        .streamARN(kinesis.summary().streamARN())
                        .streamModeDetails(mode(mode))
                        .build(),
                kinesis.call());
    }

    /** So many records in the present minute. */
    private void write(int records) {
        List<PutRecordsRequestEntry> entries = IntStream.range(0, RECORDS_A_REQUEST)
                .mapToObj(i -> PutRecordsRequestEntry.builder()
                        .partitionKey("k" + i)
                        .data(Blob.EMPTY)
                        .build())
                .toList();
        PutRecordsInput input =
                PutRecordsInput.builder().streamName("foo").records(entries).build();
        for (int written = 0; written < records; written += RECORDS_A_REQUEST) {
            kinesis.service.putRecords(input, kinesis.call());
        }
    }

    /** Bytes in the present minute, in records of 5 MiB. */
    private void writeMebibytes(int mebibytes) {
        kinesis.service.updateMaxRecordSize(
                UpdateMaxRecordSizeInput.builder()
                        .streamARN(kinesis.summary().streamARN())
                        .maxRecordSizeInKiB(10 * 1024)
                        .build(),
                kinesis.call());
        for (int i = 0; i < mebibytes; i += 5) {
            kinesis.service.putRecord(
                    PutRecordInput.builder()
                            .streamName("foo")
                            .partitionKey("k" + i)
                            .data(Blob.of(new byte[5 << 20]))
                            .build(),
                    kinesis.call());
        }
    }

    private List<HashKeyRange> openRanges() {
        return kinesis.shards().stream()
                .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
                .map(shard -> new HashKeyRange(
                        io.pileus.kinesis.state.HashKey.parse(
                                shard.hashKeyRange().startingHashKey()),
                        io.pileus.kinesis.state.HashKey.parse(
                                shard.hashKeyRange().endingHashKey())))
                .sorted(Comparator.comparing(HashKeyRange::start))
                .toList();
    }

    @Test
    void itGrowsWhenAMinuteTakesMoreThanHalfOfWhatItsShardsTake() {
        createOnDemand();

        write(60 * 2_000);
        assertThat(openRanges()).hasSize(4);
        write(1);

        assertThat(openRanges()).isEqualTo(Resharding.uniform(8));
        assertThat(kinesis.shards())
                .hasSize(12)
                .filteredOn(shard -> shard.parentShardId() != null)
                .hasSize(8);
        assertThat(kinesis.summary().openShardCount()).isEqualTo(8);
    }

    @Test
    void bytesCountAsRecordsDo() {
        createOnDemand();

        writeMebibytes(125);

        assertThat(kinesis.summary().openShardCount()).isEqualTo(8);
    }

    @Test
    void whatIsWrittenInDifferentMinutesIsNotAddedUp() {
        createOnDemand();

        for (int i = 0; i < 3; i++) {
            write(60 * 1_500);
            kinesis.advance(Duration.ofMinutes(1));
        }

        assertThat(kinesis.summary().openShardCount()).isEqualTo(4);
    }

    @Test
    void itShrinksWhenThePeakIsOlderThanThirtyDays() {
        createOnDemand();
        write(60 * 2_000 + 1);
        kinesis.advance(Duration.ofDays(30));
        kinesis.put("k", "");
        assertThat(kinesis.summary().openShardCount()).isEqualTo(8);

        kinesis.advance(Duration.ofDays(1));
        kinesis.put("k", "");

        assertThat(openRanges()).isEqualTo(Resharding.uniform(4));
    }

    @Test
    void aProvisionedStreamNeverChangesItsShardsByItself() {
        kinesis.create("foo", 1);

        write(60 * 2_000);

        assertThat(kinesis.summary().openShardCount()).isEqualTo(1);
    }

    @Test
    void aSwitchOfTheModeKeepsTheShards() {
        kinesis.create("foo", 3);

        switchTo("ON_DEMAND");
        kinesis.put("k", "");
        assertThat(kinesis.summary().openShardCount()).isEqualTo(3);
        write(60 * 1_500 + 1);
        assertThat(kinesis.summary().openShardCount()).isEqualTo(6);
        switchTo("PROVISIONED");
        kinesis.advance(Duration.ofDays(40));
        kinesis.put("k", "");

        assertThat(kinesis.summary().openShardCount()).isEqualTo(6);
    }

    @Test
    void theSwitchCountsTowardsTheAccountsLimits() {
        Kinesis small = Kinesis.with("KINESIS_SHARD_LIMIT", "3", "KINESIS_ON_DEMAND_STREAM_COUNT_LIMIT", "1");
        String arn = "arn:aws:kinesis:us-east-1:000000000000:stream/";
        small.create("foo", 2);
        small.service.createStream(
                CreateStreamInput.builder()
                        .streamName("bar")
                        .streamModeDetails(mode("ON_DEMAND"))
                        .build(),
                small.call());

        assertThatThrownBy(() -> small.service.updateStreamMode(
                        UpdateStreamModeInput.builder()
                                .streamARN(arn + "foo")
                                .streamModeDetails(mode("ON_DEMAND"))
                                .build(),
                        small.call()))
                .isInstanceOf(LimitExceededException.class);
        assertThatThrownBy(() -> small.service.updateStreamMode(
                        UpdateStreamModeInput.builder()
                                .streamARN(arn + "bar")
                                .streamModeDetails(mode("PROVISIONED"))
                                .build(),
                        small.call()))
                .isInstanceOf(LimitExceededException.class);
    }

    private void commit() {
        kinesis.service.updateAccountSettings(
                UpdateAccountSettingsInput.builder()
                        .minimumThroughputBillingCommitment(MinimumThroughputBillingCommitmentInput.builder()
                                .status("ENABLED")
                                .build())
                        .build(),
                kinesis.call());
    }

    private UpdateStreamWarmThroughputOutput warm(int mibps) {
        return kinesis.service.updateStreamWarmThroughput(
                UpdateStreamWarmThroughputInput.builder()
                        .streamName("foo")
                        .warmThroughputMiBps(mibps)
                        .build(),
                kinesis.call());
    }

    @Test
    void warmThroughputIsForOnDemandStreamsOfAccountsWithACommitment() {
        kinesis.create("foo", 1);
        assertThatThrownBy(() -> warm(20)).isInstanceOf(ValidationException.class);
        switchTo("ON_DEMAND");
        assertThatThrownBy(() -> warm(20)).isInstanceOf(ValidationException.class);
        assertThat(kinesis.summary().warmThroughput()).isNull();
        commit();
        assertThatThrownBy(() -> warm(10_241)).isInstanceOf(LimitExceededException.class);

        assertThat(warm(20).warmThroughput())
                .isEqualTo(WarmThroughputObject.builder()
                        .currentMiBps(20)
                        .targetMiBps(20)
                        .build());
        assertThat(kinesis.summary().openShardCount()).isEqualTo(20);
        assertThat(Resharding.partitions(openRanges())).isTrue();
        assertThat(warm(0).warmThroughput())
                .isEqualTo(WarmThroughputObject.builder().currentMiBps(5).build());
    }

    @Test
    void capacityThatIsNotNeededIsGivenUpWithTheWarmThroughput() {
        createOnDemand();
        commit();
        warm(32);

        warm(8);

        assertThat(openRanges()).isEqualTo(Resharding.uniform(8));
    }

    @Test
    void anAccountWithACommitmentHasMoreConsumersOfOnDemandStreams() {
        createOnDemand();
        commit();
        for (int i = 0; i < 50; i++) {
            kinesis.consumer("app" + i);
        }

        assertThatThrownBy(() -> kinesis.consumer("app50")).isInstanceOf(LimitExceededException.class);
    }

    @Test
    void theThroughputOfThirtyDaysIsSaved() {
        createOnDemand();
        write(60 * 2_000 + 1);

        Kinesis fresh = SavedStreamsTest.reloaded(kinesis);
        fresh.advance(Duration.ofDays(29));
        fresh.put("k", "");

        assertThat(fresh.summary().openShardCount()).isEqualTo(8);
    }
}
