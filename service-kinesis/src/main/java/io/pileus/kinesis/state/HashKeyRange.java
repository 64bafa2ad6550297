package io.pileus.kinesis.state;

/** A part of the key space, both ends included. */
public record HashKeyRange(HashKey start, HashKey end) {
    public static final HashKeyRange WHOLE = new HashKeyRange(HashKey.ZERO, HashKey.MAX);

    public HashKeyRange {
        if (start.compareTo(end) > 0) {
            throw new IllegalArgumentException("a range's start is not behind its end: " + start + " " + end);
        }
    }

    public boolean contains(HashKey key) {
        return start.compareTo(key) <= 0 && key.compareTo(end) <= 0;
    }

    /** Whether the other range begins right after this one. */
    public boolean meets(HashKeyRange other) {
        return !end.equals(HashKey.MAX) && end.next().equals(other.start);
    }
}
