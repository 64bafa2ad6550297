package io.pileus.sqs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing in the order of names.
 *
 * @param nextToken stands for the last name of the page; null on the last page, and where the caller set no MaxResults,
 *     without which SQS gives no token
 */
record Page<T>(List<T> items, @Nullable String nextToken) {

    /** @param after all items that come after a name, in order */
    static <T> Page<T> of(
            @Nullable Integer maxResults,
            @Nullable String nextToken,
            Function<String, Iterable<T>> after,
            Function<T, String> name) {
        if (maxResults != null && (maxResults < 1 || maxResults > SqsLimits.LISTED_QUEUES)) {
            throw SqsErrors.invalidParameter(
                    maxResults.toString(), "MaxResults", "MaxResults must be an integer between 1 and 1000.");
        }
        int size = maxResults == null ? SqsLimits.LISTED_QUEUES : maxResults;
        List<T> items = new ArrayList<>();
        for (T item : after.apply(nextToken == null ? "" : decode(nextToken))) {
            if (items.size() == size) {
                return new Page<>(items, maxResults == null ? null : encode(name.apply(items.getLast())));
            }
            items.add(item);
        }
        return new Page<>(items, null);
    }

    private static String encode(String name) {
        return Base64.getUrlEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw SqsErrors.invalidParameter(token, "NextToken", "Invalid or expired next token.");
        }
    }
}
