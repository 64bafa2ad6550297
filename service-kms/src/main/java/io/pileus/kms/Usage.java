package io.pileus.kms;

import io.pileus.core.service.CallContext;
import io.pileus.kms.crypto.EncryptionAlgorithm;
import io.pileus.kms.crypto.KeySpec;
import io.pileus.kms.crypto.KeyUsage;
import io.pileus.kms.state.EncryptionContext;
import io.pileus.kms.state.Key;
import io.pileus.kms.state.KeyOperation;
import io.pileus.kms.state.LastUsage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What cryptographic operations check and note, each in one place. */
final class Usage {
    private Usage() {}

    /** The key can be used for the operation: in its present state, and by its usage. */
    static void require(Key key, KeyUsage usage, KeyOperation operation, CallContext call) {
        key.admit(operation, call.receivedAt());
        if (key.usage() != usage) {
            throw KmsErrors.usage(key.arn(), key.usage(), operation.name());
        }
    }

    /** The key can be used for symmetric encryption. */
    static void requireSymmetric(Key key, KeyOperation operation, CallContext call) {
        require(key, KeyUsage.ENCRYPT_DECRYPT, operation, call);
        if (key.spec() != KeySpec.SYMMETRIC_DEFAULT) {
            throw KmsErrors.notSymmetric(key.arn(), key.spec());
        }
    }

    /** The algorithm that the caller names, which must be one that the caller's list has. */
    static <A extends Enum<A>> A algorithm(Class<A> type, String name, List<A> allowed, KeySpec spec) {
        A algorithm = Enum.valueOf(type, name);
        if (!allowed.contains(algorithm)) {
            throw KmsErrors.algorithm(algorithm, spec);
        }
        return algorithm;
    }

    static EncryptionAlgorithm encryptionAlgorithm(@Nullable String name) {
        return name == null ? EncryptionAlgorithm.SYMMETRIC_DEFAULT : EncryptionAlgorithm.valueOf(name);
    }

    /** The encryption context; only symmetric encryption takes one. */
    static EncryptionContext context(Map<String, String> pairs, EncryptionAlgorithm algorithm) {
        if (pairs.isEmpty()) {
            return EncryptionContext.EMPTY;
        }
        if (algorithm != EncryptionAlgorithm.SYMMETRIC_DEFAULT) {
            throw KmsErrors.validation("An encryption context is not supported with algorithm " + algorithm);
        }
        int length = 0;
        for (Map.Entry<String, String> pair : pairs.entrySet()) {
            length += pair.getKey().length() + pair.getValue().length();
        }
        if (length > KmsLimits.ENCRYPTION_CONTEXT_LENGTH_MAX) {
            throw KmsErrors.validation(
                    "The encryption context is longer than " + KmsLimits.ENCRYPTION_CONTEXT_LENGTH_MAX + " characters");
        }
        return EncryptionContext.of(pairs);
    }

    /** Ends a dry run: everything that could be refused has been looked at. */
    static void endDryRun(@Nullable Boolean dryRun) {
        if (Boolean.TRUE.equals(dryRun)) {
            throw KmsErrors.dryRun();
        }
    }

    static void succeeded(Key key, KeyOperation operation, CallContext call) {
        key.used(new LastUsage(operation.name(), call.receivedAt(), call.requestId()));
    }

    /** The material's id in an answer; keys of custom key stores and asymmetric keys have none to show. */
    static @Nullable String shownMaterialId(Key key, String materialId) {
        return key.hasKeyMaterialId() ? materialId : null;
    }
}
