package io.pileus.kms;

import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Blob;
import io.pileus.kms.crypto.KeyGenerator;
import io.pileus.kms.crypto.KeyMaterial;
import io.pileus.kms.crypto.KeySpec;
import io.pileus.kms.crypto.WrappingKey;
import io.pileus.kms.model.DeleteImportedKeyMaterialRequest;
import io.pileus.kms.model.DeleteImportedKeyMaterialResponse;
import io.pileus.kms.model.GetParametersForImportRequest;
import io.pileus.kms.model.GetParametersForImportResponse;
import io.pileus.kms.model.ImportKeyMaterialRequest;
import io.pileus.kms.model.ImportKeyMaterialResponse;
import io.pileus.kms.state.ImportTokens;
import io.pileus.kms.state.Key;
import io.pileus.kms.state.KeyImport;
import io.pileus.kms.state.KeyOperation;
import io.pileus.kms.state.Origin;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Import of key material.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys.html">Importing key material</a>
 */
final class ImportOperations {
    private static final int TOKEN_BYTES = 256;

    private final KeyLookup lookup;
    private final KeyGenerator generator;
    private final Ids ids;

    ImportOperations(KeyLookup lookup, KeyGenerator generator, Ids ids) {
        this.lookup = lookup;
        this.generator = generator;
        this.ids = ids;
    }

    GetParametersForImportResponse getParametersForImport(GetParametersForImportRequest input, CallContext call) {
        Key key = importableKey(input.keyId(), KeyOperation.GetParametersForImport, call);
        WrappingKey.Algorithm algorithm = wrappingAlgorithm(input.wrappingAlgorithm());
        KeySpec wrappingSpec = KeySpec.valueOf(input.wrappingKeySpec());
        if (!algorithm.suits(key.spec(), wrappingSpec)) {
            throw KmsErrors.validation("Wrapping algorithm " + algorithm + " with wrapping key spec " + wrappingSpec
                    + " cannot wrap key material of key spec " + key.spec() + ".");
        }
        WrappingKey wrappingKey = new WrappingKey((KeyMaterial.Pair) generator.generate(wrappingSpec), algorithm);
        Instant validTo = call.receivedAt().plus(KmsLimits.IMPORT_PARAMETERS_VALIDITY);
        Blob token = Blob.of(ids.bytes(TOKEN_BYTES));
        lookup.ring(key.account(), key.region())
                .importTokens()
                .put(token.base64(), new ImportTokens.Parameters(key.arn(), wrappingKey, validTo));
        return GetParametersForImportResponse.builder()
                .keyId(key.arn())
                .importToken(token)
                .publicKey(Blob.of(wrappingKey.pair().publicKey()))
                .parametersValidTo(validTo)
                .build();
    }

    private static WrappingKey.Algorithm wrappingAlgorithm(String name) {
        if (name.equals("RSAES_PKCS1_V1_5")) {
            throw KmsErrors.unsupported("The RSAES_PKCS1_V1_5 wrapping algorithm is no longer supported.");
        }
        return WrappingKey.Algorithm.valueOf(name);
    }

    ImportKeyMaterialResponse importKeyMaterial(ImportKeyMaterialRequest input, CallContext call) {
        Key key = importableKey(input.keyId(), KeyOperation.ImportKeyMaterial, call);
        boolean symmetric = key.spec() == KeySpec.SYMMETRIC_DEFAULT;
        if (!symmetric
                && (input.importType() != null
                        || input.keyMaterialDescription() != null
                        || input.keyMaterialId() != null)) {
            throw KmsErrors.validation(
                    "ImportType, KeyMaterialDescription and KeyMaterialId are only valid for symmetric "
                            + "encryption keys.");
        }
        KeyImport.Kind kind = input.importType() == null ? null : KeyImport.Kind.valueOf(input.importType());
        if (kind == KeyImport.Kind.NEW_KEY_MATERIAL && input.keyMaterialId() != null) {
            throw KmsErrors.validation("KeyMaterialId cannot be specified when ImportType is NEW_KEY_MATERIAL.");
        }
        Instant validTo = validTo(input, call.receivedAt());
        KeyMaterial material = unwrap(key, input, call);
        String id = key.imports()
                .take(
                        new KeyImport.Request(
                                material, kind, input.keyMaterialId(), validTo, input.keyMaterialDescription()),
                        call.receivedAt());
        return ImportKeyMaterialResponse.builder()
                .keyId(key.arn())
                .keyMaterialId(Usage.shownMaterialId(key, id))
                .build();
    }

    private static @Nullable Instant validTo(ImportKeyMaterialRequest input, Instant now) {
        boolean expires = !"KEY_MATERIAL_DOES_NOT_EXPIRE".equals(input.expirationModel());
        Instant validTo = input.validTo();
        if (!expires) {
            if (validTo != null) {
                throw KmsErrors.validation(
                        "A validTo date must not be set if the ExpirationModel is KEY_MATERIAL_DOES_NOT_EXPIRE");
            }
            return null;
        }
        if (validTo == null) {
            throw KmsErrors.validation("A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES");
        }
        if (!validTo.isAfter(now) || validTo.isAfter(now.plus(KmsLimits.IMPORTED_MATERIAL_VALIDITY_MAX))) {
            throw KmsErrors.validation("The validTo date must be in the future and within "
                    + KmsLimits.IMPORTED_MATERIAL_VALIDITY_MAX.toDays() + " days");
        }
        return validTo;
    }

    private KeyMaterial unwrap(Key key, ImportKeyMaterialRequest input, CallContext call) {
        ImportTokens.Parameters parameters = lookup.ring(key.account(), key.region())
                .importTokens()
                .get(input.importToken().base64())
                .filter(p -> p.keyArn().equals(key.arn()))
                .orElseThrow(KmsErrors::invalidImportToken);
        if (!call.receivedAt().isBefore(parameters.validTo())) {
            throw KmsErrors.expiredImportToken();
        }
        try {
            return KeyGenerator.parse(
                    key.spec(),
                    parameters.wrappingKey().unwrap(input.encryptedKeyMaterial().bytes()));
        } catch (KeyMaterial.InvalidCiphertext e) {
            throw KmsErrors.invalidCiphertext();
        } catch (KeyMaterial.InvalidKeyMaterial e) {
            throw KmsErrors.incorrectKeyMaterial(
                    "The key material is not valid for key spec " + key.spec() + ": " + e.getMessage() + ".");
        }
    }

    DeleteImportedKeyMaterialResponse deleteImportedKeyMaterial(
            DeleteImportedKeyMaterialRequest input, CallContext call) {
        Key key = importableKey(input.keyId(), KeyOperation.DeleteImportedKeyMaterial, call);
        String id =
                key.imports().delete(input.keyMaterialId(), call.receivedAt()).orElse("");
        return DeleteImportedKeyMaterialResponse.builder()
                .keyId(key.arn())
                .keyMaterialId(Usage.shownMaterialId(key, id))
                .build();
    }

    private Key importableKey(String keyId, KeyOperation operation, CallContext call) {
        Key key = lookup.customerKey(keyId, operation, call);
        if (key.origin() != Origin.EXTERNAL) {
            throw KmsErrors.originNotValid(key.arn(), key.origin());
        }
        key.admit(operation, call.receivedAt());
        return key;
    }
}
