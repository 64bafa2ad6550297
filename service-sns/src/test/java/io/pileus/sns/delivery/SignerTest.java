package io.pileus.sns.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignerTest {
    private final Signer signer = new Signer(Instant.parse("2026-01-01T00:00:00Z"));

    @ParameterizedTest
    @CsvSource({"1, SHA1withRSA", "2, SHA256withRSA"})
    void theCertificatesKeyVerifiesEverySignature(String version, String algorithm) throws Exception {
        Signature verifier = Signature.getInstance(algorithm);
        for (int i = 0; i < 300; i++) {
            String text = "Message\n" + "x".repeat(i) + "\n";
            byte[] signature = Base64.getDecoder().decode(signer.sign(text, version));

            verifier.initVerify(certificate().getPublicKey());
            verifier.update(text.getBytes(StandardCharsets.UTF_8));
            assertThat(verifier.verify(signature)).isTrue();

            verifier.initVerify(certificate().getPublicKey());
            verifier.update((text + "changed").getBytes(StandardCharsets.UTF_8));
            assertThat(verifier.verify(signature)).isFalse();
        }
    }

    @Test
    void theCertificateIsItsOwnAndNamesSnsWithAKeyOf2048Bits() throws Exception {
        X509Certificate certificate = certificate();

        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity(Date.from(Instant.parse("2026-01-01T00:00:00Z")));
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=sns.amazonaws.com");
        RSAPublicKey key = (RSAPublicKey) certificate.getPublicKey();
        assertThat(key.getModulus().bitLength()).isEqualTo(2048);
        assertThat(key.getPublicExponent().intValueExact()).isEqualTo(65_537);
    }

    @Test
    void everyGeneratedKeyHasItsFullLength() {
        for (int i = 0; i < 20; i++) {
            SigningKey key = SigningKey.generate(new java.security.SecureRandom());
            assertThat(((RSAPublicKey) key.publicKey()).getModulus().bitLength())
                    .isEqualTo(SigningKey.BITS);
        }
    }

    private X509Certificate certificate() throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(signer.certificatePem().getBytes(StandardCharsets.US_ASCII)));
    }
}
