package io.pileus.stepfunctions.asl;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.jsonata.JsonataExpression;
import io.pileus.stepfunctions.jsonpath.IntrinsicCall;
import io.pileus.stepfunctions.jsonpath.JsonPath;
import java.util.List;
import java.util.Map;

/**
 * A value with places to fill in: a constant, a path, an intrinsic function, a JSONata expression, or an object or array
 * of such. Both query languages become templates; what evaluates them need not ask which it was.
 */
public sealed interface Template {

    /** A value without places. */
    record Constant(JsonNode value) implements Template {}

    /**
     * The value at a path.
     *
     * @param field the field that the path was written for, such as {@code InputPath} or {@code name.$}
     */
    record PathValue(JsonPath path, String field) implements Template {}

    /** What an intrinsic function gives. */
    record IntrinsicValue(IntrinsicCall call, String field) implements Template {}

    /**
     * What a JSONata expression gives.
     *
     * @param field where it was written, such as {@code Output/total} or {@code Choices[0]/Condition}
     */
    record ExpressionValue(JsonataExpression expression, String field) implements Template {}

    /** An object of templates. */
    record ObjectOf(Map<String, Template> fields) implements Template {}

    /** An array of templates. */
    record ArrayOf(List<Template> elements) implements Template {
        public ArrayOf {
            elements = List.copyOf(elements);
        }
    }
}
