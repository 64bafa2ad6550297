package io.pileus.core.policy;

import java.util.List;
import java.util.Optional;

/**
 * One statement of a policy.
 *
 * @param index its place in the document, from 0
 * @param sid its own id; empty for none
 * @param variables whether policy variables are filled in, which the document's version decides
 * @param span where it stands in the text
 */
public record Statement(
        int index,
        String sid,
        Effect effect,
        Principals principals,
        PatternList actions,
        PatternList resources,
        List<Condition> conditions,
        boolean variables,
        Span span) {

    /** Where a statement begins and ends; lines and columns count from 1. */
    public record Span(int line, int column, int endLine, int endColumn) {}

    public Statement {
        conditions = List.copyOf(conditions);
    }

    /** Whether action, resource and conditions apply; the principal is judged apart. */
    public boolean applies(String action, String resource, RequestContext context) {
        return matchesAction(action) && matchesResource(resource, context) && conditionsHold(context);
    }

    private boolean matchesAction(String action) {
        boolean any = actions.patterns().stream().anyMatch(p -> Glob.of(p).matchesIgnoringCase(action));
        return any != actions.negated();
    }

    private boolean matchesResource(String resource, RequestContext context) {
        if (!resources.isPresent()) {
            return true;
        }
        boolean any = resources.patterns().stream().anyMatch(p -> {
            if (p.equals("*")) {
                return true;
            }
            Optional<Glob> glob = variables ? PolicyVariables.expand(p, context) : Optional.of(Glob.of(p));
            return glob.map(g -> g.matches(resource)).orElse(false);
        });
        return any != resources.negated();
    }

    private boolean conditionsHold(RequestContext context) {
        for (Condition condition : conditions) {
            if (!condition.holds(context, variables)) {
                return false;
            }
        }
        return true;
    }
}
