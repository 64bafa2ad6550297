package io.pileus.cognito.idp.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.pileus.cognito.idp.crypto.Digests;
import java.security.PrivateKey;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A pool's two RSA keys: one signs ID tokens, the other access tokens, as in AWS. They are made when first needed,
 * because a 2,048-bit pair costs some hundred milliseconds and many pools never issue a token. Readers take no lock once
 * they are there.
 */
public final class SigningKeys {
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Pair pair;

    /** What one of the keys is for. */
    public enum Use {
        ID_TOKEN,
        ACCESS_TOKEN
    }

    /** A key with what signs and verifies by it, which costs more to make than to use. */
    private record Key(RSAKey key, JWSHeader header, JWSSigner signer, JWSVerifier verifier) {
        static Key of(RSAKey key) {
            try {
                JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(key.getKeyID())
                        .build();
                return new Key(key, header, new RSASSASigner(key), new RSASSAVerifier(key.toRSAPublicKey()));
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String toString() {
            return "Key[" + key.getKeyID() + "]";
        }
    }

    private record Pair(Key idToken, Key accessToken, String jwks) {
        static Pair of(RSAKey idToken, RSAKey accessToken) {
            String jwks = new JWKSet(List.of(idToken, accessToken)).toString(true);
            return new Pair(Key.of(idToken), Key.of(accessToken), jwks);
        }

        Key key(Use use) {
            return use == Use.ID_TOKEN ? idToken : accessToken;
        }
    }

    public RSAKey idTokenKey() {
        return pair().idToken().key();
    }

    public RSAKey accessTokenKey() {
        return pair().accessToken().key();
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
        return pair().jwks();
    }

    /** Whether the keys exist already, so that nothing here takes long. */
    public boolean made() {
        return pair != null;
    }

    /** A signed token in its compact form. */
    public String sign(Use use, JWTClaimsSet claims) {
        Key key = pair().key(use);
        try {
            SignedJWT jwt = new SignedJWT(key.header(), claims);
            jwt.sign(key.signer());
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the token has this key's signature; keys that were never needed have signed nothing. */
    public boolean signed(Use use, SignedJWT jwt) {
        Pair made = pair;
        try {
            return made != null
                    && JWSAlgorithm.RS256.equals(jwt.getHeader().getAlgorithm())
                    && jwt.verify(made.key(use).verifier());
        } catch (JOSEException e) {
            return false;
        }
    }

    /** Both keys with their private parts as JSON, to be kept over a restart; empty when they were never needed. */
    public Optional<String> secretJwks() {
        return Optional.ofNullable(pair)
                .map(made -> new JWKSet(
                                List.of(made.idToken().key(), made.accessToken().key()))
                        .toString(false));
    }

    /** Takes the keys of {@link #secretJwks} in the place of those there are. */
    public void restore(String secretJwks) {
        try {
            List<JWK> keys = JWKSet.parse(secretJwks).getKeys();
            pair = Pair.of(keys.get(0).toRSAKey(), keys.get(1).toRSAKey());
        } catch (ParseException e) {
            throw new IllegalArgumentException("not a pool's signing keys", e);
        }
    }

    private Pair pair() {
        Pair made = pair;
        if (made != null) {
            return made;
        }
        lock.lock();
        try {
            made = pair;
            if (made == null) {
                made = Pair.of(generate(), generate());
                pair = made;
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
