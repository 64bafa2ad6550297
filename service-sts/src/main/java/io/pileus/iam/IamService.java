package io.pileus.iam;

import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.iam.model.*;

/** IAM, as a table of contents: each operation and where it is done. What is not here answers <em>not implemented</em>. */
public final class IamService implements IamOperations {
    private final UserOperations users;
    private final AccessKeyOperations accessKeys;
    private final GroupOperations groups;
    private final RoleOperations roles;
    private final PolicyOperations policies;
    private final AttachmentOperations attachments;
    private final InstanceProfileOperations instanceProfiles;
    private final ProviderOperations providers;
    private final MfaOperations mfa;
    private final AccountOperations account;
    private final SimulationOperations simulation;
    private final SshKeyOperations sshKeys;
    private final SigningCertificateOperations signingCertificates;
    private final ServerCertificateOperations serverCertificates;
    private final ServiceCredentialOperations serviceCredentials;
    private final AccessAdvisorOperations accessAdvisor;
    private final OrganizationOperations organization;

    public IamService(IamAccounts accounts, EntityPolicies entityPolicies, Ids ids) {
        this.users = new UserOperations(accounts);
        this.accessKeys = new AccessKeyOperations(accounts, ids);
        this.groups = new GroupOperations(accounts);
        this.roles = new RoleOperations(accounts, ids);
        this.policies = new PolicyOperations(accounts);
        this.attachments = new AttachmentOperations(accounts);
        this.instanceProfiles = new InstanceProfileOperations(accounts);
        this.providers = new ProviderOperations(accounts, ids);
        this.mfa = new MfaOperations(accounts, ids);
        this.account = new AccountOperations(accounts);
        this.simulation = new SimulationOperations(accounts, entityPolicies);
        this.sshKeys = new SshKeyOperations(accounts, ids);
        this.signingCertificates = new SigningCertificateOperations(accounts, ids);
        this.serverCertificates = new ServerCertificateOperations(accounts);
        this.serviceCredentials = new ServiceCredentialOperations(accounts, ids);
        this.accessAdvisor = new AccessAdvisorOperations(accounts, entityPolicies, ids);
        this.organization = new OrganizationOperations(accounts);
    }

    // ---- users
    // ---------------------------------------------------------------------------------------------------------

    @Override
    public CreateUserResponse createUser(CreateUserRequest input, CallContext call) {
        return users.createUser(input, call);
    }

    @Override
    public GetUserResponse getUser(GetUserRequest input, CallContext call) {
        return users.getUser(input, call);
    }

    @Override
    public ListUsersResponse listUsers(ListUsersRequest input, CallContext call) {
        return users.listUsers(input, call);
    }

    @Override
    public UpdateUserResponse updateUser(UpdateUserRequest input, CallContext call) {
        return users.updateUser(input, call);
    }

    @Override
    public DeleteUserResponse deleteUser(DeleteUserRequest input, CallContext call) {
        return users.deleteUser(input, call);
    }

    @Override
    public TagUserResponse tagUser(TagUserRequest input, CallContext call) {
        return users.tagUser(input, call);
    }

    @Override
    public UntagUserResponse untagUser(UntagUserRequest input, CallContext call) {
        return users.untagUser(input, call);
    }

    @Override
    public ListUserTagsResponse listUserTags(ListUserTagsRequest input, CallContext call) {
        return users.listUserTags(input, call);
    }

    @Override
    public PutUserPermissionsBoundaryResponse putUserPermissionsBoundary(
            PutUserPermissionsBoundaryRequest input, CallContext call) {
        return users.putUserPermissionsBoundary(input, call);
    }

    @Override
    public DeleteUserPermissionsBoundaryResponse deleteUserPermissionsBoundary(
            DeleteUserPermissionsBoundaryRequest input, CallContext call) {
        return users.deleteUserPermissionsBoundary(input, call);
    }

    @Override
    public CreateLoginProfileResponse createLoginProfile(CreateLoginProfileRequest input, CallContext call) {
        return users.createLoginProfile(input, call);
    }

    @Override
    public GetLoginProfileResponse getLoginProfile(GetLoginProfileRequest input, CallContext call) {
        return users.getLoginProfile(input, call);
    }

    @Override
    public UpdateLoginProfileResponse updateLoginProfile(UpdateLoginProfileRequest input, CallContext call) {
        return users.updateLoginProfile(input, call);
    }

    @Override
    public DeleteLoginProfileResponse deleteLoginProfile(DeleteLoginProfileRequest input, CallContext call) {
        return users.deleteLoginProfile(input, call);
    }

