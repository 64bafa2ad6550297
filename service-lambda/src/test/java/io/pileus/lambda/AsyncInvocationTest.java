package io.pileus.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.port.Delivery;
import io.pileus.core.port.DeliveryResult;
import io.pileus.core.shape.Blob;
import io.pileus.lambda.model.*;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asynchronous invocations on the emulator's clock: retries, age, destinations, dead letters. */
class AsyncInvocationTest {
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:";

    private final LambdaFixture it = new LambdaFixture();
    private final List<Instant> attempts = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();

    @BeforeEach
    void queues() {
        it.env.services().ports().deliveries().register("sqs", delivery -> {
            deliveries.add(delivery);
            return CompletableFuture.completedStage(new DeliveryResult.Delivered("id"));
        });
        it.create(
                "f",
                "python3.12",
                LambdaFixture.zip("app.py", ""),
                r -> r.deadLetterConfig(
                        DeadLetterConfig.builder().targetArn(QUEUE + "dead").build()));
    }

    @AfterEach
    void close() {
        it.close();
    }

    private void fails() {
        it.lambda.register("f", event -> {
            attempts.add(it.env.now());
            throw new IllegalStateException("no luck");
        });
    }

    private void configure(int retries, int ageSeconds) {
        it.lambda.putFunctionEventInvokeConfig(
                PutFunctionEventInvokeConfigRequest.builder()
                        .functionName("f")
                        .maximumRetryAttempts(retries)
                        .maximumEventAgeInSeconds(ageSeconds)
                        .destinationConfig(DestinationConfig.builder()
                                .onSuccess(OnSuccess.builder()
                                        .destination(QUEUE + "good")
                                        .build())
                                .onFailure(OnFailure.builder()
                                        .destination(QUEUE + "bad")
                                        .build())
                                .build())
                        .build(),
                it.call());
    }

    private void send(String event) {
        assertThat(it.invoke("f", event, r -> r.invocationType("Event")).statusCode())
                .isEqualTo(202);
    }

    private List<Duration> offsets() {
        return attempts.stream()
                .map(at -> Duration.between(attempts.getFirst(), at))
                .toList();
    }

    @Test
    void anEventIsTriedAgainAfterOneAndTwoMinutesAndThenIsADeadLetter() {
        fails();

        send("{\"n\":1}");
        it.advance(Duration.ofHours(7));

        assertThat(offsets()).containsExactly(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(3));
        assertThat(deliveries).hasSize(1);
        Delivery dead = deliveries.getFirst();
        assertThat(dead.target().toString()).isEqualTo(QUEUE + "dead");
        assertThat(dead.body().utf8()).isEqualTo("{\"n\":1}");
        assertThat(dead.attributes().get("ErrorCode").value().utf8()).isEqualTo("200");
        assertThat(dead.attributes().get("ErrorMessage").value().utf8()).isEqualTo("no luck");
        assertThat(dead.attributes().get("RequestID").value().utf8()).hasSize(36);
    }

    @Test
    void aFailureGoesToItsDestinationWithEventAndResponse() {
        fails();
        configure(1, 3600);

        send("{\"n\":1}");
        it.advance(Duration.ofHours(1));

        assertThat(attempts).hasSize(2);
        Delivery told = deliveries.getFirst();
        JsonNode record = LambdaFixture.json(told.body().utf8());
        assertThat(told.target().toString()).isEqualTo(QUEUE + "bad");
        assertThat(record.path("version").asText()).isEqualTo("1.0");
        assertThat(record.path("requestContext").path("condition").asText()).isEqualTo("RetriesExhausted");
        assertThat(record.path("requestContext").path("approximateInvokeCount").asInt())
                .isEqualTo(2);
        assertThat(record.path("requestContext").path("functionArn").asText())
                .isEqualTo(LambdaFixture.ARN + "f:$LATEST");
        assertThat(record.path("requestPayload").path("n").asInt()).isEqualTo(1);
        assertThat(record.path("responseContext").path("functionError").asText())
                .isEqualTo("Unhandled");
        assertThat(record.path("responsePayload").path("errorMessage").asText()).isEqualTo("no luck");
    }

    @Test
    void aSuccessGoesToItsDestination() {
        it.lambda.register("f", event -> Blob.ofUtf8("{\"done\":true}"));
        configure(0, 60);

        send("{}");

        JsonNode record = LambdaFixture.json(deliveries.getFirst().body().utf8());
        assertThat(deliveries.getFirst().target().toString()).isEqualTo(QUEUE + "good");
        assertThat(record.path("requestContext").path("condition").asText()).isEqualTo("Success");
        assertThat(record.path("responseContext").has("functionError")).isFalse();
        assertThat(record.path("responsePayload").path("done").asBoolean()).isTrue();
    }

    @Test
    void anEventThatIsTooOldIsGivenUp() {
        fails();
        configure(2, 90);

        send("{}");
        it.advance(Duration.ofHours(1));

        assertThat(offsets()).containsExactly(Duration.ZERO, Duration.ofMinutes(1));
        assertThat(LambdaFixture.json(deliveries.getFirst().body().utf8())
                        .path("requestContext")
                        .path("condition")
                        .asText())
                .isEqualTo("EventAgeExceeded");
    }

    @Test
    void aFunctionWithNothingReservedTakesNoEvents() {
        fails();
        configure(2, 3600);
        it.lambda.putFunctionConcurrency(
                PutFunctionConcurrencyRequest.builder()
                        .functionName("f")
                        .reservedConcurrentExecutions(0)
                        .build(),
                it.call());

        send("{}");

        assertThat(attempts).isEmpty();
        JsonNode record = LambdaFixture.json(deliveries.getFirst().body().utf8());
        assertThat(record.path("requestContext").path("condition").asText()).isEqualTo("ZeroReservedConcurrency");
        assertThat(record.has("responsePayload")).isFalse();
    }

    @Test
    void aDeletedFunctionsEventsAreForgotten() {
        fails();
        send("{}");

        it.lambda.deleteFunction(
                DeleteFunctionRequest.builder().functionName("f").build(), it.call());
        it.advance(Duration.ofHours(1));

        assertThat(attempts).hasSize(1);
        assertThat(deliveries).isEmpty();
    }
}
