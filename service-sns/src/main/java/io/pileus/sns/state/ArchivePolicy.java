package io.pileus.sns.state;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A FIFO topic's archive policy: {@code {"MessageRetentionPeriod": "30"}}, 1 to 365 days; {@code {}} ends archiving.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/message-archiving-and-replay-topic-owner.html">Message archiving</a>
 */
public final class ArchivePolicy {
    private static final Pattern RETENTION =
            Pattern.compile("\\s*\\{\\s*\"MessageRetentionPeriod\"\\s*:\\s*\"?(\\d{1,3})\"?\\s*}\\s*");

    private ArchivePolicy() {}

    /** Whether the text is a policy (an empty object included). */
    public static boolean isValid(String policy) {
        return policy.isBlank()
                || policy.replaceAll("\\s", "").equals("{}")
                || retention(policy).isPresent();
    }

    public static Optional<Duration> retention(String policy) {
        Matcher matcher = RETENTION.matcher(policy);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int days = Integer.parseInt(matcher.group(1));
        return days < 1 || days > 365 ? Optional.empty() : Optional.of(Duration.ofDays(days));
    }
}
