package io.pileus.kms;

import io.pileus.core.port.KeyGrants;
import io.pileus.core.port.KeyService;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.Scopes;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import io.pileus.kms.crypto.EncryptionAlgorithm;
import io.pileus.kms.crypto.KeyGenerator;
import io.pileus.kms.model.CancelKeyDeletionRequest;
import io.pileus.kms.model.CancelKeyDeletionResponse;
import io.pileus.kms.model.ConnectCustomKeyStoreRequest;
import io.pileus.kms.model.ConnectCustomKeyStoreResponse;
import io.pileus.kms.model.CreateAliasRequest;
import io.pileus.kms.model.CreateAliasResponse;
import io.pileus.kms.model.CreateCustomKeyStoreRequest;
import io.pileus.kms.model.CreateCustomKeyStoreResponse;
import io.pileus.kms.model.CreateGrantRequest;
import io.pileus.kms.model.CreateGrantResponse;
import io.pileus.kms.model.CreateKeyRequest;
import io.pileus.kms.model.CreateKeyResponse;
import io.pileus.kms.model.DecryptRequest;
import io.pileus.kms.model.DecryptResponse;
import io.pileus.kms.model.DeleteAliasRequest;
import io.pileus.kms.model.DeleteAliasResponse;
import io.pileus.kms.model.DeleteCustomKeyStoreRequest;
import io.pileus.kms.model.DeleteCustomKeyStoreResponse;
import io.pileus.kms.model.DeleteImportedKeyMaterialRequest;
import io.pileus.kms.model.DeleteImportedKeyMaterialResponse;
import io.pileus.kms.model.DeriveSharedSecretRequest;
import io.pileus.kms.model.DeriveSharedSecretResponse;
import io.pileus.kms.model.DescribeCustomKeyStoresRequest;
import io.pileus.kms.model.DescribeCustomKeyStoresResponse;
import io.pileus.kms.model.DescribeKeyRequest;
import io.pileus.kms.model.DescribeKeyResponse;
import io.pileus.kms.model.DisableKeyRequest;
import io.pileus.kms.model.DisableKeyResponse;
import io.pileus.kms.model.DisableKeyRotationRequest;
import io.pileus.kms.model.DisableKeyRotationResponse;
import io.pileus.kms.model.DisconnectCustomKeyStoreRequest;
import io.pileus.kms.model.DisconnectCustomKeyStoreResponse;
import io.pileus.kms.model.EnableKeyRequest;
import io.pileus.kms.model.EnableKeyResponse;
import io.pileus.kms.model.EnableKeyRotationRequest;
import io.pileus.kms.model.EnableKeyRotationResponse;
import io.pileus.kms.model.EncryptRequest;
import io.pileus.kms.model.EncryptResponse;
import io.pileus.kms.model.GenerateDataKeyPairRequest;
import io.pileus.kms.model.GenerateDataKeyPairResponse;
import io.pileus.kms.model.GenerateDataKeyPairWithoutPlaintextRequest;
import io.pileus.kms.model.GenerateDataKeyPairWithoutPlaintextResponse;
import io.pileus.kms.model.GenerateDataKeyRequest;
import io.pileus.kms.model.GenerateDataKeyResponse;
import io.pileus.kms.model.GenerateDataKeyWithoutPlaintextRequest;
import io.pileus.kms.model.GenerateDataKeyWithoutPlaintextResponse;
import io.pileus.kms.model.GenerateMacRequest;
import io.pileus.kms.model.GenerateMacResponse;
import io.pileus.kms.model.GenerateRandomRequest;
import io.pileus.kms.model.GenerateRandomResponse;
import io.pileus.kms.model.GetKeyLastUsageRequest;
import io.pileus.kms.model.GetKeyLastUsageResponse;
import io.pileus.kms.model.GetKeyPolicyRequest;
import io.pileus.kms.model.GetKeyPolicyResponse;
import io.pileus.kms.model.GetKeyRotationStatusRequest;
import io.pileus.kms.model.GetKeyRotationStatusResponse;
import io.pileus.kms.model.GetParametersForImportRequest;
import io.pileus.kms.model.GetParametersForImportResponse;
import io.pileus.kms.model.GetPublicKeyRequest;
import io.pileus.kms.model.GetPublicKeyResponse;
import io.pileus.kms.model.ImportKeyMaterialRequest;
import io.pileus.kms.model.ImportKeyMaterialResponse;
import io.pileus.kms.model.KmsApi;
import io.pileus.kms.model.KmsOperations;
import io.pileus.kms.model.ListAliasesRequest;
import io.pileus.kms.model.ListAliasesResponse;
import io.pileus.kms.model.ListGrantsRequest;
import io.pileus.kms.model.ListGrantsResponse;
import io.pileus.kms.model.ListKeyPoliciesRequest;
import io.pileus.kms.model.ListKeyPoliciesResponse;
import io.pileus.kms.model.ListKeyRotationsRequest;
import io.pileus.kms.model.ListKeyRotationsResponse;
import io.pileus.kms.model.ListKeysRequest;
import io.pileus.kms.model.ListKeysResponse;
import io.pileus.kms.model.ListResourceTagsRequest;
import io.pileus.kms.model.ListResourceTagsResponse;
import io.pileus.kms.model.ListRetirableGrantsRequest;
import io.pileus.kms.model.PutKeyPolicyRequest;
import io.pileus.kms.model.PutKeyPolicyResponse;
import io.pileus.kms.model.ReEncryptRequest;
import io.pileus.kms.model.ReEncryptResponse;
import io.pileus.kms.model.ReplicateKeyRequest;
import io.pileus.kms.model.ReplicateKeyResponse;
import io.pileus.kms.model.RetireGrantRequest;
import io.pileus.kms.model.RetireGrantResponse;
import io.pileus.kms.model.RevokeGrantRequest;
import io.pileus.kms.model.RevokeGrantResponse;
import io.pileus.kms.model.RotateKeyOnDemandRequest;
import io.pileus.kms.model.RotateKeyOnDemandResponse;
import io.pileus.kms.model.ScheduleKeyDeletionRequest;
import io.pileus.kms.model.ScheduleKeyDeletionResponse;
import io.pileus.kms.model.SignRequest;
import io.pileus.kms.model.SignResponse;
import io.pileus.kms.model.TagResourceRequest;
import io.pileus.kms.model.TagResourceResponse;
import io.pileus.kms.model.UntagResourceRequest;
import io.pileus.kms.model.UntagResourceResponse;
import io.pileus.kms.model.UpdateAliasRequest;
import io.pileus.kms.model.UpdateAliasResponse;
import io.pileus.kms.model.UpdateCustomKeyStoreRequest;
import io.pileus.kms.model.UpdateCustomKeyStoreResponse;
import io.pileus.kms.model.UpdateKeyDescriptionRequest;
import io.pileus.kms.model.UpdateKeyDescriptionResponse;
import io.pileus.kms.model.UpdatePrimaryRegionRequest;
import io.pileus.kms.model.UpdatePrimaryRegionResponse;
import io.pileus.kms.model.VerifyMacRequest;
import io.pileus.kms.model.VerifyMacResponse;
import io.pileus.kms.model.VerifyRequest;
import io.pileus.kms.model.VerifyResponse;
import io.pileus.kms.state.Key;
import io.pileus.kms.state.KeyRing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** KMS: the table of contents of its operations, and its life. */
public final class KmsService implements EmulatedService, KmsOperations {
    private final ServiceEnvironment environment;
    private final Scopes<KeyRing> rings = new Scopes<>(KeyRing::new);
    private final KeyLookup lookup;
    private final KeyGenerator generator = new KeyGenerator();
    private final RequestQuotas quotas;
    private final KeyOperations keys;
    private final EncryptionOperations encryption;
    private final DataKeyOperations dataKeys;
    private final SigningOperations signing;
    private final AliasOperations aliases;
    private final PolicyOperations policies;
    private final GrantOperations grants;
    private final RotationOperations rotation;
    private final ImportOperations imports;
    private final MultiRegionOperations multiRegion;
    private final TagOperations tags;
    private final CustomKeyStoreOperations stores;
    private final KeySeed seed;
    private final KmsState state;

