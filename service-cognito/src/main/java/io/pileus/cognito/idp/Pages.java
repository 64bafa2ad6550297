package io.pileus.cognito.idp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One page of a listing, and the token of the next one: the last key that was looked at, in base64url. */
record Pages<V>(List<V> items, Optional<String> nextToken) {

    /** @param limit AWS's default is taken where it is null or zero */
    static <V> Pages<V> of(
            NavigableMap<String, V> all, @Nullable String token, @Nullable Integer limit, int defaultLimit) {
        return of(all, token, limit, defaultLimit, value -> true);
    }

    static <V> Pages<V> of(
            NavigableMap<String, V> all,
            @Nullable String token,
            @Nullable Integer limit,
            int defaultLimit,
            Predicate<V> filter) {
        int max = limit == null || limit == 0 ? defaultLimit : limit;
        NavigableMap<String, V> rest = token == null ? all : all.tailMap(decode(token), false);
        List<V> items = new ArrayList<>();
        String last = null;
        for (Map.Entry<String, V> entry : rest.entrySet()) {
            if (!filter.test(entry.getValue())) {
                continue;
            }
            if (items.size() == max) {
                return new Pages<>(items, Optional.of(encode(last)));
            }
            items.add(entry.getValue());
            last = entry.getKey();
        }
        return new Pages<>(items, Optional.empty());
    }

    private static String encode(@Nullable String key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.valueOf(key).getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw CognitoErrors.invalidParameter("Invalid pagination token.");
        }
    }
}
