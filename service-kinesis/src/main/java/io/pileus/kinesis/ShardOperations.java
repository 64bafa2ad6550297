package io.pileus.kinesis;

import io.pileus.core.service.CallContext;
import io.pileus.kinesis.model.*;
import io.pileus.kinesis.state.HashKey;
import io.pileus.kinesis.state.KinesisErrors;
import io.pileus.kinesis.state.Shard;
import io.pileus.kinesis.state.Stream;
import io.pileus.kinesis.state.StreamSettings;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lists, splits, merges and rescales shards. */
final class ShardOperations {
    private static final int PAGE_DEFAULT = 1000;

    private final Streams streams;
    private final StreamOperations limitsOfAccount;
    private final KinesisLimits limits;
    private final Seal seal;

    ShardOperations(Streams streams, StreamOperations limitsOfAccount, KinesisLimits limits, Seal seal) {
        this.streams = streams;
        this.limitsOfAccount = limitsOfAccount;
        this.limits = limits;
        this.seal = seal;
    }

    SplitShardResponse splitShard(SplitShardInput input, CallContext call) {
        Instant now = call.receivedAt();
        Stream stream = streams.get(input.streamName(), input.streamARN(), input.streamId(), call);
        stream.requireActive(now);
        requireProvisioned(stream);
        Shard shard = shard(stream, input.shardToSplit(), now);
        if (!HashKey.fits(input.newStartingHashKey())) {
            throw KinesisErrors.badHashKey("NewStartingHashKey " + input.newStartingHashKey());
        }
        limitsOfAccount.requireShards(streams.of(call).streams(now), 1, call);
        stream.split(shard, HashKey.parse(input.newStartingHashKey()), now);
        update(stream, now);
        return SplitShardResponse.builder().build();
    }

    MergeShardsResponse mergeShards(MergeShardsInput input, CallContext call) {
        Instant now = call.receivedAt();
        Stream stream = streams.get(input.streamName(), input.streamARN(), input.streamId(), call);
        stream.requireActive(now);
        requireProvisioned(stream);
        Shard shard = shard(stream, input.shardToMerge(), now);
        Shard adjacent = shard(stream, input.adjacentShardToMerge(), now);
        stream.merge(shard, adjacent, now);
        update(stream, now);
        return MergeShardsResponse.builder().build();
    }

    /**
     * At most double and at least half the open shards in one call. The reference calls these limits, hence the exception;
     * its words for scaling up are quoted in public configuration files.
     *
     * @see <a href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html">UpdateShardCount</a>
     */
    UpdateShardCountOutput updateShardCount(UpdateShardCountInput input, CallContext call) {
        Instant now = call.receivedAt();
        Stream stream = streams.get(input.streamName(), input.streamARN(), input.streamId(), call);
        stream.requireActive(now);
        requireProvisioned(stream);
        int current = stream.openShardCount();
        int target = input.targetShardCount();
        if (target > current * 2L) {
            throw KinesisErrors.limit("UpdateShardCount cannot scale up over double your current open shard count."
                    + " Current open shard count: " + current + " Target shard count: " + target);
        }
        if (target * 2L < current) {
            throw KinesisErrors.limit("UpdateShardCount cannot scale down below half your current open shard count."
                    + " Current open shard count: " + current + " Target shard count: " + target);
        }
        if (target > KinesisLimits.UPDATE_SHARDS_MAX && target > current) {
            throw KinesisErrors.limit("UpdateShardCount cannot scale up to more than " + KinesisLimits.UPDATE_SHARDS_MAX
                    + " shards. Target shard count: " + target);
        }
        if (current > KinesisLimits.UPDATE_SHARDS_MAX
                && target < current
                && target >= KinesisLimits.UPDATE_SHARDS_MAX) {
            throw KinesisErrors.limit("UpdateShardCount cannot scale down a stream of more than "
                    + KinesisLimits.UPDATE_SHARDS_MAX + " shards unless fewer than that remain. Target shard count: "
                    + target);
        }
        limitsOfAccount.requireShards(streams.of(call).streams(now), Math.max(0, target - current), call);
        countChange(stream, now);
        stream.rescale(target, now);
        update(stream, now);
        return UpdateShardCountOutput.builder()
                .streamName(stream.name())
                .streamARN(stream.arn().toString())
                .currentShardCount(current)
                .targetShardCount(target)
                .build();
    }

