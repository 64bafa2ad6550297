package io.pileus.kms.state;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Region;
import io.pileus.kms.KmsErrors;
import io.pileus.kms.KmsLimits;
import io.pileus.kms.crypto.KeyGenerator;
import io.pileus.kms.crypto.KeyMaterial;
import io.pileus.kms.crypto.KeySpec;
import io.pileus.kms.crypto.KeyUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A KMS key in one Region. Its lock is the monitor of its {@link RelatedKeys}. Transitions of {@link KeyState}:
 *
 * <pre>
 *   Creating         -> Enabled | PendingImport      time (ReplicateKey)
 *   Enabled         <-> Disabled                     EnableKey, DisableKey
 *   Enabled|Disabled -> PendingImport                DeleteImportedKeyMaterial, expiry of imported material
 *   PendingImport    -> Enabled                      ImportKeyMaterial (all materials of the key are there)
 *   Enabled|Disabled <-> Unavailable                 the custom key store is disconnected, connected
 *   any              -> PendingDeletion              ScheduleKeyDeletion
 *   any (primary)    -> PendingReplicaDeletion       ScheduleKeyDeletion while replicas exist
 *   PendingReplicaDeletion -> PendingDeletion        the last replica is deleted
 *   PendingDeletion, PendingReplicaDeletion -> Disabled (or PendingImport)   CancelKeyDeletion
 *   PendingDeletion  -> gone                         time
 *   any              -> Updating -> as before        UpdatePrimaryRegion, time
 * </pre>
 */
public final class Key {

    /** Who manages a key. */
    public enum Manager {
        AWS,
        CUSTOMER
    }

    /** What a key is from its creation to its end. */
    public record Definition(
            String id,
            AccountId account,
            Region region,
            KeySpec spec,
            KeyUsage usage,
            Origin origin,
            Manager manager,
            Instant creationDate,
            @Nullable CustomKeyStore store,
            @Nullable String xksKeyId) {}

    /** When and how a key's deletion was scheduled. */
    public record ScheduledDeletion(@Nullable Instant deletionDate, KeyState state) {}

    private final Definition definition;
    private final String arn;
    private final RelatedKeys related;
    private final Map<String, ImportedMaterial> imported = new HashMap<>();
    private final TreeMap<String, String> tags = new TreeMap<>();
    private final TreeMap<String, Grant> grants = new TreeMap<>();
    private String description;
    private String policy;
    private boolean enabled = true;
    private Deletion deletion = Deletion.NOT_SCHEDULED;
    private Instant creatingUntil = Instant.MIN;
    private Instant updatingUntil = Instant.MIN;
    private Instant rotatableSince;
    private volatile @Nullable LastUsage lastUsage;

    Key(Definition definition, RelatedKeys related, String description, String policy, Map<String, String> tags) {
        this.definition = definition;
        this.arn = Arn.of("kms", definition.region(), definition.account(), "key/" + definition.id())
                .toString();
        this.related = related;
        this.description = description;
        this.policy = policy;
        this.tags.putAll(tags);
        this.rotatableSince = definition.creationDate();
        synchronized (related) {
            related.add(this);
        }
    }

    /** The keys as they were saved, and the lock that they share. */
    public static List<Key> restore(
            AccountId account,
            SavedKeys saved,
            KeyGenerator generator,
            BiFunction<Region, String, CustomKeyStore> stores) {
        RelatedKeys related = RelatedKeys.restore(saved, generator);
        List<Key> keys = new ArrayList<>();
        synchronized (related) {
            for (SavedKeys.SavedKey one : saved.members()) {
                CustomKeyStore store = one.storeId() == null ? null : stores.apply(one.region(), one.storeId());
                Definition definition = new Definition(
                        saved.keyId(),
                        account,
                        one.region(),
                        saved.spec(),
                        saved.usage(),
                        saved.origin(),
                        saved.manager(),
                        one.creationDate(),
                        store,
                        one.xksKeyId());
                Key key = new Key(definition, related, one.description(), one.policy(), one.tags());
                key.restore(one);
                keys.add(key);
            }
            related.reschedule();
        }
        return keys;
    }

