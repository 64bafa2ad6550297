package io.pileus.kinesis;

import io.pileus.kinesis.model.ChildShard;
import io.pileus.kinesis.model.EncryptionType;
import io.pileus.kinesis.model.HashKeyRange;
import io.pileus.kinesis.model.Record;
import io.pileus.kinesis.model.SequenceNumberRange;
import io.pileus.kinesis.model.WarmThroughputObject;
import io.pileus.kinesis.state.SequenceNumber;
import io.pileus.kinesis.state.Shard;
import io.pileus.kinesis.state.StoredRecord;
import io.pileus.kinesis.state.Stream;
import io.pileus.kinesis.state.StreamSettings;
import java.time.Instant;
import java.util.List;

/** How the state's shards and records look in answers. */
final class Descriptions {
    private Descriptions() {}

    static io.pileus.kinesis.model.Shard shard(Shard shard) {
        List<String> parents = shard.parents();
        return io.pileus.kinesis.model.Shard.builder()
                .shardId(shard.shardId())
                .parentShardId(parents.isEmpty() ? null : parents.getFirst())
                .adjacentParentShardId(parents.size() < 2 ? null : parents.get(1))
                .hashKeyRange(range(shard))
                .sequenceNumberRange(SequenceNumberRange.builder()
                        .startingSequenceNumber(shard.startingSequenceNumber().toString())
                        .endingSequenceNumber(shard.endingSequenceNumber()
                                .map(SequenceNumber::toString)
                                .orElse(null))
                        .build())
                .build();
    }

    static ChildShard child(Shard shard) {
        return ChildShard.builder()
                .shardId(shard.shardId())
                .parentShards(shard.parents())
                .hashKeyRange(range(shard))
                .build();
    }

    private static HashKeyRange range(Shard shard) {
        return HashKeyRange.builder()
                .startingHashKey(shard.range().start().toString())
                .endingHashKey(shard.range().end().toString())
                .build();
    }

    static Record record(StoredRecord stored) {
        return Record.builder()
                .sequenceNumber(stored.sequenceNumber())
                .approximateArrivalTimestamp(Instant.ofEpochMilli(stored.arrivalMillis()))
                .data(stored.data())
                .partitionKey(stored.partitionKey())
                .encryptionType(stored.encrypted() ? EncryptionType.KMS.wire() : null)
                .build();
    }

    /** What an on-demand stream is made for, and what it can take: a MiB a second for each shard. */
    static WarmThroughputObject warmThroughput(Stream stream) {
        int warm = stream.settings(StreamSettings::warmThroughputMibps);
        return WarmThroughputObject.builder()
                .targetMiBps(warm == 0 ? null : warm)
                .currentMiBps(stream.openShardCount())
                .build();
    }
}
