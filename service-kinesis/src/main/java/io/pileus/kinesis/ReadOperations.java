package io.pileus.kinesis;

import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.kinesis.model.*;
import io.pileus.kinesis.state.KinesisErrors;
import io.pileus.kinesis.state.Shard;
import io.pileus.kinesis.state.StoredRecord;
import io.pileus.kinesis.state.Stream;
import java.time.Instant;
import java.util.Objects;

/** Reads records by polling: shard iterators and GetRecords. */
final class ReadOperations {
    private final Streams streams;
    private final KinesisLimits limits;
    private final StreamKeys keys;
    private final Ids ids;
    private final Seal seal;

    ReadOperations(Streams streams, KinesisLimits limits, StreamKeys keys, Ids ids, Seal seal) {
        this.streams = streams;
        this.limits = limits;
        this.keys = keys;
        this.ids = ids;
        this.seal = seal;
    }

    GetShardIteratorOutput getShardIterator(GetShardIteratorInput input, CallContext call) {
        Instant now = call.receivedAt();
        Stream stream = streams.usable(input.streamName(), input.streamARN(), input.streamId(), call);
        Shard shard = stream.shard(input.shardId(), now)
                .orElseThrow(() -> KinesisErrors.shardDoesNotExist(input.shardId(), stream));
        long place = new StartingPlace(stream, shard, "GetShardIterator", now)
                .of(input.shardIteratorType(), input.startingSequenceNumber(), input.timestamp());
        ShardIterator iterator = new ShardIterator(
                stream.account().id(),
                stream.identity().region().id(),
                stream.name(),
                stream.identity().createdAt().toEpochMilli(),
                shard.index(),
                place,
                now);
        return GetShardIteratorOutput.builder()
                .shardIterator(iterator.sealedBy(seal))
                .build();
    }

    GetRecordsOutput getRecords(GetRecordsInput input, CallContext call) {
        Instant now = call.receivedAt();
        ShardIterator iterator = ShardIterator.open(input.shardIterator(), seal);
        Stream stream = streamOf(iterator, input, call);
        iterator.requireFresh(now);
        Shard shard = stream.shards(now).stream()
                .filter(s -> s.index() == iterator.shardIndex())
                .findFirst()
                .orElseThrow(KinesisErrors::invalidIterator);
        keys.check(stream);
        boolean fails = limits.errorProbability() > 0 && ids.fraction() < limits.errorProbability();
        if (fails || (limits.enforceQuotas() && !stream.takeRead(shard, now))) {
            throw KinesisErrors.throughput(shard.shardId(), stream);
        }
        int countMax = Objects.requireNonNullElse(input.limit(), KinesisLimits.GET_RECORDS_MAX);
        Stream.Read read = stream.read(shard, iterator.place(), countMax, KinesisLimits.GET_RECORDS_BYTES, now);
        if (limits.enforceQuotas()) {
            stream.addReadBytes(
                    shard, read.records().stream().mapToLong(StoredRecord::size).sum());
        }
        GetRecordsOutput.Builder output = GetRecordsOutput.builder()
                .records(read.records().stream().map(Descriptions::record).toList())
                .millisBehindLatest(read.millisBehindLatest());
        if (read.endOfShard()) {
            output.childShards(read.children().stream().map(Descriptions::child).toList());
        } else {
            output.nextShardIterator(iterator.at(read.next(), now).sealedBy(seal));
        }
        return output.build();
    }

    private Stream streamOf(ShardIterator iterator, GetRecordsInput input, CallContext call) {
        String arn = "arn:" + call.region().partition() + ":kinesis:" + iterator.region() + ":" + iterator.account()
                + ":stream/" + iterator.streamName();
        boolean foreign = !iterator.account().equals(call.account().id()) && input.streamARN() == null;
        if (foreign
                || !iterator.region().equals(call.region().id())
                || (input.streamARN() != null && !input.streamARN().equals(arn))) {
            throw KinesisErrors.invalidIterator();
        }
        Stream stream = streams.usable(null, arn, input.streamId(), call);
        if (stream.identity().createdAt().toEpochMilli() != iterator.streamCreatedMillis()) {
            throw KinesisErrors.invalidIterator();
        }
        return stream;
    }
}
