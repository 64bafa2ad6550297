package io.pileus.s3;

import io.pileus.core.service.ServiceEnvironment;
import io.pileus.s3.BucketState.Upload;
import io.pileus.s3.EventNotifications.Cause;
import io.pileus.s3.EventNotifications.Event;
import io.pileus.s3.model.BucketLifecycleConfiguration;
import io.pileus.s3.model.LifecycleRule;
import io.pileus.s3.model.PutBucketLifecycleConfigurationOutput;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Carries lifecycle configurations out: a bucket that has one is gone through at every midnight (UTC) of our clock. */
final class Lifecycles {
    static final String MINIMUM_BY_DEFAULT = "all_storage_classes_128K";

    private final Buckets buckets;
    private final ServiceEnvironment env;
    private final EventNotifications notifications;
    private final Set<BucketState> scheduled = ConcurrentHashMap.newKeySet();

    Lifecycles(Buckets buckets, ServiceEnvironment env, EventNotifications notifications) {
        this.buckets = buckets;
        this.env = env;
        this.notifications = notifications;
    }

    static List<LifecycleRule> rules(BucketState bucket) {
        return bucket.configuration(BucketLifecycleConfiguration.class)
                .map(c -> c.rules().stream().filter(LifecycleRules::enabled).toList())
                .orElse(List.of());
    }

    /**
     * The header that says when and by which rule the object expires; S3 has none for an object that was asked for by its
     * version. The rule's id is URL-encoded, but its spaces stay.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html">An answer with spaces</a>
     */
    @Nullable
    String expiration(BucketState bucket, StoredObject object) {
        if (object.deleteMarker() || object.noncurrentSince() != null) {
            return null;
        }
        Instant first = null;
        String id = "";
        for (LifecycleRule rule : rules(bucket)) {
            Optional<Instant> due = LifecycleRules.expiry(rule, object);
            if (due.isPresent() && (first == null || due.get().isBefore(first))) {
                first = due.get();
                id = String.valueOf(rule.id());
            }
        }
        return first == null
                ? null
                : "expiry-date=\"" + S3Errors.httpDate(first) + "\", rule-id=\""
                        + URLEncoder.encode(id, StandardCharsets.UTF_8).replace('+', ' ') + '"';
    }

    /** When and by which rule an upload is given up. */
    record Abortion(Instant date, String ruleId) {}

    Optional<Abortion> abortion(BucketState bucket, StoredObject draft) {
        Abortion first = null;
        for (LifecycleRule rule : rules(bucket)) {
            Optional<Instant> due = LifecycleRules.abortion(rule, draft);
            if (due.isPresent() && (first == null || due.get().isBefore(first.date()))) {
                first = new Abortion(due.get(), String.valueOf(rule.id()));
            }
        }
        return Optional.ofNullable(first);
    }

    /** Goes through the bucket from the next midnight on, for as long as it has a configuration. */
    void watch(BucketState bucket) {
        if (scheduled.add(bucket)) {
            schedule(bucket);
        }
    }

    /** Goes on with a bucket that was saved. */
    void resume(BucketState bucket) {
        if (bucket.configuration(BucketLifecycleConfiguration.class).isPresent()) {
            watch(bucket);
        }
    }

    private void schedule(BucketState bucket) {
        env.timers()
                .at(
                        LifecycleRules.nextMidnight(env.clock().instant()),
                        () -> env.workers().execute(() -> run(bucket)));
    }

    private void run(BucketState bucket) {
        if (bucket.deleted
                || bucket.configuration(BucketLifecycleConfiguration.class).isEmpty()) {
            scheduled.remove(bucket);
            return;
        }
        try {
            sweep(bucket, env.clock().instant());
        } finally {
            schedule(bucket);
        }
    }

