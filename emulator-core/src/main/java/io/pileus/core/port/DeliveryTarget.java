package io.pileus.core.port;

import java.util.concurrent.CompletionStage;

/** Receives deliveries for the ARNs of one service. Never blocks; an in-memory receiver answers with a completed stage. */
@FunctionalInterface
public interface DeliveryTarget {
    CompletionStage<DeliveryResult> deliver(Delivery delivery);
}
