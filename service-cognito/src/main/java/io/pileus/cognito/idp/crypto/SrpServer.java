package io.pileus.cognito.idp.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * The server's half of the Secure Remote Password protocol as Cognito speaks it: SRP-6a over the group of
 * {@link SrpGroup}, with a key derived by HKDF and a signature in the place of the usual proofs.
 *
 * <pre>
 *   B = k·v + g^b            u = H(A | B)            S = (A · v^u)^b
 *   key = first 16 bytes of HKDF-SHA-256(salt = u, secret = S, info = "Caldera Derived Key")
 *   signature = HMAC-SHA-256(key, group | identity | secretBlock | timestamp)
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5054">RFC 5054</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2945">RFC 2945</a>
 */
public record SrpServer(SrpVerifier verifier, BigInteger clientPublic, BigInteger secret, BigInteger serverPublic) {
    private static final byte[] HKDF_INFO = Digests.utf8("Caldera Derived Key");
    private static final int KEY_BYTES = 16;

    /** The bits of the server's secret exponent; twice the strength of SHA-256 would gain nothing. */
    private static final int SECRET_BITS = 256;

    /**
     * Answers a client's public value.
     *
     * @param clientPublic SRP_A in hexadecimal
     * @return empty when the value is not a number or is zero modulo N, which would make the key predictable
     */
    public static Optional<SrpServer> answer(SrpVerifier verifier, String clientPublic, SecureRandom random) {
        return answer(verifier, clientPublic, new BigInteger(SECRET_BITS, random).setBit(SECRET_BITS - 1));
    }

    static Optional<SrpServer> answer(SrpVerifier verifier, String clientPublic, BigInteger secret) {
        Optional<BigInteger> a = parseHex(clientPublic);
        if (a.isEmpty() || a.get().mod(SrpGroup.N).signum() == 0) {
            return Optional.empty();
        }
        BigInteger b = SrpGroup.K
                .multiply(verifier.verifier())
                .add(SrpGroup.G.modPow(secret, SrpGroup.N))
                .mod(SrpGroup.N);
        return Optional.of(new SrpServer(verifier, a.get(), secret, b));
    }

    /** SRP_B as the challenge carries it. */
    public String serverPublicHex() {
        return serverPublic.toString(16);
    }

    /** SALT as the challenge carries it. */
    public String saltHex() {
        return verifier.salt().toString(16);
    }

    /** Whether the client's signature proves that it knows the password. */
    public boolean verifies(String group, String identity, byte[] secretBlock, String timestamp, byte[] signature) {
        byte[] expected = Digests.hmacSha256(
                key(), Digests.utf8(group), Digests.utf8(identity), secretBlock, Digests.utf8(timestamp));
        return Digests.equal(expected, signature);
    }

    private byte[] key() {
        BigInteger u = SrpGroup.hash(clientPublic.toByteArray(), serverPublic.toByteArray());
        BigInteger s =
                clientPublic.multiply(verifier.verifier().modPow(u, SrpGroup.N)).modPow(secret, SrpGroup.N);
        return hkdf(s, u);
    }

    static byte[] hkdf(BigInteger secret, BigInteger salt) {
        byte[] pseudoRandomKey = Digests.hmacSha256(salt.toByteArray(), secret.toByteArray());
        return Arrays.copyOf(Digests.hmacSha256(pseudoRandomKey, HKDF_INFO, new byte[] {1}), KEY_BYTES);
    }

    /** A non-negative number of at most 1,024 hexadecimal digits (N has 768). */
    private static Optional<BigInteger> parseHex(String text) {
        if (text.isEmpty() || text.length() > 1024 || !text.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            return Optional.empty();
        }
        return Optional.of(new BigInteger(text, 16));
    }

    @Override
    public String toString() {
        return "SrpServer";
    }
}
