package io.pileus.firehose.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A compiled jq 1.6 query. Differs from jq: no modules, no parsing of streams ({@code fromstream}, {@code truncate_stream}), and nothing
 * from outside the record ({@code env}, {@code $ENV}, {@code input}, {@code debug}, {@code input_filename}).
 */
public final class Jq {
    private final Expression expression;

    private Jq(Expression expression) {
        this.expression = expression;
    }

    /**
     * Bounds of one evaluation.
     *
     * @param steps a step takes well under a microsecond
     * @param characters of all text the query makes
     * @param depth of calls, and of values that are walked
     */
    public record Limits(long steps, long characters, int depth) {
        /** For one record: at the worst, some tenths of a second and 32 MB. */
        public static final Limits OF_A_RECORD = new Limits(1_000_000, 16_000_000, 1_000);
    }

    /** @throws JqSyntaxException if it is no jq, or asks for what a query may not have */
    public static Jq compile(String query) {
        try {
            return new Jq(Parser.parse(query, Prelude::isDefined));
        } catch (StackOverflowError e) {
            throw new JqSyntaxException("the query is nested too deeply");
        }
    }

    /**
     * The results for a value.
     *
     * @param now what {@code now} gives
     * @param resultsMax how many results there may be
     * @throws JqException if the query fails on the value
     * @throws JqLimitException if it takes more than the limits, or gives more results
     */
    public List<JsonNode> apply(JsonNode input, Instant now, Limits limits, int resultsMax) {
        List<JsonNode> results = new ArrayList<>();
        try {
            new Evaluator(new Meter(limits), now).evaluate(expression, input, result -> {
                if (results.size() == resultsMax) {
                    throw new JqLimitException("The query gives more than " + resultsMax + " results");
                }
                results.add(result);
            });
        } catch (StackOverflowError e) {
            throw new JqLimitException("The query is nested too deeply");
        }
        return results;
    }
}
