package io.pileus.cognito.idp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One page of a listing, and the token of the next one: a mark and the last key that was looked at, in base64url. */
record Pages<V>(List<V> items, Optional<String> nextToken) {
    /** What tells our tokens from other text in base64. */
    private static final String MARK = "after:";

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
        int max = max(limit, defaultLimit);
        NavigableMap<String, V> rest = token == null ? all : after(all, decode(token));
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

    /** What comes after a key; a key that is not within the bounds of a part of a map was never a token of it. */
    private static <V> NavigableMap<String, V> after(NavigableMap<String, V> all, String key) {
        try {
            return all.tailMap(key, false);
        } catch (IllegalArgumentException e) {
            throw CognitoErrors.invalidParameter("Invalid pagination token.");
        }
    }

    static <P> NavigableSet<P> after(NavigableSet<P> places, P place) {
        try {
            return places.tailSet(place, false);
        } catch (IllegalArgumentException e) {
            throw CognitoErrors.invalidParameter("Invalid pagination token.");
        }
    }

    static int max(@Nullable Integer limit, int defaultLimit) {
        return limit == null || limit == 0 ? defaultLimit : limit;
    }

    /**
     * A page of things that are found by way of places in a sorted set.
     *
     * @param places the places after the token's
     * @param thing what is at a place now; empty when it has gone, or does not pass
     * @param text the place as a token says it
     */
    static <P, V> Pages<V> of(Iterable<P> places, Function<P, Optional<V>> thing, Function<P, String> text, int max) {
        List<V> items = new ArrayList<>();
        P last = null;
        for (P place : places) {
            Optional<V> found = thing.apply(place);
            if (found.isEmpty()) {
                continue;
            }
            if (items.size() == max) {
                return new Pages<>(items, Optional.of(encode(text.apply(last))));
            }
            items.add(found.get());
            last = place;
        }
        return new Pages<>(items, Optional.empty());
    }

    private static String encode(@Nullable String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((MARK + key).getBytes(StandardCharsets.UTF_8));
    }

    static String decode(String token) {
        try {
            String key = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (key.startsWith(MARK)) {
                return key.substring(MARK.length());
            }
        } catch (IllegalArgumentException e) {
            // Not even base64.
        }
        throw CognitoErrors.invalidParameter("Invalid pagination token.");
    }
}
