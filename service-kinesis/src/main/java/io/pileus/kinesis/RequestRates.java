package io.pileus.kinesis;

import static java.util.Map.entry;

import io.pileus.core.identity.Arn;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Member;
import io.pileus.core.shape.QuietShapeWriter;
import io.pileus.core.shape.Shape;
import io.pileus.kinesis.state.KinesisErrors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often a second, by the emulator's clock, the operations of the control plane may be called. It counts only while quotas are on.
 *
 * @see <a href="https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html">Quotas and limits</a>, and each
 *     operation's page of the API reference, which is right where the two differ
 */
final class RequestRates {
    /** So many calls of all users of the account and region, of one stream, or of one shard. */
    private sealed interface Rate {}

    private record PerAccount(int calls) implements Rate {}

    private record PerStream(int calls) implements Rate {}

    private record PerShard(int calls) implements Rate {}

    private static final Map<String, Rate> RATES = Map.ofEntries(
            entry("AddTagsToStream", new PerAccount(5)),
            entry("CreateStream", new PerAccount(5)),
            entry("DecreaseStreamRetentionPeriod", new PerStream(5)),
            entry("DeleteResourcePolicy", new PerAccount(5)),
            entry("DeleteStream", new PerAccount(5)),
            entry("DeregisterStreamConsumer", new PerStream(5)),
            entry("DescribeAccountSettings", new PerAccount(5)),
            entry("DescribeLimits", new PerAccount(1)),
            entry("DescribeStream", new PerAccount(10)),
            entry("DescribeStreamConsumer", new PerStream(20)),
            entry("DescribeStreamSummary", new PerAccount(20)),
            entry("DisableEnhancedMonitoring", new PerStream(5)),
            entry("EnableEnhancedMonitoring", new PerStream(5)),
            entry("GetResourcePolicy", new PerAccount(5)),
            entry("GetShardIterator", new PerShard(5)),
            entry("IncreaseStreamRetentionPeriod", new PerStream(5)),
            entry("ListShards", new PerStream(1000)),
            entry("ListStreamConsumers", new PerStream(5)),
            entry("ListStreams", new PerAccount(5)),
            entry("ListTagsForStream", new PerAccount(5)),
            entry("MergeShards", new PerAccount(5)),
            entry("PutResourcePolicy", new PerAccount(5)),
            entry("RegisterStreamConsumer", new PerAccount(5)),
            entry("RemoveTagsFromStream", new PerAccount(5)),
            entry("SplitShard", new PerAccount(5)),
            entry("StartStreamEncryption", new PerStream(5)),
            entry("StopStreamEncryption", new PerStream(5)),
            entry("UpdateAccountSettings", new PerAccount(5)),
            entry("UpdateShardCount", new PerAccount(10)),
            entry("UpdateStreamMode", new PerStream(5)),
            entry("UpdateStreamWarmThroughput", new PerAccount(5)));

    private final KinesisLimits limits;
    private final Map<List<String>, Integer> counts = new HashMap<>();
    private long second;

    RequestRates(KinesisLimits limits) {
        this.limits = limits;
    }

    /** @throws io.pileus.core.service.AwsException AWS's error when there were too many calls this second */
    void admit(String operation, Shape input, CallContext call) {
        Rate rate = RATES.get(operation);
        if (rate == null || !limits.enforceQuotas()) {
            return;
        }
        Named named = new Named();
        input.write(named);
        String account = call.account().id();
        String scope = account + "/" + call.region().id();
        boolean admitted = switch (rate) {
            case PerAccount each -> count(List.of(operation, scope), each.calls(), call);
            case PerStream each -> count(List.of(operation, scope, named.stream()), each.calls(), call);
            case PerShard each -> count(List.of(operation, scope, named.stream(), named.shard), each.calls(), call);
        };
        if (admitted) {
            return;
        }
        if (rate instanceof PerShard) {
            throw KinesisErrors.throughput(named.shard, named.stream(), account);
        }
        throw named.stream().isEmpty()
                ? KinesisErrors.rateExceeded(account)
                : KinesisErrors.rateExceeded(named.stream(), account);
    }

    private synchronized boolean count(List<String> what, int max, CallContext call) {
        long now = call.receivedAt().getEpochSecond();
        if (now != second) {
            second = now;
            counts.clear();
        }
        return counts.merge(what, 1, Integer::sum) <= max;
    }

    /** Looks for the stream and the shard that an input names. */
    private static final class Named extends QuietShapeWriter {
        private @Nullable String name;
        private @Nullable String arn;
        private String shard = "";

        @Override
        public void writeString(Member member, String value) {
            switch (member.name()) {
                case "StreamName" -> name = value;
                case "StreamARN", "ResourceARN", "ConsumerARN" -> arn = value;
                case "ShardId" -> shard = value;
                default -> {}
            }
        }

        /** Empty when there is none. */
        String stream() {
            return name != null
                    ? name
                    : arn == null ? "" : Arn.parse(arn).map(Streams::streamName).orElse("");
        }
    }
}
