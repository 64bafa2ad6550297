package io.pileus.kms.state;

import io.pileus.kms.KmsErrors;
import io.pileus.kms.crypto.KeyMaterial;
import io.pileus.kms.crypto.KeySpec;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Imported key material. Which materials a key has is common to all its Regions; each Region must be given them itself.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys.html">Importing key material</a>
 */
public record KeyImport(Key key, RelatedKeys related) {

    /** Whether the material is said to be new to the key or one it has had. */
    public enum Kind {
        NEW_KEY_MATERIAL,
        EXISTING_KEY_MATERIAL
    }

    /**
     * An import.
     *
     * @param kind null where the importer does not say
     * @param materialId the id that the material must turn out to have; null for any
     * @param validTo when the material expires; null for never
     * @param description null to keep the one of an earlier import
     */
    public record Request(
            KeyMaterial material,
            @Nullable Kind kind,
            @Nullable String materialId,
            @Nullable Instant validTo,
            @Nullable String description) {}

    /** What is known of an imported material in this Region. */
    public record Held(boolean present, Optional<Instant> validTo, Optional<String> description) {}

    /** Takes the material in and returns its id. */
    public String take(Request request, Instant now) {
        synchronized (related) {
            key.admit(KeyOperation.ImportKeyMaterial, now);
            String id = MaterialVersion.idOf(key.id(), request.material());
            boolean known = related.version(id).isPresent()
                    || related.pending().filter(p -> p.id().equals(id)).isPresent();
            if (request.materialId() != null && !request.materialId().equals(id)) {
                throw KmsErrors.incorrectKeyMaterial("The key material does not match the specified key material ID.");
            }
            Kind kind = request.kind() != null
                    ? request.kind()
                    : related.current().isEmpty() ? Kind.NEW_KEY_MATERIAL : Kind.EXISTING_KEY_MATERIAL;
            if (kind == Kind.EXISTING_KEY_MATERIAL && !known) {
                throw KmsErrors.incorrectKeyMaterial(
                        "The key material is not the same key material that was previously imported into " + key.arn()
                                + ".");
            }
            if (kind == Kind.NEW_KEY_MATERIAL && !known) {
                adoptNew(id);
            } else if (kind == Kind.NEW_KEY_MATERIAL) {
                throw KmsErrors.incorrectKeyMaterial("The key material is already associated with " + key.arn() + ".");
            }
            boolean wasPending = key.state(now) == KeyState.PendingImport;
            ImportedMaterial earlier = key.imported().get(id);
            String description =
                    request.description() != null || earlier == null ? request.description() : earlier.description();
            key.imported().put(id, new ImportedMaterial(request.material(), request.validTo(), description));
            if (wasPending) {
                key.enableAfterImport();
            }
            related.reschedule();
            return id;
        }
    }

    private void adoptNew(String id) {
        boolean first = related.current().isEmpty();
        if (!first && key.spec() != KeySpec.SYMMETRIC_DEFAULT) {
            throw KmsErrors.incorrectKeyMaterial(
                    "The key material is not the same key material that was previously imported into " + key.arn()
                            + ".");
        }
        if (!related.isPrimary(key)) {
            throw KmsErrors.notAPrimaryKey(key.arn());
        }
        if (related.pending().isPresent()) {
            throw KmsErrors.materialAlreadyPendingRotation(key.arn());
        }
        related.adopt(new MaterialVersion(id, null, null, null));
    }

    /** Deletes a material (the current one where none is named) and returns its id; empty if there was nothing to delete. */
    public Optional<String> delete(@Nullable String materialId, Instant now) {
        synchronized (related) {
            key.admit(KeyOperation.DeleteImportedKeyMaterial, now);
            Optional<MaterialVersion> pending = related.pending().filter(p -> p.id().equals(materialId));
            if (pending.isPresent()) {
                if (related.isPrimary(key)) {
                    related.dropPending();
                } else {
                    key.forgetImported(pending.get().id());
                }
                related.reschedule();
                return Optional.of(pending.get().id());
            }
            Optional<String> id = materialId == null
                    ? related.current().map(MaterialVersion::id)
                    : Optional.of(related.version(materialId)
                            .orElseThrow(() -> KmsErrors.noSuchKeyMaterial(materialId))
                            .id());
            id.ifPresent(i -> key.imported().computeIfPresent(i, (x, m) -> m.withoutMaterial()));
            related.reschedule();
            return id;
        }
    }

    /** What this Region holds of a material. */
    public Held held(String materialId, Instant now) {
        synchronized (related) {
            related.settle(now);
            ImportedMaterial material = key.imported().get(materialId);
            return material == null
                    ? new Held(false, Optional.empty(), Optional.empty())
                    : new Held(
                            material.isPresent(),
                            Optional.ofNullable(material.validTo()),
                            Optional.ofNullable(material.description()));
        }
    }

    /** The earliest expiry of a material that belongs to the key for good. */
    public Optional<Instant> validTo(Instant now) {
        synchronized (related) {
            related.settle(now);
            return related.history().stream()
                    .map(v -> key.imported().get(v.id()))
                    .filter(m -> m != null && m.validTo() != null)
                    .map(ImportedMaterial::validTo)
                    .min(Instant::compareTo);
        }
    }

    /** Whether this Region holds any material. */
    public boolean isAnyHeld(Instant now) {
        synchronized (related) {
            related.settle(now);
            return related.history().stream().anyMatch(v -> key.holds(v.id()));
        }
    }
}
