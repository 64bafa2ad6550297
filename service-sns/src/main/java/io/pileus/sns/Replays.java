package io.pileus.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.JsonTrees;
import io.pileus.sns.delivery.Courier;
import io.pileus.sns.delivery.Message;
import io.pileus.sns.state.Subscription;
import io.pileus.sns.state.Topic;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Replays a FIFO topic's archive to one subscription, as its ReplayPolicy asks:
 * {@code {"PointType": "Timestamp", "StartingPoint": "…", "EndingPoint": "…"}}.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/message-archiving-and-replay-subscriber.html">Message replay</a>
 */
final class Replays {
    private final Courier courier;

    Replays(Courier courier) {
        this.courier = courier;
    }

    /** The messages to replay: those sent from one instant to another. */
    private record Interval(Instant from, Optional<Instant> to) {
        static Interval parse(String prefix, String policy) {
            try {
                JsonNode node = JsonTrees.mapper().readTree(policy);
                if (!node.path("PointType").asText().equals("Timestamp")) {
                    throw SnsErrors.invalidParameter(prefix + "ReplayPolicy: PointType must be Timestamp");
                }
                Instant from = Instant.parse(node.path("StartingPoint").asText());
                return node.hasNonNull("EndingPoint")
                        ? new Interval(
                                from,
                                Optional.of(
                                        Instant.parse(node.path("EndingPoint").asText())))
                        : new Interval(from, Optional.empty());
            } catch (JsonProcessingException | DateTimeParseException e) {
                throw SnsErrors.invalidParameter(prefix + "ReplayPolicy: malformed policy");
            }
        }
    }

    /**
     * Refuses a replay that the topic cannot make. The words are ours.
     *
     * @param prefix what SNS puts before the attribute's name
     */
    static void check(String prefix, String policy, Topic topic) {
        if (!topic.isFifo()) {
            throw SnsErrors.invalidParameter(prefix + "ReplayPolicy: not supported for standard topics");
        }
        Interval.parse(prefix, policy);
        if (topic.locked(() -> topic.retention().isEmpty())) {
            throw SnsErrors.invalidParameter(prefix + "ReplayPolicy: the topic has no ArchivePolicy");
        }
    }

    /** Replays what a policy that was {@link #check checked} asks for. */
    CompletionStage<Void> start(Topic topic, Subscription subscription, String policy, CallContext call) {
        Interval interval = Interval.parse("", policy);
        Instant to = interval.to().orElse(call.receivedAt());
        List<CompletableFuture<Void>> replayed = new ArrayList<>();
        topic.locked(() -> {
            for (Message message : topic.archived(interval.from(), to, call.receivedAt())) {
                replayed.add(topic.lane()
                        .put(() -> courier.replay(message, topic, subscription))
                        .toCompletableFuture());
            }
            return null;
        });
        topic.lane().drain();
        return CompletableFuture.allOf(replayed.toArray(CompletableFuture[]::new));
    }
}
