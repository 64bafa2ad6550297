package io.pileus.kinesis;

import io.pileus.core.identity.Arn;
import io.pileus.core.port.StreamReader;
import io.pileus.kinesis.model.EncryptionType;
import io.pileus.kinesis.state.SequenceNumber;
import io.pileus.kinesis.state.StoredRecord;
import io.pileus.kinesis.state.Stream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Streams as other services read them. */
final class ShardReader implements StreamReader {
    private final Streams streams;
    private final InstantSource clock;

    ShardReader(Streams streams, InstantSource clock) {
        this.streams = streams;
        this.clock = clock;
    }

    @Override
    public Optional<List<Shard>> shards(Arn stream) {
        Instant now = clock.instant();
        return streams.find(stream, now)
                .filter(found -> isConsumerOf(found, stream, now))
                .map(found -> found.shards(now).stream()
                        .map(shard -> new Shard(shard.shardId(), shard.parents(), !shard.isOpen()))
                        .toList());
    }

    /** Whether the ARN is the stream's own, or one of its consumers'. */
    private static boolean isConsumerOf(Stream stream, Arn arn, Instant now) {
        int at = arn.resource().indexOf("/consumer/");
        if (at < 0) {
            return true;
        }
        String name = arn.resource().substring(at + "/consumer/".length());
        int colon = name.indexOf(':');
        return stream.consumer(colon < 0 ? name : name.substring(0, colon), now).isPresent();
    }

    @Override
    public Optional<Duration> retention(Arn stream) {
        return streams.find(stream, clock.instant()).map(found -> found.settings(settings -> settings.retention()));
    }

    @Override
    public Read read(Arn stream, String shardId, Position from, int recordsMax) {
        Instant now = clock.instant();
        Optional<Stream> found = streams.find(stream, now);
        Optional<io.pileus.kinesis.state.Shard> shard = found.flatMap(s -> s.shard(shardId, now));
        if (shard.isEmpty()) {
            return new NoSuchShard();
        }
        long place = place(found.get(), shard.get(), from, now);
        Stream.Read read = found.get().read(shard.get(), place, recordsMax, KinesisLimits.GET_RECORDS_BYTES, now);
        return new Batch(
                read.records().stream().map(ShardReader::record).toList(),
                new AfterSequenceNumber(read.continuation().toString()),
                read.endOfShard(),
                read.millisBehindLatest());
    }

    private static long place(Stream stream, io.pileus.kinesis.state.Shard shard, Position from, Instant now) {
        return switch (from) {
            case TrimHorizon horizon -> stream.trimHorizon(shard, now);
            case Latest latest -> stream.latest(shard);
            case AtTimestamp at -> stream.placeAt(shard, at.timestamp());
            case AfterSequenceNumber after ->
                SequenceNumber.parse(after.sequenceNumber())
                        .filter(shard::isOf)
                        .map(number -> number.place() == SequenceNumber.END ? stream.latest(shard) : number.place() + 1)
                        .orElseGet(() -> stream.trimHorizon(shard, now));
        };
    }

    private static Record record(StoredRecord stored) {
        return new Record(
                stored.sequenceNumber(),
                stored.partitionKey(),
                stored.data(),
                Instant.ofEpochMilli(stored.arrivalMillis()),
                (stored.encrypted() ? EncryptionType.KMS : EncryptionType.NONE).wire());
    }

    @Override
    public Registration onRecords(Arn stream, Runnable task) {
        return streams.find(stream, clock.instant())
                .<Registration>map(found -> found.onChange(task)::run)
                .orElse(() -> {});
    }
}
