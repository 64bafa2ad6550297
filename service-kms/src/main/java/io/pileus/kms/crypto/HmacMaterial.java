package io.pileus.kms.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An HMAC key; as long as the hash of its algorithm. */
public final class HmacMaterial implements KeyMaterial {
    private final KeySpec spec;
    private final byte[] secret;

    private HmacMaterial(KeySpec spec, byte[] secret) {
        this.spec = spec;
        this.secret = secret;
    }

    static HmacMaterial generate(KeySpec spec, SecureRandom random) {
        byte[] secret = new byte[spec.size() / 8];
        random.nextBytes(secret);
        return new HmacMaterial(spec, secret);
    }

    static HmacMaterial of(KeySpec spec, byte[] secret) throws InvalidKeyMaterial {
        if (secret.length != spec.size() / 8) {
            throw new InvalidKeyMaterial("a key of spec " + spec + " has " + spec.size() + " bits");
        }
        return new HmacMaterial(spec, secret.clone());
    }

    @Override
    public KeySpec spec() {
        return spec;
    }

    @Override
    public byte[] secret() {
        return secret;
    }

    public byte[] mac(MacAlgorithm algorithm, byte[] message) {
        try {
            Mac mac = Mac.getInstance(algorithm.jcaName());
            mac.init(new SecretKeySpec(secret, algorithm.jcaName()));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean verify(MacAlgorithm algorithm, byte[] message, byte[] mac) {
        return MessageDigest.isEqual(mac(algorithm, message), mac);
    }

    @Override
    public String toString() {
        return "HmacMaterial[" + spec + "]";
    }
}
