package io.pileus.kms.state;

import io.pileus.core.identity.Region;
import io.pileus.kms.KmsErrors;
import io.pileus.kms.KmsLimits;
import io.pileus.kms.crypto.KeyGenerator;
import io.pileus.kms.crypto.KeyMaterial;
import io.pileus.kms.state.MaterialVersion.RotationType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A set of related multi-Region keys, or a single-Region key alone: what they share (key materials and their rotation, which
 * Region is primary) and the one lock for all of them, which is this object's monitor.
 *
 * <p>What time brings (deletion, expiry of imported material, automatic rotation) happens in {@link #settle}, before anything
 * is read or changed; nothing depends on a timer.
 */
public final class RelatedKeys {

    /** The schedule of automatic rotation. */
    public record Schedule(int periodDays, Instant nextRotation) {}

    private final String keyId;
    private final boolean multiRegion;
    private final KeyGenerator generator;
    private final TreeMap<Region, Key> members = new TreeMap<>();
    private final List<MaterialVersion> history = new ArrayList<>();
    private Region primaryRegion;
    private @Nullable MaterialVersion pending;
    private @Nullable Schedule schedule;
    private int onDemandRotations;
    private Instant lastReplicaDeletedAt = Instant.MIN;
    private Instant nextDue = Instant.MAX;

    /** @param material the first material; null for material that will be imported */
    RelatedKeys(
            String keyId,
            boolean multiRegion,
            Region primaryRegion,
            @Nullable KeyMaterial material,
            KeyGenerator generator) {
        this.keyId = keyId;
        this.multiRegion = multiRegion;
        this.primaryRegion = primaryRegion;
        this.generator = generator;
        if (material != null) {
            history.add(MaterialVersion.first(keyId, material));
        }
    }

    /** Keys as they were saved; the members are added by the caller. */
    static RelatedKeys restore(SavedKeys saved, KeyGenerator generator) {
        RelatedKeys related =
                new RelatedKeys(saved.keyId(), saved.multiRegion(), saved.primaryRegion(), null, generator);
        saved.history().forEach(material -> related.history.add(version(material, saved)));
        related.pending = saved.pending() == null ? null : version(saved.pending(), saved);
        related.schedule = saved.schedule();
        related.onDemandRotations = saved.onDemandRotations();
        related.lastReplicaDeletedAt =
                saved.lastReplicaDeletedAt() == null ? Instant.MIN : saved.lastReplicaDeletedAt();
        return related;
    }

    private static MaterialVersion version(SavedKeys.SavedMaterial material, SavedKeys saved) {
        return new MaterialVersion(
                material.id(),
                Materials.of(saved.spec(), material.secret()),
                material.rotationDate(),
                material.rotationType());
    }

    /** All members to be saved; empty when the last one has been deleted. */
    Optional<SavedKeys> saved() {
        if (members.isEmpty()) {
            return Optional.empty();
        }
        Key any = members.firstEntry().getValue();
        return Optional.of(new SavedKeys(
                keyId,
                multiRegion,
                primaryRegion,
                any.spec(),
                any.usage(),
                any.origin(),
                any.manager(),
                history.stream().map(RelatedKeys::saved).toList(),
                pending == null ? null : saved(pending),
                schedule,
                onDemandRotations,
                lastReplicaDeletedAt.equals(Instant.MIN) ? null : lastReplicaDeletedAt,
                members.values().stream().map(Key::saved).toList()));
    }

    private static SavedKeys.SavedMaterial saved(MaterialVersion version) {
        return new SavedKeys.SavedMaterial(
                version.id(), Materials.secret(version.material()), version.rotationDate(), version.rotationType());
    }

    /** Does what has fallen due by now. */
    void settle(Instant now) {
        if (now.isBefore(nextDue)) {
            return;
        }
        rotateIfDue(now);
        for (Key key : List.copyOf(members.values())) {
            key.settleImports(now);
            if (key.isDue(now)) {
                delete(key);
            }
        }
        Key primary = members.get(primaryRegion);
        if (primary != null && members.size() == 1) {
            primary.startWaitingPeriod(lastReplicaDeletedAt);
            if (primary.isDue(now)) {
                delete(primary);
            }
        }
        reschedule();
    }

    private void delete(Key key) {
        Instant at = key.markDeleted();
        members.remove(key.region());
        if (!key.region().equals(primaryRegion) && at.isAfter(lastReplicaDeletedAt)) {
            lastReplicaDeletedAt = at;
        }
    }

    private void rotateIfDue(Instant now) {
        Key primary = members.get(primaryRegion);
        while (schedule != null
                && primary != null
                && !schedule.nextRotation().isAfter(now)
                && primary.isEnabledOutright()) {
            Instant due = schedule.nextRotation();
            // a key that could not rotate in time (it was disabled) rotates at once, and then a period later
            Instant date = due.isBefore(primary.rotatableSince()) ? primary.rotatableSince() : due;
            rotate(generator.generate(primary.spec()), date, RotationType.AUTOMATIC);
            schedule = new Schedule(schedule.periodDays(), date.plus(Duration.ofDays(schedule.periodDays())));
        }
    }

    private void rotate(KeyMaterial material, Instant date, RotationType type) {
        history.add(MaterialVersion.rotated(keyId, material, date, type));
    }

    /** Finds the instant of the next thing that time brings; after every change. */
    void reschedule() {
        Instant due = Instant.MAX;
        for (Key key : members.values()) {
            due = earlier(due, key.nextDue());
        }
        Key primary = members.get(primaryRegion);
        if (schedule != null && primary != null && primary.isEnabledOutright()) {
            due = earlier(due, schedule.nextRotation());
        }
        nextDue = due;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    void add(Key key) {
        members.put(key.region(), key);
    }

    /** Takes a member out without its being deleted; where it was the primary key, another becomes it. */
    void remove(Key key) {
        members.remove(key.region());
        if (isPrimary(key) && !members.isEmpty()) {
            primaryRegion = members.firstKey();
        }
        reschedule();
    }

    boolean tellsForAll(Key key) {
        return !members.isEmpty() && members.firstEntry().getValue() == key;
    }

    boolean isMultiRegion() {
        return multiRegion;
    }

    boolean isPrimary(Key key) {
        return key.region().equals(primaryRegion);
    }

    public Region primaryRegion() {
        return primaryRegion;
    }

    Key primary() {
        return Optional.ofNullable(members.get(primaryRegion)).orElseThrow();
    }

    boolean hasReplicas() {
        return members.size() > 1;
    }

    Optional<Key> member(Region region) {
        return Optional.ofNullable(members.get(region));
    }

    List<Key> replicas() {
        return members.values().stream().filter(k -> !isPrimary(k)).toList();
    }

    void makePrimary(Region region) {
        primaryRegion = region;
    }

    Optional<MaterialVersion> current() {
        return history.isEmpty() ? Optional.empty() : Optional.of(history.getLast());
    }

    List<MaterialVersion> history() {
        return List.copyOf(history);
    }

    Optional<MaterialVersion> version(String materialId) {
        for (int i = history.size() - 1; i >= 0; i--) {
            if (history.get(i).id().equals(materialId)) {
                return Optional.of(history.get(i));
            }
        }
        return Optional.empty();
    }

    Optional<MaterialVersion> pending() {
        return Optional.ofNullable(pending);
    }

    /** Whether the pending material is held in every Region, so that the key can be rotated to it. */
    boolean pendingIsEverywhere() {
        MaterialVersion version = pending;
        return version != null && members.values().stream().allMatch(k -> k.holds(version.id()));
    }

    void adopt(MaterialVersion imported) {
        if (history.isEmpty()) {
            history.add(imported);
        } else {
            pending = imported;
        }
    }

    void dropPending() {
        MaterialVersion version = pending;
        if (version != null) {
            members.values().forEach(k -> k.forgetImported(version.id()));
            pending = null;
        }
    }

    Optional<Schedule> schedule() {
        return Optional.ofNullable(schedule);
    }

    void enableRotation(int periodDays, Instant now) {
        schedule = new Schedule(periodDays, now.plus(Duration.ofDays(periodDays)));
        reschedule();
    }

    void disableRotation() {
        schedule = null;
        reschedule();
    }

    /** Rotates at once: to fresh material, or to the imported material that waits for it. */
    void rotateOnDemand(Key key, Instant now) {
        if (onDemandRotations >= KmsLimits.ON_DEMAND_ROTATIONS_MAX) {
            throw KmsErrors.tooManyOnDemandRotations(key.arn());
        }
        Schedule automatic = schedule;
        if (automatic != null
                && !automatic.nextRotation().isAfter(now.plus(KmsLimits.NO_ON_DEMAND_ROTATION_BEFORE_AUTOMATIC))) {
            throw KmsErrors.rotationInProgress(key.arn());
        }
        if (key.origin() == Origin.EXTERNAL) {
            MaterialVersion version = pending;
            if (version == null || !pendingIsEverywhere()) {
                throw KmsErrors.noMaterialPendingRotation(key.arn());
            }
            history.add(new MaterialVersion(version.id(), null, now, RotationType.ON_DEMAND));
            pending = null;
        } else {
            rotate(generator.generate(key.spec()), now, RotationType.ON_DEMAND);
        }
        onDemandRotations++;
    }
}
