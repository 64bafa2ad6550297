package io.pileus.s3;

import io.pileus.s3.model.Tag;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tags of objects and buckets, and their rules.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html">Object tagging</a>
 */
final class Tags {
    private static final int OBJECT_TAGS_MAX = 10;
    private static final int BUCKET_TAGS_MAX = 50;
    private static final int KEY_LENGTH_MAX = 128;
    private static final int VALUE_LENGTH_MAX = 256;

    private Tags() {}

    /** An object's tags as the header {@code x-amz-tagging} has them. */
    static Map<String, String> ofHeader(@Nullable String query) {
        Map<String, String> tags = new LinkedHashMap<>();
        if (query == null || query.isEmpty()) {
            return Map.of();
        }
        for (String pair : query.split("&")) {
            int cut = pair.indexOf('=');
            String key;
            String value;
            try {
                key = decode(cut < 0 ? pair : pair.substring(0, cut));
                value = cut < 0 ? "" : decode(pair.substring(cut + 1));
            } catch (IllegalArgumentException e) {
                throw malformedHeader(query);
            }
            if (key.isEmpty() && value.isEmpty() && cut < 0) {
                continue; // two ampersands in a row, or one at an end
            }
            if (key.isEmpty() || tags.put(key, value) != null) {
                throw malformedHeader(query);
            }
        }
        return checkObject(tags);
    }

    private static S3Error malformedHeader(String query) {
        return S3Errors.invalidArgument(
                "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
                "x-amz-tagging",
                query);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    static Map<String, String> ofObject(List<Tag> tags) {
        return checkObject(unique(tags));
    }

    static Map<String, String> ofBucket(List<Tag> tags) {
        Map<String, String> unique = unique(tags);
        if (unique.size() > BUCKET_TAGS_MAX) {
            throw S3Errors.badRequest("Bucket tag count cannot be greater than " + BUCKET_TAGS_MAX);
        }
        return checked(unique);
    }

    private static Map<String, String> unique(List<Tag> tags) {
        Map<String, String> unique = new LinkedHashMap<>();
        for (Tag tag : tags) {
            if (tag.key() == null || tag.value() == null) {
                throw S3Errors.malformedXml();
            }
            if (unique.put(tag.key(), tag.value()) != null) {
                throw S3Errors.invalidTag("Cannot provide multiple Tags with the same key")
                        .with("TagKey", tag.key());
            }
        }
        return unique;
    }

    private static Map<String, String> checkObject(Map<String, String> tags) {
        if (tags.size() > OBJECT_TAGS_MAX) {
            throw S3Errors.badRequest("Object tags cannot be greater than " + OBJECT_TAGS_MAX);
        }
        return checked(tags);
    }

    private static Map<String, String> checked(Map<String, String> tags) {
        tags.forEach((key, value) -> {
            if (key.isEmpty() || key.length() > KEY_LENGTH_MAX || !wellFormed(key)) {
                throw S3Errors.invalidTag("The TagKey you have provided is invalid")
                        .with("TagKey", key);
            }
            if (key.startsWith("aws:")) {
                throw S3Errors.invalidTag("System tags cannot be added/updated by requester");
            }
            if (value.length() > VALUE_LENGTH_MAX || !wellFormed(value)) {
                throw S3Errors.invalidTag("The TagValue you have provided is invalid")
                        .with("TagKey", key)
                        .with("TagValue", value);
            }
        });
        return Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /** Letters, spaces and numbers of any language, and {@code + - = . _ : / @}. */
    private static boolean wellFormed(String text) {
        return text.codePoints()
                .allMatch(c -> Character.isLetter(c)
                        || Character.isDigit(c)
                        || Character.isSpaceChar(c)
                        || Character.getType(c) == Character.NON_SPACING_MARK
                        || Character.getType(c) == Character.COMBINING_SPACING_MARK
                        || "+-=._:/@".indexOf(c) >= 0);
    }

    static List<Tag> list(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(t -> Tag.builder().key(t.getKey()).value(t.getValue()).build())
                .toList();
    }
}
