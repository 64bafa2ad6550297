package io.pileus.lambda.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.service.AwsException;
import io.pileus.lambda.LambdaErrors;
import io.pileus.lambda.model.Filter;
import io.pileus.lambda.model.FilterCriteria;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mapping's filter criteria: which records its function gets. A record passes when one of the patterns fits it; without
 * patterns all pass. The record's data ({@code body} of a message, {@code data} of a stream's record) is looked into when it
 * is a JSON object or array, and is text otherwise; a pattern that expects the other of the two does not fit.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html">Control which events Lambda sends
 *     to your function</a>
 */
public final class RecordFilter {
    /** How many filters a mapping may have, unless AWS raises the quota. */
    private static final int FILTERS_MAX = 5;

    /** Where a record has its data. */
    public enum Source {
        QUEUE("body"),
        STREAM("data");

        private final String dataField;

        Source(String dataField) {
            this.dataField = dataField;
        }
    }

    private final Source source;
    private final List<EventPattern> patterns;

    private RecordFilter(Source source, List<EventPattern> patterns) {
        this.source = source;
        this.patterns = patterns;
    }

    /**
     * Reads a mapping's filter criteria.
     *
     * @throws AwsException InvalidParameterValueException when a pattern is none
     */
    public static RecordFilter of(@Nullable FilterCriteria criteria, Source source) {
        List<EventPattern> patterns = new ArrayList<>();
        if (criteria != null) {
            if (criteria.filters().size() > FILTERS_MAX) {
                throw LambdaErrors.invalid("Exceeded maximum number of filters per event source mapping: the limit is "
                        + FILTERS_MAX + ".");
            }
            for (Filter filter : criteria.filters()) {
                patterns.add(parse(filter.pattern(), source));
            }
        }
        return new RecordFilter(source, patterns);
    }

    private static EventPattern parse(@Nullable String text, Source source) {
        try {
            EventPattern pattern = PatternParser.parse(text == null ? "" : text);
            // the data of streams is filtered by its fields only
            if (source == Source.STREAM && pattern.kindOf(source.dataField) == EventPattern.Kind.VALUES) {
                throw new MalformedPatternException("data must be an object");
            }
            return pattern;
        } catch (MalformedPatternException e) {
            throw LambdaErrors.invalid("Invalid filter pattern definition.");
        }
    }

    public boolean letsAllThrough() {
        return patterns.isEmpty();
    }

    /**
     * Whether a record passes.
     *
     * @param record the record's other fields; gets the data's field set
     * @param data the record's data as text
     */
    public boolean passes(ObjectNode record, String data) {
        if (patterns.isEmpty()) {
            return true;
        }
        Optional<JsonNode> json = Events.read(data).filter(JsonNode::isContainerNode);
        if (json.isPresent()) {
            record.set(source.dataField, json.get());
        } else {
            record.put(source.dataField, data);
        }
        for (EventPattern pattern : patterns) {
            boolean sameFormat = switch (pattern.kindOf(source.dataField)) {
                case FIELDS -> json.isPresent();
                case VALUES -> json.isEmpty();
                case ABSENT -> true;
            };
            if (sameFormat && pattern.matches(record)) {
                return true;
            }
        }
        return false;
    }
}
