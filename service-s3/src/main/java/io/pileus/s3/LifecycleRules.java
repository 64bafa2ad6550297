package io.pileus.s3;

import io.pileus.s3.model.LifecycleRule;
import io.pileus.s3.model.LifecycleRuleAndOperator;
import io.pileus.s3.model.LifecycleRuleFilter;
import io.pileus.s3.model.NoncurrentVersionTransition;
import io.pileus.s3.model.Tag;
import io.pileus.s3.model.Transition;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a lifecycle rule does what. Days count from an instant and end at the midnight (UTC) after it.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html">Lifecycle rules</a>
 */
final class LifecycleRules {
    /** From the dearest to the cheapest; objects only ever move down. */
    private static final List<String> CLASSES = List.of(
            "STANDARD",
            "REDUCED_REDUNDANCY",
            "STANDARD_IA",
            "INTELLIGENT_TIERING",
            "ONEZONE_IA",
            "GLACIER_IR",
            "GLACIER",
            "DEEP_ARCHIVE");

    /** Smaller objects stay where they are unless the rule speaks of sizes itself. */
    private static final long TRANSITION_BYTES_MIN = 128 << 10;

    private LifecycleRules() {}

    static boolean enabled(LifecycleRule rule) {
        return "Enabled".equals(rule.status());
    }

    /** The midnight at or after so many days later. */
    static Instant after(Instant from, int days) {
        Instant due = from.plus(Duration.ofDays(days));
        Instant midnight = due.truncatedTo(ChronoUnit.DAYS);
        return midnight.equals(due) ? due : midnight.plus(Duration.ofDays(1));
    }

    static Instant nextMidnight(Instant now) {
        return now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
    }

    // ---- which objects ------------------------------------------------------------------------------------------

    static boolean matches(LifecycleRule rule, StoredObject object) {
        return object.key().startsWith(prefix(rule))
                && tags(rule).stream()
                        .allMatch(t ->
                                String.valueOf(t.value()).equals(object.tags().get(String.valueOf(t.key()))))
                && (minSize(rule) == null || object.size() > minSize(rule))
                && (maxSize(rule) == null || object.size() < maxSize(rule));
    }

    static String prefix(LifecycleRule rule) {
        LifecycleRuleFilter filter = rule.filter();
        String prefix = rule.prefix();
        if (filter != null) {
            LifecycleRuleAndOperator and = filter.and();
            prefix = and == null ? filter.prefix() : and.prefix();
        }
        return prefix == null ? "" : prefix;
    }

    static List<Tag> tags(LifecycleRule rule) {
        LifecycleRuleFilter filter = rule.filter();
        if (filter == null) {
            return List.of();
        }
        if (filter.and() != null) {
            return filter.and().tags();
        }
        return filter.tag() == null ? List.of() : List.of(filter.tag());
    }

    static @Nullable Long minSize(LifecycleRule rule) {
        LifecycleRuleFilter filter = rule.filter();
        if (filter == null) {
            return null;
        }
        return filter.and() == null
                ? filter.objectSizeGreaterThan()
                : filter.and().objectSizeGreaterThan();
    }

    static @Nullable Long maxSize(LifecycleRule rule) {
        LifecycleRuleFilter filter = rule.filter();
        if (filter == null) {
            return null;
        }
        return filter.and() == null ? filter.objectSizeLessThan() : filter.and().objectSizeLessThan();
    }

    // ---- when ---------------------------------------------------------------------------------------------------

    /** When the current version expires by the rule. */
    static Optional<Instant> expiry(LifecycleRule rule, StoredObject object) {
        var expiration = rule.expiration();
        if (expiration == null || !matches(rule, object)) {
            return Optional.empty();
        }
        if (expiration.days() != null) {
            return Optional.of(after(object.lastModified(), expiration.days()));
        }
        return Optional.ofNullable(expiration.date());
    }

    /** When an upload that is not completed is given up by the rule. */
    static Optional<Instant> abortion(LifecycleRule rule, StoredObject draft) {
        var abort = rule.abortIncompleteMultipartUpload();
        return abort == null
                        || abort.daysAfterInitiation() == null
                        || !draft.key().startsWith(prefix(rule))
                ? Optional.empty()
                : Optional.of(after(draft.lastModified(), abort.daysAfterInitiation()));
    }

    /**
     * The class that the current version should have by now, if the rule moves it.
     *
     * @param minimum {@code all_storage_classes_128K} or {@code varies_by_storage_class}
     */
    static Optional<String> transition(LifecycleRule rule, StoredObject object, String minimum, Instant now) {
        if (!matches(rule, object)) {
            return Optional.empty();
        }
        List<String> due = new ArrayList<>();
        for (Transition transition : rule.transitions()) {
            Instant at =
                    transition.days() != null ? after(object.lastModified(), transition.days()) : transition.date();
            if (at != null && !now.isBefore(at) && transition.storageClass() != null) {
                due.add(transition.storageClass());
            }
        }
        return lowest(rule, object, due, minimum);
    }

    /**
     * The class that a noncurrent version should have by now, if the rule moves it.
     *
     * @param newer how many noncurrent versions are newer
     */
    static Optional<String> transitionNoncurrent(
            LifecycleRule rule, StoredObject object, int newer, String minimum, Instant now) {
        Instant since = object.noncurrentSince();
        if (since == null || object.deleteMarker() || !matches(rule, object)) {
            return Optional.empty();
        }
        List<String> due = new ArrayList<>();
        for (NoncurrentVersionTransition transition : rule.noncurrentVersionTransitions()) {
            int kept = transition.newerNoncurrentVersions() == null ? 0 : transition.newerNoncurrentVersions();
            int days = transition.noncurrentDays() == null ? 0 : transition.noncurrentDays();
            if (newer >= kept && !now.isBefore(after(since, days)) && transition.storageClass() != null) {
                due.add(transition.storageClass());
            }
        }
        return lowest(rule, object, due, minimum);
    }

    /** The cheapest of the classes that are due, if the object is not there or lower yet. */
    private static Optional<String> lowest(LifecycleRule rule, StoredObject object, List<String> due, String minimum) {
        return due.stream()
                .filter(to -> bigEnough(rule, object, to, minimum))
                .filter(to -> isColder(to, object.headers().storageClass()))
                .max(Comparator.comparingInt(CLASSES::indexOf));
    }

    static boolean isColder(String storageClass, String than) {
        return CLASSES.indexOf(storageClass) > CLASSES.indexOf(than);
    }

    private static boolean bigEnough(LifecycleRule rule, StoredObject object, String to, String minimum) {
        boolean archive = to.equals("GLACIER") || to.equals("DEEP_ARCHIVE");
        return minSize(rule) != null
                || maxSize(rule) != null
                || object.size() >= TRANSITION_BYTES_MIN
                || archive && minimum.equals("varies_by_storage_class");
    }

    /**
     * Whether a noncurrent version is to be deleted by now.
     *
     * @param newer how many noncurrent versions are newer
     */
    static boolean expiresNoncurrent(LifecycleRule rule, StoredObject object, int newer, Instant now) {
        var expiration = rule.noncurrentVersionExpiration();
        Instant since = object.noncurrentSince();
        if (expiration == null || expiration.noncurrentDays() == null || since == null || !matches(rule, object)) {
            return false;
        }
        int kept = expiration.newerNoncurrentVersions() == null ? 0 : expiration.newerNoncurrentVersions();
        return newer >= kept && !now.isBefore(after(since, expiration.noncurrentDays()));
    }
}
