package io.pileus.firehose.delivery;

import io.pileus.core.http.Payload;
import io.pileus.core.port.ObjectStore;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.state.StateSink;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects on their way into buckets. What a bucket does not take waits for another attempt, for a day at most; what waits is saved.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/retry.html">Handle data delivery failures</a>
 */
final class Uploads {
    private static final Logger log = LoggerFactory.getLogger(Uploads.class);

    /** How long an object is tried again; then its records are lost. */
    private static final Duration RETRY_DURATION = Duration.ofHours(24);

    /** What may wait for another attempt, of all delivery streams together. */
    private static final long WAITING_BYTES_MAX = 256L * 1024 * 1024;

    private final ServiceEnvironment environment;
    private final Set<Upload> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicLong waitingBytes = new AtomicLong();

    Uploads(ServiceEnvironment environment) {
        this.environment = environment;
    }

    /** An object for a bucket. One is told from another by what it is, not by what is in it. */
    private static final class Upload {
        private final Target target;
        private final SavedUpload object;

        private Upload(Target target, SavedUpload object) {
            this.target = target;
            this.object = object;
        }
    }

    void begin(Target target, SavedUpload object) {
        attempt(new Upload(target, object), 1);
    }

    /** Tells what waits, by its delivery stream. */
    void save(StateSink sink) {
        for (Upload upload : waiting) {
            Target target = upload.target;
            if (!target.ended().getAsBoolean()) {
                String id = target.name() + "/" + upload.object.key();
                sink.put(
                        new Scope(target.account(), target.region()),
                        "upload",
                        id,
                        upload.object.key(),
                        () -> upload.object);
            }
        }
    }

    /** It stays among those that wait until the bucket has taken it, or it is given up. */
    private void attempt(Upload upload, int attempt) {
        if (upload.target.ended().getAsBoolean() || !wantsAnother(upload, attempt)) {
            waiting.remove(upload);
            return;
        }
        waiting.add(upload);
        environment
                .timers()
                .at(
                        environment.clock().instant().plus(Pauses.after(attempt)),
                        () -> environment.workers().execute(() -> {
                            waitingBytes.addAndGet(-upload.object.body().size());
                            attempt(upload, attempt + 1);
                        }));
    }

    private boolean wantsAnother(Upload upload, int attempt) {
        Optional<String> failure = put(upload.object);
        if (failure.isEmpty()) {
            return false;
        }
        String name = upload.target.name();
        Instant next = environment.clock().instant().plus(Pauses.after(attempt));
        boolean late = next.isAfter(upload.object.begunAt().plus(RETRY_DURATION));
        if (late || !makeRoomFor(upload)) {
            log.warn(
                    "delivery stream {} gives up writing to bucket {}: {}{}",
                    name,
                    upload.object.bucket(),
                    failure.get(),
                    late ? "" : "; too much waits for another attempt");
            return false;
        }
        if (attempt == 1) {
            log.warn(
                    "delivery stream {} cannot write to bucket {} and will try again for 24 hours: {}",
                    name,
                    upload.object.bucket(),
                    failure.get());
        }
        return true;
    }

    private boolean makeRoomFor(Upload upload) {
        int size = upload.object.body().size();
        if (waitingBytes.addAndGet(size) <= WAITING_BYTES_MAX) {
            return true;
        }
        waitingBytes.addAndGet(-size);
        return false;
    }

    /** Why the bucket did not take the object; empty if it did. */
    private Optional<String> put(SavedUpload object) {
        Optional<ObjectStore> store = environment.ports().find(ObjectStore.class);
        if (store.isEmpty()) {
            return Optional.of("S3 is not enabled");
        }
        ObjectStore.Put put = store.get()
                .put(
                        object.bucket(),
                        object.key(),
                        Payload.of(object.body().bytes()),
                        Map.of(),
                        "application/octet-stream");
        return put instanceof ObjectStore.PutFailed failed
                ? Optional.of(failed.code() + ": " + failed.message())
                : Optional.empty();
    }
}
