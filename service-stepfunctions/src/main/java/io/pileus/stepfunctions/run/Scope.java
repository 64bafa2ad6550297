package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.jsonata.JsonataExpression;
import io.pileus.stepfunctions.jsonpath.PathScope;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the templates of a state can see at one point of its execution. JSONPath sees the document as {@code $}, JSONata
 * sees the members of {@code $states}; each is made when it is first asked for.
 */
final class Scope {
    private final JsonNode input;
    private final Supplier<JsonNode> contextSource;
    private final Map<String, JsonNode> variables;
    private final @Nullable JsonNode result;
    private final @Nullable JsonNode errorOutput;
    private final Moment moment;
    private @Nullable JsonNode context;
    private @Nullable Map<String, Object> bindings;

    private Scope(
            JsonNode input,
            Supplier<JsonNode> contextSource,
            Map<String, JsonNode> variables,
            @Nullable JsonNode result,
            @Nullable JsonNode errorOutput,
            Moment moment) {
        this.input = input;
        this.contextSource = contextSource;
        this.variables = variables;
        this.result = result;
        this.errorOutput = errorOutput;
        this.moment = moment;
    }

    static Scope of(JsonNode input, Supplier<JsonNode> context, Map<String, JsonNode> variables, Moment moment) {
        return new Scope(input, context, variables, null, null, moment);
    }

    Scope withResult(JsonNode value) {
        return new Scope(input, this::context, variables, value, errorOutput, moment);
    }

    Scope withErrorOutput(JsonNode value) {
        return new Scope(input, this::context, variables, result, value, moment);
    }

    Scope withContext(Supplier<JsonNode> other) {
        return new Scope(input, other, variables, result, errorOutput, moment);
    }

    JsonNode input() {
        return input;
    }

    Moment moment() {
        return moment;
    }

    JsonNode context() {
        if (context == null) {
            context = contextSource.get();
        }
        return context;
    }

    Map<String, JsonNode> variables() {
        return variables;
    }

    PathScope paths(JsonNode document) {
        return new PathScope(document, context(), variables);
    }

    Map<String, Object> bindings() {
        if (bindings == null) {
            Map<String, Object> states = new LinkedHashMap<>();
            states.put("input", member(input));
            states.put("context", member(context()));
            if (result != null) {
                states.put("result", member(result));
            }
            if (errorOutput != null) {
                states.put("errorOutput", member(errorOutput));
            }
            Map<String, Object> values = new HashMap<>();
            variables.forEach((name, value) -> values.put(name, JsonataExpression.value(value)));
            values.put("states", states);
            bindings = values;
        }
        return bindings;
    }

    private static @Nullable Object member(JsonNode node) {
        return node.isNull() ? null : JsonataExpression.value(node);
    }
}
