package io.pileus.firehose.delivery;

import java.time.Instant;

/**
 * A record that did not make it.
 *
 * @param errorCode such as {@code Lambda.FunctionError}
 * @param attempts how often it was tried
 * @param lambdaArn the function that failed; empty for none
 */
public record Failure(
        Item item, String errorCode, String errorMessage, int attempts, Instant endedAt, String lambdaArn) {}
