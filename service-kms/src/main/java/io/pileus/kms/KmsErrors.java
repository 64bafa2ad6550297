package io.pileus.kms;

import io.pileus.core.identity.Region;
import io.pileus.core.service.AwsException;
import io.pileus.kms.crypto.KeySpec;
import io.pileus.kms.crypto.KeyUsage;
import io.pileus.kms.model.AlreadyExistsException;
import io.pileus.kms.model.ConflictException;
import io.pileus.kms.model.CustomKeyStoreHasCMKsException;
import io.pileus.kms.model.CustomKeyStoreInvalidStateException;
import io.pileus.kms.model.CustomKeyStoreNotFoundException;
import io.pileus.kms.model.DisabledException;
import io.pileus.kms.model.DryRunOperationException;
import io.pileus.kms.model.ExpiredImportTokenException;
import io.pileus.kms.model.IncorrectKeyException;
import io.pileus.kms.model.IncorrectKeyMaterialException;
import io.pileus.kms.model.InvalidArnException;
import io.pileus.kms.model.InvalidCiphertextException;
import io.pileus.kms.model.InvalidGrantIdException;
import io.pileus.kms.model.InvalidGrantTokenException;
import io.pileus.kms.model.InvalidImportTokenException;
import io.pileus.kms.model.InvalidKeyUsageException;
import io.pileus.kms.model.InvalidMarkerException;
import io.pileus.kms.model.KMSInvalidMacException;
import io.pileus.kms.model.KMSInvalidSignatureException;
import io.pileus.kms.model.KMSInvalidStateException;
import io.pileus.kms.model.LimitExceededException;
import io.pileus.kms.model.MalformedPolicyDocumentException;
import io.pileus.kms.model.NotFoundException;
import io.pileus.kms.model.TagException;
import io.pileus.kms.model.UnsupportedOperationException;
import io.pileus.kms.state.CustomKeyStore;
import io.pileus.kms.state.KeyOperation;
import io.pileus.kms.state.KeyState;
import io.pileus.kms.state.Origin;

/**
 * Every error that KMS answers by itself, with AWS's words where they are known (from the developer guide and from what
 * users quote of AWS's answers).
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html">Common errors</a>
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html">Key states</a>, for the words of state
 *     errors
 */
public final class KmsErrors {
    private KmsErrors() {}

    public static AwsException validation(String message) {
        return new AwsException("ValidationException", 400, message);
    }

    /** A member that the model leaves optional and the service needs. */
    static AwsException required(String member) {
        return validation("1 validation error detected: Value null at '" + member
                + "' failed to satisfy constraint: Member must not be null");
    }

    /** A list that the model lets be empty and the service does not. */
    static AwsException tooShort(String value, String member) {
        return validation("1 validation error detected: Value '" + value + "' at '" + member
                + "' failed to satisfy constraint: Member must have length greater than or equal to 1");
    }

    static AwsException accessDenied(String message) {
        return new AwsException("AccessDeniedException", 400, message);
    }

    static AwsException throttled() {
        return new AwsException(
                "ThrottlingException",
                400,
                "You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.");
    }

    // which key

    static AwsException keyNotFound(String arn) {
        return NotFoundException.of("Key '" + arn + "' does not exist");
    }

    static AwsException invalidKeyId(String keyId) {
        return NotFoundException.of("Invalid keyId '" + keyId + "'");
    }

    static AwsException otherRegion(String region) {
        return NotFoundException.of("Invalid arn " + region);
    }

    static AwsException invalidArn(String arn) {
        return InvalidArnException.of("Invalid arn " + arn);
    }

    public static AwsException aliasNotFound(String arn) {
        return NotFoundException.of("Alias " + arn + " is not found.");
    }

    /** A ciphertext names a key that cannot be found, and the caller names none. */
    static AwsException ciphertextOfUnknownKey() {
        return accessDenied(
                "The ciphertext refers to a customer master key that does not exist, does not exist in this "
                        + "region, or you are not allowed to access.");
    }

    // key states

    public static AwsException refusedByState(KeyOperation operation, KeyState state, String arn) {
        if (operation == KeyOperation.CancelKeyDeletion) {
            return KMSInvalidStateException.of(arn + " is not pending deletion.");
        }
        String message = arn + " " + state.words();
        return state == KeyState.Disabled ? DisabledException.of(message) : KMSInvalidStateException.of(message);
    }

    public static AwsException originNotValid(String arn, Origin origin) {
        return UnsupportedOperationException.of(
                arn + " origin is " + origin + " which is not valid for this operation.");
    }

    public static AwsException notRotatable(String arn) {
        return UnsupportedOperationException.of(arn + " does not support key rotation.");
    }

    public static AwsException tooManyOnDemandRotations(String arn) {
        return LimitExceededException.of("The on-demand rotations limit has been reached for the given keyId. "
                + "No more on-demand rotations can be performed for this key: " + arn);
    }

    public static AwsException rotationInProgress(String arn) {
        return ConflictException.of("An automatic rotation of " + arn
                + " is currently in progress or scheduled to begin within the next 20 minutes.");
    }

