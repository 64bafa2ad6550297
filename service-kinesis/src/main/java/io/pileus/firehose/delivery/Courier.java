package io.pileus.firehose.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.http.client.OutboundHttp;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.state.StateSink;
import io.pileus.core.time.Activity;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a buffer's records to their destination: through the processors, then to S3 or by HTTP, again for as long as the retry
 * options say, and to the backup bucket what did not make it.
 */
public final class Courier {
    private static final Logger log = LoggerFactory.getLogger(Courier.class);
    private static final Duration ACKNOWLEDGEMENT_PAUSE = Duration.ofSeconds(5);

    private final ServiceEnvironment environment;
    private final Uploads uploads;
    private final S3Destination s3;
    private final Transformation transformation;
    private final OutboundHttp http;

    public Courier(ServiceEnvironment environment, MetadataQueries queries) {
        this.environment = environment;
        this.uploads = new Uploads(environment);
        this.s3 = new S3Destination(environment.ids(), uploads);
        LambdaProcessor lambda = new LambdaProcessor(environment.ports(), environment.ids(), environment.clock());
        this.transformation = new Transformation(lambda, queries, environment.clock());
        this.http = new OutboundHttp(environment.workers());
    }

    /**
     * The stage completes with the first attempt, and never fails; later attempts run beside.
     *
     * @param settled runs when the records have been delivered or given up
     */
    public CompletionStage<Void> deliver(Target target, List<Item> items, Runnable settled) {
        if (items.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        backUpSource(target, items);
        return transformation
                .apply(target, items)
                .thenCompose(outcome -> {
                    s3.writeFailures(bucketOf(target), target, "processing-failed", outcome.failures(), now());
                    if (outcome.items().isEmpty()) {
                        settled.run();
                        return CompletableFuture.<Void>completedFuture(null);
                    }
                    return send(target, outcome.items(), settled);
                })
                .exceptionally(e -> {
                    settled.run();
                    log.error("delivery stream {} cannot deliver", target.name(), e);
                    return null;
                });
    }

    /** Tells the objects that wait for their buckets. */
    public void save(StateSink sink) {
        uploads.save(sink);
    }

    /** Goes on with an object that was saved. */
    public void resume(Target target, SavedUpload saved) {
        uploads.begin(target, saved);
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

    private CompletionStage<Void> send(Target target, List<Item> items, Runnable settled) {
        return switch (target.kind()) {
            case S3, EXTENDED_S3, REDSHIFT -> {
                List<Failure> failures = s3.write(bucketOf(target), target, items, now());
                s3.writeFailures(bucketOf(target), target, "processing-failed", failures, now());
                settled.run();
                yield CompletableFuture.completedFuture(null);
            }
            case SNOWFLAKE, ICEBERG -> {
                s3.write(bucketOf(target), target, items, now());
                settled.run();
                yield CompletableFuture.completedFuture(null);
            }
            case HTTP_ENDPOINT -> call(new Receiver.HttpEndpoint(target), target, items, settled);
            case SPLUNK -> call(new Splunk(target), target, items, settled);
            case ELASTICSEARCH, OPENSEARCH, OPENSEARCH_SERVERLESS ->
                call(new Receiver.OpenSearch(target), target, items, settled);
        };
    }

    private CompletionStage<Void> call(Receiver receiver, Target target, List<Item> items, Runnable settled) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        attempt(new Attempts(receiver, target, items, environment.ids().uuid(), now(), done, settled), 1);
        return done;
    }

    /** Attempts of one delivery; the stage completes with the first, later ones run beside. */
    private record Attempts(
            Receiver receiver,
            Target target,
            List<Item> items,
            String requestId,
            Instant begunAt,
            CompletableFuture<Void> done,
            Runnable settled) {}

    private void attempt(Attempts attempts, int number) {
        send(attempts.receiver().call(attempts.items(), attempts.requestId(), now()), (answer, failure) -> {
            conclude(attempts, number, answer, failure);
            attempts.done().complete(null);
        });
    }

    private void send(OutboundHttp.Call call, BiConsumer<OutboundHttp.@Nullable Answer, @Nullable Throwable> then) {
        Optional<Activity> activity = environment.ports().find(Activity.class);
        activity.ifPresent(Activity::begin);
        http.send(call).whenComplete((answer, failure) -> {
            try {
                then.accept(answer, failure);
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
            again(attempts, number, attempts.receiver().errorCode(Optional.ofNullable(answer)), refusal.get());
        } else if (answer != null && attempts.receiver() instanceof Splunk splunk) {
            Optional<Splunk.Acknowledgement> acknowledgement = splunk.acknowledgement(answer, attempts.requestId());
            acknowledgement.ifPresentOrElse(
                    wanted -> await(attempts, number, splunk, wanted, now().plus(splunk.acknowledgementTimeout())),
                    () -> again(
                            attempts,
                            number,
                            "Splunk.DisabledAck",
                            "Indexer acknowledgement is disabled for the HEC token. Enable it and try again."));
        } else {
            attempts.settled().run();
        }
    }

    /** Asks Splunk whether it has indexed what it took, until it has or the time is over. */
    private void await(Attempts attempts, int number, Splunk splunk, Splunk.Acknowledgement wanted, Instant until) {
        send(wanted.call(), (answer, failure) -> {
            if (answer != null && splunk.isAcknowledged(answer, wanted)) {
                attempts.settled().run();
                return;
            }
            Instant next = now().plus(ACKNOWLEDGEMENT_PAUSE);
            if (next.isAfter(until)) {
                again(
                        attempts,
                        number,
                        "Splunk.AckTimeout",
                        "Did not receive an acknowledgement from HEC before the HEC acknowledgement timeout expired.");
            } else if (!attempts.target().ended().getAsBoolean()) {
                environment.timers().at(next, () -> await(attempts, number, splunk, wanted, until));
            }
        });
    }

    /** Tries again after a pause, unless the retry duration is over then. */
    private void again(Attempts attempts, int number, String code, String reason) {
        Instant next = now().plus(Pauses.after(number));
        if (next.isAfter(attempts.begunAt().plus(attempts.receiver().retryDuration()))) {
            giveUp(attempts, number, code, reason);
        } else if (!attempts.target().ended().getAsBoolean()) {
            environment.timers().at(next, () -> attempt(attempts, number + 1));
        }
    }

    private void giveUp(Attempts attempts, int number, String code, String reason) {
        Target target = attempts.target();
        List<Failure> failures = attempts.items().stream()
                .map(item -> new Failure(item, code, reason, number, now(), ""))
                .toList();
        s3.writeFailures(bucketOf(target), target, target.kind().errorOutputType(), failures, now());
        attempts.settled().run();
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
