package io.pileus.sts;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Caller;
import io.pileus.core.policy.AttachedPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Temporary credentials and whom they make their holder.
 *
 * @param kind what kind of principal the holder is
 * @param principal whose permissions the session has, and under which names
 * @param traits what the session carries beside
 */
public record Session(
        String accessKeyId,
        String secretAccessKey,
        String sessionToken,
        Instant issuedAt,
        Instant expiration,
        Caller.Kind kind,
        Principal principal,
        Traits traits) {

    /**
     * Who the holder is.
     *
     * @param arn the session's ARN
     * @param userId the unique id that GetCallerIdentity shows
     * @param issuerArn the role or user whose permissions the session has
     * @param issuerId its unique id
     */
    public record Principal(AccountId account, String arn, String userId, String issuerArn, String issuerId) {}

    /**
     * What a session carries.
     *
     * @param tags principal tags: those of the role or user, overridden by the session's own
     * @param transitiveTags the session tags that go on to sessions of roles taken on from here
     * @param sourceIdentity empty for none
     * @param mfaAt when the holder proved an MFA device
     * @param policies the session policies, which narrow what the session may do
     * @param federatedProvider the identity provider that vouched for the holder; empty for none
     */
    public record Traits(
            Map<String, String> tags,
            Map<String, String> transitiveTags,
            String sourceIdentity,
            Optional<Instant> mfaAt,
            List<AttachedPolicy> policies,
            String federatedProvider,
            Set<String> sessionTagKeys) {
        public static final Traits NONE = new Traits(Map.of(), Map.of(), "", Optional.empty(), List.of(), "", Set.of());

        public Traits {
            tags = Map.copyOf(tags);
            transitiveTags = Map.copyOf(transitiveTags);
            policies = List.copyOf(policies);
            sessionTagKeys = Set.copyOf(sessionTagKeys);
        }
    }

    /** The caller that the holder of these credentials is. */
    public Caller caller() {
        return new Caller(principal.account(), principal.arn(), principal.userId(), accessKeyId, kind, traits.tags());
    }

    /** Everything but the secrets. */
    @Override
    public String toString() {
        return accessKeyId + " " + principal.arn() + " until " + expiration;
    }
}
