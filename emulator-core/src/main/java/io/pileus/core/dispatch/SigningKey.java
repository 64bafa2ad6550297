package io.pileus.core.dispatch;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key that Signature Version 4 derives from a secret for one day, region and service, and what it signs. */
final class SigningKey {
    private static final HexFormat HEX = HexFormat.of();
    private static final String EMPTY_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final byte[] key;
    private final String time;
    private final String scope;

    private SigningKey(byte[] key, String time, String scope) {
        this.key = key;
        this.time = time;
        this.scope = scope;
    }

    /** @param time when it was signed, such as {@code 20130524T000000Z} */
    static SigningKey of(String secret, Credential credential, String time) {
        byte[] key = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), credential.date());
        key = hmac(key, credential.region());
        key = hmac(key, credential.service());
        key = hmac(key, "aws4_request");
        String scope = credential.date() + "/" + credential.region() + "/" + credential.service() + "/aws4_request";
        return new SigningKey(key, time, scope);
    }

    /** The signature of any text, as the policies of forms have it. */
    String sign(String text) {
        return HEX.formatHex(hmac(key, text));
    }

    String signRequest(String canonicalRequest) {
        return sign("AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + sha256(canonicalRequest));
    }

    /** @param before the signature of the chunk before; of the request for the first */
    String signChunk(String before, String sha256) {
        return sign(
                "AWS4-HMAC-SHA256-PAYLOAD\n" + time + "\n" + scope + "\n" + before + "\n" + EMPTY_HASH + "\n" + sha256);
    }

    /** @param before the signature of the last chunk */
    String signTrailers(String before, String sha256) {
        return sign("AWS4-HMAC-SHA256-TRAILER\n" + time + "\n" + scope + "\n" + before + "\n" + sha256);
    }

    private static String sha256(String text) {
        try {
            return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
