package io.pileus.firehose;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.shape.Blob;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class AggregatedRecordProperties {

    @Property(tries = 200)
    void aDamagedRecordIsTakenAsItIs(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        byte[] bytes = AggregatedRecordTest.aggregated("a", "b").bytes().clone();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
        Blob damaged = Blob.of(bytes);

        assertThat(AggregatedRecord.userRecords(damaged)).containsExactly(damaged);
    }
}
