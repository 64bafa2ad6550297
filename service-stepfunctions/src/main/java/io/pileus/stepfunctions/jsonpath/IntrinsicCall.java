package io.pileus.stepfunctions.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A call of an intrinsic function, such as {@code States.Format('{}', $.name)}.
 *
 * @param text the call as it was written
 * @param name the function's name without {@code States.}
 */
public record IntrinsicCall(String text, String name, List<Argument> arguments) {

    public IntrinsicCall {
        arguments = List.copyOf(arguments);
    }

    /** Reads a call that is the whole text. */
    public static IntrinsicCall parse(String text) {
        return new IntrinsicParser(text).parse();
    }

    /** Whether a text means to be a call. */
    public static boolean looksLikeOne(String text) {
        return text.startsWith("States.");
    }

    /** What a function is given. */
    public sealed interface Argument {}

    /** A literal: text, number, boolean or null. */
    public record Literal(JsonNode node) implements Argument {}

    /** The value at a path. */
    public record PathArgument(JsonPath path) implements Argument {}

    /** What another call gives. */
    public record Nested(IntrinsicCall call) implements Argument {}

    @Override
    public String toString() {
        return text;
    }
}
