package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pileus.core.service.AwsException;
import io.pileus.s3.model.AbortIncompleteMultipartUpload;
import io.pileus.s3.model.LifecycleExpiration;
import io.pileus.s3.model.LifecycleRule;
import io.pileus.s3.model.LifecycleRuleAndOperator;
import io.pileus.s3.model.LifecycleRuleFilter;
import io.pileus.s3.model.NoncurrentVersionExpiration;
import io.pileus.s3.model.NoncurrentVersionTransition;
import io.pileus.s3.model.Tag;
import io.pileus.s3.model.Transition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What S3 refuses in lifecycle configurations, in the words of its answers. */
class LifecycleChecksTest {

    private static LifecycleRule.Builder filtered(LifecycleRuleFilter filter) {
        return LifecycleRule.builder().status("Enabled").filter(filter);
    }

    private static LifecycleRule.Builder rule() {
        return filtered(LifecycleRuleFilter.builder().prefix("").build());
    }

    private static LifecycleRule.Builder ruleWithoutFilter(String prefix) {
        return LifecycleRule.builder().status("Enabled").prefix(prefix);
    }

    private static LifecycleExpiration days(int days) {
        return LifecycleExpiration.builder().days(days).build();
    }

    private static Transition to(String storageClass, int days) {
        return Transition.builder().storageClass(storageClass).days(days).build();
    }

    private static void refuses(String code, String message, LifecycleRule.Builder... rules) {
        AwsException refusal = catchThrowableOfType(AwsException.class, () -> check(rules));
        assertThat(refusal).isNotNull();
        assertThat(refusal.code() + ": " + refusal.getMessage()).isEqualTo(code + ": " + message);
    }

    private static void malformed(LifecycleRule.Builder... rules) {
        AwsException refusal = catchThrowableOfType(AwsException.class, () -> check(rules));
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo("MalformedXML");
    }

    private static void takes(LifecycleRule.Builder... rules) {
        assertThatCode(() -> check(rules)).doesNotThrowAnyException();
    }

    private static void check(LifecycleRule.Builder... rules) {
        LifecycleChecks.check(
                List.of(rules).stream().map(LifecycleRule.Builder::build).toList());
    }

    @Test
    void anObjectStaysThirtyDaysInAClassOfInfrequentAccess() {
        takes(rule().transitions(List.of(to("STANDARD_IA", 30), to("GLACIER", 60))));
        refuses(
                "InvalidArgument",
                "'Days' in the 'Transition' action for StorageClass 'GLACIER' for filter '(prefix=)' must be 30 days more than 'filter '(prefix=)'' in the 'Transition' action for StorageClass 'STANDARD_IA'",
                rule().transitions(List.of(to("STANDARD_IA", 30), to("GLACIER", 59))));
    }

    @Test
    void anObjectStaysNinetyDaysInAnArchive() {
        takes(rule().transitions(List.of(to("DEEP_ARCHIVE", 90), to("GLACIER", 0))));
        refuses(
                "InvalidArgument",
                "'Days' in the 'Transition' action for StorageClass 'DEEP_ARCHIVE' for filter '(prefix=)' must be 90 days more than 'filter '(prefix=)'' in the 'Transition' action for StorageClass 'GLACIER'",
                rule().transitions(List.of(to("GLACIER", 1), to("DEEP_ARCHIVE", 90))));
    }

    @Test
    void anObjectNeverGoesToAWarmerClass() {
        refuses(
                "InvalidArgument",
                "'Days' in the 'Transition' action for StorageClass 'GLACIER' for prefix 'a' must be 30 days more than 'prefix 'a'' in the 'Transition' action for StorageClass 'ONEZONE_IA'",
                ruleWithoutFilter("a").transitions(List.of(to("ONEZONE_IA", 90), to("GLACIER", 60))));
    }

    @Test
    void aClassIsNamedOnce() {
        refuses(
                "InvalidRequest",
                "'StorageClass' must be different for 'Transition' actions in same 'Rule' with filter '(prefix=)'",
                rule().transitions(List.of(to("GLACIER", 1), to("GLACIER", 2))));
    }

    @Test
    void daysAndDatesAreNotMixed() {
        Transition dated = Transition.builder()
                .storageClass("GLACIER")
                .date(Instant.parse("2027-01-01T00:00:00Z"))
                .build();
        refuses(
                "InvalidRequest",
                "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for filter '(prefix=)'",
                rule().transitions(List.of(dated)).expiration(days(400)));
        refuses(
                "InvalidRequest",
                "Found mixed 'Date' and 'Days' based Transition actions in lifecycle rule for filter '(prefix=)'",
                rule().transitions(List.of(dated, to("DEEP_ARCHIVE", 400))));
        takes(rule().transitions(List.of(dated))
                .expiration(LifecycleExpiration.builder()
                        .expiredObjectDeleteMarker(true)
                        .build()));
    }

