package io.pileus.s3;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.port.DeliveryResult;
import io.pileus.core.service.CallContext;
import io.pileus.s3.EventNotifications.Rule;
import io.pileus.s3.model.Event;
import io.pileus.s3.model.FilterRule;
import io.pileus.s3.model.GetBucketNotificationConfigurationRequest;
import io.pileus.s3.model.LambdaFunctionConfiguration;
import io.pileus.s3.model.NotificationConfiguration;
import io.pileus.s3.model.NotificationConfigurationFilter;
import io.pileus.s3.model.PutBucketNotificationConfigurationRequest;
import io.pileus.s3.model.PutBucketNotificationConfigurationResponse;
import io.pileus.s3.model.QueueConfiguration;
import io.pileus.s3.model.S3KeyFilter;
import io.pileus.s3.model.TopicConfiguration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A bucket's notification configuration; {@link EventNotifications} sends.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html">Filtering</a>
 */
final class NotificationOperations {
    private static final int RULES_MAX = 100;

    private final Buckets buckets;
    private final EventNotifications notifications;
    private final RuleIds ids;

    NotificationOperations(Buckets buckets, EventNotifications notifications, RuleIds ids) {
        this.buckets = buckets;
        this.notifications = notifications;
        this.ids = ids;
    }

    PutBucketNotificationConfigurationResponse putBucketNotificationConfiguration(
            PutBucketNotificationConfigurationRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        NotificationConfiguration configuration = withIds(in.notificationConfiguration());
        List<Rule> rules = EventNotifications.rules(configuration);
        if (rules.size() > RULES_MAX) {
            throw S3Errors.invalidArgument(
                    "The number of notification configurations exceeds the maximum allowed of 100");
        }
        Set<String> seen = new HashSet<>();
        for (Rule rule : rules) {
            check(bucket, rule);
            if (!seen.add(rule.id())) {
                throw S3Errors.invalidArgument(
                        "Same ID used for multiple configurations. IDs must be unique", "ID", rule.id());
            }
        }
        checkOverlaps(rules);
        if (configuration.eventBridgeConfiguration() != null) {
            call.notEmulated("Notifications to EventBridge");
        }
        testDestinations(bucket, rules, !Boolean.TRUE.equals(in.skipDestinationValidation()), call);
        boolean empty = rules.isEmpty() && configuration.eventBridgeConfiguration() == null;
        if (empty) {
            bucket.deconfigure(NotificationConfiguration.class);
        } else {
            bucket.configure(NotificationConfiguration.class, configuration);
        }
        return PutBucketNotificationConfigurationResponse.builder().build();
    }

    private NotificationConfiguration withIds(NotificationConfiguration asked) {
        List<TopicConfiguration> topics = asked.topicConfigurations().stream()
                .map(t -> t.toBuilder()
                        .id(ids.of(t.id()))
                        .filter(spelled(t.filter()))
                        .build())
                .toList();
        List<QueueConfiguration> queues = asked.queueConfigurations().stream()
                .map(q -> q.toBuilder()
                        .id(ids.of(q.id()))
                        .filter(spelled(q.filter()))
                        .build())
                .toList();
        List<LambdaFunctionConfiguration> functions = asked.lambdaFunctionConfigurations().stream()
                .map(f -> f.toBuilder()
                        .id(ids.of(f.id()))
                        .filter(spelled(f.filter()))
                        .build())
                .toList();
        return NotificationConfiguration.builder()
                .topicConfigurations(topics.isEmpty() ? null : topics)
                .queueConfigurations(queues.isEmpty() ? null : queues)
                .lambdaFunctionConfigurations(functions.isEmpty() ? null : functions)
                .eventBridgeConfiguration(asked.eventBridgeConfiguration())
                .build();
    }

    /** S3 shows the names of filter rules with a capital, however they were put. */
    private static @Nullable NotificationConfigurationFilter spelled(@Nullable NotificationConfigurationFilter filter) {
        if (filter == null || filter.key() == null) {
            return filter;
        }
        List<FilterRule> rules = filter.key().filterRules().stream()
                .map(r -> r.name() == null || r.name().isEmpty()
                        ? r
                        : r.toBuilder()
                                .name(r.name().substring(0, 1).toUpperCase(Locale.ROOT)
                                        + r.name().substring(1).toLowerCase(Locale.ROOT))
                                .build())
                .toList();
        return NotificationConfigurationFilter.builder()
                .key(S3KeyFilter.builder().filterRules(rules).build())
                .build();
    }

