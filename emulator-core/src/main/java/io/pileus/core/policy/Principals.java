package io.pileus.core.policy;

import java.util.List;

/**
 * The value of {@code Principal} or {@code NotPrincipal}.
 *
 * @param negated whether it is {@code NotPrincipal}
 * @param members empty when the statement has neither
 */
public record Principals(boolean negated, List<Member> members) {
    /** The element is not there. */
    public static final Principals ABSENT = new Principals(false, List.of());

    /** The kinds of principal that a policy can name. */
    public enum Type {
        AWS("AWS"),
        SERVICE("Service"),
        FEDERATED("Federated"),
        CANONICAL_USER("CanonicalUser");

        private final String wire;

        Type(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }
    }

    /** How far a statement's principal grants what the statement allows. */
    public enum Reach {
        /** The statement is not about the caller. */
        NONE,
        /** It names the caller's account, which must then grant the caller by its own policies. */
        ACCOUNT,
        /** It names the caller's role, or everyone: identity policies need not agree, boundary and session policies must. */
        ROLE,
        /** It names the user, the session or the service itself. */
        DIRECT
    }

    /** One principal as a policy names it. */
    public record Member(Type type, String value) {}

    public Principals {
        members = List.copyOf(members);
    }

    public boolean isPresent() {
        return !members.isEmpty();
    }

    /** How far the element reaches the subject. */
    public Reach reach(Subject subject) {
        Reach best = Reach.NONE;
        for (Member member : members) {
            Reach reach = reach(member, subject);
            if (reach.compareTo(best) > 0) {
                best = reach;
            }
        }
        if (!negated) {
            return best;
        }
        return best == Reach.NONE ? Reach.ROLE : Reach.NONE;
    }

    private static Reach reach(Member member, Subject subject) {
        String value = member.value();
        return switch (member.type()) {
            case AWS -> aws(value, subject);
            case SERVICE -> value.equals(subject.service()) ? Reach.DIRECT : Reach.NONE;
            case FEDERATED ->
                !subject.federatedProvider().isEmpty()
                                && (value.equals("*") || value.equals(subject.federatedProvider()))
                        ? Reach.DIRECT
                        : Reach.NONE;
            case CANONICAL_USER -> Reach.NONE;
        };
    }

    private static Reach aws(String value, Subject subject) {
        if (value.equals("*")) {
            return Reach.ROLE;
        }
        if (value.isEmpty() || subject.account().isEmpty()) {
            return Reach.NONE;
        }
        if (value.equals(subject.arn())) {
            return subject.isRoleSession() && value.equals(subject.issuerArn()) ? Reach.ROLE : Reach.DIRECT;
        }
        if (value.equals(subject.issuerArn())) {
            return Reach.ROLE;
        }
        if (value.equals(subject.account()) || isRootOf(value, subject.account())) {
            return Reach.ACCOUNT;
        }
        return value.equals(subject.uniqueId()) ? (subject.isRoleSession() ? Reach.ROLE : Reach.DIRECT) : Reach.NONE;
    }

    private static boolean isRootOf(String arn, String account) {
        return arn.startsWith("arn:") && arn.endsWith(":iam::" + account + ":root");
    }
}
