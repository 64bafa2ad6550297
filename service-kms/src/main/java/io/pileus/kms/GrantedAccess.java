package io.pileus.kms;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Region;
import io.pileus.core.port.KeyGrants;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.Shape;
import io.pileus.core.time.EmulatorClock;
import io.pileus.kms.model.CreateGrantRequest;
import io.pileus.kms.model.DecryptRequest;
import io.pileus.kms.model.EncryptRequest;
import io.pileus.kms.model.GenerateDataKeyPairRequest;
import io.pileus.kms.model.GenerateDataKeyPairWithoutPlaintextRequest;
import io.pileus.kms.model.GenerateDataKeyRequest;
import io.pileus.kms.model.GenerateDataKeyWithoutPlaintextRequest;
import io.pileus.kms.model.ReEncryptRequest;
import io.pileus.kms.model.RetireGrantRequest;
import io.pileus.kms.state.CiphertextBlob;
import io.pileus.kms.state.EncryptionContext;
import io.pileus.kms.state.Grant;
import io.pileus.kms.state.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the grants of keys allow, and which key a call is about, for who enforces policies. */
final class GrantedAccess implements KeyGrants {
    private static final String PREFIX = "kms:";

    private final EmulatorClock clock;
    private final KeyLookup lookup;

    GrantedAccess(EmulatorClock clock, KeyLookup lookup) {
        this.clock = clock;
        this.lookup = lookup;
    }

    // ---- what grants allow --------------------------------------------------------------------------------------

    @Override
    public boolean allow(String action, String keyArn, List<String> principals, Shape input) {
        if (!action.startsWith(PREFIX)) {
            return false;
        }
        String operation = action.substring(PREFIX.length());
        return key(keyArn).stream()
                .flatMap(key -> key.grants().values().stream())
                .anyMatch(grant -> allows(grant, operation, principals, input));
    }

    private static boolean allows(Grant grant, String operation, List<String> principals, Shape input) {
        boolean grantee = principals.contains(grant.granteePrincipal());
        if (input instanceof RetireGrantRequest retirement) {
            // A retiring principal may end its own grant, whatever the grant's operations.
            boolean retirer = grant.retiringPrincipal() != null && principals.contains(grant.retiringPrincipal());
            return grant.id().equals(grantId(retirement))
                    && (retirer || (grantee && grant.operations().contains(operation)));
        }
        if (!grantee) {
            return false;
        }
        return input instanceof CreateGrantRequest child
                ? grant.operations().contains(operation) && grant.covers(child.operations(), constraints(child))
                : grant.allows(operation, EncryptionContext.of(context(operation, input)));
    }

    private static String grantId(RetireGrantRequest input) {
        if (input.grantToken() == null) {
            return input.grantId() == null ? "" : input.grantId();
        }
        try {
            return GrantToken.decode(input.grantToken()).grantId();
        } catch (AwsException e) {
            return "";
        }
    }

    private static Optional<Grant.Constraints> constraints(CreateGrantRequest input) {
        return Optional.ofNullable(input.constraints())
                .map(c -> new Grant.Constraints(
                        c.hasEncryptionContextSubset() ? c.encryptionContextSubset() : null,
                        c.hasEncryptionContextEquals() ? c.encryptionContextEquals() : null));
    }

    private static Map<String, String> context(String operation, Shape input) {
        return switch (input) {
            case EncryptRequest r -> r.encryptionContext();
            case DecryptRequest r -> r.encryptionContext();
            case GenerateDataKeyRequest r -> r.encryptionContext();
            case GenerateDataKeyWithoutPlaintextRequest r -> r.encryptionContext();
            case GenerateDataKeyPairRequest r -> r.encryptionContext();
            case GenerateDataKeyPairWithoutPlaintextRequest r -> r.encryptionContext();
            case ReEncryptRequest r ->
                operation.equals("ReEncryptFrom") ? r.sourceEncryptionContext() : r.destinationEncryptionContext();
            default -> Map.of();
        };
    }

    private Optional<Key> key(String keyArn) {
        return Arn.parse(keyArn)
                .filter(a -> a.resource().startsWith("key/") && AccountId.isValid(a.account()))
                .filter(a -> a.region().matches("[a-z0-9-]{1,64}"))
                .flatMap(a -> lookup.find(
                        new AccountId(a.account()), new Region(a.region()), a.resourceId(), clock.instant()));
    }

    // ---- which key ----------------------------------------------------------------------------------------------

    @Override
    public Optional<String> keyOf(String action, String keyId, Shape input, CallContext call) {
        return switch (input) {
            case DecryptRequest r -> named(r.keyId(), r.ciphertextBlob(), call);
            case ReEncryptRequest r ->
                action.equals("kms:ReEncryptTo")
                        ? named(r.destinationKeyId(), null, call)
                        : named(r.sourceKeyId(), r.ciphertextBlob(), call);
            case RetireGrantRequest r when r.grantToken() != null -> ofToken(r.grantToken());
            default -> named(keyId.isEmpty() ? null : keyId, null, call);
        };
    }

    private Optional<String> named(@Nullable String keyId, @Nullable Blob ciphertext, CallContext call) {
        if (keyId != null) {
            try {
                return Optional.of(lookup.keyOrAlias(keyId, call).arn());
            } catch (AwsException e) {
                return Optional.empty();
            }
        }
        // A multi-Region key may have made the ciphertext elsewhere; the key here is asked.
        return Optional.ofNullable(ciphertext)
                .flatMap(blob -> CiphertextBlob.parse(blob.bytes()))
                .flatMap(blob -> blob.account()
                        .flatMap(account -> lookup.find(account, call.region(), blob.keyId(), call.receivedAt())))
                .map(Key::arn);
    }

    private static Optional<String> ofToken(String token) {
        try {
            return Optional.of(GrantToken.decode(token).keyArn());
        } catch (AwsException e) {
            return Optional.empty();
        }
    }
}
