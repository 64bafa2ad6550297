package io.pileus.kms;

import io.pileus.core.service.CallContext;
import io.pileus.core.service.NotImplemented;
import io.pileus.core.shape.Blob;
import io.pileus.kms.crypto.EncryptionAlgorithm;
import io.pileus.kms.crypto.KeyGenerator;
import io.pileus.kms.crypto.KeyMaterial;
import io.pileus.kms.crypto.KeyUsage;
import io.pileus.kms.crypto.SymmetricMaterial;
import io.pileus.kms.model.DecryptRequest;
import io.pileus.kms.model.DecryptResponse;
import io.pileus.kms.model.EncryptRequest;
import io.pileus.kms.model.EncryptResponse;
import io.pileus.kms.model.ReEncryptRequest;
import io.pileus.kms.model.ReEncryptResponse;
import io.pileus.kms.state.CiphertextBlob;
import io.pileus.kms.state.EncryptionContext;
import io.pileus.kms.state.Key;
import io.pileus.kms.state.KeyOperation;
import io.pileus.kms.state.MaterialVersion;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Encrypt, Decrypt and ReEncrypt. */
final class EncryptionOperations {

    /** A ciphertext, and what it was made with. */
    record Encrypted(
            Key key,
            EncryptionAlgorithm algorithm,
            Blob ciphertext,
            @Nullable String materialId) {}

    /** A plaintext, and what its ciphertext was made with. */
    record Decrypted(
            Key key,
            EncryptionAlgorithm algorithm,
            Blob plaintext,
            @Nullable String materialId) {}

    private final KeyLookup lookup;
    private final KeyAccess access;
    private final KeyGenerator generator;

    EncryptionOperations(KeyLookup lookup, KeyAccess access, KeyGenerator generator) {
        this.lookup = lookup;
        this.access = access;
        this.generator = generator;
    }

    EncryptResponse encrypt(EncryptRequest input, CallContext call) {
        access.requireTokens(input.grantTokens());
        EncryptionAlgorithm algorithm = Usage.encryptionAlgorithm(input.encryptionAlgorithm());
        EncryptionContext context = Usage.context(input.encryptionContext(), algorithm);
        Key key = lookup.keyOrAlias(input.keyId(), call);
        requireEncryption(key, algorithm, KeyOperation.Encrypt, call);
        requireSize(key, algorithm, input.plaintext());
        Usage.endDryRun(input.dryRun());
        Encrypted encrypted = encrypt(key, algorithm, input.plaintext(), context, KeyOperation.Encrypt, call);
        return EncryptResponse.builder()
                .ciphertextBlob(encrypted.ciphertext())
                .keyId(key.arn())
                .encryptionAlgorithm(algorithm.name())
                .build();
    }

    /** Encrypts, once everything is checked. */
    Encrypted encrypt(
            Key key,
            EncryptionAlgorithm algorithm,
            Blob plaintext,
            EncryptionContext context,
            KeyOperation operation,
            CallContext call) {
        MaterialVersion version = key.currentMaterial(operation, call.receivedAt());
        byte[] ciphertext = switch (version.material()) {
            case SymmetricMaterial symmetric ->
                CiphertextBlob.encrypt(key.arn(), version.id(), symmetric, generator, plaintext.bytes(), context);
            case KeyMaterial.Encrypting pair -> pair.encrypt(algorithm, plaintext.bytes());
            case null, default -> throw new IllegalStateException("not for encryption: " + key.spec());
        };
        Usage.succeeded(key, operation, call);
        return new Encrypted(key, algorithm, Blob.of(ciphertext), Usage.shownMaterialId(key, version.id()));
    }

    DecryptResponse decrypt(DecryptRequest input, CallContext call) {
        refuseRecipient(input.recipient(), KeyOperation.Decrypt);
        access.requireTokens(input.grantTokens());
        EncryptionAlgorithm algorithm = Usage.encryptionAlgorithm(input.encryptionAlgorithm());
        EncryptionContext context = Usage.context(input.encryptionContext(), algorithm);
        if (ignoresCiphertext(input.dryRun(), input.dryRunModifiers())) {
            if (input.keyId() == null) {
                throw KmsErrors.required("keyId");
            }
            requireEncryption(lookup.keyOrAlias(input.keyId(), call), algorithm, KeyOperation.Decrypt, call);
            throw KmsErrors.dryRun();
        }
        if (input.ciphertextBlob() == null) {
            throw KmsErrors.required("ciphertextBlob");
        }
        Decrypted decrypted =
                decrypt(input.keyId(), "keyId", algorithm, input.ciphertextBlob(), context, KeyOperation.Decrypt, call);
        Usage.endDryRun(input.dryRun());
        Usage.succeeded(decrypted.key(), KeyOperation.Decrypt, call);
        return DecryptResponse.builder()
                .keyId(decrypted.key().arn())
                .plaintext(decrypted.plaintext())
                .encryptionAlgorithm(algorithm.name())
                .keyMaterialId(decrypted.materialId())
                .build();
    }

