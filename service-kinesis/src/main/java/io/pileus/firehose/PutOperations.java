package io.pileus.firehose;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.port.Delivery;
import io.pileus.core.port.DeliveryResult;
import io.pileus.core.port.DeliveryTarget;
import io.pileus.core.service.CallContext;
import io.pileus.firehose.model.*;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes records, from clients and from other services. */
final class PutOperations implements DeliveryTarget {
    private final DeliveryStreams streams;
    private final InstantSource clock;

    PutOperations(DeliveryStreams streams, InstantSource clock) {
        this.streams = streams;
        this.clock = clock;
    }

    PutRecordOutput putRecord(PutRecordInput input, CallContext call) {
        DeliveryStream stream = directPut(input.deliveryStreamName(), call);
        String id = streams.put(stream, input.record_().data(), call.receivedAt());
        return PutRecordOutput.builder()
                .recordId(id)
                .encrypted(stream.isEncrypted())
                .build();
    }

    PutRecordBatchOutput putRecordBatch(PutRecordBatchInput input, CallContext call) {
        DeliveryStream stream = directPut(input.deliveryStreamName(), call);
        long bytes = input.records().stream()
                .mapToLong(record -> record.data().size())
                .sum();
        if (bytes > FirehoseLimits.BATCH_BYTES_MAX) {
            throw FirehoseErrors.invalid("Records size exceeds 4 MB limit");
        }
        List<PutRecordBatchResponseEntry> responses = new ArrayList<>();
        for (io.pileus.firehose.model.Record record : input.records()) {
            responses.add(PutRecordBatchResponseEntry.builder()
                    .recordId(streams.put(stream, record.data(), call.receivedAt()))
                    .build());
        }
        return PutRecordBatchOutput.builder()
                .failedPutCount(0)
                .encrypted(stream.isEncrypted())
                .requestResponses(responses)
                .build();
    }

    private DeliveryStream directPut(String name, CallContext call) {
        DeliveryStream stream = streams.get(name, call);
        if (stream.type() != DeliveryStreamType.DIRECT_PUT) {
            throw FirehoseErrors.notDirectPut(stream);
        }
        return stream;
    }

    @Override
    public CompletionStage<DeliveryResult> deliver(Delivery delivery) {
        String account = delivery.target().account();
        Optional<DeliveryStream> stream = AccountId.isValid(account)
                ? streams.find(
                        new AccountId(account),
                        new Region(delivery.target().region()),
                        delivery.target().resourceId())
                : Optional.empty();
        if (stream.isEmpty()) {
            return CompletableFuture.completedFuture(new DeliveryResult.NoSuchTarget());
        }
        if (stream.get().type() != DeliveryStreamType.DIRECT_PUT) {
            return CompletableFuture.completedFuture(new DeliveryResult.Refused(
                    "InvalidArgumentException",
                    String.valueOf(FirehoseErrors.notDirectPut(stream.get()).getMessage()),
                    false));
        }
        return CompletableFuture.completedFuture(
                new DeliveryResult.Delivered(streams.put(stream.get(), delivery.body(), clock.instant())));
    }
}
