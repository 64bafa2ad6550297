package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksumTest {
    private static Map<String, String> sum(String text, String algorithm) {
        return Checksums.of(Payload.ofUtf8(text), algorithm).sums();
    }

    /** The check values of the CRC catalogue, FIPS 180 and RFC 1321; */
    @ParameterizedTest
    @CsvSource({
        "123456789, CRC32, y/Q5Jg==",
        "123456789, CRC32C, 4waSgw==",
        "123456789, CRC64NVME, rosUhgp5mIg=",
        "abc, SHA1, qZk+NkcGgWq6PiVxeFDCbJzQ2J0=",
        "abc, SHA256, ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
        "abc, MD5, kAFQmDzST7DWlj99KOF/cg==",
    })
    void eachAlgorithmIsTheStandards(String text, String algorithm, String expected) {
        assertThat(sum(text, algorithm)).containsEntry(algorithm, expected);
    }

    @Test
    void xxHash64OfNothingAndOfAFewLettersIsTheReferences() {
        assertThat(new XxHash64().getValue()).isEqualTo(0xEF46DB3751D8E999L);
        XxHash64 abc = new XxHash64();
        abc.update("abc".getBytes(StandardCharsets.UTF_8), 0, 3);
        assertThat(abc.getValue()).isEqualTo(0x44BC2CF5AD770999L);
    }

    @Test
    void xxHash64TakesItsInputInAnyPieces() {
        byte[] bytes = "The quick brown fox jumps over the lazy dog".repeat(5).getBytes(StandardCharsets.UTF_8);
        XxHash64 whole = new XxHash64();
        whole.update(bytes, 0, bytes.length);
        XxHash64 pieces = new XxHash64();
        for (int at = 0; at < bytes.length; at += 7) {
            pieces.update(bytes, at, Math.min(7, bytes.length - at));
        }
        assertThat(pieces.getValue()).isEqualTo(whole.getValue());
    }

    @Test
    void aCompositeIsTheChecksumOfTheChecksums() {
        // SHA-256 of the two digests of "abc" one after the other.
        String one = String.valueOf(sum("abc", "SHA256").get("SHA256"));
        byte[] digest = Base64.getDecoder().decode(one);
        byte[] both = new byte[64];
        System.arraycopy(digest, 0, both, 0, 32);
        System.arraycopy(digest, 0, both, 32, 32);
        assertThat(Checksums.composite("SHA256", List.of(one, one)))
                .isEqualTo(Checksums.of(Payload.of(both), "SHA256").sums().get("SHA256") + "-2");
    }
}
