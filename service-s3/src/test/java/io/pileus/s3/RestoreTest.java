package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.port.DeliveryResult;
import io.pileus.s3.model.GlacierJobParameters;
import io.pileus.s3.model.HeadObjectRequest;
import io.pileus.s3.model.NotificationConfiguration;
import io.pileus.s3.model.PutBucketNotificationConfigurationRequest;
import io.pileus.s3.model.QueueConfiguration;
import io.pileus.s3.model.RestoreObjectOutput;
import io.pileus.s3.model.RestoreObjectRequest;
import io.pileus.s3.model.RestoreRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RestoreTest {
    private final S3Fixture s3 = new S3Fixture();

    private RestoreObjectOutput restore(String key, int days, String tier) {
        return s3.s3.restoreObject(
                RestoreObjectRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .key(key)
                        .restoreRequest(RestoreRequest.builder()
                                .days(days)
                                .glacierJobParameters(GlacierJobParameters.builder()
                                        .tier(tier)
                                        .build())
                                .build())
                        .build(),
                s3.call());
    }

    private void archive(String key, String storageClass) {
        s3.put(S3Fixture.object(key, "body").storageClass(storageClass));
    }

    private String restoreHeader(String key) {
        return s3.s3.headObject(
                        HeadObjectRequest.builder()
                                .bucket(S3Fixture.BUCKET)
                                .key(key)
                                .build(),
                        s3.call())
                .restore();
    }

    @Test
    void anArchivedObjectComesBackAfterTheHoursOfItsTierAndGoesAfterItsDays() {
        archive("a", "GLACIER");
        S3Fixture.refuses(() -> s3.get("a"), "InvalidObjectState", 403);

        assertThat(restore("a", 2, "Standard").statusCode()).isEqualTo(202);
        assertThat(restoreHeader("a")).isEqualTo("ongoing-request=\"true\"");
        S3Fixture.refuses(() -> s3.get("a"), "InvalidObjectState", 403);
        S3Fixture.refuses(() -> restore("a", 1, "Standard"), "RestoreAlreadyInProgress", 409);

        s3.env.advance(Duration.ofHours(5));
        assertThat(s3.text("a")).isEqualTo("body");
        assertThat(restoreHeader("a"))
                .isEqualTo("ongoing-request=\"false\", expiry-date=\"Sun, 04 Jan 2026 00:00:00 GMT\"");

        assertThat(restore("a", 4, "Standard").statusCode()).isNull();
        assertThat(restoreHeader("a")).contains("Tue, 06 Jan 2026 00:00:00 GMT");

        s3.env.advance(Duration.ofDays(5));
        S3Fixture.refuses(() -> s3.get("a"), "InvalidObjectState", 403);
        assertThat(restoreHeader("a")).isNull();
        assertThat(restore("a", 1, "Expedited").statusCode()).isEqualTo(202);
        s3.env.advance(Duration.ofMinutes(5));
        assertThat(s3.text("a")).isEqualTo("body");
    }

    @Test
    void deepArchivesTakeLongerAndKnowNoHurry() {
        archive("deep", "DEEP_ARCHIVE");
        S3Fixture.refuses(() -> restore("deep", 1, "Expedited"), "InvalidArgument", 400);
        restore("deep", 1, "Bulk");
        s3.env.advance(Duration.ofHours(47));
        S3Fixture.refuses(() -> s3.get("deep"), "InvalidObjectState", 403);
        s3.env.advance(Duration.ofHours(1));
        assertThat(s3.text("deep")).isEqualTo("body");
    }

    @Test
    void whatIsNotArchivedIsNotRestored() {
        archive("cold", "GLACIER_IR");
        assertThat(s3.text("cold")).isEqualTo("body");
        S3Fixture.refuses(() -> restore("cold", 1, "Standard"), "InvalidObjectState", 403);
    }

    @Test
    void aRestoreIsToldWhenItBeginsWhenItIsDoneAndWhenItIsOver() {
        List<String> told = new ArrayList<>();
        s3.env.ports().deliveries().register("sqs", delivery -> {
            told.add(delivery.body().utf8());
            return CompletableFuture.completedFuture(new DeliveryResult.Delivered("id"));
        });
        s3.s3.putBucketNotificationConfiguration(
                PutBucketNotificationConfigurationRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .notificationConfiguration(NotificationConfiguration.builder()
                                .queueConfigurations(List.of(QueueConfiguration.builder()
                                        .queueArn("arn:aws:sqs:us-east-1:000000000000:q")
                                        .events(List.of("s3:ObjectRestore:*"))
                                        .build()))
                                .build())
                        .build(),
                s3.call());
        archive("a", "GLACIER");
        told.clear();

        restore("a", 1, "Standard");
        assertThat(told).singleElement().asString().contains("ObjectRestore:Post");
        s3.env.advance(Duration.ofHours(5));
        assertThat(told).hasSize(2);
        assertThat(told.get(1)).contains("ObjectRestore:Completed", "\"lifecycleRestorationExpiryTime\"");
        s3.env.advance(Duration.ofDays(2));
        assertThat(told).hasSize(3);
        assertThat(told.get(2)).contains("ObjectRestore:Delete");
    }
}
