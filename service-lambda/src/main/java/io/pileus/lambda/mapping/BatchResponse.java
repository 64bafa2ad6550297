package io.pileus.lambda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.JsonTrees;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * What a function that reports batch item failures says of its batch.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting">Partial
 *     batch responses</a>
 */
sealed interface BatchResponse {

    /** All records are done. */
    record Success() implements BatchResponse {}

    /** Some records are to come again; at least one. */
    record Partial(Set<String> failedItems) implements BatchResponse {
        public Partial {
            failedItems = Set.copyOf(failedItems);
        }
    }

    /** The answer cannot be understood: the whole batch is to come again. */
    record Failure() implements BatchResponse {}

    /**
     * Reads an answer.
     *
     * @param items the ids of the batch's records; an answer that names another is a failure
     */
    static BatchResponse of(Blob payload, Set<String> items) {
        JsonNode answer;
        try {
            answer = payload.size() == 0 ? null : JsonTrees.mapper().readTree(payload.bytes());
        } catch (IOException e) {
            return new Failure();
        }
        if (answer == null || answer.isNull() || answer.isMissingNode()) {
            return new Success();
        }
        if (!answer.isObject()) {
            return new Failure();
        }
        JsonNode failures = answer.path("batchItemFailures");
        if (failures.isMissingNode() || failures.isNull()) {
            return new Success();
        }
        if (!failures.isArray()) {
            return new Failure();
        }
        Set<String> failed = new HashSet<>();
        for (JsonNode failure : failures) {
            JsonNode id = failure.path("itemIdentifier");
            if (!id.isTextual() || !items.contains(id.textValue())) {
                return new Failure();
            }
            failed.add(id.textValue());
        }
        return failed.isEmpty() ? new Success() : new Partial(failed);
    }
}
