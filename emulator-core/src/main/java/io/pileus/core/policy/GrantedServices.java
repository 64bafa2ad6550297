package io.pileus.core.policy;

import java.util.Locale;

/** Which services, and actions, a policy allows at all. Denials, boundaries and conditions are left out of account, as AWS leaves them. */
public final class GrantedServices {
    private GrantedServices() {}

    /** @param namespace the service's prefix in actions, such as {@code sqs} */
    public static boolean grants(PolicyDocument document, String namespace) {
        return document.statements().stream()
                .filter(s -> s.effect() == Effect.ALLOW)
                .anyMatch(s -> grants(s, namespace.toLowerCase(Locale.ROOT)));
    }

    /** @param action such as {@code kms:PutKeyPolicy} */
    public static boolean grantsAction(PolicyDocument document, String action) {
        return document.statements().stream()
                .filter(s -> s.effect() == Effect.ALLOW)
                .anyMatch(s ->
                        s.actions().patterns().stream().anyMatch(p -> Glob.of(p).matchesIgnoringCase(action))
                                != s.actions().negated());
    }

    private static boolean grants(Statement statement, String namespace) {
        if (statement.actions().negated()) {
            return statement.actions().patterns().stream().noneMatch(p -> coversAll(p, namespace));
        }
        return statement.actions().patterns().stream().anyMatch(p -> prefixMatches(p, namespace));
    }

    private static boolean coversAll(String pattern, String namespace) {
        return pattern.equals("*") || (pattern.endsWith(":*") && prefixMatches(pattern, namespace));
    }

    private static boolean prefixMatches(String pattern, String namespace) {
        int colon = pattern.indexOf(':');
        String prefix = colon < 0 ? pattern : pattern.substring(0, colon);
        return Glob.of(prefix).matchesIgnoringCase(namespace);
    }
}
