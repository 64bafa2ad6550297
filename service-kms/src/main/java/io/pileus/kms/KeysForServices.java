package io.pileus.kms;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.port.KeyService;
import io.pileus.core.service.AwsException;
import io.pileus.core.shape.Blob;
import io.pileus.core.time.EmulatorClock;
import io.pileus.kms.crypto.KeyGenerator;
import io.pileus.kms.crypto.KeyMaterial;
import io.pileus.kms.crypto.KeySpec;
import io.pileus.kms.crypto.KeyUsage;
import io.pileus.kms.crypto.SymmetricMaterial;
import io.pileus.kms.state.CiphertextBlob;
import io.pileus.kms.state.EncryptionContext;
import io.pileus.kms.state.Key;
import io.pileus.kms.state.KeyOperation;
import io.pileus.kms.state.LastUsage;
import io.pileus.kms.state.MaterialVersion;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/** KMS as the emulator's other services use it. */
final class KeysForServices implements KeyService {
    private static final int DATA_KEY_BYTES = 32;

    private final EmulatorClock clock;
    private final KeyLookup lookup;
    private final KeyGenerator generator;

    KeysForServices(EmulatorClock clock, KeyLookup lookup, KeyGenerator generator) {
        this.clock = clock;
        this.lookup = lookup;
        this.generator = generator;
    }

    @Override
    public Check check(AccountId account, Region region, String keyId) {
        try {
            return new Usable(key(account, region, keyId, KeyOperation.GenerateDataKey, clock.instant())
                    .arn());
        } catch (AwsException e) {
            return refused(e);
        }
    }

    @Override
    public Result generateDataKey(
            AccountId account, Region region, String keyId, Map<String, String> encryptionContext) {
        return attempt(() -> {
            Blob plaintext = Blob.of(generator.randomBytes(DATA_KEY_BYTES));
            return encrypt(account, region, keyId, plaintext, encryptionContext, KeyOperation.GenerateDataKey);
        });
    }

    @Override
    public Result encrypt(
            AccountId account, Region region, String keyId, Blob plaintext, Map<String, String> encryptionContext) {
        return attempt(() -> encrypt(account, region, keyId, plaintext, encryptionContext, KeyOperation.Encrypt));
    }

    private Result encrypt(
            AccountId account,
            Region region,
            String keyId,
            Blob plaintext,
            Map<String, String> encryptionContext,
            KeyOperation operation) {
        Instant now = clock.instant();
        Key key = key(account, region, keyId, operation, now);
        MaterialVersion version = key.currentMaterial(operation, now);
        byte[] ciphertext = CiphertextBlob.encrypt(
                key.arn(),
                version.id(),
                (SymmetricMaterial) version.material(),
                generator,
                plaintext.bytes(),
                EncryptionContext.of(encryptionContext));
        key.used(new LastUsage(operation.name(), now, ""));
        return new Done(plaintext, Blob.of(ciphertext), key.arn());
    }

    @Override
    public Result decrypt(AccountId account, Region region, Blob ciphertext, Map<String, String> encryptionContext) {
        return attempt(() -> {
            Instant now = clock.instant();
            CiphertextBlob blob = CiphertextBlob.parse(ciphertext.bytes()).orElseThrow(KmsErrors::invalidCiphertext);
            Key key = blob.account()
                    .flatMap(owner -> lookup.find(owner, region, blob.keyId(), now))
                    .orElseThrow(KmsErrors::ciphertextOfUnknownKey);
            MaterialVersion version = key.material(blob.materialId(), KeyOperation.Decrypt, now)
                    .orElseThrow(KmsErrors::invalidCiphertext);
            try {
                byte[] plaintext =
                        blob.decrypt((SymmetricMaterial) version.material(), EncryptionContext.of(encryptionContext));
                key.used(new LastUsage(KeyOperation.Decrypt.name(), now, ""));
                return new Done(Blob.of(plaintext), ciphertext, key.arn());
            } catch (KeyMaterial.InvalidCiphertext e) {
                throw KmsErrors.invalidCiphertext();
            }
        });
    }

    private Key key(AccountId account, Region region, String keyId, KeyOperation operation, Instant now) {
        Key key = lookup.keyOrAlias(keyId, account, region, now);
        key.admit(operation, now);
        if (key.usage() != KeyUsage.ENCRYPT_DECRYPT) {
            throw KmsErrors.usage(key.arn(), key.usage(), operation.name());
        }
        if (key.spec() != KeySpec.SYMMETRIC_DEFAULT) {
            throw KmsErrors.notSymmetric(key.arn(), key.spec());
        }
        return key;
    }

    private static Result attempt(Supplier<Result> call) {
        try {
            return call.get();
        } catch (AwsException e) {
            return refused(e);
        }
    }

    private static Refused refused(AwsException e) {
        return new Refused(e.code(), e.getMessage() == null ? "" : e.getMessage());
    }
}
