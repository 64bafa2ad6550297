package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.Payload;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class CrcCombinationProperties {
    @Property(tries = 200)
    void theChecksumsOfPartsMakeThatOfTheWhole(@ForAll @Size(min = 1, max = 5) List<byte[]> parts) {
        for (String algorithm : List.of("CRC32", "CRC32C", "CRC64NVME")) {
            CrcCombination combination = CrcCombination.of(algorithm);
            byte[] sum = new byte[combination.bytes()];
            for (byte[] part : parts) {
                sum = combination.append(sum, sum(algorithm, List.of(Payload.of(part))), part.length);
            }
            assertThat(sum)
                    .isEqualTo(sum(algorithm, parts.stream().map(Payload::of).toList()));
        }
    }

    private static byte[] sum(String algorithm, List<Payload> bodies) {
        return Base64.getDecoder().decode(Checksums.of(bodies, algorithm).sums().get(algorithm));
    }
}
