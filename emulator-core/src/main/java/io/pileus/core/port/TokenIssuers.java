package io.pileus.core.port;

import java.util.Optional;

/** The issuers of OpenID Connect tokens that live in this process, so that their tokens are checked without HTTP. */
public interface TokenIssuers {

    /**
     * The keys that an issuer signs with.
     *
     * @param issuer the {@code iss} claim, with its scheme
     * @return a JSON Web Key Set (RFC 7517) of public keys; empty when the issuer is not one of ours
     */
    Optional<String> keysOf(String issuer);
}
