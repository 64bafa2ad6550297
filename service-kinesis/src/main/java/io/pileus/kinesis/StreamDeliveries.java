package io.pileus.kinesis;

import io.pileus.core.identity.Ids;
import io.pileus.core.port.Delivery;
import io.pileus.core.port.DeliveryResult;
import io.pileus.core.port.DeliveryTarget;
import io.pileus.core.service.AwsException;
import io.pileus.kinesis.model.StreamStatus;
import io.pileus.kinesis.state.NewRecord;
import io.pileus.kinesis.state.Stream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Messages that other services write to streams; the partition key is the delivery's, or a random one. */
final class StreamDeliveries implements DeliveryTarget {
    private final Streams streams;
    private final KinesisLimits limits;
    private final StreamKeys keys;
    private final Ids ids;
    private final InstantSource clock;

    StreamDeliveries(Streams streams, KinesisLimits limits, StreamKeys keys, Ids ids, InstantSource clock) {
        this.streams = streams;
        this.limits = limits;
        this.keys = keys;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public CompletionStage<DeliveryResult> deliver(Delivery delivery) {
        return CompletableFuture.completedFuture(take(delivery));
    }

    private DeliveryResult take(Delivery delivery) {
        Instant now = clock.instant();
        Optional<Stream> found = streams.find(delivery.target(), now).filter(stream -> isUsable(stream, now));
        if (found.isEmpty()) {
            return new DeliveryResult.NoSuchTarget();
        }
        Stream stream = found.get();
        try {
            NewRecord record = new RecordOperations.Check(stream)
                    .of(delivery.partitionKey().orElseGet(ids::uuid), null, delivery.body(), () -> "data");
            keys.check(stream);
            Stream.Put put =
                    stream.put(List.of(record), limits.enforceQuotas(), now).getFirst();
            return switch (put) {
                case Stream.Written written -> new DeliveryResult.Delivered(written.sequenceNumber());
                case Stream.Throttled throttled ->
                    new DeliveryResult.Refused(
                            "ProvisionedThroughputExceededException",
                            "Rate exceeded for shard " + throttled.shardId(),
                            true);
            };
        } catch (AwsException e) {
            return new DeliveryResult.Refused(e.code(), String.valueOf(e.getMessage()), !e.senderFault());
        }
    }

    private static boolean isUsable(Stream stream, Instant now) {
        StreamStatus status = stream.status(now);
        return status == StreamStatus.ACTIVE || status == StreamStatus.UPDATING;
    }
}
