package io.pileus.stepfunctions.asl.parse;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.asl.Catcher;
import io.pileus.stepfunctions.asl.Condition;
import io.pileus.stepfunctions.asl.DataFlow;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.asl.Template;
import io.pileus.stepfunctions.jsonata.JsonataExpression;
import io.pileus.stepfunctions.jsonata.JsonataSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the fields of states that speak JSONata: any text between <code>{%</code> and <code>%}</code> is an expression. */
final class JsonataDialect implements Dialect {
    private static final String LANGUAGE = "JSONata";

    /** A distributed Map takes an object, too. */
    static final String ITEMS_EXPECTED = "Expected value of type Array or a JSONata expression";

    /** What {@code $states} has, besides the input and the context, where a state has done its work. */
    private static final Set<String> RESULT = Set.of("result");

    /** What it has where a state's failure was caught. */
    private static final Set<String> ERROR_OUTPUT = Set.of("errorOutput");

    private final References references;

    JsonataDialect(References references) {
        this.references = references;
    }

    @Override
    public DataFlow flow(Fields fields, Shape shape, boolean hasResult) {
        fields.onlyFor(
                "JSONPath",
                LANGUAGE,
                "InputPath",
                "Parameters",
                "ResultSelector",
                "ResultPath",
                "OutputPath",
                "ItemsPath",
                "SecondsPath",
                "TimestampPath",
                "TimeoutSecondsPath",
                "HeartbeatSecondsPath",
                "MaxConcurrencyPath",
                "ToleratedFailureCountPath",
                "ToleratedFailurePercentagePath",
                "ErrorPath",
                "CausePath",
                "Result");
        return new DataFlow.JsonataFlow(
                shape == Shape.FULL && hasResult ? template(fields, "Arguments") : Optional.empty(),
                shape == Shape.NONE ? Optional.empty() : template(fields, "Output", hasResult ? RESULT : Set.of()));
    }

    @Override
    public Optional<Template> assign(Fields fields, boolean hasResult) {
        return assign(fields, hasResult ? RESULT : Set.of());
    }

    private Optional<Template> assign(Fields fields, Set<String> more) {
        return fields.object("Assign").map(assign -> {
            Variables.checkNames(assign, false);
            return payload(fields.any("Assign").orElseThrow(), fields.place("Assign"), fields, more);
        });
    }

    @Override
    public Optional<Template> number(Fields fields, String name, long least, long most) {
        fields.onlyFor("JSONPath", LANGUAGE, name + "Path");
        if (fields.any(name).filter(JsonataDialect::isExpression).isPresent()) {
            return template(fields, name);
        }
        return fields.integer(name, least, most)
                .map(v -> new Template.Constant(fields.any(name).orElseThrow()));
    }

    @Override
    public Optional<Template> percentage(Fields fields, String name) {
        if (fields.any(name).filter(JsonataDialect::isExpression).isPresent()) {
            return template(fields, name);
        }
        return fields.number(name, 0, 100)
                .map(v -> new Template.Constant(fields.any(name).orElseThrow()));
    }

    @Override
    public Optional<Template> text(Fields fields, String name) {
        return fields.text(name).flatMap(t -> template(fields, name));
    }

    @Override
    public Optional<Template> template(Fields fields, String name) {
        return template(fields, name, Set.of());
    }

    private Optional<Template> template(Fields fields, String name, Set<String> more) {
        return fields.any(name).map(node -> payload(node, fields.place(name), fields, more));
    }

    @Override
    public Optional<Template> items(Fields fields) {
        Optional<JsonNode> items = fields.any("Items");
        if (items.isPresent() && !items.get().isContainerNode() && !isExpression(items.get())) {
            fields.error(ITEMS_EXPECTED, "Items");
        }
        return template(fields, "Items");
    }

    @Override
    public Optional<Template> arguments(Fields fields) {
        fields.onlyFor("JSONPath", LANGUAGE, "Parameters");
        return template(fields, "Arguments");
    }

