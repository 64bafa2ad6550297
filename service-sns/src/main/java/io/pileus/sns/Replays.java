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

    CompletionStage<Void> start(Topic topic, Subscription subscription, String policy, CallContext call) {
        Instant from;
        Instant to;
        try {
            JsonNode node = JsonTrees.mapper().readTree(policy);
            if (!node.path("PointType").asText().equals("Timestamp")) {
                throw SnsErrors.invalidParameter("ReplayPolicy: PointType must be Timestamp");
            }
            from = Instant.parse(node.path("StartingPoint").asText());
            to = node.hasNonNull("EndingPoint")
                    ? Instant.parse(node.path("EndingPoint").asText())
                    : call.receivedAt();
        } catch (JsonProcessingException | DateTimeParseException e) {
            throw SnsErrors.invalidParameter("ReplayPolicy: malformed policy");
        }
        if (topic.locked(() -> topic.retention().isEmpty())) {
            throw SnsErrors.invalidParameter("ReplayPolicy: the topic has no ArchivePolicy");
        }
        List<CompletableFuture<Void>> replayed = new ArrayList<>();
        topic.locked(() -> {
            for (Message message : topic.archived(from, to, call.receivedAt())) {
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
