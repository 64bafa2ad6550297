package io.pileus.firehose.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import java.util.function.BooleanSupplier;

/**
 * Where a delivery stream delivers, as it is configured when a buffer is flushed.
 *
 * @param settings the destination's settings, with the names of its configuration
 * @param ended whether the delivery stream has been deleted meanwhile, so that nothing is tried again
 */
public record Target(
        AccountId account,
        Region region,
        String name,
        int version,
        DestinationKind kind,
        ObjectNode settings,
        BooleanSupplier ended) {

    public String arn() {
        return "arn:" + region.partition() + ":firehose:" + region.id() + ":" + account + ":deliverystream/" + name;
    }
}