    public KmsService(ServiceEnvironment environment) {
        this.environment = environment;
        Duration transition = Duration.ofSeconds(environment.settings().number("KMS_TRANSITION_SECONDS", 0));
        KeyAccess access = new KeyAccess(environment.settings());
        this.lookup = new KeyLookup(rings, new AwsManagedKeys(environment.ids(), generator));
        this.quotas = new RequestQuotas(environment.settings());
        this.keys = new KeyOperations(lookup, access, generator, environment.ids());
        this.encryption = new EncryptionOperations(lookup, access, generator);
        this.dataKeys = new DataKeyOperations(lookup, access, generator, encryption);
        this.signing = new SigningOperations(lookup, access);
        this.aliases = new AliasOperations(lookup);
        this.policies = new PolicyOperations(lookup, access);
        this.grants = new GrantOperations(lookup, access, environment.ids());
        this.rotation = new RotationOperations(lookup);
        this.imports = new ImportOperations(lookup, generator, environment.ids());
        this.multiRegion = new MultiRegionOperations(lookup, access, transition);
        this.tags = new TagOperations(lookup);
        this.stores = new CustomKeyStoreOperations(lookup, environment.ids(), transition);
        this.state = new KmsState(rings, generator, environment.clock());
        this.seed = new KeySeed(lookup, generator, environment);
        environment.ports().provide(KeyGrants.class, new GrantedAccess(environment.clock(), lookup));
        environment.ports().provide(KeyService.class, new KeysForServices(environment.clock(), lookup, generator));
    }

