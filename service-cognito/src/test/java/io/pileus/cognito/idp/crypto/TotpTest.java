package io.pileus.cognito.idp.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private static final String SECRET = Totp.encodeBase32("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    /** RFC 6238, appendix B, SHA-1, the last six of the eight digits. */
    @ParameterizedTest
    @CsvSource({"59,287082", "1111111109,081804", "1111111111,050471", "1234567890,005924", "2000000000,279037"})
    void codesAreThoseOfTheRfc(long second, String code) {
        assertThat(Totp.codeAt(SECRET, Instant.ofEpochSecond(second))).isEqualTo(code);
    }

    @Test
    void oneStepOfDriftIsAcceptedAndNoMore() {
        Instant now = Instant.ofEpochSecond(1_000_000);
        assertThat(Totp.verify(SECRET, Totp.codeAt(SECRET, now.minusSeconds(30)), now, 0))
                .isPresent();
        assertThat(Totp.verify(SECRET, Totp.codeAt(SECRET, now.plusSeconds(30)), now, 0))
                .isPresent();
        assertThat(Totp.verify(SECRET, Totp.codeAt(SECRET, now.minusSeconds(90)), now, 0))
                .isEmpty();
    }

    @Test
    void aStepThatWasUsedIsNotAcceptedAgain() {
        Instant now = Instant.ofEpochSecond(1_000_000);
        String code = Totp.codeAt(SECRET, now);
        long step = Totp.verify(SECRET, code, now, 0).orElseThrow();
        assertThat(Totp.verify(SECRET, code, now, step)).isEmpty();
    }
}
