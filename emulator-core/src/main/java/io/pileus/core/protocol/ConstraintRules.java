package io.pileus.core.protocol;

import io.pileus.core.service.Violation.Kind;
import io.pileus.core.shape.Constraints;
import io.pileus.core.shape.Member;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The constraints of one value: whether it satisfies them, and AWS's sentence for each. */
final class ConstraintRules {
    /** How often a pattern may look at a character; a hundred times for each is plenty for an honest one. */
    private static final long LOOKS_MIN = 100_000;

    private static final int LOOKS_PER_CHARACTER = 100;

    private ConstraintRules() {}

    record Broken(Kind kind, String sentence) {}

    /** What a text breaks, or just the first of it. */
    static List<Broken> broken(Constraints constraints, String value, boolean firstOnly) {
        List<Broken> broken = List.of();
        if (constraints.maxLength() != null || constraints.minLength() != null) {
            int length = value.codePointCount(0, value.length());
            for (String sentence : length(constraints, length, false)) {
                broken = with(broken, new Broken(Kind.LENGTH, sentence));
            }
        }
        if (firstOnly && !broken.isEmpty()) {
            return broken;
        }
        Pattern pattern = constraints.compiledPattern();
        if (pattern != null && !matches(pattern, value)) {
            broken = with(broken, new Broken(Kind.PATTERN, patternSentence(constraints)));
        }
        if (!constraints.enumValues().isEmpty() && !constraints.enumValues().contains(value)) {
            broken = with(broken, new Broken(Kind.ENUM, enumSentence(constraints)));
        }
        return broken;
    }

    private static List<Broken> with(List<Broken> before, Broken more) {
        List<Broken> all = new ArrayList<>(before);
        all.add(more);
        return all;
    }

    /** Whether the whole value matches; a value that would keep the pattern busy for too long does not. */
    private static boolean matches(Pattern pattern, String value) {
        try {
            long looks = LOOKS_MIN + (long) LOOKS_PER_CHARACTER * value.length();
            return pattern.matcher(BoundedText.of(value, looks)).matches();
        } catch (BoundedText.Exhausted | StackOverflowError e) {
            return false;
        }
    }

    private static String patternSentence(Constraints constraints) {
        return "Member must satisfy regular expression pattern: " + constraints.pattern();
    }

    private static String enumSentence(Constraints constraints) {
        return "Member must satisfy enum value set: " + constraints.enumValues();
    }

    /** The bounds of a length that this one breaks, or all there are. */
    static List<String> length(Constraints constraints, long length, boolean all) {
        Long max = constraints.maxLength();
        Long min = constraints.minLength();
        if (!all && (max == null || length <= max) && (min == null || length >= min)) {
            return List.of();
        }
        List<String> sentences = new ArrayList<>(0);
        if (max != null && (all || length > max)) {
            sentences.add("Member must have length less than or equal to " + max);
        }
        if (min != null && (all || length < min)) {
            sentences.add("Member must have length greater than or equal to " + min);
        }
        return sentences;
    }

    static List<String> range(Constraints constraints, BigDecimal value, boolean all) {
        List<String> sentences = new ArrayList<>(0);
        BigDecimal max = constraints.maximum();
        if (max != null && (all || value.compareTo(max) > 0)) {
            sentences.add("Member must have value less than or equal to " + max.toPlainString());
        }
        BigDecimal min = constraints.minimum();
        if (min != null && (all || value.compareTo(min) < 0)) {
            sentences.add("Member must have value greater than or equal to " + min.toPlainString());
        }
        return sentences;
    }

    /** Every rule for the elements of a collection, in brackets. */
    static String all(Member element) {
        Constraints constraints = element.constraints();
        List<String> rules = new ArrayList<>();
        if (constraints != null) {
            rules.addAll(length(constraints, 0, true));
            rules.addAll(range(constraints, BigDecimal.ZERO, true));
            if (constraints.pattern() != null) {
                rules.add(patternSentence(constraints));
            }
            if (!constraints.enumValues().isEmpty()) {
                rules.add(enumSentence(constraints));
            }
        }
        return rules.toString();
    }
}
