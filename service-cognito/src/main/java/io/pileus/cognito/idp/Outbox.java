package io.pileus.cognito.idp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.shape.JsonTrees;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages that Cognito would have sent: codes, links, invitations. Nothing leaves the process; a test reads them at
 * {@code /_pileus/cognito/messages} or in the log. Keeps the latest ones. Guarded by its own lock.
 */
public final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final int KEPT = 10_000;

    /**
     * A message.
     *
     * @param kind why it was sent, as the custom message trigger's source names it, such as {@code SignUp}
     * @param medium {@code EMAIL} or {@code SMS}
     * @param code the code or temporary password inside; empty for a notification
     */
    public record Message(
            Instant sentAt,
            String poolId,
            String clientId,
            String username,
            String kind,
            String medium,
            String destination,
            String subject,
            String body,
            String code,
            String link) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Message> messages = new ArrayDeque<>();

    public void send(Message message) {
        LOG.info(
                "Confirmation code for Cognito user {}: {} ({} by {} to {}, pool {}){}",
                message.username(),
                message.code(),
                message.kind(),
                message.medium(),
                message.destination(),
                message.poolId(),
                message.link().isEmpty() ? "" : " link: " + message.link());
        lock.lock();
        try {
            if (messages.size() == KEPT) {
                messages.removeFirst();
            }
            messages.addLast(message);
        } finally {
            lock.unlock();
        }
    }

    /** The messages that pass, in the order they were sent. */
    public List<Message> messages(Predicate<Message> filter) {
        lock.lock();
        try {
            return messages.stream().filter(filter).toList();
        } finally {
            lock.unlock();
        }
    }

    public void remove(Predicate<Message> filter) {
        lock.lock();
        try {
            messages.removeIf(filter);
        } finally {
            lock.unlock();
        }
    }

    /** The messages as the developer endpoint shows them. */
    public static String json(List<Message> messages) {
        ObjectNode document = JsonTrees.mapper().createObjectNode();
        ArrayNode list = document.putArray("messages");
        for (Message message : messages) {
            ObjectNode node = list.addObject();
            node.put("sentAt", message.sentAt().toString());
            node.put("userPoolId", message.poolId());
            node.put("clientId", message.clientId());
            node.put("username", message.username());
            node.put("kind", message.kind());
            node.put("medium", message.medium());
            node.put("destination", message.destination());
            node.put("subject", message.subject());
            node.put("body", message.body());
            node.put("code", message.code());
            node.put("link", message.link());
        }
        return document.toString();
    }
}