    @Test
    void anObjectExpiresAfterItWasMoved() {
        refuses(
                "InvalidArgument",
                "'Days' in the Expiration action for filter '(prefix=)' must be greater than 'Days' in the Transition action",
                rule().transitions(List.of(to("STANDARD_IA", 30))).expiration(days(30)));
        refuses(
                "InvalidArgument",
                "'NoncurrentDays' in the NoncurrentVersionExpiration action must be greater than 'NoncurrentDays' in the NoncurrentVersionTransition action",
                rule().noncurrentVersionTransitions(List.of(NoncurrentVersionTransition.builder()
                                .storageClass("GLACIER")
                                .noncurrentDays(15)
                                .build()))
                        .noncurrentVersionExpiration(NoncurrentVersionExpiration.builder()
                                .noncurrentDays(15)
                                .build()));
    }

    @Test
    void andJoinsTwoConditionsOrMore() {
        malformed(filtered(LifecycleRuleFilter.builder()
                        .and(LifecycleRuleAndOperator.builder().prefix("a").build())
                        .build())
                .expiration(days(1)));
        takes(filtered(LifecycleRuleFilter.builder()
                        .and(LifecycleRuleAndOperator.builder()
                                .prefix("")
                                .objectSizeLessThan(2L)
                                .build())
                        .build())
                .expiration(days(1)));
        refuses(
                "InvalidRequest",
                "Duplicate Tag Keys are not allowed.",
                filtered(LifecycleRuleFilter.builder()
                                .and(LifecycleRuleAndOperator.builder()
                                        .tags(List.of(
                                                Tag.builder()
                                                        .key("k")
                                                        .value("1")
                                                        .build(),
                                                Tag.builder()
                                                        .key("k")
                                                        .value("2")
                                                        .build()))
                                        .build())
                                .build())
                        .expiration(days(1)));
    }

    @Test
    void sizesAreARange() {
        refuses(
                "InvalidRequest",
                "'ObjectSizeLessThan' should be between 1 and 1099511627776000.",
                filtered(LifecycleRuleFilter.builder().objectSizeLessThan(0L).build())
                        .expiration(days(1)));
        refuses(
                "InvalidRequest",
                "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.",
                filtered(LifecycleRuleFilter.builder()
                                .and(LifecycleRuleAndOperator.builder()
                                        .objectSizeGreaterThan(500L)
                                        .objectSizeLessThan(500L)
                                        .build())
                                .build())
                        .expiration(days(1)));
    }

    @Test
    void deleteMarkersAndUploadsAreNotFoundByTheirSize() {
        LifecycleRuleFilter bySize =
                LifecycleRuleFilter.builder().objectSizeGreaterThan(5L).build();
        refuses(
                "InvalidRequest",
                "ExpiredObjectDeleteMarker cannot be specified with Object Size.",
                filtered(bySize)
                        .expiration(LifecycleExpiration.builder()
                                .expiredObjectDeleteMarker(false)
                                .build()));
        refuses(
                "InvalidRequest",
                "AbortIncompleteMultipartUpload cannot be specified with Object Size.",
                filtered(bySize)
                        .abortIncompleteMultipartUpload(AbortIncompleteMultipartUpload.builder()
                                .daysAfterInitiation(1)
                                .build()));
    }

    @Test
    void rulesHaveFiltersOrNoneOfThemHas() {
        refuses(
                "InvalidRequest",
                "Filter element can only be used in Lifecycle V2.",
                ruleWithoutFilter("a").expiration(days(1)),
                rule().expiration(days(1)));
        refuses(
                "InvalidRequest",
                "Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.",
                rule().expiration(days(1)),
                ruleWithoutFilter("a").expiration(days(1)));
        refuses(
                "InvalidRequest",
                "NewerNoncurrentVersions element can only be used in Lifecycle V2.",
                ruleWithoutFilter("a")
                        .noncurrentVersionExpiration(NoncurrentVersionExpiration.builder()
                                .noncurrentDays(1)
                                .newerNoncurrentVersions(5)
                                .build()));
    }

    @Test
    void rulesWithoutFiltersDoNotOverlap() {
        refuses(
                "InvalidRequest",
                "Found overlapping prefixes '' and 'a' for same action type 'Expiration'",
                ruleWithoutFilter("").expiration(days(1)),
                ruleWithoutFilter("a").expiration(days(2)));
        takes(
                ruleWithoutFilter("").expiration(days(100)),
                ruleWithoutFilter("a").transitions(List.of(to("GLACIER", 1))));
        takes(rule().expiration(days(1)), rule().expiration(days(2)));
    }
}
