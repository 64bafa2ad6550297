package io.pileus.kinesis;

import io.pileus.core.service.CallContext;
import io.pileus.core.time.Timers;
import io.pileus.kinesis.model.*;
import io.pileus.kinesis.state.Consumer;
import io.pileus.kinesis.state.KinesisErrors;
import io.pileus.kinesis.state.Shard;
import io.pileus.kinesis.state.Stream;
import io.pileus.kinesis.state.StreamSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Consumers with enhanced fan-out, and their subscriptions. */
final class ConsumerOperations {
    private static final int PAGE_DEFAULT = 100;

    /** A second subscription of the same consumer to the same shard is refused so soon after the first. */
    private static final Duration TAKEOVER_AFTER = Duration.ofSeconds(5);

    private final Streams streams;
    private final KinesisLimits limits;
    private final StreamKeys keys;
    private final Seal seal;
    private final InstantSource clock;
    private final Timers timers;

    ConsumerOperations(
            Streams streams, KinesisLimits limits, StreamKeys keys, Seal seal, InstantSource clock, Timers timers) {
        this.streams = streams;
        this.limits = limits;
        this.keys = keys;
        this.seal = seal;
        this.clock = clock;
        this.timers = timers;
    }

    RegisterStreamConsumerOutput registerStreamConsumer(RegisterStreamConsumerInput input, CallContext call) {
        Instant now = call.receivedAt();
        Stream stream = streams.usable(null, input.streamARN(), input.streamId(), call);
        Tags.check(input.tags());
        checkCreating(stream.consumers(now), now);
        Consumer consumer = new Consumer(input.consumerName(), stream, now, now.plus(limits.latency()));
        consumer.tag(input.tags());
        int consumersMax = consumersMax(stream, now);
        if (!stream.register(consumer, consumersMax)) {
            throw KinesisErrors.limit("Stream " + stream.name() + " under account " + stream.account()
                    + " has reached the limit of " + consumersMax + " registered consumers.");
        }
        // AWS answers CREATING always, even if a moment later it is ACTIVE
        return RegisterStreamConsumerOutput.builder()
                .consumer(describe(consumer, ConsumerStatus.CREATING))
                .build();
    }

    private static void checkCreating(List<Consumer> present, Instant now) {
        long creating = present.stream()
                .filter(consumer -> consumer.status(now) == ConsumerStatus.CREATING)
                .count();
        if (creating >= KinesisLimits.CREATING_MAX) {
            throw KinesisErrors.limit("This request would exceed the limit of " + KinesisLimits.CREATING_MAX
                    + " consumers in the CREATING state.");
        }
    }

    private int consumersMax(Stream stream, Instant now) {
        boolean advantage = stream.settings(StreamSettings::mode) == StreamMode.ON_DEMAND
                && streams.of(stream).isCommittedAt(now);
        return advantage ? KinesisLimits.ADVANTAGE_CONSUMERS_MAX : KinesisLimits.CONSUMERS_MAX;
    }

    DeregisterStreamConsumerResponse deregisterStreamConsumer(DeregisterStreamConsumerInput input, CallContext call) {
        Streams.Registered found =
                streams.consumer(input.consumerARN(), input.streamARN(), input.streamId(), input.consumerName(), call);
        found.consumer().deregister(call.receivedAt().plus(limits.latency()));
        found.stream().consumers(call.receivedAt());
        return DeregisterStreamConsumerResponse.builder().build();
    }

    DescribeStreamConsumerOutput describeStreamConsumer(DescribeStreamConsumerInput input, CallContext call) {
        Streams.Registered found =
                streams.consumer(input.consumerARN(), input.streamARN(), input.streamId(), input.consumerName(), call);
        Consumer consumer = found.consumer();
        return DescribeStreamConsumerOutput.builder()
                .consumerDescription(ConsumerDescription.builder()
                        .consumerName(consumer.name())
                        .consumerARN(consumer.arn())
                        .consumerStatus(consumer.status(call.receivedAt()).wire())
                        .consumerCreationTimestamp(consumer.createdAt())
                        .streamARN(found.stream().arn().toString())
                        .build())
                .build();
    }

    ListStreamConsumersOutput listStreamConsumers(ListStreamConsumersInput input, CallContext call) {
        Instant now = call.receivedAt();
        Stream stream = streams.get(null, input.streamARN(), input.streamId(), call);
        if (input.streamCreationTimestamp() != null
                && input.streamCreationTimestamp().getEpochSecond()
                        != stream.identity().createdAt().getEpochSecond()) {
            throw KinesisErrors.streamNotFound(stream.name(), stream.account().id());
        }
        String after = "";
        if (input.nextToken() != null) {
            List<String> parts = NextToken.open(seal, input.nextToken(), now, "ListStreamConsumers", 3)
                    .parts();
            if (!parts.get(1).equals(input.streamARN())) {
                throw KinesisErrors.invalidToken();
            }
            after = parts.get(2);
        }
        int limit = Objects.requireNonNullElse(input.maxResults(), PAGE_DEFAULT);
        String start = after;
        List<Consumer> page = stream.consumers(now).stream()
                .filter(consumer -> consumer.name().compareTo(start) > 0)
                .limit(limit + 1L)
                .toList();
        boolean more = page.size() > limit;
        List<Consumer> shown = more ? page.subList(0, limit) : page;
        return ListStreamConsumersOutput.builder()
                .consumers(shown.stream()
                        .map(consumer -> describe(consumer, consumer.status(now)))
                        .toList())
                .nextToken(
                        more
                                ? NextToken.seal(
                                        seal,
                                        now,
                                        List.of(
                                                "ListStreamConsumers",
                                                input.streamARN(),
                                                shown.getLast().name()))
                                : null)
                .build();
    }

    private static io.pileus.kinesis.model.Consumer describe(Consumer consumer, ConsumerStatus status) {
        return io.pileus.kinesis.model.Consumer.builder()
                .consumerName(consumer.name())
                .consumerARN(consumer.arn())
                .consumerStatus(status.wire())
                .consumerCreationTimestamp(consumer.createdAt())
                .build();
    }

    /**
     * @see <a href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_SubscribeToShard.html">SubscribeToShard</a>
     */
    CompletionStage<SubscribeToShardOutput> subscribeToShard(SubscribeToShardInput input, CallContext call) {
        Instant now = call.receivedAt();
        Streams.Registered found = streams.activeConsumer(input.consumerARN(), call);
        Stream stream = found.stream();
        Shard shard = stream.shard(input.shardId(), now)
                .orElseThrow(() -> KinesisErrors.shardDoesNotExist(input.shardId(), stream));
        StartingPosition position = input.startingPosition();
        long place = new StartingPlace(stream, shard, "SubscribeToShard", now)
                .of(position.type(), position.sequenceNumber(), position.timestamp());
        keys.check(stream);
        ShardSubscription subscription =
                new ShardSubscription(stream, shard, found.consumer(), keys, clock, timers, place, now);
        if (!found.consumer().subscribe(shard.shardId(), subscription, now.minus(TAKEOVER_AFTER))) {
            throw KinesisErrors.alreadySubscribed(found.consumer().arn(), shard.shardId());
        }
        subscription.start();
        return CompletableFuture.completedFuture(
                SubscribeToShardOutput.builder().eventStream(subscription).build());
    }
}
