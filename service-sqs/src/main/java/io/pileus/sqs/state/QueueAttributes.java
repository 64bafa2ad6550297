package io.pileus.sqs.state;

import io.pileus.sqs.SqsErrors;
import io.pileus.sqs.SqsLimits;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a queue that its owner sets: checked, with AWS's defaults for what was not set. Values are kept as they
 * were given, so that they are returned as they were given.
 */
public final class QueueAttributes {
    public static final String POLICY = "Policy";
    public static final String REDRIVE_POLICY = "RedrivePolicy";
    private static final String REDRIVE_ALLOW_POLICY = "RedriveAllowPolicy";
    private static final String FIFO_QUEUE = "FifoQueue";
    private static final String CONTENT_BASED_DEDUPLICATION = "ContentBasedDeduplication";
    private static final String DEDUPLICATION_SCOPE = "DeduplicationScope";
    private static final String FIFO_THROUGHPUT_LIMIT = "FifoThroughputLimit";
    private static final String KMS_MASTER_KEY_ID = "KmsMasterKeyId";
    private static final String KMS_DATA_KEY_REUSE_PERIOD_SECONDS = "KmsDataKeyReusePeriodSeconds";
    private static final String SQS_MANAGED_SSE_ENABLED = "SqsManagedSseEnabled";

    /** The attributes that are whole numbers, with their ranges. */
    private enum Numeric {
        VisibilityTimeout(0, SqsLimits.VISIBILITY_TIMEOUT_SECONDS, 30),
        MaximumMessageSize(SqsLimits.MESSAGE_BYTES_LIMIT_MIN, SqsLimits.MESSAGE_BYTES, SqsLimits.MESSAGE_BYTES),
        MessageRetentionPeriod(60, 1_209_600, 345_600),
        DelaySeconds(0, SqsLimits.DELAY_SECONDS, 0),
        ReceiveMessageWaitTimeSeconds(0, SqsLimits.WAIT_TIME_SECONDS, 0),
        KmsDataKeyReusePeriodSeconds(60, 86_400, 300);

        private final int min;
        private final int max;
        private final int standard;

        Numeric(int min, int max, int standard) {
            this.min = min;
            this.max = max;
            this.standard = standard;
        }

        static @Nullable Numeric named(String name) {
            for (Numeric numeric : values()) {
                if (numeric.name().equals(name)) {
                    return numeric;
                }
            }
            return null;
        }

        boolean accepts(String value) {
            try {
                int number = Integer.parseInt(value);
                return min <= number && number <= max;
            } catch (NumberFormatException e) {
                return false;
            }
        }
    }

    private final boolean fifo;
    private final Map<String, String> set;
    private final int visibilityTimeoutSeconds;
    private final int maximumMessageSizeBytes;
    private final int messageRetentionPeriodSeconds;
    private final int delaySeconds;
    private final int receiveMessageWaitTimeSeconds;
    private final Optional<RedrivePolicy> redrivePolicy;
    private final RedriveAllowPolicy redriveAllowPolicy;

    private QueueAttributes(boolean fifo, Map<String, String> set) {
        this.fifo = fifo;
        this.set = Map.copyOf(set);
        this.visibilityTimeoutSeconds = number(Numeric.VisibilityTimeout);
        this.maximumMessageSizeBytes = number(Numeric.MaximumMessageSize);
        this.messageRetentionPeriodSeconds = number(Numeric.MessageRetentionPeriod);
        this.delaySeconds = number(Numeric.DelaySeconds);
        this.receiveMessageWaitTimeSeconds = number(Numeric.ReceiveMessageWaitTimeSeconds);
        this.redrivePolicy = Optional.ofNullable(set.get(REDRIVE_POLICY)).map(RedrivePolicy::parse);
        this.redriveAllowPolicy = Optional.ofNullable(set.get(REDRIVE_ALLOW_POLICY))
                .map(RedriveAllowPolicy::parse)
                .orElseGet(RedriveAllowPolicy.AllowAll::new);
    }

