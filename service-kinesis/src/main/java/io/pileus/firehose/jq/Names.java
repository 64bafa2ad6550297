package io.pileus.firehose.jq;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** What a query may call, read and break out of at the place that is being parsed, and how deep that is. */
final class Names {
    private static final int DEPTH_MAX = 200;

    private final Predicate<String> builtins;
    private Known known = new Known(Set.of(), Set.of(), Set.of());
    private int depth;

    /** What is known at one place. */
    record Known(Set<String> functions, Set<String> variables, Set<String> labels) {}

    /** @param builtins whether a function of that name and arity, such as {@code map/1}, is there */
    Names(Predicate<String> builtins) {
        this.builtins = builtins;
    }

    Known known() {
        return known;
    }

    /** Forgets what was declared since. */
    void restore(Known before) {
        known = before;
    }

    void function(String signature) {
        known = new Known(with(known.functions, signature), known.variables, known.labels);
    }

    void variable(String name) {
        known = new Known(known.functions, with(known.variables, name), known.labels);
    }

    void label(String name) {
        known = new Known(known.functions, known.variables, with(known.labels, name));
    }

    private static Set<String> with(Set<String> names, String name) {
        Set<String> more = new HashSet<>(names);
        more.add(name);
        return more;
    }

    boolean hasFunction(String signature) {
        return known.functions.contains(signature) || builtins.test(signature);
    }

    boolean hasVariable(String name) {
        return known.variables.contains(name);
    }

    boolean hasLabel(String name) {
        return known.labels.contains(name);
    }

    void enter() {
        if (++depth > DEPTH_MAX) {
            throw new JqSyntaxException("the query is nested more than " + DEPTH_MAX + " deep");
        }
    }

    void leave() {
        depth--;
    }
}