    private void countChange(Stream stream, Instant now) {
        stream.settings(settings -> {
            if (!limits.count(settings.shardCountChanges(), KinesisLimits.SHARD_COUNT_CHANGES_A_DAY, now)) {
                throw KinesisErrors.limit("Stream " + stream.name() + " under account " + stream.account()
                        + " can be scaled only 10 times within a rolling 24-hour period.");
            }
            return settings;
        });
    }

    private static void requireProvisioned(Stream stream) {
        if (stream.settings(StreamSettings::mode) != StreamMode.PROVISIONED) {
            throw KinesisErrors.onDemand(stream);
        }
    }

    private static Shard shard(Stream stream, String shardId, Instant now) {
        return stream.shard(shardId, now).orElseThrow(() -> KinesisErrors.shardNotFound(shardId, stream));
    }

    private void update(Stream stream, Instant now) {
        if (!limits.latency().isZero()) {
            stream.pass(StreamStatus.UPDATING, now.plus(limits.latency()));
        }
    }

    // ListShards

    ListShardsOutput listShards(ListShardsInput input, CallContext call) {
        Instant now = call.receivedAt();
        int limit = Objects.requireNonNullElse(input.maxResults(), PAGE_DEFAULT);
        Listing listing = input.nextToken() == null ? first(input, call) : goneOn(input, call);
        Stream stream = listing.stream();
        List<Shard> all = stream.status(now) == StreamStatus.CREATING ? List.of() : stream.shards(now);
        List<Shard> page = all.stream()
                .filter(shard -> shard.shardId().compareTo(listing.after()) > 0)
                .filter(listing.filter().over(stream, now))
                .limit(limit + 1L)
                .toList();
        boolean more = page.size() > limit;
        List<Shard> shown = more ? page.subList(0, limit) : page;
        return ListShardsOutput.builder()
                .shards(shown.stream().map(Descriptions::shard).toList())
                .nextToken(
                        more
                                ? listing.filter()
                                        .token(
                                                seal,
                                                now,
                                                stream,
                                                shown.getLast().shardId())
                                : null)
                .build();
    }

    private record Listing(Stream stream, String after, Filter filter) {}

    private Listing first(ListShardsInput input, CallContext call) {
        Stream stream = streams.get(input.streamName(), input.streamARN(), input.streamId(), call);
        if (input.streamCreationTimestamp() != null
                && input.streamCreationTimestamp().getEpochSecond()
                        != stream.identity().createdAt().getEpochSecond()) {
            throw KinesisErrors.streamNotFound(stream.name(), stream.account().id());
        }
        Filter filter = Filter.of(input.shardFilter(), call.receivedAt());
        String after = Objects.requireNonNullElse(input.exclusiveStartShardId(), "");
        if (filter.type() == ShardFilterType.AFTER_SHARD_ID && filter.shardId().compareTo(after) > 0) {
            after = filter.shardId();
        }
        return new Listing(stream, after, filter);
    }

    private Listing goneOn(ListShardsInput input, CallContext call) {
        refuseBesideToken("StreamName", input.streamName());
        refuseBesideToken("StreamARN", input.streamARN());
        refuseBesideToken("ExclusiveStartShardId", input.exclusiveStartShardId());
        refuseBesideToken("StreamCreationTimestamp", input.streamCreationTimestamp());
        refuseBesideToken("ShardFilter", input.shardFilter());
        List<String> parts = NextToken.open(seal, input.nextToken(), call.receivedAt(), "ListShards", 7)
                .parts();
        Stream stream = streams.get(null, parts.get(1), null, call);
        if (!Long.toString(stream.identity().createdAt().toEpochMilli()).equals(parts.get(2))
                || !stream.account().equals(call.account())) {
            throw KinesisErrors.invalidToken();
        }
        Instant timestamp = parts.get(6).isEmpty() ? null : Instant.ofEpochMilli(Long.parseLong(parts.get(6)));
        Filter filter = new Filter(ShardFilterType.of(parts.get(4)), parts.get(5), timestamp);
        return new Listing(stream, parts.get(3), filter);
    }