    @Override
    public ChangePasswordResponse changePassword(ChangePasswordRequest input, CallContext call) {
        return users.changePassword(input, call);
    }

    // ---- access keys
    // ---------------------------------------------------------------------------------------------------

    @Override
    public CreateAccessKeyResponse createAccessKey(CreateAccessKeyRequest input, CallContext call) {
        return accessKeys.createAccessKey(input, call);
    }

    @Override
    public ListAccessKeysResponse listAccessKeys(ListAccessKeysRequest input, CallContext call) {
        return accessKeys.listAccessKeys(input, call);
    }

    @Override
    public UpdateAccessKeyResponse updateAccessKey(UpdateAccessKeyRequest input, CallContext call) {
        return accessKeys.updateAccessKey(input, call);
    }

    @Override
    public DeleteAccessKeyResponse deleteAccessKey(DeleteAccessKeyRequest input, CallContext call) {
        return accessKeys.deleteAccessKey(input, call);
    }

    @Override
    public GetAccessKeyLastUsedResponse getAccessKeyLastUsed(GetAccessKeyLastUsedRequest input, CallContext call) {
        return accessKeys.getAccessKeyLastUsed(input, call);
    }

    // ---- groups
    // --------------------------------------------------------------------------------------------------------

    @Override
    public CreateGroupResponse createGroup(CreateGroupRequest input, CallContext call) {
        return groups.createGroup(input, call);
    }

    @Override
    public GetGroupResponse getGroup(GetGroupRequest input, CallContext call) {
        return groups.getGroup(input, call);
    }

    @Override
    public ListGroupsResponse listGroups(ListGroupsRequest input, CallContext call) {
        return groups.listGroups(input, call);
    }

    @Override
    public ListGroupsForUserResponse listGroupsForUser(ListGroupsForUserRequest input, CallContext call) {
        return groups.listGroupsForUser(input, call);
    }

    @Override
    public UpdateGroupResponse updateGroup(UpdateGroupRequest input, CallContext call) {
        return groups.updateGroup(input, call);
    }

    @Override
    public DeleteGroupResponse deleteGroup(DeleteGroupRequest input, CallContext call) {
        return groups.deleteGroup(input, call);
    }

    @Override
    public AddUserToGroupResponse addUserToGroup(AddUserToGroupRequest input, CallContext call) {
        return groups.addUserToGroup(input, call);
    }

    @Override
    public RemoveUserFromGroupResponse removeUserFromGroup(RemoveUserFromGroupRequest input, CallContext call) {
        return groups.removeUserFromGroup(input, call);
    }

    // ---- roles
    // ---------------------------------------------------------------------------------------------------------

    @Override
    public CreateRoleResponse createRole(CreateRoleRequest input, CallContext call) {
        return roles.createRole(input, call);
    }

    @Override
    public GetRoleResponse getRole(GetRoleRequest input, CallContext call) {
        return roles.getRole(input, call);
    }

    @Override
    public ListRolesResponse listRoles(ListRolesRequest input, CallContext call) {
        return roles.listRoles(input, call);
    }

    @Override
    public UpdateRoleResponse updateRole(UpdateRoleRequest input, CallContext call) {
        return roles.updateRole(input, call);
    }

    @Override
    public UpdateRoleDescriptionResponse updateRoleDescription(UpdateRoleDescriptionRequest input, CallContext call) {
        return roles.updateRoleDescription(input, call);
    }

    @Override
    public UpdateAssumeRolePolicyResponse updateAssumeRolePolicy(
            UpdateAssumeRolePolicyRequest input, CallContext call) {
        return roles.updateAssumeRolePolicy(input, call);
    }

    @Override
    public DeleteRoleResponse deleteRole(DeleteRoleRequest input, CallContext call) {
        return roles.deleteRole(input, call);
    }

    @Override
    public TagRoleResponse tagRole(TagRoleRequest input, CallContext call) {
        return roles.tagRole(input, call);
    }

    @Override
    public UntagRoleResponse untagRole(UntagRoleRequest input, CallContext call) {
        return roles.untagRole(input, call);
    }

    @Override
    public ListRoleTagsResponse listRoleTags(ListRoleTagsRequest input, CallContext call) {
        return roles.listRoleTags(input, call);
    }

    @Override
    public PutRolePermissionsBoundaryResponse putRolePermissionsBoundary(
            PutRolePermissionsBoundaryRequest input, CallContext call) {
        return roles.putRolePermissionsBoundary(input, call);
    }

    @Override
    public DeleteRolePermissionsBoundaryResponse deleteRolePermissionsBoundary(
            DeleteRolePermissionsBoundaryRequest input, CallContext call) {
        return roles.deleteRolePermissionsBoundary(input, call);
    }

