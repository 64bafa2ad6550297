package io.pileus.s3;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Region;
import io.pileus.core.port.Delivery;
import io.pileus.core.port.DeliveryResult;
import io.pileus.core.port.OperationCaller;
import io.pileus.core.port.Ports;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Blob;
import io.pileus.s3.model.FilterRule;
import io.pileus.s3.model.LambdaFunctionConfiguration;
import io.pileus.s3.model.NotificationConfiguration;
import io.pileus.s3.model.NotificationConfigurationFilter;
import io.pileus.s3.model.QueueConfiguration;
import io.pileus.s3.model.TopicConfiguration;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells queues, topics and functions what happens to objects. A message is on its way before the operation that caused it
 * is answered; nobody waits for what a function makes of it.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">Event message structure</a>
 */
final class EventNotifications {
    private static final Logger LOG = LoggerFactory.getLogger(EventNotifications.class);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Ports ports;
    private final AtomicLong sequence = new AtomicLong();

    EventNotifications(Ports ports) {
        this.ports = ports;
    }

    /** One rule of a configuration, whatever its destination. */
    record Rule(String id, String destination, List<String> events, List<FilterRule> filters, Kind kind) {
        /** What a rule can send to, by the name of the element that S3 complains of. */
        enum Kind {
            QUEUE,
            TOPIC,
            FUNCTION
        }

        private static Rule of(
                @Nullable String id,
                String destination,
                List<String> events,
                @Nullable NotificationConfigurationFilter filter,
                Kind kind) {
            List<FilterRule> filters = filter == null || filter.key() == null
                    ? List.of()
                    : filter.key().filterRules();
            return new Rule(id == null ? "" : id, destination, events, filters, kind);
        }

        /** The value of the filter of this name; empty when there is none. */
        String filter(String name) {
            for (FilterRule rule : filters) {
                if (name.equalsIgnoreCase(rule.name()) && rule.value() != null) {
                    return rule.value();
                }
            }
            return "";
        }

        /** @param event without {@code s3:}, such as {@code ObjectCreated:Put} */
        boolean wants(String event, String key) {
            boolean named = events.stream().anyMatch(e -> {
                String wanted = e.startsWith("s3:") ? e.substring(3) : e;
                return wanted.equals(event)
                        || wanted.endsWith(":*") && event.startsWith(wanted.substring(0, wanted.length() - 1));
            });
            return named && key.startsWith(filter("prefix")) && key.endsWith(filter("suffix"));
        }
    }

    static List<Rule> rules(NotificationConfiguration configuration) {
        List<Rule> rules = new ArrayList<>();
        for (TopicConfiguration topic : configuration.topicConfigurations()) {
            rules.add(Rule.of(topic.id(), topic.topicArn(), topic.events(), topic.filter(), Rule.Kind.TOPIC));
        }
        for (QueueConfiguration queue : configuration.queueConfigurations()) {
            rules.add(Rule.of(queue.id(), queue.queueArn(), queue.events(), queue.filter(), Rule.Kind.QUEUE));
        }
        for (LambdaFunctionConfiguration function : configuration.lambdaFunctionConfigurations()) {
            rules.add(Rule.of(
                    function.id(),
                    function.lambdaFunctionArn(),
                    function.events(),
                    function.filter(),
                    Rule.Kind.FUNCTION));
        }
        return rules;
    }

    /**
     * Something that happened to an object.
     *
     * @param name such as {@code ObjectCreated:Put}
     * @param object the version it happened to
     * @param versionId the version's id, where the bucket has versions
     * @param sized whether the message says size and ETag, which those of deletions do not
     */
    record Event(String name, StoredObject object, @Nullable String versionId, boolean sized) {}

    /** Who did it, when and under which request. */
    record Cause(String principalId, String requestId, Instant at, int hops) {
        static Cause of(CallContext call) {
            return new Cause("AWS:" + call.caller().userId(), call.requestId(), call.receivedAt(), call.hops());
        }
    }

    void publish(BucketState bucket, Event event, CallContext call) {
        if (bucket.notifications().isPresent()) {
            publish(bucket, event, Cause.of(call));
        }
    }

    void publish(BucketState bucket, Event event, Cause cause) {
        Optional<NotificationConfiguration> configuration = bucket.notifications();
        if (configuration.isEmpty()) {
            return;
        }
        for (Rule rule : rules(configuration.get())) {
            if (rule.wants(event.name(), event.object().key())) {
                send(bucket, rule, message(bucket, rule, event, cause), cause).whenComplete((result, failure) -> {
                    if (!(result instanceof DeliveryResult.Delivered)) {
                        LOG.warn(
                                "s3.notificationNotDelivered bucket={} target={} result={}",
                                bucket.name,
                                rule.destination(),
                                failure == null ? result : failure);
                    }
                });
            }
        }
    }

    private CompletionStage<DeliveryResult> send(BucketState bucket, Rule rule, String message, Cause cause) {
        return ports.deliveries().deliver(delivery(bucket, rule, message, cause));
    }

    private static Delivery delivery(BucketState bucket, Rule rule, String message, Cause cause) {
        Arn target = Arn.parse(rule.destination()).orElseThrow();
        Arn source = Arn.parse(bucket.arn()).orElseThrow();
        Map<String, Delivery.Attribute> attributes = rule.kind() == Rule.Kind.TOPIC
                ? Map.of("Subject", new Delivery.Attribute("String", Blob.ofUtf8("Amazon S3 Notification")))
                : Map.of();
        return new Delivery(
                target,
                source,
                Caller.service(bucket.owner, "s3.amazonaws.com"),
                Blob.ofUtf8(message),
                attributes,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                cause.at(),
                cause.hops() + 1);
    }

