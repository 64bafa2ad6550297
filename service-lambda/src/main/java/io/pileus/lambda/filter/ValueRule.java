package io.pileus.lambda.filter;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.policy.AddressRange;
import java.math.BigDecimal;
import java.util.List;

/** What one value of an event must be like: one of the alternatives in a pattern's list. */
sealed interface ValueRule {

    /** Whether a value that is there (a string, a number, true, false or null) is as the rule has it. */
    boolean matches(JsonNode value);

    /**
     * Exactly this value. Numbers are compared as they are written: 300, 300.0 and 3.0e2 differ.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax">Filter rule
     *     syntax</a>
     */
    record Exactly(JsonNode expected) implements ValueRule {
        @Override
        public boolean matches(JsonNode value) {
            if (!expected.isNumber() || !value.isNumber()) {
                return expected.equals(value);
            }
            return expected.isIntegralNumber() == value.isIntegralNumber()
                    && (expected.isIntegralNumber()
                            ? expected.bigIntegerValue().equals(value.bigIntegerValue())
                            : expected.decimalValue().equals(value.decimalValue()));
        }
    }

    /** Whether there is a value at all; decided by {@link EventPattern}, which sees what is not there. */
    record Exists(boolean wanted) implements ValueRule {
        @Override
        public boolean matches(JsonNode value) {
            return wanted;
        }
    }

    /** Text that begins so. */
    record Prefix(String prefix, Case letters) implements ValueRule {
        @Override
        public boolean matches(JsonNode value) {
            return value.isTextual()
                    && value.textValue().regionMatches(letters == Case.IGNORED, 0, prefix, 0, prefix.length());
        }
    }

    /** Text that ends so. */
    record Suffix(String suffix, Case letters) implements ValueRule {
        @Override
        public boolean matches(JsonNode value) {
            if (!value.isTextual()) {
                return false;
            }
            String text = value.textValue();
            int from = text.length() - suffix.length();
            return from >= 0 && text.regionMatches(letters == Case.IGNORED, from, suffix, 0, suffix.length());
        }
    }

    /** Whether upper and lower case differ. */
    enum Case {
        MATTERS,
        IGNORED
    }

    /** This text in upper or lower case. */
    record EqualsIgnoreCase(String expected) implements ValueRule {
        @Override
        public boolean matches(JsonNode value) {
            return value.isTextual() && value.textValue().equalsIgnoreCase(expected);
        }
    }

    /** Text that a wildcard pattern fits. */
    record Like(Wildcard wildcard) implements ValueRule {
        @Override
        public boolean matches(JsonNode value) {
            return value.isTextual() && wildcard.matches(value.textValue());
        }
    }

    /** An IP address of the range. */
    record Cidr(AddressRange range) implements ValueRule {
        @Override
        public boolean matches(JsonNode value) {
            return value.isTextual() && range.contains(value.textValue());
        }
    }

    /** A number that holds against all comparisons. */
    record Numeric(List<Comparison> comparisons) implements ValueRule {
        public Numeric {
            comparisons = List.copyOf(comparisons);
        }

        @Override
        public boolean matches(JsonNode value) {
            return value.isNumber() && comparisons.stream().allMatch(c -> c.holds(value.decimalValue()));
        }
    }

    /** A comparison with a number. */
    record Comparison(Operator operator, BigDecimal operand) {
        boolean holds(BigDecimal value) {
            int order = value.compareTo(operand);
            return switch (operator) {
                case EQUAL -> order == 0;
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                case GREATER_OR_EQUAL -> order >= 0;
            };
        }
    }

    /** How to compare. */
    enum Operator {
        EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }

    /** A value that none of the rules fits. */
    record AnythingBut(List<ValueRule> refused) implements ValueRule {
        public AnythingBut {
            refused = List.copyOf(refused);
        }

        @Override
        public boolean matches(JsonNode value) {
            return refused.stream().noneMatch(rule -> rule.matches(value));
        }
    }

    /** This number, however it is written: what anything-but refuses. */
    record SameNumber(BigDecimal number) implements ValueRule {
        @Override
        public boolean matches(JsonNode value) {
            return value.isNumber() && value.decimalValue().compareTo(number) == 0;
        }
    }
}
