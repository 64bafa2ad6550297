package io.pileus.kms;

import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.kms.model.AliasListEntry;
import io.pileus.kms.model.CreateAliasRequest;
import io.pileus.kms.model.CreateAliasResponse;
import io.pileus.kms.model.DeleteAliasRequest;
import io.pileus.kms.model.DeleteAliasResponse;
import io.pileus.kms.model.ListAliasesRequest;
import io.pileus.kms.model.ListAliasesResponse;
import io.pileus.kms.model.UpdateAliasRequest;
import io.pileus.kms.model.UpdateAliasResponse;
import io.pileus.kms.state.Alias;
import io.pileus.kms.state.Key;
import io.pileus.kms.state.KeyOperation;
import io.pileus.kms.state.KeyRing;
import java.util.NavigableMap;

/**
 * Aliases.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html">Aliases in AWS KMS</a>
 */
final class AliasOperations {
    private static final int LIMIT_DEFAULT = 50;
    private static final int LIMIT_MAX = 100;

    private final KeyLookup lookup;

    AliasOperations(KeyLookup lookup) {
        this.lookup = lookup;
    }

    CreateAliasResponse createAlias(CreateAliasRequest input, CallContext call) {
        requireCustomerAlias(input.aliasName());
        Key key = lookup.customerKey(input.targetKeyId(), KeyOperation.CreateAlias, call);
        key.admit(KeyOperation.CreateAlias, call.receivedAt());
        lookup.ring(call).createAlias(input.aliasName(), key, call.receivedAt());
        return CreateAliasResponse.builder().build();
    }

    UpdateAliasResponse updateAlias(UpdateAliasRequest input, CallContext call) {
        requireCustomerAlias(input.aliasName());
        KeyRing ring = lookup.ring(call);
        Key current = ring.keyOfAlias(input.aliasName(), call.receivedAt())
                .orElseThrow(() -> KmsErrors.aliasNotFound(ring.aliasArn(input.aliasName())));
        Key key = lookup.customerKey(input.targetKeyId(), KeyOperation.UpdateAlias, call);
        key.admit(KeyOperation.UpdateAlias, call.receivedAt());
        if (current.usage() != key.usage() || type(current) != type(key)) {
            throw KmsErrors.validation("Alias " + ring.aliasArn(input.aliasName())
                    + " can only be changed to a KMS key of the same type and key usage");
        }
        ring.updateAlias(input.aliasName(), key, call.receivedAt());
        return UpdateAliasResponse.builder().build();
    }

    private enum Type {
        SYMMETRIC,
        HMAC,
        ASYMMETRIC
    }

    private static Type type(Key key) {
        return switch (key.spec().kind()) {
            case SYMMETRIC -> Type.SYMMETRIC;
            case HMAC -> Type.HMAC;
            case RSA, NIST_CURVE, SECG_CURVE, EDWARDS_CURVE, SM2, ML_DSA -> Type.ASYMMETRIC;
        };
    }

    DeleteAliasResponse deleteAlias(DeleteAliasRequest input, CallContext call) {
        requireCustomerAlias(input.aliasName());
        lookup.ring(call).deleteAlias(input.aliasName(), call.receivedAt());
        return DeleteAliasResponse.builder().build();
    }

    ListAliasesResponse listAliases(ListAliasesRequest input, CallContext call) {
        NavigableMap<String, Alias> aliases = lookup.ring(call).aliases(call.receivedAt());
        if (input.keyId() != null) {
            Key key = lookup.key(input.keyId(), call);
            aliases.values().removeIf(a -> !a.targetKeyId().equals(key.id()));
        }
        Page<Alias> page = Page.of(aliases, Page.limit(input.limit(), LIMIT_DEFAULT, LIMIT_MAX), input.marker());
        return ListAliasesResponse.builder()
                .aliases(page.items().stream().map(AliasOperations::entry).toList())
                .nextMarker(page.marker())
                .truncated(page.truncated())
                .build();
    }

    private static AliasListEntry entry(Alias alias) {
        return AliasListEntry.builder()
                .aliasName(alias.name())
                .aliasArn(alias.arn())
                .targetKeyId(alias.targetKeyId())
                .creationDate(alias.creationDate())
                .lastUpdatedDate(alias.lastUpdatedDate())
                .build();
    }

    private static void requireCustomerAlias(String name) {
        if (!name.startsWith(Alias.PREFIX)) {
            throw KmsErrors.validation("Alias must start with the prefix \"alias/\". Please see "
                    + "https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html");
        }
        if (name.startsWith(Alias.AWS_PREFIX)) {
            throw new AwsException("NotAuthorizedException", 400, "Aliases that begin with alias/aws/ are reserved");
        }
        if (name.length() == Alias.PREFIX.length() || name.indexOf(':') >= 0) {
            throw KmsErrors.validation(name + " contains invalid characters for an alias");
        }
    }
}
