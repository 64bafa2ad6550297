package io.pileus.kinesis.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.shape.Blob;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordLogTest {
    private static final int COUNT = 1_000_000;
    private static final Shard SHARD = new Shard(0, HashKeyRange.WHOLE, List.of(), Instant.EPOCH);

    private static void append(RecordLog log, long arrivalMillis) {
        log.append(new NewRecord(Blob.ofUtf8("k"), HashKey.ZERO, Blob.EMPTY), false, arrivalMillis);
    }

    @Test
    void anyPlaceOfAMillionIsReadWithoutAScan() {
        RecordLog log = new RecordLog(SHARD);
        for (int i = 0; i < COUNT; i++) {
            append(log, i);
        }

        long begun = System.nanoTime();
        for (int i = 0; i < 1000; i++) {
            long place = 1 + (long) i * (COUNT / 1000);
            List<StoredRecord> read = log.read(place, 1, 1);
            assertThat(read.getFirst().place()).isEqualTo(place);
            assertThat(log.placeAt(place - 1)).isEqualTo(place);
        }
        // a scan would take 500,000,000 steps; generous, for a machine that does much else
        assertThat(System.nanoTime() - begun).isLessThan(1_000_000_000L);
    }

    @Test
    void trimmingGivesRoomBackAndKeepsPlaces() {
        RecordLog log = new RecordLog(SHARD);
        for (int i = 0; i < 100_000; i++) {
            append(log, i);
            log.trim(i - 9);
        }

        assertThat(log.end() - log.first()).isEqualTo(10);
        assertThat(log.read(1, 100, Long.MAX_VALUE))
                .extracting(StoredRecord::arrivalMillis)
                .startsWith(99_990L);
        assertThat(log.read(log.end(), 10, 10)).isEmpty();
    }
}
