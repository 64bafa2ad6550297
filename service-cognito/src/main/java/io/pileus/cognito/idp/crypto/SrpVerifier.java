package io.pileus.cognito.idp.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * What a server keeps of an SRP password: the salt and the verifier {@code v = g^x mod N} with
 * {@code x = H(salt | H(group + identity + ":" + password))}. For users the group is the pool's name (the part of the pool
 * id after the underscore) and the identity the user's name; for devices the device group key and the device key.
 */
public record SrpVerifier(BigInteger salt, BigInteger verifier) {

    /** Computes the verifier of a password under a new salt of 128 bits. */
    public static SrpVerifier of(String group, String identity, String password, SecureRandom random) {
        return of(group, identity, password, new BigInteger(128, random));
    }

    static SrpVerifier of(String group, String identity, String password, BigInteger salt) {
        BigInteger x =
                SrpGroup.hash(salt.toByteArray(), Digests.sha256(Digests.utf8(group + identity + ":" + password)));
        return new SrpVerifier(salt, SrpGroup.G.modPow(x, SrpGroup.N));
    }

    /** Whether it is of this password. */
    public boolean isOf(String group, String identity, String password) {
        BigInteger other = of(group, identity, password, salt).verifier();
        return Digests.equal(verifier.toByteArray(), other.toByteArray());
    }

    @Override
    public String toString() {
        return "SrpVerifier";
    }
}
