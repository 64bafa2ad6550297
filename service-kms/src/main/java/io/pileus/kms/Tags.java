package io.pileus.kms;

import io.pileus.kms.model.Tag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tags of a request. */
final class Tags {
    private Tags() {}

    /** Checked, as names and values. */
    static Map<String, String> of(List<Tag> tags) {
        Map<String, String> result = new HashMap<>();
        for (Tag tag : tags) {
            String name = tag.tagKey() == null ? "" : tag.tagKey();
            if (name.regionMatches(true, 0, "aws:", 0, 4)) {
                throw KmsErrors.tag("Tags beginning with aws: are reserved");
            }
            if (result.put(name, tag.tagValue() == null ? "" : tag.tagValue()) != null) {
                throw KmsErrors.tag("Duplicate tag keys");
            }
        }
        if (result.size() > KmsLimits.TAGS_MAX) {
            throw KmsErrors.tooManyTags();
        }
        return result;
    }

    static List<Tag> list(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(t ->
                        Tag.builder().tagKey(t.getKey()).tagValue(t.getValue()).build())
                .toList();
    }
}
