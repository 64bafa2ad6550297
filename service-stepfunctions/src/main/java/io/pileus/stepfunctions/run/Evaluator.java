package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.stepfunctions.asl.Errors;
import io.pileus.stepfunctions.asl.Template;
import io.pileus.stepfunctions.jsonata.JsonataFailure;
import io.pileus.stepfunctions.jsonpath.IntrinsicFailure;
import io.pileus.stepfunctions.jsonpath.Intrinsics;
import io.pileus.stepfunctions.jsonpath.JsonPath;
import java.util.Map;
import java.util.Optional;

/** Fills in templates. */
final class Evaluator {
    private Evaluator() {}

    /**
     * The template's value.
     *
     * @param document what {@code $} is in paths
     */
    static JsonNode evaluate(Template template, JsonNode document, Scope scope) {
        return switch (template) {
            case Template.Constant constant -> constant.value();
            case Template.PathValue value -> path(value, document, scope);
            case Template.IntrinsicValue value -> intrinsic(value, document, scope);
            case Template.ExpressionValue value -> expression(value, scope);
            case Template.ObjectOf object -> {
                ObjectNode filled = JsonNodeFactory.instance.objectNode();
                for (Map.Entry<String, Template> field : object.fields().entrySet()) {
                    filled.set(field.getKey(), evaluate(field.getValue(), document, scope));
                }
                yield filled;
            }
            case Template.ArrayOf array -> {
                ArrayNode filled = JsonNodeFactory.instance.arrayNode();
                for (Template element : array.elements()) {
                    filled.add(evaluate(element, document, scope));
                }
                yield filled;
            }
        };
    }

    private static JsonNode path(Template.PathValue value, JsonNode document, Scope scope) {
        Optional<JsonNode> found = scope.paths(document).resolve(value.path());
        // An index past the end gives null in a payload template (measured by others, github.com/floci-io/floci#3167).
        if (found.isEmpty() && value.path().pastTheEnd(scope.paths(document).start(value.path()))) {
            return JsonNodeFactory.instance.nullNode();
        }
        return found.orElseThrow(() -> new StateFailure(
                Errors.RUNTIME,
                "The JSONPath '" + value.path() + "' specified for the field '" + value.field()
                        + "' could not be found in the input '" + input(value.path(), document, scope) + "'"));
    }

    private static JsonNode input(JsonPath path, JsonNode document, Scope scope) {
        JsonNode start = scope.paths(document).start(path);
        return start.isMissingNode() ? document : start;
    }

    private static JsonNode intrinsic(Template.IntrinsicValue value, JsonNode document, Scope scope) {
        try {
            return new Intrinsics(scope.paths(document), scope.moment().ids()).evaluate(value.call());
        } catch (IntrinsicFailure | ArithmeticException e) {
            boolean missing = e instanceof IntrinsicFailure failure && failure.missingPath();
            throw new StateFailure(
                    missing ? Errors.RUNTIME : Errors.INTRINSIC_FAILURE,
                    "The function '" + value.call() + "' had the following error: " + e.getMessage());
        }
    }

    private static JsonNode expression(Template.ExpressionValue value, Scope scope) {
        String sentence = "The JSONata expression '" + value.expression().source() + "' specified for the field '"
                + value.field() + "' ";
        try {
            Optional<JsonNode> result = value.expression()
                    .evaluate(
                            scope.bindings(),
                            scope.moment().now(),
                            scope.moment().ids(),
                            scope.moment().clock());
            return result.orElseThrow(() -> new StateFailure(
                    Errors.QUERY_EVALUATION_ERROR,
                    sentence + "returned nothing (undefined).",
                    Optional.of(value.field())));
        } catch (JsonataFailure e) {
            throw new StateFailure(
                    Errors.QUERY_EVALUATION_ERROR, sentence + e.getMessage(), Optional.of(value.field()));
        }
    }

    /** The value at a path that stands on its own, such as InputPath, in the words of the JSONPath library. */
    static JsonNode require(JsonPath path, JsonNode document, Scope scope) {
        return scope.paths(document)
                .resolve(path)
                .orElseThrow(() -> new StateFailure(
                        Errors.RUNTIME, "Invalid path '" + path + "' : " + path.missing(input(path, document, scope))));
    }
}
