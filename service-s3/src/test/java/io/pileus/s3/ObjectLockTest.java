package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.s3.model.CreateBucketRequest;
import io.pileus.s3.model.DefaultRetention;
import io.pileus.s3.model.DeleteObjectRequest;
import io.pileus.s3.model.GetObjectRetentionRequest;
import io.pileus.s3.model.HeadObjectRequest;
import io.pileus.s3.model.ObjectLockConfiguration;
import io.pileus.s3.model.ObjectLockLegalHold;
import io.pileus.s3.model.ObjectLockRetention;
import io.pileus.s3.model.ObjectLockRule;
import io.pileus.s3.model.PutObjectLegalHoldRequest;
import io.pileus.s3.model.PutObjectLockConfigurationRequest;
import io.pileus.s3.model.PutObjectRequest;
import io.pileus.s3.model.PutObjectRetentionRequest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObjectLockTest {
    private static final String LOCKED = "locked";
    private static final String MD5_OF_X = "ndTkYSaMgDT1yFZOFVxnpg==";
    private final S3Fixture s3 = new S3Fixture();

    @BeforeEach
    void makeBucket() {
        s3.s3.createBucket(
                CreateBucketRequest.builder()
                        .bucket(LOCKED)
                        .objectLockEnabledForBucket(true)
                        .build(),
                s3.call());
    }

    private static PutObjectRequest.Builder object() {
        return S3Fixture.object("a", "x").bucket(LOCKED).contentMD5(MD5_OF_X);
    }

    private String put(String mode, Duration period) {
        return s3.put(object().objectLockMode(mode)
                        .objectLockRetainUntilDate(s3.env.now().plus(period)))
                .versionId();
    }

    private void delete(String version, boolean bypass) {
        s3.s3.deleteObject(
                DeleteObjectRequest.builder()
                        .bucket(LOCKED)
                        .key("a")
                        .versionId(version)
                        .bypassGovernanceRetention(bypass)
                        .build(),
                s3.call());
    }

    private void retain(String version, String mode, Instant until, boolean bypass) {
        s3.s3.putObjectRetention(
                PutObjectRetentionRequest.builder()
                        .bucket(LOCKED)
                        .key("a")
                        .versionId(version)
                        .bypassGovernanceRetention(bypass)
                        .retention(ObjectLockRetention.builder()
                                .mode(mode)
                                .retainUntilDate(until)
                                .build())
                        .build(),
                s3.call());
    }

    @Test
    void governanceCanBeBypassedComplianceCannot() {
        String governed = put("GOVERNANCE", Duration.ofDays(1));
        S3Fixture.refuses(() -> delete(governed, false), "AccessDenied", 403);
        delete(governed, true);
        String complied = put("COMPLIANCE", Duration.ofDays(1));
        S3Fixture.refuses(() -> delete(complied, true), "AccessDenied", 403);
        s3.env.advance(Duration.ofDays(1));
        delete(complied, false);
    }

    @Test
    void aRetentionMayBeExtendedAndNotShortened() {
        Instant later = s3.env.now().plus(Duration.ofDays(9));
        Instant sooner = s3.env.now().plus(Duration.ofHours(1));
        String version = put("COMPLIANCE", Duration.ofDays(1));
        retain(version, "COMPLIANCE", later, false);
        S3Fixture.refuses(() -> retain(version, "COMPLIANCE", sooner, true), "AccessDenied", 403);
        S3Fixture.refuses(() -> retain(version, "GOVERNANCE", later, true), "AccessDenied", 403);
        assertThat(s3.s3.getObjectRetention(
                                GetObjectRetentionRequest.builder()
                                        .bucket(LOCKED)
                                        .key("a")
                                        .build(),
                                s3.call())
                        .retention()
                        .retainUntilDate())
                .isEqualTo(later);
    }

    @Test
    void aLegalHoldHoldsUntilItIsLifted() {
        String version = s3.put(object().objectLockLegalHoldStatus("ON")).versionId();
        S3Fixture.refuses(() -> delete(version, true), "AccessDenied", 403);
        s3.s3.putObjectLegalHold(
                PutObjectLegalHoldRequest.builder()
                        .bucket(LOCKED)
                        .key("a")
                        .legalHold(ObjectLockLegalHold.builder().status("OFF").build())
                        .build(),
                s3.call());
        delete(version, false);
    }

    @Test
    void theBucketsDefaultAppliesToWhatSaysNothing() {
        s3.s3.putObjectLockConfiguration(
                PutObjectLockConfigurationRequest.builder()
                        .bucket(LOCKED)
                        .objectLockConfiguration(ObjectLockConfiguration.builder()
                                .objectLockEnabled("Enabled")
                                .rule(ObjectLockRule.builder()
                                        .defaultRetention(DefaultRetention.builder()
                                                .mode("GOVERNANCE")
                                                .years(1)
                                                .build())
                                        .build())
                                .build())
                        .build(),
                s3.call());
        s3.put(object());
        var head = s3.s3.headObject(
                HeadObjectRequest.builder().bucket(LOCKED).key("a").build(), s3.call());
        assertThat(head.objectLockMode()).isEqualTo("GOVERNANCE");
        assertThat(head.objectLockRetainUntilDate()).isEqualTo("2027-01-01T00:00:00Z");
        S3Fixture.refuses(() -> s3.put(S3Fixture.object("a", "x").bucket(LOCKED)), "InvalidRequest", 400);
    }

    @Test
    void aBucketWithoutLocksTakesNone() {
        S3Fixture.refuses(
                () -> s3.put(S3Fixture.object("a", "x").objectLockLegalHoldStatus("ON")), "InvalidRequest", 400);
    }
}
