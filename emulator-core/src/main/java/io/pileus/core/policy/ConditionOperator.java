package io.pileus.core.policy;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The condition operators without their modifiers. A value that does not have the operator's type matches nothing.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">Condition operators</a>
 */
public enum ConditionOperator {
    STRING_EQUALS("StringEquals", Family.STRING, false),
    STRING_NOT_EQUALS("StringNotEquals", Family.STRING, true),
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", Family.STRING_IGNORING_CASE, false),
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", Family.STRING_IGNORING_CASE, true),
    STRING_LIKE("StringLike", Family.PATTERN, false),
    STRING_NOT_LIKE("StringNotLike", Family.PATTERN, true),
    NUMERIC_EQUALS("NumericEquals", Family.NUMBER, false),
    NUMERIC_NOT_EQUALS("NumericNotEquals", Family.NUMBER, true),
    NUMERIC_LESS_THAN("NumericLessThan", Family.NUMBER_LESS, false),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", Family.NUMBER_AT_MOST, false),
    NUMERIC_GREATER_THAN("NumericGreaterThan", Family.NUMBER_GREATER, false),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", Family.NUMBER_AT_LEAST, false),
    DATE_EQUALS("DateEquals", Family.DATE, false),
    DATE_NOT_EQUALS("DateNotEquals", Family.DATE, true),
    DATE_LESS_THAN("DateLessThan", Family.DATE_LESS, false),
    DATE_LESS_THAN_EQUALS("DateLessThanEquals", Family.DATE_AT_MOST, false),
    DATE_GREATER_THAN("DateGreaterThan", Family.DATE_GREATER, false),
    DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", Family.DATE_AT_LEAST, false),
    BOOL("Bool", Family.BOOL, false),
    BINARY_EQUALS("BinaryEquals", Family.BINARY, false),
    IP_ADDRESS("IpAddress", Family.ADDRESS, false),
    NOT_IP_ADDRESS("NotIpAddress", Family.ADDRESS, true),
    ARN_EQUALS("ArnEquals", Family.ARN, false),
    ARN_LIKE("ArnLike", Family.ARN, false),
    ARN_NOT_EQUALS("ArnNotEquals", Family.ARN, true),
    ARN_NOT_LIKE("ArnNotLike", Family.ARN, true),
    NULL("Null", Family.PRESENCE, false);

    private enum Family {
        STRING,
        STRING_IGNORING_CASE,
        PATTERN,
        NUMBER,
        NUMBER_LESS,
        NUMBER_AT_MOST,
        NUMBER_GREATER,
        NUMBER_AT_LEAST,
        DATE,
        DATE_LESS,
        DATE_AT_MOST,
        DATE_GREATER,
        DATE_AT_LEAST,
        BOOL,
        BINARY,
        ADDRESS,
        ARN,
        PRESENCE
    }

    private static final int NUMBER_LENGTH_MAX = 64;

    private final String wire;
    private final Family family;
    private final boolean negated;

    ConditionOperator(String wire, Family family, boolean negated) {
        this.wire = wire;
        this.family = family;
        this.negated = negated;
    }

    static Optional<ConditionOperator> of(String name) {
        return Arrays.stream(values())
                .filter(o -> o.wire.equalsIgnoreCase(name))
                .findFirst();
    }

    /** The operator's name in a policy. */
    public String wire() {
        return wire;
    }

    boolean negated() {
        return negated;
    }

    boolean takesVariables() {
        return switch (family) {
            case STRING, STRING_IGNORING_CASE, PATTERN, ARN -> true;
            default -> false;
        };
    }

    /** Whether the request's value matches one value of the policy, negation left aside. */
    boolean matches(Glob expected, String actual) {
        return switch (family) {
            case STRING -> expected.text().equals(actual);
            case STRING_IGNORING_CASE -> expected.text().equalsIgnoreCase(actual);
            case PATTERN -> expected.matches(actual);
            case NUMBER -> compareNumbers(actual, expected, order -> order == 0);
            case NUMBER_LESS -> compareNumbers(actual, expected, order -> order < 0);
            case NUMBER_AT_MOST -> compareNumbers(actual, expected, order -> order <= 0);
            case NUMBER_GREATER -> compareNumbers(actual, expected, order -> order > 0);
            case NUMBER_AT_LEAST -> compareNumbers(actual, expected, order -> order >= 0);
            case DATE -> compareDates(actual, expected, order -> order == 0);
            case DATE_LESS -> compareDates(actual, expected, order -> order < 0);
            case DATE_AT_MOST -> compareDates(actual, expected, order -> order <= 0);
            case DATE_GREATER -> compareDates(actual, expected, order -> order > 0);
            case DATE_AT_LEAST -> compareDates(actual, expected, order -> order >= 0);
            case BOOL -> expected.text().equalsIgnoreCase(actual);
            case BINARY -> sameBytes(expected.text(), actual);
            case ADDRESS ->
                AddressRange.parse(expected.text())
                        .map(range -> range.contains(actual))
                        .orElse(false);
            case ARN -> matchesArn(expected, actual);
            case PRESENCE -> throw new IllegalStateException("Null looks at presence only");
        };
    }

    private static boolean compareNumbers(String actual, Glob expected, IntPredicate order) {
        Optional<BigDecimal> left = number(actual);
        Optional<BigDecimal> right = number(expected.text());
        return left.isPresent() && right.isPresent() && order.test(left.get().compareTo(right.get()));
    }

    private static Optional<BigDecimal> number(String text) {
        if (text.length() > NUMBER_LENGTH_MAX) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(text.trim()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean compareDates(String actual, Glob expected, IntPredicate order) {
        Optional<Instant> left = date(actual);
        Optional<Instant> right = date(expected.text());
        return left.isPresent() && right.isPresent() && order.test(left.get().compareTo(right.get()));
    }

    /** A date as W3C's profile of ISO 8601 writes it, or as seconds since the epoch. */
    private static Optional<Instant> date(String text) {
        String trimmed = text.trim();
        try {
            if (!trimmed.isEmpty()
                    && trimmed.length() <= 18
                    && trimmed.chars().allMatch(c -> c >= '0' && c <= '9')
                    && trimmed.length() > 4) {
                return Optional.of(Instant.ofEpochSecond(Long.parseLong(trimmed)));
            }
            return Optional.of(
                    switch (trimmed.length()) {
                        case 4 ->
                            LocalDate.of(Integer.parseInt(trimmed), 1, 1)
                                    .atStartOfDay()
                                    .toInstant(ZoneOffset.UTC);
                        case 7 ->
                            LocalDate.parse(trimmed + "-01").atStartOfDay().toInstant(ZoneOffset.UTC);
                        case 10 -> LocalDate.parse(trimmed).atStartOfDay().toInstant(ZoneOffset.UTC);
                        default -> OffsetDateTime.parse(trimmed).toInstant();
                    });
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean sameBytes(String expected, String actual) {
        try {
            Base64.Decoder decoder = Base64.getDecoder();
            return Arrays.equals(decoder.decode(expected), decoder.decode(actual));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** ARN operators compare the six parts of an ARN one by one, each of which may have wildcards. */
    private static boolean matchesArn(Glob expected, String actual) {
        Glob[] patterns = expected.splitAtColons(6);
        String[] parts = actual.split(":", 6);
        if (patterns.length != 6) {
            return patterns.length == 1 && expected.text().equals("*") && parts.length == 6;
        }
        if (parts.length != 6) {
            return false;
        }
        for (int i = 0; i < 6; i++) {
            if (!patterns[i].matches(parts[i])) {
                return false;
            }
        }
        return true;
    }
}
