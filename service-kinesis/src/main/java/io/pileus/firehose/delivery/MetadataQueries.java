package io.pileus.firehose.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pileus.firehose.jq.Jq;
import io.pileus.firehose.jq.JqException;
import io.pileus.firehose.jq.JqLimitException;
import io.pileus.firehose.jq.JqSyntaxException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Partition keys of records, found with jq 1.6 expressions. */
public final class MetadataQueries {
    private static final String FAILED = "DynamicPartitioning.MetadataExtractionFailed";

    private final ObjectMapper json;
    private final InstantSource clock;

    public MetadataQueries(ObjectMapper json, InstantSource clock) {
        this.json = json;
        this.clock = clock;
    }

    /** @throws JqSyntaxException if the expression is no jq, or asks for more than a record */
    public static void check(String query) {
        Jq.compile(query);
    }

    /** The records with the keys that the query finds in each; the failures of the others. */
    Transformation.Step step(String query) {
        Jq compiled = Jq.compile(query);
        return item -> List.of(extract(item, compiled));
    }

    private Item extract(Item item, Jq query) throws Transformation.ProcessingException {
        List<JsonNode> results;
        try {
            JsonNode record = json.readTree(item.data().bytes());
            results = query.apply(record, clock.instant(), Jq.Limits.OF_A_RECORD, 1);
        } catch (IOException e) {
            throw new Transformation.ProcessingException(FAILED, "The record is not JSON");
        } catch (JqException | JqLimitException e) {
            throw new Transformation.ProcessingException(FAILED, "The query fails on the record: " + e.getMessage());
        }
        if (results.size() != 1 || !results.getFirst().isObject()) {
            throw new Transformation.ProcessingException(FAILED, "The query does not give one object");
        }
        Map<String, String> keys = new HashMap<>(item.queryKeys());
        for (Map.Entry<String, JsonNode> key : results.getFirst().properties()) {
            String value = key.getValue().asText();
            if (key.getValue().isNull() || key.getValue().isContainerNode() || value.isEmpty()) {
                throw new Transformation.ProcessingException(FAILED, "partitionKeys values must not be null or empty");
            }
            keys.put(key.getKey(), value);
        }
        return new Item(item.recordId(), item.data(), item.arrivedAt(), keys, item.lambdaKeys());
    }
}
