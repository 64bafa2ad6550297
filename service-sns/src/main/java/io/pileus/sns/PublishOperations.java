package io.pileus.sns;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Ids;
import io.pileus.core.identity.Region;
import io.pileus.core.port.KeyService;
import io.pileus.core.port.Ports;
import io.pileus.core.service.CallContext;
import io.pileus.sns.delivery.Courier;
import io.pileus.sns.delivery.Message;
import io.pileus.sns.model.BatchEntryIdsNotDistinctException;
import io.pileus.sns.model.BatchRequestTooLongException;
import io.pileus.sns.model.EmptyBatchRequestException;
import io.pileus.sns.model.EndpointDisabledException;
import io.pileus.sns.model.InvalidBatchEntryIdException;
import io.pileus.sns.model.KMSDisabledException;
import io.pileus.sns.model.KMSInvalidStateException;
import io.pileus.sns.model.KMSNotFoundException;
import io.pileus.sns.model.MessageAttributeValue;
import io.pileus.sns.model.PlatformApplicationDisabledException;
import io.pileus.sns.model.PublishBatchInput;
import io.pileus.sns.model.PublishBatchRequestEntry;
import io.pileus.sns.model.PublishBatchResponse;
import io.pileus.sns.model.PublishBatchResultEntry;
import io.pileus.sns.model.PublishInput;
import io.pileus.sns.model.PublishResponse;
import io.pileus.sns.model.TooManyEntriesInBatchRequestException;
import io.pileus.sns.state.Outbox;
import io.pileus.sns.state.PlatformApplication;
import io.pileus.sns.state.SnsState;
import io.pileus.sns.state.Topic;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** Publishing: to a topic, to a push endpoint, to a phone number; one message or a batch of up to ten. */
final class PublishOperations {
    private static final int BATCH_MAX = 10;

    /** @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html">Publishing to a mobile phone</a> */
    private static final int SMS_LENGTH_MAX = 1_600;

    private static final Pattern ENTRY_ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");
    private static final Pattern PUNCTUATION = Pattern.compile("[ ().-]");
    private static final Pattern PHONE_NUMBER = Pattern.compile("\\+[1-9][0-9]{3,14}");

    private final Resources resources;
    private final Ids ids;
    private final Ports ports;
    private final Courier courier;
    private final Outbox outbox;

    PublishOperations(Resources resources, Ids ids, Ports ports, Courier courier, Outbox outbox) {
        this.resources = resources;
        this.ids = ids;
        this.ports = ports;
        this.courier = courier;
        this.outbox = outbox;
    }

    CompletionStage<PublishResponse> publish(PublishInput input, CallContext call) {
        Publication publication = Publication.of(input);
        if (input.phoneNumber() != null) {
            if (input.topicArn() != null || input.targetArn() != null) {
                throw SnsErrors.noTarget();
            }
            return CompletableFuture.completedStage(toPhone(publication, input.phoneNumber(), call));
        }
        if (input.topicArn() != null && input.targetArn() != null) {
            throw SnsErrors.invalidParameter("TargetArn", "Both TopicArn and TargetArn specified");
        }
        String target = input.topicArn() != null ? input.topicArn() : input.targetArn();
        if (target == null) {
            throw SnsErrors.noTarget();
        }
        Optional<Topic> own = resources.of(call).topic(target);
        if (own.isPresent()) {
            check(publication, own.get());
            return toTopic(publication, own.get(), call);
        }
        Optional<Arn> arn = Arn.parse(target);
        if (arn.isPresent() && arn.get().resource().startsWith("endpoint/")) {
            publication.check();
            return CompletableFuture.completedStage(toEndpoint(publication, arn.get(), call));
        }
        if (arn.isEmpty()) {
            throw SnsErrors.malformedArn(input.topicArn() != null ? "TopicArn" : "TargetArn", target);
        }
        publication.check();
        Topic topic = resources.topic(target);
        check(publication, topic);
        return toTopic(publication, topic, call);
    }

    // ---- topics -------------------------------------------------------------------------------------------------

    /** Refuses what the topic does not take, and everything while its key cannot be used. */
    private void check(Publication publication, Topic topic) {
        publication.check();
        publication.checkFifo(topic.isFifo(), topic.flag("ContentBasedDeduplication"));
        checkKey(topic);
    }

