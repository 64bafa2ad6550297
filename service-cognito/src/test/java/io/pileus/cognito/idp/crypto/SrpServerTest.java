package io.pileus.cognito.idp.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SrpServerTest {
    private final SecureRandom random = new SecureRandom();

    @Test
    void theMultiplierIsTheHashOfPrimeAndGenerator() {
        // The value that amazon-cognito-identity-js and pycognito compute for this group.
        assertThat(SrpGroup.N.isProbablePrime(20)).isTrue();
        assertThat(SrpGroup.N.bitLength()).isEqualTo(3072);
        assertThat(SrpGroup.K.toString(16))
                .isEqualTo("538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6");
    }

    @Property(tries = 20)
    void aClientWithThePasswordIsBelievedAndOneWithAnotherIsNot(
            @ForAll @StringLength(min = 1, max = 40) String password,
            @ForAll @StringLength(min = 1, max = 20) String username) {
        SrpVerifier verifier = SrpVerifier.of("Pool", username, password, random);
        SrpClient client = new SrpClient();
        SrpServer server =
                SrpServer.answer(verifier, client.publicHex(), random).orElseThrow();
        byte[] block = {1, 2, 3};
        String encoded = Base64.getEncoder().encodeToString(block);
        String now = "Thu Jan 1 00:00:00 UTC 2026";
        byte[] right = Base64.getDecoder()
                .decode(client.signature(
                        "Pool", username, password, server.saltHex(), server.serverPublicHex(), encoded, now));
        byte[] wrong = Base64.getDecoder()
                .decode(client.signature(
                        "Pool", username, password + "x", server.saltHex(), server.serverPublicHex(), encoded, now));
        assertThat(server.verifies("Pool", username, block, now, right)).isTrue();
        assertThat(server.verifies("Pool", username, block, now, wrong)).isFalse();
        assertThat(server.verifies("Pool", username, block, now + " ", right)).isFalse();
    }

    @Test
    void aPublicValueThatIsZeroModuloThePrimeIsRefused() {
        SrpVerifier verifier = SrpVerifier.of("Pool", "user", "password", random);
        assertThat(SrpServer.answer(verifier, "0", random)).isEmpty();
        assertThat(SrpServer.answer(verifier, SrpGroup.N.toString(16), random)).isEmpty();
        assertThat(SrpServer.answer(
                        verifier, SrpGroup.N.multiply(BigInteger.TWO).toString(16), random))
                .isEmpty();
        assertThat(SrpServer.answer(verifier, "xyz", random)).isEmpty();
        assertThat(SrpServer.answer(verifier, "", random)).isEmpty();
    }
}
