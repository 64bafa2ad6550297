package io.pileus.sqs;

import io.pileus.core.port.Delivery;
import io.pileus.core.port.DeliveryResult;
import io.pileus.core.port.DeliveryTarget;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.Settings;
import io.pileus.sqs.state.MessageAttribute;
import io.pileus.sqs.state.NewMessage;
import io.pileus.sqs.state.Queue;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

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
        Map<String, MessageAttribute> attributes = Map.of();
        String traceHeader = null;
        if (!delivery.attributes().isEmpty()) {
            attributes = new TreeMap<>();
            for (Map.Entry<String, Delivery.Attribute> entry :
                    delivery.attributes().entrySet()) {
                Delivery.Attribute attribute = entry.getValue();
                if (entry.getKey().equals("AWSTraceHeader")) {
                    traceHeader = attribute.value().utf8();
                } else {
                    attributes.put(entry.getKey(), new MessageAttribute(attribute.dataType(), attribute.value()));
                }
            }
        }
        NewMessage message = NewMessages.checkDelivery(delivery, attributes, traceHeader, queue);
        long nowMillis = clock.millis();
        keys.check(queue, nowMillis);
        return queue.send(message, nowMillis).messageId();
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
