package io.pileus.core.port;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hands a delivery to the service that its target's ARN names. Call it after the sender's own lock is released and
 * before the sender's answer is sent, so that a test need not poll. Retrying is the sender's affair.
 */
public final class Deliveries {
    /** How many services may hand a message on before it is taken for a loop. */
    public static final int MAX_HOPS = 32;

    private final Map<String, DeliveryTarget> targets = new ConcurrentHashMap<>();
    private volatile DeliveryGuard guard = delivery -> Optional.empty();

    /** Registers who receives for the ARNs of a service, such as {@code sqs}. */
    public void register(String arnService, DeliveryTarget target) {
        targets.put(arnService, target);
    }

    /** Asks this guard before each delivery. */
    public void guard(DeliveryGuard asked) {
        this.guard = asked;
    }

    /** Why the target would refuse the sender, for who calls it by a port of its own; empty where it would not. */
    public Optional<DeliveryResult.Refused> refusal(Delivery delivery) {
        return guard.refusal(delivery);
    }

    public CompletionStage<DeliveryResult> deliver(Delivery delivery) {
        if (delivery.hops() > MAX_HOPS) {
            return CompletableFuture.completedStage(
                    new DeliveryResult.Refused("Loop", "the message has passed through too many services", false));
        }
        DeliveryTarget target = targets.get(delivery.target().service());
        if (target == null) {
            return CompletableFuture.completedStage(new DeliveryResult.NoSuchTarget());
        }
        Optional<DeliveryResult.Refused> refusal = refusal(delivery);
        return refusal.isPresent() ? CompletableFuture.completedStage(refusal.get()) : target.deliver(delivery);
    }
}
