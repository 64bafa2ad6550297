package io.pileus.kms.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.jspecify.annotations.Nullable;

/** A hash function of a signature algorithm. */
public enum Hash {
    SHA_256("SHA-256", 32, NISTObjectIdentifiers.id_sha256),
    SHA_384("SHA-384", 48, NISTObjectIdentifiers.id_sha384),
    SHA_512("SHA-512", 64, NISTObjectIdentifiers.id_sha512),
    SM3(null, 32, null),
    /** The hash inside ML-DSA; never computed on its own. */
    SHAKE_256(null, 64, null);

    private final @Nullable String jcaName;
    private final int length;
    private final @Nullable ASN1ObjectIdentifier oid;

    Hash(@Nullable String jcaName, int length, @Nullable ASN1ObjectIdentifier oid) {
        this.jcaName = jcaName;
        this.length = length;
        this.oid = oid;
    }

    /** The length of the hash in bytes. */
    public int length() {
        return length;
    }

    String jcaName() {
        if (jcaName == null) {
            throw new IllegalStateException("the JDK has no " + this);
        }
        return jcaName;
    }

    ASN1ObjectIdentifier oid() {
        if (oid == null) {
            throw new IllegalStateException("no PKCS #1 signatures with " + this);
        }
        return oid;
    }

    byte[] of(byte[] message) {
        try {
            return MessageDigest.getInstance(jcaName()).digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Digest bouncyCastle() {
        return switch (this) {
            case SHA_256 -> SHA256Digest.newInstance();
            case SHA_384 -> new SHA384Digest();
            case SHA_512 -> new SHA512Digest();
            case SM3 -> new SM3Digest();
            case SHAKE_256 -> throw new IllegalStateException("ML-DSA hashes by itself");
        };
    }
}
