package io.pileus.kinesis.state;

import io.pileus.core.identity.Region;
import java.util.Set;

/**
 * What an account may have in a region unless AWS was asked for more.
 *
 * @param shards provisioned shards of all streams together
 * @param onDemandShards shards that one on-demand stream grows to: one for each MiB a second
 * @see <a href="https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html">Quotas and limits</a>
 */
public record RegionQuotas(int shards, int onDemandShards) {
    private static final Set<String> LARGE_REGIONS = Set.of("us-east-1", "us-west-2", "eu-west-1");
    private static final RegionQuotas LARGE = new RegionQuotas(20_000, 10 * 1024);
    private static final RegionQuotas OTHERS = new RegionQuotas(6_000, 200);

    public static RegionQuotas of(Region region) {
        return LARGE_REGIONS.contains(region.id()) ? LARGE : OTHERS;
    }
}
