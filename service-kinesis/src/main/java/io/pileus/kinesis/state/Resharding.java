package io.pileus.kinesis.state;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** How shards divide the key space: pure functions from ranges to ranges. */
public final class Resharding {
    private static final BigInteger KEY_SPACE = BigInteger.ONE.shiftLeft(128);

    private Resharding() {}

    /** One step from open shards to others. */
    public sealed interface Step {}

    /** The shard that holds the key is split; the key begins the second part. */
    public record Split(HashKey newStartingHashKey) implements Step {}

    /** The shard that begins at the key is merged with the one in front of it. */
    public record Merge(HashKey boundary) implements Step {}

    /** The whole key space in equal parts; the last part takes what is left over, as AWS has it. */
    public static List<HashKeyRange> uniform(int count) {
        BigInteger width = KEY_SPACE.divide(BigInteger.valueOf(count));
        List<HashKeyRange> ranges = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            HashKey start = HashKey.of(width.multiply(BigInteger.valueOf(i)));
            HashKey end = i == count - 1
                    ? HashKey.MAX
                    : HashKey.of(width.multiply(BigInteger.valueOf(i + 1L))).previous();
            ranges.add(new HashKeyRange(start, end));
        }
        return ranges;
    }

    /**
     * The splits, then the merges, that lead from open shards to equal parts. Each step is one that SplitShard or MergeShards
     * could do, so that every shard has at most two parents; shards in between come into being and are closed, as on AWS.
     */
    public static List<Step> toUniform(List<HashKeyRange> open, int count) {
        NavigableSet<HashKey> present = new TreeSet<>();
        open.forEach(range -> present.add(range.start()));
        NavigableSet<HashKey> wanted = new TreeSet<>();
        uniform(count).forEach(range -> wanted.add(range.start()));
        List<Step> steps = new ArrayList<>();
        for (HashKey key : wanted) {
            if (!present.contains(key)) {
                steps.add(new Split(key));
            }
        }
        for (HashKey key : present) {
            if (!wanted.contains(key)) {
                steps.add(new Merge(key));
            }
        }
        return steps;
    }

    /** Whether ranges in order cover the whole key space without gap or overlap. */
    public static boolean partitions(List<HashKeyRange> ranges) {
        if (ranges.isEmpty()
                || !ranges.getFirst().start().equals(HashKey.ZERO)
                || !ranges.getLast().end().equals(HashKey.MAX)) {
            return false;
        }
        for (int i = 1; i < ranges.size(); i++) {
            if (!ranges.get(i - 1).meets(ranges.get(i))) {
                return false;
            }
        }
        return true;
    }
}