    /** All defaults. */
    public static QueueAttributes standard() {
        return new QueueAttributes(false, Map.of());
    }

    /** All defaults of a FIFO queue. */
    public static QueueAttributes fifo() {
        return new QueueAttributes(true, Map.of());
    }

    /** Attributes that were checked once, as {@link #set} told them. */
    static QueueAttributes restore(boolean fifo, Map<String, String> set) {
        return new QueueAttributes(fifo, set);
    }

    /** What the owner set, and what followed from that. */
    Map<String, String> set() {
        return set;
    }

    /**
     * These attributes, some of them set anew. An empty value takes a policy or a key away.
     *
     * @throws io.pileus.core.service.AwsException InvalidAttributeName, InvalidAttributeValue or InvalidParameterValue
     */
    public QueueAttributes with(Map<String, String> changes) {
        Map<String, String> changed = new LinkedHashMap<>(set);
        changes.forEach((name, value) -> {
            check(name, value);
            if (value.isEmpty()) {
                changed.remove(name);
            } else {
                changed.put(name, value);
            }
        });
        chooseEncryption(changes, changed);
        if ("perMessageGroupId".equals(changed.get(FIFO_THROUGHPUT_LIMIT))
                && !"messageGroup".equals(changed.get(DEDUPLICATION_SCOPE))) {
            throw SqsErrors.invalidAttributeValue(
                    FIFO_THROUGHPUT_LIMIT,
                    "The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.");
        }
        return new QueueAttributes(fifo, changed);
    }

    private void check(String name, String value) {
        Numeric numeric = Numeric.named(name);
        boolean valid = switch (name) {
            case POLICY -> {
                if (!value.isEmpty()) {
                    QueuePolicy.check(value);
                }
                yield true;
            }
            case REDRIVE_POLICY, REDRIVE_ALLOW_POLICY, KMS_MASTER_KEY_ID -> true; // parsed when they are all there
            case SQS_MANAGED_SSE_ENABLED -> isBoolean(value);
            case FIFO_QUEUE -> isFifoQueue(value);
            case CONTENT_BASED_DEDUPLICATION -> onlyFifo(name) && isBoolean(value);
            case DEDUPLICATION_SCOPE -> onlyFifo(name) && (value.equals("queue") || value.equals("messageGroup"));
            case FIFO_THROUGHPUT_LIMIT ->
                onlyFifo(name) && (value.equals("perQueue") || value.equals("perMessageGroupId"));
            default -> {
                if (numeric == null) {
                    throw SqsErrors.unknownAttribute(name);
                }
                yield numeric.accepts(value);
            }
        };
        if (!valid) {
            throw SqsErrors.invalidAttributeValue(name);
        }
    }

    private boolean onlyFifo(String name) {
        if (!fifo) {
            throw SqsErrors.unknownAttribute(name);
        }
        return true;
    }

    /** A FIFO queue is one from its creation on; the attribute is unknown to standard queues. */
    private boolean isFifoQueue(String value) {
        onlyFifo(FIFO_QUEUE);
        if (value.equals("false")) {
            throw SqsErrors.invalidAttributeValue(FIFO_QUEUE, "Modifying queue type is not supported.");
        }
        return value.equals("true");
    }

    private static boolean isBoolean(String value) {
        return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
    }

    /** SSE-KMS and SSE-SQS exclude each other; what was asked for last wins over what was there. */
    private static void chooseEncryption(Map<String, String> changes, Map<String, String> changed) {
        boolean asksForKms = !changes.getOrDefault(KMS_MASTER_KEY_ID, "").isEmpty();
        boolean asksForSqs = changes.getOrDefault(SQS_MANAGED_SSE_ENABLED, "").equalsIgnoreCase("true");
        if (asksForKms && asksForSqs) {
            throw SqsErrors.twoKindsOfEncryption();
        }
        if (asksForKms) {
            changed.put(SQS_MANAGED_SSE_ENABLED, "false");
        } else if (asksForSqs) {
            changed.remove(KMS_MASTER_KEY_ID);
            changed.remove(KMS_DATA_KEY_REUSE_PERIOD_SECONDS);
        }
    }

