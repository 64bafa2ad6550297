package io.pileus.s3;

import io.pileus.s3.model.LifecycleExpiration;
import io.pileus.s3.model.LifecycleRule;
import io.pileus.s3.model.LifecycleRuleFilter;
import io.pileus.s3.model.NoncurrentVersionTransition;
import io.pileus.s3.model.Tag;
import io.pileus.s3.model.Transition;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What S3 refuses in a lifecycle configuration. The pages name few of the errors; the words are those of answers that users
 * were given, quoted in the issues that are named here.
 */
final class LifecycleChecks {
    private static final int RULES_MAX = 1000;
    private static final int ID_LENGTH_MAX = 255;
    private static final int INFREQUENT_DAYS_MIN = 30;
    private static final long FILTER_BYTES_MAX = 1000L << 40;

    /**
     * For how many days an object stays in a class before it may go on to a colder one by the same rule.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html">Constraints</a>
     */
    private static final Map<String, Integer> STAY_DAYS_MIN =
            Map.of("STANDARD_IA", 30, "ONEZONE_IA", 30, "GLACIER_IR", 90, "GLACIER", 90);

    private LifecycleChecks() {}

    static void check(List<LifecycleRule> rules) {
        if (rules.isEmpty() || rules.size() > RULES_MAX) {
            throw S3Errors.malformedXml();
        }
        Set<String> ids = new HashSet<>();
        for (LifecycleRule rule : rules) {
            check(rule);
            checkForm(rules.getFirst(), rule);
            String id = rule.id();
            if (id != null && id.length() > ID_LENGTH_MAX) {
                throw S3Errors.invalidArgument("ID length should not exceed allowed limit of 255", "ID", id);
            }
            if (id != null && !id.isEmpty() && !ids.add(id)) {
                throw S3Errors.invalidArgument(
                        "Rule ID must be unique. Found same ID for more than one rule", "ID", id);
            }
        }
        checkOverlaps(rules);
    }

    private static void check(LifecycleRule rule) {
        boolean known = "Enabled".equals(rule.status()) || "Disabled".equals(rule.status());
        if (!known || (rule.filter() == null) == (rule.prefix() == null)) {
            throw S3Errors.malformedXml();
        }
        if (rule.filter() != null) {
            checkFilter(rule.filter());
        }
        if (actions(rule).isEmpty()) {
            throw S3Errors.invalidRequest("At least one action needs to be specified in a rule");
        }
        checkSizes(rule);
        checkExpiration(rule);
        checkAbortion(rule);
        checkNoncurrent(rule);
        checkTransitions(rule);
    }

    // ---- the two forms of a configuration ---------------------------------------------------------------------------

    /**
     * Rules have their prefixes in filters, or all of them have not.
     *
     * @see <a href="https://github.com/hashicorp/terraform-provider-aws/issues/23299">An answer</a>,
     *     <a href="https://github.com/ansible/ansible/issues/53751">another</a>, and
     *     <a href="https://github.com/hashicorp/terraform-provider-aws/issues/23228">one about noncurrent versions</a>
     */
    private static void checkForm(LifecycleRule first, LifecycleRule rule) {
        if (first.filter() == null && rule.filter() != null) {
            throw S3Errors.invalidRequest("Filter element can only be used in Lifecycle V2.");
        }
        if (first.filter() != null && rule.filter() == null) {
            throw S3Errors.invalidRequest(
                    "Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.");
        }
        var expiration = rule.noncurrentVersionExpiration();
        boolean keepsNewer = expiration != null && expiration.newerNoncurrentVersions() != null
                || rule.noncurrentVersionTransitions().stream().anyMatch(t -> t.newerNoncurrentVersions() != null);
        if (rule.filter() == null && keepsNewer) {
            throw S3Errors.invalidRequest("NewerNoncurrentVersions element can only be used in Lifecycle V2.");
        }
    }

    /**
     * Rules with filters may overlap, those without may not.
     *
     * @see <a href="https://github.com/noobaa/noobaa-core/issues/8341">An answer</a>
     */
    private static void checkOverlaps(List<LifecycleRule> rules) {
        for (int i = 0; i < rules.size() && rules.get(i).prefix() != null; i++) {
            String prefix = LifecycleRules.prefix(rules.get(i));
            for (LifecycleRule other : rules.subList(i + 1, rules.size())) {
                String otherPrefix = LifecycleRules.prefix(other);
                boolean overlap = prefix.startsWith(otherPrefix) || otherPrefix.startsWith(prefix);
                Set<String> shared = actions(rules.get(i));
                shared.retainAll(actions(other));
                if (overlap && !shared.isEmpty()) {
                    throw S3Errors.invalidRequest("Found overlapping prefixes '" + prefix + "' and '" + otherPrefix
                            + "' for same action type '" + shared.iterator().next() + "'");
                }
            }
        }
    }

