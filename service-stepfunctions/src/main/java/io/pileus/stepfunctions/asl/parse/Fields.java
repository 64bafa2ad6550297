package io.pileus.stepfunctions.asl.parse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An object of a definition while it is read: remembers which fields were asked for, so that the others can be refused.
 *
 * <p>The words of the rules here and in the other readers are AWS's as far as others measured them with
 * ValidateStateMachineDefinition (github.com/floci-io/floci#2735 and #3733, github.com/aws-cloudformation/cfn-lint#4075,
 * and the policies of cdk-preflight of 2026-09-05).
 */
final class Fields {
    private final JsonNode object;
    private final Place place;
    private final List<Diagnostic> diagnostics;
    private final Set<String> known = new HashSet<>(Set.of("Comment"));
    private final List<String> missing = new ArrayList<>();

    Fields(JsonNode object, Place place, List<Diagnostic> diagnostics) {
        this.object = object;
        this.place = place;
        this.diagnostics = diagnostics;
    }

    Place place() {
        return place;
    }

    Place place(String name) {
        return place.field(name);
    }

    boolean has(String name) {
        known.add(name);
        return object.has(name);
    }

    Optional<JsonNode> any(String name) {
        known.add(name);
        return Optional.ofNullable(object.get(name));
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** A field that must be there; reported by {@link #finish} when it is not. */
    Optional<JsonNode> required(String name) {
        Optional<JsonNode> value = any(name);
        if (value.isEmpty()) {
            missing.add(name);
        }
        return value;
    }

    Optional<String> text(String name) {
        return any(name).filter(v -> expect(v.isTextual(), "String", name)).map(JsonNode::textValue);
    }

    Optional<Long> integer(String name, long least, long most) {
        return any(name)
                .filter(v -> expect(v.isIntegralNumber(), "Integer", name))
                .map(JsonNode::longValue)
                .filter(v -> range(v, least, most, name));
    }

    Optional<Double> number(String name, double least, double most) {
        return any(name)
                .filter(v -> expect(v.isNumber(), "Number", name))
                .map(JsonNode::doubleValue)
                .filter(v -> {
                    if (v < least) {
                        error("Minimum value is " + least, name);
                    } else if (v > most) {
                        error("Maximum value is " + most, name);
                    }
                    return v >= least && v <= most;
                });
    }

    Optional<Boolean> flag(String name) {
        return any(name).filter(v -> expect(v.isBoolean(), "Boolean", name)).map(JsonNode::booleanValue);
    }

    Optional<JsonNode> array(String name) {
        return any(name).filter(v -> expect(v.isArray(), "Array", name));
    }

    Optional<Fields> object(String name) {
        return any(name)
                .filter(v -> expect(v.isObject(), "Object", name))
                .map(v -> new Fields(v, place(name), diagnostics));
    }

    /** The objects of an array; others are reported. */
    List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        array(name).ifPresent(list -> {
            for (int i = 0; i < list.size(); i++) {
                Place at = place(name).index(i);
                if (list.get(i).isObject()) {
                    objects.add(new Fields(list.get(i), at, diagnostics));
                } else {
                    diagnostics.add(Diagnostic.error(Diagnostic.SCHEMA, "Expected value of type Object", at.path()));
                }
            }
        });
        return objects;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        array(name).ifPresent(list -> {
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i).isTextual()) {
                    texts.add(list.get(i).textValue());
                } else {
                    diagnostics.add(Diagnostic.error(
                            Diagnostic.SCHEMA,
                            "Expected value of type String",
                            place(name).index(i).path()));
                }
            }
        });
        return texts;
    }

    /** At most one of the fields may be there. */
    void notTogether(String... names) {
        List<String> there = new ArrayList<>();
        for (String name : names) {
            if (has(name)) {
                there.add(name);
            }
        }
        if (there.size() > 1) {
            error("There should only be one of the following fields: " + List.of(names));
        }
    }

    /** Exactly one of the fields must be there. */
    void exactlyOne(String... names) {
        notTogether(names);
        boolean any = false;
        for (String name : names) {
            any |= object.has(name);
        }
        if (!any) {
            error("This object should have only one of the following fields: " + List.of(names));
        }
    }

    /** One of a few values; others are reported. */
    Optional<String> oneOf(String name, List<String> values) {
        return text(name).filter(value -> {
            if (!values.contains(value)) {
                error("Value should be one of the following: " + values, name);
            }
            return values.contains(value);
        });
    }

    /** An array that must not be empty. */
    void notEmpty(String name) {
        if (object.path(name).isArray() && object.path(name).isEmpty()) {
            error("Value cannot be empty", name);
        }
    }

    /** Says that a field of the other query language is here. */
    void onlyFor(String otherLanguage, String language, String... names) {
        for (String name : names) {
            if (object.has(name) && known.add(name)) {
                error("The QueryLanguage is set to '" + language + "', but field '" + name
                        + "' is only supported for the '" + otherLanguage + "' QueryLanguage");
            }
        }
    }

    /** Reports the fields that are missing and those that nobody asked for. */
    void finish() {
        if (!missing.isEmpty()) {
            error("These fields are required: " + missing);
        }
        if (object.has("Comment") && !object.get("Comment").isTextual()) {
            error("Expected value of type String", "Comment");
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!known.contains(field.getKey())) {
                error("Field '" + field.getKey() + "' is not supported");
            }
        }
    }

    void error(String message) {
        diagnostics.add(Diagnostic.error(Diagnostic.SCHEMA, message, place.path()));
    }

    void error(String message, String field) {
        diagnostics.add(
                Diagnostic.error(Diagnostic.SCHEMA, message, place(field).path()));
    }

    void report(Diagnostic diagnostic) {
        diagnostics.add(diagnostic);
    }

    List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    private boolean expect(boolean fits, String type, String name) {
        if (!fits) {
            error("Expected value of type " + type, name);
        }
        return fits;
    }

    private boolean range(long value, long least, long most, String name) {
        if (value < least) {
            error("Minimum value is " + least, name);
        } else if (value > most) {
            error("Maximum value is " + most, name);
        }
        return value >= least && value <= most;
    }
}