    // ---- trying a destination when it is configured -----------------------------------------------------------------

    /** Whether a destination takes messages: queues and topics are sent one, functions are not invoked. */
    CompletionStage<DeliveryResult> test(BucketState bucket, Rule rule, CallContext call) {
        return rule.kind() == Rule.Kind.FUNCTION
                ? testFunction(bucket, rule, call)
                : send(bucket, rule, testMessage(bucket, call), Cause.of(call));
    }

    private static String testMessage(BucketState bucket, CallContext call) {
        ObjectNode test = JsonNodeFactory.instance.objectNode();
        test.put("Service", "Amazon S3");
        test.put("Event", "s3:TestEvent");
        test.put("Time", TIME.format(call.receivedAt()));
        test.put("Bucket", bucket.name);
        test.put("RequestId", call.requestId());
        test.put("HostId", hostId(call.requestId()));
        return text(test);
    }

    private CompletionStage<DeliveryResult> testFunction(BucketState bucket, Rule rule, CallContext call) {
        Delivery invocation = delivery(bucket, rule, "", Cause.of(call));
        Optional<DeliveryResult.Refused> refusal = ports.deliveries().refusal(invocation);
        Optional<OperationCaller> operations = ports.find(OperationCaller.class);
        if (refusal.isPresent() || operations.isEmpty()) {
            return CompletableFuture.completedStage(
                    refusal.isPresent() ? refusal.get() : new DeliveryResult.Delivered(""));
        }
        Arn function = invocation.target();
        ObjectNode dryRun = JsonNodeFactory.instance
                .objectNode()
                .put("FunctionName", rule.destination())
                .put("InvocationType", "DryRun");
        // Whether S3 may invoke it was told above; its owner asks whether it is there.
        Caller owner = Caller.root(new AccountId(function.account()), "");
        return operations
                .get()
                .call("lambda", "Invoke", dryRun, owner, new Region(function.region()), invocation.hops())
                .thenApply(result -> result instanceof OperationCaller.Answered
                        ? new DeliveryResult.Delivered("")
                        : new DeliveryResult.NoSuchTarget());
    }

    // ---- messages ---------------------------------------------------------------------------------------------------

    private String message(BucketState bucket, Rule rule, Event event, Cause cause) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("eventVersion", version(event.name()));
        record.put("eventSource", "aws:s3");
        record.put("awsRegion", bucket.region.id());
        record.put("eventTime", TIME.format(cause.at()));
        record.put("eventName", event.name());
        record.putObject("userIdentity").put("principalId", cause.principalId());
        record.putObject("requestParameters").put("sourceIPAddress", "127.0.0.1");
        record.putObject("responseElements")
                .put("x-amz-request-id", cause.requestId())
                .put("x-amz-id-2", hostId(cause.requestId()));
        ObjectNode s3 = record.putObject("s3");
        s3.put("s3SchemaVersion", "1.0");
        s3.put("configurationId", rule.id());
        ObjectNode inBucket = s3.putObject("bucket");
        inBucket.put("name", bucket.name);
        inBucket.putObject("ownerIdentity").put("principalId", Buckets.canonicalId(bucket.owner.id()));
        inBucket.put("arn", bucket.arn());
        ObjectNode object = s3.putObject("object");
        object.put(
                "key",
                URLEncoder.encode(event.object().key(), StandardCharsets.UTF_8).replace("%2F", "/"));
        if (event.sized()) {
            object.put("size", event.object().size());
            object.put("eTag", event.object().eTag().replace("\"", ""));
        } else if (event.object().deleteMarker()) {
            object.put("eTag", "d41d8cd98f00b204e9800998ecf8427e");
        }
        if (event.versionId() != null) {
            object.put("versionId", event.versionId());
        }
        object.put("sequencer", sequencer(cause.at()));
        Instant restored = event.object().restoredUntil();
        if (event.name().equals("ObjectRestore:Completed") && restored != null) {
            record.putObject("glacierEventData")
                    .putObject("restoreEventData")
                    .put("lifecycleRestorationExpiryTime", TIME.format(restored))
                    .put(
                            "lifecycleRestoreStorageClass",
                            event.object().headers().storageClass());
        }
        if (event.name().equals("LifecycleTransition")) {
            record.putObject("lifecycleEventData")
                    .putObject("transitionEventData")
                    .put("destinationStorageClass", event.object().headers().storageClass());
        }
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.putArray("Records").add(record);
        return text(message);
    }

    /** Lifecycle, ACL, tagging and the end of a restored copy came with a version of their own. */
    private static String version(String event) {
        return event.startsWith("Lifecycle")
                        || event.startsWith("ObjectTagging")
                        || event.startsWith("ObjectAcl")
                        || event.equals("ObjectRestore:Delete")
                ? "2.3"
                : "2.1";
    }

    /** Hexadecimal digits that grow with every event. */
    private String sequencer(Instant at) {
        long floor = at.toEpochMilli() << 20;
        long next = sequence.updateAndGet(last -> Math.max(last + 1, floor));
        return String.format(Locale.ROOT, "%018X", next);
    }

    private static String hostId(String requestId) {
        return Base64.getEncoder().encodeToString(("host of " + requestId).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ObjectNode message) {
        return message.toString();
    }
}
