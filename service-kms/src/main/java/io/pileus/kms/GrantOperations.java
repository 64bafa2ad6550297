package io.pileus.kms;

import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.kms.crypto.KeySpec;
import io.pileus.kms.crypto.KeyUsage;
import io.pileus.kms.model.CreateGrantRequest;
import io.pileus.kms.model.CreateGrantResponse;
import io.pileus.kms.model.GrantConstraints;
import io.pileus.kms.model.GrantListEntry;
import io.pileus.kms.model.ListGrantsRequest;
import io.pileus.kms.model.ListGrantsResponse;
import io.pileus.kms.model.ListRetirableGrantsRequest;
import io.pileus.kms.model.RetireGrantRequest;
import io.pileus.kms.model.RetireGrantResponse;
import io.pileus.kms.model.RevokeGrantRequest;
import io.pileus.kms.model.RevokeGrantResponse;
import io.pileus.kms.state.Grant;
import io.pileus.kms.state.Key;
import io.pileus.kms.state.KeyOperation;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Grants.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/grants.html">Grants in AWS KMS</a>
 */
final class GrantOperations {
    private static final int LIMIT_DEFAULT = 50;
    private static final int LIMIT_MAX = 100;

    /** The grant operations that any key can have. */
    private static final Set<String> ALWAYS = Set.of("CreateGrant", "RetireGrant", "DescribeKey");

    /** The grant operations that take an encryption context, and those that a constraint does not touch. */
    private static final Set<String> CONSTRAINABLE = Set.of(
            "Decrypt",
            "Encrypt",
            "GenerateDataKey",
            "GenerateDataKeyWithoutPlaintext",
            "GenerateDataKeyPair",
            "GenerateDataKeyPairWithoutPlaintext",
            "ReEncryptFrom",
            "ReEncryptTo",
            "CreateGrant",
            "RetireGrant",
            "DescribeKey");

    private final KeyLookup lookup;
    private final KeyAccess access;
    private final Ids ids;

    GrantOperations(KeyLookup lookup, KeyAccess access, Ids ids) {
        this.lookup = lookup;
        this.access = access;
        this.ids = ids;
    }

    private record Entry(Key key, Grant grant) {}

    CreateGrantResponse createGrant(CreateGrantRequest input, CallContext call) {
        access.requireTokens(input.grantTokens());
        Key key = lookup.key(input.keyId(), call);
        key.admit(KeyOperation.CreateGrant, call.receivedAt());
        requirePrincipal(input.granteePrincipal());
        if (input.retiringPrincipal() != null) {
            requirePrincipal(input.retiringPrincipal());
        }
        if (input.operations().isEmpty()) {
            throw KmsErrors.tooShort("[]", "operations");
        }
        for (String operation : input.operations()) {
            if (!supports(key, operation)) {
                throw KmsErrors.validation("Grant operation " + operation + " is not supported for key " + key.arn()
                        + " with key spec " + key.spec() + " and key usage " + key.usage() + ".");
            }
        }
        Optional<Grant.Constraints> constraints = constraints(input, key);
        Usage.endDryRun(input.dryRun());
        Grant grant = key.addGrant(new Grant(
                ids.hex(64),
                input.name(),
                call.receivedAt(),
                input.granteePrincipal(),
                input.retiringPrincipal(),
                "arn:" + key.region().partition() + ":iam::" + call.caller().account() + ":root",
                input.operations().stream().distinct().toList(),
                constraints));
        return CreateGrantResponse.builder()
                .grantToken(new GrantToken(key.arn(), grant.id()).encode(ids.hex(16)))
                .grantId(grant.id())
                .build();
    }

    /** ARNs of accounts, users, roles and sessions; AWS services make grants for themselves, by name. */
    private static void requirePrincipal(String principal) {
        boolean arn = Arn.parse(principal)
                .filter(a -> a.service().equals("iam") || a.service().equals("sts"))
                .isPresent();
        if (!arn && !principal.endsWith(".amazonaws.com")) {
            throw KmsErrors.invalidArn(principal);
        }
    }

    private static boolean supports(Key key, String operation) {
        if (ALWAYS.contains(operation)) {
            return true;
        }
        if (operation.equals("GetPublicKey")) {
            return key.spec().isAsymmetric();
        }
        KeyUsage needed = switch (operation) {
            case "Sign", "Verify" -> KeyUsage.SIGN_VERIFY;
            case "GenerateMac", "VerifyMac" -> KeyUsage.GENERATE_VERIFY_MAC;
            case "DeriveSharedSecret" -> KeyUsage.KEY_AGREEMENT;
            default -> KeyUsage.ENCRYPT_DECRYPT;
        };
        return key.usage() == needed
                && (!operation.startsWith("GenerateDataKey") || key.spec() == KeySpec.SYMMETRIC_DEFAULT);
    }