    ReEncryptResponse reEncrypt(ReEncryptRequest input, CallContext call) {
        access.requireTokens(input.grantTokens());
        EncryptionAlgorithm sourceAlgorithm = Usage.encryptionAlgorithm(input.sourceEncryptionAlgorithm());
        EncryptionContext sourceContext = Usage.context(input.sourceEncryptionContext(), sourceAlgorithm);
        EncryptionAlgorithm algorithm = Usage.encryptionAlgorithm(input.destinationEncryptionAlgorithm());
        EncryptionContext context = Usage.context(input.destinationEncryptionContext(), algorithm);
        Key destination = lookup.keyOrAlias(input.destinationKeyId(), call);
        requireEncryption(destination, algorithm, KeyOperation.ReEncrypt, call);
        if (ignoresCiphertext(input.dryRun(), input.dryRunModifiers())) {
            if (input.sourceKeyId() == null) {
                throw KmsErrors.required("sourceKeyId");
            }
            requireEncryption(
                    lookup.keyOrAlias(input.sourceKeyId(), call), sourceAlgorithm, KeyOperation.ReEncrypt, call);
            throw KmsErrors.dryRun();
        }
        if (input.ciphertextBlob() == null) {
            throw KmsErrors.required("ciphertextBlob");
        }
        Decrypted source = decrypt(
                input.sourceKeyId(),
                "sourceKeyId",
                sourceAlgorithm,
                input.ciphertextBlob(),
                sourceContext,
                KeyOperation.ReEncrypt,
                call);
        requireSize(destination, algorithm, source.plaintext());
        Usage.endDryRun(input.dryRun());
        Usage.succeeded(source.key(), KeyOperation.ReEncrypt, call);
        Encrypted encrypted =
                encrypt(destination, algorithm, source.plaintext(), context, KeyOperation.ReEncrypt, call);
        return ReEncryptResponse.builder()
                .ciphertextBlob(encrypted.ciphertext())
                .sourceKeyId(source.key().arn())
                .keyId(destination.arn())
                .sourceEncryptionAlgorithm(sourceAlgorithm.name())
                .destinationEncryptionAlgorithm(algorithm.name())
                .sourceKeyMaterialId(source.materialId())
                .destinationKeyMaterialId(encrypted.materialId())
                .build();
    }

    /** Decrypts under the key that the caller names, or else the one that a symmetric ciphertext names. */
    Decrypted decrypt(
            @Nullable String keyId,
            String keyIdMember,
            EncryptionAlgorithm algorithm,
            Blob ciphertext,
            EncryptionContext context,
            KeyOperation operation,
            CallContext call) {
        try {
            if (algorithm == EncryptionAlgorithm.SYMMETRIC_DEFAULT) {
                return decryptSymmetric(keyId, ciphertext, context, operation, call);
            }
            if (keyId == null) {
                throw KmsErrors.required(keyIdMember);
            }
            Key key = lookup.keyOrAlias(keyId, call);
            requireEncryption(key, algorithm, operation, call);
            KeyMaterial.Encrypting material = (KeyMaterial.Encrypting)
                    key.currentMaterial(operation, call.receivedAt()).material();
            return new Decrypted(key, algorithm, Blob.of(material.decrypt(algorithm, ciphertext.bytes())), null);
        } catch (KeyMaterial.InvalidCiphertext e) {
            throw KmsErrors.invalidCiphertext();
        }
    }

    private Decrypted decryptSymmetric(
            @Nullable String keyId,
            Blob ciphertext,
            EncryptionContext context,
            KeyOperation operation,
            CallContext call)
            throws KeyMaterial.InvalidCiphertext {
        Optional<CiphertextBlob> blob = CiphertextBlob.parse(ciphertext.bytes());
        Key key;
        if (keyId != null) {
            key = lookup.keyOrAlias(keyId, call);
        } else {
            key = keyOf(blob.orElseThrow(KmsErrors::invalidCiphertext), call);
        }
        requireEncryption(key, EncryptionAlgorithm.SYMMETRIC_DEFAULT, operation, call);
        CiphertextBlob sealed = blob.orElseThrow(KmsErrors::invalidCiphertext);
        if (!sealed.isOf(key)) {
            throw KmsErrors.incorrectKey();
        }
        MaterialVersion version = key.material(sealed.materialId(), operation, call.receivedAt())
                .orElseThrow(KmsErrors::invalidCiphertext);
        byte[] plaintext = sealed.decrypt((SymmetricMaterial) version.material(), context);
        return new Decrypted(
                key,
                EncryptionAlgorithm.SYMMETRIC_DEFAULT,
                Blob.of(plaintext),
                Usage.shownMaterialId(key, version.id()));
    }

    /** The key that a ciphertext names; a multi-Region key may have made it in another Region. */
    private Key keyOf(CiphertextBlob blob, CallContext call) {
        return blob.account()
                .flatMap(account -> lookup.find(account, call.region(), blob.keyId(), call.receivedAt()))
                .orElseThrow(KmsErrors::ciphertextOfUnknownKey);
    }

    private static void requireEncryption(
            Key key, EncryptionAlgorithm algorithm, KeyOperation operation, CallContext call) {
        Usage.require(key, KeyUsage.ENCRYPT_DECRYPT, operation, call);
        if (!key.spec().encryptionAlgorithms().contains(algorithm)) {
            throw KmsErrors.algorithm(algorithm, key.spec());
        }
    }

    private static void requireSize(Key key, EncryptionAlgorithm algorithm, Blob plaintext) {
        int max = key.spec().plaintextBytesMax(algorithm);
        if (plaintext.size() > max) {
            throw KmsErrors.validation("Algorithm " + algorithm + " and key spec " + key.spec()
                    + " cannot encrypt data larger than " + max + " bytes.");
        }
    }

    private static boolean ignoresCiphertext(@Nullable Boolean dryRun, List<String> modifiers) {
        if (modifiers.isEmpty()) {
            return false;
        }
        if (!Boolean.TRUE.equals(dryRun)) {
            throw KmsErrors.validation("DryRunModifiers is only valid when DryRun is true");
        }
        return modifiers.contains("IGNORE_CIPHERTEXT");
    }

    static void refuseRecipient(@Nullable Object recipient, KeyOperation operation) {
        if (recipient != null) {
            throw NotImplemented.feature("Recipient (Nitro attestation) of KMS " + operation);
        }
    }
}
