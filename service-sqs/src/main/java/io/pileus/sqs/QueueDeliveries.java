package io.pileus.sqs;

import io.pileus.core.port.Delivery;
import io.pileus.core.port.DeliveryResult;
import io.pileus.core.port.DeliveryTarget;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.Settings;
import io.pileus.sqs.state.MessageAttribute;
import io.pileus.sqs.state.NewMessage;
import io.pileus.sqs.state.Queue;
import io.pileus.sqs.state.QueuePolicy;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Messages that other services send to queues: notifications of topics and buckets, dead letters, targets of rules.
 *
 * <p>A queue's policy decides whether the service may send. Differs from AWS: a queue without a policy takes everything,
 * because set-ups made for local emulators seldom have one; ENFORCE_IAM=1 makes it refuse, as AWS does.
 */
final class QueueDeliveries implements DeliveryTarget {
    private static final int POLICIES_REMEMBERED = 1_000;

    private final AllQueues queues;
    private final QueueKeys keys;
    private final InstantSource clock;
    private final boolean needsPolicy;

    private volatile Attributes lastAttributes = Attributes.NONE;

    /** The policies of queues by their text, read once. */
    private final Map<String, QueuePolicy> policies = new ConcurrentHashMap<>();

    QueueDeliveries(AllQueues queues, QueueKeys keys, Settings settings, InstantSource clock) {
        this.queues = queues;
        this.keys = keys;
        this.clock = clock;
        this.needsPolicy = settings.flag("ENFORCE_IAM", false);
    }

    @Override
    public CompletionStage<DeliveryResult> deliver(Delivery delivery) {
        return CompletableFuture.completedFuture(take(delivery));
    }

    private DeliveryResult take(Delivery delivery) {
        Optional<Queue> queue = queues.find(delivery.target());
        if (queue.isEmpty()) {
            return new DeliveryResult.NoSuchTarget();
        }
        try {
            return new DeliveryResult.Delivered(send(delivery, queue.get()));
        } catch (AwsException e) {
            return new DeliveryResult.Refused(e.queryCode(), String.valueOf(e.getMessage()), !e.senderFault());
        }
    }

    private String send(Delivery delivery, Queue queue) {
        if (!mayReceive(delivery, queue)) {
            throw SqsErrors.accessDenied();
        }
        Attributes attributes = attributes(delivery.attributes());
        NewMessage message = NewMessages.checkDelivery(delivery, attributes.own(), attributes.traceHeader(), queue);
        long nowMillis = clock.millis();
        keys.check(queue, nowMillis);
        return queue.send(message, nowMillis).messageId();
    }

    /**
     * Attributes as messages have them.
     *
     * @param given as they were delivered
     */
    private record Attributes(
            Map<String, Delivery.Attribute> given,
            SortedMap<String, MessageAttribute> own,
            @Nullable String traceHeader) {
        static final Attributes NONE =
                new Attributes(Map.of(), Collections.unmodifiableSortedMap(new TreeMap<>()), null);
    }

    /** A topic delivers the very same map to all its queues, which share what is made of it. */
    private Attributes attributes(Map<String, Delivery.Attribute> given) {
        if (given.isEmpty()) {
            return Attributes.NONE;
        }
        Attributes last = lastAttributes;
        if (last.given() == given) {
            return last;
        }
        SortedMap<String, MessageAttribute> own = new TreeMap<>();
        String traceHeader = null;
        for (Map.Entry<String, Delivery.Attribute> entry : given.entrySet()) {
            Delivery.Attribute attribute = entry.getValue();
            if (entry.getKey().equals("AWSTraceHeader")) {
                traceHeader = attribute.value().utf8();
            } else {
                own.put(entry.getKey(), new MessageAttribute(attribute.dataType(), attribute.value()));
            }
        }
        Attributes made = new Attributes(given, Collections.unmodifiableSortedMap(own), traceHeader);
        lastAttributes = made;
        return made;
    }

    private boolean mayReceive(Delivery delivery, Queue queue) {
        boolean fromOwner = delivery.sender().serviceName().isEmpty()
                && delivery.sender().account().equals(queue.identity().account());
        return fromOwner
                || queue.attributes()
                        .policy()
                        .map(policy -> parsed(policy).allowsSending(delivery, queue))
                        .orElse(!needsPolicy);
    }

    private QueuePolicy parsed(String policy) {
        QueuePolicy known = policies.get(policy);
        if (known != null) {
            return known;
        }
        if (policies.size() >= POLICIES_REMEMBERED) {
            policies.clear();
        }
        QueuePolicy parsed = QueuePolicy.parse(policy);
        policies.put(policy, parsed);
        return parsed;
    }
}
