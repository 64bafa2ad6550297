package io.pileus.kms;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list that is ordered by name.
 *
 * @param nextMarker where the next page begins; empty on the last one
 */
record Page<T>(List<T> items, Optional<String> nextMarker) {

    /** The items behind the marker's, at most {@code limit}. */
    static <T> Page<T> of(NavigableMap<String, T> all, int limit, @Nullable String marker) {
        NavigableMap<String, T> rest = marker == null ? all : all.tailMap(decode(marker), false);
        List<T> items = new ArrayList<>();
        String last = "";
        for (Map.Entry<String, T> entry : rest.entrySet()) {
            if (items.size() == limit) {
                return new Page<>(items, Optional.of(encode(last)));
            }
            items.add(entry.getValue());
            last = entry.getKey();
        }
        return new Page<>(items, Optional.empty());
    }

    /** A limit as the caller gives it. */
    static int limit(@Nullable Integer given, int otherwise, int max) {
        if (given == null) {
            return otherwise;
        }
        if (given > max) {
            throw KmsErrors.validation("1 validation error detected: Value '" + given
                    + "' at 'limit' failed to satisfy constraint: Member must have value less than or equal to " + max);
        }
        return given;
    }

    boolean truncated() {
        return nextMarker.isPresent();
    }

    @Nullable
    String marker() {
        return nextMarker.orElse(null);
    }

    private static String encode(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(("m:" + name).getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String marker) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
            if (text.startsWith("m:")) {
                return text.substring(2);
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw KmsErrors.invalidMarker();
    }
}
