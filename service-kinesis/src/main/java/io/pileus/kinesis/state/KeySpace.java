package io.pileus.kinesis.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The shards of a stream: the open ones cover the whole key space, each key once; the closed ones are kept for their records.
 * Guarded by the stream's lock.
 */
final class KeySpace {
    private static final Comparator<Shard> WIDEST_FIRST =
            Comparator.comparing((Shard shard) -> shard.range().width()).reversed();

    private final TreeMap<Integer, Shard> shards = new TreeMap<>();
    private final TreeMap<HashKey, Shard> open = new TreeMap<>();
    private int nextIndex;

    /** Shards of equal size. */
    KeySpace(int shardCount, Instant now) {
        for (HashKeyRange range : Resharding.uniform(shardCount)) {
            add(range, List.of(), now);
        }
    }

    /** The shards of a stream that was saved. */
    KeySpace(SavedStream saved) {
        nextIndex = saved.nextIndex();
        for (SavedStream.SavedShard each : saved.shards()) {
            Shard shard = new Shard(each);
            shards.put(shard.index(), shard);
            if (shard.isOpen()) {
                open.put(shard.range().start(), shard);
            }
        }
    }

    int nextIndex() {
        return nextIndex;
    }

    /** All shards by index. */
    List<Shard> all() {
        return List.copyOf(shards.values());
    }

    /** The open shards in the order of their ranges. */
    List<Shard> open() {
        return List.copyOf(open.values());
    }

    int openCount() {
        return open.size();
    }

    Optional<Shard> find(String shardId) {
        return Shard.indexOf(shardId).map(shards::get);
    }

    /** The open shard that a key belongs to. */
    Shard holder(HashKey key) {
        return open.floorEntry(key).getValue();
    }

    /** Shards that were split or merged from this one. */
    List<Shard> childrenOf(Shard shard) {
        return shards.tailMap(shard.index(), false).values().stream()
                .filter(other -> other.parents().contains(shard.shardId()))
                .toList();
    }

    /** Splits an open shard at a key, which begins the second part. */
    void split(Shard shard, HashKey newStart, Instant now) {
        close(shard, now);
        add(new HashKeyRange(shard.range().start(), newStart.previous()), List.of(shard), now);
        add(new HashKeyRange(newStart, shard.range().end()), List.of(shard), now);
    }

    /** Merges two open shards whose ranges meet, in any order. */
    void merge(Shard shard, Shard adjacent, Instant now) {
        boolean inOrder = shard.range().meets(adjacent.range());
        HashKeyRange range = inOrder
                ? new HashKeyRange(shard.range().start(), adjacent.range().end())
                : new HashKeyRange(adjacent.range().start(), shard.range().end());
        close(shard, now);
        close(adjacent, now);
        add(range, List.of(shard, adjacent), now);
    }

    /** Splits and merges until the open shards are of equal size. */
    void makeUniform(int count, Instant now) {
        List<HashKeyRange> ranges = open.values().stream().map(Shard::range).toList();
        for (Resharding.Step step : Resharding.toUniform(ranges, count)) {
            switch (step) {
                case Resharding.Split split ->
                    split(holder(split.newStartingHashKey()), split.newStartingHashKey(), now);
                case Resharding.Merge merge ->
                    merge(holder(merge.boundary().previous()), holder(merge.boundary()), now);
            }
        }
    }

    /** Splits the widest shards in the middle, or merges neighbours, until there are so many. */
    void resize(int count, Instant now) {
        while (open.size() < count) {
            List<Shard> widest = new ArrayList<>(open.values());
            widest.removeIf(shard -> shard.range().width().signum() == 0);
            widest.sort(WIDEST_FIRST);
            widest.subList(0, Math.min(widest.size(), count - open.size()))
                    .forEach(shard -> split(shard, shard.range().middle(), now));
        }
        while (open.size() > count) {
            List<Shard> present = open();
            int pairs = Math.min(present.size() / 2, present.size() - count);
            for (int i = 0; i < pairs; i++) {
                merge(present.get(2 * i), present.get(2 * i + 1), now);
            }
        }
    }

    /** Forgets shards that were closed before the instant. */
    void forgetClosedBefore(Instant oldest) {
        if (shards.size() > open.size()) {
            shards.values()
                    .removeIf(shard ->
                            shard.closedAt().map(at -> at.isBefore(oldest)).orElse(false));
        }
    }

    private void close(Shard shard, Instant now) {
        shard.close(now);
        open.remove(shard.range().start());
    }

    private void add(HashKeyRange range, List<Shard> parents, Instant now) {
        Shard shard = new Shard(nextIndex++, range, parents, now);
        shards.put(shard.index(), shard);
        open.put(range.start(), shard);
    }
}
