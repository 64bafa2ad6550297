package io.pileus.kinesis.state;

import java.math.BigInteger;

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

    /** How many keys lie between the ends. */
    BigInteger width() {
        return end.number().subtract(start.number());
    }

    /** The key that begins the second half. */
    HashKey middle() {
        return HashKey.of(start.number().add(width().shiftRight(1)).add(BigInteger.ONE));
    }

    /** Whether the other range begins right after this one. */
    public boolean meets(HashKeyRange other) {
        return !end.equals(HashKey.MAX) && end.next().equals(other.start);
    }
}
