package io.pileus.kinesis;

import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.kinesis.model.*;
import io.pileus.kinesis.state.Consumer;
import io.pileus.kinesis.state.KinesisErrors;
import io.pileus.kinesis.state.KinesisState;
import io.pileus.kinesis.state.OnDemandCapacity;
import io.pileus.kinesis.state.Shard;
import io.pileus.kinesis.state.Stream;
import io.pileus.kinesis.state.StreamSettings;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Creates, deletes, describes and lists streams. */
final class StreamOperations {
    private static final int LIMIT_DEFAULT = 100;

    private final Streams streams;
    private final KinesisLimits limits;
    private final Ids ids;
    private final Seal seal;

    StreamOperations(Streams streams, KinesisLimits limits, Ids ids, Seal seal) {
        this.streams = streams;
        this.limits = limits;
        this.ids = ids;
        this.seal = seal;
    }

    CreateStreamResponse createStream(CreateStreamInput input, CallContext call) {
        StreamMode mode = mode(input.streamModeDetails());
        int shardCount = shardCount(input, mode);
        Tags.check(input.tags());
        Instant now = call.receivedAt();
        if (input.warmThroughputMiBps() != null) {
            checkWarmThroughput(streams.of(call), mode, input.warmThroughputMiBps(), now);
        }
        String account = call.account().id();
        streams.of(call)
                .create(
                        input.streamName(),
                        now,
                        () -> {
                            throw KinesisErrors.streamExists(input.streamName(), account);
                        },
                        present -> {
                            checkLimits(present, mode, shardCount, call);
                            checkInCreation(present, call);
                            Stream.Identity identity = new Stream.Identity(
                                    call.account(), call.region(), input.streamName(), newStreamId(), now);
                            Stream stream = new Stream(identity, shardCount, now.plus(limits.latency()));
                            stream.settings(settings -> configure(settings, input, mode));
                            if (input.warmThroughputMiBps() != null) {
                                stream.warmUp(input.warmThroughputMiBps(), now);
                            }
                            return stream;
                        });
        return CreateStreamResponse.builder().build();
    }

    private static StreamSettings configure(StreamSettings settings, CreateStreamInput input, StreamMode mode) {
        settings.mode(mode);
        settings.tags().putAll(input.tags());
        if (input.maxRecordSizeInKiB() != null) {
            settings.maxRecordSizeKib(input.maxRecordSizeInKiB());
        }
        return settings;
    }

    private static StreamMode mode(@Nullable StreamModeDetails details) {
        StreamMode mode = details == null ? StreamMode.PROVISIONED : StreamMode.of(details.streamMode());
        return mode == null ? StreamMode.PROVISIONED : mode;
    }

    private static int shardCount(CreateStreamInput input, StreamMode mode) {
        Integer asked = input.shardCount();
        return switch (mode) {
            case PROVISIONED -> {
                if (asked == null) {
                    throw KinesisErrors.validation("ShardCount must be specified for a stream in PROVISIONED mode.");
                }
                yield asked;
            }
            case ON_DEMAND -> {
                if (asked != null) {
                    throw KinesisErrors.validation("ShardCount must not be specified for a stream in ON_DEMAND mode.");
                }
                yield OnDemandCapacity.SHARDS_MIN;
            }
        };
    }

    /** @throws LimitExceededException if the account may not have one more stream of this mode and size */
    void checkLimits(List<Stream> present, StreamMode mode, int shardCount, CallContext call) {
        if (mode == StreamMode.PROVISIONED) {
            requireShards(present, shardCount, call);
        } else if (onDemandStreams(present) >= limits.onDemandStreamLimit()) {
            throw KinesisErrors.onDemandStreamLimit(
                    call.account().id(), call.region().id(), onDemandStreams(present), limits.onDemandStreamLimit());
        }
    }

    private static int onDemandStreams(List<Stream> present) {
        return (int) present.stream()
                .filter(stream -> stream.settings(StreamSettings::mode) == StreamMode.ON_DEMAND)
                .count();
    }

