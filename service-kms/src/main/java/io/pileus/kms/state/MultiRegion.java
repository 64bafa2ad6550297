package io.pileus.kms.state;

import io.pileus.core.identity.Region;
import io.pileus.kms.KmsErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A key among its relatives in other Regions.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html">Multi-Region keys</a>
 */
public record MultiRegion(Key key, RelatedKeys related) {

    public boolean isPrimary() {
        synchronized (related) {
            return related.isPrimary(key);
        }
    }

    public Key primary() {
        synchronized (related) {
            return related.primary();
        }
    }

    public List<Key> replicas(Instant now) {
        synchronized (related) {
            related.settle(now);
            return related.replicas();
        }
    }

    /** Makes a replica; the caller puts it into the other Region's key ring. */
    public Key replicate(
            Region region,
            String description,
            String policy,
            Map<String, String> tags,
            Duration creation,
            Instant now) {
        synchronized (related) {
            if (!related.isMultiRegion()) {
                throw KmsErrors.notMultiRegion(key.arn());
            }
            key.admit(KeyOperation.ReplicateKey, now);
            if (!related.isPrimary(key)) {
                throw KmsErrors.notAPrimaryKey(key.arn());
            }
            related.member(region).ifPresent(k -> {
                throw KmsErrors.replicaExists(k.arn());
            });
            Key replica = new Key(
                    new Key.Definition(
                            key.id(),
                            key.account(),
                            region,
                            key.spec(),
                            key.usage(),
                            key.origin(),
                            key.manager(),
                            now,
                            null,
                            null),
                    related,
                    description,
                    policy,
                    tags);
            replica.createUntil(now.plus(creation));
            return replica;
        }
    }

    /** Makes the replica in that Region the primary key and this one a replica. */
    public void updatePrimaryRegion(Region region, Duration update, Instant now) {
        synchronized (related) {
            if (!related.isMultiRegion()) {
                throw KmsErrors.notMultiRegion(key.arn());
            }
            key.admit(KeyOperation.UpdatePrimaryRegion, now);
            if (!related.isPrimary(key)) {
                throw KmsErrors.notAPrimaryKey(key.arn());
            }
            Key replica = related.member(region)
                    .filter(k -> !related.isPrimary(k))
                    .orElseThrow(() -> KmsErrors.noReplicaIn(key.arn(), region));
            replica.admit(KeyOperation.UpdatePrimaryRegion, now);
            related.makePrimary(region);
            key.updateUntil(now.plus(update));
            replica.updateUntil(now.plus(update));
            related.reschedule();
        }
    }
}
