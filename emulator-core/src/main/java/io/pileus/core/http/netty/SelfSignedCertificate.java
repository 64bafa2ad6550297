package io.pileus.core.http.netty;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate for the names under which an emulator is reached, signed by itself. */
record SelfSignedCertificate(PrivateKey key, X509Certificate certificate) {
    private static final List<String> USUAL_HOSTS = List.of(
            "localhost",
            "localhost.localstack.cloud",
            "*.localhost.localstack.cloud",
            "*.amazonaws.com",
            "127.0.0.1",
            "::1");
    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

    /** The client's clock is real while ours may be set by hand, years away: so the validity is wide. */
    private static final Duration BEFORE_NOW = Duration.ofDays(365 * 30);

    private static final Duration AFTER_NOW = Duration.ofDays(365 * 30);

    static SelfSignedCertificate make(List<String> moreHosts, Instant now)
            throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        X500Name name = new X500Name("CN=localhost,O=Pileus");
        BigInteger serial = new BigInteger(120, new SecureRandom()).add(BigInteger.ONE);
        var builder = new JcaX509v3CertificateBuilder(
                name, serial, Date.from(now.minus(BEFORE_NOW)), Date.from(now.plus(AFTER_NOW)), name, pair.getPublic());
        // Clients that are given this certificate as their trust anchor expect an authority.
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames(moreHosts));
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
            return new SelfSignedCertificate(
                    pair.getPrivate(), new JcaX509CertificateConverter().getCertificate(builder.build(signer)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static GeneralNames alternativeNames(List<String> moreHosts) {
        Set<String> hosts = new LinkedHashSet<>(USUAL_HOSTS);
        hosts.addAll(moreHosts);
        List<GeneralName> names = new ArrayList<>();
        for (String host : hosts) {
            int kind = IP_ADDRESS.matcher(host).matches() ? GeneralName.iPAddress : GeneralName.dNSName;
            names.add(new GeneralName(kind, host));
        }
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }
}
