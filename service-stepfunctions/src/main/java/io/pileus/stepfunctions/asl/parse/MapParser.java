package io.pileus.stepfunctions.asl.parse;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.asl.Catcher;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.asl.Retrier;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.asl.Template;
import io.pileus.stepfunctions.asl.Transition;
import io.pileus.stepfunctions.asl.Workflow;
import io.pileus.stepfunctions.asl.parse.Dialect.Shape;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads Map states, inline and distributed. */
final class MapParser {
    private static final Set<String> READERS = Set.of("getObject", "listObjectsV2");
    private static final Set<String> INPUT_TYPES = Set.of("CSV", "JSON", "JSONL", "MANIFEST", "PARQUET");
    private static final List<String> DELIMITERS = List.of("COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB");

    private static final int LABEL_LENGTH_MAX = 40;

    private final AslParser parser;
    private final Dialect dialect;
    private final StateParser states;
    private final boolean express;
    private final boolean machineJsonata;
    private final int depth;

    MapParser(
            AslParser parser, Dialect dialect, StateParser states, boolean express, boolean machineJsonata, int depth) {
        this.parser = parser;
        this.dialect = dialect;
        this.states = states;
        this.express = express;
        this.machineJsonata = machineJsonata;
        this.depth = depth;
    }

    Optional<State> read(String name, Fields fields) {
        boolean legacy = !fields.has("ItemProcessor") && fields.has("Iterator");
        // The older Parameters field of a Map state is what is now called ItemSelector.
        Optional<Template> oldSelector = Optional.empty();
        if (!fields.has("ItemSelector") && fields.has("Parameters") && dialect instanceof JsonPathDialect) {
            oldSelector = dialect.template(fields, "Parameters");
        }
        State.Head head = withoutParameters(states.head(name, fields, Shape.FULL, true));
        Optional<Template> items = dialect.items(fields);
        Optional<Template> selector =
                fields.has("ItemSelector") ? dialect.template(fields, "ItemSelector") : oldSelector;
        Optional<Template> maxConcurrency = dialect.number(fields, "MaxConcurrency", 0, Long.MAX_VALUE);
        Optional<Fields> processor = fields.object(legacy ? "Iterator" : "ItemProcessor");
        fields.exactlyOne("ItemProcessor", "Iterator");
        boolean[] mode = new boolean[2];
        Optional<Workflow> workflow = processor.flatMap(p -> {
            p.object("ProcessorConfig").ifPresent(config -> {
                mode[0] = config.oneOf("Mode", List.of("INLINE", "DISTRIBUTED"))
                        .filter("DISTRIBUTED"::equals)
                        .isPresent();
                if (mode[0]) {
                    config.required("ExecutionType");
                    mode[1] = config.oneOf("ExecutionType", List.of("STANDARD", "EXPRESS"))
                            .filter("EXPRESS"::equals)
                            .isPresent();
                }
                if (mode[0] && express) {
                    config.error(
                            "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines",
                            "Mode");
                }
                config.finish();
            });
            Optional<Workflow> read = mode[1]
                    ? parser.expressWorkflow(p, machineJsonata, depth + 1)
                    : parser.workflow(p, machineJsonata, depth + 1);
            p.finish();
            return read;
        });
        if (!mode[0] && fields.any("Items").filter(JsonNode::isObject).isPresent()) {
            fields.error(JsonataDialect.ITEMS_EXPECTED, "Items");
        }
        Optional<State.Distribution> distribution =
                mode[0] ? Optional.of(distribution(fields, mode[1])) : Optional.empty();
        List<Retrier> retriers = states.retriers(fields);
        List<Catcher> catchers = states.catchers(fields);
        Optional<Transition> transition = states.transition(fields);
        return workflow.flatMap(w -> transition.map(
                t -> new State.Map(head, w, distribution, items, selector, maxConcurrency, retriers, catchers, t)));
    }

    private static State.Head withoutParameters(State.Head head) {
        return head.flow() instanceof io.pileus.stepfunctions.asl.DataFlow.JsonPathFlow flow
                ? new State.Head(
                        head.name(),
                        new io.pileus.stepfunctions.asl.DataFlow.JsonPathFlow(
                                flow.inputPath(),
                                Optional.empty(),
                                flow.resultSelector(),
                                flow.resultPath(),
                                flow.outputPath()),
                        head.assign())
                : head;
    }

    private State.Distribution distribution(Fields fields, boolean expressChildren) {
        Optional<String> label = fields.text("Label").filter(l -> {
            boolean valid =
                    l.length() <= LABEL_LENGTH_MAX && l.matches("[^\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}]+");
            if (!valid) {
                fields.report(Diagnostic.error(
                        Diagnostic.INVALID_LABEL_NAME,
                        l.length() > LABEL_LENGTH_MAX
                                ? "Label '" + l + "' exceeds the 40-character limit allowed by the service"
                                : "Label '" + l + "' contains invalid characters",
                        fields.place("Label").path()));
            }
            return valid;
        });
        label.filter(l -> !parser.newLabel(l))
                .ifPresent(l -> fields.report(Diagnostic.error(
                        Diagnostic.DUPLICATE_LABEL_NAME,
                        "Duplicate Label name: " + l,
                        fields.place("Label").path())));
        return new State.Distribution(
                expressChildren,
                label,
                fields.object("ItemReader").flatMap(this::itemReader),
                fields.object("ItemBatcher").map(this::itemBatcher),
                fields.object("ResultWriter").map(this::resultWriter),
                dialect.number(fields, "ToleratedFailureCount", 0, Long.MAX_VALUE),
                dialect.percentage(fields, "ToleratedFailurePercentage"));
    }

