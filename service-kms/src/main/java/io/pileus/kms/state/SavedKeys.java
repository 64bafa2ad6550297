package io.pileus.kms.state;

import io.pileus.core.identity.Region;
import io.pileus.core.shape.Blob;
import io.pileus.kms.crypto.KeySpec;
import io.pileus.kms.crypto.KeyUsage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key with its relatives in other Regions as they are saved, secrets included.
 *
 * @param history the materials it has had, the current one last
 * @param members the keys, one a Region
 */
public record SavedKeys(
        String keyId,
        boolean multiRegion,
        Region primaryRegion,
        KeySpec spec,
        KeyUsage usage,
        Origin origin,
        Key.Manager manager,
        List<SavedMaterial> history,
        @Nullable SavedMaterial pending,
        RelatedKeys.@Nullable Schedule schedule,
        int onDemandRotations,
        @Nullable Instant lastReplicaDeletedAt,
        List<SavedKey> members) {

    /** @param secret null for imported material, which each Region holds for itself */
    public record SavedMaterial(
            String id,
            @Nullable Blob secret,
            @Nullable Instant rotationDate,
            MaterialVersion.@Nullable RotationType rotationType) {}

    /** What one Region has of an imported material. */
    public record SavedImport(
            @Nullable Blob secret,
            @Nullable Instant validTo,
            @Nullable String description) {}

    /** The key of one Region. */
    public record SavedKey(
            Region region,
            Instant creationDate,
            @Nullable String storeId,
            @Nullable String xksKeyId,
            String description,
            String policy,
            Map<String, String> tags,
            List<SavedGrant> grants,
            Map<String, SavedImport> imported,
            boolean enabled,
            Deletion deletion,
            @Nullable Instant creatingUntil,
            @Nullable Instant updatingUntil,
            Instant rotatableSince,
            @Nullable LastUsage lastUsage) {}

    /** The components are those of {@link Grant}. */
    public record SavedGrant(
            String id,
            @Nullable String name,
            Instant creationDate,
            String granteePrincipal,
            @Nullable String retiringPrincipal,
            String issuingAccount,
            List<String> operations,
            Grant.@Nullable Constraints constraints) {

        static SavedGrant of(Grant grant) {
            return new SavedGrant(
                    grant.id(),
                    grant.name(),
                    grant.creationDate(),
                    grant.granteePrincipal(),
                    grant.retiringPrincipal(),
                    grant.issuingAccount(),
                    grant.operations(),
                    grant.constraints().orElse(null));
        }

        Grant grant() {
            return new Grant(
                    id,
                    name,
                    creationDate,
                    granteePrincipal,
                    retiringPrincipal,
                    issuingAccount,
                    operations,
                    Optional.ofNullable(constraints));
        }
    }
}
