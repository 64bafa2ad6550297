package io.pileus.kms;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.Settings;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many requests an account may make in a Region within one second of the emulator's clock. Off unless a setting names a
 * number: {@code KMS_CRYPTOGRAPHIC_REQUESTS_PER_SECOND} for all cryptographic operations together, {@code
 * KMS_MANAGEMENT_REQUESTS_PER_SECOND} for each other operation's class.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html">Request quotas</a>
 */
final class RequestQuotas {

    /** The operations that share a quota. */
    enum Class {
        CRYPTOGRAPHIC,
        MANAGEMENT
    }

    private record Counter(AccountId account, Region region, Class operations) {}

    private record Second(long second, int count) {}

    private final Map<Class, Integer> limits;
    private final Map<Counter, Second> seconds = new ConcurrentHashMap<>();

    private RequestQuotas(Map<Class, Integer> limits) {
        this.limits = limits;
    }

    static RequestQuotas of(Settings settings) {
        Map<Class, Integer> limits = new EnumMap<>(Class.class);
        for (Class operations : Class.values()) {
            int limit = settings.number("KMS_" + operations + "_REQUESTS_PER_SECOND", 0);
            if (limit > 0) {
                limits.put(operations, limit);
            }
        }
        return new RequestQuotas(limits);
    }

    /** Counts a request; throws AWS's error when there were too many. */
    void admit(Class operations, CallContext call) {
        if (limits.isEmpty()) {
            return;
        }
        Integer limit = limits.get(operations);
        if (limit == null) {
            return;
        }
        long now = call.receivedAt().getEpochSecond();
        Second second = seconds.merge(
                new Counter(call.caller().account(), call.region(), operations),
                new Second(now, 1),
                (before, one) -> before.second() == now ? new Second(now, before.count() + 1) : one);
        if (second.count() > limit) {
            throw KmsErrors.throttled();
        }
    }
}