    @Override
    public CreateServiceLinkedRoleResponse createServiceLinkedRole(
            CreateServiceLinkedRoleRequest input, CallContext call) {
        return roles.createServiceLinkedRole(input, call);
    }

    @Override
    public DeleteServiceLinkedRoleResponse deleteServiceLinkedRole(
            DeleteServiceLinkedRoleRequest input, CallContext call) {
        return roles.deleteServiceLinkedRole(input, call);
    }

    @Override
    public GetServiceLinkedRoleDeletionStatusResponse getServiceLinkedRoleDeletionStatus(
            GetServiceLinkedRoleDeletionStatusRequest input, CallContext call) {
        return roles.getServiceLinkedRoleDeletionStatus(input, call);
    }

    // ---- managed policies
    // ----------------------------------------------------------------------------------------------

    @Override
    public CreatePolicyResponse createPolicy(CreatePolicyRequest input, CallContext call) {
        return policies.createPolicy(input, call);
    }

    @Override
    public GetPolicyResponse getPolicy(GetPolicyRequest input, CallContext call) {
        return policies.getPolicy(input, call);
    }

    @Override
    public ListPoliciesResponse listPolicies(ListPoliciesRequest input, CallContext call) {
        return policies.listPolicies(input, call);
    }

    @Override
    public DeletePolicyResponse deletePolicy(DeletePolicyRequest input, CallContext call) {
        return policies.deletePolicy(input, call);
    }

    @Override
    public CreatePolicyVersionResponse createPolicyVersion(CreatePolicyVersionRequest input, CallContext call) {
        return policies.createPolicyVersion(input, call);
    }

    @Override
    public GetPolicyVersionResponse getPolicyVersion(GetPolicyVersionRequest input, CallContext call) {
        return policies.getPolicyVersion(input, call);
    }

    @Override
    public ListPolicyVersionsResponse listPolicyVersions(ListPolicyVersionsRequest input, CallContext call) {
        return policies.listPolicyVersions(input, call);
    }

    @Override
    public SetDefaultPolicyVersionResponse setDefaultPolicyVersion(
            SetDefaultPolicyVersionRequest input, CallContext call) {
        return policies.setDefaultPolicyVersion(input, call);
    }

    @Override
    public DeletePolicyVersionResponse deletePolicyVersion(DeletePolicyVersionRequest input, CallContext call) {
        return policies.deletePolicyVersion(input, call);
    }

    @Override
    public TagPolicyResponse tagPolicy(TagPolicyRequest input, CallContext call) {
        return policies.tagPolicy(input, call);
    }

    @Override
    public UntagPolicyResponse untagPolicy(UntagPolicyRequest input, CallContext call) {
        return policies.untagPolicy(input, call);
    }

    @Override
    public ListPolicyTagsResponse listPolicyTags(ListPolicyTagsRequest input, CallContext call) {
        return policies.listPolicyTags(input, call);
    }

    // ---- policies on users, groups and roles
    // ---------------------------------------------------------------------------

    @Override
    public PutUserPolicyResponse putUserPolicy(PutUserPolicyRequest input, CallContext call) {
        return attachments.putUserPolicy(input, call);
    }

    @Override
    public GetUserPolicyResponse getUserPolicy(GetUserPolicyRequest input, CallContext call) {
        return attachments.getUserPolicy(input, call);
    }

    @Override
    public DeleteUserPolicyResponse deleteUserPolicy(DeleteUserPolicyRequest input, CallContext call) {
        return attachments.deleteUserPolicy(input, call);
    }

    @Override
    public ListUserPoliciesResponse listUserPolicies(ListUserPoliciesRequest input, CallContext call) {
        return attachments.listUserPolicies(input, call);
    }

    @Override
    public AttachUserPolicyResponse attachUserPolicy(AttachUserPolicyRequest input, CallContext call) {
        return attachments.attachUserPolicy(input, call);
    }

    @Override
    public DetachUserPolicyResponse detachUserPolicy(DetachUserPolicyRequest input, CallContext call) {
        return attachments.detachUserPolicy(input, call);
    }

    @Override
    public ListAttachedUserPoliciesResponse listAttachedUserPolicies(
            ListAttachedUserPoliciesRequest input, CallContext call) {
        return attachments.listAttachedUserPolicies(input, call);
    }

    @Override
    public PutGroupPolicyResponse putGroupPolicy(PutGroupPolicyRequest input, CallContext call) {
        return attachments.putGroupPolicy(input, call);
    }

