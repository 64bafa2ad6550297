package io.pileus.core.shape;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The constraints that the model puts on one value. Absent ones are null (or an empty list of values); patterns
 * and the limits of numbers are parsed when they are first needed.
 */
public final class Constraints {
    private final @Nullable Long minLength;
    private final @Nullable Long maxLength;
    private final @Nullable String minimum;
    private final @Nullable String maximum;
    private final @Nullable String pattern;
    private final List<String> enumValues;
    private volatile @Nullable Pattern compiled;
    private volatile @Nullable BigDecimal parsedMinimum;
    private volatile @Nullable BigDecimal parsedMaximum;

    private Constraints(
            @Nullable Long minLength,
            @Nullable Long maxLength,
            @Nullable String minimum,
            @Nullable String maximum,
            @Nullable String pattern,
            List<String> enumValues) {
        this.minLength = minLength;
        this.maxLength = maxLength;
        this.minimum = minimum;
        this.maximum = maximum;
        this.pattern = pattern;
        this.enumValues = enumValues;
    }

    public static final Constraints NONE = new Constraints(null, null, null, null, null, List.of());

    public Constraints minLength(long value) {
        return new Constraints(value, maxLength, minimum, maximum, pattern, enumValues);
    }

    public Constraints maxLength(long value) {
        return new Constraints(minLength, value, minimum, maximum, pattern, enumValues);
    }

    public Constraints minimum(String value) {
        return new Constraints(minLength, maxLength, value, maximum, pattern, enumValues);
    }

    public Constraints maximum(String value) {
        return new Constraints(minLength, maxLength, minimum, value, pattern, enumValues);
    }

    public Constraints pattern(String value) {
        return new Constraints(minLength, maxLength, minimum, maximum, value, enumValues);
    }

    public Constraints oneOf(String... values) {
        return new Constraints(minLength, maxLength, minimum, maximum, pattern, List.of(values));
    }

    public @Nullable Long minLength() {
        return minLength;
    }

    public @Nullable Long maxLength() {
        return maxLength;
    }

    public @Nullable BigDecimal minimum() {
        if (parsedMinimum == null && minimum != null) {
            parsedMinimum = new BigDecimal(minimum);
        }
        return parsedMinimum;
    }

    public @Nullable BigDecimal maximum() {
        if (parsedMaximum == null && maximum != null) {
            parsedMaximum = new BigDecimal(maximum);
        }
        return parsedMaximum;
    }

    /** The pattern's text as the model has it. */
    public @Nullable String pattern() {
        return pattern;
    }

    /** The compiled pattern, or null where the model has none. */
    public @Nullable Pattern compiledPattern() {
        Pattern result = compiled;
        if (result == null && pattern != null) {
            result = Pattern.compile(pattern);
            compiled = result;
        }
        return result;
    }

    /** The values of an enum in the model's order; empty for anything else. */
    public List<String> enumValues() {
        return enumValues;
    }
}
