package io.pileus.kinesis;

import io.pileus.core.identity.Ids;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Blob;
import io.pileus.kinesis.model.*;
import io.pileus.kinesis.state.HashKey;
import io.pileus.kinesis.state.KinesisErrors;
import io.pileus.kinesis.state.NewRecord;
import io.pileus.kinesis.state.PartitionKeys;
import io.pileus.kinesis.state.SequenceNumber;
import io.pileus.kinesis.state.Shard;
import io.pileus.kinesis.state.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes records. */
final class RecordOperations {
    private final Streams streams;
    private final KinesisLimits limits;
    private final StreamKeys keys;
    private final Ids ids;

    RecordOperations(Streams streams, KinesisLimits limits, StreamKeys keys, Ids ids) {
        this.streams = streams;
        this.limits = limits;
        this.keys = keys;
        this.ids = ids;
    }

    PutRecordOutput putRecord(PutRecordInput input, CallContext call) {
        Stream stream = streams.usable(input.streamName(), input.streamARN(), input.streamId(), call);
        NewRecord record =
                new Check(stream).of(input.partitionKey(), input.explicitHashKey(), input.data(), () -> "data");
        if (input.sequenceNumberForOrdering() != null) {
            checkOrdering(stream, input.sequenceNumberForOrdering(), call);
        }
        boolean encrypted = keys.check(stream);
        Stream.Put put = fails()
                ? new Stream.Throttled(stream.openShards().getFirst().shardId())
                : stream.put(List.of(record), limits.enforceQuotas(), call.receivedAt())
                        .getFirst();
        return switch (put) {
            case Stream.Written written ->
                PutRecordOutput.builder()
                        .shardId(written.shardId())
                        .sequenceNumber(written.sequenceNumber())
                        .encryptionType(encrypted ? EncryptionType.KMS.wire() : null)
                        .build();
            case Stream.Throttled throttled -> throw KinesisErrors.throughput(throttled.shardId(), stream);
        };
    }

    PutRecordsOutput putRecords(PutRecordsInput input, CallContext call) {
        Stream stream = streams.usable(input.streamName(), input.streamARN(), input.streamId(), call);
        List<PutRecordsRequestEntry> entries = input.records();
        List<NewRecord> records = new ArrayList<>(entries.size());
        Check check = new Check(stream);
        long bytes = 0;
        for (int i = 0; i < entries.size(); i++) {
            PutRecordsRequestEntry entry = entries.get(i);
            int number = i + 1;
            NewRecord record = check.of(
                    entry.partitionKey(),
                    entry.explicitHashKey(),
                    entry.data(),
                    () -> "records." + number + ".member.data");
            bytes += record.size();
            records.add(record);
        }
        if (bytes > KinesisLimits.PUT_RECORDS_BYTES) {
            throw KinesisErrors.invalid("Records size exceeds 10 MB limit.");
        }
        boolean encrypted = keys.check(stream);
        List<Stream.Put> puts = limits.errorProbability() > 0
                ? putOneByOne(stream, records, call)
                : stream.put(records, limits.enforceQuotas(), call.receivedAt());
        List<PutRecordsResultEntry> results = new ArrayList<>(puts.size());
        int failed = 0;
        for (Stream.Put put : puts) {
            switch (put) {
                case Stream.Written written ->
                    results.add(PutRecordsResultEntry.builder()
                            .shardId(written.shardId())
                            .sequenceNumber(written.sequenceNumber())
                            .build());
                case Stream.Throttled throttled -> {
                    AwsException error = KinesisErrors.throughput(throttled.shardId(), stream);
                    failed++;
                    results.add(PutRecordsResultEntry.builder()
                            .errorCode(error.code())
                            .errorMessage(error.getMessage())
                            .build());
                }
            }
        }
        return PutRecordsOutput.builder()
                .failedRecordCount(failed)
                .records(results)
                .encryptionType(encrypted ? EncryptionType.KMS.wire() : null)
                .build();
    }

    private List<Stream.Put> putOneByOne(Stream stream, List<NewRecord> records, CallContext call) {
        List<Stream.Put> puts = new ArrayList<>(records.size());
        for (NewRecord record : records) {
            puts.add(
                    fails()
                            ? new Stream.Throttled(
                                    stream.openShards().getFirst().shardId())
                            : stream.put(List.of(record), limits.enforceQuotas(), call.receivedAt())
                                    .getFirst());
        }
        return puts;
    }

    private boolean fails() {
        return limits.errorProbability() > 0 && ids.fraction() < limits.errorProbability();
    }

    /** Checks records of one request against the stream's limits, and finds where they belong. */
    static final class Check {
        private final int bytesMax;
        private final PartitionKeys keys;

        Check(Stream stream) {
            this.bytesMax = stream.maxRecordSizeKib() * 1024;
            this.keys = stream.partitionKeys();
        }

        /** @param where the place of the data in the request, as AWS names it */
        NewRecord of(String partitionKey, @Nullable String explicitHashKey, Blob data, Supplier<String> where) {
            if (explicitHashKey != null && !HashKey.fits(explicitHashKey)) {
                throw KinesisErrors.invalid(
                        "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]."
                                + " Specified value was " + explicitHashKey);
            }
            PartitionKeys.Key key = keys.of(partitionKey);
            if (data.size() + key.utf8().size() > bytesMax) {
                throw KinesisErrors.validation("1 validation error detected: Value at '" + where.get()
                        + "' failed to satisfy constraint: Member must have length less than or equal to " + bytesMax);
            }
            HashKey lands = explicitHashKey == null ? key.hashKey() : HashKey.parse(explicitHashKey);
            return new NewRecord(key.utf8(), lands, data);
        }
    }

    /** Sequence numbers always grow here; the one to come after must have been given by a shard of the stream. */
    private static void checkOrdering(Stream stream, String digits, CallContext call) {
        Optional<SequenceNumber> number = SequenceNumber.parse(digits);
        boolean known = number.flatMap(n -> stream.shards(call.receivedAt()).stream()
                        .filter((Shard shard) -> stream.gave(shard, n))
                        .findFirst())
                .isPresent();
        if (!known) {
            throw KinesisErrors.invalid("ExclusiveMinimumSequenceNumber " + digits + " used in PutRecord on stream "
                    + stream.name() + " under account " + stream.account() + " is invalid.");
        }
    }
}
