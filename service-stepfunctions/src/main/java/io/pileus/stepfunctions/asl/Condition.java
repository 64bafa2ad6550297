package io.pileus.stepfunctions.asl;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.jsonpath.JsonPath;
import java.util.List;

/** When a rule of a Choice state holds. */
public sealed interface Condition {

    /** All of the conditions. */
    record And(List<Condition> conditions) implements Condition {}

    /** Any of the conditions. */
    record Or(List<Condition> conditions) implements Condition {}

    /** Not the condition. */
    record Not(Condition condition) implements Condition {}

    /** A JSONata expression that gives true. */
    record Expression(Template.ExpressionValue value) implements Condition {}

    /** A constant; JSONata rules may have one. */
    record Constant(boolean value) implements Condition {}

    /** Compares a variable with a constant or with the value at a path. */
    record Comparison(JsonPath variable, Comparator comparator, Operand operand) implements Condition {}

    /** What a variable is compared with. */
    sealed interface Operand {}

    record Literal(JsonNode value) implements Operand {}

    record AtPath(JsonPath path) implements Operand {}

    /** The kinds of comparison. */
    enum Comparator {
        STRING_EQUALS,
        STRING_LESS_THAN,
        STRING_GREATER_THAN,
        STRING_LESS_THAN_EQUALS,
        STRING_GREATER_THAN_EQUALS,
        STRING_MATCHES,
        NUMERIC_EQUALS,
        NUMERIC_LESS_THAN,
        NUMERIC_GREATER_THAN,
        NUMERIC_LESS_THAN_EQUALS,
        NUMERIC_GREATER_THAN_EQUALS,
        BOOLEAN_EQUALS,
        TIMESTAMP_EQUALS,
        TIMESTAMP_LESS_THAN,
        TIMESTAMP_GREATER_THAN,
        TIMESTAMP_LESS_THAN_EQUALS,
        TIMESTAMP_GREATER_THAN_EQUALS,
        IS_NULL,
        IS_PRESENT,
        IS_NUMERIC,
        IS_STRING,
        IS_BOOLEAN,
        IS_TIMESTAMP;

        /** The name in the Amazon States Language, such as {@code StringEquals}. */
        public String wire() {
            StringBuilder wire = new StringBuilder();
            for (String word : name().split("_")) {
                wire.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
            }
            return wire.toString();
        }

        /** Whether there is a variant whose operand is a path. */
        public boolean takesPath() {
            return !name().startsWith("IS_") && this != STRING_MATCHES;
        }
    }
}
