package io.pileus.kms.state;

import static io.pileus.kms.state.KeyState.Creating;
import static io.pileus.kms.state.KeyState.Disabled;
import static io.pileus.kms.state.KeyState.PendingDeletion;
import static io.pileus.kms.state.KeyState.PendingImport;
import static io.pileus.kms.state.KeyState.PendingReplicaDeletion;
import static io.pileus.kms.state.KeyState.Unavailable;
import static io.pileus.kms.state.KeyState.Updating;

import java.util.EnumSet;
import java.util.Set;

/**
 * The operations on an existing KMS key and the key states in which they fail. What an operation needs beside the state
 * (imported key material, a symmetric key) is checked by the operation.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html">Key states of AWS KMS keys</a>
 */
public enum KeyOperation {
    Decrypt(Refused.USE),
    DeriveSharedSecret(Refused.USE),
    Encrypt(Refused.USE),
    GenerateDataKey(Refused.USE),
    GenerateDataKeyPair(Refused.USE),
    GenerateDataKeyPairWithoutPlaintext(Refused.USE),
    GenerateDataKeyWithoutPlaintext(Refused.USE),
    GenerateMac(Refused.USE),
    GetPublicKey(Refused.USE),
    ReEncrypt(Refused.USE),
    Sign(Refused.USE),
    Verify(Refused.USE),
    VerifyMac(Refused.USE),

    CreateGrant(EnumSet.of(Disabled, PendingImport, PendingDeletion, PendingReplicaDeletion, Creating)),
    RetireGrant(Refused.NEVER),
    RevokeGrant(Refused.NEVER),
    ListGrants(Refused.NEVER),

    CreateAlias(Refused.DELETION),
    UpdateAlias(Refused.DELETION),
    DeleteAlias(Refused.NEVER),
    ListAliases(Refused.NEVER),

    DescribeKey(Refused.NEVER),
    GetKeyLastUsage(Refused.NEVER),
    EnableKey(Refused.SWITCH),
    DisableKey(Refused.SWITCH),
    UpdateKeyDescription(Refused.DELETION),
    ScheduleKeyDeletion(EnumSet.of(PendingDeletion, PendingReplicaDeletion, Updating)),
    CancelKeyDeletion(EnumSet.complementOf(EnumSet.of(PendingDeletion, PendingReplicaDeletion))),

    GetKeyPolicy(Refused.NEVER),
    PutKeyPolicy(Refused.NEVER),
    ListKeyPolicies(Refused.NEVER),
    TagResource(Refused.DELETION),
    UntagResource(Refused.DELETION),
    ListResourceTags(Refused.NEVER),

    EnableKeyRotation(Refused.ROTATION),
    DisableKeyRotation(Refused.ROTATION),
    RotateKeyOnDemand(Refused.ROTATION),
    GetKeyRotationStatus(Refused.NEVER),
    ListKeyRotations(Refused.NEVER),

    GetParametersForImport(Refused.IMPORT),
    ImportKeyMaterial(Refused.IMPORT),
    DeleteImportedKeyMaterial(EnumSet.of(Creating, Updating)),

    ReplicateKey(EnumSet.of(
            Disabled, PendingImport, PendingDeletion, PendingReplicaDeletion, Creating, Updating, Unavailable)),
    UpdatePrimaryRegion(EnumSet.of(PendingDeletion, PendingReplicaDeletion, Creating, Updating));

    /** The rows of the table that several operations share. */
    private static final class Refused {
        static final Set<KeyState> NEVER = EnumSet.noneOf(KeyState.class);
        static final Set<KeyState> USE =
                EnumSet.of(Disabled, PendingImport, PendingDeletion, PendingReplicaDeletion, Unavailable, Creating);
        static final Set<KeyState> DELETION = EnumSet.of(PendingDeletion, PendingReplicaDeletion);
        static final Set<KeyState> SWITCH =
                EnumSet.of(PendingImport, PendingDeletion, PendingReplicaDeletion, Creating, Updating);
        static final Set<KeyState> ROTATION =
                EnumSet.of(Disabled, PendingImport, PendingDeletion, PendingReplicaDeletion, Creating, Updating);
        static final Set<KeyState> IMPORT = EnumSet.of(PendingDeletion, PendingReplicaDeletion, Creating, Updating);
    }

    private final Set<KeyState> refusedIn;

    KeyOperation(Set<KeyState> refusedIn) {
        this.refusedIn = refusedIn;
    }

    public boolean isRefusedIn(KeyState state) {
        return refusedIn.contains(state);
    }

    /** The permission that a policy names. */
    public String action() {
        return "kms:" + name();
    }
}
