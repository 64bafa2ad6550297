package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.Payload;
import io.pileus.core.testkit.SavedStates;
import io.pileus.s3.model.BucketLifecycleConfiguration;
import io.pileus.s3.model.CORSConfiguration;
import io.pileus.s3.model.CORSRule;
import io.pileus.s3.model.CompleteMultipartUploadRequest;
import io.pileus.s3.model.CompletedMultipartUpload;
import io.pileus.s3.model.CompletedPart;
import io.pileus.s3.model.CreateBucketConfiguration;
import io.pileus.s3.model.CreateBucketRequest;
import io.pileus.s3.model.CreateMultipartUploadRequest;
import io.pileus.s3.model.DeleteObjectRequest;
import io.pileus.s3.model.GetBucketCorsRequest;
import io.pileus.s3.model.GetBucketLocationRequest;
import io.pileus.s3.model.GetBucketMetricsConfigurationRequest;
import io.pileus.s3.model.GetBucketPolicyRequest;
import io.pileus.s3.model.GetBucketTaggingRequest;
import io.pileus.s3.model.GetBucketVersioningRequest;
import io.pileus.s3.model.GetObjectRequest;
import io.pileus.s3.model.LifecycleExpiration;
import io.pileus.s3.model.LifecycleRule;
import io.pileus.s3.model.LifecycleRuleFilter;
import io.pileus.s3.model.ListObjectVersionsRequest;
import io.pileus.s3.model.MetricsConfiguration;
import io.pileus.s3.model.PutBucketCorsRequest;
import io.pileus.s3.model.PutBucketLifecycleConfigurationRequest;
import io.pileus.s3.model.PutBucketMetricsConfigurationRequest;
import io.pileus.s3.model.PutBucketPolicyRequest;
import io.pileus.s3.model.PutBucketTaggingRequest;
import io.pileus.s3.model.PutBucketVersioningRequest;
import io.pileus.s3.model.PutObjectOutput;
import io.pileus.s3.model.Tag;
import io.pileus.s3.model.Tagging;
import io.pileus.s3.model.UploadPartRequest;
import io.pileus.s3.model.VersioningConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SavedStateTest {
    private static final String LARGE = "large ".repeat(100_000);
    private final S3Fixture s3 = new S3Fixture();

    /** A service in the same environment, built from what this one saves. */
    private S3Fixture reloaded() {
        S3Fixture fresh = s3.emptyInTheSameEnvironment();
        SavedStates.of(s3.s3).loadInto(fresh.s3);
        return fresh;
    }

    @Test
    void objectsComeBackWithTheirBodiesAndHeaders() {
        s3.put(S3Fixture.object("small", "text").contentType("text/plain").metadata(Map.of("colour", "red")));
        PutObjectOutput large = s3.put("d/large \0 %00", LARGE);

        S3Fixture fresh = reloaded();

        assertThat(fresh.text("small")).isEqualTo("text");
        assertThat(fresh.get("small").contentType()).isEqualTo("text/plain");
        assertThat(fresh.get("small").metadata()).containsEntry("colour", "red");
        assertThat(fresh.text("d/large \0 %00")).isEqualTo(LARGE);
        assertThat(fresh.get("d/large \0 %00").eTag()).isEqualTo(large.eTag());
    }

    @Test
    void versionsKeepTheirOrder() {
        s3.versioned();
        for (int i = 0; i < 12; i++) {
            s3.put("a", "version " + i);
        }
        s3.s3.deleteObject(
                DeleteObjectRequest.builder().bucket(S3Fixture.BUCKET).key("a").build(), s3.call());
        var request =
                ListObjectVersionsRequest.builder().bucket(S3Fixture.BUCKET).build();
        var before = s3.s3.listObjectVersions(request, s3.call());

        S3Fixture fresh = reloaded();

        assertThat(fresh.s3.listObjectVersions(request, fresh.call())).isEqualTo(before);
        fresh.put("a", "newest");
        assertThat(SavedStates.of(fresh.s3).text()).hasSize(1 + 2 + 14);
        assertThat(fresh.text("a")).isEqualTo("newest");
    }

    @Test
    void aBucketsConfigurationsComeBack() {
        s3.s3.putBucketTagging(
                PutBucketTaggingRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .tagging(Tagging.builder()
                                .tagSet(List.of(
                                        Tag.builder().key("k").value("v").build()))
                                .build())
                        .build(),
                s3.call());
        s3.s3.putBucketCors(
                PutBucketCorsRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .corsConfiguration(CORSConfiguration.builder()
                                .corsRules(List.of(CORSRule.builder()
                                        .allowedMethods(List.of("GET"))
                                        .allowedOrigins(List.of("*"))
                                        .build()))
                                .build())
                        .build(),
                s3.call());
        String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
                + "\"111111111111\"},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::things/*\"}]}";
        s3.s3.putBucketPolicy(
                PutBucketPolicyRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .policy(policy)
                        .build(),
                s3.call());
        s3.s3.putBucketMetricsConfiguration(
                PutBucketMetricsConfigurationRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .id("all")
                        .metricsConfiguration(
                                MetricsConfiguration.builder().id("all").build())
                        .build(),
                s3.call());

        S3Fixture fresh = reloaded();

        assertThat(fresh.s3
                        .getBucketTagging(
                                GetBucketTaggingRequest.builder()
                                        .bucket(S3Fixture.BUCKET)
                                        .build(),
                                fresh.call())
                        .tagSet())
                .extracting(Tag::value)
                .containsExactly("v");
        assertThat(fresh.s3
                        .getBucketCors(
                                GetBucketCorsRequest.builder()
                                        .bucket(S3Fixture.BUCKET)
                                        .build(),
                                fresh.call())
                        .corsRules())
                .hasSize(1);
        assertThat(fresh.s3
                        .getBucketPolicy(
                                GetBucketPolicyRequest.builder()
                                        .bucket(S3Fixture.BUCKET)
                                        .build(),
                                fresh.call())
                        .policy())
                .isEqualTo(policy);
        assertThat(fresh.s3
                        .getBucketMetricsConfiguration(
                                GetBucketMetricsConfigurationRequest.builder()
                                        .bucket(S3Fixture.BUCKET)
                                        .id("all")
                                        .build(),
                                fresh.call())
                        .metricsConfiguration()
                        .id())
                .isEqualTo("all");
    }

    @Test
    void whatWasSaidOfMfaIsShown() {
        GetBucketVersioningRequest get =
                GetBucketVersioningRequest.builder().bucket(S3Fixture.BUCKET).build();
        s3.version("Enabled");
        assertThat(s3.s3.getBucketVersioning(get, s3.call()).mfaDelete()).isNull();
        s3.s3.putBucketVersioning(
                PutBucketVersioningRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .versioningConfiguration(VersioningConfiguration.builder()
                                .status("Suspended")
                                .mfaDelete("Disabled")
                                .build())
                        .build(),
                s3.call());
        S3Fixture fresh = reloaded();
        assertThat(fresh.s3.getBucketVersioning(get, s3.call()).status()).isEqualTo("Suspended");
        assertThat(fresh.s3.getBucketVersioning(get, s3.call()).mfaDelete()).isEqualTo("Disabled");
    }

    @Test
    void irelandKeepsTheNameThatItWasPutBy() {
        s3.s3.createBucket(
                CreateBucketRequest.builder()
                        .bucket("old-ireland")
                        .createBucketConfiguration(CreateBucketConfiguration.builder()
                                .locationConstraint("EU")
                                .build())
                        .build(),
                s3.call());
        GetBucketLocationRequest where =
                GetBucketLocationRequest.builder().bucket("old-ireland").build();
        assertThat(s3.s3.getBucketLocation(where, s3.call()).locationConstraint())
                .isEqualTo("EU");
        assertThat(reloaded().s3.getBucketLocation(where, s3.call()).locationConstraint())
                .isEqualTo("EU");
    }

    @Test
    void anUploadInPartsGoesOn() {
        String upload = s3.s3.createMultipartUpload(
                        CreateMultipartUploadRequest.builder()
                                .bucket(S3Fixture.BUCKET)
                                .key("parts")
                                .contentType("text/plain")
                                .build(),
                        s3.call())
                .uploadId();
        String first = "1".repeat(5 << 20);
        String firstTag = part(s3, upload, 1, first);

        S3Fixture fresh = reloaded();
        String secondTag = part(fresh, upload, 2, "2");
        var complete = CompleteMultipartUploadRequest.builder()
                .bucket(S3Fixture.BUCKET)
                .key("parts")
                .uploadId(upload)
                .multipartUpload(CompletedMultipartUpload.builder()
                        .parts(List.of(
                                CompletedPart.builder()
                                        .partNumber(1)
                                        .eTag(firstTag)
                                        .build(),
                                CompletedPart.builder()
                                        .partNumber(2)
                                        .eTag(secondTag)
                                        .build()))
                        .build())
                .build();
        String tag = fresh.s3.completeMultipartUpload(complete, fresh.call()).eTag();
        assertThat(fresh.text("parts")).isEqualTo(first + "2");
        assertThat(fresh.get("parts").contentType()).isEqualTo("text/plain");

        // A client that did not get the answer asks again, after another restart.
        S3Fixture again = s3.emptyInTheSameEnvironment();
        SavedStates.of(fresh.s3).loadInto(again.s3);
        assertThat(again.s3.completeMultipartUpload(complete, again.call()).eTag())
                .isEqualTo(tag);
    }

    private static String part(S3Fixture s3, String upload, int number, String body) {
        return s3.s3.uploadPart(
                        UploadPartRequest.builder()
                                .bucket(S3Fixture.BUCKET)
                                .key("parts")
                                .uploadId(upload)
                                .partNumber(number)
                                .body(Payload.ofUtf8(body))
                                .build(),
                        s3.call())
                .eTag();
    }

    @Test
    void lifecyclesGoOn() {
        s3.s3.putBucketLifecycleConfiguration(
                PutBucketLifecycleConfigurationRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .lifecycleConfiguration(BucketLifecycleConfiguration.builder()
                                .rules(List.of(LifecycleRule.builder()
                                        .id("rule")
                                        .status("Enabled")
                                        .filter(LifecycleRuleFilter.builder()
                                                .prefix("")
                                                .build())
                                        .expiration(LifecycleExpiration.builder()
                                                .days(1)
                                                .build())
                                        .build()))
                                .build())
                        .build(),
                s3.call());
        s3.put("a", "x");

        S3Fixture fresh = reloaded();
        assertThat(fresh.text("a")).isEqualTo("x");
        s3.env.advance(Duration.ofDays(3));

        S3Fixture.refuses(() -> fresh.get("a"), "NoSuchKey", 404);
    }

    @Test
    void aBodyThatIsDroppedWhileItIsSavedIsSavedStill() {
        s3.put("a", LARGE);
        SavedStates saved = SavedStates.of(new Interrupted(s3.s3, () -> s3.put("a", "small now")));

        S3Fixture fresh = s3.emptyInTheSameEnvironment();
        saved.loadInto(fresh.s3);
        assertThat(fresh.text("a")).isEqualTo(LARGE);

        // The next save has the new one, and nothing of the old.
        assertThat(saved.saveAgain(s3.s3).removed()).isEqualTo(1);
        S3Fixture next = s3.emptyInTheSameEnvironment();
        saved.loadInto(next.s3);
        assertThat(next.text("a")).isEqualTo("small now");
    }

    @Test
    void nothingIsWrittenAgainOfWhatHasNotChanged() {
        s3.put("a", LARGE);
        s3.put("b", "x");
        SavedStates saved = SavedStates.of(s3.s3);
        assertThat(saved.saveAgain(s3.s3).any()).isFalse();
        s3.put("b", "y");
        assertThat(saved.saveAgain(s3.s3).written()).isEqualTo(1);
    }

    @Test
    void aReaderOfALoadedObjectReadsAVersion() {
        s3.versioned();
        String version = s3.put("a", LARGE).versionId();
        s3.put("a", "newer");
        S3Fixture fresh = reloaded();
        assertThat(fresh.s3
                        .getObject(
                                GetObjectRequest.builder()
                                        .bucket(S3Fixture.BUCKET)
                                        .key("a")
                                        .versionId(version)
                                        .build(),
                                fresh.call())
                        .contentLength())
                .isEqualTo(LARGE.length());
    }
}