    @Override
    public List<ServiceApi> apis() {
        return List.of(new KmsApi(this));
    }

    @Override
    public void start() {
        environment.settings().get("KMS_SEED_FILE").ifPresent(file -> seed.load(Path.of(file)));
    }

    /** Seeded keys are there again afterwards, as after a start. */
    @Override
    public void reset(ResetScope scope) {
        for (KeyRing ring : rings.remove(scope)) {
            ring.keys(environment.clock().instant()).values().forEach(Key::detach);
        }
        seed.apply(scope);
    }

    @Override
    public void save(StateSink sink) {
        state.save(sink);
    }

    @Override
    public void load(StateSource source) {
        state.load(source);
    }

    @Override
    public CreateKeyResponse createKey(CreateKeyRequest input, CallContext call) {
        quotas.admit("CreateKey", call);
        return keys.createKey(input, call);
    }

    @Override
    public DescribeKeyResponse describeKey(DescribeKeyRequest input, CallContext call) {
        quotas.admit("DescribeKey", call);
        return keys.describeKey(input, call);
    }

    @Override
    public ListKeysResponse listKeys(ListKeysRequest input, CallContext call) {
        quotas.admit("ListKeys", call);
        return keys.listKeys(input, call);
    }

    @Override
    public EnableKeyResponse enableKey(EnableKeyRequest input, CallContext call) {
        quotas.admit("EnableKey", call);
        return keys.enableKey(input, call);
    }

    @Override
    public DisableKeyResponse disableKey(DisableKeyRequest input, CallContext call) {
        quotas.admit("DisableKey", call);
        return keys.disableKey(input, call);
    }

    @Override
    public ScheduleKeyDeletionResponse scheduleKeyDeletion(ScheduleKeyDeletionRequest input, CallContext call) {
        quotas.admit("ScheduleKeyDeletion", call);
        return keys.scheduleKeyDeletion(input, call);
    }

