package io.pileus.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.testkit.SavedStates;
import io.pileus.kinesis.model.*;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Streams that are saved, and loaded into a fresh service. */
class SavedStreamsTest {
    private static final String SHARD = "shardId-000000000000";

    static Kinesis reloaded(Kinesis kinesis) {
        Kinesis fresh = Kinesis.with();
        fresh.advance(Duration.between(fresh.env.now(), kinesis.env.now()));
        SavedStates.of(kinesis.service).loadInto(fresh.service);
        return fresh;
    }

    @Test
    void recordsAreReadOnWithTheIteratorFromBefore() {
        Kinesis kinesis = Kinesis.withStream(1);
        kinesis.put("a", "1");
        String next = kinesis.get(kinesis.iterator(SHARD, ShardIteratorType.TRIM_HORIZON, null))
                .nextShardIterator();
        PutRecordOutput second = kinesis.put("ä", "2");

        Kinesis fresh = reloaded(kinesis);
        PutRecordOutput third = fresh.put("a", "3");

        assertThat(fresh.read(SHARD)).containsExactly("1", "2", "3");
        assertThat(fresh.get(String.valueOf(next)).records())
                .extracting(io.pileus.kinesis.model.Record::sequenceNumber)
                .containsExactly(second.sequenceNumber(), third.sequenceNumber());
        assertThat(fresh.get(String.valueOf(next)).records().getFirst().partitionKey())
                .isEqualTo("ä");
    }

    @Test
    void shardsKeepTheirFamilyAndClosedOnesTheirRecords() {
        Kinesis kinesis = Kinesis.withStream(2);
        kinesis.put("a", "1");
        kinesis.put("b", "2");
        kinesis.split(SHARD, "10");
        kinesis.merge("shardId-000000000001", "shardId-000000000003");
        List<Shard> before = kinesis.shards();

        Kinesis fresh = reloaded(kinesis);

        assertThat(fresh.shards()).isEqualTo(before);
        for (Shard shard : before) {
            String id = String.valueOf(shard.shardId());
            assertThat(fresh.read(id)).isEqualTo(kinesis.read(id));
        }
        fresh.split("shardId-000000000004", "20");
        assertThat(fresh.shards().getLast().shardId()).isEqualTo("shardId-000000000006");
    }

    @Test
    void recordsStillExpireAndPlacesGoOn() {
        Kinesis kinesis = Kinesis.withStream(1);
        kinesis.put("a", "old");
        kinesis.advance(Duration.ofHours(23));
        kinesis.put("a", "new");

        Kinesis fresh = reloaded(kinesis);
        fresh.advance(Duration.ofHours(2));
        assertThat(fresh.read(SHARD)).containsExactly("new");
        fresh.advance(Duration.ofHours(23));
        assertThat(fresh.read(SHARD)).isEmpty();

        Kinesis again = reloaded(fresh);
        PutRecordOutput third = again.put("a", "third");
        assertThat(again.read(SHARD)).containsExactly("third");
        assertThat(again.get(again.iterator(SHARD, ShardIteratorType.AT_SEQUENCE_NUMBER, third.sequenceNumber()))
                        .records())
                .hasSize(1);
    }

    @Test
    void settingsTagsAndConsumersStay() {
        Kinesis kinesis = Kinesis.withStream(1);
        String consumer = kinesis.consumer("reader");
        kinesis.service.addTagsToStream(
                AddTagsToStreamInput.builder()
                        .streamName("foo")
                        .tags(Map.of("team", "blue"))
                        .build(),
                kinesis.call());
        kinesis.service.increaseStreamRetentionPeriod(
                IncreaseStreamRetentionPeriodInput.builder()
                        .streamName("foo")
                        .retentionPeriodHours(48)
                        .build(),
                kinesis.call());
        kinesis.put("a", "1");

        Kinesis fresh = reloaded(kinesis);

        assertThat(fresh.summary()).isEqualTo(kinesis.summary());
        assertThat(fresh.service
                        .listTagsForStream(
                                ListTagsForStreamInput.builder()
                                        .streamName("foo")
                                        .build(),
                                fresh.call())
                        .tags())
                .extracting(Tag::value)
                .containsExactly("blue");
        Events events = fresh.subscribe(
                consumer,
                SHARD,
                StartingPosition.builder()
                        .type(ShardIteratorType.TRIM_HORIZON.wire())
                        .build());
        assertThat(events.request(10).data()).containsExactly("1");
    }

    @Test
    void aStreamThatIsBeingDeletedIsGoneInTime() {
        Kinesis kinesis = Kinesis.withStream(1, "KINESIS_LATENCY", "10000");
        kinesis.advance(Duration.ofSeconds(10));
        kinesis.service.deleteStream(
                DeleteStreamInput.builder().streamName("foo").build(), kinesis.call());

        Kinesis fresh = reloaded(kinesis);
        assertThat(fresh.summary().streamStatus()).isEqualTo("DELETING");
        fresh.advance(Duration.ofSeconds(10));

        assertThatThrownBy(fresh::summary).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void onlyWhatHasGrownIsSavedAgain() {
        Kinesis kinesis = Kinesis.withStream(4);
        for (int i = 0; i < 40; i++) {
            kinesis.put("key-" + i, "data");
        }
        SavedStates saved = SavedStates.of(kinesis.service);

        assertThat(saved.saveAgain(kinesis.service).any()).isFalse();
        kinesis.put("key-1", "more");
        // the stream, for the place its shard has come to, and the shard's records
        assertThat(saved.saveAgain(kinesis.service).written()).isEqualTo(2);
    }
}
