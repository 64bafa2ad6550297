package io.pileus.sns;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list, and the token for the next; null when this is the last. */
record Page<T>(List<T> items, @Nullable String nextToken) {
    /** What every token begins with, before it is encoded. */
    private static final String MARK = "after:";

    /**
     * The page after a token. The token names the last item given, so that pages stay right while items come and go.
     *
     * @param sorted all items in the order of their keys
     */
    static <T> Page<T> of(List<T> sorted, Function<T, String> key, @Nullable String token, int size) {
        String after = token == null || token.isEmpty() ? null : decode(token);
        List<T> rest = after == null
                ? sorted
                : sorted.stream()
                        .filter(item -> key.apply(item).compareTo(after) > 0)
                        .toList();
        if (rest.size() <= size) {
            return new Page<>(rest, null);
        }
        List<T> items = rest.subList(0, size);
        String last = key.apply(items.getLast());
        return new Page<>(
                List.copyOf(items),
                Base64.getUrlEncoder().encodeToString((MARK + last).getBytes(StandardCharsets.UTF_8)));
    }

    private static String decode(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith(MARK)) {
                return text.substring(MARK.length());
            }
        } catch (IllegalArgumentException e) {
            // is no token of ours either
        }
        throw SnsErrors.invalidParameter("NextToken");
    }
}