    private Optional<State.ItemReader> itemReader(Fields fields) {
        Optional<String> resource =
                fields.required("Resource").isPresent() ? fields.text("Resource") : Optional.empty();
        Optional<String> action = resource.filter(r -> r.matches("arn:[^:]+:states:::s3:\\w+"))
                .map(r -> r.substring(r.lastIndexOf(':') + 1))
                .filter(READERS::contains);
        if (resource.isPresent() && action.isEmpty()) {
            fields.error("The field 'Resource' does not match any of the allowed values", "Resource");
        }
        Optional<Template> arguments = dialect.arguments(fields);
        Optional<Fields> config = fields.object("ReaderConfig");
        String inputType = "JSON";
        Optional<String> header = Optional.empty();
        List<String> headers = List.of();
        char delimiter = ',';
        Optional<Template> maxItems = Optional.empty();
        Optional<String> pointer = Optional.empty();
        Optional<String> transformation = Optional.empty();
        Optional<String> manifestType = Optional.empty();
        if (config.isPresent()) {
            Fields c = config.get();
            inputType =
                    c.oneOf("InputType", INPUT_TYPES.stream().sorted().toList()).orElse("JSON");
            header = c.oneOf("CSVHeaderLocation", List.of("FIRST_ROW", "GIVEN"));
            headers = c.texts("CSVHeaders");
            delimiter = delimiter(c.oneOf("CSVDelimiter", DELIMITERS).orElse("COMMA"));
            maxItems = dialect.number(c, "MaxItems", 0, 100_000_000);
            pointer = c.text("ItemsPointer");
            transformation = c.oneOf("Transformation", List.of("NONE", "LOAD_AND_FLATTEN"));
            manifestType = c.oneOf("ManifestType", List.of("ATHENA_DATA", "S3_INVENTORY"));
            if (header.filter("GIVEN"::equals).isPresent() && headers.isEmpty()) {
                c.error("These fields are required: [CSVHeaders]");
            }
            if (inputType.equals("CSV") && header.isEmpty()) {
                c.error("The field 'CSVHeaderLocation' is required");
            }
            if (!inputType.equals("CSV")) {
                for (String field : List.of("CSVHeaderLocation", "CSVHeaders", "CSVDelimiter")) {
                    if (c.has(field)) {
                        c.error("Field '" + field + "' is not supported");
                    }
                }
            }
            c.finish();
        }
        fields.finish();
        String type = inputType;
        Optional<String> csvHeader = header;
        List<String> csvHeaders = headers;
        char csvDelimiter = delimiter;
        Optional<Template> most = maxItems;
        Optional<String> itemsPointer = pointer;
        Optional<String> transform = transformation;
        Optional<String> manifest = manifestType;
        return action.map(a -> new State.ItemReader(
                a, arguments, type, csvHeader, csvHeaders, csvDelimiter, most, itemsPointer, transform, manifest));
    }

    private static char delimiter(String name) {
        return switch (name) {
            case "PIPE" -> '|';
            case "SEMICOLON" -> ';';
            case "SPACE" -> ' ';
            case "TAB" -> '\t';
            default -> ',';
        };
    }

    private State.ItemBatcher itemBatcher(Fields fields) {
        Optional<Template> items = dialect.number(fields, "MaxItemsPerBatch", 0, Long.MAX_VALUE);
        Optional<Template> bytes = dialect.number(fields, "MaxInputBytesPerBatch", 0, Json.PAYLOAD_BYTES_MAX);
        Optional<Template> input = dialect.template(fields, "BatchInput");
        if (items.isEmpty() && bytes.isEmpty()) {
            fields.error(
                    "This object should have at least one of the following fields: [MaxItemsPerBatch, MaxInputBytesPerBatch]");
        }
        fields.finish();
        return new State.ItemBatcher(items, bytes, input);
    }

    private State.ResultWriter resultWriter(Fields fields) {
        Optional<String> resource = fields.text("Resource").filter(r -> {
            boolean valid = r.matches("arn:[^:]+:states:::s3:putObject");
            if (!valid) {
                fields.error("The field 'Resource' does not match any of the allowed values", "Resource");
            }
            return valid;
        });
        Optional<Template> arguments = dialect.arguments(fields);
        Optional<Fields> config = fields.object("WriterConfig");
        String transformation = config.flatMap(c -> c.oneOf("Transformation", List.of("NONE", "COMPACT", "FLATTEN")))
                .orElse("NONE");
        boolean lines = config.flatMap(c -> c.oneOf("OutputType", List.of("JSON", "JSONL")))
                .filter("JSONL"::equals)
                .isPresent();
        config.ifPresent(Fields::finish);
        fields.finish();
        return new State.ResultWriter(resource, arguments, transformation, lines);
    }
}