    private void restore(SavedKeys.SavedKey saved) {
        saved.grants().forEach(grant -> grants.put(grant.id(), grant.grant()));
        saved.imported()
                .forEach((id, material) -> imported.put(
                        id,
                        new ImportedMaterial(
                                Materials.of(spec(), material.secret()), material.validTo(), material.description())));
        enabled = saved.enabled();
        deletion = saved.deletion();
        creatingUntil = orMin(saved.creatingUntil());
        updatingUntil = orMin(saved.updatingUntil());
        rotatableSince = saved.rotatableSince();
        lastUsage = saved.lastUsage();
    }

    private static Instant orMin(@Nullable Instant instant) {
        return instant == null ? Instant.MIN : instant;
    }

    private static @Nullable Instant orNull(Instant instant) {
        return instant.equals(Instant.MIN) ? null : instant;
    }

    SavedKeys.SavedKey saved() {
        Map<String, SavedKeys.SavedImport> imports = new TreeMap<>();
        imported.forEach((id, material) -> imports.put(
                id,
                new SavedKeys.SavedImport(
                        Materials.secret(material.material()), material.validTo(), material.description())));
        return new SavedKeys.SavedKey(
                region(),
                creationDate(),
                store().map(CustomKeyStore::id).orElse(null),
                definition.xksKeyId(),
                description,
                policy,
                new TreeMap<>(tags),
                grants.values().stream().map(SavedKeys.SavedGrant::of).toList(),
                imports,
                enabled,
                deletion,
                orNull(creatingUntil),
                orNull(updatingUntil),
                rotatableSince,
                lastUsage);
    }

    /** The key and its relatives to be saved, told by one of them only; empty when another one tells, or all are deleted. */
    public Optional<SavedKeys> savedWithRelatives() {
        synchronized (related) {
            return related.tellsForAll(this) ? related.saved() : Optional.empty();
        }
    }

    public String id() {
        return definition.id();
    }

    public String arn() {
        return arn;
    }

    public AccountId account() {
        return definition.account();
    }

    public Region region() {
        return definition.region();
    }

    public KeySpec spec() {
        return definition.spec();
    }

    public KeyUsage usage() {
        return definition.usage();
    }

    public Origin origin() {
        return definition.origin();
    }

    public Manager manager() {
        return definition.manager();
    }

    public Instant creationDate() {
        return definition.creationDate();
    }

    public Optional<CustomKeyStore> store() {
        return Optional.ofNullable(definition.store());
    }

    public Optional<String> xksKeyId() {
        return Optional.ofNullable(definition.xksKeyId());
    }

    public boolean isMultiRegion() {
        return related.isMultiRegion();
    }

    /** Whether it can be rotated at all: symmetric encryption keys that KMS itself holds. */
    public boolean hasKeyMaterialId() {
        return spec() == KeySpec.SYMMETRIC_DEFAULT && !origin().isCustomKeyStore();
    }

    /** Whether the key has reached the end of its waiting period. */
    public boolean isDeleted(Instant now) {
        synchronized (related) {
            related.settle(now);
            return deletion instanceof Deletion.Deleted;
        }
    }

    public KeyState state(Instant now) {
        synchronized (related) {
            related.settle(now);
            return stateAt(now);
        }
    }

    /** Throws AWS's error if the operation is not allowed in the key's state. */
    public void admit(KeyOperation operation, Instant now) {
        synchronized (related) {
            related.settle(now);
            KeyState state = stateAt(now);
            if (operation.isRefusedIn(state)) {
                throw KmsErrors.refusedByState(operation, state, arn);
            }
        }
    }

    private KeyState stateAt(Instant now) {
        return switch (deletion) {
            case Deletion.Deleted d -> KeyState.PendingDeletion;
            case Deletion.Scheduled d -> KeyState.PendingDeletion;
            case Deletion.AfterReplicas d -> KeyState.PendingReplicaDeletion;
            case Deletion.NotScheduled d -> undeletedStateAt(now);
        };
    }

