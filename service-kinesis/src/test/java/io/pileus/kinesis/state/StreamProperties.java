package io.pileus.kinesis.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.shape.Blob;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class StreamProperties {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static Stream stream(int shards) {
        return new Stream(
                new Stream.Identity(AccountId.DEFAULT, Region.US_EAST_1, "foo", "0123456789abcdefghij-abc", NOW),
                shards,
                NOW);
    }

    @Property(tries = 200)
    void sequenceNumbersHave56DigitsAndComeBackAsTheyWere(
            @ForAll @IntRange int seconds, @ForAll @IntRange int place, @ForAll @IntRange int shard) {
        SequenceNumber number = new SequenceNumber(seconds + 1_700_000_000L, place * 3L, place, shard);

        assertThat(number.toString()).hasSize(56);
        assertThat(SequenceNumber.parse(number.toString())).contains(number);
    }

    @Property(tries = 200)
    void numbersInARowAreSpelledAsEachOnItsOwn(@ForAll long seed) {
        Random random = new Random(seed);
        SequenceDigits digits = new SequenceDigits();
        long place = 1L << random.nextInt(62);
        long millis = 1_700_000_000_000L;
        for (int i = 0; i < 100; i++) {
            millis += random.nextInt(4) == 0 ? 1L << random.nextInt(30) : 0;
            place += random.nextInt(50) == 0 ? 7 : 1;
            SequenceNumber number = new SequenceNumber(1_700_000_000L, place, millis, 5);

            assertThat(digits.of(number)).isEqualTo(number.toString());
        }
    }

    @Property(tries = 200)
    void sequenceNumbersOfAShardGrowAsText(
            @ForAll @IntRange(max = Integer.MAX_VALUE - 1) int place, @ForAll @IntRange int millis) {
        String one = new SequenceNumber(1_700_000_000L, place, millis, 3).toString();

        assertThat(new SequenceNumber(1_700_000_000L, place + 1L, millis, 3).toString())
                .isGreaterThan(one);
        assertThat(new SequenceNumber(1_700_000_001L, 0, 0, 3).toString()).isGreaterThan(one);
        assertThat(new SequenceNumber(1_700_000_000L, SequenceNumber.END, millis, 3).toString())
                .hasSize(56)
                .isGreaterThan(one);
    }

    @Property(tries = 100)
    void uniformRangesPartitionTheKeySpace(@ForAll @IntRange(min = 1, max = 500) int count) {
        assertThat(Resharding.uniform(count)).hasSize(count);
        assertThat(Resharding.partitions(Resharding.uniform(count))).isTrue();
    }

    @Property(tries = 60)
    void rescalingEndsInUniformRanges(
            @ForAll @IntRange(min = 1, max = 40) int from, @ForAll @IntRange(min = 1, max = 40) int to) {
        Stream stream = stream(from);

        stream.rescale(to, NOW);

        assertThat(stream.openShards().stream().map(Shard::range)).isEqualTo(Resharding.uniform(to));
        assertThat(stream.shards(NOW))
                .allSatisfy(shard -> assertThat(shard.parents()).hasSizeLessThanOrEqualTo(2));
    }

    /** Through any series of splits and merges nothing is lost and the records of a key stay in order. */
    @Property(tries = 120)
    void noRecordIsLostOrReordered(@ForAll long seed) {
        Random random = new Random(seed);
        Stream stream = stream(1 + random.nextInt(4));
        Map<String, List<String>> written = new HashMap<>();
        for (int step = 0; step < 120; step++) {
            List<Shard> open = stream.openShards();
            int choice = random.nextInt(10);
            if (choice == 0) {
                Shard shard = open.get(random.nextInt(open.size()));
                BigInteger start = shard.range().start().number();
                BigInteger width = shard.range().end().number().subtract(start);
                BigInteger key = start.add(width.shiftRight(1));
                stream.split(shard, HashKey.of(key), NOW);
            } else if (choice == 1 && open.size() > 1) {
                int at = random.nextInt(open.size() - 1);
                stream.merge(open.get(at + 1), open.get(at), NOW);
            } else {
                String key = "k" + random.nextInt(8);
                String data = key + "/" + step;
                stream.put(List.of(new NewRecord(Blob.ofUtf8(key), HashKey.of(key), Blob.ofUtf8(data))), false, NOW);
                written.computeIfAbsent(key, k -> new ArrayList<>()).add(data);
            }
            assertThat(Resharding.partitions(
                            stream.openShards().stream().map(Shard::range).toList()))
                    .isTrue();
        }

        List<StoredRecord> all = new ArrayList<>();
        for (Shard shard : stream.shards(NOW)) {
            List<StoredRecord> records = stream.read(shard, 1, Integer.MAX_VALUE, Long.MAX_VALUE, NOW)
                    .records();
            assertThat(records)
                    .allSatisfy(record -> assertThat(shard.range().contains(HashKey.of(record.partitionKey())))
                            .isTrue());
            all.addAll(records);
        }
        // the numbers alone give the order of each key, across all of its shards
        all.sort(Comparator.comparing(StoredRecord::sequenceNumber));
        Map<String, List<String>> read = new HashMap<>();
        all.forEach(record -> read.computeIfAbsent(record.partitionKey(), k -> new ArrayList<>())
                .add(record.data().utf8()));
        assertThat(read).isEqualTo(written);
    }
}
