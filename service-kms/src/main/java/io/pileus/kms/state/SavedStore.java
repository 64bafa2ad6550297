package io.pileus.kms.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A custom key store as it is saved.
 *
 * @param connection null for one that never was connected
 */
public record SavedStore(
        String id,
        Instant creationDate,
        String clusterPassword,
        String name,
        CustomKeyStore.Backing backing,
        @Nullable SavedConnection connection) {

    /** The connection was in one state until an instant, and is in another from then on. */
    public record SavedConnection(
            CustomKeyStore.ConnectionState before,
            CustomKeyStore.ConnectionState after,
            Instant at,
            @Nullable String error) {}
}