    private static Set<String> actions(LifecycleRule rule) {
        Map<String, Boolean> actions = new LinkedHashMap<>();
        actions.put("Expiration", rule.expiration() != null);
        actions.put("Transition", !rule.transitions().isEmpty());
        actions.put("NoncurrentVersionExpiration", rule.noncurrentVersionExpiration() != null);
        actions.put(
                "NoncurrentVersionTransition",
                !rule.noncurrentVersionTransitions().isEmpty());
        actions.put("AbortIncompleteMultipartUpload", rule.abortIncompleteMultipartUpload() != null);
        actions.values().removeIf(there -> !there);
        return actions.keySet();
    }

    // ---- filters ----------------------------------------------------------------------------------------------------

    /** One condition, or several below {@code And}. */
    private static void checkFilter(LifecycleRuleFilter filter) {
        long conditions = Stream.of(
                        filter.prefix(),
                        filter.tag(),
                        filter.objectSizeGreaterThan(),
                        filter.objectSizeLessThan(),
                        filter.and())
                .filter(c -> c != null)
                .count();
        if (conditions > 1) {
            throw S3Errors.malformedXml();
        }
        var and = filter.and();
        if (and == null) {
            return;
        }
        long joined = and.tags().size()
                + Stream.of(and.prefix(), and.objectSizeGreaterThan(), and.objectSizeLessThan())
                        .filter(c -> c != null)
                        .count();
        if (joined < 2) {
            throw S3Errors.malformedXml();
        }
        if (and.tags().stream().map(Tag::key).distinct().count() < and.tags().size()) {
            throw S3Errors.invalidRequest("Duplicate Tag Keys are not allowed.");
        }
    }

    /** @see <a href="https://github.com/hashicorp/terraform-provider-aws/issues/41521">An answer</a> */
    private static void checkSizes(LifecycleRule rule) {
        Long min = LifecycleRules.minSize(rule);
        Long max = LifecycleRules.maxSize(rule);
        if (min != null && (min < 0 || min > FILTER_BYTES_MAX)) {
            throw S3Errors.invalidRequest("'ObjectSizeGreaterThan' should be between 0 and " + FILTER_BYTES_MAX + ".");
        }
        if (max != null && (max < 1 || max > FILTER_BYTES_MAX)) {
            throw S3Errors.invalidRequest("'ObjectSizeLessThan' should be between 1 and " + FILTER_BYTES_MAX + ".");
        }
        if (min != null && max != null && max <= min) {
            throw S3Errors.invalidRequest(
                    "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.");
        }
    }

    /** What the errors call the objects that the rule is for. */
    private static String objects(LifecycleRule rule) {
        String prefix = LifecycleRules.prefix(rule);
        return rule.filter() == null ? "prefix '" + prefix + "'" : "filter '(prefix=" + prefix + ")'";
    }

    // ---- expiration and uploads -------------------------------------------------------------------------------------

    private static void checkExpiration(LifecycleRule rule) {
        LifecycleExpiration expiration = rule.expiration();
        if (expiration == null) {
            return;
        }
        long said = Stream.of(expiration.days(), expiration.date(), expiration.expiredObjectDeleteMarker())
                .filter(e -> e != null)
                .count();
        if (said != 1) {
            throw S3Errors.malformedXml();
        }
        if (expiration.days() != null && expiration.days() <= 0) {
            throw S3Errors.invalidArgument("'Days' for Expiration action must be a positive integer");
        }
        checkMidnight(expiration.date());
        if (expiration.expiredObjectDeleteMarker() != null) {
            checkPrefixOnly(rule, "ExpiredObjectDeleteMarker");
        }
    }

    private static void checkAbortion(LifecycleRule rule) {
        var abort = rule.abortIncompleteMultipartUpload();
        if (abort == null) {
            return;
        }
        checkPrefixOnly(rule, "AbortIncompleteMultipartUpload");
        if (abort.daysAfterInitiation() == null || abort.daysAfterInitiation() <= 0) {
            throw S3Errors.invalidArgument(
                    "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer");
        }
    }

    /**
     * Delete markers and uploads have neither tags nor a size.
     *
     * @see <a href="https://github.com/cloudposse/terraform-aws-s3-bucket/issues/137">An answer</a>
     */
    private static void checkPrefixOnly(LifecycleRule rule, String action) {
        if (!LifecycleRules.tags(rule).isEmpty()) {
            throw S3Errors.invalidRequest(action + " cannot be specified with Tags.");
        }
        if (LifecycleRules.minSize(rule) != null || LifecycleRules.maxSize(rule) != null) {
            throw S3Errors.invalidRequest(action + " cannot be specified with Object Size.");
        }
    }

    private static void checkMidnight(@Nullable Instant date) {
        if (date != null && !date.equals(date.truncatedTo(ChronoUnit.DAYS))) {
            throw S3Errors.invalidArgument("'Date' must be at midnight GMT");
        }
    }

    // ---- noncurrent versions ----------------------------------------------------------------------------------------

