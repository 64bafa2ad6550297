package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.asl.Errors;
import java.util.List;
import java.util.Optional;

/** What brings a branch forward. */
public sealed interface Signal {

    /** The state was entered, or is tried again. */
    record Begin() implements Signal {}

    /** The time that a Wait state waited for has come. */
    record Woken() implements Signal {}

    /** The work that was done elsewhere gave this. */
    record Succeeded(JsonNode result) implements Signal {}

    /** The work that was done elsewhere failed. */
    record Failed(String error, Optional<String> cause, Errors.Origin origin) implements Signal {
        public Failed {
            origin = origin == null ? Errors.Origin.TASK : origin; // as it was saved before there were others
        }

        public Failed(String error, Optional<String> cause) {
            this(error, cause, Errors.Origin.TASK);
        }
    }

    /** All branches or iterations have ended well. */
    record Joined(List<JsonNode> results) implements Signal {}
}
