package io.pileus.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.model.InspectionData;
import io.pileus.stepfunctions.model.InspectionDataRequest;
import io.pileus.stepfunctions.model.InspectionDataResponse;
import io.pileus.stepfunctions.model.InspectionErrorDetails;
import io.pileus.stepfunctions.run.Inspector;
import io.pileus.stepfunctions.run.PendingTask.Exchange;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Remembers what went through a tested state, and shows as much of it as was asked for. */
final class TestStateInspection implements Inspector {
    private final Map<Stage, JsonNode> seen = Collections.synchronizedMap(new EnumMap<>(Stage.class));
    private volatile Optional<Exchange> exchange = Optional.empty();

    @Override
    public void saw(Stage stage, JsonNode value) {
        seen.put(stage, value);
    }

    void exchanged(Exchange made) {
        exchange = Optional.of(made);
    }

    boolean caught() {
        return seen.containsKey(Stage.CATCH_INDEX);
    }

    @Nullable
    String text(Stage stage) {
        JsonNode value = seen.get(stage);
        return value == null ? null : value.asText();
    }

    private @Nullable String json(Stage stage) {
        JsonNode value = seen.get(stage);
        return value == null ? null : value.toString();
    }

    private @Nullable Integer number(Stage stage) {
        JsonNode value = seen.get(stage);
        return value == null ? null : value.intValue();
    }

    /** @param level DEBUG, or TRACE to show the HTTP exchange too */
    InspectionData data(JsonNode input, String level) {
        InspectionData.Builder data = InspectionData.builder()
                .input(input.toString())
                .afterInputPath(json(Stage.AFTER_INPUT_PATH))
                .afterParameters(json(Stage.AFTER_PARAMETERS))
                .afterArguments(json(Stage.AFTER_ARGUMENTS))
                .result(json(Stage.RESULT))
                .afterResultSelector(json(Stage.AFTER_RESULT_SELECTOR))
                .afterResultPath(json(Stage.AFTER_RESULT_PATH))
                .afterItemsPath(json(Stage.AFTER_ITEMS_PATH))
                .afterItemsPointer(json(Stage.AFTER_ITEMS_POINTER))
                .afterItemSelector(json(Stage.AFTER_ITEM_SELECTOR))
                .afterItemBatcher(json(Stage.AFTER_ITEM_BATCHER))
                .variables(json(Stage.VARIABLES))
                .maxConcurrency(number(Stage.MAX_CONCURRENCY))
                .toleratedFailureCount(number(Stage.TOLERATED_FAILURE_COUNT));
        JsonNode percentage = seen.get(Stage.TOLERATED_FAILURE_PERCENTAGE);
        data.toleratedFailurePercentage(percentage == null ? null : percentage.floatValue());
        if (seen.containsKey(Stage.RETRY_INDEX) || caught()) {
            data.errorDetails(InspectionErrorDetails.builder()
                    .retryIndex(number(Stage.RETRY_INDEX))
                    .catchIndex(number(Stage.CATCH_INDEX))
                    .retryBackoffIntervalSeconds(number(Stage.BACKOFF))
                    .build());
        }
        if (level.equals("TRACE")) {
            exchange.ifPresent(made -> show(made, data));
        }
        return data.build();
    }

    private static void show(Exchange exchange, InspectionData.Builder data) {
        String url = exchange.url();
        String protocol = url.substring(0, Math.max(0, url.indexOf(':')));
        data.request(InspectionDataRequest.builder()
                        .protocol(protocol)
                        .method(exchange.method())
                        .url(url)
                        .headers(headers(exchange.requestHeaders()))
                        .body(exchange.requestBody())
                        .build())
                .response(InspectionDataResponse.builder()
                        .protocol(protocol)
                        .statusCode(String.valueOf(exchange.status()))
                        .statusMessage(exchange.statusText())
                        .headers(headers(exchange.responseHeaders()))
                        .body(exchange.responseBody())
                        .build());
    }

    private static String headers(Map<String, String> headers) {
        return headers.entrySet().stream()
                .map(h -> h.getKey() + ": " + h.getValue())
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