    private static Optional<Grant.Constraints> constraints(CreateGrantRequest input, Key key) {
        GrantConstraints given = input.constraints();
        if (given == null || (!given.hasEncryptionContextSubset() && !given.hasEncryptionContextEquals())) {
            return Optional.empty();
        }
        if (key.spec() != KeySpec.SYMMETRIC_DEFAULT || !CONSTRAINABLE.containsAll(input.operations())) {
            throw KmsErrors.validation(
                    "Encryption context constraints are not supported for the operations of this grant.");
        }
        if (given.hasEncryptionContextSubset() && given.hasEncryptionContextEquals()) {
            throw KmsErrors.validation("EncryptionContextSubset and EncryptionContextEquals cannot be used together.");
        }
        Map<String, String> subset = given.hasEncryptionContextSubset() ? given.encryptionContextSubset() : null;
        Map<String, String> equals = given.hasEncryptionContextEquals() ? given.encryptionContextEquals() : null;
        Map<String, String> pairs = subset != null ? subset : equals;
        if (pairs.size() > KmsLimits.GRANT_CONSTRAINT_PAIRS_MAX
                || pairs.values().stream().anyMatch(v -> v.length() > KmsLimits.GRANT_CONSTRAINT_VALUE_LENGTH_MAX)) {
            throw KmsErrors.validation("A grant constraint can have up to " + KmsLimits.GRANT_CONSTRAINT_PAIRS_MAX
                    + " encryption context pairs with values of up to "
                    + KmsLimits.GRANT_CONSTRAINT_VALUE_LENGTH_MAX + " characters.");
        }
        return Optional.of(new Grant.Constraints(subset, equals));
    }

    ListGrantsResponse listGrants(ListGrantsRequest input, CallContext call) {
        Key key = lookup.key(input.keyId(), call);
        if (input.grantId() != null && key.grant(input.grantId()).isEmpty()) {
            throw KmsErrors.noSuchGrant(input.grantId());
        }
        NavigableMap<String, Entry> entries = new TreeMap<>();
        key.grants().forEach((id, grant) -> {
            if ((input.grantId() == null || input.grantId().equals(id))
                    && (input.granteePrincipal() == null
                            || input.granteePrincipal().equals(grant.granteePrincipal()))) {
                entries.put(id, new Entry(key, grant));
            }
        });
        Page<Entry> page = Page.of(entries, Page.limit(input.limit(), LIMIT_DEFAULT, LIMIT_MAX), input.marker());
        return ListGrantsResponse.builder()
                .grants(list(page.items()))
                .nextMarker(page.marker())
                .truncated(page.truncated())
                .build();
    }

    ListGrantsResponse listRetirableGrants(ListRetirableGrantsRequest input, CallContext call) {
        NavigableMap<String, Entry> entries = new TreeMap<>();
        for (Key key : lookup.ring(call).keys(call.receivedAt()).values()) {
            key.grants().forEach((id, grant) -> {
                if (input.retiringPrincipal().equals(grant.retiringPrincipal())) {
                    entries.put(id, new Entry(key, grant));
                }
            });
        }
        Page<Entry> page = Page.of(entries, Page.limit(input.limit(), LIMIT_DEFAULT, LIMIT_MAX), input.marker());
        return ListGrantsResponse.builder()
                .grants(list(page.items()))
                .nextMarker(page.marker())
                .truncated(page.truncated())
                .build();
    }

    private static List<GrantListEntry> list(List<Entry> entries) {
        return entries.stream().map(GrantOperations::entry).toList();
    }

    private static GrantListEntry entry(Entry entry) {
        Grant grant = entry.grant();
        GrantListEntry.Builder result = GrantListEntry.builder()
                .keyId(entry.key().arn())
                .grantId(grant.id())
                .name(grant.name() == null ? "" : grant.name())
                .creationDate(grant.creationDate())
                .granteePrincipal(grant.granteePrincipal())
                .retiringPrincipal(grant.retiringPrincipal())
                .issuingAccount(grant.issuingAccount())
                .operations(grant.operations());
        grant.constraints()
                .ifPresent(c -> result.constraints(GrantConstraints.builder()
                        .encryptionContextSubset(c.subset())
                        .encryptionContextEquals(c.equals())
                        .build()));
        return result.build();
    }

    RetireGrantResponse retireGrant(RetireGrantRequest input, CallContext call) {
        Entry entry = grantToRetire(input, call);
        Usage.endDryRun(input.dryRun());
        entry.key().removeGrant(entry.grant().id());
        return RetireGrantResponse.builder().build();
    }

    private Entry grantToRetire(RetireGrantRequest input, CallContext call) {
        if (input.grantToken() != null) {
            if (input.keyId() != null || input.grantId() != null) {
                throw KmsErrors.validation("Specify either GrantToken, or KeyId and GrantId.");
            }
            GrantToken token = GrantToken.decode(input.grantToken());
            Key key = lookup.key(token.keyArn(), call);
            return new Entry(key, key.grant(token.grantId()).orElseThrow(KmsErrors::invalidGrantToken));
        }
        if (input.keyId() == null || input.grantId() == null) {
            throw KmsErrors.validation("Specify either GrantToken, or KeyId and GrantId.");
        }
        Key key = lookup.key(input.keyId(), call);
        return new Entry(key, grant(key, input.grantId()));
    }

    RevokeGrantResponse revokeGrant(RevokeGrantRequest input, CallContext call) {
        Key key = lookup.key(input.keyId(), call);
        Grant grant = grant(key, input.grantId());
        Usage.endDryRun(input.dryRun());
        key.removeGrant(grant.id());
        return RevokeGrantResponse.builder().build();
    }

    private static Grant grant(Key key, String id) {
        if (!id.matches("[0-9a-f]{64}")) {
            throw KmsErrors.invalidGrantId();
        }
        return key.grant(id).orElseThrow(() -> KmsErrors.noSuchGrant(id));
    }
}
