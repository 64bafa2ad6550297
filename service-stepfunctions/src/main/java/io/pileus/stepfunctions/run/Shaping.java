package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.asl.DataFlow;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.asl.Template;
import io.pileus.stepfunctions.jsonpath.JsonPath;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Takes data into a state and out of it. */
final class Shaping {
    private final Inspector inspector;

    Shaping(Inspector inspector) {
        this.inspector = inspector;
    }

    /** A state's output and the variables it assigns. */
    record Output(JsonNode output, Map<String, JsonNode> assigned) {}

    /** What the state works on: after InputPath, or the raw input. */
    JsonNode selectedInput(DataFlow flow, Scope scope) {
        return switch (flow) {
            case DataFlow.JsonPathFlow f -> {
                JsonNode input = f.inputPath().isPresent()
                        ? Evaluator.require(f.inputPath().get().path(), scope.input(), scope)
                        : Json.EMPTY_OBJECT;
                inspector.saw(Inspector.Stage.AFTER_INPUT_PATH, input);
                yield input;
            }
            case DataFlow.JsonataFlow f -> scope.input();
        };
    }

    /** What a task, branch or item selector is given: after Parameters or Arguments. */
    JsonNode effectiveInput(DataFlow flow, Scope scope) {
        JsonNode selected = selectedInput(flow, scope);
        return switch (flow) {
            case DataFlow.JsonPathFlow f -> {
                JsonNode input = f.parameters()
                        .map(p -> Evaluator.evaluate(p, selected, scope))
                        .orElse(selected);
                inspector.saw(Inspector.Stage.AFTER_PARAMETERS, input);
                yield input;
            }
            case DataFlow.JsonataFlow f -> {
                JsonNode arguments = f.arguments()
                        .map(a -> Evaluator.evaluate(a, selected, scope))
                        .orElse(selected);
                inspector.saw(Inspector.Stage.AFTER_ARGUMENTS, arguments);
                yield arguments;
            }
        };
    }

    /** The output of a state that has done something. */
    Output fromResult(State.Head head, Scope scope, JsonNode result) {
        inspector.saw(Inspector.Stage.RESULT, result);
        return switch (head.flow()) {
            case DataFlow.JsonPathFlow f -> {
                JsonNode selected = f.resultSelector()
                        .map(s -> Evaluator.evaluate(s, result, scope))
                        .orElse(result);
                inspector.saw(Inspector.Stage.AFTER_RESULT_SELECTOR, selected);
                Map<String, JsonNode> assigned = assign(head.assign(), selected, scope);
                JsonNode placed = f.resultPath()
                        .map(path -> place(scope.input(), path, selected))
                        .orElse(scope.input());
                inspector.saw(Inspector.Stage.AFTER_RESULT_PATH, placed);
                yield new Output(outputPath(f, placed, scope), assigned);
            }
            case DataFlow.JsonataFlow f -> jsonata(f.output(), head.assign(), scope.withResult(result), result);
        };
    }

    /** The output of a state that hands its input on. */
    Output fromInput(State.Head head, Scope scope) {
        return fromInput(head.flow(), scope, head.assign(), Optional.empty());
    }

    /** The output of a Choice state, whose rules may have an Assign and an Output of their own. */
    Output fromInput(DataFlow flow, Scope scope, Optional<Template> assign, Optional<Template> ruleOutput) {
        return switch (flow) {
            case DataFlow.JsonPathFlow f -> {
                JsonNode input = selectedInput(flow, scope);
                Map<String, JsonNode> assigned = assign(assign, input, scope);
                yield new Output(outputPath(f, input, scope), assigned);
            }
            case DataFlow.JsonataFlow f ->
                jsonata(ruleOutput.isPresent() ? ruleOutput : f.output(), assign, scope, scope.input());
        };
    }

    private Output jsonata(Optional<Template> output, Optional<Template> assign, Scope scope, JsonNode otherwise) {
        Map<String, JsonNode> assigned = assign(assign, scope.input(), scope);
        return new Output(
                output.map(o -> Evaluator.evaluate(o, scope.input(), scope)).orElse(otherwise), assigned);
    }

    private static JsonNode outputPath(DataFlow.JsonPathFlow flow, JsonNode document, Scope scope) {
        return flow.outputPath()
                .map(path -> Evaluator.require(path.path(), document, scope))
                .orElse(Json.EMPTY_OBJECT);
    }

    static JsonNode place(JsonNode input, JsonPath path, JsonNode value) {
        return ReferencePaths.put(input, path, value);
    }

    /** All values are worked out before any is assigned. */
    Map<String, JsonNode> assign(Optional<Template> assign, JsonNode document, Scope scope) {
        if (assign.isEmpty()) {
            return Map.of();
        }
        Map<String, JsonNode> values = new LinkedHashMap<>();
        Evaluator.evaluate(assign.get(), document, scope)
                .properties()
                .forEach(e -> values.put(e.getKey(), e.getValue()));
        return values;
    }
}