    @Override
    public GetGroupPolicyResponse getGroupPolicy(GetGroupPolicyRequest input, CallContext call) {
        return attachments.getGroupPolicy(input, call);
    }

    @Override
    public DeleteGroupPolicyResponse deleteGroupPolicy(DeleteGroupPolicyRequest input, CallContext call) {
        return attachments.deleteGroupPolicy(input, call);
    }

    @Override
    public ListGroupPoliciesResponse listGroupPolicies(ListGroupPoliciesRequest input, CallContext call) {
        return attachments.listGroupPolicies(input, call);
    }

    @Override
    public AttachGroupPolicyResponse attachGroupPolicy(AttachGroupPolicyRequest input, CallContext call) {
        return attachments.attachGroupPolicy(input, call);
    }

    @Override
    public DetachGroupPolicyResponse detachGroupPolicy(DetachGroupPolicyRequest input, CallContext call) {
        return attachments.detachGroupPolicy(input, call);
    }

    @Override
    public ListAttachedGroupPoliciesResponse listAttachedGroupPolicies(
            ListAttachedGroupPoliciesRequest input, CallContext call) {
        return attachments.listAttachedGroupPolicies(input, call);
    }

    @Override
    public PutRolePolicyResponse putRolePolicy(PutRolePolicyRequest input, CallContext call) {
        return attachments.putRolePolicy(input, call);
    }

    @Override
    public GetRolePolicyResponse getRolePolicy(GetRolePolicyRequest input, CallContext call) {
        return attachments.getRolePolicy(input, call);
    }

    @Override
    public DeleteRolePolicyResponse deleteRolePolicy(DeleteRolePolicyRequest input, CallContext call) {
        return attachments.deleteRolePolicy(input, call);
    }

    @Override
    public ListRolePoliciesResponse listRolePolicies(ListRolePoliciesRequest input, CallContext call) {
        return attachments.listRolePolicies(input, call);
    }

    @Override
    public AttachRolePolicyResponse attachRolePolicy(AttachRolePolicyRequest input, CallContext call) {
        return attachments.attachRolePolicy(input, call);
    }

    @Override
    public DetachRolePolicyResponse detachRolePolicy(DetachRolePolicyRequest input, CallContext call) {
        return attachments.detachRolePolicy(input, call);
    }

    @Override
    public ListAttachedRolePoliciesResponse listAttachedRolePolicies(
            ListAttachedRolePoliciesRequest input, CallContext call) {
        return attachments.listAttachedRolePolicies(input, call);
    }

    @Override
    public ListEntitiesForPolicyResponse listEntitiesForPolicy(ListEntitiesForPolicyRequest input, CallContext call) {
        return attachments.listEntitiesForPolicy(input, call);
    }

    // ---- instance profiles
    // ---------------------------------------------------------------------------------------------

    @Override
    public CreateInstanceProfileResponse createInstanceProfile(CreateInstanceProfileRequest input, CallContext call) {
        return instanceProfiles.createInstanceProfile(input, call);
    }

    @Override
    public GetInstanceProfileResponse getInstanceProfile(GetInstanceProfileRequest input, CallContext call) {
        return instanceProfiles.getInstanceProfile(input, call);
    }

    @Override
    public ListInstanceProfilesResponse listInstanceProfiles(ListInstanceProfilesRequest input, CallContext call) {
        return instanceProfiles.listInstanceProfiles(input, call);
    }

    @Override
    public ListInstanceProfilesForRoleResponse listInstanceProfilesForRole(
            ListInstanceProfilesForRoleRequest input, CallContext call) {
        return instanceProfiles.listInstanceProfilesForRole(input, call);
    }

    @Override
    public AddRoleToInstanceProfileResponse addRoleToInstanceProfile(
            AddRoleToInstanceProfileRequest input, CallContext call) {
        return instanceProfiles.addRoleToInstanceProfile(input, call);
    }

    @Override
    public RemoveRoleFromInstanceProfileResponse removeRoleFromInstanceProfile(
            RemoveRoleFromInstanceProfileRequest input, CallContext call) {
        return instanceProfiles.removeRoleFromInstanceProfile(input, call);
    }

    @Override
    public DeleteInstanceProfileResponse deleteInstanceProfile(DeleteInstanceProfileRequest input, CallContext call) {
        return instanceProfiles.deleteInstanceProfile(input, call);
    }

    @Override
    public TagInstanceProfileResponse tagInstanceProfile(TagInstanceProfileRequest input, CallContext call) {
        return instanceProfiles.tagInstanceProfile(input, call);
    }

