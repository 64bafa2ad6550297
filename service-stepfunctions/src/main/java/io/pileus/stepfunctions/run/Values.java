package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.asl.Errors;
import io.pileus.stepfunctions.asl.Template;
import io.pileus.stepfunctions.asl.Timestamps;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** Templates whose values must be of one type: numbers, texts, timestamps. */
final class Values {
    private Values() {}

    /** What a whole number may be. */
    record Range(long least, long most) {
        /** What Wait states and timeouts count in. */
        static final Range SECONDS = new Range(0, 99_999_999);

        static final Range TIMEOUT_SECONDS = new Range(1, 99_999_999);
        static final Range NOT_NEGATIVE = new Range(0, Long.MAX_VALUE);

        boolean includes(BigDecimal value) {
            return value.compareTo(BigDecimal.valueOf(least)) >= 0 && value.compareTo(BigDecimal.valueOf(most)) <= 0;
        }

        @Override
        public String toString() {
            return most == Long.MAX_VALUE ? "at least " + least : "between " + least + " and " + most;
        }
    }

    static Instant timestamp(Template template, JsonNode document, Scope scope) {
        JsonNode value = Evaluator.evaluate(template, document, scope);
        Optional<Instant> instant = value.isTextual() ? Timestamps.parse(value.textValue()) : Optional.empty();
        return instant.orElseThrow(() -> switch (template) {
            case Template.ExpressionValue e ->
                new StateFailure(
                        Errors.QUERY_EVALUATION_ERROR,
                        "The JSONata expression '" + e.expression().source()
                                + "' specified for the field 'Timestamp' returned an invalid value: " + value
                                + ". Expected a valid ISO-8601 extended offset date-time format string.",
                        Optional.of(e.field()));
            default ->
                new StateFailure(
                        Errors.RUNTIME,
                        "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time"
                                + " format string: " + source(template) + " == " + value);
        });
    }

    static long integer(Template template, String name, JsonNode document, Scope scope, Range range) {
        JsonNode value = Evaluator.evaluate(template, document, scope);
        boolean whole =
                value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
        if (!whole) {
            throw template instanceof Template.ExpressionValue e
                    ? new StateFailure(
                            Errors.QUERY_EVALUATION_ERROR,
                            "The JSONata expression '" + e.expression().source() + "' specified for the field '"
                                    + e.field() + "' returned an unexpected result type. Expected '"
                                    + (value.isNumber() ? "integer" : "number") + "', but was '"
                                    + Types.name(value) + "' for value: " + value,
                            Optional.of(e.field()))
                    : new StateFailure(
                            Errors.RUNTIME,
                            "The " + name + "Path parameter does not reference an integer value: " + source(template)
                                    + " == " + value);
        }
        if (!range.includes(value.decimalValue())) {
            throw new StateFailure(
                    template instanceof Template.ExpressionValue ? Errors.QUERY_EVALUATION_ERROR : Errors.RUNTIME,
                    "The " + name + " value is out of range: " + value + ". It must be " + range + ".",
                    template instanceof Template.ExpressionValue e ? Optional.of(e.field()) : Optional.empty());
        }
        return value.decimalValue().longValue();
    }

    /** A number between 0 and 100, whole or not. */
    static double percentage(Template template, String name, JsonNode document, Scope scope) {
        JsonNode value = Evaluator.evaluate(template, document, scope);
        boolean fits = value.isNumber() && value.doubleValue() >= 0 && value.doubleValue() <= 100;
        if (!fits) {
            // The words of the other numbers.
            return integer(new Template.Constant(value), name, document, scope, new Range(0, 100));
        }
        return value.doubleValue();
    }

    static String text(Template template, String name, Scope scope) {
        JsonNode value = Evaluator.evaluate(template, scope.input(), scope);
        if (!value.isTextual()) {
            throw template instanceof Template.ExpressionValue e
                    ? new StateFailure(
                            Errors.QUERY_EVALUATION_ERROR,
                            "The JSONata expression '" + e.expression().source() + "' specified for the field '"
                                    + e.field() + "' returned an unexpected result type. Expected 'string', but was '"
                                    + Types.name(value) + "' for value: " + value,
                            Optional.of(e.field()))
                    : new StateFailure(
                            Errors.RUNTIME,
                            "The " + name + "Path parameter does not reference a string value: " + source(template)
                                    + " == " + value);
        }
        return value.textValue();
    }

    static String source(Template template) {
        return switch (template) {
            case Template.PathValue path -> path.path().text();
            case Template.IntrinsicValue call -> call.call().text();
            case Template.ExpressionValue e -> e.expression().source();
            default -> "";
        };
    }
}
