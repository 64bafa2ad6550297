package io.pileus.stepfunctions.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.pileus.core.service.Settings;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.run.PendingTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mock configuration file of Step Functions Local: which states of which machine are answered how, by test case. The
 * file is read when a task asks, so that it can be changed while the emulator runs.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-mock-cfg-file.html">Mock configuration
 *     file</a>
 */
public final class MockConfiguration {
    private static final Logger log = LoggerFactory.getLogger(MockConfiguration.class);

    private final Optional<Path> file;

    private MockConfiguration(Optional<Path> file) {
        this.file = file;
    }

    /** The file that {@code SFN_MOCK_CONFIG} names. */
    public static MockConfiguration from(Settings settings) {
        return new MockConfiguration(settings.get("SFN_MOCK_CONFIG").map(Path::of));
    }

    /** What a mocked state answers. */
    public sealed interface Response {
        default void answer(PendingTask task) {
            switch (this) {
                case Return r -> task.succeeded(r.result());
                case Throw t -> task.failed(t.error(), Optional.of(t.cause()));
            }
        }
    }

    /** The task succeeds with this result. */
    public record Return(JsonNode result) implements Response {}

    /** The task fails. */
    public record Throw(String error, String cause) implements Response {}

    /** The answer to the n-th invocation of a state, counted from 0; empty when the state is not mocked. */
    Optional<Response> response(String machine, String testCase, String state, int invocation) {
        JsonNode root = read();
        JsonNode name = root.path("StateMachines")
                .path(machine)
                .path("TestCases")
                .path(testCase)
                .path(state);
        if (!name.isTextual()) {
            return Optional.empty();
        }
        for (Map.Entry<String, JsonNode> entry :
                root.path("MockedResponses").path(name.textValue()).properties()) {
            if (covers(entry.getKey(), invocation)) {
                return Optional.of(response(entry.getValue()));
            }
        }
        return Optional.of(new Throw(
                "States.Runtime",
                "No mocked response " + name.textValue() + " for invocation " + invocation + " of the state " + state));
    }

    /** A response in the file's form. */
    static Response response(JsonNode value) {
        if (value.has("Throw")) {
            return new Throw(
                    value.path("Throw").path("Error").asText(""),
                    value.path("Throw").path("Cause").asText(""));
        }
        return new Return(value.path("Return").isMissingNode() ? Json.EMPTY_OBJECT : value.get("Return"));
    }

    /** Keys are {@code 0} or {@code 1-3}. */
    private static boolean covers(String key, int invocation) {
        try {
            int dash = key.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? key : key.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(key.substring(dash + 1));
            return invocation >= first && invocation <= last;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private JsonNode read() {
        if (file.isEmpty()) {
            return MissingNode.getInstance();
        }
        try {
            return Json.read(Files.readString(file.get(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            log.warn("SFN_MOCK_CONFIG cannot be read: {}", e.getMessage());
            return MissingNode.getInstance();
        }
    }
}
