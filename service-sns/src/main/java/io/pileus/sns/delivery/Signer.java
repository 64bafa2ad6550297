package io.pileus.sns.delivery;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Signs messages as SNS does, with a key of our own whose certificate is served at SigningCertURL. Key and certificate
 * are made when the first signature is asked for.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html">Verifying the signatures of messages</a>
 */
public final class Signer {
    private volatile Instant validFrom;
    private volatile @Nullable SigningKey key;
    private @Nullable String certificate;

    /** @param now the certificate is valid from a year before it, for a hundred years */
    public Signer(Instant now) {
        this.validFrom = now.minus(Duration.ofDays(365));
    }

    /** @param version {@code 1} for SHA1withRSA, {@code 2} for SHA256withRSA */
    public String sign(String canonicalText, String version) {
        SigningKey.Scheme scheme = version.equals("2") ? SigningKey.Scheme.SHA256 : SigningKey.Scheme.SHA1;
        return Base64.getEncoder().encodeToString(key().sign(canonicalText.getBytes(StandardCharsets.UTF_8), scheme));
    }

    /** The key, made now if there is none: what is signed later may be saved before the key is saved again. */
    public SavedSigningKey saved() {
        return new SavedSigningKey(key().factors(), validFrom);
    }

    public boolean hasKey() {
        return key != null;
    }

    /** Signs with a key that was saved from now on. */
    public synchronized void load(SavedSigningKey saved) {
        key = saved.key();
        validFrom = saved.validFrom();
        certificate = null;
    }

    /** The certificate as PEM. */
    public synchronized String certificatePem() {
        String pem = certificate;
        if (pem == null) {
            pem = SigningCertificate.pem(key(), validFrom);
            certificate = pem;
        }
        return pem;
    }

    private SigningKey key() {
        SigningKey present = key;
        if (present == null) {
            synchronized (this) {
                present = key;
                if (present == null) {
                    present = SigningKey.generate(new SecureRandom());
                    key = present;
                }
            }
        }
        return present;
    }
}
