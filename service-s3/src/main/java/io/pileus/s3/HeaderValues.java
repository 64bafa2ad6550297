package io.pileus.s3;

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

    private static S3Error unfit(String name, String value) {
        return S3Errors.invalidArgument("Header value cannot be represented using ISO-8859-1.", name, value);
    }
}