    @Override
    public UntagInstanceProfileResponse untagInstanceProfile(UntagInstanceProfileRequest input, CallContext call) {
        return instanceProfiles.untagInstanceProfile(input, call);
    }

    @Override
    public ListInstanceProfileTagsResponse listInstanceProfileTags(
            ListInstanceProfileTagsRequest input, CallContext call) {
        return instanceProfiles.listInstanceProfileTags(input, call);
    }

    // ---- identity providers
    // --------------------------------------------------------------------------------------------

    @Override
    public CreateOpenIDConnectProviderResponse createOpenIDConnectProvider(
            CreateOpenIDConnectProviderRequest input, CallContext call) {
        return providers.createOpenIDConnectProvider(input, call);
    }

    @Override
    public GetOpenIDConnectProviderResponse getOpenIDConnectProvider(
            GetOpenIDConnectProviderRequest input, CallContext call) {
        return providers.getOpenIDConnectProvider(input, call);
    }

    @Override
    public ListOpenIDConnectProvidersResponse listOpenIDConnectProviders(
            ListOpenIDConnectProvidersRequest input, CallContext call) {
        return providers.listOpenIDConnectProviders(input, call);
    }

    @Override
    public AddClientIDToOpenIDConnectProviderResponse addClientIDToOpenIDConnectProvider(
            AddClientIDToOpenIDConnectProviderRequest input, CallContext call) {
        return providers.addClientIDToOpenIDConnectProvider(input, call);
    }

    @Override
    public RemoveClientIDFromOpenIDConnectProviderResponse removeClientIDFromOpenIDConnectProvider(
            RemoveClientIDFromOpenIDConnectProviderRequest input, CallContext call) {
        return providers.removeClientIDFromOpenIDConnectProvider(input, call);
    }

    @Override
    public UpdateOpenIDConnectProviderThumbprintResponse updateOpenIDConnectProviderThumbprint(
            UpdateOpenIDConnectProviderThumbprintRequest input, CallContext call) {
        return providers.updateOpenIDConnectProviderThumbprint(input, call);
    }

    @Override
    public DeleteOpenIDConnectProviderResponse deleteOpenIDConnectProvider(
            DeleteOpenIDConnectProviderRequest input, CallContext call) {
        return providers.deleteOpenIDConnectProvider(input, call);
    }

    @Override
    public TagOpenIDConnectProviderResponse tagOpenIDConnectProvider(
            TagOpenIDConnectProviderRequest input, CallContext call) {
        return providers.tagOpenIDConnectProvider(input, call);
    }

    @Override
    public UntagOpenIDConnectProviderResponse untagOpenIDConnectProvider(
            UntagOpenIDConnectProviderRequest input, CallContext call) {
        return providers.untagOpenIDConnectProvider(input, call);
    }

    @Override
    public ListOpenIDConnectProviderTagsResponse listOpenIDConnectProviderTags(
            ListOpenIDConnectProviderTagsRequest input, CallContext call) {
        return providers.listOpenIDConnectProviderTags(input, call);
    }

    @Override
    public CreateSAMLProviderResponse createSAMLProvider(CreateSAMLProviderRequest input, CallContext call) {
        return providers.createSAMLProvider(input, call);
    }

    @Override
    public GetSAMLProviderResponse getSAMLProvider(GetSAMLProviderRequest input, CallContext call) {
        return providers.getSAMLProvider(input, call);
    }

    @Override
    public ListSAMLProvidersResponse listSAMLProviders(ListSAMLProvidersRequest input, CallContext call) {
        return providers.listSAMLProviders(input, call);
    }

    @Override
    public UpdateSAMLProviderResponse updateSAMLProvider(UpdateSAMLProviderRequest input, CallContext call) {
        return providers.updateSAMLProvider(input, call);
    }

    @Override
    public DeleteSAMLProviderResponse deleteSAMLProvider(DeleteSAMLProviderRequest input, CallContext call) {
        return providers.deleteSAMLProvider(input, call);
    }

    @Override
    public TagSAMLProviderResponse tagSAMLProvider(TagSAMLProviderRequest input, CallContext call) {
        return providers.tagSAMLProvider(input, call);
    }

    @Override
    public UntagSAMLProviderResponse untagSAMLProvider(UntagSAMLProviderRequest input, CallContext call) {
        return providers.untagSAMLProvider(input, call);
    }

    @Override
    public ListSAMLProviderTagsResponse listSAMLProviderTags(ListSAMLProviderTagsRequest input, CallContext call) {
        return providers.listSAMLProviderTags(input, call);
    }

    // ---- MFA devices
    // ---------------------------------------------------------------------------------------------------

