package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class Crc64NvmeProperties {
    @Example
    void theSumOfTheCheckStringIsTheStandards() {
        // In the catalogue of CRCs.
        assertThat(sum("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xAE8B14860A799888L);
    }

    @Property(tries = 300)
    void theSumOfAPieceIsThatOfItsBytesOneByOne(
            @ForAll long seed,
            @ForAll @IntRange(max = 60_000) int size,
            @ForAll @IntRange(max = 20) int before,
            @ForAll @IntRange(max = 20) int after) {
        byte[] bytes = new byte[before + size + after];
        new Random(seed).nextBytes(bytes);
        Crc64Nvme oneByOne = new Crc64Nvme();
        for (int i = 0; i < before + size; i++) {
            oneByOne.update(bytes[i]);
        }
        Crc64Nvme inPieces = new Crc64Nvme();
        inPieces.update(bytes, 0, before);
        inPieces.update(bytes, before, size);
        assertThat(inPieces.getValue()).isEqualTo(oneByOne.getValue());
    }

    private static long sum(byte[] bytes) {
        Crc64Nvme crc = new Crc64Nvme();
        crc.update(bytes, 0, bytes.length);
        return crc.getValue();
    }
}
