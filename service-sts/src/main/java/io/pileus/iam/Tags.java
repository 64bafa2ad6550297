package io.pileus.iam;

import io.pileus.iam.model.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tags of IAM's resources: at most 50; keys differ without regard to case, and keep the case they were first written in. */
final class Tags {
    private Tags() {}

    /** Refuses doubles and too many. */
    static void check(Map<String, String> present, List<Tag> added) {
        Set<String> keys = new HashSet<>();
        for (Tag tag : added) {
            if (!keys.add(key(tag).toLowerCase(Locale.ROOT))) {
                throw IamErrors.invalidInput(
                        "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
            if (key(tag).toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw IamErrors.invalidInput("Tag keys that start with aws: are reserved for AWS use.");
            }
        }
        present.keySet().forEach(k -> keys.add(k.toLowerCase(Locale.ROOT)));
        if (keys.size() > IamLimits.TAGS) {
            throw IamErrors.limitExceeded("The number of tags has reached the maximum limit.");
        }
    }

    static void put(Map<String, String> into, List<Tag> added) {
        check(into, added);
        for (Tag tag : added) {
            into.keySet().removeIf(k -> k.equalsIgnoreCase(key(tag)));
            into.put(key(tag), Objects.requireNonNullElse(tag.value(), ""));
        }
    }

    static void remove(Map<String, String> from, List<String> keys) {
        from.keySet().removeIf(k -> keys.stream().anyMatch(k::equalsIgnoreCase));
    }

    static List<Tag> of(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
                .toList();
    }

    static Page<Tag> page(Map<String, String> tags, @Nullable String marker, @Nullable Integer maxItems) {
        List<Tag> sorted = of(tags).stream()
                .sorted((a, b) -> String.CASE_INSENSITIVE_ORDER.compare(key(a), key(b)))
                .toList();
        return Page.of(sorted, Tags::key, marker, maxItems);
    }

    private static String key(Tag tag) {
        return Objects.requireNonNull(tag.key());
    }
}