    @Override
    public CreateVirtualMFADeviceResponse createVirtualMFADevice(
            CreateVirtualMFADeviceRequest input, CallContext call) {
        return mfa.createVirtualMFADevice(input, call);
    }

    @Override
    public EnableMFADeviceResponse enableMFADevice(EnableMFADeviceRequest input, CallContext call) {
        return mfa.enableMFADevice(input, call);
    }

    @Override
    public ResyncMFADeviceResponse resyncMFADevice(ResyncMFADeviceRequest input, CallContext call) {
        return mfa.resyncMFADevice(input, call);
    }

    @Override
    public DeactivateMFADeviceResponse deactivateMFADevice(DeactivateMFADeviceRequest input, CallContext call) {
        return mfa.deactivateMFADevice(input, call);
    }

    @Override
    public DeleteVirtualMFADeviceResponse deleteVirtualMFADevice(
            DeleteVirtualMFADeviceRequest input, CallContext call) {
        return mfa.deleteVirtualMFADevice(input, call);
    }

    @Override
    public ListMFADevicesResponse listMFADevices(ListMFADevicesRequest input, CallContext call) {
        return mfa.listMFADevices(input, call);
    }

    @Override
    public ListVirtualMFADevicesResponse listVirtualMFADevices(ListVirtualMFADevicesRequest input, CallContext call) {
        return mfa.listVirtualMFADevices(input, call);
    }

    @Override
    public GetMFADeviceResponse getMFADevice(GetMFADeviceRequest input, CallContext call) {
        return mfa.getMFADevice(input, call);
    }

    @Override
    public TagMFADeviceResponse tagMFADevice(TagMFADeviceRequest input, CallContext call) {
        return mfa.tagMFADevice(input, call);
    }

    @Override
    public UntagMFADeviceResponse untagMFADevice(UntagMFADeviceRequest input, CallContext call) {
        return mfa.untagMFADevice(input, call);
    }

    @Override
    public ListMFADeviceTagsResponse listMFADeviceTags(ListMFADeviceTagsRequest input, CallContext call) {
        return mfa.listMFADeviceTags(input, call);
    }

    // ---- the account
    // ---------------------------------------------------------------------------------------------------

    @Override
    public CreateAccountAliasResponse createAccountAlias(CreateAccountAliasRequest input, CallContext call) {
        return account.createAccountAlias(input, call);
    }

    @Override
    public ListAccountAliasesResponse listAccountAliases(ListAccountAliasesRequest input, CallContext call) {
        return account.listAccountAliases(input, call);
    }

    @Override
    public DeleteAccountAliasResponse deleteAccountAlias(DeleteAccountAliasRequest input, CallContext call) {
        return account.deleteAccountAlias(input, call);
    }

    @Override
    public UpdateAccountPasswordPolicyResponse updateAccountPasswordPolicy(
            UpdateAccountPasswordPolicyRequest input, CallContext call) {
        return account.updateAccountPasswordPolicy(input, call);
    }

    @Override
    public GetAccountPasswordPolicyResponse getAccountPasswordPolicy(
            GetAccountPasswordPolicyRequest input, CallContext call) {
        return account.getAccountPasswordPolicy(input, call);
    }

    @Override
    public DeleteAccountPasswordPolicyResponse deleteAccountPasswordPolicy(
            DeleteAccountPasswordPolicyRequest input, CallContext call) {
        return account.deleteAccountPasswordPolicy(input, call);
    }

    @Override
    public GetAccountSummaryResponse getAccountSummary(GetAccountSummaryRequest input, CallContext call) {
        return account.getAccountSummary(input, call);
    }

    @Override
    public GenerateCredentialReportResponse generateCredentialReport(
            GenerateCredentialReportRequest input, CallContext call) {
        return account.generateCredentialReport(input, call);
    }

    @Override
    public GetCredentialReportResponse getCredentialReport(GetCredentialReportRequest input, CallContext call) {
        return account.getCredentialReport(input, call);
    }

    @Override
    public GetAccountAuthorizationDetailsResponse getAccountAuthorizationDetails(
            GetAccountAuthorizationDetailsRequest input, CallContext call) {
        return account.getAccountAuthorizationDetails(input, call);
    }

    @Override
    public SetSecurityTokenServicePreferencesResponse setSecurityTokenServicePreferences(
            SetSecurityTokenServicePreferencesRequest input, CallContext call) {
        return account.setSecurityTokenServicePreferences(input, call);
    }

    @Override
    public EnableOutboundWebIdentityFederationResponse enableOutboundWebIdentityFederation(
            EnableOutboundWebIdentityFederationRequest input, CallContext call) {
        return account.enableOutboundWebIdentityFederation(input, call);
    }

