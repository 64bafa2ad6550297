package io.pileus.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.service.AwsException;
import io.pileus.core.shape.Blob;
import io.pileus.core.testkit.TestCalls;
import io.pileus.kinesis.model.*;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadRecordsTest {
    private static final String SHARD = "shardId-000000000000";

    @Test
    void recordsComeBackInTheOrderTheyWereWritten() {
        Kinesis kinesis = Kinesis.withStream(1);
        kinesis.put("a", "1");
        kinesis.put("b", "2");

        GetRecordsOutput output = kinesis.get(kinesis.iterator(SHARD, ShardIteratorType.TRIM_HORIZON, null));

        assertThat(output.records()).extracting(r -> r.data().utf8()).containsExactly("1", "2");
        assertThat(output.millisBehindLatest()).isZero();
        assertThat(output.nextShardIterator()).isNotNull();
        assertThat(output.hasChildShards()).isFalse();
    }

    @Test
    void eachIteratorTypeBeginsWhereItSays() {
        Kinesis kinesis = Kinesis.withStream(1);
        kinesis.put("a", "1");
        kinesis.advance(Duration.ofSeconds(10));
        String second = kinesis.put("a", "2").sequenceNumber();
        String latest = kinesis.iterator(SHARD, ShardIteratorType.LATEST, null);
        kinesis.put("a", "3");

        assertThat(data(kinesis, kinesis.iterator(SHARD, ShardIteratorType.AT_SEQUENCE_NUMBER, second)))
                .containsExactly("2", "3");
        assertThat(data(kinesis, kinesis.iterator(SHARD, ShardIteratorType.AFTER_SEQUENCE_NUMBER, second)))
                .containsExactly("3");
        assertThat(data(kinesis, latest)).containsExactly("3");
        String atTimestamp = kinesis.service
                .getShardIterator(
                        GetShardIteratorInput.builder()
                                .streamName("foo")
                                .shardId(SHARD)
                                .shardIteratorType("AT_TIMESTAMP")
                                .timestamp(kinesis.env.now().minusSeconds(5))
                                .build(),
                        kinesis.call())
                .shardIterator();
        assertThat(data(kinesis, java.util.Objects.requireNonNull(atTimestamp))).containsExactly("2", "3");
    }

    private static List<String> data(Kinesis kinesis, String iterator) {
        return kinesis.get(iterator).records().stream()
                .map(r -> r.data().utf8())
                .toList();
    }

    @Test
    void anIteratorExpiresAfterFiveMinutes() {
        Kinesis kinesis = Kinesis.withStream(1);
        String iterator = kinesis.iterator(SHARD, ShardIteratorType.TRIM_HORIZON, null);
        kinesis.advance(Duration.ofSeconds(300));
        assertThat(kinesis.get(iterator).records()).isEmpty();
        kinesis.advance(Duration.ofSeconds(1));

        assertThatThrownBy(() -> kinesis.get(iterator))
                .isInstanceOf(ExpiredIteratorException.class)
                .hasMessage(
                        "Iterator expired. The iterator was created at time Thu Jan 01 00:00:00 UTC 2026 while right"
                                + " now it is Thu Jan 01 00:05:01 UTC 2026 which is further in the future than the tolerated"
                                + " delay of 300000 milliseconds.");
    }

    @Test
    void aTamperedOrForeignIteratorIsRefused() {
        Kinesis kinesis = Kinesis.withStream(1);
        String iterator = kinesis.iterator(SHARD, ShardIteratorType.TRIM_HORIZON, null);
        char changed = iterator.charAt(40) == 'A' ? 'B' : 'A';
        String tampered = iterator.substring(0, 40) + changed + iterator.substring(41);

        assertThatThrownBy(() -> kinesis.get(tampered))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("Invalid ShardIterator.");
        assertThatThrownBy(() -> kinesis.get("not base64!")).hasMessage("Invalid ShardIterator.");
        assertThatThrownBy(() -> kinesis.service.getRecords(
                        GetRecordsInput.builder().shardIterator(iterator).build(),
                        TestCalls.callOf(kinesis.env, "111111111111")))
                .hasMessage("Invalid ShardIterator.");
    }

    @Test
    void aClosedShardEndsWithItsChildren() {
        Kinesis kinesis = Kinesis.withStream(1);
        kinesis.put("a", "1");
        kinesis.split(SHARD, "170141183460469231731687303715884105728");

        GetRecordsOutput output = kinesis.get(kinesis.iterator(SHARD, ShardIteratorType.TRIM_HORIZON, null));

        assertThat(output.records()).hasSize(1);
        assertThat(output.nextShardIterator()).isNull();
        assertThat(output.childShards())
                .extracting(ChildShard::shardId)
                .containsExactly("shardId-000000000001", "shardId-000000000002");
        assertThat(output.childShards().getFirst().parentShards()).containsExactly(SHARD);
    }

    @Test
    void recordsExpireAfterRetention() {
        Kinesis kinesis = Kinesis.withStream(1);
        kinesis.put("a", "1");
        kinesis.advance(Duration.ofHours(23));
        kinesis.put("a", "2");
        kinesis.advance(Duration.ofHours(1).plusSeconds(1));

        assertThat(kinesis.read(SHARD)).containsExactly("2");
    }

    @Test
    void aReadStopsAtTenMebibytes() {
        Kinesis kinesis = Kinesis.withStream(1);
        for (int i = 0; i < 12; i++) {
            kinesis.put("a", "x".repeat(1024 * 1024 - 1));
        }

        GetRecordsOutput output = kinesis.get(kinesis.iterator(SHARD, ShardIteratorType.TRIM_HORIZON, null));

        assertThat(output.records()).hasSize(10);
        assertThat(kinesis.get(java.util.Objects.requireNonNull(output.nextShardIterator()))
                        .records())
                .hasSize(2);
    }

    @Test
    void millisBehindLatestTellsHowOldTheNextRecordIs() {
        Kinesis kinesis = Kinesis.withStream(1);
        kinesis.put("a", "1");
        kinesis.put("a", "2");
        kinesis.advance(Duration.ofSeconds(7));

        GetRecordsOutput output = kinesis.service.getRecords(
                GetRecordsInput.builder()
                        .shardIterator(kinesis.iterator(SHARD, ShardIteratorType.TRIM_HORIZON, null))
                        .limit(1)
                        .build(),
                kinesis.call());

        assertThat(output.millisBehindLatest()).isEqualTo(7000);
    }

    @Test
    void aMissingSequenceNumberIsToldAsAwsDoes() {
        Kinesis kinesis = Kinesis.withStream(1);

        assertThatThrownBy(() -> kinesis.iterator(SHARD, ShardIteratorType.AT_SEQUENCE_NUMBER, null))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("Must specify startingSequenceNumber parameter for iterator of type AT_SEQUENCE_NUMBER."
                        + " Current request has no startingSequenceNumber parameter.");
    }

    @Test
    void aSequenceNumberOfAnotherShardOrStreamIsRefused() {
        Kinesis kinesis = Kinesis.withStream(2);
        PutRecordOutput put = kinesis.put("a", "1");
        String other = put.shardId().equals(SHARD) ? "shardId-000000000001" : SHARD;

        assertThatThrownBy(() -> kinesis.iterator(other, ShardIteratorType.AT_SEQUENCE_NUMBER, put.sequenceNumber()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("Invalid StartingSequenceNumber. It encodes " + put.shardId()
                        + ", while it was used in a call to " + other);
        assertThatThrownBy(() -> kinesis.iterator(SHARD, ShardIteratorType.AT_SEQUENCE_NUMBER, "42"))
                .hasMessage(
                        "StartingSequenceNumber 42 used in GetShardIterator on shard " + SHARD
                                + " in stream foo under account 000000000000 is invalid because it did not come from this stream.");
        assertThatThrownBy(() -> kinesis.iterator(SHARD, ShardIteratorType.LATEST, put.sequenceNumber()))
                .hasMessageEndingWith("Request specified LATEST and also a StartingSequenceNumber.");
    }

    @Test
    void readQuotasApplyOnlyInQuotaMode() {
        Kinesis kinesis = Kinesis.withStream(1, "PILEUS_KINESIS_QUOTAS", "1");
        String iterator = kinesis.iterator(SHARD, ShardIteratorType.TRIM_HORIZON, null);
        for (int i = 0; i < 5; i++) {
            kinesis.get(iterator);
        }

        assertThatThrownBy(() -> kinesis.get(iterator)).isInstanceOf(ProvisionedThroughputExceededException.class);
        kinesis.advance(Duration.ofSeconds(1));
        assertThat(kinesis.get(iterator).records()).isEmpty();
    }

    @Test
    void writeQuotasFailSingleRecords() {
        Kinesis kinesis = Kinesis.withStream(1, "PILEUS_KINESIS_QUOTAS", "1");
        PutRecordsRequestEntry big = PutRecordsRequestEntry.builder()
                .partitionKey("a")
                .data(Blob.of(new byte[700_000]))
                .build();

        PutRecordsOutput output = kinesis.service.putRecords(
                PutRecordsInput.builder()
                        .streamName("foo")
                        .records(List.of(big, big))
                        .build(),
                kinesis.call());

        assertThat(output.failedRecordCount()).isEqualTo(1);
        assertThat(output.records().get(1).errorCode()).isEqualTo("ProvisionedThroughputExceededException");
        assertThat(output.records().get(0).sequenceNumber()).hasSize(56);
    }

    @Test
    void aRecordBeyondTheStreamsSizeIsRefused() {
        Kinesis kinesis = Kinesis.withStream(1);

        assertThatThrownBy(() -> kinesis.put("a", "x".repeat(1024 * 1024)))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("Member must have length less than or equal to 1048576");
    }
}