    /** The name of an attribute that was asked for with another value than the queue has; empty when there is none. */
    public Optional<String> differenceFrom(Map<String, String> asked) {
        Map<String, String> mine = render();
        for (Map.Entry<String, String> attribute : asked.entrySet()) {
            String own = mine.getOrDefault(attribute.getKey(), "");
            if (!own.equalsIgnoreCase(attribute.getValue()) && !JsonText.sameObject(own, attribute.getValue())) {
                return Optional.of(attribute.getKey());
            }
        }
        return Optional.empty();
    }

    /** The attributes as GetQueueAttributes shows them. */
    public Map<String, String> render() {
        Map<String, String> rendered = new LinkedHashMap<>();
        for (Numeric numeric : Numeric.values()) {
            if (numeric != Numeric.KmsDataKeyReusePeriodSeconds
                    || kmsMasterKeyId().isPresent()) {
                rendered.put(numeric.name(), Integer.toString(number(numeric)));
            }
        }
        rendered.put(SQS_MANAGED_SSE_ENABLED, set.getOrDefault(SQS_MANAGED_SSE_ENABLED, "true"));
        if (fifo) {
            rendered.put(FIFO_QUEUE, "true");
            rendered.put(CONTENT_BASED_DEDUPLICATION, set.getOrDefault(CONTENT_BASED_DEDUPLICATION, "false"));
            rendered.put(DEDUPLICATION_SCOPE, set.getOrDefault(DEDUPLICATION_SCOPE, "queue"));
            rendered.put(FIFO_THROUGHPUT_LIMIT, set.getOrDefault(FIFO_THROUGHPUT_LIMIT, "perQueue"));
        }
        for (String name : new String[] {POLICY, REDRIVE_POLICY, REDRIVE_ALLOW_POLICY, KMS_MASTER_KEY_ID}) {
            String value = set.get(name);
            if (value != null) {
                rendered.put(name, value);
            }
        }
        return rendered;
    }

    private int number(Numeric numeric) {
        String value = set.get(numeric.name());
        return value == null ? numeric.standard : Integer.parseInt(value);
    }

    public boolean isFifo() {
        return fifo;
    }

    public int visibilityTimeoutSeconds() {
        return visibilityTimeoutSeconds;
    }

    public int maximumMessageSizeBytes() {
        return maximumMessageSizeBytes;
    }

    public int messageRetentionPeriodSeconds() {
        return messageRetentionPeriodSeconds;
    }

    public int delaySeconds() {
        return delaySeconds;
    }

    public int receiveMessageWaitTimeSeconds() {
        return receiveMessageWaitTimeSeconds;
    }

    public Optional<RedrivePolicy> redrivePolicy() {
        return redrivePolicy;
    }

    public RedriveAllowPolicy redriveAllowPolicy() {
        return redriveAllowPolicy;
    }

    /** The access policy as JSON. */
    public Optional<String> policy() {
        return Optional.ofNullable(set.get(POLICY));
    }

    public boolean contentBasedDeduplication() {
        return "true".equalsIgnoreCase(set.get(CONTENT_BASED_DEDUPLICATION));
    }

    /** Whether deduplication ids are compared within a message group only. */
    public boolean deduplicatesByGroup() {
        return "messageGroup".equals(set.get(DEDUPLICATION_SCOPE));
    }

    /** Whether the throughput quota holds for each message group (high throughput) rather than for the queue. */
    public boolean hasHighThroughput() {
        return "perMessageGroupId".equals(set.get(FIFO_THROUGHPUT_LIMIT));
    }

    /** The KMS key of SSE-KMS: an id, an ARN or an alias. */
    public Optional<String> kmsMasterKeyId() {
        return Optional.ofNullable(set.get(KMS_MASTER_KEY_ID));
    }

    public int kmsDataKeyReusePeriodSeconds() {
        return number(Numeric.KmsDataKeyReusePeriodSeconds);
    }
}