    @Override
    public GetOutboundWebIdentityFederationInfoResponse getOutboundWebIdentityFederationInfo(
            GetOutboundWebIdentityFederationInfoRequest input, CallContext call) {
        return account.getOutboundWebIdentityFederationInfo(input, call);
    }

    @Override
    public DisableOutboundWebIdentityFederationResponse disableOutboundWebIdentityFederation(
            DisableOutboundWebIdentityFederationRequest input, CallContext call) {
        return account.disableOutboundWebIdentityFederation(input, call);
    }

    // ---- the policy simulator
    // ------------------------------------------------------------------------------------------

    @Override
    public SimulatePolicyResponse simulateCustomPolicy(SimulateCustomPolicyRequest input, CallContext call) {
        return simulation.simulateCustomPolicy(input, call);
    }

    @Override
    public SimulatePolicyResponse simulatePrincipalPolicy(SimulatePrincipalPolicyRequest input, CallContext call) {
        return simulation.simulatePrincipalPolicy(input, call);
    }

    @Override
    public GetContextKeysForPolicyResponse getContextKeysForCustomPolicy(
            GetContextKeysForCustomPolicyRequest input, CallContext call) {
        return simulation.getContextKeysForCustomPolicy(input, call);
    }

    @Override
    public GetContextKeysForPolicyResponse getContextKeysForPrincipalPolicy(
            GetContextKeysForPrincipalPolicyRequest input, CallContext call) {
        return simulation.getContextKeysForPrincipalPolicy(input, call);
    }

    // ---- SSH public keys
    // -----------------------------------------------------------------------------------------------

    @Override
    public UploadSSHPublicKeyResponse uploadSSHPublicKey(UploadSSHPublicKeyRequest input, CallContext call) {
        return sshKeys.uploadSSHPublicKey(input, call);
    }

    @Override
    public GetSSHPublicKeyResponse getSSHPublicKey(GetSSHPublicKeyRequest input, CallContext call) {
        return sshKeys.getSSHPublicKey(input, call);
    }

    @Override
    public ListSSHPublicKeysResponse listSSHPublicKeys(ListSSHPublicKeysRequest input, CallContext call) {
        return sshKeys.listSSHPublicKeys(input, call);
    }

    @Override
    public UpdateSSHPublicKeyResponse updateSSHPublicKey(UpdateSSHPublicKeyRequest input, CallContext call) {
        return sshKeys.updateSSHPublicKey(input, call);
    }

    @Override
    public DeleteSSHPublicKeyResponse deleteSSHPublicKey(DeleteSSHPublicKeyRequest input, CallContext call) {
        return sshKeys.deleteSSHPublicKey(input, call);
    }

    // ---- signing certificates
    // ------------------------------------------------------------------------------------------

    @Override
    public UploadSigningCertificateResponse uploadSigningCertificate(
            UploadSigningCertificateRequest input, CallContext call) {
        return signingCertificates.uploadSigningCertificate(input, call);
    }

    @Override
    public ListSigningCertificatesResponse listSigningCertificates(
            ListSigningCertificatesRequest input, CallContext call) {
        return signingCertificates.listSigningCertificates(input, call);
    }

    @Override
    public UpdateSigningCertificateResponse updateSigningCertificate(
            UpdateSigningCertificateRequest input, CallContext call) {
        return signingCertificates.updateSigningCertificate(input, call);
    }

    @Override
    public DeleteSigningCertificateResponse deleteSigningCertificate(
            DeleteSigningCertificateRequest input, CallContext call) {
        return signingCertificates.deleteSigningCertificate(input, call);
    }

    // ---- server certificates
    // -------------------------------------------------------------------------------------------

    @Override
    public UploadServerCertificateResponse uploadServerCertificate(
            UploadServerCertificateRequest input, CallContext call) {
        return serverCertificates.uploadServerCertificate(input, call);
    }

    @Override
    public GetServerCertificateResponse getServerCertificate(GetServerCertificateRequest input, CallContext call) {
        return serverCertificates.getServerCertificate(input, call);
    }

    @Override
    public ListServerCertificatesResponse listServerCertificates(
            ListServerCertificatesRequest input, CallContext call) {
        return serverCertificates.listServerCertificates(input, call);
    }

    @Override
    public UpdateServerCertificateResponse updateServerCertificate(
            UpdateServerCertificateRequest input, CallContext call) {
        return serverCertificates.updateServerCertificate(input, call);
    }

