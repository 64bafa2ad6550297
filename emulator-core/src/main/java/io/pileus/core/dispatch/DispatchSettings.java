package io.pileus.core.dispatch;

import io.pileus.core.identity.Region;
import io.pileus.core.service.Settings;
import java.util.function.Predicate;

/**
 * How requests are treated on their way.
 *
 * @param settings what the environment says of accounts, origins and host names
 * @param defaultRegion the region of requests that name none
 * @param verifySignatures whether signatures must be right
 * @param disabled whether a service of this name exists and was not enabled
 */
public record DispatchSettings(
        Settings settings, Region defaultRegion, boolean verifySignatures, Predicate<String> disabled) {
    public static final DispatchSettings DEFAULTS =
            new DispatchSettings(Settings.DEFAULTS, Region.US_EAST_1, false, name -> false);
}