    @Override
    public CancelKeyDeletionResponse cancelKeyDeletion(CancelKeyDeletionRequest input, CallContext call) {
        quotas.admit("CancelKeyDeletion", call);
        return keys.cancelKeyDeletion(input, call);
    }

    @Override
    public UpdateKeyDescriptionResponse updateKeyDescription(UpdateKeyDescriptionRequest input, CallContext call) {
        quotas.admit("UpdateKeyDescription", call);
        return keys.updateKeyDescription(input, call);
    }

    @Override
    public GetPublicKeyResponse getPublicKey(GetPublicKeyRequest input, CallContext call) {
        quotas.admit("GetPublicKey", call);
        return keys.getPublicKey(input, call);
    }

    @Override
    public GetKeyLastUsageResponse getKeyLastUsage(GetKeyLastUsageRequest input, CallContext call) {
        quotas.admit("GetKeyLastUsage", call);
        return keys.getKeyLastUsage(input, call);
    }

    @Override
    public EncryptResponse encrypt(EncryptRequest input, CallContext call) {
        quotas.admit("Encrypt", call);
        return encryption.encrypt(input, call);
    }

    @Override
    public CompletionStage<DecryptResponse> decrypt(DecryptRequest input, CallContext call) {
        quotas.admit("Decrypt", call);
        return answer(input.encryptionAlgorithm(), () -> encryption.decrypt(input, call));
    }

    @Override
    public CompletionStage<ReEncryptResponse> reEncrypt(ReEncryptRequest input, CallContext call) {
        quotas.admit("ReEncrypt", call);
        return answer(input.sourceEncryptionAlgorithm(), () -> encryption.reEncrypt(input, call));
    }

    /** Decrypts at once with a symmetric key; a private key takes milliseconds, which are a worker's. */
    private <T> CompletionStage<T> answer(@Nullable String encryptionAlgorithm, Supplier<T> decryption) {
        return Usage.encryptionAlgorithm(encryptionAlgorithm) == EncryptionAlgorithm.SYMMETRIC_DEFAULT
                ? CompletableFuture.completedFuture(decryption.get())
                : CompletableFuture.supplyAsync(decryption, environment.workers());
    }