    private static void check(BucketState bucket, Rule rule) {
        if (rule.events().isEmpty()) {
            throw S3Errors.malformedXml();
        }
        for (String event : rule.events()) {
            if (Event.of(event) == null) {
                throw S3Errors.invalidArgument("The event is not supported for notifications", "Event", event);
            }
        }
        Set<String> names = new HashSet<>();
        for (FilterRule filter : rule.filters()) {
            String name = String.valueOf(filter.name());
            boolean known = name.equalsIgnoreCase("prefix") || name.equalsIgnoreCase("suffix");
            if (!known) {
                throw S3Errors.invalidArgument(
                        "filter rule name must be either prefix or suffix", "FilterRule.Name", name);
            }
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                throw S3Errors.invalidArgument(
                        "Cannot specify more than one " + name.toLowerCase(Locale.ROOT) + " rule in a filter.",
                        "FilterRule.Name",
                        name);
            }
            if (filter.value() != null && filter.value().length() > 1024) {
                throw S3Errors.invalidArgument(
                        "Size of filter rule value cannot exceed 1024 bytes in UTF-8 representation",
                        "FilterRule.Value",
                        filter.value());
            }
        }
        Arn arn = Arn.parse(rule.destination()).orElse(null);
        String service = switch (rule.kind()) {
            case QUEUE -> "sqs";
            case TOPIC -> "sns";
            case FUNCTION -> "lambda";
        };
        if (arn == null || !arn.service().equals(service) || !AccountId.isValid(arn.account())) {
            throw S3Errors.invalidArgument("The ARN could not be parsed", argument(rule), rule.destination());
        }
        if (!arn.region().equals(bucket.region.id())) {
            throw S3Errors.invalidArgument(
                    "The notification destination service region is not valid for the bucket location constraint",
                    argument(rule),
                    rule.destination());
        }
        if (arn.resource().endsWith(".fifo")) {
            throw S3Errors.invalidArgument(
                    "FIFO SQS queues and SNS topics are not supported for notifications",
                    argument(rule),
                    rule.destination());
        }
    }

    private static String argument(Rule rule) {
        return switch (rule.kind()) {
            case QUEUE -> "QueueArn";
            case TOPIC -> "TopicArn";
            case FUNCTION -> "CloudFunction";
        };
    }

    /** An event may have one destination only: rules for the same event must not share a key. */
    private static void checkOverlaps(List<Rule> rules) {
        for (int i = 0; i < rules.size(); i++) {
            for (Rule other : rules.subList(i + 1, rules.size())) {
                Rule rule = rules.get(i);
                String a = rule.filter("prefix");
                String b = other.filter("prefix");
                String c = rule.filter("suffix");
                String d = other.filter("suffix");
                boolean shares = (a.startsWith(b) || b.startsWith(a)) && (c.endsWith(d) || d.endsWith(c));
                if (shares && shareEvent(rule, other)) {
                    throw S3Errors.invalidArgument(
                            c.isEmpty() && d.isEmpty()
                                    ? "Configurations overlap. Configurations on the same bucket cannot share a common event type."
                                    : "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.",
                            argument(other),
                            other.destination());
                }
            }
        }
    }

    private static boolean shareEvent(Rule rule, Rule other) {
        return rule.events().stream()
                .anyMatch(a -> other.events().stream().anyMatch(b -> covers(a, b) || covers(b, a)));
    }

    private static boolean covers(String wide, String narrow) {
        return wide.equals(narrow) || wide.endsWith("*") && narrow.startsWith(wide.substring(0, wide.length() - 1));
    }

    /**
     * Tries every destination; those that do not take it make the configuration invalid, unless that is not to be looked at.
     * S3 numbers them; the words about a function are those of an answer that the CLI logged.
     */
    private void testDestinations(BucketState bucket, List<Rule> rules, boolean validates, CallContext call) {
        S3Error invalid = S3Errors.invalidArgument("Unable to validate the following destination configurations");
        int problems = 0;
        for (Rule rule : rules) {
            CompletableFuture<DeliveryResult> test =
                    notifications.test(bucket, rule, call).toCompletableFuture();
            String problem = test.isDone() && !test.isCompletedExceptionally() ? problem(rule, test.join()) : null;
            if (problem != null) {
                problems++;
                invalid.with(
                                "ArgumentName" + problems,
                                rule.kind() == Rule.Kind.FUNCTION ? rule.destination() + ", null" : rule.destination())
                        .with("ArgumentValue" + problems, problem);
            }
        }
        if (validates && problems > 0) {
            throw invalid;
        }
    }

    private static @Nullable String problem(Rule rule, DeliveryResult result) {
        if (result instanceof DeliveryResult.Delivered) {
            return null;
        }
        if (rule.kind() == Rule.Kind.FUNCTION) {
            return "Not authorized to invoke function [" + rule.destination() + "]";
        }
        String noun = rule.kind() == Rule.Kind.QUEUE ? "queue" : "topic";
        return result instanceof DeliveryResult.NoSuchTarget
                ? "The destination " + noun + " does not exist"
                : "Permissions on the destination " + noun
                        + " do not allow S3 to publish notifications from this bucket";
    }

    NotificationConfiguration getBucketNotificationConfiguration(
            GetBucketNotificationConfigurationRequest in, CallContext call) {
        return buckets.of(in.bucket(), in.expectedBucketOwner(), call)
                .notifications()
                .orElseGet(() -> NotificationConfiguration.builder().build());
    }
}