    private static boolean isExpression(JsonNode node) {
        return node.isTextual()
                && node.textValue().startsWith("{%")
                && node.textValue().endsWith("%}")
                && node.textValue().length() >= 4;
    }

    private Template payload(JsonNode node, Place place, Fields fields, Set<String> more) {
        if (node.isObject()) {
            Map<String, Template> members = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                members.put(field.getKey(), payload(field.getValue(), place.field(field.getKey()), fields, more));
            }
            return members.values().stream().allMatch(t -> t instanceof Template.Constant)
                    ? new Template.Constant(node)
                    : new Template.ObjectOf(members);
        }
        if (node.isArray()) {
            List<Template> elements = new ArrayList<>();
            for (int i = 0; i < node.size(); i++) {
                elements.add(payload(node.get(i), place.index(i), fields, more));
            }
            return elements.stream().allMatch(t -> t instanceof Template.Constant)
                    ? new Template.Constant(node)
                    : new Template.ArrayOf(elements);
        }
        if (!isExpression(node)) {
            if (node.isTextual() && node.textValue().startsWith("{%")) {
                fields.report(Diagnostic.error(
                        Diagnostic.SCHEMA, "JSONata string must start with {% and end with %}", place.path()));
            }
            return new Template.Constant(node);
        }
        return expression(node, place, fields, more).<Template>map(e -> e).orElseGet(() -> new Template.Constant(node));
    }

    private Optional<Template.ExpressionValue> expression(JsonNode node, Place place, Fields fields, Set<String> more) {
        String text = node.textValue();
        String source = text.substring(2, text.length() - 2).strip();
        try {
            JsonataExpression expression = JsonataExpression.compile(source);
            for (String name : expression.references().topLevelNames()) {
                unsupported("Reference to '" + name + "' at the top level is not supported.", place, fields);
            }
            if (expression.references().rootUsed()) {
                unsupported("Reference to '$$' is not supported.", place, fields);
            }
            for (String field : List.of("result", "errorOutput")) {
                if (expression.references().statesFields().contains(field) && !more.contains(field)) {
                    unsupported("Reference to '$states." + field + "' is not supported.", place, fields);
                }
            }
            references.add(expression);
            return Optional.of(new Template.ExpressionValue(expression, place.inState()));
        } catch (JsonataSyntaxException e) {
            fields.report(Diagnostic.error(Diagnostic.INVALID_JSONATA, e.getMessage(), place.path()));
            return Optional.empty();
        }
    }

    private static void unsupported(String message, Place place, Fields fields) {
        fields.report(Diagnostic.error(Diagnostic.UNSUPPORTED_JSONATA, message, place.path()));
    }

    @Override
    public Optional<State.ChoiceRule> choiceRule(Fields fields) {
        fields.onlyFor("JSONPath", LANGUAGE, "Variable", "And", "Or", "Not");
        Optional<JsonNode> condition = fields.required("Condition");
        Optional<String> next = fields.required("Next").isPresent() ? fields.text("Next") : Optional.empty();
        Optional<Template> assign = assign(fields, Set.of());
        Optional<Template> output = template(fields, "Output");
        fields.finish();
        if (condition.isEmpty() || next.isEmpty()) {
            return Optional.empty();
        }
        if (condition.get().isBoolean()) {
            return Optional.of(new State.ChoiceRule(
                    new Condition.Constant(condition.get().booleanValue()), next.get(), assign, output));
        }
        if (!isExpression(condition.get())) {
            fields.error("Expected value of type Boolean or a JSONata expression", "Condition");
            return Optional.empty();
        }
        return expression(condition.get(), fields.place("Condition"), fields, Set.of())
                .map(e -> new State.ChoiceRule(new Condition.Expression(e), next.get(), assign, output));
    }

    @Override
    public Catcher.CatchOutput catchOutput(Fields fields) {
        fields.onlyFor("JSONPath", LANGUAGE, "ResultPath");
        return new Catcher.FromTemplate(template(fields, "Output", ERROR_OUTPUT));
    }

    @Override
    public Optional<Template> catchAssign(Fields fields) {
        return assign(fields, ERROR_OUTPUT);
    }
}
