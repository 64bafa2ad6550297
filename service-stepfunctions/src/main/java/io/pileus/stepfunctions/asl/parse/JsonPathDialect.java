package io.pileus.stepfunctions.asl.parse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import io.pileus.stepfunctions.asl.Catcher;
import io.pileus.stepfunctions.asl.DataFlow;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.asl.Template;
import io.pileus.stepfunctions.jsonpath.IntrinsicCall;
import io.pileus.stepfunctions.jsonpath.JsonPath;
import io.pileus.stepfunctions.jsonpath.JsonPathSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the fields of states that speak JSONPath. */
final class JsonPathDialect implements Dialect {
    private static final String LANGUAGE = "JSONPath";
    private static final JsonPath ROOT = JsonPath.parse("$").orElseThrow();

    private final References references;

    JsonPathDialect(References references) {
        this.references = references;
    }

    @Override
    public DataFlow flow(Fields fields, Shape shape, boolean hasResult) {
        fields.onlyFor("JSONata", LANGUAGE, "Arguments", "Output", "Items");
        if (shape == Shape.NONE) {
            return new DataFlow.JsonPathFlow(
                    Optional.of(new Template.PathValue(ROOT, "InputPath")),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(ROOT),
                    Optional.of(new Template.PathValue(ROOT, "OutputPath")));
        }
        boolean full = shape == Shape.FULL;
        return new DataFlow.JsonPathFlow(
                nullablePath(fields, "InputPath"),
                full ? template(fields, "Parameters") : Optional.empty(),
                full && hasResult ? template(fields, "ResultSelector") : Optional.empty(),
                full ? resultPath(fields) : Optional.of(ROOT),
                nullablePath(fields, "OutputPath"));
    }

    /** A path, the root where the field is absent, nothing where it is null. */
    private Optional<Template.PathValue> nullablePath(Fields fields, String name) {
        Optional<JsonNode> value = fields.any(name);
        if (value.isEmpty()) {
            return Optional.of(new Template.PathValue(ROOT, name));
        }
        if (value.get().isNull()) {
            return Optional.empty();
        }
        return path(fields, name).map(p -> new Template.PathValue(p, name));
    }

    private Optional<JsonPath> resultPath(Fields fields) {
        Optional<JsonNode> value = fields.any("ResultPath");
        if (value.isEmpty()) {
            return Optional.of(ROOT);
        }
        if (value.get().isNull()) {
            return Optional.empty();
        }
        return referencePath(fields, "ResultPath").filter(p -> {
            if (!(p.root() instanceof JsonPath.Document)) {
                fields.error("Value is not a Reference Path", "ResultPath");
            }
            return true;
        });
    }

    private Optional<JsonPath> path(Fields fields, String name) {
        return fields.text(name).flatMap(text -> {
            Optional<JsonPath> path = JsonPath.parse(text);
            if (path.isEmpty()) {
                fields.error("Value must be a valid JSONPath.", name);
            }
            path.ifPresent(references::add);
            return path;
        });
    }

    private Optional<JsonPath> referencePath(Fields fields, String name) {
        return path(fields, name).filter(path -> {
            if (!path.reference()) {
                fields.error("Value is not a Reference Path", name);
            }
            return path.reference();
        });
    }

    @Override
    public Optional<Template> assign(Fields fields, boolean hasResult) {
        return fields.object("Assign").map(assign -> {
            Variables.checkNames(assign, true);
            return payload(fields, "Assign");
        });
    }

    @Override
    public Optional<Template> number(Fields fields, String name, long least, long most) {
        fields.notTogether(name, name + "Path");
        if (fields.has(name)) {
            return fields.integer(name, least, most).map(v -> new Template.Constant(LongNode.valueOf(v)));
        }
        return valuePath(fields, name + "Path");
    }

    @Override
    public Optional<Template> percentage(Fields fields, String name) {
        fields.notTogether(name, name + "Path");
        if (fields.has(name)) {
            return fields.number(name, 0, 100)
                    .map(v -> new Template.Constant(fields.any(name).orElseThrow()));
        }
        return valuePath(fields, name + "Path");
    }

    /** Where a number or a time is in the data or in a variable; the context object is no place for it. */
    private Optional<Template> valuePath(Fields fields, String name) {
        return referencePath(fields, name)
                .filter(path -> {
                    boolean context = path.root() instanceof JsonPath.ContextObject;
                    if (context) {
                        fields.error("Value is not a Reference Path", name);
                    }
                    return !context;
                })
                .map(path -> new Template.PathValue(path, name));
    }

