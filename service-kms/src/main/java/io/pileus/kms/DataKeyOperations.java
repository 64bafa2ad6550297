package io.pileus.kms;

import io.pileus.core.service.CallContext;
import io.pileus.core.service.NotImplemented;
import io.pileus.core.shape.Blob;
import io.pileus.kms.EncryptionOperations.Encrypted;
import io.pileus.kms.crypto.EncryptionAlgorithm;
import io.pileus.kms.crypto.KeyGenerator;
import io.pileus.kms.crypto.KeyMaterial;
import io.pileus.kms.crypto.KeySpec;
import io.pileus.kms.model.GenerateDataKeyPairRequest;
import io.pileus.kms.model.GenerateDataKeyPairResponse;
import io.pileus.kms.model.GenerateDataKeyPairWithoutPlaintextRequest;
import io.pileus.kms.model.GenerateDataKeyPairWithoutPlaintextResponse;
import io.pileus.kms.model.GenerateDataKeyRequest;
import io.pileus.kms.model.GenerateDataKeyResponse;
import io.pileus.kms.model.GenerateDataKeyWithoutPlaintextRequest;
import io.pileus.kms.model.GenerateDataKeyWithoutPlaintextResponse;
import io.pileus.kms.model.GenerateRandomRequest;
import io.pileus.kms.model.GenerateRandomResponse;
import io.pileus.kms.state.CustomKeyStore;
import io.pileus.kms.state.EncryptionContext;
import io.pileus.kms.state.Key;
import io.pileus.kms.state.KeyOperation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Data keys, data key pairs, and random bytes. */
final class DataKeyOperations {
    private final KeyLookup lookup;
    private final KeyAccess access;
    private final KeyGenerator generator;
    private final EncryptionOperations encryption;

    DataKeyOperations(KeyLookup lookup, KeyAccess access, KeyGenerator generator, EncryptionOperations encryption) {
        this.lookup = lookup;
        this.access = access;
        this.generator = generator;
        this.encryption = encryption;
    }

    private record DataKey(Blob plaintext, Encrypted encrypted) {}

    GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest input, CallContext call) {
        EncryptionOperations.refuseRecipient(input.recipient(), KeyOperation.GenerateDataKey);
        DataKey dataKey = dataKey(
                input.keyId(),
                input.keySpec(),
                input.numberOfBytes(),
                input.encryptionContext(),
                input.grantTokens(),
                input.dryRun(),
                KeyOperation.GenerateDataKey,
                call);
        return GenerateDataKeyResponse.builder()
                .ciphertextBlob(dataKey.encrypted().ciphertext())
                .plaintext(dataKey.plaintext())
                .keyId(dataKey.encrypted().key().arn())
                .keyMaterialId(dataKey.encrypted().materialId())
                .build();
    }

    GenerateDataKeyWithoutPlaintextResponse generateDataKeyWithoutPlaintext(
            GenerateDataKeyWithoutPlaintextRequest input, CallContext call) {
        DataKey dataKey = dataKey(
                input.keyId(),
                input.keySpec(),
                input.numberOfBytes(),
                input.encryptionContext(),
                input.grantTokens(),
                input.dryRun(),
                KeyOperation.GenerateDataKeyWithoutPlaintext,
                call);
        return GenerateDataKeyWithoutPlaintextResponse.builder()
                .ciphertextBlob(dataKey.encrypted().ciphertext())
                .keyId(dataKey.encrypted().key().arn())
                .keyMaterialId(dataKey.encrypted().materialId())
                .build();
    }

    private DataKey dataKey(
            String keyId,
            @Nullable String dataKeySpec,
            @Nullable Integer numberOfBytes,
            Map<String, String> contextPairs,
            List<String> grantTokens,
            @Nullable Boolean dryRun,
            KeyOperation operation,
            CallContext call) {
        access.requireTokens(grantTokens);
        if ((dataKeySpec == null) == (numberOfBytes == null)) {
            throw KmsErrors.validation("Please specify either number of bytes or key spec.");
        }
        EncryptionContext context = Usage.context(contextPairs, EncryptionAlgorithm.SYMMETRIC_DEFAULT);
        Key key = lookup.keyOrAlias(keyId, call);
        Usage.requireSymmetric(key, operation, call);
        Usage.endDryRun(dryRun);
        int length = numberOfBytes != null ? numberOfBytes : "AES_128".equals(dataKeySpec) ? 16 : 32;
        Blob plaintext = Blob.of(generator.randomBytes(length));
        return new DataKey(
                plaintext,
                encryption.encrypt(key, EncryptionAlgorithm.SYMMETRIC_DEFAULT, plaintext, context, operation, call));
    }

    private record DataKeyPair(KeyMaterial.Pair pair, Encrypted encrypted) {}

    GenerateDataKeyPairResponse generateDataKeyPair(GenerateDataKeyPairRequest input, CallContext call) {
        EncryptionOperations.refuseRecipient(input.recipient(), KeyOperation.GenerateDataKeyPair);
        DataKeyPair dataKey = dataKeyPair(
                input.keyId(),
                input.keyPairSpec(),
                input.encryptionContext(),
                input.grantTokens(),
                input.dryRun(),
                KeyOperation.GenerateDataKeyPair,
                call);
        return GenerateDataKeyPairResponse.builder()
                .privateKeyCiphertextBlob(dataKey.encrypted().ciphertext())
                .privateKeyPlaintext(Blob.of(dataKey.pair().secret()))
                .publicKey(Blob.of(dataKey.pair().publicKey()))
                .keyId(dataKey.encrypted().key().arn())
                .keyPairSpec(input.keyPairSpec())
                .keyMaterialId(dataKey.encrypted().materialId())
                .build();
    }

    GenerateDataKeyPairWithoutPlaintextResponse generateDataKeyPairWithoutPlaintext(
            GenerateDataKeyPairWithoutPlaintextRequest input, CallContext call) {
        DataKeyPair dataKey = dataKeyPair(
                input.keyId(),
                input.keyPairSpec(),
                input.encryptionContext(),
                input.grantTokens(),
                input.dryRun(),
                KeyOperation.GenerateDataKeyPairWithoutPlaintext,
                call);
        return GenerateDataKeyPairWithoutPlaintextResponse.builder()
                .privateKeyCiphertextBlob(dataKey.encrypted().ciphertext())
                .publicKey(Blob.of(dataKey.pair().publicKey()))
                .keyId(dataKey.encrypted().key().arn())
                .keyPairSpec(input.keyPairSpec())
                .keyMaterialId(dataKey.encrypted().materialId())
                .build();
    }

    private DataKeyPair dataKeyPair(
            String keyId,
            String pairSpec,
            Map<String, String> contextPairs,
            List<String> grantTokens,
            @Nullable Boolean dryRun,
            KeyOperation operation,
            CallContext call) {
        access.requireTokens(grantTokens);
        EncryptionContext context = Usage.context(contextPairs, EncryptionAlgorithm.SYMMETRIC_DEFAULT);
        Key key = lookup.keyOrAlias(keyId, call);
        if (key.origin().isCustomKeyStore()) {
            throw KmsErrors.originNotValid(key.arn(), key.origin());
        }
        Usage.requireSymmetric(key, operation, call);
        Usage.endDryRun(dryRun);
        KeyMaterial.Pair pair = (KeyMaterial.Pair) generator.generate(KeySpec.valueOf(pairSpec));
        return new DataKeyPair(
                pair,
                encryption.encrypt(
                        key, EncryptionAlgorithm.SYMMETRIC_DEFAULT, Blob.of(pair.secret()), context, operation, call));
    }

    GenerateRandomResponse generateRandom(GenerateRandomRequest input, CallContext call) {
        if (input.recipient() != null) {
            throw NotImplemented.feature("Recipient (Nitro attestation) of KMS GenerateRandom");
        }
        if (input.numberOfBytes() == null) {
            throw KmsErrors.validation("NumberOfBytes is required.");
        }
        if (input.customKeyStoreId() != null) {
            CustomKeyStore store = lookup.ring(call)
                    .store(input.customKeyStoreId())
                    .orElseThrow(() -> KmsErrors.customKeyStoreNotFound(input.customKeyStoreId()));
            if (store.backing() instanceof CustomKeyStore.External) {
                throw KmsErrors.unsupported("An external key store does not generate random bytes");
            }
            CustomKeyStore.ConnectionState state = store.connectionState(call.receivedAt());
            if (state != CustomKeyStore.ConnectionState.CONNECTED) {
                throw KmsErrors.customKeyStoreState(store.id(), state);
            }
        }
        return GenerateRandomResponse.builder()
                .plaintext(Blob.of(generator.randomBytes(input.numberOfBytes())))
                .build();
    }
}
