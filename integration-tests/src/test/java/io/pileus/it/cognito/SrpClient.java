package io.pileus.it.cognito;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The client's half of USER_SRP_AUTH as an app does it: RFC 5054's group of 3,072 bits, of which it takes the shared
 * secret by way of the password.
 */
final class SrpClient {
    private static final BigInteger N = new BigInteger(
            "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
                    + "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
                    + "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
                    + "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
                    + "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
                    + "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
                    + "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C"
                    + "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
            16);
    private static final BigInteger G = BigInteger.TWO;

    private final String group;
    private final BigInteger a = new BigInteger(1024, new SecureRandom());

    SrpClient(String userPoolId) {
        group = userPoolId.substring(userPoolId.indexOf('_') + 1);
    }

    String srpA() {
        return G.modPow(a, N).toString(16);
    }

    /** The responses to PASSWORD_VERIFIER. */
    Map<String, String> responses(Map<String, String> challenge, String password, String timestamp) {
        String user = challenge.get("USER_ID_FOR_SRP");
        BigInteger b = new BigInteger(challenge.get("SRP_B"), 16);
        BigInteger salt = new BigInteger(challenge.get("SALT"), 16);
        BigInteger k = hash(N.toByteArray(), G.toByteArray());
        BigInteger u = hash(G.modPow(a, N).toByteArray(), b.toByteArray());
        byte[] secretBlock = Base64.getDecoder().decode(challenge.get("SECRET_BLOCK"));
        BigInteger x = hash(salt.toByteArray(), sha256(utf8(group + user + ":" + password)));
        BigInteger shared = b.subtract(k.multiply(G.modPow(x, N))).modPow(a.add(u.multiply(x)), N);
        byte[] prk = hmac(u.toByteArray(), shared.toByteArray());
        byte[] key = Arrays.copyOf(hmac(prk, utf8("Caldera Derived Key"), new byte[] {1}), 16);
        byte[] signature = hmac(key, utf8(group), utf8(user), secretBlock, utf8(timestamp));
        return Map.of(
                "USERNAME",
                user,
                "PASSWORD_CLAIM_SECRET_BLOCK",
                challenge.get("SECRET_BLOCK"),
                "PASSWORD_CLAIM_SIGNATURE",
                Base64.getEncoder().encodeToString(signature),
                "TIMESTAMP",
                timestamp);
    }

    private static BigInteger hash(byte[]... parts) {
        return new BigInteger(1, sha256(parts));
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Arrays.stream(parts).forEach(digest::update);
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            Arrays.stream(parts).forEach(mac::update);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
