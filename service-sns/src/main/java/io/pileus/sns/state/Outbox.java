package io.pileus.sns.state;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** What would have left for people's phones and mailboxes: e-mail, SMS and push messages, the newest 10,000. */
public final class Outbox {
    private static final int KEPT_MAX = 10_000;

    /** How a message would have left. */
    public enum Kind {
        EMAIL,
        SMS,
        PUSH
    }

    /**
     * A message in the outbox.
     *
     * @param to the address, phone number or endpoint ARN
     * @param topicArn the topic it came by; empty for a direct publish
     */
    public record Sent(
            Kind kind,
            AccountId account,
            Region region,
            String to,
            Optional<String> topicArn,
            Optional<String> subscriptionArn,
            String messageId,
            String message,
            Optional<String> subject,
            Map<String, Map<String, String>> attributes,
            Optional<String> messageStructure,
            Instant at) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Sent> sent = new ArrayDeque<>();

    public void add(Sent message) {
        lock.lock();
        try {
            sent.add(message);
            if (sent.size() > KEPT_MAX) {
                sent.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    public List<Sent> all(Predicate<Sent> which) {
        lock.lock();
        try {
            return sent.stream().filter(which).toList();
        } finally {
            lock.unlock();
        }
    }

    public void remove(Predicate<Sent> which) {
        lock.lock();
        try {
            sent.removeIf(which);
        } finally {
            lock.unlock();
        }
    }
}
