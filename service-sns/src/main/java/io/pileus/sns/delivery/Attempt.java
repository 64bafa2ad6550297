package io.pileus.sns.delivery;

/** What one attempt to hand a message to a subscriber gave. */
sealed interface Attempt {

    record Succeeded() implements Attempt {}

    /**
     * It failed.
     *
     * @param retryable whether the fault is the receiver's and may pass; a client-side error is final at once
     */
    record Failed(String code, String message, boolean retryable) implements Attempt {}
}
