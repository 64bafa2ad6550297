package io.pileus.core.policy;

import java.util.List;
import java.util.Optional;

/**
 * What the policies say of a request, and why.
 *
 * @param outcome allowed, or denied and how
 * @param decidedBy the place that denied: whose statement denies, or where an allow is missing; empty when allowed
 * @param statements the statements that led to the outcome: the denying one, or those that allow
 */
public record Decision(Outcome outcome, Optional<AttachedPolicy.Place> decidedBy, List<Matched> statements) {

    /** The three answers of the evaluation. */
    public enum Outcome {
        ALLOWED("allowed"),
        IMPLICIT_DENY("implicitDeny"),
        EXPLICIT_DENY("explicitDeny");

        private final String wire;

        Outcome(String wire) {
            this.wire = wire;
        }

        /** The word of IAM's simulator. */
        public String wire() {
            return wire;
        }
    }

    /** A statement that applies to the request. */
    public record Matched(AttachedPolicy policy, Statement statement) {}

    public Decision {
        statements = List.copyOf(statements);
    }

    static Decision allowed(List<Matched> statements) {
        return new Decision(Outcome.ALLOWED, Optional.empty(), statements);
    }

    static Decision explicitDeny(Matched by) {
        return new Decision(Outcome.EXPLICIT_DENY, Optional.of(by.policy().place()), List.of(by));
    }

    static Decision implicitDeny(AttachedPolicy.Place missing, List<Matched> allowing) {
        return new Decision(Outcome.IMPLICIT_DENY, Optional.of(missing), allowing);
    }

    public boolean isAllowed() {
        return outcome == Outcome.ALLOWED;
    }

    /**
     * AWS's message for a denied request.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html">Access denied messages</a>
     */
    public String message(AccessRequest request) {
        String who = request.subject().arn().isEmpty()
                ? request.subject().service()
                : request.subject().arn();
        String text = "User: " + (who.isEmpty() ? "anonymous" : who) + " is not authorized to perform: "
                + request.action() + (request.resource().equals("*") ? "" : " on resource: " + request.resource());
        return text
                + decidedBy
                        .map(place -> switch (outcome) {
                            case EXPLICIT_DENY -> " with an explicit deny in " + place.wordsWithArticle();
                            case IMPLICIT_DENY ->
                                " because no " + place.words() + " allows the " + request.action() + " action";
                            case ALLOWED -> "";
                        })
                        .orElse("");
    }
}
