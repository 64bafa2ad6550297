package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.stepfunctions.asl.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What the context object tells of an execution.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html">The context object</a>
 */
public record ContextObject(
        String executionArn,
        JsonNode input,
        String executionName,
        String roleArn,
        Instant startTime,
        int redriveCount,
        Optional<Instant> redriveTime,
        String stateMachineArn,
        String stateMachineName,
        Optional<JsonNode> given) {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    /** Instants as AWS writes them: without a fraction that is zero. */
    public static String timestamp(Instant instant) {
        return (instant.getNano() / 1_000_000 == 0 ? SECONDS : MILLIS).format(instant);
    }

    JsonNode of(Frame frame, Optional<String> taskToken) {
        if (given.isPresent()) {
            return given.get();
        }
        ObjectNode context = Json.object();
        ObjectNode execution = context.putObject("Execution");
        execution.put("Id", executionArn);
        execution.set("Input", input);
        execution.put("Name", executionName);
        execution.put("RoleArn", roleArn);
        execution.put("StartTime", timestamp(startTime));
        execution.put("RedriveCount", redriveCount);
        redriveTime.ifPresent(t -> execution.put("RedriveTime", timestamp(t)));
        context.putObject("StateMachine").put("Id", stateMachineArn).put("Name", stateMachineName);
        context.putObject("State")
                .put("Name", frame.stateName())
                .put("EnteredTime", timestamp(frame.enteredAt()))
                .put("RetryCount", frame.retryCount());
        taskToken.ifPresent(token -> context.putObject("Task").put("Token", token));
        frame.item().ifPresent(item -> context.set("Map", map(item)));
        return context;
    }

    private static JsonNode map(Frame.MapItem item) {
        ObjectNode fields = Json.object();
        fields.put("Index", item.index());
        item.key().ifPresent(k -> fields.put("Key", k));
        fields.set("Value", item.value());
        item.source().ifPresent(s -> fields.put("Source", s));
        ObjectNode map = Json.object();
        map.set("Item", fields);
        return map;
    }
}
