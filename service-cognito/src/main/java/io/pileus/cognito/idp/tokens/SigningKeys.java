package io.pileus.cognito.idp.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.pileus.cognito.idp.crypto.Digests;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A pool's two RSA keys: one signs ID tokens, the other access tokens, as in AWS. They are made when first needed,
 * because a 2,048-bit pair costs some hundred milliseconds and many pools never issue a token.
 */
public final class SigningKeys {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable List<RSAKey> keys;

    public RSAKey idTokenKey() {
        return keys().get(0);
    }

    public RSAKey accessTokenKey() {
        return keys().get(1);
    }

    /** The private half of a key. */
    public static PrivateKey privateKey(RSAKey key) {
        try {
            return key.toRSAPrivateKey();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public keys as JSON. */
    public String jwks() {
        return new JWKSet(List.copyOf(keys())).toString(true);
    }

    private List<RSAKey> keys() {
        lock.lock();
        try {
            List<RSAKey> made = keys;
            if (made == null) {
                made = List.of(generate(), generate());
                keys = made;
            }
            return made;
        } finally {
            lock.unlock();
        }
    }

    private static RSAKey generate() {
        try {
            RSAKey key = new RSAKeyGenerator(2048)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyUse(KeyUse.SIGNATURE)
                    .generate();
            String kid = Base64.getEncoder()
                    .encodeToString(Digests.sha256(key.getModulus().decode()));
            return new RSAKey.Builder(key).keyID(kid).build();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
