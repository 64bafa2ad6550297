package io.pileus.kinesis.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.shape.Blob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConcurrentReshardingTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int WRITERS = 4;
    private static final int RECORDS = 3000;

    @Test
    void writersLoseNothingWhileShardsAreSplitAndMerged() throws Exception {
        Stream stream = new Stream(
                new Stream.Identity(AccountId.DEFAULT, Region.US_EAST_1, "foo", "0123456789abcdefghij-abc", NOW),
                1,
                NOW);
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1)) {
            for (int writer = 0; writer < WRITERS; writer++) {
                String key = "writer-" + writer;
                threads.execute(() -> IntStream.range(0, RECORDS)
                        .forEach(i -> stream.put(
                                List.of(new NewRecord(
                                        Blob.ofUtf8(key), HashKey.of(key), Blob.ofUtf8(Integer.toString(i)))),
                                false,
                                NOW)));
            }
            threads.execute(() -> {
                for (int round = 0; round < 40; round++) {
                    stream.rescale(1 + round % 7, NOW);
                }
            });
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }

        List<StoredRecord> all = new ArrayList<>();
        for (Shard shard : stream.shards(NOW)) {
            all.addAll(stream.read(shard, 1, Integer.MAX_VALUE, Long.MAX_VALUE, NOW)
                    .records());
        }
        all.sort(Comparator.comparing(StoredRecord::sequenceNumber));
        for (int writer = 0; writer < WRITERS; writer++) {
            String key = "writer-" + writer;
            assertThat(all.stream()
                            .filter(record -> record.partitionKey().equals(key))
                            .map(record -> record.data().utf8()))
                    .isEqualTo(IntStream.range(0, RECORDS)
                            .mapToObj(Integer::toString)
                            .toList());
        }
        assertThat(Resharding.partitions(
                        stream.openShards().stream().map(Shard::range).toList()))
                .isTrue();
    }
}
