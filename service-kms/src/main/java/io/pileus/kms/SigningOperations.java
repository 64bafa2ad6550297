package io.pileus.kms;

import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Blob;
import io.pileus.kms.crypto.HmacMaterial;
import io.pileus.kms.crypto.KeyMaterial;
import io.pileus.kms.crypto.KeyUsage;
import io.pileus.kms.crypto.MacAlgorithm;
import io.pileus.kms.crypto.MessageType;
import io.pileus.kms.crypto.SigningAlgorithm;
import io.pileus.kms.model.DeriveSharedSecretRequest;
import io.pileus.kms.model.DeriveSharedSecretResponse;
import io.pileus.kms.model.GenerateMacRequest;
import io.pileus.kms.model.GenerateMacResponse;
import io.pileus.kms.model.SignRequest;
import io.pileus.kms.model.SignResponse;
import io.pileus.kms.model.VerifyMacRequest;
import io.pileus.kms.model.VerifyMacResponse;
import io.pileus.kms.model.VerifyRequest;
import io.pileus.kms.model.VerifyResponse;
import io.pileus.kms.state.Key;
import io.pileus.kms.state.KeyOperation;
import org.jspecify.annotations.Nullable;

/** Signatures, MACs and key agreement. */
final class SigningOperations {
    private final KeyLookup lookup;
    private final KeyAccess access;

    SigningOperations(KeyLookup lookup, KeyAccess access) {
        this.lookup = lookup;
        this.access = access;
    }

    SignResponse sign(SignRequest input, CallContext call) {
        access.requireTokens(input.grantTokens());
        Key key = lookup.keyOrAlias(input.keyId(), call);
        SigningAlgorithm algorithm = signingAlgorithm(key, input.signingAlgorithm(), KeyOperation.Sign, call);
        MessageType type = messageType(input.messageType(), input.message(), algorithm);
        Usage.endDryRun(input.dryRun());
        byte[] signature = signer(key, KeyOperation.Sign, call)
                .sign(algorithm, type, input.message().bytes());
        Usage.succeeded(key, KeyOperation.Sign, call);
        return SignResponse.builder()
                .keyId(key.arn())
                .signature(Blob.of(signature))
                .signingAlgorithm(algorithm.name())
                .build();
    }

    VerifyResponse verify(VerifyRequest input, CallContext call) {
        access.requireTokens(input.grantTokens());
        Key key = lookup.keyOrAlias(input.keyId(), call);
        SigningAlgorithm algorithm = signingAlgorithm(key, input.signingAlgorithm(), KeyOperation.Verify, call);
        MessageType type = messageType(input.messageType(), input.message(), algorithm);
        Usage.endDryRun(input.dryRun());
        boolean valid = signer(key, KeyOperation.Verify, call)
                .verify(
                        algorithm,
                        type,
                        input.message().bytes(),
                        input.signature().bytes());
        if (!valid) {
            throw KmsErrors.invalidSignature();
        }
        Usage.succeeded(key, KeyOperation.Verify, call);
        return VerifyResponse.builder()
                .keyId(key.arn())
                .signatureValid(true)
                .signingAlgorithm(algorithm.name())
                .build();
    }

    private static SigningAlgorithm signingAlgorithm(Key key, String name, KeyOperation operation, CallContext call) {
        Usage.require(key, KeyUsage.SIGN_VERIFY, operation, call);
        return Usage.algorithm(SigningAlgorithm.class, name, key.spec().signingAlgorithms(), key.spec());
    }

    private static MessageType messageType(@Nullable String name, Blob message, SigningAlgorithm algorithm) {
        MessageType type = name == null ? MessageType.RAW : MessageType.valueOf(name);
        if (!algorithm.accepts(type)) {
            throw KmsErrors.validation("Message type " + type + " is not valid for algorithm " + algorithm + ".");
        }
        int length = algorithm.messageLength(type);
        if (length >= 0 && message.size() != length) {
            throw KmsErrors.validation("Digest is invalid length for algorithm " + algorithm + ".");
        }
        return type;
    }

    private static KeyMaterial.Signing signer(Key key, KeyOperation operation, CallContext call) {
        return (KeyMaterial.Signing)
                key.currentMaterial(operation, call.receivedAt()).material();
    }

    GenerateMacResponse generateMac(GenerateMacRequest input, CallContext call) {
        access.requireTokens(input.grantTokens());
        Key key = lookup.keyOrAlias(input.keyId(), call);
        MacAlgorithm algorithm = macAlgorithm(key, input.macAlgorithm(), KeyOperation.GenerateMac, call);
        Usage.endDryRun(input.dryRun());
        byte[] mac = mac(key, KeyOperation.GenerateMac, call)
                .mac(algorithm, input.message().bytes());
        Usage.succeeded(key, KeyOperation.GenerateMac, call);
        return GenerateMacResponse.builder()
                .mac(Blob.of(mac))
                .macAlgorithm(algorithm.name())
                .keyId(key.arn())
                .build();
    }

    VerifyMacResponse verifyMac(VerifyMacRequest input, CallContext call) {
        access.requireTokens(input.grantTokens());
        Key key = lookup.keyOrAlias(input.keyId(), call);
        MacAlgorithm algorithm = macAlgorithm(key, input.macAlgorithm(), KeyOperation.VerifyMac, call);
        Usage.endDryRun(input.dryRun());
        if (!mac(key, KeyOperation.VerifyMac, call)
                .verify(algorithm, input.message().bytes(), input.mac().bytes())) {
            throw KmsErrors.invalidMac();
        }
        Usage.succeeded(key, KeyOperation.VerifyMac, call);
        return VerifyMacResponse.builder()
                .keyId(key.arn())
                .macValid(true)
                .macAlgorithm(algorithm.name())
                .build();
    }

    private static MacAlgorithm macAlgorithm(Key key, String name, KeyOperation operation, CallContext call) {
        Usage.require(key, KeyUsage.GENERATE_VERIFY_MAC, operation, call);
        return Usage.algorithm(MacAlgorithm.class, name, key.spec().macAlgorithms(), key.spec());
    }

    private static HmacMaterial mac(Key key, KeyOperation operation, CallContext call) {
        return (HmacMaterial) key.currentMaterial(operation, call.receivedAt()).material();
    }

    DeriveSharedSecretResponse deriveSharedSecret(DeriveSharedSecretRequest input, CallContext call) {
        EncryptionOperations.refuseRecipient(input.recipient(), KeyOperation.DeriveSharedSecret);
        access.requireTokens(input.grantTokens());
        Key key = lookup.keyOrAlias(input.keyId(), call);
        Usage.require(key, KeyUsage.KEY_AGREEMENT, KeyOperation.DeriveSharedSecret, call);
        KeyMaterial.Agreeing material =
                (KeyMaterial.Agreeing) key.currentMaterial(KeyOperation.DeriveSharedSecret, call.receivedAt())
                        .material();
        byte[] secret;
        try {
            secret = material.agree(input.publicKey().bytes());
        } catch (KeyMaterial.InvalidKeyMaterial e) {
            throw KmsErrors.validation(
                    "The public key is not a valid DER-encoded public key of key spec " + key.spec() + ".");
        }
        Usage.endDryRun(input.dryRun());
        Usage.succeeded(key, KeyOperation.DeriveSharedSecret, call);
        return DeriveSharedSecretResponse.builder()
                .keyId(key.arn())
                .sharedSecret(Blob.of(secret))
                .keyAgreementAlgorithm(input.keyAgreementAlgorithm())
                .keyOrigin(key.origin().name())
                .build();
    }
}
