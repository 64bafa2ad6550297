package io.pileus.core.identity;

/** An AWS region, such as {@code us-east-1}, and the partition it belongs to. */
public record Region(String id) implements Comparable<Region> {
    public static final Region US_EAST_1 = new Region("us-east-1");

    public Region {
        if (id.isEmpty() || id.length() > 64 || !id.chars().allMatch(c -> c == '-' || Character.isLetterOrDigit(c))) {
            throw new IllegalArgumentException("not a region: " + id);
        }
    }

    /** {@code aws}, {@code aws-cn} or {@code aws-us-gov}. */
    public String partition() {
        if (id.startsWith("cn-")) {
            return "aws-cn";
        }
        return id.startsWith("us-gov-") ? "aws-us-gov" : "aws";
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