    private static void checkInCreation(List<Stream> present, CallContext call) {
        long passing = present.stream()
                .map(stream -> stream.status(call.receivedAt()))
                .filter(status -> status == StreamStatus.CREATING || status == StreamStatus.DELETING)
                .count();
        if (passing >= KinesisLimits.CREATING_MAX) {
            throw KinesisErrors.tooManyInCreation(call.account().id(), KinesisLimits.CREATING_MAX);
        }
    }

    /** Only on-demand streams of accounts that pay for a minimum have a warm throughput. */
    static void checkWarmThroughput(KinesisState account, StreamMode mode, int mibps, Instant now) {
        if (mode != StreamMode.ON_DEMAND) {
            throw KinesisErrors.warmThroughputNeedsOnDemand();
        }
        if (!account.isCommittedAt(now)) {
            throw KinesisErrors.warmThroughputNeedsCommitment();
        }
        if (mibps > KinesisLimits.WARM_MIBPS_MAX) {
            throw KinesisErrors.limit(
                    "An on-demand stream cannot scale to more than 10 GiBps. Requested: " + mibps + " MiBps.");
        }
    }

    /** @throws LimitExceededException if so many more shards would be too many for the account */
    void requireShards(List<Stream> present, int additional, CallContext call) {
        int current = provisionedShards(present);
        int limit = limits.shardLimit(call.region());
        if (current + (long) additional > limit) {
            throw KinesisErrors.shardLimit(call.account().id(), call.region().id(), current, limit, additional);
        }
    }

    private static int provisionedShards(List<Stream> present) {
        return present.stream()
                .filter(stream -> stream.settings(StreamSettings::mode) == StreamMode.PROVISIONED)
                .mapToInt(Stream::openShardCount)
                .sum();
    }

    private String newStreamId() {
        return ids.hex(20) + "-" + ids.hex(3);
    }

    DeleteStreamResponse deleteStream(DeleteStreamInput input, CallContext call) {
        Instant now = call.receivedAt();
        Stream stream = streams.get(input.streamName(), input.streamARN(), input.streamId(), call);
        if (stream.status(now) == StreamStatus.DELETING) {
            return DeleteStreamResponse.builder().build();
        }
        List<Consumer> consumers = stream.consumers(now);
        if (!consumers.isEmpty() && !Boolean.TRUE.equals(input.enforceConsumerDeletion())) {
            throw KinesisErrors.hasConsumers(stream);
        }
        Instant until = now.plus(limits.latency());
        consumers.forEach(consumer -> consumer.deregister(until));
        stream.pass(StreamStatus.DELETING, until);
        // a deletion that is complete at once takes the stream out of the map
        streams.find(stream.arn(), now);
        return DeleteStreamResponse.builder().build();
    }

