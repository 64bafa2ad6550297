package io.pileus.kms.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.agreement.ECDHCBasicAgreement;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/** A key pair on a Weierstrass curve, in Bouncy Castle's own types: its P-256 is several times as fast as the JDK's. */
abstract sealed class EllipticMaterial implements KeyMaterial.Pair, KeyMaterial.Signing
        permits EcMaterial, Sm2Material {
    final KeySpec spec;
    final ECPrivateKeyParameters privateKey;
    final ECPublicKeyParameters publicKey;
    private final byte[] secret;
    private final byte[] spki;

    EllipticMaterial(KeySpec spec, ECPrivateKeyParameters privateKey, ECPublicKeyParameters publicKey) {
        this.spec = spec;
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        try {
            this.secret = PrivateKeyInfoFactory.createPrivateKeyInfo(privateKey).getEncoded("DER");
            this.spki = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicKey)
                    .getEncoded("DER");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static EllipticMaterial generate(KeySpec spec, SecureRandom random) {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(domain(spec), random));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        return create(spec, (ECPrivateKeyParameters) pair.getPrivate(), (ECPublicKeyParameters) pair.getPublic());
    }

    static EllipticMaterial of(KeySpec spec, byte[] pkcs8) throws InvalidKeyMaterial {
        BigInteger d;
        try {
            if (!(PrivateKeyFactory.createKey(pkcs8) instanceof ECPrivateKeyParameters key)
                    || !key.getParameters().getCurve().equals(domain(spec).getCurve())) {
                throw new InvalidKeyMaterial("not a private key of spec " + spec);
            }
            d = key.getD();
        } catch (IOException | RuntimeException e) {
            throw new InvalidKeyMaterial("not an elliptic curve private key in PKCS #8");
        }
        ECNamedDomainParameters domain = domain(spec);
        if (d.signum() <= 0 || d.compareTo(domain.getN()) >= 0) {
            throw new InvalidKeyMaterial("the private key is out of range");
        }
        ECPrivateKeyParameters privateKey = new ECPrivateKeyParameters(d, domain);
        ECPublicKeyParameters publicKey =
                new ECPublicKeyParameters(new FixedPointCombMultiplier().multiply(domain.getG(), d), domain);
        return create(spec, privateKey, publicKey);
    }

    private static EllipticMaterial create(
            KeySpec spec, ECPrivateKeyParameters privateKey, ECPublicKeyParameters publicKey) {
        return spec == KeySpec.SM2
                ? new Sm2Material(privateKey, publicKey)
                : new EcMaterial(spec, privateKey, publicKey);
    }

    private static ECNamedDomainParameters domain(KeySpec spec) {
        ASN1ObjectIdentifier oid = switch (spec) {
            case ECC_NIST_P256 -> SECObjectIdentifiers.secp256r1;
            case ECC_NIST_P384 -> SECObjectIdentifiers.secp384r1;
            case ECC_NIST_P521 -> SECObjectIdentifiers.secp521r1;
            case ECC_SECG_P256K1 -> SECObjectIdentifiers.secp256k1;
            case SM2 -> GMObjectIdentifiers.sm2p256v1;
            default -> throw new IllegalArgumentException("not on a curve: " + spec);
        };
        X9ECParameters curve = CustomNamedCurves.getByOID(oid);
        return new ECNamedDomainParameters(oid, curve);
    }

    @Override
    public KeySpec spec() {
        return spec;
    }

    @Override
    public byte[] secret() {
        return secret;
    }

    @Override
    public byte[] publicKey() {
        return spki;
    }

    /** Cofactor Diffie-Hellman. */
    byte[] diffieHellman(byte[] peerPublicKey) throws InvalidKeyMaterial {
        ECPublicKeyParameters peer;
        try {
            if (!(PublicKeyFactory.createKey(peerPublicKey) instanceof ECPublicKeyParameters key)
                    || !key.getParameters().equals(privateKey.getParameters())) {
                throw new InvalidKeyMaterial("not a public key of spec " + spec);
            }
            peer = new ECPublicKeyParameters(
                    privateKey.getParameters().getCurve().decodePoint(key.getQ().getEncoded(false)),
                    privateKey.getParameters());
        } catch (IOException | RuntimeException e) {
            throw new InvalidKeyMaterial("not an elliptic curve public key");
        }
        ECDHCBasicAgreement agreement = new ECDHCBasicAgreement();
        agreement.init(privateKey);
        return BigIntegers.asUnsignedByteArray(agreement.getFieldSize(), agreement.calculateAgreement(peer));
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + spec + "]";
    }
}