    private KeyState undeletedStateAt(Instant now) {
        if (now.isBefore(creatingUntil)) {
            return KeyState.Creating;
        }
        if (now.isBefore(updatingUntil)) {
            return KeyState.Updating;
        }
        if (lacksMaterial()) {
            return KeyState.PendingImport;
        }
        CustomKeyStore store = definition.store();
        if (store != null && store.connectionState(now) != CustomKeyStore.ConnectionState.CONNECTED) {
            return KeyState.Unavailable;
        }
        return enabled ? KeyState.Enabled : KeyState.Disabled;
    }

    private boolean lacksMaterial() {
        if (origin() != Origin.EXTERNAL) {
            return false;
        }
        List<MaterialVersion> history = related.history();
        return history.isEmpty() || history.stream().anyMatch(v -> !holds(v.id()));
    }

    boolean holds(String materialId) {
        ImportedMaterial material = imported.get(materialId);
        return material != null && material.isPresent();
    }

    /** The material to encrypt, sign or make MACs with, once the operation is admitted. */
    public MaterialVersion currentMaterial(KeyOperation operation, Instant now) {
        synchronized (related) {
            admit(operation, now);
            return withMaterial(related.current().orElseThrow());
        }
    }

    /** The material of this id, once the operation is admitted; empty if the key never had it. */
    public Optional<MaterialVersion> material(String materialId, KeyOperation operation, Instant now) {
        synchronized (related) {
            admit(operation, now);
            return related.version(materialId).map(this::withMaterial);
        }
    }

    private MaterialVersion withMaterial(MaterialVersion version) {
        if (version.material() != null) {
            return version;
        }
        KeyMaterial material = imported.get(version.id()).material();
        return new MaterialVersion(version.id(), material, version.rotationDate(), version.rotationType());
    }

    public void enable(Instant now) {
        synchronized (related) {
            admit(KeyOperation.EnableKey, now);
            if (!enabled) {
                enabled = true;
                rotatableSince = now;
            }
            related.reschedule();
        }
    }

    public void disable(Instant now) {
        synchronized (related) {
            admit(KeyOperation.DisableKey, now);
            enabled = false;
            related.reschedule();
        }
    }

    public ScheduledDeletion scheduleDeletion(int waitingDays, Instant now) {
        synchronized (related) {
            admit(KeyOperation.ScheduleKeyDeletion, now);
            Duration waitingPeriod = Duration.ofDays(waitingDays);
            if (related.isPrimary(this) && related.hasReplicas()) {
                deletion = new Deletion.AfterReplicas(waitingPeriod);
                related.reschedule();
                return new ScheduledDeletion(null, KeyState.PendingReplicaDeletion);
            }
            Instant deletionDate = now.plus(waitingPeriod);
            deletion = new Deletion.Scheduled(deletionDate);
            related.reschedule();
            return new ScheduledDeletion(deletionDate, KeyState.PendingDeletion);
        }
    }

    public void cancelDeletion(Instant now) {
        synchronized (related) {
            admit(KeyOperation.CancelKeyDeletion, now);
            deletion = Deletion.NOT_SCHEDULED;
            enabled = false;
            related.reschedule();
        }
    }

    public Deletion deletion(Instant now) {
        synchronized (related) {
            related.settle(now);
            return deletion;
        }
    }

    public String description() {
        synchronized (related) {
            return description;
        }
    }

    public void describe(String text, Instant now) {
        synchronized (related) {
            admit(KeyOperation.UpdateKeyDescription, now);
            description = text;
        }
    }

    public String policy() {
        synchronized (related) {
            return policy;
        }
    }

    public void putPolicy(String text) {
        synchronized (related) {
            policy = text;
        }
    }

    public NavigableMap<String, String> tags() {
        synchronized (related) {
            return new TreeMap<>(tags);
        }
    }

