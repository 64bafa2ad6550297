package io.pileus.sqs;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a queue URL names, whatever its host: users reach one and the same emulator under many names, and some of them only
 * from inside a container. All these are one queue:
 *
 * <pre>
 * http://localhost:4566/000000000000/orders                                    (region: the caller's)
 * http://sqs.eu-west-1.localhost.localstack.cloud:4566/000000000000/orders     (as AWS: sqs.eu-west-1.amazonaws.com)
 * http://eu-west-1.queue.localhost.localstack.cloud:4566/000000000000/orders   (as AWS's older eu-west-1.queue.amazonaws.com)
 * http://queue.localhost.localstack.cloud:4566/000000000000/orders             (us-east-1)
 * http://localhost:4566/queue/eu-west-1/000000000000/orders
 * orders                                                                       (account and region: the caller's)
 * </pre>
 *
 * @param account null for the caller's
 * @param region null for the caller's
 */
record QueueUrl(@Nullable AccountId account, @Nullable Region region, String queueName) {

    static Optional<QueueUrl> parse(String text) {
        int afterScheme = text.indexOf("://");
        String rest = afterScheme < 0 ? text : text.substring(afterScheme + 3);
        int slash = rest.indexOf('/');
        if (slash < 0) {
            return afterScheme < 0 ? named(null, null, rest) : Optional.empty();
        }
        String host = rest.substring(0, slash);
        String path = rest.substring(slash + 1);
        if (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        String[] segments = path.split("/", -1);
        return switch (segments.length) {
            case 2 -> named(segments[0], regionOf(host), segments[1]);
            case 4 ->
                segments[0].equals("queue") && looksLikeRegion(segments[1])
                        ? named(segments[2], new Region(segments[1]), segments[3])
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<QueueUrl> named(@Nullable String account, @Nullable Region region, String queueName) {
        if (!QueueName.isValid(queueName) || (account != null && !AccountId.isValid(account))) {
            return Optional.empty();
        }
        return Optional.of(new QueueUrl(account == null ? null : new AccountId(account), region, queueName));
    }

    private static @Nullable Region regionOf(String host) {
        if (host.indexOf('.') < 0) {
            return null;
        }
        String[] labels = host.split("\\.");
        if (labels.length > 2 && (labels[0].equals("sqs") || labels[0].equals("sqs-fips"))) {
            return looksLikeRegion(labels[1]) ? new Region(labels[1]) : null;
        }
        if (labels.length > 2 && labels[1].equals("queue")) {
            return looksLikeRegion(labels[0]) ? new Region(labels[0]) : null;
        }
        return labels.length > 2 && labels[0].equals("queue") ? Region.US_EAST_1 : null;
    }

    /** Whether a host's label is a region: words between hyphens, a digit at the end. */
    private static boolean looksLikeRegion(String label) {
        return label.indexOf('-') > 0
                && label.length() <= 64
                && Character.isDigit(label.charAt(label.length() - 1))
                && label.chars().allMatch(c -> c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    }
}
