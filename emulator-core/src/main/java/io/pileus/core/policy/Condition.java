package io.pileus.core.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One condition: an operator, the key it looks at, and the values it compares with (any of which will do).
 *
 * @param quantifier how a key with several values is judged
 * @param ifExists whether the condition holds when the request does not carry the key
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">Condition operators</a>
 */
public record Condition(
        Quantifier quantifier, ConditionOperator operator, boolean ifExists, String key, List<String> values) {

    /** How a key with several values is judged. */
    public enum Quantifier {
        NONE,
        FOR_ALL_VALUES,
        FOR_ANY_VALUE
    }

    public Condition {
        values = List.copyOf(values);
    }

    /** The condition that an operator's name, such as {@code ForAllValues:StringLikeIfExists}, says; empty for an unknown name. */
    static Optional<Condition> of(String operatorName, String key, List<String> values) {
        String name = operatorName;
        Quantifier quantifier = Quantifier.NONE;
        int colon = name.indexOf(':');
        if (colon >= 0) {
            switch (name.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "forallvalues" -> quantifier = Quantifier.FOR_ALL_VALUES;
                case "foranyvalue" -> quantifier = Quantifier.FOR_ANY_VALUE;
                default -> {
                    return Optional.empty();
                }
            }
            name = name.substring(colon + 1);
        }
        boolean ifExists = name.length() > 8 && name.regionMatches(true, name.length() - 8, "IfExists", 0, 8);
        if (ifExists) {
            name = name.substring(0, name.length() - 8);
        }
        Optional<ConditionOperator> operator = ConditionOperator.of(name);
        if (operator.isEmpty() || (ifExists && operator.get() == ConditionOperator.NULL)) {
            return Optional.empty();
        }
        return Optional.of(new Condition(quantifier, operator.get(), ifExists, key, values));
    }

    /** Whether the condition holds for the request. */
    boolean holds(RequestContext context, boolean variables) {
        List<String> actual = context.values(key);
        if (operator == ConditionOperator.NULL) {
            boolean absent = actual.isEmpty();
            return values.stream().anyMatch(v -> v.equalsIgnoreCase(String.valueOf(absent)));
        }
        if (actual.isEmpty()) {
            return ifExists
                    || quantifier == Quantifier.FOR_ALL_VALUES
                    || (quantifier == Quantifier.NONE && operator.negated());
        }
        List<Glob> expected = expected(context, variables);
        return switch (quantifier) {
            case FOR_ALL_VALUES -> actual.stream().allMatch(a -> compares(a, expected));
            case FOR_ANY_VALUE -> actual.stream().anyMatch(a -> compares(a, expected));
            case NONE ->
                operator.negated()
                        ? actual.stream().allMatch(a -> compares(a, expected))
                        : actual.stream().anyMatch(a -> compares(a, expected));
        };
    }

    /** Negated operators hold when the value matches none of the expected ones (NOR), the others when it matches one (OR). */
    private boolean compares(String actual, List<Glob> expected) {
        return expected.stream().anyMatch(e -> operator.matches(e, actual)) != operator.negated();
    }

    private List<Glob> expected(RequestContext context, boolean variables) {
        return values.stream()
                .map(v -> variables && operator.takesVariables()
                        ? PolicyVariables.expand(v, context)
                        : Optional.of(Glob.of(v)))
                .flatMap(Optional::stream)
                .toList();
    }
}
