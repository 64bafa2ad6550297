package io.pileus.core.port;

import io.pileus.core.identity.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The credentials that STS and IAM have issued, and the sessions of roles that services take on. */
public interface RoleSessions {

    /**
     * Who an access key belongs to.
     *
     * @param sessionToken the token that came with the request; empty for long-term keys
     */
    Lookup lookup(String accessKeyId, Optional<String> sessionToken);

    /** The secret of an access key we issued, for checking signatures. */
    Optional<String> secretOf(String accessKeyId);

    /**
     * Takes on a role for a service; the role's trust policy must allow the principal.
     *
     * @param servicePrincipal who takes it on, such as {@code states.amazonaws.com}
     * @param sourceArn the resource on whose behalf it does, such as a state machine, for trust policies'
     *     {@code aws:SourceArn}; empty for none
     */
    Assumed assumeForService(String roleArn, String servicePrincipal, String sessionName, String sourceArn);

    /**
     * Takes on a role for a web identity, as an identity pool does; the role's trust policy must allow it.
     *
     * @param claims the token's claims that conditions may use, such as {@code cognito-identity.amazonaws.com:aud}
     */
    Assumed assumeForWebIdentity(
            String roleArn,
            String provider,
            Map<String, String> claims,
            String sessionName,
            Duration duration,
            Map<String, String> sessionTags,
            Optional<String> sessionPolicy);

    /** What a lookup gave. */
    sealed interface Lookup {}

    record Known(Caller caller) implements Lookup {}

    /** An error to answer with, such as {@code ExpiredToken} or {@code InvalidClientTokenId}. */
    record Invalid(String code, String message) implements Lookup {}

    /** Not one of ours. */
    record Unknown() implements Lookup {}

    /** What taking on a role gave. */
    sealed interface Assumed {}

    record Session(String accessKeyId, String secretAccessKey, String sessionToken, Instant expiration, Caller caller)
            implements Assumed {}

    /** An error such as {@code AccessDenied}. */
    record Denied(String code, String message) implements Assumed {}
}
