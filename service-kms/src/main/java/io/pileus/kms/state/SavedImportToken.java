package io.pileus.kms.state;

import io.pileus.core.shape.Blob;
import io.pileus.kms.crypto.KeySpec;
import io.pileus.kms.crypto.WrappingKey;
import java.time.Instant;

/** An import token that was given out, as it is saved: the wrapping key that it stands for. */
public record SavedImportToken(
        String token,
        String keyArn,
        KeySpec wrappingKeySpec,
        Blob wrappingKey,
        WrappingKey.Algorithm algorithm,
        Instant validTo) {}
