package io.pileus.firehose.delivery;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The prefix of S3 objects, with expressions such as {@code !{timestamp:yyyy/MM/dd}}.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html">Custom prefixes for S3 objects</a>
 */
public final class PrefixExpression {
    private static final int RANDOM_LENGTH = 11;
    private static final DateTimeFormatter HOUR_FOLDERS = DateTimeFormatter.ofPattern("yyyy/MM/dd/HH/", Locale.ROOT);

    private final List<Part> parts;

    private sealed interface Part {}

    private record Text(String text) implements Part {}

    private record Timestamp(DateTimeFormatter format) implements Part {}

    private record RandomString() implements Part {}

    private record ErrorOutputType() implements Part {}

    private record QueryKey(String name) implements Part {}

    private record LambdaKey(String name) implements Part {}

    /**
     * What expressions are about.
     *
     * @param timestamp when the oldest record of the object arrived
     * @param errorOutputType such as {@code processing-failed}; empty for data
     * @param randomString gives as many alphanumeric characters as asked for
     */
    record Context(
            Instant timestamp,
            ZoneId zone,
            String errorOutputType,
            Supplier<String> randomString,
            Map<String, String> queryKeys,
            Map<String, String> lambdaKeys) {}

    private PrefixExpression(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** How long a random string is. */
    public static int randomLength() {
        return RANDOM_LENGTH;
    }

    /** @throws IllegalArgumentException with AWS's reason if an expression is not known or not closed */
    public static PrefixExpression parse(String text) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int start = text.indexOf("!{", at);
            if (start < 0) {
                parts.add(new Text(text.substring(at)));
                break;
            }
            if (start > at) {
                parts.add(new Text(text.substring(at, start)));
            }
            int end = text.indexOf('}', start);
            int colon = text.indexOf(':', start);
            if (end < 0 || colon < 0 || colon > end) {
                throw new IllegalArgumentException("expressions have the form !{namespace:value}");
            }
            parts.add(expression(text.substring(start + 2, colon), text.substring(colon + 1, end)));
            at = end + 1;
        }
        return new PrefixExpression(parts);
    }

    private static Part expression(String namespace, String value) {
        return switch (namespace) {
            case "timestamp" -> new Timestamp(DateTimeFormatter.ofPattern(value, Locale.ROOT));
            case "partitionKeyFromQuery" -> new QueryKey(value);
            case "partitionKeyFromLambda" -> new LambdaKey(value);
            case "firehose" ->
                switch (value) {
                    case "random-string" -> new RandomString();
                    case "error-output-type" -> new ErrorOutputType();
                    default -> throw new IllegalArgumentException("unknown value of namespace firehose: " + value);
                };
            default -> throw new IllegalArgumentException("unknown namespace: " + namespace);
        };
    }

    /** Whether there is any expression in it; if not, folders of the hour are appended. */
    public boolean hasExpressions() {
        return parts.stream().anyMatch(part -> !(part instanceof Text));
    }

    public boolean namesErrorOutputType() {
        return parts.stream().anyMatch(ErrorOutputType.class::isInstance);
    }

    public boolean namesPartitionKeys() {
        return namesQueryKeys() || namesLambdaKeys();
    }

    public boolean namesQueryKeys() {
        return parts.stream().anyMatch(QueryKey.class::isInstance);
    }

    public boolean namesLambdaKeys() {
        return parts.stream().anyMatch(LambdaKey.class::isInstance);
    }

    /** @throws IllegalArgumentException if a partition key is missing */
    String evaluate(Context context) {
        StringBuilder prefix = new StringBuilder();
        for (Part part : parts) {
            prefix.append(
                    switch (part) {
                        case Text text -> text.text();
                        case Timestamp timestamp -> format(timestamp.format(), context);
                        case RandomString random -> context.randomString().get();
                        case ErrorOutputType type -> context.errorOutputType();
                        case QueryKey key -> key(context.queryKeys(), key.name());
                        case LambdaKey key -> key(context.lambdaKeys(), key.name());
                    });
        }
        if (!hasExpressions()) {
            if (!context.errorOutputType().isEmpty()) {
                prefix.append(context.errorOutputType()).append('/');
            }
            prefix.append(format(HOUR_FOLDERS, context));
        }
        return prefix.toString();
    }

    private static String format(DateTimeFormatter format, Context context) {
        try {
            return format.format(context.timestamp().atZone(context.zone()));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("the timestamp expression cannot be evaluated", e);
        }
    }

    private static String key(Map<String, String> keys, String name) {
        String value = keys.get(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("partitionKeys values must not be null or empty");
        }
        return value;
    }
}
