package io.pileus.lambda;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list that is in the order of its keys.
 *
 * @param nextMarker where the next page begins; null at the end
 */
record Page<T>(List<T> items, @Nullable String nextMarker) {

    static <T> Page<T> of(
            List<T> sorted, Function<T, String> key, @Nullable String marker, @Nullable Integer maxItems, int most) {
        int limit = Math.min(maxItems == null ? most : maxItems, most);
        int from = 0;
        if (marker != null && !marker.isEmpty()) {
            String after = decode(marker);
            while (from < sorted.size() && !key.apply(sorted.get(from)).equals(after)) {
                from++;
            }
            from = Math.min(from + 1, sorted.size());
        }
        int to = Math.min(sorted.size(), from + limit);
        List<T> items = List.copyOf(sorted.subList(from, to));
        String next = to < sorted.size() && !items.isEmpty()
                ? Base64.getUrlEncoder()
                        .encodeToString(key.apply(items.getLast()).getBytes(StandardCharsets.UTF_8))
                : null;
        return new Page<>(items, next);
    }

    private static String decode(String marker) {
        try {
            return new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw LambdaErrors.invalid("Invalid Marker.");
        }
    }
}
