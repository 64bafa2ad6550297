package io.pileus.stepfunctions.asl.parse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.asl.Definition;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.asl.Workflow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads definitions. */
public final class AslParser {
    private static final long TIMEOUT_SECONDS_MAX = 99_999_999;

    /** Whether what is read now is executed by Express executions. */
    private boolean express;

    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final Set<String> stateNames = new HashSet<>();
    private final Set<String> labels = new HashSet<>();
    private final Map<String, List<String>> variableReferences = new LinkedHashMap<>();

    private AslParser(boolean express) {
        this.express = express;
    }

    /**
     * What reading gave.
     *
     * @param definition the definition; empty when there are errors
     */
    public record Result(Optional<Definition> definition, List<Diagnostic> diagnostics) {
        public Result {
            diagnostics = List.copyOf(diagnostics);
        }

        public List<Diagnostic> errors() {
            return diagnostics.stream()
                    .filter(d -> d.severity() == Diagnostic.Severity.ERROR)
                    .toList();
        }
    }

    /** Reads the definition of a state machine. */
    public static Result parse(String text, boolean express) {
        return new AslParser(express).machine(text);
    }

    /** Reads a definition that was accepted once: rules that have come since do not refuse it. */
    public static Optional<Definition> readAgain(String text) {
        AslParser parser = new AslParser(false);
        return parser.json(text).flatMap(parser::definition);
    }

    /** Reads the definition of a single state, as TestState takes it; transitions are not followed. */
    public static Result parseState(String text) {
        return new AslParser(false).singleState(text);
    }

    private Result machine(String text) {
        Optional<JsonNode> root = json(text);
        Optional<Definition> definition = root.flatMap(this::definition);
        boolean failed = diagnostics.stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR);
        return new Result(failed ? Optional.empty() : definition, diagnostics);
    }

    private Optional<JsonNode> json(String text) {
        if (text.isBlank()) {
            diagnostics.add(new Diagnostic(
                    Diagnostic.Severity.ERROR,
                    Diagnostic.MISSING_DESCRIPTION,
                    "Received a null or empty workflow input.",
                    Optional.empty()));
            return Optional.empty();
        }
        try {
            JsonNode root = Json.read(text);
            if (root.isObject()) {
                return Optional.of(root);
            }
            diagnostics.add(Diagnostic.error(Diagnostic.SCHEMA, "Expected value of type Object", ""));
        } catch (JsonProcessingException e) {
            diagnostics.add(new Diagnostic(
                    Diagnostic.Severity.ERROR, Diagnostic.INVALID_JSON, e.getMessage(), Optional.empty()));
        }
        return Optional.empty();
    }

    private Optional<Definition> definition(JsonNode root) {
        Fields fields = new Fields(root, Place.ROOT, diagnostics);
        fields.oneOf("Version", List.of("1.0"));
        Optional<Long> timeout = fields.integer("TimeoutSeconds", 0, TIMEOUT_SECONDS_MAX);
        boolean jsonata = queryLanguage(fields).orElse("JSONPath").equals("JSONata");
        Optional<Workflow> workflow = workflow(fields, jsonata, 0);
        fields.finish();
        new VariableScopes(diagnostics).check(root);
        return workflow.map(w -> new Definition(timeout, w, variableReferences));
    }

    private Optional<String> queryLanguage(Fields fields) {
        return fields.oneOf("QueryLanguage", List.of("JSONPath", "JSONata"));
    }

    /** Reads StartAt and States; the caller finishes the fields. */
    Optional<Workflow> workflow(Fields fields, boolean jsonata, int depth) {
        if (depth > 50) {
            fields.report(Diagnostic.error(
                    Diagnostic.TOO_DEEPLY_NESTED,
                    "The states are too deeply nested.",
                    fields.place().path()));
            return Optional.empty();
        }
        Optional<String> startAt = fields.required("StartAt").isPresent() ? fields.text("StartAt") : Optional.empty();
        Optional<JsonNode> states = fields.required("States");
        if (states.isPresent() && !states.get().isObject()) {
            fields.error("Expected value of type Object", "States");
        }
        if (states.isEmpty() || !states.get().isObject()) {
            return Optional.empty();
        }
        if (states.get().isEmpty()) {
            fields.error("Value cannot be empty", "States");
        }
        Map<String, State> read = new LinkedHashMap<>();
        Graph graph = new Graph(fields.place(), startAt, states.get());
        for (Map.Entry<String, JsonNode> entry : states.get().properties()) {
            String name = entry.getKey();
            Place place = fields.place("States").field(name).asState();
            if (name.isEmpty() || name.codePointCount(0, name.length()) > 80) {
                diagnostics.add(Diagnostic.error(
                        Diagnostic.INVALID_STATE_NAME,
                        name.isEmpty()
                                ? "The state name must not be empty"
                                : "State name '" + name + "' exceeds the 80-character limit allowed by the service",
                        place.path()));
            }
            if (!stateNames.add(name)) {
                diagnostics.add(Diagnostic.error(
                        Diagnostic.DUPLICATE_STATE_NAME, "Duplicate State name: " + name, place.path()));
            }
            if (!entry.getValue().isObject()) {
                diagnostics.add(Diagnostic.error(Diagnostic.SCHEMA, "Expected value of type Object", place.path()));
                continue;
            }
            state(name, new Fields(entry.getValue(), place, diagnostics), jsonata, depth)
                    .ifPresent(s -> read.put(name, s));
        }
        graph.check(diagnostics);
        return startAt.map(s -> new Workflow(s, read));
    }

    /** As {@link #workflow}, for the children of a distributed Map that are Express executions. */
    Optional<Workflow> expressWorkflow(Fields fields, boolean jsonata, int depth) {
        boolean around = express;
        express = true;
        try {
            return workflow(fields, jsonata, depth);
        } finally {
            express = around;
        }
    }

    private Optional<State> state(String name, Fields fields, boolean machineJsonata, int depth) {
        Optional<String> language = queryLanguage(fields);
        boolean jsonata = language.map("JSONata"::equals).orElse(machineJsonata);
        if (machineJsonata && !jsonata) {
            fields.error("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine");
        }
        References references = new References();
        Dialect dialect = jsonata ? new JsonataDialect(references) : new JsonPathDialect(references);
        Optional<State> state = new StateParser(this, dialect, machineJsonata, express, depth).read(name, fields);
        if (!references.names().isEmpty()) {
            variableReferences.put(name, references.names());
        }
        return state;
    }

    /** Whether no Map state before had this label. */
    boolean newLabel(String label) {
        return labels.add(label);
    }

    private Result singleState(String text) {
        Optional<JsonNode> root = json(text);
        Optional<State> state = root.flatMap(node -> {
            Fields fields = new Fields(node, Place.ROOT.asState(), diagnostics);
            return state("StateName", fields, false, 0);
        });
        boolean failed = diagnostics.stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR);
        Optional<Definition> definition = state.map(s ->
                new Definition(Optional.empty(), new Workflow(s.name(), Map.of(s.name(), s)), variableReferences));
        return new Result(failed ? Optional.empty() : definition, diagnostics);
    }
}
