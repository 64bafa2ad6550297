package io.pileus.core.port;

import io.pileus.core.shape.Blob;

/** What became of a delivery. */
public sealed interface DeliveryResult {

    /**
     * The target took it.
     *
     * @param id the id the target gave it, such as a message id or sequence number; may be empty
     * @param answer what the target answered, such as a function's result; empty for most
     */
    record Delivered(String id, Blob answer) implements DeliveryResult {
        public Delivered(String id) {
            this(id, Blob.EMPTY);
        }
    }

    /**
     * The target exists and does not take it.
     *
     * @param code the target's AWS error code, such as {@code KMS.DisabledException}
     * @param retryable whether a later attempt could succeed (a server-side error) or not (a client-side one)
     */
    record Refused(String code, String message, boolean retryable) implements DeliveryResult {}

    /** There is no such queue, function, stream or topic. */
    record NoSuchTarget() implements DeliveryResult {}
}
