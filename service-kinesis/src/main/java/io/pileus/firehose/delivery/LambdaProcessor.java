package io.pileus.firehose.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Ids;
import io.pileus.core.port.FunctionInvoker;
import io.pileus.core.port.Ports;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.JsonTrees;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Hands records to a function that changes, drops or refuses each of them.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html">Transform source data</a>
 */
final class LambdaProcessor {
    private static final int RETRIES_DEFAULT = 3;
    private static final double BUFFER_MIB_DEFAULT = 1;
    private static final double MIB = 1024 * 1024;

    private final Ports ports;
    private final Ids ids;
    private final InstantSource clock;

    LambdaProcessor(Ports ports, Ids ids, InstantSource clock) {
        this.ports = ports;
        this.ids = ids;
        this.clock = clock;
    }

    CompletionStage<Transformation.Outcome> apply(Target target, Map<String, String> parameters, List<Item> items) {
        String function = parameters.getOrDefault("LambdaArn", "");
        int retries = number(parameters.get("NumberOfRetries"), RETRIES_DEFAULT);
        double bytesMax = decimal(parameters.get("BufferSizeInMBs")) * MIB;
        CompletionStage<Transformation.Outcome> all =
                CompletableFuture.completedFuture(new Transformation.Outcome(List.of(), List.of()));
        for (List<Item> batch : batches(items, bytesMax)) {
            all = all.thenCompose(before -> invoke(target, function, batch, 1, retries + 1)
                    .thenApply(after -> {
                        List<Item> joined = new ArrayList<>(before.items());
                        joined.addAll(after.items());
                        List<Failure> failures = new ArrayList<>(before.failures());
                        failures.addAll(after.failures());
                        return new Transformation.Outcome(joined, failures);
                    }));
        }
        return all;
    }

