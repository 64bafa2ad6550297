package io.pileus.iam;

import io.pileus.core.service.CallContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** IAM knows times to the second. */
public final class Times {
    private Times() {}

    public static Instant of(CallContext call) {
        return call.receivedAt().truncatedTo(ChronoUnit.SECONDS);
    }
}
