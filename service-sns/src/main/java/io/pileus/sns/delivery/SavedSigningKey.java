package io.pileus.sns.delivery;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * The signing key as it is saved, so that what it signed can be verified later.
 *
 * @param factors the primes of its modulus, in decimal
 * @param validFrom of its certificate
 */
public record SavedSigningKey(List<String> factors, Instant validFrom) {

    SigningKey key() {
        return SigningKey.of(factors.stream().map(BigInteger::new).toArray(BigInteger[]::new));
    }
}
