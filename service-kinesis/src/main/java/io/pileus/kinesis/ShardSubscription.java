package io.pileus.kinesis;

import io.pileus.core.service.AwsException;
import io.pileus.core.time.Timers;
import io.pileus.kinesis.model.InternalFailureException;
import io.pileus.kinesis.model.ResourceInUseException;
import io.pileus.kinesis.model.ResourceNotFoundException;
import io.pileus.kinesis.model.SubscribeToShardEvent;
import io.pileus.kinesis.model.SubscribeToShardEventStream;
import io.pileus.kinesis.state.Consumer;
import io.pileus.kinesis.state.KinesisErrors;
import io.pileus.kinesis.state.Shard;
import io.pileus.kinesis.state.Stream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One subscription to a shard: pushes records as they arrive, as fast as the subscriber asks for events, for five minutes. When
 * nothing arrives it sends an event without records now and then, so that the reader sees it live and knows where to go on.
 *
 * <p>It ends after five minutes, at the end of a closed shard (the last event names the children and has no continuation), when
 * another subscription takes over, when the stream or the key is gone, and when the subscriber cancels. Whoever wakes it runs its
 * loop, one at a time; the others' wishes are counted.
 */
final class ShardSubscription
        implements Flow.Publisher<SubscribeToShardEventStream>, Flow.Subscription, Consumer.Subscription {
    private static final Duration SESSION = Duration.ofMinutes(5);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int EVENT_RECORDS_MAX = 1000;
    private static final long EVENT_BYTES_MAX = 1024 * 1024;

    private final Stream stream;
    private final Shard shard;
    private final Consumer consumer;
    private final StreamKeys keys;
    private final InstantSource clock;
    private final Timers timers;
    private final Instant since;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger wishes = new AtomicInteger();
    private long place;
    private boolean finished;
    private Instant lastEvent;
    private volatile Flow.@Nullable Subscriber<? super SubscribeToShardEventStream> subscriber;
    private volatile @Nullable End end;
    private volatile @Nullable Runnable unwatch;
    private volatile Timers.@Nullable Timer heartbeat;
    private volatile Timers.@Nullable Timer expiry;

    /** Why it shall end: with an error, or without. */
    private record End(@Nullable AwsException error) {}

    ShardSubscription(
            Stream stream,
            Shard shard,
            Consumer consumer,
            StreamKeys keys,
            InstantSource clock,
            Timers timers,
            long place,
            Instant since) {
        this.stream = stream;
        this.shard = shard;
        this.consumer = consumer;
        this.keys = keys;
        this.clock = clock;
        this.timers = timers;
        this.place = place;
        this.since = since;
        this.lastEvent = Instant.MIN;
    }

    /** Begins the five minutes, and to listen for records. */
    void start() {
        unwatch = stream.onChange(this::run);
        expiry = timers.at(since.plus(SESSION), () -> finish(new End(null)));
        heartbeat = timers.at(since.plus(HEARTBEAT), this::beat);
    }

    @Override
    public Instant since() {
        return since;
    }

    @Override
    public void takenOver() {
        finish(new End(ResourceInUseException.of("Another active subscription exists for this consumer: "
                + consumer.arn() + " and shard: " + shard.shardId() + ".")));
    }

    @Override
    public void subscribe(Flow.Subscriber<? super SubscribeToShardEventStream> newSubscriber) {
        subscriber = newSubscriber;
        newSubscriber.onSubscribe(this);
        run();
    }

    @Override
    public void request(long count) {
        demand.accumulateAndGet(count, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
        run();
    }

    @Override
    public void cancel() {
        subscriber = null;
        release();
    }

    private void beat() {
        heartbeat = timers.at(clock.instant().plus(HEARTBEAT), this::beat);
        run();
    }

    private void finish(End newEnd) {
        if (end == null) {
            end = newEnd;
        }
        run();
    }

    /** Sends what there is to send; one thread at a time. */
    private void run() {
        if (wishes.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            Flow.Subscriber<? super SubscribeToShardEventStream> target = subscriber;
            if (target != null && !finished) {
                send(target);
            } else if (target == null && end != null) {
                release();
            }
            seen = wishes.addAndGet(-seen);
        } while (seen != 0);
    }

    private void send(Flow.Subscriber<? super SubscribeToShardEventStream> target) {
        if (end == null && stream.hasEnded()) {
            end = new End(streamNotFound());
        }
        try {
            while (!finished && end == null && demand.get() > 0) {
                SubscribeToShardEvent event = next();
                if (event == null) {
                    break;
                }
                demand.decrementAndGet();
                target.onNext(new SubscribeToShardEventStream.SubscribeToShardEventMember(event));
                if (event.continuationSequenceNumber() == null) {
                    end = new End(null);
                }
            }
        } catch (AwsException e) {
            end = new End(e);
        } catch (RuntimeException e) {
            end = new End(InternalFailureException.of("Internal service failure."));
        }
        End why = end;
        if (why != null && !finished) {
            finished = true;
            release();
            if (why.error() == null) {
                target.onComplete();
            } else {
                target.onError(why.error());
            }
        }
    }

    /** The next event, or null when there is none to send now. */
    private @Nullable SubscribeToShardEvent next() {
        Instant now = clock.instant();
        if (stream.isGone(now)) {
            throw streamNotFound();
        }
        Stream.Read read = stream.read(shard, place, EVENT_RECORDS_MAX, EVENT_BYTES_MAX, now);
        boolean idle = read.records().isEmpty() && !read.endOfShard();
        if (idle && now.isBefore(nextHeartbeat())) {
            return null;
        }
        if (!read.records().isEmpty()) {
            keys.check(stream);
        }
        place = read.next();
        lastEvent = now;
        return SubscribeToShardEvent.builder()
                .records(read.records().stream().map(Descriptions::record).toList())
                .continuationSequenceNumber(
                        read.endOfShard() ? null : read.continuation().toString())
                .millisBehindLatest(read.millisBehindLatest())
                .childShards(
                        read.endOfShard()
                                ? read.children().stream()
                                        .map(Descriptions::child)
                                        .toList()
                                : null)
                .build();
    }

    private ResourceNotFoundException streamNotFound() {
        return KinesisErrors.streamNotFound(stream.name(), stream.account().id());
    }

    private Instant nextHeartbeat() {
        return lastEvent.equals(Instant.MIN) ? Instant.MIN : lastEvent.plus(HEARTBEAT);
    }

    private void release() {
        consumer.unsubscribe(shard.shardId(), this);
        Runnable watch = unwatch;
        if (watch != null) {
            watch.run();
        }
        for (Timers.Timer timer : new Timers.@Nullable Timer[] {heartbeat, expiry}) {
            if (timer != null) {
                timer.cancel();
            }
        }
    }
}
