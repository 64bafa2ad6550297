package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.asl.Condition;
import io.pileus.stepfunctions.asl.Condition.Comparator;
import io.pileus.stepfunctions.asl.Errors;
import io.pileus.stepfunctions.asl.Timestamps;
import io.pileus.stepfunctions.jsonpath.JsonPath;
import java.time.Instant;
import java.util.Optional;

/** Decides the rules of Choice states. */
final class Conditions {
    private final JsonNode document;
    private final Scope scope;

    Conditions(JsonNode document, Scope scope) {
        this.document = document;
        this.scope = scope;
    }

    boolean holds(Condition condition) {
        return switch (condition) {
            case Condition.And and -> and.conditions().stream().allMatch(this::holds);
            case Condition.Or or -> or.conditions().stream().anyMatch(this::holds);
            case Condition.Not not -> !holds(not.condition());
            case Condition.Constant constant -> constant.value();
            case Condition.Expression expression -> isTrue(expression);
            case Condition.Comparison comparison -> compare(comparison);
        };
    }

    private boolean isTrue(Condition.Expression expression) {
        JsonNode value = Evaluator.evaluate(expression.value(), document, scope);
        if (!value.isBoolean()) {
            throw new StateFailure(
                    Errors.QUERY_EVALUATION_ERROR,
                    "The JSONata expression '" + expression.value().expression().source()
                            + "' specified for the field '" + expression.value().field()
                            + "' returned an unexpected result type. Expected 'boolean', but was '"
                            + Types.name(value) + "' for value: " + value,
                    Optional.of(expression.value().field()));
        }
        return value.booleanValue();
    }

    private boolean compare(Condition.Comparison comparison) {
        Optional<JsonNode> variable = scope.paths(document).resolve(comparison.variable());
        if (comparison.comparator() == Comparator.IS_PRESENT) {
            return variable.isPresent() == literal(comparison).booleanValue();
        }
        JsonNode value = variable.orElseThrow(() -> invalid(comparison.variable()));
        JsonNode operand = switch (comparison.operand()) {
            case Condition.Literal literal -> literal.value();
            case Condition.AtPath at -> scope.paths(document).resolve(at.path()).orElseThrow(() -> invalid(at.path()));
        };
        return switch (comparison.comparator()) {
            case IS_NULL -> value.isNull() == operand.booleanValue();
            case IS_NUMERIC -> value.isNumber() == operand.booleanValue();
            case IS_STRING -> value.isTextual() == operand.booleanValue();
            case IS_BOOLEAN -> value.isBoolean() == operand.booleanValue();
            case IS_TIMESTAMP -> timestamp(value).isPresent() == operand.booleanValue();
            case IS_PRESENT -> true;
            case BOOLEAN_EQUALS -> value.isBoolean() && value.equals(operand);
            case STRING_MATCHES -> value.isTextual() && Wildcards.match(operand.textValue(), value.textValue());
            case STRING_EQUALS -> strings(value, operand).filter(c -> c == 0).isPresent();
            case STRING_LESS_THAN -> strings(value, operand).filter(c -> c < 0).isPresent();
            case STRING_GREATER_THAN ->
                strings(value, operand).filter(c -> c > 0).isPresent();
            case STRING_LESS_THAN_EQUALS ->
                strings(value, operand).filter(c -> c <= 0).isPresent();
            case STRING_GREATER_THAN_EQUALS ->
                strings(value, operand).filter(c -> c >= 0).isPresent();
            case NUMERIC_EQUALS -> numbers(value, operand).filter(c -> c == 0).isPresent();
            case NUMERIC_LESS_THAN -> numbers(value, operand).filter(c -> c < 0).isPresent();
            case NUMERIC_GREATER_THAN ->
                numbers(value, operand).filter(c -> c > 0).isPresent();
            case NUMERIC_LESS_THAN_EQUALS ->
                numbers(value, operand).filter(c -> c <= 0).isPresent();
            case NUMERIC_GREATER_THAN_EQUALS ->
                numbers(value, operand).filter(c -> c >= 0).isPresent();
            case TIMESTAMP_EQUALS -> times(value, operand).filter(c -> c == 0).isPresent();
            case TIMESTAMP_LESS_THAN -> times(value, operand).filter(c -> c < 0).isPresent();
            case TIMESTAMP_GREATER_THAN ->
                times(value, operand).filter(c -> c > 0).isPresent();
            case TIMESTAMP_LESS_THAN_EQUALS ->
                times(value, operand).filter(c -> c <= 0).isPresent();
            case TIMESTAMP_GREATER_THAN_EQUALS ->
                times(value, operand).filter(c -> c >= 0).isPresent();
        };
    }

    private static JsonNode literal(Condition.Comparison comparison) {
        return ((Condition.Literal) comparison.operand()).value();
    }

    private static StateFailure invalid(JsonPath path) {
        return new StateFailure(
                Errors.RUNTIME,
                "Invalid path '" + path + "': The choice state's condition path references an invalid value.");
    }

    private static Optional<Integer> strings(JsonNode a, JsonNode b) {
        return a.isTextual() && b.isTextual() ? Optional.of(a.textValue().compareTo(b.textValue())) : Optional.empty();
    }

    private static Optional<Integer> numbers(JsonNode a, JsonNode b) {
        return a.isNumber() && b.isNumber()
                ? Optional.of(a.decimalValue().compareTo(b.decimalValue()))
                : Optional.empty();
    }

    private static Optional<Integer> times(JsonNode a, JsonNode b) {
        return timestamp(a).flatMap(x -> timestamp(b).map(x::compareTo));
    }

    private static Optional<Instant> timestamp(JsonNode value) {
        return value.isTextual() ? Timestamps.parse(value.textValue()) : Optional.empty();
    }
}
