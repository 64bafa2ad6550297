package io.pileus.sts;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys that our own web identity tokens are signed with, made when they are first needed. */
final class OutboundTokens {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable RSAKey rsa;
    private @Nullable ECKey ec;

    /** A signed token. */
    String sign(String algorithm, JWTClaimsSet claims) {
        try {
            JWK key = key(algorithm);
            JWSSigner signer = key instanceof RSAKey rsaKey ? new RSASSASigner(rsaKey) : new ECDSASigner((ECKey) key);
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.parse(algorithm))
                            .keyID(key.getKeyID())
                            .type(com.nimbusds.jose.JOSEObjectType.JWT)
                            .build(),
                    claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public keys as a JSON Web Key Set; makes those that are not there, which takes its time. */
    String allKeys() {
        return new JWKSet(List.of(key("RS256"), key("ES384"))).toPublicJWKSet().toString();
    }

    /** The public keys that have signed anything yet. */
    String keysInUse() {
        lock.lock();
        try {
            return new JWKSet(Stream.<JWK>of(rsa, ec).filter(Objects::nonNull).toList())
                    .toPublicJWKSet()
                    .toString();
        } finally {
            lock.unlock();
        }
    }

    /** The key pairs that have been made, as JSON Web Keys. */
    List<String> saved() {
        lock.lock();
        try {
            return Stream.<JWK>of(rsa, ec)
                    .filter(Objects::nonNull)
                    .map(JWK::toJSONString)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    void restore(List<String> keys) {
        lock.lock();
        try {
            for (String text : keys) {
                switch (JWK.parse(text)) {
                    case RSAKey key -> rsa = key;
                    case ECKey key -> ec = key;
                    default -> throw new IllegalArgumentException("neither an RSA nor an EC key");
                }
            }
        } catch (ParseException e) {
            throw new IllegalArgumentException(e);
        } finally {
            lock.unlock();
        }
    }

    private JWK key(String algorithm) {
        lock.lock();
        try {
            if (algorithm.equals("RS256")) {
                if (rsa == null) {
                    rsa = new RSAKeyGenerator(2048)
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(JWSAlgorithm.RS256)
                            .keyIDFromThumbprint(true)
                            .generate();
                }
                return rsa;
            }
            if (ec == null) {
                ec = new ECKeyGenerator(Curve.P_384)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(JWSAlgorithm.ES384)
                        .keyIDFromThumbprint(true)
                        .generate();
            }
            return ec;
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        } finally {
            lock.unlock();
        }
    }
}
