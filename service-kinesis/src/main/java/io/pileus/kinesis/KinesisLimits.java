package io.pileus.kinesis;

import io.pileus.core.identity.Region;
import io.pileus.core.service.Settings;
import io.pileus.kinesis.state.RegionQuotas;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * The limits that Kinesis has, and what the configuration makes of them.
 *
 * @param shardLimit the most shards of an account in a region; 0 for AWS's default of the region (KINESIS_SHARD_LIMIT)
 * @param onDemandStreamLimit the most on-demand streams of an account in a region (KINESIS_ON_DEMAND_STREAM_COUNT_LIMIT)
 * @param latency how long streams and consumers are CREATING, UPDATING or DELETING (KINESIS_LATENCY, in milliseconds;
 *     nothing by default)
 * @param quotas whether rates are limited: what shards take and serve in a second, and how often a day a stream may be
 *     scaled or change its mode (PILEUS_KINESIS_QUOTAS)
 * @param errorProbability how often reads and writes fail as if the throughput were exceeded (KINESIS_ERROR_PROBABILITY)
 * @param streamIds whether DescribeStreamSummary tells a stream's id (PILEUS_KINESIS_STREAM_IDS). AWS reserves ids for future use, and
 *     its SDK for Java sends a request with one to a host of AWS's, whatever endpoint is set: the client library's enhanced fan-out
 *     would go there
 * @see <a href="https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html">Quotas and limits</a>
 */
record KinesisLimits(
        int shardLimit,
        int onDemandStreamLimit,
        Duration latency,
        BooleanSupplier quotas,
        double errorProbability,
        boolean streamIds) {
    static final int CONSUMERS_MAX = 20;

    /** With a billing commitment ("On-demand Advantage"), for each on-demand stream. */
    static final int ADVANTAGE_CONSUMERS_MAX = 50;

    static final int CREATING_MAX = 5;
    static final int WARM_MIBPS_MAX = 10 * 1024;
    static final int TAGS_MAX = 50;
    static final int RETENTION_HOURS_MIN = 24;
    static final int RETENTION_HOURS_MAX = 8760;
    static final int GET_RECORDS_MAX = 10_000;
    static final long GET_RECORDS_BYTES = 10 * 1024 * 1024;
    static final long PUT_RECORDS_BYTES = 10 * 1024 * 1024;
    static final int SHARD_COUNT_CHANGES_A_DAY = 10;
    static final int MODE_CHANGES_A_DAY = 2;
    static final int ENCRYPTION_CHANGES_A_DAY = 25;
    static final int UPDATE_SHARDS_MAX = 10_000;
    static final Duration DAY = Duration.ofHours(24);
    static final Duration ITERATOR_LIFE = Duration.ofMinutes(5);
    static final Duration TOKEN_LIFE = Duration.ofSeconds(300);

    private static final int ON_DEMAND_STREAMS = 50;

    static KinesisLimits of(Settings settings) {
        return new KinesisLimits(
                Math.max(0, settings.number("KINESIS_SHARD_LIMIT", 0)),
                Math.max(0, settings.number("KINESIS_ON_DEMAND_STREAM_COUNT_LIMIT", ON_DEMAND_STREAMS)),
                Duration.ofMillis(latencyMillis(settings.get("KINESIS_LATENCY", "0"))),
                () -> settings.flag("PILEUS_KINESIS_QUOTAS", false),
                probability(settings.get("KINESIS_ERROR_PROBABILITY", "0")),
                settings.flag("PILEUS_KINESIS_STREAM_IDS", false));
    }

    boolean enforceQuotas() {
        return quotas.getAsBoolean();
    }

    /** Counts a change; false, and it is not counted, if quotas are on and there have been as many within a day as may be. */
    boolean count(List<Instant> changes, int max, Instant now) {
        changes.removeIf(at -> at.isBefore(now.minus(DAY)));
        if (changes.size() >= max) {
            if (enforceQuotas()) {
                return false;
            }
            changes.removeFirst();
        }
        return changes.add(now);
    }

    int shardLimit(Region region) {
        return shardLimit > 0 ? shardLimit : RegionQuotas.of(region).shards();
    }

    private static long latencyMillis(String text) {
        String trimmed = text.trim().toLowerCase(Locale.ROOT);
        try {
            String digits = trimmed.endsWith("ms") ? trimmed.substring(0, trimmed.length() - 2) : trimmed;
            return Math.max(0, Long.parseLong(digits.trim()));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static double probability(String text) {
        try {
            return Math.max(0, Math.min(1, Double.parseDouble(text.trim())));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
