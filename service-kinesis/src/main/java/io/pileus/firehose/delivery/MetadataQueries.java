package io.pileus.firehose.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.jspecify.annotations.Nullable;

/** Partition keys of records, found with jq 1.6 expressions. The jq library is loaded when the first is asked. */
public final class MetadataQueries {
    private static final String FAILED = "DynamicPartitioning.MetadataExtractionFailed";

    private final ObjectMapper json;
    private @Nullable Scope builtins;

    public MetadataQueries(ObjectMapper json) {
        this.json = json;
    }

    /** @throws IllegalArgumentException if the expression is no jq */
    public static void check(String query) {
        try {
            JsonQuery.compile(query, Versions.JQ_1_6);
        } catch (JsonQueryException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }

    Item extract(Item item, String query) throws Transformation.ProcessingException {
        List<JsonNode> results = new ArrayList<>();
        try {
            JsonNode record = json.readTree(item.data().bytes());
            JsonQuery.compile(query, Versions.JQ_1_6).apply(Scope.newChildScope(builtins()), record, result -> {
                if (!results.isEmpty()) {
                    throw new JsonQueryException("more than one result");
                }
                results.add(result);
            });
        } catch (IOException e) {
            throw new Transformation.ProcessingException(FAILED, "The record is not JSON, or the query fails on it");
        }
        if (results.size() != 1 || !results.getFirst().isObject()) {
            throw new Transformation.ProcessingException(FAILED, "The query does not give one object");
        }
        Map<String, String> keys = new HashMap<>(item.queryKeys());
        for (Map.Entry<String, JsonNode> key : results.getFirst().properties()) {
            if (key.getValue().isNull() || key.getValue().isContainerNode()) {
                throw new Transformation.ProcessingException(FAILED, "partitionKeys values must not be null or empty");
            }
            keys.put(key.getKey(), key.getValue().asText());
        }
        return new Item(item.recordId(), item.data(), item.arrivedAt(), keys, item.lambdaKeys());
    }

    private synchronized Scope builtins() {
        Scope scope = builtins;
        if (scope == null) {
            scope = Scope.newEmptyScope();
            BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_6, scope);
            builtins = scope;
        }
        return scope;
    }
}
