package io.pileus.stepfunctions;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of lists. A token names the last entry of the page before, so that pages stay true while the list changes. */
final class Pages {
    private static final String MARK = "pileus.sfn.1:";
    static final int DEFAULT = 100;

    private Pages() {}

    /** A page and the token of the next one. */
    record Page<T>(List<T> entries, @Nullable String nextToken) {}

    /** The page of a sorted list after the entry that the token names. */
    static <T> Page<T> of(
            List<T> sorted, Function<T, String> key, @Nullable String token, @Nullable Integer maxResults) {
        int from = 0;
        if (token != null) {
            String last = decode(token);
            while (from < sorted.size() && !key.apply(sorted.get(from)).equals(last)) {
                from++;
            }
            from = Math.min(sorted.size(), from + 1);
        }
        int to = Math.min(sorted.size(), from + size(maxResults));
        List<T> entries = new ArrayList<>(sorted.subList(from, to));
        return new Page<>(
                entries,
                to < sorted.size() && !entries.isEmpty() ? encode(key.apply(entries.get(entries.size() - 1))) : null);
    }

    /** 0 and nothing both mean the default. */
    static int size(@Nullable Integer maxResults) {
        return maxResults == null || maxResults == 0 ? DEFAULT : maxResults;
    }

    static String encode(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((MARK + key).getBytes(StandardCharsets.UTF_8));
    }

    static String decode(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            return Optional.of(text)
                    .filter(t -> t.startsWith(MARK))
                    .map(t -> t.substring(MARK.length()))
                    .orElseThrow(StepFunctionsErrors::invalidToken);
        } catch (IllegalArgumentException e) {
            throw StepFunctionsErrors.invalidToken();
        }
    }
}
