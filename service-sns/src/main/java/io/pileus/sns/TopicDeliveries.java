package io.pileus.sns;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Ids;
import io.pileus.core.identity.Region;
import io.pileus.core.port.Delivery;
import io.pileus.core.port.DeliveryResult;
import io.pileus.core.port.DeliveryTarget;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.time.EmulatorClock;
import io.pileus.sns.model.MessageAttributeValue;
import io.pileus.sns.model.NotFoundException;
import io.pileus.sns.model.PublishInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Publishes what other services deliver to a topic, such as S3's notifications and Lambda's destinations. */
final class TopicDeliveries implements DeliveryTarget {
    private final Resources resources;
    private final PublishOperations publishing;
    private final Ids ids;
    private final EmulatorClock clock;

    TopicDeliveries(Resources resources, PublishOperations publishing, Ids ids, EmulatorClock clock) {
        this.resources = resources;
        this.publishing = publishing;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public CompletionStage<DeliveryResult> deliver(Delivery delivery) {
        Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
        String subject = null;
        for (Map.Entry<String, Delivery.Attribute> entry : delivery.attributes().entrySet()) {
            Delivery.Attribute attribute = entry.getValue();
            if (entry.getKey().equals("Subject")) {
                subject = attribute.value().utf8();
                continue;
            }
            MessageAttributeValue.Builder value =
                    MessageAttributeValue.builder().dataType(attribute.dataType());
            attributes.put(
                    entry.getKey(),
                    attribute.dataType().startsWith("Binary")
                            ? value.binaryValue(attribute.value()).build()
                            : value.stringValue(attribute.value().utf8()).build());
        }
        try {
            return publishing
                    .publish(
                            PublishInput.builder()
                                    .topicArn(delivery.target().toString())
                                    .message(delivery.body().utf8())
                                    .subject(subject)
                                    .messageAttributes(attributes)
                                    .messageGroupId(delivery.messageGroupId().orElse(null))
                                    .messageDeduplicationId(
                                            delivery.messageDeduplicationId().orElse(null))
                                    .build(),
                            call(delivery))
                    .thenApply(answer -> new DeliveryResult.Delivered(answer.messageId()));
        } catch (NotFoundException e) {
            return CompletableFuture.completedStage(new DeliveryResult.NoSuchTarget());
        } catch (AwsException e) {
            return CompletableFuture.completedStage(
                    new DeliveryResult.Refused(e.code(), String.valueOf(e.getMessage()), !e.senderFault()));
        }
    }

    private CallContext call(Delivery delivery) {
        return new CallContext(
                ids.uuid(),
                delivery.sender(),
                new AccountId(delivery.target().account()),
                new Region(delivery.target().region()),
                clock.instant(),
                resources.internalEndpoint(),
                delivery.hops(),
                what -> {});
    }
}