    private static List<List<Item>> batches(List<Item> items, double bytesMax) {
        List<List<Item>> batches = new ArrayList<>();
        List<Item> batch = new ArrayList<>();
        long bytes = 0;
        for (Item item : items) {
            if (!batch.isEmpty() && bytes + item.data().size() > bytesMax) {
                batches.add(batch);
                batch = new ArrayList<>();
                bytes = 0;
            }
            batch.add(item);
            bytes += item.data().size();
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    private CompletionStage<Transformation.Outcome> invoke(
            Target target, String function, List<Item> batch, int attempt, int attemptsMax) {
        Optional<FunctionInvoker> invoker = ports.find(FunctionInvoker.class);
        Optional<Arn> arn = Arn.parse(function);
        if (invoker.isEmpty() || arn.isEmpty()) {
            return CompletableFuture.completedFuture(
                    failed(batch, "Lambda.FunctionNotFound", "The function cannot be invoked", attempt, function));
        }
        Caller caller = Caller.service(target.account(), "firehose.amazonaws.com");
        return invoker.get()
                .invoke(arn.get(), Blob.ofUtf8(event(target, batch).toString()), caller, 1)
                .exceptionally(e -> new FunctionInvoker.Refused("ServiceException", "The invocation failed", 500))
                .thenCompose(result -> switch (result) {
                    case FunctionInvoker.Returned returned ->
                        CompletableFuture.completedFuture(read(returned.payload(), batch, attempt, function));
                    case FunctionInvoker.Failed failure ->
                        again(
                                target,
                                function,
                                batch,
                                attempt,
                                attemptsMax,
                                "Lambda.FunctionError",
                                "The Lambda function was successfully invoked but it returned an error result.");
                    case FunctionInvoker.Refused refused ->
                        again(
                                target,
                                function,
                                batch,
                                attempt,
                                attemptsMax,
                                refused.httpStatus() == 404 ? "Lambda.FunctionNotFound" : "Lambda.InvokeFailed",
                                refused.message());
                });
    }

    private CompletionStage<Transformation.Outcome> again(
            Target target,
            String function,
            List<Item> batch,
            int attempt,
            int attemptsMax,
            String code,
            String message) {
        return attempt < attemptsMax
                ? invoke(target, function, batch, attempt + 1, attemptsMax)
                : CompletableFuture.completedFuture(failed(batch, code, message, attempt, function));
    }

    private ObjectNode event(Target target, List<Item> batch) {
        ObjectNode event = JsonTrees.mapper()
                .createObjectNode()
                .put("invocationId", ids.uuid())
                .put("deliveryStreamArn", target.arn())
                .put("region", target.region().id());
        ArrayNode records = event.putArray("records");
        for (Item item : batch) {
            records.addObject()
                    .put("recordId", item.recordId())
                    .put("approximateArrivalTimestamp", item.arrivedAt().toEpochMilli())
                    .put("data", item.data().base64());
        }
        return event;
    }

    private Transformation.Outcome read(Blob payload, List<Item> batch, int attempt, String function) {
        Map<String, JsonNode> answers = new HashMap<>();
        try {
            for (JsonNode answer : JsonTrees.mapper().readTree(payload.bytes()).path("records")) {
                answers.put(answer.path("recordId").asText(), answer);
            }
        } catch (IOException e) {
            return failed(batch, "Lambda.ResponseNotJson", "The function's answer is not JSON", attempt, function);
        }
        List<Item> items = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (Item item : batch) {
            JsonNode answer = answers.get(item.recordId());
            String result = answer == null ? "" : answer.path("result").asText();
            switch (result) {
                case "Ok" -> {
                    try {
                        items.add(changed(item, java.util.Objects.requireNonNull(answer)));
                    } catch (IllegalArgumentException e) {
                        failures.add(failure(
                                item, "Lambda.DataNotBase64", "The record's data is not base64", attempt, function));
                    }
                }
                case "Dropped" -> {}
                case "ProcessingFailed" ->
                    failures.add(failure(
                            item,
                            "Lambda.ProcessingFailedStatus",
                            "ProcessingFailed status set for record",
                            attempt,
                            function));
                case "" ->
                    failures.add(failure(
                            item,
                            "Lambda.MissingRecordId",
                            "One or more record Ids were not returned. Ensure that the Lambda function returns all"
                                    + " received record Ids.",
                            attempt,
                            function));
                default ->
                    failures.add(failure(
                            item, "Lambda.InvalidStatus", "Unknown result status " + result, attempt, function));
            }
        }
        return new Transformation.Outcome(items, failures);
    }

    private static Item changed(Item item, JsonNode answer) {
        Map<String, String> keys = new HashMap<>(item.lambdaKeys());
        for (Map.Entry<String, JsonNode> key :
                answer.path("metadata").path("partitionKeys").properties()) {
            keys.put(key.getKey(), key.getValue().asText());
        }
        return new Item(
                item.recordId(), Blob.ofBase64(answer.path("data").asText()), item.arrivedAt(), item.queryKeys(), keys);
    }

    private Transformation.Outcome failed(
            List<Item> batch, String code, String message, int attempts, String function) {
        return new Transformation.Outcome(
                List.of(),
                batch.stream()
                        .map(item -> failure(item, code, message, attempts, function))
                        .toList());
    }

    private Failure failure(Item item, String code, String message, int attempts, String function) {
        return new Failure(item, code, message, attempts, clock.instant(), function);
    }

    private static int number(@org.jspecify.annotations.Nullable String text, int otherwise) {
        try {
            return text == null ? otherwise : Math.max(0, Math.min(300, Integer.parseInt(text.trim())));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static double decimal(@org.jspecify.annotations.Nullable String text) {
        try {
            return text == null ? BUFFER_MIB_DEFAULT : Math.max(0.2, Math.min(3, Double.parseDouble(text.trim())));
        } catch (NumberFormatException e) {
            return BUFFER_MIB_DEFAULT;
        }
    }
}
