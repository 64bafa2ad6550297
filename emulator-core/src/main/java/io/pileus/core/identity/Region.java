package io.pileus.core.identity;

import org.jspecify.annotations.Nullable;

/** An AWS region, such as {@code us-east-1}, and the partition it belongs to. */
public record Region(String id) implements Comparable<Region> {
    public static final Region US_EAST_1 = new Region("us-east-1");

    public Region {
        if (!isValid(id)) {
            throw new IllegalArgumentException("not a region: " + id);
        }
    }

    /** Whether the text has the form of a region's name; not whether AWS has such a region. */
    public static boolean isValid(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean usual = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
            if (!usual && !Character.isLetterOrDigit(c)) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= 64;
    }

    /** {@code aws}, {@code aws-cn} or {@code aws-us-gov}. */
    public String partition() {
        if (id.startsWith("cn-")) {
            return "aws-cn";
        }
        return id.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }

    // By hand, here and in what else is a key of every call's maps: a record's own are spun from method handles when
    // they
    // are first used, which a start would wait for.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Region that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public int compareTo(Region other) {
        return id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return id;
    }
}
