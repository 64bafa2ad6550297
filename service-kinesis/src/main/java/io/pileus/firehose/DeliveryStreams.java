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
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import io.pileus.firehose.delivery.Courier;
import io.pileus.firehose.delivery.Item;
import io.pileus.firehose.delivery.SavedUpload;
import io.pileus.firehose.model.DeliveryStreamType;
import java.time.Instant;
import java.util.ArrayList;
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

    /** Delivery streams that were loaded and do not go on yet. */
    private final List<Resting> resting = new ArrayList<>();

    private record Resting(DeliveryStream stream, SavedDeliveryStream saved, List<SavedUpload> uploads) {}

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
                    onDue(call.account(), call.region(), name));
        });
    }

    private Runnable onDue(AccountId account, Region region, String name) {
        return () -> find(account, region, name).ifPresent(this::deliverBeside);
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

    // Saving

    void save(StateSink sink) {
        scopes.all().forEach(state -> state.all().forEach(stream -> stream.save(sink)));
        courier.save(sink);
    }

    void load(StateSource source) {
        source.each("delivery-stream", SavedDeliveryStream.class, (scope, name, saved) -> {
            DeliveryStream stream = new DeliveryStream(
                    scope.account(),
                    scope.region(),
                    name,
                    saved,
                    environment.timers(),
                    onDue(scope.account(), scope.region(), name));
            scopes.of(scope.account(), scope.region()).adopt(stream);
            resting.add(new Resting(stream, saved, new ArrayList<>()));
        });
        source.each("record", SavedDeliveryStream.SavedItem.class, (scope, id, saved) -> {
            int slash = id.indexOf('/');
            Item item = new Item(saved.recordId(), saved.data(), saved.arrivedAt());
            find(scope.account(), scope.region(), id.substring(0, slash))
                    .ifPresent(stream ->
                            stream.buffer().restore(new Buffer.Waiting(Long.parseLong(id.substring(slash + 1)), item)));
        });
        source.each("upload", SavedUpload.class, (scope, id, saved) -> {
            Optional<DeliveryStream> stream = find(scope.account(), scope.region(), id.substring(0, id.indexOf('/')));
            resting.stream()
                    .filter(each -> stream.equals(Optional.of(each.stream())))
                    .forEach(each -> each.uploads().add(saved));
        });
    }

    /** Buffers wait until they were due; objects are tried again, and what was on its way when the state was saved is delivered at once, again perhaps. */
    void resume() {
        for (Resting each : resting) {
            DeliveryStream stream = each.stream();
            Instant dueAt = each.saved().dueAt();
            stream.buffer().resume(dueAt == null ? environment.clock().instant() : dueAt);
            each.uploads()
                    .forEach(upload -> environment.workers().execute(() -> courier.resume(stream.target(), upload)));
            SavedDeliveryStream.Reading reading = each.saved().reading();
            if (reading != null) {
                environment.ports().find(StreamReader.class).ifPresent(reader -> {
                    KinesisSource source = readFrom(stream, reader, reading);
                    source.wake();
                });
            }
        }
        resting.clear();
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
    void readFrom(DeliveryStream stream, StreamReader reader, Instant startAt) {
        readFrom(stream, reader, SavedDeliveryStream.Reading.from(startAt)).skipClosedShards();
    }

    private KinesisSource readFrom(DeliveryStream stream, StreamReader reader, SavedDeliveryStream.Reading reading) {
        String arn = stream.source()
                .path("KinesisStreamSourceDescription")
                .path("KinesisStreamARN")
                .asText();
        KinesisSource source = new KinesisSource(
                reader,
                Arn.parse(arn).orElseThrow(),
                reading,
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
                        environment.clock().instant()));
        stream.kinesisSource(source);
        return source;
    }

    private void deliverBeside(DeliveryStream stream) {
        environment.workers().execute(() -> {
            var unused = deliver(stream, stream.buffer().take());
        });
    }

    private CompletionStage<Void> deliver(DeliveryStream stream, Buffer.Batch batch) {
        return courier.deliver(
                stream.target(), batch.items(), () -> stream.buffer().settled(batch));
    }

    /** Delivers what waits, now; the stage completes with how many records that were. */
    CompletionStage<Integer> flush(DeliveryStream stream) {
        CompletableFuture<Integer> done = new CompletableFuture<>();
        environment.workers().execute(() -> {
            KinesisSource source = stream.kinesisSource();
            if (source != null) {
                source.readAll();
            }
            Buffer.Batch batch = stream.buffer().take();
            deliver(stream, batch)
                    .whenComplete(
                            (nothing, failure) -> done.complete(batch.items().size()));
        });
        return done;
    }
}
