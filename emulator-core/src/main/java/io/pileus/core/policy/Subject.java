package io.pileus.core.policy;

import io.pileus.core.identity.Caller;

/**
 * Who asks, as policies see it.
 *
 * @param kind the kind of principal
 * @param account the account's 12 digits; empty for services, federated identities and anonymous callers
 * @param arn the principal's own ARN: a user's, a session's, root's; empty for services and anonymous callers
 * @param issuerArn the role that a session was taken on from, or the user whose permissions a federated user has; otherwise {@code arn}
 * @param uniqueId the unique id ({@code AIDA…}, {@code AROA…}) that policies may name instead of the ARN; empty for none
 * @param service the service principal, such as {@code lambda.amazonaws.com}; empty for others
 * @param federatedProvider the identity provider (ARN or well-known name) that vouches for the caller; empty for others
 */
public record Subject(
        Caller.Kind kind,
        String account,
        String arn,
        String issuerArn,
        String uniqueId,
        String service,
        String federatedProvider) {

    /** A caller, by what its own ARN and ids tell: of a role that a session was taken on from, the path is not known. */
    public static Subject of(Caller caller) {
        String account = caller.account().id();
        return switch (caller.kind()) {
            case ROOT -> root(account);
            case USER -> user(account, caller.principalArn(), caller.userId());
            case ASSUMED_ROLE -> {
                String[] session = caller.principalArn().split("/");
                String roleArn =
                        session.length < 2 ? caller.principalArn() : "arn:aws:iam::" + account + ":role/" + session[1];
                yield roleSession(
                        account, caller.principalArn(), roleArn, caller.userId().split(":", 2)[0]);
            }
            case FEDERATED_USER -> federatedUser(account, caller.principalArn(), "arn:aws:iam::" + account + ":root");
            case SERVICE -> service(caller.principalArn());
            case ANONYMOUS -> anonymous();
        };
    }

    /** The root of an account. */
    public static Subject root(String account) {
        String arn = "arn:aws:iam::" + account + ":root";
        return new Subject(Caller.Kind.ROOT, account, arn, arn, account, "", "");
    }

    public static Subject user(String account, String arn, String uniqueId) {
        return new Subject(Caller.Kind.USER, account, arn, arn, uniqueId, "", "");
    }

    public static Subject roleSession(String account, String sessionArn, String roleArn, String roleId) {
        return new Subject(Caller.Kind.ASSUMED_ROLE, account, sessionArn, roleArn, roleId, "", "");
    }

    /** A federated user; its permissions come from the user (or root) that asked for the session. */
    public static Subject federatedUser(String account, String arn, String userArn) {
        return new Subject(Caller.Kind.FEDERATED_USER, account, arn, userArn, "", "", "");
    }

    public static Subject service(String servicePrincipal) {
        return new Subject(Caller.Kind.SERVICE, "", "", "", "", servicePrincipal, "");
    }

    /** Someone whom only an identity provider vouches for: who takes on a role with a web identity or SAML. */
    public static Subject federated(String provider) {
        return new Subject(Caller.Kind.ANONYMOUS, "", "", "", "", "", provider);
    }

    public static Subject anonymous() {
        return new Subject(Caller.Kind.ANONYMOUS, "", "", "", "", "", "");
    }

    boolean isRoleSession() {
        return kind == Caller.Kind.ASSUMED_ROLE;
    }
}