    @Override
    public Optional<Template> text(Fields fields, String name) {
        fields.notTogether(name, name + "Path");
        if (fields.has(name)) {
            return fields.any(name)
                    .filter(v -> {
                        if (!v.isTextual()) {
                            fields.error("Expected value of type String", name);
                        }
                        return v.isTextual();
                    })
                    .map(Template.Constant::new);
        }
        return pathOrCall(fields, name + "Path");
    }

    private Optional<Template> pathOrCall(Fields fields, String name) {
        return fields.text(name).flatMap(text -> value(text, name, fields.place(name), fields));
    }

    @Override
    public Optional<Template> template(Fields fields, String name) {
        return fields.has(name) ? Optional.of(payload(fields, name)) : Optional.empty();
    }

    @Override
    public Optional<Template> items(Fields fields) {
        return referencePath(fields, "ItemsPath").map(p -> new Template.PathValue(p, "ItemsPath"));
    }

    @Override
    public Optional<Template> arguments(Fields fields) {
        fields.onlyFor("JSONata", LANGUAGE, "Arguments");
        return template(fields, "Parameters");
    }

    private Template payload(Fields fields, String name) {
        return payload(fields.any(name).orElseThrow(), fields.place(name), fields);
    }

    private Template payload(JsonNode node, Place place, Fields fields) {
        if (node.isObject()) {
            Map<String, Template> members = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                String key = field.getKey();
                JsonNode value = field.getValue();
                Place at = place.field(key);
                if (key.endsWith(".$")) {
                    Optional<Template> template =
                            value.isTextual() ? value(value.textValue(), key, at, fields) : Optional.empty();
                    if (!value.isTextual()) {
                        invalidValue(key, at, fields);
                    }
                    template.ifPresent(t -> members.put(key.substring(0, key.length() - 2), t));
                } else {
                    if (value.isTextual() && looksLikePath(value.textValue())) {
                        fields.report(Diagnostic.warning(
                                Diagnostic.NO_DOLLAR,
                                "No .$ on a field that appears to be a JSONPath or Intrinsic Function.",
                                at.path()));
                    }
                    members.put(key, payload(value, at, fields));
                }
            }
            return members.values().stream().allMatch(t -> t instanceof Template.Constant)
                    ? new Template.Constant(node)
                    : new Template.ObjectOf(members);
        }
        if (node.isArray()) {
            List<Template> elements = new ArrayList<>();
            for (int i = 0; i < node.size(); i++) {
                elements.add(payload(node.get(i), place.index(i), fields));
            }
            return elements.stream().allMatch(t -> t instanceof Template.Constant)
                    ? new Template.Constant(node)
                    : new Template.ArrayOf(elements);
        }
        return new Template.Constant(node);
    }

    private static boolean looksLikePath(String text) {
        return text.startsWith("$.") || text.startsWith("$$.") || text.startsWith("States.") && text.endsWith(")");
    }

    private Optional<Template> value(String text, String field, Place at, Fields fields) {
        if (IntrinsicCall.looksLikeOne(text)) {
            try {
                IntrinsicCall call = IntrinsicCall.parse(text);
                references.add(call);
                return Optional.of(new Template.IntrinsicValue(call, field));
            } catch (JsonPathSyntaxException e) {
                invalidValue(field, at, fields);
                return Optional.empty();
            }
        }
        Optional<JsonPath> path = JsonPath.parse(text);
        if (path.isEmpty()) {
            invalidValue(field, at, fields);
            return Optional.empty();
        }
        references.add(path.get());
        return Optional.of(new Template.PathValue(path.get(), field));
    }

    private static void invalidValue(String field, Place at, Fields fields) {
        fields.report(Diagnostic.error(
                Diagnostic.SCHEMA,
                "The value for the field '" + field + "' must be a valid JSONPath or a valid intrinsic function call",
                at.path()));
    }

    @Override
    public Optional<State.ChoiceRule> choiceRule(Fields fields) {
        fields.onlyFor("JSONata", LANGUAGE, "Condition", "Output");
        return new ChoiceRules(references).rule(fields, this::catchAssign);
    }

    @Override
    public Catcher.CatchOutput catchOutput(Fields fields) {
        fields.onlyFor("JSONata", LANGUAGE, "Output");
        return new Catcher.AtPath(resultPath(fields));
    }

    @Override
    public Optional<Template> catchAssign(Fields fields) {
        return assign(fields, false);
    }
}