    @Override
    public GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest input, CallContext call) {
        quotas.admit("GenerateDataKey", call);
        return dataKeys.generateDataKey(input, call);
    }

    @Override
    public GenerateDataKeyWithoutPlaintextResponse generateDataKeyWithoutPlaintext(
            GenerateDataKeyWithoutPlaintextRequest input, CallContext call) {
        quotas.admit("GenerateDataKeyWithoutPlaintext", call);
        return dataKeys.generateDataKeyWithoutPlaintext(input, call);
    }

    @Override
    public GenerateDataKeyPairResponse generateDataKeyPair(GenerateDataKeyPairRequest input, CallContext call) {
        quotas.admit("GenerateDataKeyPair", call);
        return dataKeys.generateDataKeyPair(input, call);
    }

    @Override
    public GenerateDataKeyPairWithoutPlaintextResponse generateDataKeyPairWithoutPlaintext(
            GenerateDataKeyPairWithoutPlaintextRequest input, CallContext call) {
        quotas.admit("GenerateDataKeyPairWithoutPlaintext", call);
        return dataKeys.generateDataKeyPairWithoutPlaintext(input, call);
    }

    @Override
    public GenerateRandomResponse generateRandom(GenerateRandomRequest input, CallContext call) {
        quotas.admit("GenerateRandom", call);
        return dataKeys.generateRandom(input, call);
    }

    @Override
    public SignResponse sign(SignRequest input, CallContext call) {
        quotas.admit("Sign", call);
        return signing.sign(input, call);
    }

    @Override
    public VerifyResponse verify(VerifyRequest input, CallContext call) {
        quotas.admit("Verify", call);
        return signing.verify(input, call);
    }

    @Override
    public GenerateMacResponse generateMac(GenerateMacRequest input, CallContext call) {
        quotas.admit("GenerateMac", call);
        return signing.generateMac(input, call);
    }

    @Override
    public VerifyMacResponse verifyMac(VerifyMacRequest input, CallContext call) {
        quotas.admit("VerifyMac", call);
        return signing.verifyMac(input, call);
    }

    @Override
    public DeriveSharedSecretResponse deriveSharedSecret(DeriveSharedSecretRequest input, CallContext call) {
        quotas.admit("DeriveSharedSecret", call);
        return signing.deriveSharedSecret(input, call);
    }

    @Override
    public CreateAliasResponse createAlias(CreateAliasRequest input, CallContext call) {
        quotas.admit("CreateAlias", call);
        return aliases.createAlias(input, call);
    }

    @Override
    public UpdateAliasResponse updateAlias(UpdateAliasRequest input, CallContext call) {
        quotas.admit("UpdateAlias", call);
        return aliases.updateAlias(input, call);
    }

    @Override
    public DeleteAliasResponse deleteAlias(DeleteAliasRequest input, CallContext call) {
        quotas.admit("DeleteAlias", call);
        return aliases.deleteAlias(input, call);
    }

    @Override
    public ListAliasesResponse listAliases(ListAliasesRequest input, CallContext call) {
        quotas.admit("ListAliases", call);
        return aliases.listAliases(input, call);
    }

    @Override
    public GetKeyPolicyResponse getKeyPolicy(GetKeyPolicyRequest input, CallContext call) {
        quotas.admit("GetKeyPolicy", call);
        return policies.getKeyPolicy(input, call);
    }

    @Override
    public PutKeyPolicyResponse putKeyPolicy(PutKeyPolicyRequest input, CallContext call) {
        quotas.admit("PutKeyPolicy", call);
        return policies.putKeyPolicy(input, call);
    }

    @Override
    public ListKeyPoliciesResponse listKeyPolicies(ListKeyPoliciesRequest input, CallContext call) {
        quotas.admit("ListKeyPolicies", call);
        return policies.listKeyPolicies(input, call);
    }

    @Override
    public CreateGrantResponse createGrant(CreateGrantRequest input, CallContext call) {
        quotas.admit("CreateGrant", call);
        return grants.createGrant(input, call);
    }

    @Override
    public ListGrantsResponse listGrants(ListGrantsRequest input, CallContext call) {
        quotas.admit("ListGrants", call);
        return grants.listGrants(input, call);
    }

    @Override
    public ListGrantsResponse listRetirableGrants(ListRetirableGrantsRequest input, CallContext call) {
        quotas.admit("ListRetirableGrants", call);
        return grants.listRetirableGrants(input, call);
    }

    @Override
    public RetireGrantResponse retireGrant(RetireGrantRequest input, CallContext call) {
        quotas.admit("RetireGrant", call);
        return grants.retireGrant(input, call);
    }

    @Override
    public RevokeGrantResponse revokeGrant(RevokeGrantRequest input, CallContext call) {
        quotas.admit("RevokeGrant", call);
        return grants.revokeGrant(input, call);
    }

    @Override
    public EnableKeyRotationResponse enableKeyRotation(EnableKeyRotationRequest input, CallContext call) {
        quotas.admit("EnableKeyRotation", call);
        return rotation.enableKeyRotation(input, call);
    }

    @Override
    public DisableKeyRotationResponse disableKeyRotation(DisableKeyRotationRequest input, CallContext call) {
        quotas.admit("DisableKeyRotation", call);
        return rotation.disableKeyRotation(input, call);
    }

    @Override
    public RotateKeyOnDemandResponse rotateKeyOnDemand(RotateKeyOnDemandRequest input, CallContext call) {
        quotas.admit("RotateKeyOnDemand", call);
        return rotation.rotateKeyOnDemand(input, call);
    }

    @Override
    public GetKeyRotationStatusResponse getKeyRotationStatus(GetKeyRotationStatusRequest input, CallContext call) {
        quotas.admit("GetKeyRotationStatus", call);
        return rotation.getKeyRotationStatus(input, call);
    }

    @Override
    public ListKeyRotationsResponse listKeyRotations(ListKeyRotationsRequest input, CallContext call) {
        quotas.admit("ListKeyRotations", call);
        return rotation.listKeyRotations(input, call);
    }

    @Override
    public GetParametersForImportResponse getParametersForImport(
            GetParametersForImportRequest input, CallContext call) {
        quotas.admit("GetParametersForImport", call);
        return imports.getParametersForImport(input, call);
    }

    @Override
    public ImportKeyMaterialResponse importKeyMaterial(ImportKeyMaterialRequest input, CallContext call) {
        quotas.admit("ImportKeyMaterial", call);
        return imports.importKeyMaterial(input, call);
    }

    @Override
    public DeleteImportedKeyMaterialResponse deleteImportedKeyMaterial(
            DeleteImportedKeyMaterialRequest input, CallContext call) {
        quotas.admit("DeleteImportedKeyMaterial", call);
        return imports.deleteImportedKeyMaterial(input, call);
    }

    @Override
    public ReplicateKeyResponse replicateKey(ReplicateKeyRequest input, CallContext call) {
        quotas.admit("ReplicateKey", call);
        return multiRegion.replicateKey(input, call);
    }

    @Override
    public UpdatePrimaryRegionResponse updatePrimaryRegion(UpdatePrimaryRegionRequest input, CallContext call) {
        quotas.admit("UpdatePrimaryRegion", call);
        return multiRegion.updatePrimaryRegion(input, call);
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest input, CallContext call) {
        quotas.admit("TagResource", call);
        return tags.tagResource(input, call);
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest input, CallContext call) {
        quotas.admit("UntagResource", call);
        return tags.untagResource(input, call);
    }

    @Override
    public ListResourceTagsResponse listResourceTags(ListResourceTagsRequest input, CallContext call) {
        quotas.admit("ListResourceTags", call);
        return tags.listResourceTags(input, call);
    }

    @Override
    public CreateCustomKeyStoreResponse createCustomKeyStore(CreateCustomKeyStoreRequest input, CallContext call) {
        quotas.admit("CreateCustomKeyStore", call);
        return stores.createCustomKeyStore(input, call);
    }

    @Override
    public DescribeCustomKeyStoresResponse describeCustomKeyStores(
            DescribeCustomKeyStoresRequest input, CallContext call) {
        quotas.admit("DescribeCustomKeyStores", call);
        return stores.describeCustomKeyStores(input, call);
    }

    @Override
    public ConnectCustomKeyStoreResponse connectCustomKeyStore(ConnectCustomKeyStoreRequest input, CallContext call) {
        quotas.admit("ConnectCustomKeyStore", call);
        return stores.connectCustomKeyStore(input, call);
    }

    @Override
    public DisconnectCustomKeyStoreResponse disconnectCustomKeyStore(
            DisconnectCustomKeyStoreRequest input, CallContext call) {
        quotas.admit("DisconnectCustomKeyStore", call);
        return stores.disconnectCustomKeyStore(input, call);
    }

    @Override
    public UpdateCustomKeyStoreResponse updateCustomKeyStore(UpdateCustomKeyStoreRequest input, CallContext call) {
        quotas.admit("UpdateCustomKeyStore", call);
        return stores.updateCustomKeyStore(input, call);
    }

    @Override
    public DeleteCustomKeyStoreResponse deleteCustomKeyStore(DeleteCustomKeyStoreRequest input, CallContext call) {
        quotas.admit("DeleteCustomKeyStore", call);
        return stores.deleteCustomKeyStore(input, call);
    }
}
