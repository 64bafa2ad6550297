package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.asl.Errors;
import io.pileus.stepfunctions.asl.Template;
import io.pileus.stepfunctions.asl.Timestamps;
import java.time.Instant;
import java.util.Optional;

/** Templates whose values must be of one type: numbers, texts, timestamps. */
final class Values {
    private Values() {}

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

    static long integer(Template template, String name, JsonNode document, Scope scope, long most) {
        JsonNode value = Evaluator.evaluate(template, document, scope);
        boolean whole =
                value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
        if (!whole) {
            throw template instanceof Template.ExpressionValue e
                    ? new StateFailure(
                            Errors.QUERY_EVALUATION_ERROR,
                            "The JSONata expression '" + e.expression().source() + "' specified for the field '"
                                    + e.field() + "' returned an unexpected result type. Expected 'number', but was '"
                                    + Types.name(value) + "' for value: " + value,
                            Optional.of(e.field()))
                    : new StateFailure(
                            Errors.RUNTIME,
                            "The " + name + "Path parameter does not reference an integer value: " + source(template)
                                    + " == " + value);
        }
        long number = value.decimalValue().longValue();
        if (number < 0 || number > most) {
            throw new StateFailure(
                    template instanceof Template.ExpressionValue ? Errors.QUERY_EVALUATION_ERROR : Errors.RUNTIME,
                    "The " + name + " value is out of range: " + value + ". It must be between 0 and " + most + ".",
                    template instanceof Template.ExpressionValue e ? Optional.of(e.field()) : Optional.empty());
        }
        return number;
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
