package io.pileus.stepfunctions;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.port.KeyService;
import io.pileus.core.port.Ports;
import io.pileus.core.service.CallContext;
import io.pileus.stepfunctions.model.EncryptionConfiguration;
import io.pileus.stepfunctions.model.KmsAccessDeniedException;
import io.pileus.stepfunctions.model.KmsInvalidStateException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The KMS keys that state machines and activities name. Data is not encrypted here, but a key that could not encrypt or
 * decrypt it is refused where AWS refuses it.
 */
final class EncryptionKeys {
    static final EncryptionConfiguration AWS_OWNED =
            EncryptionConfiguration.builder().type("AWS_OWNED_KEY").build();

    /** How long a data key is used again unless the user says it. */
    private static final int REUSE_SECONDS = 300;

    private final Ports ports;

    EncryptionKeys(Ports ports) {
        this.ports = ports;
    }

    /** The configuration with its defaults. */
    EncryptionConfiguration check(@Nullable EncryptionConfiguration given, CallContext call) {
        if (given == null || "AWS_OWNED_KEY".equals(given.type())) {
            refuseForOwnedKey(given);
            return AWS_OWNED;
        }
        String keyId = given.kmsKeyId();
        if (keyId == null) {
            throw StepFunctionsErrors.invalidEncryption("Must set a valid kmsKeyId.");
        }
        refusal(keyId, call.account(), call.region()).ifPresent(refused -> {
            throw StepFunctionsErrors.invalidEncryption(refused.message());
        });
        Integer period = given.kmsDataKeyReusePeriodSeconds();
        return EncryptionConfiguration.builder()
                .type("CUSTOMER_MANAGED_KMS_KEY")
                .kmsKeyId(keyId)
                .kmsDataKeyReusePeriodSeconds(period == null ? REUSE_SECONDS : period)
                .build();
    }

    private static void refuseForOwnedKey(@Nullable EncryptionConfiguration given) {
        if (given != null && given.kmsKeyId() != null) {
            throw StepFunctionsErrors.invalidEncryption("Custom kmsKeyId is not allowed when selecting AWS_OWNED_KEY.");
        }
        if (given != null && given.kmsDataKeyReusePeriodSeconds() != null) {
            throw StepFunctionsErrors.invalidEncryption(
                    "Custom kmsDataKeyReusePeriodSeconds is not allowed when selecting AWS_OWNED_KEY.");
        }
    }

    private Optional<KeyService.Refused> refusal(String keyId, AccountId account, Region region) {
        return ports.find(KeyService.class)
                .map(keys -> keys.check(account, region, keyId))
                .filter(KeyService.Refused.class::isInstance)
                .map(KeyService.Refused.class::cast);
    }

    /** Refuses to go on when the data under a configuration's key could not be read. */
    void requireUsable(EncryptionConfiguration encryption, AccountId account, Region region) {
        String keyId = encryption.kmsKeyId();
        if (keyId == null) {
            return;
        }
        refusal(keyId, account, region).ifPresent(refused -> {
            String state = state(refused);
            if (state.isEmpty()) {
                throw KmsAccessDeniedException.of(refused.message());
            }
            throw KmsInvalidStateException.builder()
                    .kmsKeyState(state)
                    .message(refused.message())
                    .build();
        });
    }

    /** The key's state as Step Functions names it; nothing when it is not the state that is wrong. */
    private static String state(KeyService.Refused refused) {
        return switch (refused.code()) {
            case "DisabledException" -> "DISABLED";
            case "KMSInvalidStateException" ->
                refused.message().contains("import") ? "PENDING_IMPORT" : "PENDING_DELETION";
            case "KeyUnavailableException" -> "UNAVAILABLE";
            default -> "";
        };
    }
}
