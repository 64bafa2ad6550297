package io.pileus.sns.delivery;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * Signs messages as SNS does, with a key of our own whose certificate is served at SigningCertURL. Key and certificate
 * are made when the first signature is asked for.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html">Verifying the signatures of messages</a>
 */
public final class Signer {
    private static final int KEY_BITS = 1024;

    private final Instant validFrom;
    private KeyPair keys;
    private String certificate;

    /** @param now the certificate is valid from a year before it, for a hundred years */
    public Signer(Instant now) {
        this.validFrom = now.minus(Duration.ofDays(365));
    }

    /** @param version {@code 1} for SHA1withRSA, {@code 2} for SHA256withRSA */
    public String sign(String canonicalText, String version) {
        try {
            Signature signature = Signature.getInstance(version.equals("2") ? "SHA256withRSA" : "SHA1withRSA");
            signature.initSign(keys().getPrivate());
            signature.update(canonicalText.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate as PEM. */
    public synchronized String certificatePem() {
        if (certificate == null) {
            certificate = SigningCertificate.pem(keys(), validFrom);
        }
        return certificate;
    }

    private synchronized KeyPair keys() {
        if (keys == null) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(KEY_BITS);
                keys = generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
        return keys;
    }
}
