package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;

/** Sees the values between a state's input and its output, for TestState. */
@FunctionalInterface
public interface Inspector {
    Inspector NONE = (stage, value) -> {};

    /** The stages that TestState shows. */
    enum Stage {
        AFTER_INPUT_PATH,
        AFTER_PARAMETERS,
        AFTER_ARGUMENTS,
        RESULT,
        AFTER_RESULT_SELECTOR,
        AFTER_RESULT_PATH,
        AFTER_ITEMS_PATH,
        AFTER_ITEM_SELECTOR,
        AFTER_ITEM_BATCHER,
        AFTER_ITEMS_POINTER,
        VARIABLES,
        MAX_CONCURRENCY,
        TOLERATED_FAILURE_COUNT,
        TOLERATED_FAILURE_PERCENTAGE,
        RETRY_INDEX,
        CATCH_INDEX,
        BACKOFF,
        ERROR,
        CAUSE
    }

    void saw(Stage stage, JsonNode value);
}
