package io.pileus.core.identity;

import java.util.Map;
import java.util.Optional;

/**
 * Who makes a call.
 *
 * @param account the account the caller belongs to
 * @param principalArn the caller's ARN, such as {@code arn:aws:iam::000000000000:root} or {@code arn:aws:sts::…:assumed-role/name/session}
 * @param userId the unique id that GetCallerIdentity shows, such as {@code AROA…:session}
 * @param accessKeyId the access key the request was signed with; empty for unsigned and internal calls
 * @param kind what kind of principal it is
 * @param sessionTags principal tags that a session carries (for policy variables and conditions)
 */
public record Caller(
        AccountId account,
        String principalArn,
        String userId,
        String accessKeyId,
        Kind kind,
        Map<String, String> sessionTags) {

    /** The kinds of principal. */
    public enum Kind {
        ROOT,
        USER,
        ASSUMED_ROLE,
        FEDERATED_USER,
        SERVICE,
        ANONYMOUS
    }

    public Caller {
        sessionTags = Map.copyOf(sessionTags);
    }

    /** The root of an account: who a caller is when its access key was not issued by us. */
    public static Caller root(AccountId account, String accessKeyId) {
        return new Caller(account, "arn:aws:iam::" + account + ":root", account.id(), accessKeyId, Kind.ROOT, Map.of());
    }

    /** An AWS service acting on its own, such as {@code sns.amazonaws.com}. */
    public static Caller service(AccountId account, String servicePrincipal) {
        return new Caller(account, servicePrincipal, servicePrincipal, "", Kind.SERVICE, Map.of());
    }

    /** Who gives no name.
     *
     * @param account whose resources are asked for
     */
    public static Caller anonymous(AccountId account) {
        return new Caller(account, "", "", "", Kind.ANONYMOUS, Map.of());
    }

    /** The service principal's name, where the caller is a service. */
    public Optional<String> serviceName() {
        return kind == Kind.SERVICE ? Optional.of(principalArn) : Optional.empty();
    }
}
