package io.pileus.stepfunctions.asl;

import io.pileus.stepfunctions.jsonpath.JsonPath;
import java.util.Optional;

/** How a state turns its input into what it works on, and its result into its output. */
public sealed interface DataFlow {

    /**
     * The five fields of JSONPath.
     *
     * @param inputPath empty for null: the state then works on an empty object
     * @param resultPath where the result is put in the raw input; empty for null: the result is dropped
     * @param outputPath empty for null: the output is an empty object
     */
    record JsonPathFlow(
            Optional<Template.PathValue> inputPath,
            Optional<Template> parameters,
            Optional<Template> resultSelector,
            Optional<JsonPath> resultPath,
            Optional<Template.PathValue> outputPath)
            implements DataFlow {}

    /** The two fields of JSONata. */
    record JsonataFlow(Optional<Template> arguments, Optional<Template> output) implements DataFlow {}
}
