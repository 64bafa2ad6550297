package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.port.Delivery;
import io.pileus.core.port.DeliveryResult;
import io.pileus.s3.model.DeleteObjectRequest;
import io.pileus.s3.model.FilterRule;
import io.pileus.s3.model.LambdaFunctionConfiguration;
import io.pileus.s3.model.NotificationConfiguration;
import io.pileus.s3.model.NotificationConfigurationFilter;
import io.pileus.s3.model.PutBucketNotificationConfigurationRequest;
import io.pileus.s3.model.QueueConfiguration;
import io.pileus.s3.model.S3KeyFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotificationTest {
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:q";
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:f";
    private final S3Fixture s3 = new S3Fixture();
    private final List<Delivery> delivered = new ArrayList<>();

    @BeforeEach
    void receive() {
        for (String service : List.of("sqs", "lambda")) {
            s3.env.ports().deliveries().register(service, delivery -> {
                delivered.add(delivery);
                return CompletableFuture.completedFuture(
                        delivery.target().resource().equals("none")
                                ? new DeliveryResult.NoSuchTarget()
                                : new DeliveryResult.Delivered("id"));
            });
        }
    }

    private static QueueConfiguration.Builder queue(String... events) {
        return QueueConfiguration.builder().id("q").queueArn(QUEUE).events(List.of(events));
    }

    private static NotificationConfigurationFilter filter(String name, String value) {
        return NotificationConfigurationFilter.builder()
                .key(S3KeyFilter.builder()
                        .filterRules(List.of(
                                FilterRule.builder().name(name).value(value).build()))
                        .build())
                .build();
    }

    private void configure(NotificationConfiguration.Builder configuration) {
        s3.s3.putBucketNotificationConfiguration(
                PutBucketNotificationConfigurationRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .notificationConfiguration(configuration.build())
                        .build(),
                s3.call());
    }

    private void configure(QueueConfiguration... queues) {
        configure(NotificationConfiguration.builder().queueConfigurations(List.of(queues)));
    }

    @Test
    void aFunctionGetsTheEventAndNoTest() {
        configure(NotificationConfiguration.builder()
                .lambdaFunctionConfigurations(List.of(LambdaFunctionConfiguration.builder()
                        .lambdaFunctionArn(FUNCTION)
                        .events(List.of("s3:ObjectCreated:*"))
                        .build())));
        assertThat(delivered).isEmpty();
        s3.put("a", "x");
        Delivery delivery = delivered.getFirst();
        assertThat(delivery.sender().serviceName()).contains("s3.amazonaws.com");
        assertThat(delivery.source().toString()).isEqualTo("arn:aws:s3:::things");
        assertThat(delivery.body().utf8())
                .startsWith(
                        "{\"Records\":[{\"eventVersion\":\"2.1\",\"eventSource\":\"aws:s3\",\"awsRegion\":\"us-east-1\","
                                + "\"eventTime\":\"2026-01-01T00:00:00.000Z\",\"eventName\":\"ObjectCreated:Put\"");
    }

    @Test
    void aMarkersMessageHasItsVersionAndNoSize() {
        s3.versioned();
        configure(queue("s3:ObjectRemoved:DeleteMarkerCreated").build());
        s3.put("a", "x");
        String marker = s3.s3.deleteObject(
                        DeleteObjectRequest.builder()
                                .bucket(S3Fixture.BUCKET)
                                .key("a")
                                .build(),
                        s3.call())
                .versionId();
        assertThat(delivered).hasSize(2);
        assertThat(delivered.get(1).body().utf8())
                .contains("\"versionId\":\"" + marker + "\"")
                .doesNotContain("\"size\"");
    }

    @Test
    void configurationsThatCannotWorkAreRefused() {
        S3Fixture.refuses(() -> configure(queue("s3:Nothing").build()), "InvalidArgument", 400);
        S3Fixture.refuses(
                () -> configure(
                        queue("s3:ObjectCreated:*").queueArn(QUEUE + ".fifo").build()),
                "InvalidArgument",
                400);
        S3Fixture.refuses(
                () -> configure(queue("s3:ObjectCreated:*")
                        .queueArn("arn:aws:sqs:us-east-1:000000000000:none")
                        .build()),
                "InvalidArgument",
                400);
        S3Fixture.refuses(
                () -> configure(
                        queue("s3:ObjectCreated:*").build(),
                        queue("s3:ObjectCreated:Put").id("r").build()),
                "InvalidArgument",
                400);
        S3Fixture.refuses(
                () -> configure(queue("s3:ObjectCreated:*")
                        .filter(filter("middle", "x"))
                        .build()),
                "InvalidArgument",
                400);
        s3.put("a", "x");
        assertThat(delivered).noneMatch(d -> d.body().utf8().contains("Records"));
    }

    @Test
    void rulesForOneEventMayShareABucketWhenTheirKeysDoNotMeet() {
        configure(
                queue("s3:ObjectCreated:*").filter(filter("Prefix", "a/")).build(),
                queue("s3:ObjectCreated:*")
                        .id("r")
                        .filter(filter("Prefix", "b/"))
                        .build());
        delivered.clear();
        s3.put("b/1", "x");
        s3.put("c/1", "x");
        assertThat(delivered)
                .singleElement()
                .satisfies(d -> assertThat(d.body().utf8()).contains("\"configurationId\":\"r\""));
    }
}
