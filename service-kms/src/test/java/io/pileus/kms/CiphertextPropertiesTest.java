package io.pileus.kms;

import static io.pileus.kms.KmsFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.shape.Blob;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for every plaintext, context and ciphertext. */
class CiphertextPropertiesTest {
    private final KmsFixture fixture = new KmsFixture();
    private final String key = fixture.symmetricKey();

    @Provide
    Arbitrary<Map<String, String>> contexts() {
        Arbitrary<String> text = Arbitraries.strings().all().ofMinLength(1).ofMaxLength(12);
        return Arbitraries.maps(text, text).ofMaxSize(5);
    }

    @Property(tries = 300)
    void decryptingGivesBackWhatWasEncrypted(
            @ForAll @Size(min = 1, max = 4096) byte[] plaintext, @ForAll("contexts") Map<String, String> context) {
        Blob ciphertext = fixture.encrypt(key, Blob.of(plaintext), context);

        List<Map.Entry<String, String>> pairs = new ArrayList<>(context.entrySet());
        Collections.reverse(pairs);
        Map<String, String> reordered = new LinkedHashMap<>();
        pairs.forEach(p -> reordered.put(p.getKey(), p.getValue()));
        assertThat(fixture.decrypt(ciphertext, reordered)).isEqualTo(Blob.of(plaintext));
    }

    @Property(tries = 300)
    void anotherContextNeverDecrypts(
            @ForAll("contexts") Map<String, String> context, @ForAll("contexts") Map<String, String> other) {
        Blob ciphertext = fixture.encrypt(key, KmsFixture.HELLO, context);
        if (!context.equals(other)) {
            refused("InvalidCiphertextException", () -> fixture.decrypt(ciphertext, other));
        }
    }

    @Property(tries = 500)
    void aChangedBitNeverDecrypts(
            @ForAll @Size(min = 1, max = 64) byte[] plaintext, @ForAll @IntRange(max = 1_000_000) int position) {
        byte[] ciphertext = fixture.encrypt(key, Blob.of(plaintext), Map.of("a", "1"))
                .bytes()
                .clone();
        int bit = position % (ciphertext.length * 8);
        ciphertext[bit / 8] ^= (byte) (1 << (bit % 8));

        refused("InvalidCiphertextException", () -> fixture.decrypt(Blob.of(ciphertext), Map.of("a", "1")));
    }

    @Property(tries = 300)
    void aCutCiphertextNeverDecrypts(@ForAll @IntRange(max = 10_000) int position) {
        byte[] ciphertext = fixture.encrypt(key).bytes();
        byte[] cut = java.util.Arrays.copyOf(ciphertext, 1 + position % (ciphertext.length - 1));

        refused("InvalidCiphertextException", () -> fixture.decrypt(Blob.of(cut)));
    }

    @Property(tries = 300)
    void arbitraryBytesNeverDecrypt(@ForAll @Size(min = 1, max = 300) byte[] bytes) {
        refused("InvalidCiphertextException", () -> fixture.decrypt(Blob.of(bytes)));
    }
}
