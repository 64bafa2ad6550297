package io.pileus.firehose;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Region;
import io.pileus.core.port.StreamReader;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.Scopes;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.shape.Blob;
import io.pileus.firehose.delivery.Courier;
import io.pileus.firehose.delivery.Item;
import io.pileus.firehose.model.DeliveryStreamType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** All delivery streams, and the way of records into their buffers and out of them. */
final class DeliveryStreams {
    private static final int RECORD_ID_LENGTH = 160;

    private final Scopes<FirehoseState> scopes = new Scopes<>((account, region) -> new FirehoseState());
    private final ServiceEnvironment environment;
    private final Courier courier;

    DeliveryStreams(ServiceEnvironment environment, Courier courier) {
        this.environment = environment;
        this.courier = courier;
    }

    DeliveryStream create(
            String name,
            DeliveryStreamType type,
            ObjectNode source,
            DeliveryStream.Destination destination,
            CallContext call) {
        String account = call.account().id();
        return scopes.of(call).add(name, present -> {
            if (present.nameTaken()) {
                throw FirehoseErrors.exists(name, account);
            }
            if (present.count() >= FirehoseLimits.DELIVERY_STREAMS_MAX) {
                throw FirehoseErrors.limit("You have already consumed your firehose quota of "
                        + FirehoseLimits.DELIVERY_STREAMS_MAX + " hoses.");
            }
            return new DeliveryStream(
                    call.account(),
                    call.region(),
                    name,
                    type,
                    source,
                    destination,
                    call.receivedAt(),
                    environment.timers(),
                    () -> find(call.account(), call.region(), name).ifPresent(this::deliverBeside));
        });
    }

    /** @throws io.pileus.firehose.model.ResourceNotFoundException if there is none of that name */
    DeliveryStream get(String name, CallContext call) {
        return find(call.account(), call.region(), name)
                .orElseThrow(() -> FirehoseErrors.notFound(name, call.account().id()));
    }

    Optional<DeliveryStream> find(AccountId account, Region region, String name) {
        return scopes.find(account, region).flatMap(state -> state.find(name));
    }

    /** The delivery stream of the call's account and region, or else the only one of that name anywhere. */
    Optional<DeliveryStream> findAnywhere(String name, CallContext call) {
        Optional<DeliveryStream> own = find(call.account(), call.region(), name);
        if (own.isPresent()) {
            return own;
        }
        List<DeliveryStream> all = scopes.all().stream()
                .flatMap(state -> state.find(name).stream())
                .toList();
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }

    List<DeliveryStream> all(CallContext call) {
        return scopes.of(call).all();
    }

    void delete(String name, CallContext call) {
        scopes.of(call)
                .remove(name)
                .orElseThrow(() -> FirehoseErrors.notFound(name, call.account().id()))
                .end();
    }

    void reset(ResetScope scope) {
        scopes.remove(scope).forEach(state -> state.all().forEach(DeliveryStream::end));
    }

    // Records

    /** Takes a record into the buffer; answers its id. */
    String put(DeliveryStream stream, Blob data, Instant now) {
        Item item = new Item(environment.ids().alphanumeric(RECORD_ID_LENGTH), data, now);
        add(stream, List.of(item), now);
        return item.recordId();
    }

    private void add(DeliveryStream stream, List<Item> items, Instant now) {
        if (stream.buffer().add(items, stream.bufferingHints(), now)) {
            deliverBeside(stream);
        }
    }

    /** Reads a data stream into the delivery stream's buffer from now on. */
    void readFrom(DeliveryStream stream, StreamReader reader, Arn source, Instant startAt) {
        stream.kinesisSource(new KinesisSource(
                reader,
                source,
                startAt,
                environment.workers(),
                records -> add(
                        stream,
                        records.stream()
                                .flatMap(record -> AggregatedRecord.userRecords(record.data()).stream()
                                        .map(data -> new Item(
                                                environment.ids().alphanumeric(RECORD_ID_LENGTH),
                                                data,
                                                record.approximateArrivalTimestamp())))
                                .toList(),
                        environment.clock().instant())));
    }

    private void deliverBeside(DeliveryStream stream) {
        environment.workers().execute(() -> {
            var unused = courier.deliver(stream.target(), stream.buffer().take());
        });
    }

    /** Delivers what waits, now; the stage completes with how many records that were. */
    CompletionStage<Integer> flush(DeliveryStream stream) {
        CompletableFuture<Integer> done = new CompletableFuture<>();
        environment.workers().execute(() -> {
            KinesisSource source = stream.kinesisSource();
            if (source != null) {
                source.readAll();
            }
            List<Item> items = stream.buffer().take();
            courier.deliver(stream.target(), items).whenComplete((nothing, failure) -> done.complete(items.size()));
        });
        return done;
    }
}
