package io.pileus.kms.state;

import io.pileus.kms.KmsErrors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rotation of a key. Multi-Region keys share it; it is set on the primary key.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html">Rotate AWS KMS keys</a>
 */
public record KeyRotation(Key key, RelatedKeys related) {

    /** How a material stands to its key. */
    public enum Standing {
        NON_CURRENT,
        CURRENT,
        PENDING_ROTATION,
        PENDING_MULTI_REGION_IMPORT_AND_ROTATION
    }

    /** A key material, as ListKeyRotations shows it. */
    public record Material(MaterialVersion version, Standing standing) {}

    /** Sets the schedule, from now on. */
    public void enable(int periodDays, Instant now) {
        synchronized (related) {
            if (key.origin() != Origin.AWS_KMS) {
                throw KmsErrors.originNotValid(key.arn(), key.origin());
            }
            admitChange(KeyOperation.EnableKeyRotation, now);
            related.enableRotation(periodDays, now);
        }
    }

    public void disable(Instant now) {
        synchronized (related) {
            if (key.origin() != Origin.AWS_KMS) {
                throw KmsErrors.originNotValid(key.arn(), key.origin());
            }
            admitChange(KeyOperation.DisableKeyRotation, now);
            related.disableRotation();
        }
    }

    public void rotateOnDemand(Instant now) {
        synchronized (related) {
            admitChange(KeyOperation.RotateKeyOnDemand, now);
            related.rotateOnDemand(key, now);
        }
    }

    private void admitChange(KeyOperation operation, Instant now) {
        if (!key.hasKeyMaterialId()) {
            throw KmsErrors.notRotatable(key.arn());
        }
        key.admit(operation, now);
        if (!related.isPrimary(key)) {
            throw KmsErrors.notAPrimaryKey(key.arn());
        }
    }

    /** The schedule in force; empty while the key awaits its deletion. */
    public Optional<RelatedKeys.Schedule> schedule(Instant now) {
        synchronized (related) {
            KeyState state = key.state(now);
            return state == KeyState.PendingDeletion || state == KeyState.PendingReplicaDeletion
                    ? Optional.empty()
                    : related.schedule();
        }
    }

    /** The id of the material that the key encrypts with. */
    public Optional<String> currentMaterialId() {
        synchronized (related) {
            return related.current().map(MaterialVersion::id);
        }
    }

    /** All materials, oldest first, one that waits for rotation last. */
    public List<Material> materials(Instant now) {
        synchronized (related) {
            related.settle(now);
            List<Material> result = new ArrayList<>();
            List<MaterialVersion> history = related.history();
            for (int i = 0; i < history.size(); i++) {
                boolean current = i == history.size() - 1;
                result.add(new Material(history.get(i), current ? Standing.CURRENT : Standing.NON_CURRENT));
            }
            related.pending()
                    .ifPresent(v -> result.add(new Material(
                            v,
                            related.pendingIsEverywhere()
                                    ? Standing.PENDING_ROTATION
                                    : Standing.PENDING_MULTI_REGION_IMPORT_AND_ROTATION)));
            return result;
        }
    }
}
