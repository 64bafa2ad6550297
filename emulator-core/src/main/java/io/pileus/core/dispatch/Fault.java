package io.pileus.core.dispatch;

import io.pileus.core.service.AwsException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What shall go wrong, and for which calls. A call that matches is first held back for the latency, on the emulator's clock,
 * and then answered with the error, or served when there is none.
 *
 * @param target the calls it is for
 * @param error the error to answer with; empty when calls shall only be slow
 * @param latency how long calls are held back; zero for not at all
 * @param callsPerSecond only what comes beyond so many calls in a second of the emulator's clock is hit; empty for any rate
 * @param probability how likely a matching call is hit, from above 0 up to 1
 * @param seed makes the choice the same in each run; without it chance is the emulator's
 * @param count how many calls are hit before the fault is spent; empty for no end
 */
public record Fault(
        Target target,
        Optional<AwsException> error,
        Duration latency,
        OptionalDouble callsPerSecond,
        double probability,
        OptionalLong seed,
        OptionalLong count) {

    /** The longest that a call can be held back. */
    public static final Duration LATENCY_MAX = Duration.ofHours(1);

    public Fault {
        if (!(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException("a probability is above 0 and at most 1");
        }
        if (latency.isNegative() || latency.compareTo(LATENCY_MAX) > 0) {
            throw new IllegalArgumentException("a latency is at most an hour");
        }
        if (callsPerSecond.isPresent() && !(callsPerSecond.getAsDouble() >= 0)) {
            throw new IllegalArgumentException("a rate is not negative");
        }
        if (count.isPresent() && count.getAsLong() < 1) {
            throw new IllegalArgumentException("a count is at least 1");
        }
        if (error.isEmpty() && latency.isZero()) {
            throw new IllegalArgumentException("a fault has an error or a latency");
        }
    }

    /**
     * Which calls: those that match in everything that is given.
     *
     * @param service a service's name as users know it, such as {@code sqs}
     * @param operation an operation's name, such as {@code SendMessage}
     */
    public record Target(
            Optional<String> service, Optional<String> operation, Optional<String> account, Optional<String> region) {

        boolean matches(String otherService, String otherOperation, String otherAccount, String otherRegion) {
            return service.map(otherService::equals).orElse(true)
                    && operation.map(otherOperation::equals).orElse(true)
                    && account.map(otherAccount::equals).orElse(true)
                    && region.map(otherRegion::equals).orElse(true);
        }
    }
}