    /** Takes a message in that was {@link #check checked}. */
    private CompletionStage<PublishResponse> toTopic(Publication publication, Topic topic, CallContext call) {
        if (!topic.isFifo()) {
            Message message = publication.accepted(ids, call, Optional.empty(), Optional.empty());
            return courier.fanOut(message, topic)
                    .thenApply(done ->
                            PublishResponse.builder().messageId(message.id()).build());
        }
        String deduplication =
                publication.deduplicationId() != null ? publication.deduplicationId() : sha256(publication.message());
        boolean perGroup = "MessageGroup".equals(topic.attributes().get("FifoThroughputScope"));
        String key = perGroup ? publication.groupId() + "\n" + deduplication : deduplication;
        CompletableFuture<Void> delivered = new CompletableFuture<>();
        Message message = topic.locked(() -> {
            Topic.Accepted accepted = topic.accept(
                    key,
                    call.receivedAt(),
                    number -> publication.accepted(ids, call, Optional.of(deduplication), Optional.of(number)));
            if (accepted.duplicate()) {
                delivered.complete(null);
            } else {
                topic.lane()
                        .put(() -> courier.fanOut(accepted.message(), topic))
                        .whenComplete((done, failure) -> {
                            if (failure != null) {
                                delivered.completeExceptionally(failure);
                            } else {
                                delivered.complete(null);
                            }
                        });
            }
            return accepted.message();
        });
        topic.lane().drain();
        return delivered.thenApply(done -> PublishResponse.builder()
                .messageId(message.id())
                .sequenceNumber(message.sequenceNumber().orElse(null))
                .build());
    }

