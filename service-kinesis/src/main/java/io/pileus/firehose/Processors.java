package io.pileus.firehose;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.identity.Arn;
import io.pileus.firehose.delivery.MetadataQueries;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules of processors: which parameters each type has, and what these may be.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/APIReference/API_ProcessorParameter.html">ProcessorParameter</a>
 */
final class Processors {
    /** The parameters of a type. */
    private record Parameters(Set<String> required, Set<String> optional) {
        boolean has(String name) {
            return required.contains(name) || optional.contains(name);
        }
    }

    private static final Map<String, Parameters> TYPES = Map.ofEntries(
            entry(
                    "Lambda",
                    new Parameters(
                            Set.of("LambdaArn"),
                            Set.of("NumberOfRetries", "RoleArn", "BufferSizeInMBs", "BufferIntervalInSeconds"))),
            entry("MetadataExtraction", new Parameters(Set.of("MetadataExtractionQuery"), Set.of("JsonParsingEngine"))),
            entry("RecordDeAggregation", new Parameters(Set.of("SubRecordType"), Set.of("Delimiter"))),
            entry("Decompression", new Parameters(Set.of(), Set.of("CompressionFormat"))),
            entry("CloudWatchLogProcessing", new Parameters(Set.of("DataMessageExtraction"), Set.of())),
            entry("AppendDelimiterToRecord", new Parameters(Set.of(), Set.of("Delimiter"))));

    private Processors() {}

    /** Whether processing is on and has a processor of the type. */
    static boolean has(JsonNode processing, String type) {
        if (processing.path("Enabled").asBoolean(false)) {
            for (JsonNode processor : processing.path("Processors")) {
                if (processor.path("Type").asText().equals(type)) {
                    return true;
                }
            }
        }
        return false;
    }

    static void check(JsonNode processing) {
        if (processing.path("Enabled").asBoolean(false)
                && processing.path("Processors").isEmpty()) {
            throw FirehoseErrors.invalid("At least one Processor needs to be supplied when processing is enabled");
        }
        Set<String> types = new HashSet<>();
        for (JsonNode processor : processing.path("Processors")) {
            String type = processor.path("Type").asText();
            if (!types.add(type)) {
                throw FirehoseErrors.invalid("Only one processor of type " + type + " can be supplied.");
            }
            checkParameters(type, processor.path("Parameters"));
        }
        if (types.contains("CloudWatchLogProcessing") && !types.contains("Decompression")) {
            throw FirehoseErrors.invalid("A CloudWatchLogProcessing processor needs a Decompression processor.");
        }
    }

    private static void checkParameters(String type, JsonNode parameters) {
        Parameters allowed = TYPES.get(type);
        Set<String> named = new HashSet<>();
        for (JsonNode parameter : parameters) {
            String name = parameter.path("ParameterName").asText();
            if (!allowed.has(name)) {
                throw FirehoseErrors.invalid(name + " is not a parameter of a " + type + " processor.");
            }
            if (!named.add(name)) {
                throw FirehoseErrors.invalid(name + " is specified more than once for a " + type + " processor.");
            }
            checkValue(name, parameter.path("ParameterValue").asText());
        }
        for (String required : allowed.required()) {
            if (!named.contains(required)) {
                throw FirehoseErrors.invalid(required + " must be specified for a " + type + " processor.");
            }
        }
        if (type.equals("RecordDeAggregation")) {
            checkSubRecords(parameters);
        }
    }

    private static void checkValue(String name, String value) {
        switch (name) {
            case "LambdaArn" -> {
                if (Arn.parse(value)
                        .filter(arn -> arn.service().equals("lambda"))
                        .isEmpty()) {
                    throw FirehoseErrors.invalid("LambdaArn " + value + " is not the ARN of a function.");
                }
            }
            case "NumberOfRetries" -> requireNumber(name, value, 0, 300);
            case "BufferSizeInMBs" -> requireNumber(name, value, 0.2, 3);
            case "BufferIntervalInSeconds" -> requireNumber(name, value, 0, 900);
            case "JsonParsingEngine" -> requireOneOf(name, value, List.of("JQ-1.6"));
            case "SubRecordType" -> requireOneOf(name, value, List.of("JSON", "DELIMITED"));
            case "CompressionFormat" -> requireOneOf(name, value, List.of("GZIP"));
            case "DataMessageExtraction" -> requireOneOf(name, value, List.of("true", "false"));
            case "MetadataExtractionQuery" -> {
                try {
                    MetadataQueries.check(value);
                } catch (IllegalArgumentException e) {
                    throw FirehoseErrors.invalid(
                            "MetadataExtractionQuery is not a valid jq expression: " + e.getMessage());
                }
            }
            default -> {}
        }
    }

    private static void requireNumber(String name, String value, double min, double max) {
        try {
            double number = Double.parseDouble(value.trim());
            if (number >= min && number <= max) {
                return;
            }
        } catch (NumberFormatException e) {
            // refused below, as a number out of the bounds is
        }
        throw FirehoseErrors.invalid(name + " must be a number between " + plain(min) + " and " + plain(max)
                + ". Specified value: " + value);
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static void requireOneOf(String name, String value, List<String> values) {
        if (!values.contains(value)) {
            throw FirehoseErrors.invalid(name + " must be one of " + values + ". Specified value: " + value);
        }
    }

    /** A delimiter comes in base64, and with delimited records only. */
    private static void checkSubRecords(JsonNode parameters) {
        String type = "";
        String delimiter = "";
        for (JsonNode parameter : parameters) {
            String value = parameter.path("ParameterValue").asText();
            switch (parameter.path("ParameterName").asText()) {
                case "SubRecordType" -> type = value;
                case "Delimiter" -> delimiter = value;
                default -> {}
            }
        }
        if (type.equals("DELIMITED") == delimiter.isEmpty()) {
            throw FirehoseErrors.invalid(
                    delimiter.isEmpty()
                            ? "Delimiter must be specified when SubRecordType is DELIMITED."
                            : "Delimiter must not be specified when SubRecordType is JSON.");
        }
        try {
            Base64.getDecoder().decode(delimiter);
        } catch (IllegalArgumentException e) {
            throw FirehoseErrors.invalid("Delimiter must be base64 encoded. Specified value: " + delimiter);
        }
    }
}
