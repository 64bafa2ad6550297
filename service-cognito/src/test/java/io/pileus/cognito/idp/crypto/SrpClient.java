package io.pileus.cognito.idp.crypto;

import java.math.BigInteger;
import java.util.Base64;

/**
 * The client's half of Cognito's SRP, written from the protocol and not from our server: it computes the shared secret by
 * the password where the server computes it by the verifier.
 */
public final class SrpClient {
    private static final BigInteger N = SrpGroup.N;
    private static final BigInteger G = BigInteger.TWO;

    private final BigInteger a = new BigInteger("9f5c7a1e3b2d4c6e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9012345678abcd", 16);

    public String publicHex() {
        return G.modPow(a, N).toString(16);
    }

    /** PASSWORD_CLAIM_SIGNATURE for a challenge. */
    public String signature(
            String group,
            String identity,
            String password,
            String saltHex,
            String serverPublicHex,
            String secretBlock,
            String timestamp) {
        BigInteger b = new BigInteger(serverPublicHex, 16);
        BigInteger salt = new BigInteger(saltHex, 16);
        BigInteger k = hash(N.toByteArray(), G.toByteArray());
        BigInteger u = hash(G.modPow(a, N).toByteArray(), b.toByteArray());
        byte[] inner = Digests.sha256(Digests.utf8(group + identity + ":" + password));
        BigInteger x = hash(salt.toByteArray(), inner);
        BigInteger s = b.subtract(k.multiply(G.modPow(x, N))).mod(N).modPow(a.add(u.multiply(x)), N);
        byte[] prk = Digests.hmacSha256(u.toByteArray(), s.toByteArray());
        byte[] key = java.util.Arrays.copyOf(
                Digests.hmacSha256(prk, Digests.utf8("Caldera Derived Key"), new byte[] {1}), 16);
        return Base64.getEncoder()
                .encodeToString(Digests.hmacSha256(
                        key,
                        Digests.utf8(group),
                        Digests.utf8(identity),
                        Base64.getDecoder().decode(secretBlock),
                        Digests.utf8(timestamp)));
    }

    /** Salt and verifier, as a device computes them for ConfirmDevice, each in base64. */
    public static String[] deviceVerifier(String groupKey, String deviceKey, String password) {
        BigInteger salt = new BigInteger("a1b2c3d4e5f60718293a4b5c6d7e8f90", 16);
        byte[] inner = Digests.sha256(Digests.utf8(groupKey + deviceKey + ":" + password));
        BigInteger v = G.modPow(hash(salt.toByteArray(), inner), N);
        Base64.Encoder base64 = Base64.getEncoder();
        return new String[] {base64.encodeToString(salt.toByteArray()), base64.encodeToString(v.toByteArray())};
    }

    private static BigInteger hash(byte[]... parts) {
        return new BigInteger(1, Digests.sha256(parts));
    }
}
