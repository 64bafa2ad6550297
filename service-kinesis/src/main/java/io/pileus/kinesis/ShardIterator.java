package io.pileus.kinesis;

import io.pileus.kinesis.state.KinesisErrors;
import java.time.Instant;

/**
 * Where a reader is in a shard. It is sealed for the way over the wire, and good for five minutes.
 *
 * @param place the place of the next record
 * @param streamCreatedMillis tells the stream from a later one of the same name
 */
record ShardIterator(
        String account,
        String region,
        String streamName,
        long streamCreatedMillis,
        int shardIndex,
        long place,
        Instant createdAt) {

    String sealedBy(Seal seal) {
        return seal.seal(String.join(
                "/",
                account,
                region,
                streamName,
                Long.toString(streamCreatedMillis, Character.MAX_RADIX),
                Integer.toString(shardIndex),
                Long.toString(place),
                Long.toString(createdAt.toEpochMilli())));
    }

    /** @throws io.pileus.kinesis.model.InvalidArgumentException if it was not sealed here */
    static ShardIterator open(String sealed, Seal seal) {
        String[] parts =
                seal.open(sealed).orElseThrow(KinesisErrors::invalidIterator).split("/", -1);
        if (parts.length != 7) {
            throw KinesisErrors.invalidIterator();
        }
        return new ShardIterator(
                parts[0],
                parts[1],
                parts[2],
                Long.parseLong(parts[3], Character.MAX_RADIX),
                Integer.parseInt(parts[4]),
                Long.parseLong(parts[5]),
                Instant.ofEpochMilli(Long.parseLong(parts[6])));
    }

    ShardIterator at(long newPlace, Instant now) {
        return new ShardIterator(account, region, streamName, streamCreatedMillis, shardIndex, newPlace, now);
    }

    /** @throws io.pileus.kinesis.model.ExpiredIteratorException if it is older than five minutes */
    void requireFresh(Instant now) {
        if (now.isAfter(createdAt.plus(KinesisLimits.ITERATOR_LIFE))) {
            throw KinesisErrors.expiredIterator(createdAt, now);
        }
    }
}