    public void tag(Map<String, String> added, Instant now) {
        synchronized (related) {
            admit(KeyOperation.TagResource, now);
            TreeMap<String, String> result = new TreeMap<>(tags);
            result.putAll(added);
            if (result.size() > KmsLimits.TAGS_MAX) {
                throw KmsErrors.tooManyTags();
            }
            tags.putAll(added);
        }
    }

    public void untag(List<String> names, Instant now) {
        synchronized (related) {
            admit(KeyOperation.UntagResource, now);
            names.forEach(tags::remove);
        }
    }

    /** Adds a grant; one with the same name and content that is already there is returned instead. */
    public Grant addGrant(Grant grant) {
        synchronized (related) {
            if (grant.name() != null) {
                for (Grant other : grants.values()) {
                    if (other.sameAs(grant)) {
                        return other;
                    }
                }
            }
            if (grants.size() >= KmsLimits.GRANTS_PER_KEY_MAX) {
                throw KmsErrors.tooManyGrants(arn);
            }
            grants.put(grant.id(), grant);
            return grant;
        }
    }

    public NavigableMap<String, Grant> grants() {
        synchronized (related) {
            return new TreeMap<>(grants);
        }
    }

    public Optional<Grant> grant(String grantId) {
        synchronized (related) {
            return Optional.ofNullable(grants.get(grantId));
        }
    }

    public void removeGrant(String grantId) {
        synchronized (related) {
            grants.remove(grantId);
        }
    }

    public void used(LastUsage usage) {
        lastUsage = usage;
    }

    public Optional<LastUsage> lastUsage() {
        return Optional.ofNullable(lastUsage);
    }

    /** The key's rotation: schedule, materials, what changes them. */
    public KeyRotation rotation() {
        return new KeyRotation(this, related);
    }

    /** The key's imported material. */
    public KeyImport imports() {
        return new KeyImport(this, related);
    }

    /** The key's relatives in other Regions. */
    public MultiRegion multiRegion() {
        return new MultiRegion(this, related);
    }

    /** Leaves its relatives: the state of its account and Region is forgotten. */
    public void detach() {
        synchronized (related) {
            related.remove(this);
        }
    }

    // What follows is called by the related keys and their facets, under the lock.

    Map<String, ImportedMaterial> imported() {
        return imported;
    }

    void forgetImported(String materialId) {
        imported.remove(materialId);
    }

    void settleImports(Instant now) {
        imported.replaceAll((id, m) -> m.validTo() != null && !m.validTo().isAfter(now) ? m.withoutMaterial() : m);
    }

    boolean isDue(Instant now) {
        return deletion instanceof Deletion.Scheduled(Instant date) && !date.isAfter(now);
    }

    Instant markDeleted() {
        Instant at = deletion instanceof Deletion.Scheduled(Instant date) ? date : Instant.MIN;
        deletion = new Deletion.Deleted(at);
        imported.clear();
        return at;
    }

    /** The last replica is gone: the waiting period of a primary key that waited for that begins. */
    void startWaitingPeriod(Instant from) {
        if (deletion instanceof Deletion.AfterReplicas(Duration waitingPeriod)) {
            deletion = new Deletion.Scheduled(from.plus(waitingPeriod));
        }
    }

    Instant nextDue() {
        Instant due = deletion instanceof Deletion.Scheduled(Instant date) ? date : Instant.MAX;
        for (ImportedMaterial material : imported.values()) {
            if (material.validTo() != null && material.validTo().isBefore(due)) {
                due = material.validTo();
            }
        }
        return due;
    }

    boolean isEnabledOutright() {
        return enabled && deletion instanceof Deletion.NotScheduled;
    }

    Instant rotatableSince() {
        return rotatableSince;
    }

    void enableAfterImport() {
        enabled = true;
    }

    void createUntil(Instant until) {
        creatingUntil = until;
    }

    void updateUntil(Instant until) {
        updatingUntil = until;
    }
}