    DescribeStreamOutput describeStream(DescribeStreamInput input, CallContext call) {
        Instant now = call.receivedAt();
        Stream stream = streams.get(input.streamName(), input.streamARN(), input.streamId(), call);
        StreamStatus status = stream.status(now);
        int limit = Objects.requireNonNullElse(input.limit(), LIMIT_DEFAULT);
        String after = Objects.requireNonNullElse(input.exclusiveStartShardId(), "");
        List<Shard> shards = status == StreamStatus.CREATING ? List.of() : stream.shards(now);
        List<Shard> page = shards.stream()
                .filter(shard -> shard.shardId().compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        boolean more = page.size() > limit;
        StreamDescription description = stream.settings(settings -> StreamDescription.builder()
                .streamName(stream.name())
                .streamARN(stream.arn().toString())
                .streamStatus(status.wire())
                .streamModeDetails(modeDetails(settings))
                .shards(page.stream().limit(limit).map(Descriptions::shard).toList())
                .hasMoreShards(more)
                .retentionPeriodHours((int) settings.retention().toHours())
                .streamCreationTimestamp(stream.identity().createdAt())
                .enhancedMonitoring(monitoring(settings))
                .encryptionType(encryptionType(settings).wire())
                .keyId(settings.encryptionKeyId().orElse(null))
                .build());
        return DescribeStreamOutput.builder().streamDescription(description).build();
    }

    DescribeStreamSummaryOutput describeStreamSummary(DescribeStreamSummaryInput input, CallContext call) {
        Instant now = call.receivedAt();
        Stream stream = streams.get(input.streamName(), input.streamARN(), input.streamId(), call);
        StreamStatus status = stream.status(now);
        int openShards = status == StreamStatus.CREATING ? 0 : stream.openShardCount();
        int consumers = stream.consumers(now).size();
        boolean onDemand = stream.settings(StreamSettings::mode) == StreamMode.ON_DEMAND;
        WarmThroughputObject warm =
                onDemand && streams.of(stream).isCommittedAt(now) ? Descriptions.warmThroughput(stream) : null;
        StreamDescriptionSummary summary = stream.settings(settings -> StreamDescriptionSummary.builder()
                .streamName(stream.name())
                .streamARN(stream.arn().toString())
                .streamId(limits.streamIds() ? stream.identity().streamId() : null)
                .streamStatus(status.wire())
                .streamModeDetails(modeDetails(settings))
                .retentionPeriodHours((int) settings.retention().toHours())
                .streamCreationTimestamp(stream.identity().createdAt())
                .enhancedMonitoring(monitoring(settings))
                .encryptionType(encryptionType(settings).wire())
                .keyId(settings.encryptionKeyId().orElse(null))
                .openShardCount(openShards)
                .consumerCount(consumers)
                .warmThroughput(warm)
                .maxRecordSizeInKiB(settings.maxRecordSizeKib())
                .build());
        return DescribeStreamSummaryOutput.builder()
                .streamDescriptionSummary(summary)
                .build();
    }

    private static StreamModeDetails modeDetails(StreamSettings settings) {
        return StreamModeDetails.builder().streamMode(settings.mode().wire()).build();
    }

    private static List<EnhancedMetrics> monitoring(StreamSettings settings) {
        return List.of(EnhancedMetrics.builder()
                .shardLevelMetrics(List.copyOf(settings.shardLevelMetrics()))
                .build());
    }

    private static EncryptionType encryptionType(StreamSettings settings) {
        return settings.encryptionKeyId().isPresent() ? EncryptionType.KMS : EncryptionType.NONE;
    }

    ListStreamsOutput listStreams(ListStreamsInput input, CallContext call) {
        Instant now = call.receivedAt();
        String after = input.exclusiveStartStreamName();
        if (input.nextToken() != null) {
            NextToken token = NextToken.open(seal, input.nextToken(), now, "ListStreams", 4);
            if (!token.parts().get(1).equals(call.account().id())
                    || !token.parts().get(2).equals(call.region().id())) {
                throw KinesisErrors.invalidToken();
            }
            after = token.parts().get(3);
        }
        int limit = Objects.requireNonNullElse(input.limit(), LIMIT_DEFAULT);
        String start = after == null ? "" : after;
        List<Stream> page = streams.of(call).streams(now).stream()
                .filter(stream -> stream.name().compareTo(start) > 0)
                .limit(limit + 1L)
                .toList();
        boolean more = page.size() > limit;
        List<Stream> shown = more ? page.subList(0, limit) : page;
        ListStreamsOutput.Builder output = ListStreamsOutput.builder()
                .streamNames(shown.stream().map(Stream::name).toList())
                .streamSummaries(
                        shown.stream().map(stream -> summary(stream, now)).toList())
                .hasMoreStreams(more);
        if (more) {
            output.nextToken(NextToken.seal(
                    seal,
                    now,
                    List.of(
                            "ListStreams",
                            call.account().id(),
                            call.region().id(),
                            shown.getLast().name())));
        }
        return output.build();
    }

    private static StreamSummary summary(Stream stream, Instant now) {
        return StreamSummary.builder()
                .streamName(stream.name())
                .streamARN(stream.arn().toString())
                .streamStatus(stream.status(now).wire())
                .streamModeDetails(stream.settings(StreamOperations::modeDetails))
                .streamCreationTimestamp(stream.identity().createdAt())
                .build();
    }

    DescribeLimitsOutput describeLimits(DescribeLimitsInput input, CallContext call) {
        List<Stream> present = streams.of(call).streams(call.receivedAt());
        return DescribeLimitsOutput.builder()
                .shardLimit(limits.shardLimit(call.region()))
                .openShardCount(provisionedShards(present))
                .onDemandStreamCount(onDemandStreams(present))
                .onDemandStreamCountLimit(limits.onDemandStreamLimit())
                .build();
    }
}