    public static AwsException noMaterialPendingRotation(String arn) {
        return KMSInvalidStateException.of(arn + " does not have key material that is pending rotation.");
    }

    // how a key is used

    static AwsException usage(String arn, KeyUsage usage, String operation) {
        return InvalidKeyUsageException.of(
                arn + " key usage is " + usage + " which is not valid for " + operation + ".");
    }

    static AwsException algorithm(Enum<?> algorithm, KeySpec spec) {
        return InvalidKeyUsageException.of("Algorithm " + algorithm + " is incompatible with key spec " + spec + ".");
    }

    static AwsException notSymmetric(String arn, KeySpec spec) {
        return InvalidKeyUsageException.of(arn + " key spec is " + spec + " which is not valid for this operation.");
    }

    static AwsException incorrectKey() {
        return IncorrectKeyException.of(
                "The key ID in the request does not identify a CMK that can perform this operation.");
    }

    /** AWS says nothing about why. */
    static AwsException invalidCiphertext() {
        return InvalidCiphertextException.of(null);
    }

    static AwsException invalidSignature() {
        return KMSInvalidSignatureException.of(null);
    }

    static AwsException invalidMac() {
        return KMSInvalidMacException.of(null);
    }

    static AwsException dryRun() {
        return DryRunOperationException.of("The request would have succeeded, but the DryRun option is set.");
    }

    static AwsException unsupported(String message) {
        return UnsupportedOperationException.of(message);
    }

    // aliases, tags, pages

    public static AwsException aliasExists(String arn) {
        return AlreadyExistsException.of("An alias with the name " + arn + " already exists");
    }

    public static AwsException tooManyAliases(String keyArn) {
        return LimitExceededException.of("Alias limit reached for key " + keyArn);
    }

    public static AwsException tooManyKeys() {
        return LimitExceededException.of("Key limit reached");
    }

    public static AwsException keyExists(String arn) {
        return AlreadyExistsException.of("Key " + arn + " already exists");
    }

    public static AwsException tooManyTags() {
        return TagException.of("Too many tags");
    }

    static AwsException tag(String message) {
        return TagException.of(message);
    }

    static AwsException invalidMarker() {
        return InvalidMarkerException.of("Invalid marker");
    }

    // policies and grants

    static AwsException malformedPolicy(String message) {
        return MalformedPolicyDocumentException.of(message);
    }

    static AwsException policyTooLong() {
        return LimitExceededException.of("The key policy is longer than " + KmsLimits.POLICY_BYTES_MAX + " bytes");
    }

    static AwsException noSuchPolicy() {
        return NotFoundException.of("No such policy exists");
    }

    public static AwsException tooManyGrants(String keyArn) {
        return LimitExceededException.of("Grant limit reached for key " + keyArn);
    }

    static AwsException invalidGrantToken() {
        return InvalidGrantTokenException.of("Invalid grant token.");
    }

    static AwsException noSuchGrant(String grantId) {
        return NotFoundException.of("Grant ID " + grantId + " not found");
    }

    static AwsException invalidGrantId() {
        return InvalidGrantIdException.of("The specified grant ID is not valid.");
    }

    // imported key material

    static AwsException invalidImportToken() {
        return InvalidImportTokenException.of("The import token is invalid or is associated with a different KMS key.");
    }

    static AwsException expiredImportToken() {
        return ExpiredImportTokenException.of("The import token is expired.");
    }

    public static AwsException incorrectKeyMaterial(String message) {
        return IncorrectKeyMaterialException.of(message);
    }

    public static AwsException noSuchKeyMaterial(String id) {
        return NotFoundException.of("Key material '" + id + "' does not exist");
    }

    public static AwsException materialAlreadyPendingRotation(String arn) {
        return KMSInvalidStateException.of(arn + " already has key material that is pending rotation.");
    }

    // multi-Region keys

    public static AwsException notMultiRegion(String arn) {
        return UnsupportedOperationException.of(arn + " is not a multi-Region key.");
    }

    public static AwsException notAPrimaryKey(String arn) {
        return UnsupportedOperationException.of(arn + " is not a multi-Region primary key.");
    }

    public static AwsException replicaExists(String arn) {
        return AlreadyExistsException.of("Key " + arn + " already exists");
    }

    public static AwsException noReplicaIn(String arn, Region region) {
        return NotFoundException.of("A replica of " + arn + " does not exist in Region " + region);
    }

    // custom key stores

    static AwsException customKeyStoreNotFound(String idOrName) {
        return CustomKeyStoreNotFoundException.of("Custom key store " + idOrName + " does not exist");
    }

    public static AwsException customKeyStoreState(String id, CustomKeyStore.ConnectionState state) {
        return CustomKeyStoreInvalidStateException.of(
                "Custom key store " + id + " is " + state + ", which is not valid for this operation");
    }

    public static AwsException customKeyStoreHasKeys(String id) {
        return CustomKeyStoreHasCMKsException.of("Custom key store " + id + " contains KMS keys");
    }

    public static AwsException tooManyCustomKeyStores() {
        return LimitExceededException.of("Custom key store limit reached");
    }
}
