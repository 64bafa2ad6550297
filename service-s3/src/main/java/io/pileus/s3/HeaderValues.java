package io.pileus.s3;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What can stand in a header of an answer. Parameters, forms and calls within the process can hold more than that. */
final class HeaderValues {
    private HeaderValues() {}

    /** Of a parameter that sets a header. */
    static void requireLatin(String name, @Nullable String value) {
        requireNoControls(name, value);
        if (value != null && value.chars().anyMatch(c -> c > 0xFF)) {
            throw unfit(name, value);
        }
    }

    /** Of a header that is kept with an object. */
    static void requireNoControls(String name, @Nullable String value) {
        if (value != null && value.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7F)) {
            throw unfit(name, value);
        }
    }

    /** The value with its characters percent-encoded that a header may not have. */
    static String printable(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c < 0x7F)
                ? value
                : URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static S3Error unfit(String name, String value) {
        return S3Errors.invalidArgument("Header value cannot be represented using ISO-8859-1.", name, value);
    }
}
