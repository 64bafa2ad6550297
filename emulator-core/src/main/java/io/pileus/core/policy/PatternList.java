package io.pileus.core.policy;

import java.util.List;

/**
 * The value of {@code Action}, {@code Resource} or their {@code Not…} form.
 *
 * @param negated whether it is the {@code Not…} form, which applies where no pattern matches
 * @param patterns the patterns as written; empty when the statement does not have the element, which then always applies
 */
public record PatternList(boolean negated, List<String> patterns) {
    /** The element is not there. */
    public static final PatternList ABSENT = new PatternList(false, List.of());

    public PatternList {
        patterns = List.copyOf(patterns);
    }

    public boolean isPresent() {
        return !patterns.isEmpty();
    }
}