    @Override
    public DeleteServerCertificateResponse deleteServerCertificate(
            DeleteServerCertificateRequest input, CallContext call) {
        return serverCertificates.deleteServerCertificate(input, call);
    }

    @Override
    public TagServerCertificateResponse tagServerCertificate(TagServerCertificateRequest input, CallContext call) {
        return serverCertificates.tagServerCertificate(input, call);
    }

    @Override
    public UntagServerCertificateResponse untagServerCertificate(
            UntagServerCertificateRequest input, CallContext call) {
        return serverCertificates.untagServerCertificate(input, call);
    }

    @Override
    public ListServerCertificateTagsResponse listServerCertificateTags(
            ListServerCertificateTagsRequest input, CallContext call) {
        return serverCertificates.listServerCertificateTags(input, call);
    }

    // ---- service-specific credentials
    // ----------------------------------------------------------------------------------

    @Override
    public CreateServiceSpecificCredentialResponse createServiceSpecificCredential(
            CreateServiceSpecificCredentialRequest input, CallContext call) {
        return serviceCredentials.createServiceSpecificCredential(input, call);
    }

    @Override
    public ListServiceSpecificCredentialsResponse listServiceSpecificCredentials(
            ListServiceSpecificCredentialsRequest input, CallContext call) {
        return serviceCredentials.listServiceSpecificCredentials(input, call);
    }

    @Override
    public ResetServiceSpecificCredentialResponse resetServiceSpecificCredential(
            ResetServiceSpecificCredentialRequest input, CallContext call) {
        return serviceCredentials.resetServiceSpecificCredential(input, call);
    }

    @Override
    public UpdateServiceSpecificCredentialResponse updateServiceSpecificCredential(
            UpdateServiceSpecificCredentialRequest input, CallContext call) {
        return serviceCredentials.updateServiceSpecificCredential(input, call);
    }

    @Override
    public DeleteServiceSpecificCredentialResponse deleteServiceSpecificCredential(
            DeleteServiceSpecificCredentialRequest input, CallContext call) {
        return serviceCredentials.deleteServiceSpecificCredential(input, call);
    }

    // ---- access advisor
    // ------------------------------------------------------------------------------------------------

    @Override
    public GenerateServiceLastAccessedDetailsResponse generateServiceLastAccessedDetails(
            GenerateServiceLastAccessedDetailsRequest input, CallContext call) {
        return accessAdvisor.generateServiceLastAccessedDetails(input, call);
    }

    @Override
    public GetServiceLastAccessedDetailsResponse getServiceLastAccessedDetails(
            GetServiceLastAccessedDetailsRequest input, CallContext call) {
        return accessAdvisor.getServiceLastAccessedDetails(input, call);
    }

    @Override
    public GetServiceLastAccessedDetailsWithEntitiesResponse getServiceLastAccessedDetailsWithEntities(
            GetServiceLastAccessedDetailsWithEntitiesRequest input, CallContext call) {
        return accessAdvisor.getServiceLastAccessedDetailsWithEntities(input, call);
    }

    @Override
    public ListPoliciesGrantingServiceAccessResponse listPoliciesGrantingServiceAccess(
            ListPoliciesGrantingServiceAccessRequest input, CallContext call) {
        return accessAdvisor.listPoliciesGrantingServiceAccess(input, call);
    }

    // ---- organizations
    // -------------------------------------------------------------------------------------------------

    @Override
    public ListOrganizationsFeaturesResponse listOrganizationsFeatures(
            ListOrganizationsFeaturesRequest input, CallContext call) {
        return organization.listOrganizationsFeatures(input, call);
    }

    @Override
    public EnableOrganizationsRootCredentialsManagementResponse enableOrganizationsRootCredentialsManagement(
            EnableOrganizationsRootCredentialsManagementRequest input, CallContext call) {
        return organization.enableOrganizationsRootCredentialsManagement(input, call);
    }

    @Override
    public DisableOrganizationsRootCredentialsManagementResponse disableOrganizationsRootCredentialsManagement(
            DisableOrganizationsRootCredentialsManagementRequest input, CallContext call) {
        return organization.disableOrganizationsRootCredentialsManagement(input, call);
    }

    @Override
    public EnableOrganizationsRootSessionsResponse enableOrganizationsRootSessions(
            EnableOrganizationsRootSessionsRequest input, CallContext call) {
        return organization.enableOrganizationsRootSessions(input, call);
    }

    @Override
    public DisableOrganizationsRootSessionsResponse disableOrganizationsRootSessions(
            DisableOrganizationsRootSessionsRequest input, CallContext call) {
        return organization.disableOrganizationsRootSessions(input, call);
    }
}
