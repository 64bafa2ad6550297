package io.pileus.lambda.mapping;

import io.pileus.core.identity.Arn;
import io.pileus.core.port.StreamReader;
import io.pileus.core.shape.Blob;
import io.pileus.core.testkit.TestEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One data stream as far as a mapping sees it; its records are numbered over all shards. */
final class TestStream implements StreamReader {
    final Arn arn =
            Arn.parse("arn:aws:kinesis:us-east-1:000000000000:stream/clicks").orElseThrow();
    Duration retention = Duration.ofDays(1);
    private final TestEnvironment env;
    private final Map<String, TestShard> shards = new LinkedHashMap<>();
    private final List<Runnable> tasks = new ArrayList<>();
    private int sequence = 100;

    TestStream(TestEnvironment env) {
        this.env = env;
    }

    private static final class TestShard {
        final List<String> parents;
        final List<Record> records = new ArrayList<>();
        boolean closed;

        TestShard(List<String> parents) {
            this.parents = parents;
        }
    }

    TestStream shard(String id, String... parents) {
        shards.put(id, new TestShard(List.of(parents)));
        for (String parent : parents) {
            shards.get(parent).closed = true;
        }
        wake();
        return this;
    }

    /** Puts records of one partition key into the first shard. */
    void put(String... data) {
        for (String text : data) {
            putTo(shards.keySet().iterator().next(), "key", text);
        }
    }

    /** Puts a record and tells its sequence number. */
    String putTo(String shardId, String partitionKey, String data) {
        String number = Integer.toString(++sequence);
        shards.get(shardId).records.add(new Record(number, partitionKey, Blob.ofUtf8(data), env.now(), "NONE"));
        wake();
        return number;
    }

    private void wake() {
        List.copyOf(tasks).forEach(Runnable::run);
    }

    @Override
    public Optional<List<Shard>> shards(Arn stream) {
        if (!stream.toString().startsWith(arn.toString())) {
            return Optional.empty();
        }
        List<Shard> all = new ArrayList<>();
        shards.forEach((id, shard) -> all.add(new Shard(id, shard.parents, shard.closed)));
        return Optional.of(all);
    }

    @Override
    public Optional<Duration> retention(Arn stream) {
        return Optional.of(retention);
    }

    @Override
    public Read read(Arn stream, String shardId, Position from, int recordsMax) {
        TestShard shard = shards.get(shardId);
        if (shard == null) {
            return new NoSuchShard();
        }
        int last = shard.records.isEmpty()
                ? 0
                : Integer.parseInt(shard.records.getLast().sequenceNumber());
        int after = switch (from) {
            case TrimHorizon start -> 0;
            case Latest latest -> last;
            case AfterSequenceNumber number -> Integer.parseInt(number.sequenceNumber());
            case AtTimestamp at ->
                shard.records.stream()
                        .filter(r -> r.approximateArrivalTimestamp().isBefore(at.timestamp()))
                        .mapToInt(r -> Integer.parseInt(r.sequenceNumber()))
                        .max()
                        .orElse(0);
        };
        List<Record> records = shard.records.stream()
                .filter(r -> Integer.parseInt(r.sequenceNumber()) > after)
                .limit(recordsMax)
                .toList();
        String next =
                records.isEmpty() ? Integer.toString(after) : records.getLast().sequenceNumber();
        boolean end = shard.closed && Integer.parseInt(next) >= last;
        return new Batch(records, new AfterSequenceNumber(next), end, 0);
    }

    @Override
    public Registration onRecords(Arn stream, Runnable task) {
        tasks.add(task);
        return () -> tasks.remove(task);
    }
}
