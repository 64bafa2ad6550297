package io.pileus.kinesis;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Region;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.Scopes;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import io.pileus.kinesis.model.ConsumerStatus;
import io.pileus.kinesis.model.StreamStatus;
import io.pileus.kinesis.state.Consumer;
import io.pileus.kinesis.state.KinesisErrors;
import io.pileus.kinesis.state.KinesisState;
import io.pileus.kinesis.state.Stream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the streams and consumers that requests name, by name, ARN or id. */
final class Streams {
    private final Scopes<KinesisState> scopes =
            new Scopes<>((account, region) -> new KinesisState(new Scope(account, region)));

    /** A consumer and its stream. */
    record Registered(Stream stream, Consumer consumer) {}

    KinesisState of(CallContext call) {
        return scopes.of(call);
    }

    /** The streams and settings of the account that a stream belongs to. */
    KinesisState of(Stream stream) {
        return scopes.of(stream.account(), stream.identity().region());
    }

    /** Tells all streams; false when there is nothing. */
    boolean save(StateSink sink) {
        List<KinesisState> states = scopes.all();
        states.forEach(state -> state.save(sink));
        return !states.isEmpty();
    }

    void load(StateSource source) {
        KinesisState.load(source, scope -> scopes.of(scope.account(), scope.region()));
    }

    void reset(ResetScope scope) {
        scopes.remove(scope).forEach(KinesisState::clear);
    }

    /**
     * The stream that a request names.
     *
     * @throws io.pileus.kinesis.model.ResourceNotFoundException if there is none
     */
    Stream get(@Nullable String name, @Nullable String arn, @Nullable String streamId, CallContext call) {
        if (arn != null) {
            Arn parsed = parse(arn);
            String named = parsed.resourceId();
            if (name != null && !name.equals(named)) {
                throw KinesisErrors.invalid("StreamName " + name + " does not match StreamARN " + arn + ".");
            }
            Stream stream = find(parsed, call.receivedAt())
                    .orElseThrow(() -> KinesisErrors.streamNotFound(named, parsed.account()));
            if (streamId != null && !stream.identity().streamId().equals(streamId)) {
                throw KinesisErrors.invalid("StreamId " + streamId + " does not match StreamARN " + arn + ".");
            }
            return stream;
        }
        if (name != null) {
            return find(name, call)
                    .orElseThrow(() ->
                            KinesisErrors.streamNotFound(name, call.account().id()));
        }
        if (streamId != null) {
            return of(call).streams(call.receivedAt()).stream()
                    .filter(stream -> stream.identity().streamId().equals(streamId))
                    .findFirst()
                    .orElseThrow(() -> KinesisErrors.streamNotFound(
                            streamId, call.account().id()));
        }
        throw KinesisErrors.noStreamNamed();
    }

    /** The stream, if records can be written to it and read from it: neither CREATING nor DELETING. */
    Stream usable(@Nullable String name, @Nullable String arn, @Nullable String streamId, CallContext call) {
        Stream stream = get(name, arn, streamId, call);
        StreamStatus status = stream.status(call.receivedAt());
        if (status == StreamStatus.CREATING || status == StreamStatus.DELETING) {
            throw KinesisErrors.streamNotFound(stream.name(), stream.account().id());
        }
        return stream;
    }

    Optional<Stream> find(String name, CallContext call) {
        return scopes.find(call.account(), call.region()).flatMap(state -> state.find(name, call.receivedAt()));
    }

    /** The stream of a stream's or consumer's ARN. */
    Optional<Stream> find(Arn arn, Instant now) {
        if (!arn.service().equals("kinesis")
                || !arn.resource().startsWith("stream/")
                || !AccountId.isValid(arn.account())) {
            return Optional.empty();
        }
        String name = arn.resource().substring("stream/".length());
        int slash = name.indexOf('/');
        String stream = slash < 0 ? name : name.substring(0, slash);
        return region(arn)
                .flatMap(region -> scopes.find(new AccountId(arn.account()), region))
                .flatMap(state -> state.find(stream, now));
    }

    private static Optional<Region> region(Arn arn) {
        try {
            return Optional.of(new Region(arn.region()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @throws io.pileus.kinesis.model.ResourceNotFoundException if there is no such consumer */
    Registered consumer(String consumerArn, CallContext call) {
        Arn arn = parse(consumerArn);
        Stream stream = find(arn, call.receivedAt())
                .orElseThrow(() -> KinesisErrors.streamNotFound(streamName(arn), arn.account()));
        return stream.consumers(call.receivedAt()).stream()
                .filter(consumer -> consumer.arn().equals(consumerArn))
                .findFirst()
                .map(consumer -> new Registered(stream, consumer))
                .orElseThrow(() -> KinesisErrors.consumerNotFound(consumerArn, arn.account()));
    }

    /** A consumer by its ARN, or by its stream's ARN and its name. */
    Registered consumer(
            @Nullable String consumerArn,
            @Nullable String streamArn,
            @Nullable String streamId,
            @Nullable String consumerName,
            CallContext call) {
        if (consumerArn != null) {
            Registered found = consumer(consumerArn, call);
            if (consumerName != null && !found.consumer().name().equals(consumerName)) {
                throw KinesisErrors.invalid("ConsumerName " + consumerName + " does not match ConsumerARN.");
            }
            return found;
        }
        if ((streamArn == null && streamId == null) || consumerName == null) {
            throw KinesisErrors.invalid("Either ConsumerARN or both StreamARN and ConsumerName must be specified.");
        }
        Stream stream = get(null, streamArn, streamId, call);
        return stream.consumer(consumerName, call.receivedAt())
                .map(consumer -> new Registered(stream, consumer))
                .orElseThrow(() -> KinesisErrors.consumerNotFound(
                        consumerName, stream.account().id()));
    }

    /** A consumer that can be subscribed with. */
    Registered activeConsumer(String consumerArn, CallContext call) {
        Registered found = consumer(consumerArn, call);
        if (found.consumer().status(call.receivedAt()) != ConsumerStatus.ACTIVE) {
            throw KinesisErrors.consumerNotActive(found.consumer(), found.stream());
        }
        return found;
    }

    static Arn parse(String arn) {
        return Arn.parse(arn).orElseThrow(() -> KinesisErrors.invalid("Invalid ARN: " + arn));
    }

    static boolean isConsumer(String arn) {
        return arn.contains("/consumer/");
    }

    /** The name in a stream's or a consumer's ARN. */
    static String streamName(Arn arn) {
        String name = arn.resourceId();
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }
}
