package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.s3.model.AbortIncompleteMultipartUpload;
import io.pileus.s3.model.BucketLifecycleConfiguration;
import io.pileus.s3.model.CreateMultipartUploadRequest;
import io.pileus.s3.model.DeleteObjectRequest;
import io.pileus.s3.model.GetBucketLifecycleConfigurationRequest;
import io.pileus.s3.model.HeadObjectRequest;
import io.pileus.s3.model.LifecycleExpiration;
import io.pileus.s3.model.LifecycleRule;
import io.pileus.s3.model.LifecycleRuleFilter;
import io.pileus.s3.model.ListMultipartUploadsRequest;
import io.pileus.s3.model.ListObjectVersionsRequest;
import io.pileus.s3.model.NoncurrentVersionExpiration;
import io.pileus.s3.model.NoncurrentVersionTransition;
import io.pileus.s3.model.ObjectVersion;
import io.pileus.s3.model.PutBucketLifecycleConfigurationRequest;
import io.pileus.s3.model.Tag;
import io.pileus.s3.model.Transition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    private final S3Fixture s3 = new S3Fixture();

    private static LifecycleRule.Builder rule() {
        return LifecycleRule.builder()
                .id("rule")
                .status("Enabled")
                .filter(LifecycleRuleFilter.builder().prefix("").build());
    }

    private static LifecycleExpiration days(int days) {
        return LifecycleExpiration.builder().days(days).build();
    }

    private void configure(LifecycleRule... rules) {
        s3.s3.putBucketLifecycleConfiguration(
                PutBucketLifecycleConfigurationRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .lifecycleConfiguration(BucketLifecycleConfiguration.builder()
                                .rules(List.of(rules))
                                .build())
                        .build(),
                s3.call());
    }

    @Test
    void theExpiryOfTheCurrentVersionIsToldWithTheRulesIdAsItIs() {
        s3.versioned();
        configure(rule().id("Delete after 1 day").expiration(days(1)).build());
        s3.env.advance(Duration.ofHours(1));
        String version = s3.put("a", "x").versionId();
        HeadObjectRequest.Builder head =
                HeadObjectRequest.builder().bucket(S3Fixture.BUCKET).key("a");
        assertThat(s3.s3.headObject(head.build(), s3.call()).expiration())
                .isEqualTo("expiry-date=\"Sat, 03 Jan 2026 00:00:00 GMT\", rule-id=\"Delete after 1 day\"");
        assertThat(s3.s3.headObject(head.versionId(version).build(), s3.call()).expiration())
                .isNull();
    }

    @Test
    void aRuleWithoutAnIdIsGivenOneAsS3MakesThem() {
        configure(rule().id(null).expiration(days(1)).build());
        String id = s3.s3.getBucketLifecycleConfiguration(
                        GetBucketLifecycleConfigurationRequest.builder()
                                .bucket(S3Fixture.BUCKET)
                                .build(),
                        s3.call())
                .rules()
                .getFirst()
                .id();
        assertThat(new String(Base64.getDecoder().decode(id), StandardCharsets.US_ASCII))
                .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    @Test
    void onlyObjectsOfTheRulesTagExpire() {
        configure(rule().filter(LifecycleRuleFilter.builder()
                        .tag(Tag.builder().key("k").value("v").build())
                        .build())
                .expiration(days(1))
                .build());
        s3.env.advance(Duration.ofHours(1));
        assertThat(s3.put(S3Fixture.object("tagged", "x").tagging("k=v")).expiration())
                .isEqualTo("expiry-date=\"Sat, 03 Jan 2026 00:00:00 GMT\", rule-id=\"rule\"");
        assertThat(s3.put("other", "x").expiration()).isNull();

        s3.env.advance(Duration.ofHours(46));
        assertThat(s3.text("tagged")).isEqualTo("x");
        s3.env.advance(Duration.ofHours(1));

        S3Fixture.refuses(() -> s3.get("tagged"), "NoSuchKey", 404);
        assertThat(s3.text("other")).isEqualTo("x");
    }

    @Test
    void inAVersionedBucketTheCurrentVersionGetsAMarkerAndOldOnesGo() {
        s3.versioned();
        configure(
                rule().expiration(days(2)).build(),
                rule().id("old")
                        .noncurrentVersionExpiration(NoncurrentVersionExpiration.builder()
                                .noncurrentDays(5)
                                .build())
                        .build(),
                rule().id("markers")
                        .expiration(LifecycleExpiration.builder()
                                .expiredObjectDeleteMarker(true)
                                .build())
                        .build());
        s3.put("a", "1");
        s3.env.advance(Duration.ofDays(3));
        var versions = s3.s3.listObjectVersions(
                ListObjectVersionsRequest.builder().bucket(S3Fixture.BUCKET).build(), s3.call());
        assertThat(versions.versions()).hasSize(1);
        assertThat(versions.deleteMarkers()).hasSize(1);

        s3.env.advance(Duration.ofDays(6));

        versions = s3.s3.listObjectVersions(
                ListObjectVersionsRequest.builder().bucket(S3Fixture.BUCKET).build(), s3.call());
        assertThat(versions.versions()).isEmpty();
        assertThat(versions.deleteMarkers()).isEmpty();
    }

    @Test
    void oldVersionsMoveDownToo() {
        s3.versioned();
        configure(rule().noncurrentVersionTransitions(List.of(
                        NoncurrentVersionTransition.builder()
                                .noncurrentDays(1)
                                .newerNoncurrentVersions(1)
                                .storageClass("INTELLIGENT_TIERING")
                                .build(),
                        NoncurrentVersionTransition.builder()
                                .noncurrentDays(10)
                                .storageClass("DEEP_ARCHIVE")
                                .build()))
                .build());
        for (int i = 0; i < 3; i++) {
            s3.put("a", "x".repeat(200 << 10));
        }
        assertThat(classes()).containsExactly("STANDARD", "STANDARD", "STANDARD");
        s3.env.advance(Duration.ofDays(2));
        assertThat(classes()).containsExactly("STANDARD", "STANDARD", "INTELLIGENT_TIERING");
        s3.env.advance(Duration.ofDays(9));
        assertThat(classes()).containsExactly("STANDARD", "DEEP_ARCHIVE", "DEEP_ARCHIVE");
    }

    private List<String> classes() {
        return s3
                .s3
                .listObjectVersions(
                        ListObjectVersionsRequest.builder()
                                .bucket(S3Fixture.BUCKET)
                                .build(),
                        s3.call())
                .versions()
                .stream()
                .map(ObjectVersion::storageClass)
                .toList();
    }

    @Test
    void objectsMoveDownUnlessTheyAreSmall() {
        configure(rule().transitions(List.of(
                        Transition.builder().days(1).storageClass("GLACIER").build()))
                .build());
        s3.put("small", "x");
        s3.put("large", "x".repeat(200 << 10));
        s3.env.advance(Duration.ofDays(2));
        assertThat(storageClass("small")).isNull();
        assertThat(storageClass("large")).isEqualTo("GLACIER");
        S3Fixture.refuses(() -> s3.get("large"), "InvalidObjectState", 403);
    }

    private String storageClass(String key) {
        return s3.s3.headObject(
                        HeadObjectRequest.builder()
                                .bucket(S3Fixture.BUCKET)
                                .key(key)
                                .build(),
                        s3.call())
                .storageClass();
    }

    @Test
    void anUploadThatIsNotCompletedIsGivenUp() {
        configure(rule().abortIncompleteMultipartUpload(AbortIncompleteMultipartUpload.builder()
                        .daysAfterInitiation(1)
                        .build())
                .build());
        var created = s3.s3.createMultipartUpload(
                CreateMultipartUploadRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .key("a")
                        .build(),
                s3.call());
        assertThat(created.abortRuleId()).isEqualTo("rule");
        assertThat(created.abortDate()).isEqualTo("2026-01-02T00:00:00Z");
        s3.env.advance(Duration.ofDays(1));
        assertThat(s3.s3.listMultipartUploads(
                                ListMultipartUploadsRequest.builder()
                                        .bucket(S3Fixture.BUCKET)
                                        .build(),
                                s3.call())
                        .uploads())
                .isEmpty();
    }

    @Test
    void aDeleteMarkerThatStillHidesAVersionStays() {
        s3.versioned();
        configure(rule().expiration(LifecycleExpiration.builder()
                        .expiredObjectDeleteMarker(true)
                        .build())
                .build());
        s3.put("a", "1");
        s3.s3.deleteObject(
                DeleteObjectRequest.builder().bucket(S3Fixture.BUCKET).key("a").build(), s3.call());
        s3.env.advance(Duration.ofDays(3));
        assertThat(s3.s3.listObjectVersions(
                                ListObjectVersionsRequest.builder()
                                        .bucket(S3Fixture.BUCKET)
                                        .build(),
                                s3.call())
                        .deleteMarkers())
                .hasSize(1);
    }

    @Test
    void rulesThatMakeNoSenseAreRefused() {
        S3Fixture.refuses(() -> configure(rule().build()), "InvalidRequest", 400);
        S3Fixture.refuses(() -> configure(rule().expiration(days(0)).build()), "InvalidArgument", 400);
        S3Fixture.refuses(
                () -> configure(rule().status("On").expiration(days(1)).build()), "MalformedXML", 400);
        S3Fixture.refuses(
                () -> configure(
                        rule().expiration(days(1)).build(),
                        rule().expiration(days(1)).build()),
                "InvalidArgument",
                400);
        S3Fixture.refuses(
                () -> configure(rule().transitions(List.of(Transition.builder()
                                .days(3)
                                .storageClass("STANDARD_IA")
                                .build()))
                        .build()),
                "InvalidArgument",
                400);
    }
}
