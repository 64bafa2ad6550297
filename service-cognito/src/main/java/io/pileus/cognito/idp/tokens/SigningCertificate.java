package io.pileus.cognito.idp.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/**
 * The self-signed X.509 certificate with which a pool signs SAML requests: version 3, SHA-256 with RSA, ten years, the
 * pool's id as common name. Written by hand because it is forty bytes of DER around a public key.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280">RFC 5280</a>
 */
public final class SigningCertificate {
    private static final byte[] SHA256_WITH_RSA = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x0b, 0x05, 0x00
    };
    private static final byte[] COMMON_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};
    private static final Duration VALIDITY = Duration.ofDays(3650);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private SigningCertificate() {}

    /** The certificate's DER in base64, as GetSigningCertificate gives it. */
    public static String base64(RSAKey key, String poolId, Instant notBefore) {
        try {
            byte[] name =
                    der(0x30, der(0x31, der(0x30, COMMON_NAME, der(0x0c, poolId.getBytes(StandardCharsets.UTF_8)))));
            byte[] validity = der(0x30, time(notBefore), time(notBefore.plus(VALIDITY)));
            byte[] certificate = der(
                    0x30,
                    der(0xa0, der(0x02, new byte[] {2})),
                    der(
                            0x02,
                            new BigInteger(1, poolId.getBytes(StandardCharsets.UTF_8))
                                    .shiftRight(8)
                                    .toByteArray()),
                    SHA256_WITH_RSA,
                    name,
                    validity,
                    name,
                    key.toRSAPublicKey().getEncoded());
            byte[] signature = sign(key.toRSAPrivateKey(), certificate);
            return Base64.getEncoder()
                    .encodeToString(der(0x30, certificate, SHA256_WITH_RSA, der(0x03, new byte[] {0}, signature)));
        } catch (JOSEException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] time(Instant instant) {
        return der(0x18, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] sign(PrivateKey key, byte[] data) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(data);
        return signature.sign();
    }

    private static byte[] der(int tag, byte[]... contents) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] content : contents) {
            body.writeBytes(content);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = body.size();
        if (length < 0x80) {
            out.write(length);
        } else {
            byte[] digits = BigInteger.valueOf(length).toByteArray();
            int skip = digits[0] == 0 ? 1 : 0;
            out.write(0x80 | digits.length - skip);
            out.write(digits, skip, digits.length - skip);
        }
        out.writeBytes(body.toByteArray());
        return out.toByteArray();
    }
}
