package io.pileus.sns.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;

/**
 * Signs messages as SNS does, with a key of our own whose certificate is served at SigningCertURL. Key and certificate
 * are made when the first signature is asked for.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html">Verifying the signatures of messages</a>
 */
public final class Signer {
    private final Instant validFrom;
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

    /** The certificate as PEM. */
    public synchronized String certificatePem() {
        String pem = certificate;
        if (pem == null) {
            pem = certify(key());
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

    private String certify(SigningKey signingKey) {
        X500Name name = new X500Name("CN=sns.amazonaws.com");
        try {
            X509CertificateHolder holder = new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.ONE,
                            Date.from(validFrom),
                            Date.from(validFrom.plus(Duration.ofDays(36_500))),
                            name,
                            signingKey.publicKey())
                    .build(new CertificateSignature(signingKey));
            StringWriter text = new StringWriter();
            try (PemWriter pem = new PemWriter(text)) {
                pem.writeObject(new PemObject("CERTIFICATE", holder.getEncoded()));
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The certificate's own signature. */
    private static final class CertificateSignature implements ContentSigner {
        private final SigningKey key;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        CertificateSignature(SigningKey key) {
            this.key = key;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withRSA");
        }

        @Override
        public OutputStream getOutputStream() {
            return content;
        }

        @Override
        public byte[] getSignature() {
            return key.sign(content.toByteArray(), SigningKey.Scheme.SHA256);
        }
    }
}
