package io.pileus.firehose;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.shape.Blob;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;

class AggregatedRecordTest {

    /** As the Kinesis Producer Library packs: one partition key for all. */
    static Blob aggregated(String... data) throws Exception {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        field(message, 1, "key".getBytes(StandardCharsets.UTF_8));
        for (String each : data) {
            ByteArrayOutputStream record = new ByteArrayOutputStream();
            record.write(1 << 3);
            record.write(0);
            field(record, 3, each.getBytes(StandardCharsets.UTF_8));
            field(message, 3, record.toByteArray());
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(new byte[] {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2});
        all.writeBytes(message.toByteArray());
        all.writeBytes(MessageDigest.getInstance("MD5").digest(message.toByteArray()));
        return Blob.of(all.toByteArray());
    }

    private static void field(ByteArrayOutputStream out, int number, byte[] value) {
        out.write(number << 3 | 2);
        int length = value.length;
        while (length > 127) {
            out.write(length & 0x7f | 0x80);
            length >>>= 7;
        }
        out.write(length);
        out.writeBytes(value);
    }

    @Test
    void userRecordsComeOutInOrder() throws Exception {
        assertThat(AggregatedRecord.userRecords(aggregated("a", "x".repeat(500), "c")))
                .extracting(Blob::utf8)
                .containsExactly("a", "x".repeat(500), "c");
    }

    @Test
    void aRecordThatIsNotAggregatedStaysAsItIs() {
        assertThat(AggregatedRecord.userRecords(Blob.ofUtf8("plain"))).containsExactly(Blob.ofUtf8("plain"));
    }
}
