package io.pileus.stepfunctions.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.http.Payload;
import io.pileus.core.port.ObjectStore;
import io.pileus.stepfunctions.asl.Errors;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.run.ContextObject;
import io.pileus.stepfunctions.run.Execution;
import io.pileus.stepfunctions.run.ExecutionStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The results of a Map run: the state's result, or files in S3 with a manifest.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html">ResultWriter</a>
 */
final class ResultFiles {
    private final String mapRunArn;
    private final Optional<ObjectStore> store;

    ResultFiles(String mapRunArn, Optional<ObjectStore> store) {
        this.mapRunArn = mapRunArn;
        this.store = store;
    }

    /** What the Map state's result is. */
    JsonNode write(
            Optional<State.ResultWriter> writer,
            Optional<JsonNode> arguments,
            List<Execution> executions,
            List<JsonNode> pending) {
        if (writer.flatMap(State.ResultWriter::resource).isEmpty()) {
            List<Execution> succeeded = with(executions, ExecutionStatus.SUCCEEDED);
            String transformation =
                    writer.map(State.ResultWriter::transformation).orElse("COMPACT");
            return list(succeeded, transformation);
        }
        JsonNode target = arguments.orElse(Json.EMPTY_OBJECT);
        String bucket = target.path("Bucket").asText("");
        String prefix = target.path("Prefix").asText("");
        String folder = (prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/")
                + mapRunArn.substring(mapRunArn.lastIndexOf(':') + 1) + "/";
        ObjectNode manifest = Json.object().put("DestinationBucket", bucket).put("MapRunArn", mapRunArn);
        ObjectNode files = manifest.putObject("ResultFiles");
        Map<String, List<Execution>> groups = new LinkedHashMap<>();
        groups.put("FAILED", without(executions, ExecutionStatus.SUCCEEDED));
        groups.put("PENDING", List.of());
        groups.put("SUCCEEDED", with(executions, ExecutionStatus.SUCCEEDED));
        groups.forEach((name, group) -> {
            ArrayNode entries = files.putArray(name);
            boolean pendingGroup = name.equals("PENDING");
            if (group.isEmpty() && !(pendingGroup && !pending.isEmpty())) {
                return;
            }
            State.ResultWriter settings = writer.get();
            ArrayNode content = pendingGroup
                    ? pendingEntries(pending)
                    : list(group, name.equals("SUCCEEDED") ? settings.transformation() : "NONE");
            String text = settings.jsonLines() ? lines(content) : content.toString();
            String key = folder + name + "_0." + (settings.jsonLines() ? "jsonl" : "json");
            put(bucket, key, text);
            entries.addObject().put("Key", key).put("Size", Payload.ofUtf8(text).size());
        });
        String key = folder + "manifest.json";
        put(bucket, key, manifest.toString());
        ObjectNode result = Json.object().put("MapRunArn", mapRunArn);
        result.putObject("ResultWriterDetails").put("Bucket", bucket).put("Key", key);
        return result;
    }

    private void put(String bucket, String key, String text) {
        ObjectStore objects = store.orElseThrow(
                () -> new MapFailure(Errors.RESULT_WRITER_FAILED, "S3 is not enabled in the emulator."));
        if (objects.put(bucket, key, Payload.ofUtf8(text), Map.of(), "application/json")
                instanceof ObjectStore.PutFailed failed) {
            throw new MapFailure(
                    Errors.RESULT_WRITER_FAILED,
                    "Failed to write the results to the bucket " + bucket + ": " + failed.message() + " ("
                            + failed.code() + ")");
        }
    }

    private static String lines(ArrayNode entries) {
        StringBuilder text = new StringBuilder();
        entries.forEach(entry -> text.append(entry).append('\n'));
        return text.toString();
    }

    private static ArrayNode list(List<Execution> executions, String transformation) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Execution execution : executions) {
            switch (transformation) {
                case "NONE" -> list.add(entry(execution));
                case "FLATTEN" -> {
                    JsonNode output = execution.view().output().orElseThrow();
                    if (output.isArray()) {
                        output.forEach(list::add);
                    } else {
                        list.add(output);
                    }
                }
                default -> list.add(execution.view().output().orElseThrow());
            }
        }
        return list;
    }

    private static ArrayNode pendingEntries(List<JsonNode> pending) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        pending.forEach(input -> list.addObject().put("Input", input.toString()).put("Status", "PENDING"));
        return list;
    }

    private static ObjectNode entry(Execution execution) {
        Execution.View view = execution.view();
        ObjectNode entry = Json.object();
        entry.put("ExecutionArn", execution.identity().arn());
        view.cause().ifPresent(c -> entry.put("Cause", c));
        view.error().ifPresent(e -> entry.put("Error", e));
        entry.put("Input", execution.identity().input().toString());
        entry.putObject("InputDetails").put("Included", true);
        entry.put("Name", execution.identity().name());
        view.output().ifPresent(o -> {
            entry.put("Output", o.toString());
            entry.putObject("OutputDetails").put("Included", true);
        });
        entry.put("RedriveCount", view.redriveCount());
        boolean succeeded = view.status() == ExecutionStatus.SUCCEEDED;
        entry.put("RedriveStatus", succeeded ? "NOT_REDRIVABLE" : "REDRIVABLE_BY_MAP_RUN");
        if (succeeded) {
            entry.put("RedriveStatusReason", "Execution is SUCCEEDED and cannot be redriven");
        }
        entry.put("StartDate", ContextObject.timestamp(execution.startDate()));
        entry.put("StateMachineArn", execution.identity().stateMachineArn());
        entry.put("Status", view.status().name());
        view.stopDate().ifPresent(d -> entry.put("StopDate", ContextObject.timestamp(d)));
        return entry;
    }

    private static List<Execution> with(List<Execution> executions, ExecutionStatus status) {
        List<Execution> matching = new ArrayList<>(executions);
        matching.removeIf(e -> e.view().status() != status);
        return matching;
    }

    private static List<Execution> without(List<Execution> executions, ExecutionStatus status) {
        List<Execution> matching = new ArrayList<>(executions);
        matching.removeIf(e -> e.view().status() == status);
        return matching;
    }
}