    private void sweep(BucketState bucket, Instant now) {
        List<LifecycleRule> rules = rules(bucket);
        String minimum = bucket.configuration(PutBucketLifecycleConfigurationOutput.class)
                .map(PutBucketLifecycleConfigurationOutput::transitionDefaultMinimumObjectSize)
                .orElse(MINIMUM_BY_DEFAULT);
        for (List<StoredObject> versions : bucket.objects.values()) {
            for (LifecycleRule rule : rules) {
                sweepNoncurrent(bucket, rule, versions, minimum, now);
            }
            for (LifecycleRule rule : rules) {
                if (sweepCurrent(bucket, rule, versions.getFirst(), minimum, now)) {
                    break;
                }
            }
        }
        for (Upload upload : bucket.uploads.values()) {
            if (rules.stream().anyMatch(r -> isDue(LifecycleRules.abortion(r, upload.draft), now))) {
                giveUp(bucket, upload);
            }
        }
    }

    private static boolean isDue(Optional<Instant> due, Instant now) {
        return due.isPresent() && !now.isBefore(due.get());
    }

    private void sweepNoncurrent(
            BucketState bucket, LifecycleRule rule, List<StoredObject> versions, String minimum, Instant now) {
        for (int i = 1; i < versions.size(); i++) {
            StoredObject version =
                    bucket.version(versions.get(i).key(), versions.get(i).versionId());
            if (version == null) {
                continue; // gone by another rule
            }
            if (LifecycleRules.expiresNoncurrent(rule, version, i - 1, now)
                    && !version.lock().holds(now, false)) {
                remove(bucket, version, now);
                continue;
            }
            LifecycleRules.transitionNoncurrent(rule, version, i - 1, minimum, now)
                    .ifPresent(to -> move(bucket, version, to, now));
        }
    }

    private void move(BucketState bucket, StoredObject version, String storageClass, Instant now) {
        StoredObject moved = version.with(o -> o.headers = version.headers().withStorageClass(storageClass));
        bucket.replace(moved);
        tell(bucket, "LifecycleTransition", moved, true, now);
    }

    /** Whether the current version is gone. */
    private boolean sweepCurrent(
            BucketState bucket, LifecycleRule rule, StoredObject swept, String minimum, Instant now) {
        StoredObject current = bucket.current(swept.key());
        if (current == null || !current.versionId().equals(swept.versionId())) {
            return true;
        }
        if (current.deleteMarker()) {
            return sweepMarker(bucket, rule, current, now);
        }
        if (isDue(LifecycleRules.expiry(rule, current), now)) {
            expire(bucket, current, now);
            return true;
        }
        LifecycleRules.transition(rule, current, minimum, now).ifPresent(to -> move(bucket, current, to, now));
        return false;
    }

    /** A delete marker that hides nothing any more goes with its rule. */
    private boolean sweepMarker(BucketState bucket, LifecycleRule rule, StoredObject marker, Instant now) {
        var expiration = rule.expiration();
        boolean asked = expiration != null
                && (Boolean.TRUE.equals(expiration.expiredObjectDeleteMarker())
                        || expiration.days() != null && isDue(LifecycleRules.expiry(rule, marker), now));
        boolean alone = bucket.objects.getOrDefault(marker.key(), List.of()).size() == 1;
        if (asked && alone && LifecycleRules.matches(rule, marker)) {
            remove(bucket, marker, now);
            return true;
        }
        return false;
    }

    private void expire(BucketState bucket, StoredObject current, Instant now) {
        if (bucket.versioned()) {
            StoredObject marker =
                    bucket.add(StoredObject.marker(current.key(), now), env.ids(), there -> {}, buckets.bodies::drop);
            tell(bucket, "LifecycleExpiration:DeleteMarkerCreated", marker, false, now);
        } else {
            remove(bucket, current, now);
        }
    }

    private void remove(BucketState bucket, StoredObject version, Instant now) {
        StoredObject gone = bucket.remove(version.key(), version.versionId(), there -> {}, buckets.bodies::drop);
        if (gone != null) {
            tell(bucket, "LifecycleExpiration:Delete", gone, false, now);
        }
    }

    private void tell(BucketState bucket, String name, StoredObject object, boolean sized, Instant now) {
        notifications.publish(
                bucket,
                new Event(name, object, Objects.shown(bucket, object), sized),
                new Cause("s3.amazonaws.com", env.ids().uuid(), now, 0));
    }

    private void giveUp(BucketState bucket, Upload upload) {
        synchronized (upload) {
            upload.over = true;
            bucket.end(upload);
            upload.parts.values().forEach(p -> buckets.bodies.drop(p.body()));
        }
    }
}
