package io.pileus.kinesis;

import io.pileus.kinesis.model.Tag;
import io.pileus.kinesis.state.KinesisErrors;
import io.pileus.kinesis.state.Stream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The rules of tags. */
final class Tags {
    private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@%]*");

    private Tags() {}

    static void check(Map<String, String> tags) {
        checkKeys(tags.keySet());
        if (!tags.values().stream().allMatch(value -> ALLOWED.matcher(value).matches())) {
            throw invalidCharacters();
        }
        if (tags.size() > KinesisLimits.TAGS_MAX) {
            throw KinesisErrors.invalid("A stream cannot have more than 50 tags associated with it.");
        }
    }

    static void checkKeys(Collection<String> keys) {
        if (!keys.stream().allMatch(key -> ALLOWED.matcher(key).matches())) {
            throw invalidCharacters();
        }
        if (keys.stream().anyMatch(key -> key.startsWith("aws:"))) {
            throw KinesisErrors.invalid("Tag keys must not begin with aws:, which is reserved for AWS.");
        }
    }

    private static RuntimeException invalidCharacters() {
        return KinesisErrors.invalid("Some tags contain invalid characters. Valid characters: "
                + "Unicode letters, digits, white space, _ . / = + - % @.");
    }

    /** Adds tags to a stream unless they become too many. */
    static void add(Stream stream, Map<String, String> tags) {
        check(tags);
        stream.settings(settings -> {
            Map<String, String> all = new TreeMap<>(settings.tags());
            all.putAll(tags);
            if (all.size() > KinesisLimits.TAGS_MAX) {
                throw KinesisErrors.invalid("Failed to add tags to stream " + stream.name() + " under account "
                        + stream.account()
                        + " because a given stream cannot have more than 50 tags associated with it.");
            }
            settings.tags().putAll(tags);
            return settings;
        });
    }

    static List<Tag> list(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList();
    }
}
