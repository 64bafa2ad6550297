package io.pileus.kinesis;

import io.pileus.kinesis.model.ShardIteratorType;
import io.pileus.kinesis.state.KinesisErrors;
import io.pileus.kinesis.state.SequenceNumber;
import io.pileus.kinesis.state.Shard;
import io.pileus.kinesis.state.Stream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a reader begins: the five iterator types made a place in the shard.
 *
 * @param operation the operation that asks, for messages
 */
record StartingPlace(Stream stream, Shard shard, String operation, Instant now) {

    long of(String type, @Nullable String sequenceNumber, @Nullable Instant timestamp) {
        ShardIteratorType iteratorType = ShardIteratorType.of(type);
        boolean wantsNumber = iteratorType == ShardIteratorType.AT_SEQUENCE_NUMBER
                || iteratorType == ShardIteratorType.AFTER_SEQUENCE_NUMBER;
        if (sequenceNumber != null && !wantsNumber) {
            throw KinesisErrors.sequenceNumberNotWanted(type);
        }
        return switch (iteratorType) {
            case null -> throw KinesisErrors.invalid("Invalid ShardIteratorType " + type + ".");
            case TRIM_HORIZON -> stream.trimHorizon(shard, now);
            case LATEST -> stream.latest(shard);
            case AT_TIMESTAMP -> at(timestamp);
            case AT_SEQUENCE_NUMBER -> Math.max(1, given(type, sequenceNumber).place());
            case AFTER_SEQUENCE_NUMBER -> {
                long place = given(type, sequenceNumber).place();
                yield place == SequenceNumber.END ? stream.latest(shard) : place + 1;
            }
        };
    }

    private long at(@Nullable Instant timestamp) {
        if (timestamp == null) {
            throw KinesisErrors.invalid("Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP."
                    + " Current request has no timestamp parameter.");
        }
        if (timestamp.isAfter(now)) {
            throw KinesisErrors.invalid("The timestampInMillis parameter cannot be greater than the"
                    + " currentTimestampInMillis. timestampInMillis: " + timestamp.toEpochMilli()
                    + ", currentTimestampInMillis: " + now.toEpochMilli());
        }
        return stream.placeAt(shard, timestamp);
    }

    private SequenceNumber given(String type, @Nullable String digits) {
        if (digits == null) {
            throw KinesisErrors.invalid("Must specify startingSequenceNumber parameter for iterator of type " + type
                    + ". Current request has no startingSequenceNumber parameter.");
        }
        if (digits.equals("0")) {
            // some clients ask so for the shard's beginning
            return shard.startingSequenceNumber();
        }
        SequenceNumber number = SequenceNumber.parse(digits)
                .orElseThrow(() -> KinesisErrors.notFromThisStream(digits, operation, shard.shardId(), stream));
        if (number.shardIndex() != shard.index()) {
            throw KinesisErrors.fromOtherShard(number, shard.shardId());
        }
        if (!stream.gave(shard, number)) {
            throw KinesisErrors.notFromThisStream(digits, operation, shard.shardId(), stream);
        }
        return number;
    }
}