    private static void refuseBesideToken(String parameter, @Nullable Object value) {
        if (value != null) {
            throw KinesisErrors.beside(parameter);
        }
    }

    /**
     * Which shards are listed; all of them without a type.
     *
     * @see <a href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ShardFilter.html">ShardFilter</a>
     */
    private record Filter(
            @Nullable ShardFilterType type,
            String shardId,
            @Nullable Instant timestamp) {

        static Filter of(@Nullable ShardFilter asked, Instant now) {
            if (asked == null) {
                return new Filter(null, "", null);
            }
            ShardFilterType type = ShardFilterType.of(asked.type());
            boolean timed = type == ShardFilterType.AT_TIMESTAMP || type == ShardFilterType.FROM_TIMESTAMP;
            if (timed && asked.timestamp() == null) {
                throw KinesisErrors.invalid("Timestamp must be specified for shard filter type " + asked.type() + ".");
            }
            if (!timed && asked.timestamp() != null) {
                throw KinesisErrors.invalid(
                        "Timestamp must not be specified for shard filter type " + asked.type() + ".");
            }
            boolean after = type == ShardFilterType.AFTER_SHARD_ID;
            if (after != (asked.shardId() != null)) {
                throw KinesisErrors.invalid("ShardId must " + (after ? "" : "not ")
                        + "be specified for shard filter type " + asked.type() + ".");
            }
            if (asked.timestamp() != null && asked.timestamp().isAfter(now)) {
                throw KinesisErrors.invalid("Timestamp cannot be in the future.");
            }
            return new Filter(type, asked.shardId() == null ? "" : asked.shardId(), asked.timestamp());
        }

        Predicate<Shard> over(Stream stream, Instant now) {
            Instant horizon = now.minus(stream.settings(StreamSettings::retention));
            return switch (type) {
                case null -> shard -> true;
                case AFTER_SHARD_ID, FROM_TRIM_HORIZON -> shard -> true;
                case AT_LATEST -> Shard::isOpen;
                case AT_TRIM_HORIZON -> shard -> openAt(shard, later(horizon, stream));
                case AT_TIMESTAMP -> shard -> openAt(shard, later(timestampOr(now), later(horizon, stream)));
                case FROM_TIMESTAMP -> shard -> shard.isOpen() || endsBehind(shard, timestampOr(now));
            };
        }

        private Instant timestampOr(Instant otherwise) {
            return timestamp == null ? otherwise : timestamp;
        }

        private static Instant later(Instant horizon, Stream stream) {
            return later(horizon, stream.identity().createdAt());
        }

        private static Instant later(Instant one, Instant other) {
            return one.isAfter(other) ? one : other;
        }

        private static boolean openAt(Shard shard, Instant instant) {
            return shard.createdMillis() <= instant.toEpochMilli() && (shard.isOpen() || endsBehind(shard, instant));
        }

        private static boolean endsBehind(Shard shard, Instant instant) {
            return shard.closedAt().map(at -> at.isAfter(instant)).orElse(true);
        }

        String token(Seal seal, Instant now, Stream stream, String lastShardId) {
            return NextToken.seal(
                    seal,
                    now,
                    List.of(
                            "ListShards",
                            stream.arn().toString(),
                            Long.toString(stream.identity().createdAt().toEpochMilli()),
                            lastShardId,
                            type == null ? "" : type.wire(),
                            shardId,
                            timestamp == null ? "" : Long.toString(timestamp.toEpochMilli())));
        }
    }
}
