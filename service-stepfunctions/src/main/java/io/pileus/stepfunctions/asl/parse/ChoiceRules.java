package io.pileus.stepfunctions.asl.parse;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.asl.Condition;
import io.pileus.stepfunctions.asl.Condition.Comparator;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.asl.Template;
import io.pileus.stepfunctions.asl.Timestamps;
import io.pileus.stepfunctions.jsonpath.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the rules of Choice states that speak JSONPath. */
final class ChoiceRules {
    private static final int DEPTH_MAX = 50;
    private static final List<String> SELECTORS = List.of("And", "Or", "Not", "Variable");
    private static final String SELECTORS_NAMED = "[And, Or, Not, Variable, Condition]";

    private final References references;

    ChoiceRules(References references) {
        this.references = references;
    }

    Optional<State.ChoiceRule> rule(Fields fields, Function<Fields, Optional<Template>> assign) {
        Optional<String> next = fields.required("Next").isPresent() ? fields.text("Next") : Optional.empty();
        Optional<Template> assigned = assign.apply(fields);
        Optional<Condition> condition = condition(fields, 0);
        fields.finish();
        return condition.flatMap(c -> next.map(n -> new State.ChoiceRule(c, n, assigned, Optional.empty())));
    }

    private Optional<Condition> nested(Fields fields, int depth) {
        if (depth > DEPTH_MAX) {
            fields.report(Diagnostic.error(
                    Diagnostic.TOO_DEEPLY_NESTED,
                    "The rules are too deeply nested",
                    fields.place().path()));
            return Optional.empty();
        }
        Optional<Condition> condition = condition(fields, depth);
        fields.finish();
        return condition;
    }

    private Optional<Condition> condition(Fields fields, int depth) {
        if (SELECTORS.stream().filter(fields::has).count() != 1) {
            fields.error("The object must have only one of the following fields, " + SELECTORS_NAMED);
            return Optional.empty();
        }
        if (fields.has("And")) {
            return Optional.of(new Condition.And(all(fields, "And", depth)));
        }
        if (fields.has("Or")) {
            return Optional.of(new Condition.Or(all(fields, "Or", depth)));
        }
        if (fields.has("Not")) {
            return fields.object("Not").flatMap(f -> nested(f, depth + 1)).map(Condition.Not::new);
        }
        return comparison(fields);
    }

    private List<Condition> all(Fields fields, String name, int depth) {
        List<Condition> conditions = new ArrayList<>();
        for (Fields each : fields.objects(name)) {
            nested(each, depth + 1).ifPresent(conditions::add);
        }
        if (fields.array(name).filter(JsonNode::isEmpty).isPresent()) {
            fields.error("Value cannot be empty", name);
        }
        return conditions;
    }

    private Optional<Condition> comparison(Fields fields) {
        Optional<JsonPath> variable =
                fields.required("Variable").isPresent() ? path(fields, "Variable") : Optional.empty();
        List<String> present = new ArrayList<>();
        Optional<Condition> condition = Optional.empty();
        for (Comparator comparator : Comparator.values()) {
            String name = comparator.wire();
            if (fields.has(name)) {
                present.add(name);
                condition = literal(fields, comparator, name)
                        .flatMap(v ->
                                variable.map(p -> new Condition.Comparison(p, comparator, new Condition.Literal(v))));
            }
            if (comparator.takesPath() && fields.has(name + "Path")) {
                present.add(name + "Path");
                condition = path(fields, name + "Path")
                        .flatMap(v ->
                                variable.map(p -> new Condition.Comparison(p, comparator, new Condition.AtPath(v))));
            }
        }
        if (present.isEmpty()) {
            fields.error("This object should have only one of the following fields: " + comparators());
        } else if (present.size() > 1) {
            fields.error("There should only be one of the following fields: " + comparators());
        }
        return condition;
    }

    private static List<String> comparators() {
        List<String> names = new ArrayList<>();
        for (Comparator comparator : Comparator.values()) {
            names.add(comparator.wire());
            if (comparator.takesPath()) {
                names.add(comparator.wire() + "Path");
            }
        }
        return names;
    }

    private Optional<JsonNode> literal(Fields fields, Comparator comparator, String name) {
        JsonNode value = fields.any(name).orElseThrow();
        String word = comparator.name();
        boolean fits;
        String type;
        if (word.startsWith("STRING")) {
            fits = value.isTextual();
            type = "String";
        } else if (word.startsWith("NUMERIC")) {
            fits = value.isNumber();
            type = "Number";
        } else if (word.startsWith("TIMESTAMP")) {
            fits = value.isTextual() && Timestamps.parse(value.textValue()).isPresent();
            type = "Timestamp";
        } else {
            fits = value.isBoolean();
            type = "Boolean";
        }
        if (!fits) {
            fields.error("Expected value of type " + type, name);
        }
        return fits ? Optional.of(value) : Optional.empty();
    }

    private Optional<JsonPath> path(Fields fields, String name) {
        return fields.text(name).flatMap(text -> {
            Optional<JsonPath> path = JsonPath.parse(text);
            if (!text.startsWith("$")) {
                fields.error("Value is not a Reference Path: Reference path didn't start with '$'", name);
            } else if (path.isEmpty()) {
                fields.error("Value must be a valid JSONPath.", name);
            }
            path.ifPresent(references::add);
            return path;
        });
    }
}
