package io.pileus.core.port;

import java.util.Optional;

/** Decides by policies whether a delivery may be made. */
@FunctionalInterface
public interface DeliveryGuard {

    /** Why the target would refuse the sender; empty where it would not. */
    Optional<DeliveryResult.Refused> refusal(Delivery delivery);
}