    /** An encrypted topic takes messages only while its key can be used. */
    private void checkKey(Topic topic) {
        String key = topic.attributes().get("KmsMasterKeyId");
        if (key == null) {
            return;
        }
        Optional<KeyService> keys = ports.find(KeyService.class);
        if (keys.isEmpty()) {
            return;
        }
        Arn arn = topic.arn();
        KeyService.Check check = keys.get().check(new AccountId(arn.account()), new Region(arn.region()), key);
        if (check instanceof KeyService.Refused refused) {
            throw switch (refused.code()) {
                case "DisabledException" -> KMSDisabledException.of(refused.message());
                case "NotFoundException" -> KMSNotFoundException.of(refused.message());
                default -> KMSInvalidStateException.of(refused.message());
            };
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- batches ------------------------------------------------------------------------------------------------

    /**
     * Publishes all messages or none: SNS refuses the batch for what is wrong with one of its entries (attributes, structure,
     * FIFO ids). Its {@code Failed} is for what goes wrong inside SNS.
     */
    CompletionStage<PublishBatchResponse> publishBatch(PublishBatchInput input, CallContext call) {
        Topic topic = resources.topic(input.topicArn());
        List<PublishBatchRequestEntry> entries = input.publishBatchRequestEntries();
        checkBatch(entries);
        Map<String, Publication> publications = new LinkedHashMap<>();
        for (PublishBatchRequestEntry entry : entries) {
            Publication publication = Publication.of(entry);
            check(publication, topic);
            publications.put(entry.id(), publication);
        }
        Map<String, CompletableFuture<PublishResponse>> published = new LinkedHashMap<>();
        publications.forEach((id, publication) ->
                published.put(id, toTopic(publication, topic, call).toCompletableFuture()));
        return CompletableFuture.allOf(published.values().toArray(CompletableFuture[]::new))
                .thenApply(done -> {
                    List<PublishBatchResultEntry> successful = new ArrayList<>();
                    published.forEach((id, answer) -> successful.add(PublishBatchResultEntry.builder()
                            .id(id)
                            .messageId(answer.join().messageId())
                            .sequenceNumber(answer.join().sequenceNumber())
                            .build()));
                    return PublishBatchResponse.builder()
                            .successful(successful)
                            .failed(List.of())
                            .build();
                });
    }

    private static void checkBatch(List<PublishBatchRequestEntry> entries) {
        if (entries.isEmpty()) {
            throw EmptyBatchRequestException.of("The batch request doesn't contain any entries.");
        }
        if (entries.size() > BATCH_MAX) {
            throw TooManyEntriesInBatchRequestException.of("The batch request contains more entries than permissible.");
        }
        Set<String> seen = new HashSet<>();
        int size = 0;
        for (PublishBatchRequestEntry entry : entries) {
            if (!ENTRY_ID.matcher(entry.id()).matches()) {
                throw InvalidBatchEntryIdException.of(
                        "The Id of a batch entry in a batch request doesn't abide by the specification.");
            }
            if (!seen.add(entry.id())) {
                throw BatchEntryIdsNotDistinctException.of(
                        "Two or more batch entries in the request have the same Id.");
            }
            size += Publication.of(entry).size();
        }
        if (size > Publication.SIZE_MAX) {
            throw BatchRequestTooLongException.of(
                    "The length of all the messages put together is more than the limit.");
        }
    }

    // ---- phones and devices -------------------------------------------------------------------------------------

    /**
     * A number may be written with spaces, dots, hyphens and brackets.
     *
     * @see <a href="https://docs.aws.amazon.com/cli/latest/reference/sns/publish.html">An example with hyphens</a>
     */
    private PublishResponse toPhone(Publication publication, String written, CallContext call) {
        String phoneNumber = PUNCTUATION.matcher(written).replaceAll("");
        if (!PHONE_NUMBER.matcher(phoneNumber).matches()) {
            throw SnsErrors.invalidParameter("PhoneNumber", written + " is not valid to publish to");
        }
        publication.check();
        SnsState state = resources.of(call);
        String id = ids.uuid();
        Map<String, String> texts = publication.byProtocol();
        String text = texts.getOrDefault("sms", texts.getOrDefault("default", publication.message()));
        if (text.length() > SMS_LENGTH_MAX) {
            throw SnsErrors.invalidParameter("Message too long");
        }
        // A number that opted out receives nothing; SNS accepts the message all the same.
        if (!state.sms().optedOut().contains(phoneNumber)) {
            outbox.add(sent(Outbox.Kind.SMS, phoneNumber, id, text, publication, call));
        }
        return PublishResponse.builder().messageId(id).build();
    }

    private PublishResponse toEndpoint(Publication publication, Arn arn, CallContext call) {
        SnsState state = resources.of(arn).orElseThrow(SnsErrors::noEndpointForTarget);
        PlatformApplication.Endpoint endpoint =
                state.endpoint(arn.toString()).orElseThrow(SnsErrors::noEndpointForTarget);
        PlatformApplication application = state.applications().values().stream()
                .filter(a -> a.endpoint(arn.toString()).isPresent())
                .findFirst()
                .orElseThrow(SnsErrors::noEndpointForTarget);
        if (!application.isEnabled()) {
            throw PlatformApplicationDisabledException.of("PlatformApplication is disabled");
        }
        if (!endpoint.isEnabled()) {
            throw EndpointDisabledException.of("Endpoint is disabled");
        }
        Map<String, String> texts = publication.byProtocol();
        String text = texts.getOrDefault(application.platform(), texts.getOrDefault("default", publication.message()));
        String id = ids.uuid();
        outbox.add(sent(Outbox.Kind.PUSH, arn.toString(), id, text, publication, call));
        return PublishResponse.builder().messageId(id).build();
    }

    private static Outbox.Sent sent(
            Outbox.Kind kind, String to, String id, String text, Publication publication, CallContext call) {
        Map<String, Map<String, String>> attributes = new LinkedHashMap<>();
        publication.attributes().forEach((name, value) -> attributes.put(name, plain(value)));
        return new Outbox.Sent(
                kind,
                call.account(),
                call.region(),
                to,
                Optional.empty(),
                Optional.empty(),
                id,
                text,
                Optional.ofNullable(publication.subject()),
                attributes,
                Optional.ofNullable(publication.structure()),
                call.receivedAt());
    }

    private static Map<String, String> plain(MessageAttributeValue value) {
        return value.binaryValue() != null
                ? Map.of(
                        "DataType",
                        value.dataType(),
                        "BinaryValue",
                        value.binaryValue().base64())
                : Map.of("DataType", value.dataType(), "StringValue", value.stringValue());
    }
}
