package io.pileus.iam;

import io.pileus.core.service.AwsException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list. The marker holds the key of the last item that has been given, so that a page is right even when
 * items came or went in between.
 *
 * @param truncated whether more follow
 * @param marker where the next page begins; null on the last page
 */
record Page<T>(List<T> items, boolean truncated, @Nullable String marker) {
    /** How many items a page has where the caller names no number. */
    private static final int ITEMS_DEFAULT = 100;

    /**
     * @param sorted all items in the order of their keys, compared without regard to case
     */
    static <T> Page<T> of(
            List<T> sorted, Function<T, String> key, @Nullable String marker, @Nullable Integer maxItems) {
        int limit = maxItems == null ? ITEMS_DEFAULT : maxItems;
        List<T> rest = sorted;
        if (marker != null) {
            String after = decode(marker);
            rest = sorted.stream()
                    .filter(item -> String.CASE_INSENSITIVE_ORDER.compare(key.apply(item), after) > 0)
                    .toList();
        }
        if (rest.size() <= limit) {
            return new Page<>(List.copyOf(rest), false, null);
        }
        List<T> items = List.copyOf(rest.subList(0, limit));
        return new Page<>(items, true, encode(key.apply(items.getLast())));
    }

    private static String encode(String key) {
        return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String marker) throws AwsException {
        try {
            return new String(Base64.getDecoder().decode(marker), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw IamErrors.validation("Invalid Marker: " + marker);
        }
    }
}