    private static void checkNoncurrent(LifecycleRule rule) {
        var expiration = rule.noncurrentVersionExpiration();
        if (expiration != null && expiration.noncurrentDays() == null) {
            throw S3Errors.malformedXml();
        }
        if (expiration != null && expiration.noncurrentDays() <= 0) {
            throw S3Errors.invalidArgument(
                    "'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer");
        }
        Map<String, Instant> moves = new LinkedHashMap<>();
        for (NoncurrentVersionTransition transition : rule.noncurrentVersionTransitions()) {
            String storageClass = transition.storageClass();
            Integer days = transition.noncurrentDays();
            if (storageClass == null || days == null) {
                throw S3Errors.malformedXml();
            }
            checkDays("NoncurrentVersionTransition", "NoncurrentDays", storageClass, days);
            addMove(moves, rule, "NoncurrentVersionTransition", storageClass, after(days));
            if (expiration != null && expiration.noncurrentDays() <= days) {
                throw S3Errors.invalidArgument(
                        "'NoncurrentDays' in the NoncurrentVersionExpiration action must be greater than 'NoncurrentDays' in the NoncurrentVersionTransition action");
            }
        }
        checkStays(moves, rule, "NoncurrentVersionTransition", "NoncurrentDays");
    }

    // ---- transitions ------------------------------------------------------------------------------------------------

    private static void checkTransitions(LifecycleRule rule) {
        Map<String, Instant> moves = new LinkedHashMap<>();
        for (Transition transition : rule.transitions()) {
            String storageClass = transition.storageClass();
            if (storageClass == null || (transition.days() == null) == (transition.date() == null)) {
                throw S3Errors.malformedXml();
            }
            checkMidnight(transition.date());
            if (transition.days() != null) {
                checkDays("Transition", "Days", storageClass, transition.days());
            }
            if ((transition.days() == null) != (rule.transitions().getFirst().days() == null)) {
                throw S3Errors.invalidRequest(
                        "Found mixed 'Date' and 'Days' based Transition actions in lifecycle rule for "
                                + objects(rule));
            }
            addMove(moves, rule, "Transition", storageClass, time(transition.days(), transition.date()));
            checkExpiresLater(rule, transition);
        }
        String unit = rule.transitions().stream().anyMatch(t -> t.date() != null) ? "Date" : "Days";
        checkStays(moves, rule, "Transition", unit);
    }

    private static void checkDays(String action, String unit, String storageClass, int days) {
        if (days < 0) {
            throw S3Errors.invalidArgument("'" + unit + "' in " + action + " action must be nonnegative");
        }
        if (storageClass.endsWith("_IA") && days < INFREQUENT_DAYS_MIN) {
            throw S3Errors.invalidArgument("'" + unit + "' in " + action
                    + " action must be greater than or equal to 30 for storageClass '" + storageClass + "'");
        }
    }

    private static void checkExpiresLater(LifecycleRule rule, Transition transition) {
        LifecycleExpiration expiration = rule.expiration();
        if (expiration == null || expiration.days() == null && expiration.date() == null) {
            return;
        }
        if ((expiration.days() == null) != (transition.days() == null)) {
            throw S3Errors.invalidRequest(
                    "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for "
                            + objects(rule));
        }
        Instant moves = time(transition.days(), transition.date());
        if (!time(expiration.days(), expiration.date()).isAfter(moves)) {
            throw S3Errors.invalidArgument(
                    expiration.days() != null
                            ? "'Days' in the Expiration action for " + objects(rule)
                                    + " must be greater than 'Days' in the Transition action"
                            : "'Date' in the Expiration action for " + objects(rule)
                                    + " must be later than 'Date' in the Transition action");
        }
    }

    private static void addMove(
            Map<String, Instant> moves, LifecycleRule rule, String action, String storageClass, Instant at) {
        if (moves.put(storageClass, at) != null) {
            throw S3Errors.invalidRequest("'StorageClass' must be different for '" + action
                    + "' actions in same 'Rule' with " + objects(rule));
        }
    }

    /**
     * An object goes to colder classes only, and stays a while in those that are charged for a while. The words were seen
     * for DEEP_ARCHIVE after GLACIER.
     *
     * @param moves when the object goes to which class
     */
    private static void checkStays(Map<String, Instant> moves, LifecycleRule rule, String action, String unit) {
        moves.forEach((warm, since) -> {
            int days = STAY_DAYS_MIN.getOrDefault(warm, 0);
            moves.forEach((cold, until) -> {
                boolean early = until.isBefore(since.plus(Duration.ofDays(days)));
                if (days > 0 && LifecycleRules.isColder(cold, warm) && early) {
                    throw S3Errors.invalidArgument("'" + unit + "' in the '" + action + "' action for StorageClass '"
                            + cold + "' for " + objects(rule) + " must be " + days + " days more than '"
                            + objects(rule) + "' in the '" + action + "' action for StorageClass '" + warm + "'");
                }
            });
        });
    }

    /** A number of days or a date as something to compare with others of its kind. */
    private static Instant time(@Nullable Integer days, @Nullable Instant date) {
        return date == null ? after(days == null ? 0 : days) : date;
    }

    private static Instant after(int days) {
        return Instant.EPOCH.plus(Duration.ofDays(days));
    }
}
