package io.pileus.sns.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.shape.JsonTrees;
import java.time.Duration;
import java.util.Optional;

/**
 * When a delivery that failed on the receiver's side is tried again: first retries without delay, then some at the least
 * delay, then some that back off from the least to the greatest delay, then some at the greatest.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html">Message delivery retries</a>
 */
public record RetrySchedule(
        Duration minDelay, Duration maxDelay, int retries, int noDelay, int atMin, int atMax, Backoff backoff) {

    /** How delays grow from the least to the greatest. */
    public enum Backoff {
        LINEAR,
        ARITHMETIC,
        GEOMETRIC,
        EXPONENTIAL
    }

    /** HTTP(S) endpoints without a delivery policy. */
    public static final RetrySchedule HTTP_DEFAULT =
            new RetrySchedule(Duration.ofSeconds(20), Duration.ofSeconds(20), 3, 0, 0, 0, Backoff.LINEAR);

    /** Lambda, SQS and Firehose: 100,015 attempts over 23 days. */
    public static final RetrySchedule AWS_MANAGED = new RetrySchedule(
            Duration.ofSeconds(1), Duration.ofSeconds(20), 100_015, 3, 2, 100_000, Backoff.EXPONENTIAL);

    /**
     * The delay before a retry.
     *
     * @param retry 0 for the first
     * @return empty when there shall be no such retry
     */
    Optional<Duration> delayBefore(int retry) {
        if (retry >= retries) {
            return Optional.empty();
        }
        if (retry < noDelay) {
            return Optional.of(Duration.ZERO);
        }
        if (retry < noDelay + atMin) {
            return Optional.of(minDelay);
        }
        int growing = Math.max(1, retries - noDelay - atMin - atMax);
        int step = retry - noDelay - atMin;
        if (step >= growing || growing == 1) {
            return Optional.of(maxDelay);
        }
        double fraction = (double) step / (growing - 1);
        double low = minDelay.toMillis();
        double high = maxDelay.toMillis();
        double millis = switch (backoff) {
            case LINEAR -> low + (high - low) * fraction;
            case ARITHMETIC -> low + (high - low) * (step * (step + 1.0)) / ((growing - 1.0) * growing);
            case GEOMETRIC -> low + (high - low) * fraction * fraction;
            case EXPONENTIAL -> low * Math.pow(high / Math.max(low, 1), fraction);
        };
        return Optional.of(Duration.ofMillis(Math.round(millis)));
    }

    /** The schedule of a delivery policy's {@code healthyRetryPolicy}, or the default where there is none. */
    static RetrySchedule forHttp(Optional<String> subscriptionPolicy, Optional<String> topicPolicy) {
        return subscriptionPolicy
                .flatMap(p -> parse(p, "/healthyRetryPolicy"))
                .or(() -> topicPolicy.flatMap(p -> parse(p, "/http/defaultHealthyRetryPolicy")))
                .orElse(HTTP_DEFAULT);
    }

    private static Optional<RetrySchedule> parse(String policy, String pointer) {
        try {
            JsonNode node = JsonTrees.mapper().readTree(policy).at(pointer);
            if (!node.isObject()) {
                return Optional.empty();
            }
            return Optional.of(new RetrySchedule(
                    Duration.ofSeconds(node.path("minDelayTarget").asInt(20)),
                    Duration.ofSeconds(node.path("maxDelayTarget").asInt(20)),
                    node.path("numRetries").asInt(3),
                    node.path("numNoDelayRetries").asInt(0),
                    node.path("numMinDelayRetries").asInt(0),
                    node.path("numMaxDelayRetries").asInt(0),
                    switch (node.path("backoffFunction").asText("linear")) {
                        case "arithmetic" -> Backoff.ARITHMETIC;
                        case "geometric" -> Backoff.GEOMETRIC;
                        case "exponential" -> Backoff.EXPONENTIAL;
                        default -> Backoff.LINEAR;
                    }));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
