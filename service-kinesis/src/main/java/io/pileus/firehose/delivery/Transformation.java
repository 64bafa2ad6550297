package io.pileus.firehose.delivery;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.JsonTrees;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * A destination's processors, in AWS's order, whatever the order in which they are given.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning-multirecord-deaggergation.html">The order of
 *     de-aggregation, transformation and partition keys</a>
 */
final class Transformation {
    /** What a compressed record may grow to. */
    private static final int DECOMPRESSED_MAX = 64 * 1024 * 1024;

    /** A record that holds more is not taken apart. */
    private static final int SUB_RECORDS_MAX = 500;

    private static final List<String> ORDER = List.of(
            "Decompression",
            "CloudWatchLogProcessing",
            "RecordDeAggregation",
            "Lambda",
            "MetadataExtraction",
            "AppendDelimiterToRecord");

    private final LambdaProcessor lambda;
    private final MetadataQueries queries;
    private final InstantSource clock;

    Transformation(LambdaProcessor lambda, MetadataQueries queries, InstantSource clock) {
        this.lambda = lambda;
        this.queries = queries;
        this.clock = clock;
    }

    /** What came out: records that go on, and those that failed. */
    record Outcome(List<Item> items, List<Failure> failures) {}

    CompletionStage<Outcome> apply(Target target, List<Item> items) {
        JsonNode processing = target.settings().path("ProcessingConfiguration");
        CompletionStage<Outcome> outcome = CompletableFuture.completedFuture(new Outcome(items, List.of()));
        if (!processing.path("Enabled").asBoolean(false)) {
            return outcome;
        }
        List<JsonNode> processors = new ArrayList<>();
        processing.path("Processors").forEach(processors::add);
        processors.sort(Comparator.comparingInt(
                processor -> ORDER.indexOf(processor.path("Type").asText())));
        for (JsonNode processor : processors) {
            Map<String, String> parameters = parameters(processor);
            outcome = outcome.thenCompose(before -> step(processor.path("Type").asText(), parameters, target, before));
        }
        return outcome;
    }

    static Map<String, String> parameters(JsonNode processor) {
        Map<String, String> parameters = new HashMap<>();
        for (JsonNode parameter : processor.path("Parameters")) {
            parameters.put(
                    parameter.path("ParameterName").asText(),
                    parameter.path("ParameterValue").asText());
        }
        return parameters;
    }

    private CompletionStage<Outcome> step(String type, Map<String, String> parameters, Target target, Outcome before) {
        return switch (type) {
            case "Lambda" -> lambda.apply(target, parameters, before.items()).thenApply(after -> join(before, after));
            case "RecordDeAggregation" -> completed(before, item -> deaggregate(item, parameters));
            case "Decompression" -> completed(before, item -> List.of(item.withData(decompress(item.data()))));
            case "CloudWatchLogProcessing" -> completed(before, this::logMessages);
            case "MetadataExtraction" ->
                completed(before, queries.step(parameters.getOrDefault("MetadataExtractionQuery", "{}")));
            case "AppendDelimiterToRecord" ->
                completed(
                        before,
                        item -> List.of(item.withData(
                                append(item.data(), delimiter(parameters.getOrDefault("Delimiter", "\\n"))))));
            default -> CompletableFuture.completedFuture(before);
        };
    }

    private static Outcome join(Outcome before, Outcome after) {
        List<Failure> failures = new ArrayList<>(before.failures());
        failures.addAll(after.failures());
        return new Outcome(after.items(), failures);
    }

    /** A processor that makes records of one record, at once. */
    interface Step {
        List<Item> of(Item item) throws ProcessingException;
    }

    /** A record cannot be processed. */
    static final class ProcessingException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String code;

        ProcessingException(String code, String message) {
            super(message);
            this.code = code;
        }
    }

    private CompletionStage<Outcome> completed(Outcome before, Step step) {
        List<Item> items = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (Item item : before.items()) {
            try {
                items.addAll(step.of(item));
            } catch (ProcessingException e) {
                failures.add(new Failure(item, e.code, String.valueOf(e.getMessage()), 1, clock.instant(), ""));
            }
        }
        return CompletableFuture.completedFuture(join(before, new Outcome(items, failures)));
    }

    private static List<Item> deaggregate(Item item, Map<String, String> parameters) throws ProcessingException {
        List<Item> items = parameters.getOrDefault("SubRecordType", "JSON").equals("DELIMITED")
                ? delimited(item, parameters.getOrDefault("Delimiter", "Cg=="))
                : objects(item);
        return items.size() > SUB_RECORDS_MAX ? List.of(item) : items;
    }

    /** The parts between delimiters, which come in base64. */
    private static List<Item> delimited(Item item, String delimiter) {
        String mark = new String(Base64.getDecoder().decode(delimiter), StandardCharsets.ISO_8859_1);
        String text = new String(item.data().bytes(), StandardCharsets.ISO_8859_1);
        return Arrays.stream(text.split(Pattern.quote(mark)))
                .filter(part -> !part.isEmpty())
                .map(part -> item.withData(Blob.of(part.getBytes(StandardCharsets.ISO_8859_1))))
                .toList();
    }

    /** Objects one after the other; an array of them is no valid input. */
    private static List<Item> objects(Item item) throws ProcessingException {
        List<Item> items = new ArrayList<>();
        try (JsonParser parser =
                        JsonTrees.mapper().getFactory().createParser(item.data().bytes());
                MappingIterator<JsonNode> documents =
                        JsonTrees.mapper().readerFor(JsonNode.class).readValues(parser)) {
            while (documents.hasNextValue()) {
                JsonNode document = documents.nextValue();
                if (!document.isObject()) {
                    throw notObjects();
                }
                items.add(item.withData(Blob.ofUtf8(document.toString())));
            }
        } catch (IOException e) {
            throw notObjects();
        }
        return items;
    }

    private static ProcessingException notObjects() {
        return new ProcessingException(
                "DynamicPartitioning.MetadataExtractionFailed", "The record does not consist of JSON objects");
    }

    private static Blob decompress(Blob data) throws ProcessingException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(data.bytes()))) {
            byte[] bytes = in.readNBytes(DECOMPRESSED_MAX + 1);
            if (bytes.length > DECOMPRESSED_MAX) {
                throw new ProcessingException("Decompression.Failed", "The record is too large when decompressed");
            }
            return Blob.of(bytes);
        } catch (IOException e) {
            throw new ProcessingException("Decompression.Failed", "The record is not compressed with GZIP");
        }
    }

    private List<Item> logMessages(Item item) throws ProcessingException {
        try {
            StringBuilder messages = new StringBuilder();
            for (JsonNode event :
                    JsonTrees.mapper().readTree(item.data().bytes()).path("logEvents")) {
                messages.append(event.path("message").asText()).append('\n');
            }
            return List.of(item.withData(Blob.ofUtf8(messages.toString())));
        } catch (JsonProcessingException e) {
            throw new ProcessingException(
                    "CloudWatchLogs.ProcessingFailed", "The record is not a CloudWatch Logs event");
        } catch (IOException e) {
            throw new ProcessingException("CloudWatchLogs.ProcessingFailed", "The record cannot be read");
        }
    }

    private static String delimiter(String parameter) {
        return parameter.replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r");
    }

    private static Blob append(Blob data, String delimiter) {
        byte[] end = delimiter.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(data.bytes(), data.size() + end.length);
        System.arraycopy(end, 0, all, data.size(), end.length);
        return Blob.of(all);
    }
}
