package io.pileus.kms.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.SM2Engine;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.Arrays;
import org.bouncycastle.util.BigIntegers;

/**
 * An SM2 key pair: SM2DSA with SM3 (GB/T 32918.2) and the usual distinguishing id, SM2PKE with ciphertexts in the ASN.1 form
 * of GM/T 0009, and key agreement. The signature is computed here because Bouncy Castle's signer takes no ready-made digest.
 */
public final class Sm2Material extends EllipticMaterial implements KeyMaterial.Encrypting, KeyMaterial.Agreeing {
    /** The id that AWS signs with, and everyone else who names none. */
    private static final byte[] DISTINGUISHING_ID = "1234567812345678".getBytes(StandardCharsets.US_ASCII);

    private static final int COORDINATE_BYTES = 32;
    private static final int HASH_BYTES = 32;

    Sm2Material(ECPrivateKeyParameters privateKey, ECPublicKeyParameters publicKey) {
        super(KeySpec.SM2, privateKey, publicKey);
    }

    @Override
    public byte[] sign(SigningAlgorithm algorithm, MessageType type, byte[] message) {
        BigInteger n = privateKey.getParameters().getN();
        BigInteger d = privateKey.getD();
        BigInteger e = new BigInteger(1, digest(type, message));
        SecureRandom random = new SecureRandom();
        while (true) {
            BigInteger k = BigIntegers.createRandomInRange(BigInteger.ONE, n.subtract(BigInteger.ONE), random);
            ECPoint point = new FixedPointCombMultiplier()
                    .multiply(privateKey.getParameters().getG(), k)
                    .normalize();
            BigInteger r = e.add(point.getAffineXCoord().toBigInteger()).mod(n);
            if (r.signum() == 0 || r.add(k).equals(n)) {
                continue;
            }
            BigInteger s = BigIntegers.modOddInverse(n, d.add(BigInteger.ONE))
                    .multiply(k.subtract(r.multiply(d)).mod(n))
                    .mod(n);
            if (s.signum() == 0) {
                continue;
            }
            try {
                return StandardDSAEncoding.INSTANCE.encode(n, r, s);
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    @Override
    public boolean verify(SigningAlgorithm algorithm, MessageType type, byte[] message, byte[] signature) {
        BigInteger n = publicKey.getParameters().getN();
        BigInteger[] rs;
        try {
            rs = StandardDSAEncoding.INSTANCE.decode(n, signature);
        } catch (IOException | RuntimeException e) {
            return false;
        }
        BigInteger t = rs[0].add(rs[1]).mod(n);
        if (rs[0].signum() <= 0 || rs[1].signum() <= 0 || t.signum() == 0) {
            return false;
        }
        ECPoint point = ECAlgorithms.sumOfTwoMultiplies(
                        publicKey.getParameters().getG(), rs[1], publicKey.getQ(), t)
                .normalize();
        if (point.isInfinity()) {
            return false;
        }
        BigInteger e = new BigInteger(1, digest(type, message));
        return e.add(point.getAffineXCoord().toBigInteger()).mod(n).equals(rs[0]);
    }

    /** SM3 over the signer's identity and the message; a caller who brings a digest has done all of that. */
    private byte[] digest(MessageType type, byte[] message) {
        if (type == MessageType.DIGEST) {
            return message;
        }
        SM3Digest sm3 = new SM3Digest();
        byte[] identity = identity();
        sm3.update(identity, 0, identity.length);
        sm3.update(message, 0, message.length);
        byte[] digest = new byte[HASH_BYTES];
        sm3.doFinal(digest, 0);
        return digest;
    }

    private byte[] identity() {
        SM3Digest sm3 = new SM3Digest();
        int bits = DISTINGUISHING_ID.length * 8;
        sm3.update((byte) (bits >>> 8));
        sm3.update((byte) bits);
        sm3.update(DISTINGUISHING_ID, 0, DISTINGUISHING_ID.length);
        ECPoint g = publicKey.getParameters().getG().normalize();
        ECPoint q = publicKey.getQ().normalize();
        for (ECFieldElement element : new ECFieldElement[] {
            publicKey.getParameters().getCurve().getA(),
            publicKey.getParameters().getCurve().getB(),
            g.getAffineXCoord(),
            g.getAffineYCoord(),
            q.getAffineXCoord(),
            q.getAffineYCoord()
        }) {
            byte[] bytes = element.getEncoded();
            sm3.update(bytes, 0, bytes.length);
        }
        byte[] z = new byte[HASH_BYTES];
        sm3.doFinal(z, 0);
        return z;
    }

    @Override
    public byte[] encrypt(EncryptionAlgorithm algorithm, byte[] plaintext) {
        SM2Engine engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
        engine.init(true, new ParametersWithRandom(publicKey, new SecureRandom()));
        try {
            byte[] raw = engine.processBlock(plaintext, 0, plaintext.length);
            int hashAt = 1 + 2 * COORDINATE_BYTES; // behind the uncompressed point
            return new DERSequence(new org.bouncycastle.asn1.ASN1Encodable[] {
                        new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, 1, 1 + COORDINATE_BYTES))),
                        new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, 1 + COORDINATE_BYTES, hashAt))),
                        new DEROctetString(Arrays.copyOfRange(raw, hashAt, hashAt + HASH_BYTES)),
                        new DEROctetString(Arrays.copyOfRange(raw, hashAt + HASH_BYTES, raw.length))
                    })
                    .getEncoded("DER");
        } catch (InvalidCipherTextException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte[] decrypt(EncryptionAlgorithm algorithm, byte[] ciphertext) throws InvalidCiphertext {
        try {
            ASN1Sequence sequence = ASN1Sequence.getInstance(ciphertext);
            if (sequence.size() != 4 || !Arrays.areEqual(sequence.getEncoded("DER"), ciphertext)) {
                throw new InvalidCiphertext();
            }
            byte[] hash = ASN1OctetString.getInstance(sequence.getObjectAt(2)).getOctets();
            if (hash.length != HASH_BYTES) {
                throw new InvalidCiphertext();
            }
            byte[] raw = Arrays.concatenate(
                    Arrays.concatenate(new byte[] {4}, coordinate(sequence, 0), coordinate(sequence, 1)),
                    hash,
                    ASN1OctetString.getInstance(sequence.getObjectAt(3)).getOctets());
            SM2Engine engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
            engine.init(false, privateKey);
            return engine.processBlock(raw, 0, raw.length);
        } catch (InvalidCipherTextException | IOException | RuntimeException e) {
            throw new InvalidCiphertext();
        }
    }

    private static byte[] coordinate(ASN1Sequence sequence, int index) {
        return BigIntegers.asUnsignedByteArray(
                COORDINATE_BYTES,
                ASN1Integer.getInstance(sequence.getObjectAt(index)).getPositiveValue());
    }

    @Override
    public byte[] agree(byte[] peerPublicKey) throws InvalidKeyMaterial {
        return diffieHellman(peerPublicKey);
    }
}
