package io.pileus.iam;

import io.pileus.core.service.AwsException;
import io.pileus.iam.model.KeyPairMismatchException;
import io.pileus.iam.model.MalformedCertificateException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * X.509 certificates and their private keys as users upload them, in PEM.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_server-certs.html">Server certificates</a>
 */
final class Certificates {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    private Certificates() {}

    /** The one certificate of a PEM text. */
    static X509Certificate one(String pem) {
        List<X509Certificate> certificates = all(pem);
        if (certificates.size() != 1) {
            throw unreadable();
        }
        return certificates.getFirst();
    }

    private static List<X509Certificate> all(String pem) {
        List<X509Certificate> certificates = new ArrayList<>();
        int at = pem.indexOf(BEGIN);
        while (at >= 0) {
            int end = pem.indexOf(END, at);
            if (end < 0) {
                throw unreadable();
            }
            certificates.add(parse(pem.substring(at, end + END.length())));
            at = pem.indexOf(BEGIN, end);
        }
        return certificates;
    }

    private static X509Certificate parse(String pem) {
        try {
            byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
        } catch (GeneralSecurityException e) {
            throw unreadable();
        }
    }

    private static AwsException unreadable() {
        return MalformedCertificateException.of(
                "Unable to parse certificate. Please ensure the certificate is in PEM format.");
    }

    /** Refuses a private key that is not one, or not the certificate's. */
    static void checkPrivateKey(String pem, X509Certificate certificate) {
        PrivateKey key = privateKey(pem);
        try {
            String algorithm = certificate.getPublicKey().getAlgorithm();
            if (!key.getAlgorithm().startsWith(algorithm)) {
                throw mismatch();
            }
            String signing =
                    algorithm.equals("RSA") ? "SHA256withRSA" : algorithm.equals("EC") ? "SHA256withECDSA" : algorithm;
            byte[] probe = {1, 2, 3};
            Signature signature = Signature.getInstance(signing);
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(probe);
            if (!signature.verify(signed)) {
                throw mismatch();
            }
        } catch (GeneralSecurityException e) {
            throw mismatch();
        }
    }

    private static PrivateKey privateKey(String pem) {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            for (Object item = parser.readObject(); item != null; item = parser.readObject()) {
                if (item instanceof PEMKeyPair pair) {
                    return converter().getPrivateKey(pair.getPrivateKeyInfo());
                }
                if (item instanceof PrivateKeyInfo info) {
                    return converter().getPrivateKey(info);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw badKey();
        }
        throw badKey();
    }

    private static JcaPEMKeyConverter converter() {
        // The JDK calls the algorithm EC, the converter ECDSA.
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        converter.setAlgorithmMapping(X9ObjectIdentifiers.id_ecPublicKey, "EC");
        return converter;
    }

    private static AwsException badKey() {
        return MalformedCertificateException.of("Invalid Private Key.");
    }

    private static AwsException mismatch() {
        return KeyPairMismatchException.of("The public key certificate and the private key do not match.");
    }

    /** Refuses a chain that does not begin with the certificate's issuer and go on with the issuer of each before. */
    static void checkChain(String pem, X509Certificate certificate) {
        List<X509Certificate> chain = all(pem);
        if (chain.isEmpty()) {
            throw badChain(0);
        }
        X509Certificate below = certificate;
        for (int i = 0; i < chain.size(); i++) {
            try {
                below.verify(chain.get(i).getPublicKey());
            } catch (GeneralSecurityException e) {
                throw badChain(i);
            }
            below = chain.get(i);
        }
    }

    private static AwsException badChain(int index) {
        return MalformedCertificateException.of(
                "Unable to validate certificate chain. The certificate chain must start with the immediate signing"
                        + " certificate, followed by any intermediaries in order. The index within the chain of the"
                        + " invalid certificate is: " + index);
    }
}
