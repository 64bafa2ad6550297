package io.pileus.stepfunctions.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.identity.Ids;
import io.pileus.core.time.EmulatorClock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A compiled JSONata expression. Safe for concurrent use. */
public final class JsonataExpression {
    private static final int LENGTH_MAX = 1_048_576;

    private final String source;
    private final Jsonata compiled;
    private final JsonataReferences references;

    private JsonataExpression(String source, Jsonata compiled) {
        this.source = source;
        this.compiled = compiled;
        this.references = JsonataReferences.of(source);
    }

    /** Compiles an expression; throws {@link JsonataSyntaxException} with the parser's words. */
    public static JsonataExpression compile(String source) {
        if (source.length() > LENGTH_MAX) {
            throw new JsonataSyntaxException("The expression is too long");
        }
        try {
            Jsonata compiled = Jsonata.jsonata(source);
            compiled.setOutputConvertNulls(false);
            compiled.setValidateInput(false);
            return new JsonataExpression(source, compiled);
        } catch (JException e) {
            throw new JsonataSyntaxException(JsonataMessages.of(e, source));
        } catch (StackOverflowError e) {
            throw new JsonataSyntaxException("The expression is too deeply nested");
        } catch (RuntimeException e) {
            throw new JsonataSyntaxException("The expression cannot be parsed");
        }
    }

    /** The expression as it was written, without its delimiters. */
    public String source() {
        return source;
    }

    /** What the expression refers to. */
    public JsonataReferences references() {
        return references;
    }

    /**
     * The expression's value; empty when it returns nothing. Throws {@link JsonataFailure}.
     *
     * @param bindings the values of {@code $states} and of the variables, see {@link #value}
     * @param now what $now and $millis say
     * @param clock measures how long the evaluation takes
     */
    public Optional<JsonNode> evaluate(Map<String, Object> bindings, Instant now, Ids ids, EmulatorClock clock) {
        try {
            Jsonata.Frame frame = compiled.createFrame();
            JsonataFunctions.bind(frame, now, ids);
            bindings.forEach(frame::bind);
            JsonataBounds.install(frame, clock);
            return Optional.ofNullable(JsonataValues.toJson(compiled.evaluate(null, frame)));
        } catch (JException e) {
            String message = JsonataMessages.of(e, source);
            throw new JsonataFailure(
                    JsonataMessages.coded(e)
                            ? "threw an error during evaluation. " + e.getError() + ": " + message
                            : "threw an error during evaluation: " + message);
        } catch (StackOverflowError e) {
            throw new JsonataFailure("threw an error during evaluation: Stack overflow error: Check for non-terminating"
                    + " recursive function.  Consider rewriting as tail-recursive.");
        } catch (OutOfMemoryError e) {
            throw new JsonataFailure(
                    "threw an error during evaluation: Expression evaluation exceeded the memory limit");
        } catch (RuntimeException e) {
            if (e.getCause() instanceof JException cause) {
                throw new JsonataFailure("threw an error during evaluation. " + cause.getError() + ": "
                        + JsonataMessages.of(cause, source));
            }
            throw new JsonataFailure("threw an internal error during evaluation. " + ids.uuid());
        }
    }

    /** A JSON value as expressions see it; convert once and use it in many evaluations. */
    public static Object value(JsonNode node) {
        return JsonataValues.toJava(node);
    }
}
