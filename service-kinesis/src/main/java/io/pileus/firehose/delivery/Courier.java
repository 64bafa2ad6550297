package io.pileus.firehose.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pileus.core.http.client.OutboundHttp;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.time.Activity;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a buffer's records to their destination: through the processors, then to S3 or by HTTP, again for as long as the retry
 * options say, and to the backup bucket what did not make it.
 */
public final class Courier {
    private static final Logger log = LoggerFactory.getLogger(Courier.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private final ServiceEnvironment environment;
    private final ObjectMapper json;
    private final S3Destination s3;
    private final Transformation transformation;
    private final OutboundHttp http;

    public Courier(ServiceEnvironment environment, ObjectMapper json, MetadataQueries queries) {
        this.environment = environment;
        this.json = json;
        this.s3 = new S3Destination(environment.ports(), environment.ids(), json);
        LambdaProcessor lambda = new LambdaProcessor(environment.ports(), environment.ids(), json, environment.clock());
        this.transformation = new Transformation(json, lambda, queries, environment.clock());
        this.http = new OutboundHttp(environment.workers());
    }

    /** The stage completes when the records are delivered or given up; it never fails. */
    public CompletionStage<Void> deliver(Target target, List<Item> items) {
        if (items.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        backUpSource(target, items);
        return transformation
                .apply(target, items)
                .thenCompose(outcome -> {
                    s3.writeFailures(bucketOf(target), target, "processing-failed", outcome.failures(), now());
                    return outcome.items().isEmpty()
                            ? CompletableFuture.<Void>completedFuture(null)
                            : send(target, outcome.items());
                })
                .exceptionally(e -> {
                    log.error("delivery stream {} cannot deliver", target.name(), e);
                    return null;
                });
    }

    private Instant now() {
        return environment.clock().instant();
    }

    /** With a backup of everything, the records go to the backup bucket as they came. */
    private void backUpSource(Target target, List<Item> items) {
        String mode = target.settings().path("S3BackupMode").asText("");
        if (mode.equals("Enabled") && target.settings().hasNonNull("S3BackupConfiguration")) {
            s3.write(target.settings().path("S3BackupConfiguration"), target, items, now());
        } else if (mode.equals("AllData") || mode.equals("AllDocuments") || mode.equals("AllEvents")) {
            s3.write(bucketOf(target), target, items, now());
        }
    }

    /** The settings of the bucket for staging, backup and failures. */
    private static JsonNode bucketOf(Target target) {
        return target.kind().isS3() ? target.settings() : target.settings().path("S3Configuration");
    }

    private CompletionStage<Void> send(Target target, List<Item> items) {
        return switch (target.kind()) {
            case S3, EXTENDED_S3, REDSHIFT -> {
                List<Failure> failures = s3.write(bucketOf(target), target, items, now());
                s3.writeFailures(bucketOf(target), target, "processing-failed", failures, now());
                yield CompletableFuture.completedFuture(null);
            }
            case SNOWFLAKE, ICEBERG -> {
                s3.write(bucketOf(target), target, items, now());
                yield CompletableFuture.completedFuture(null);
            }
            case HTTP_ENDPOINT -> call(new Receiver.HttpEndpoint(target, json), target, items);
            case SPLUNK -> call(new Receiver.Splunk(target, json), target, items);
            case ELASTICSEARCH, OPENSEARCH, OPENSEARCH_SERVERLESS ->
                call(new Receiver.OpenSearch(target, json), target, items);
        };
    }

    private CompletionStage<Void> call(Receiver receiver, Target target, List<Item> items) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        attempt(new Attempts(receiver, target, items, environment.ids().uuid(), now(), done), 1);
        return done;
    }

    /** Attempts of one delivery; the stage completes with the first, later ones run beside. */
    private record Attempts(
            Receiver receiver,
            Target target,
            List<Item> items,
            String requestId,
            Instant begunAt,
            CompletableFuture<Void> done) {}

    private void attempt(Attempts attempts, int number) {
        OutboundHttp.Call call = attempts.receiver().call(attempts.items(), attempts.requestId(), now());
        Optional<Activity> activity = environment.ports().find(Activity.class);
        activity.ifPresent(Activity::begin);
        http.send(call).whenComplete((answer, failure) -> {
            try {
                conclude(attempts, number, answer, failure);
            } finally {
                activity.ifPresent(Activity::end);
            }
        });
    }

    private void conclude(
            Attempts attempts, int number, OutboundHttp.@Nullable Answer answer, @Nullable Throwable failure) {
        Optional<String> refusal = answer == null
                ? Optional.of("Unable to connect to the endpoint: "
                        + (failure == null ? "" : failure.getClass().getSimpleName()))
                : attempts.receiver().refusal(answer, attempts.requestId());
        if (refusal.isPresent()) {
            Duration pause = pause(number);
            Instant next = now().plus(pause);
            if (next.isAfter(attempts.begunAt().plus(attempts.receiver().retryDuration()))) {
                giveUp(attempts, number, refusal.get());
            } else {
                environment.timers().at(next, () -> attempt(attempts, number + 1));
            }
        }
        attempts.done().complete(null);
    }

    private void giveUp(Attempts attempts, int number, String reason) {
        Target target = attempts.target();
        List<Failure> failures = attempts.items().stream()
                .map(item -> new Failure(item, attempts.receiver().errorCode(), reason, number, now(), ""))
                .toList();
        s3.writeFailures(bucketOf(target), target, target.kind().errorOutputType(), failures, now());
    }

    private static Duration pause(int number) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(10, number - 1));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** Whether a URL of a destination can be called at all. */
    public static boolean isCallable(String url) {
        try {
            URI uri = URI.create(url);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
