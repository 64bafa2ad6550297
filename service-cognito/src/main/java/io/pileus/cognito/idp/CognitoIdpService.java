package io.pileus.cognito.idp;

import io.pileus.cognito.idp.auth.AuthFlows;
import io.pileus.cognito.idp.model.*;
import io.pileus.cognito.idp.tokens.AccessTokens;
import io.pileus.cognito.idp.tokens.TokenIssuer;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.Violations;
import org.jspecify.annotations.Nullable;

/** The operations of Cognito user pools, each by the class that does it. */
public final class CognitoIdpService implements CognitoIdpOperations {
    private final Realm realm;
    private final TokenIssuer issuer;
    private final AccessTokens accessTokens;
    private final Messages messages;
    private final AuthFlows flows;
    private final UserPoolOperations pools;
    private final AppClientOperations clients;
    private final GroupOperations groups;
    private final UserAdminOperations admin;
    private final SelfServiceOperations selfService;
    private final AuthOperations auth;
    private final MfaOperations mfa;
    private final DeviceOperations devices;
    private final DomainOperations domains;
    private final IdentityProviderOperations providers;
    private final AppearanceOperations appearance;
    private final ThreatOperations threats;
    private final ImportOperations imports;

    public CognitoIdpService(Realm realm) {
        this.realm = realm;
        this.issuer = new TokenIssuer(realm);
        this.accessTokens = new AccessTokens(realm);
        this.messages = new Messages(realm);
        this.flows = new AuthFlows(realm, messages, issuer);
        AttributeChanges changes = new AttributeChanges(realm, messages);
        this.pools = new UserPoolOperations(realm);
        this.clients = new AppClientOperations(realm);
        this.groups = new GroupOperations(realm);
        this.selfService = new SelfServiceOperations(realm, messages, accessTokens, flows, changes);
        this.admin = new UserAdminOperations(realm, messages, changes, selfService);
        this.auth = new AuthOperations(realm, flows, accessTokens);
        this.mfa = new MfaOperations(realm, accessTokens, flows);
        this.devices = new DeviceOperations(realm, accessTokens);
        this.domains = new DomainOperations(realm);
        this.providers = new IdentityProviderOperations(realm);
        this.appearance = new AppearanceOperations(realm);
        this.threats = new ThreatOperations(realm);
        this.imports = new ImportOperations(realm);
    }

    public Realm realm() {
        return realm;
    }

    public TokenIssuer issuer() {
        return issuer;
    }

    public AccessTokens accessTokens() {
        return accessTokens;
    }

    public AuthFlows flows() {
        return flows;
    }

    /**
     * User pools answer what the model forbids with their own error. A client name may carry a custom id
     * ({@code _custom_id_:}), whose colon the model does not know, and a custom domain has dots.
     */
    @Override
    public @Nullable AwsException refusal(Violations violations) {
        String operation = violations.operation().name();
        boolean customId = operation.endsWith("ateUserPoolClient")
                && violations.list().stream().allMatch(AppClientOperations::isCustomIdName);
        boolean customDomain = operation.endsWith("UserPoolDomain")
                && violations.list().stream().allMatch(DomainOperations::isCustomDomain);
        return customId || customDomain
                ? null
                : InvalidParameterException.of(violations.error().getMessage());
    }

    /** Takes the CSV file of an import job; false when no job waits for it. */
    public boolean uploadImport(String poolId, String jobId, String csv) {
        return imports.upload(poolId, jobId, csv);
    }

    @Override
    public AddCustomAttributesResponse addCustomAttributes(AddCustomAttributesRequest input, CallContext call) {
        return pools.addCustomAttributes(input, call);
    }

    @Override
    public AddUserPoolClientSecretResponse addUserPoolClientSecret(
            AddUserPoolClientSecretRequest input, CallContext call) {
        return clients.addUserPoolClientSecret(input, call);
    }

    @Override
    public AdminAddUserToGroupResponse adminAddUserToGroup(AdminAddUserToGroupRequest input, CallContext call) {
        return groups.adminAddUserToGroup(input, call);
    }

    @Override
    public AdminConfirmSignUpResponse adminConfirmSignUp(AdminConfirmSignUpRequest input, CallContext call) {
        return admin.adminConfirmSignUp(input, call);
    }

    @Override
    public AdminCreateUserResponse adminCreateUser(AdminCreateUserRequest input, CallContext call) {
        return admin.adminCreateUser(input, call);
    }

    @Override
    public AdminDeleteUserResponse adminDeleteUser(AdminDeleteUserRequest input, CallContext call) {
        return admin.adminDeleteUser(input, call);
    }

    @Override
    public AdminDeleteUserAttributesResponse adminDeleteUserAttributes(
            AdminDeleteUserAttributesRequest input, CallContext call) {
        return admin.adminDeleteUserAttributes(input, call);
    }

    @Override
    public AdminDisableProviderForUserResponse adminDisableProviderForUser(
            AdminDisableProviderForUserRequest input, CallContext call) {
        return providers.adminDisableProviderForUser(input, call);
    }

    @Override
    public AdminDisableUserResponse adminDisableUser(AdminDisableUserRequest input, CallContext call) {
        return admin.adminDisableUser(input, call);
    }

    @Override
    public AdminEnableUserResponse adminEnableUser(AdminEnableUserRequest input, CallContext call) {
        return admin.adminEnableUser(input, call);
    }

    @Override
    public AdminForgetDeviceResponse adminForgetDevice(AdminForgetDeviceRequest input, CallContext call) {
        return devices.adminForgetDevice(input, call);
    }

    @Override
    public AdminGetDeviceResponse adminGetDevice(AdminGetDeviceRequest input, CallContext call) {
        return devices.adminGetDevice(input, call);
    }

    @Override
    public AdminGetUserResponse adminGetUser(AdminGetUserRequest input, CallContext call) {
        return admin.adminGetUser(input, call);
    }

    @Override
    public AdminInitiateAuthResponse adminInitiateAuth(AdminInitiateAuthRequest input, CallContext call) {
        return auth.adminInitiateAuth(input, call);
    }

    @Override
    public AdminLinkProviderForUserResponse adminLinkProviderForUser(
            AdminLinkProviderForUserRequest input, CallContext call) {
        return providers.adminLinkProviderForUser(input, call);
    }

    @Override
    public AdminListDevicesResponse adminListDevices(AdminListDevicesRequest input, CallContext call) {
        return devices.adminListDevices(input, call);
    }

    @Override
    public AdminListGroupsForUserResponse adminListGroupsForUser(
            AdminListGroupsForUserRequest input, CallContext call) {
        return groups.adminListGroupsForUser(input, call);
    }

    @Override
    public AdminListUserAuthEventsResponse adminListUserAuthEvents(
            AdminListUserAuthEventsRequest input, CallContext call) {
        return threats.adminListUserAuthEvents(input, call);
    }

    @Override
    public AdminRemoveUserFromGroupResponse adminRemoveUserFromGroup(
            AdminRemoveUserFromGroupRequest input, CallContext call) {
        return groups.adminRemoveUserFromGroup(input, call);
    }

    @Override
    public AdminResetUserPasswordResponse adminResetUserPassword(
            AdminResetUserPasswordRequest input, CallContext call) {
        return admin.adminResetUserPassword(input, call);
    }

    @Override
    public AdminRespondToAuthChallengeResponse adminRespondToAuthChallenge(
            AdminRespondToAuthChallengeRequest input, CallContext call) {
        return auth.adminRespondToAuthChallenge(input, call);
    }

    @Override
    public AdminSetUserMFAPreferenceResponse adminSetUserMFAPreference(
            AdminSetUserMFAPreferenceRequest input, CallContext call) {
        return mfa.adminSetUserMFAPreference(input, call);
    }

    @Override
    public AdminSetUserPasswordResponse adminSetUserPassword(AdminSetUserPasswordRequest input, CallContext call) {
        return admin.adminSetUserPassword(input, call);
    }

    @Override
    public AdminSetUserSettingsResponse adminSetUserSettings(AdminSetUserSettingsRequest input, CallContext call) {
        return mfa.adminSetUserSettings(input, call);
    }

    @Override
    public AdminUpdateAuthEventFeedbackResponse adminUpdateAuthEventFeedback(
            AdminUpdateAuthEventFeedbackRequest input, CallContext call) {
        return threats.adminUpdateAuthEventFeedback(input, call);
    }

    @Override
    public AdminUpdateDeviceStatusResponse adminUpdateDeviceStatus(
            AdminUpdateDeviceStatusRequest input, CallContext call) {
        return devices.adminUpdateDeviceStatus(input, call);
    }

    @Override
    public AdminUpdateUserAttributesResponse adminUpdateUserAttributes(
            AdminUpdateUserAttributesRequest input, CallContext call) {
        return admin.adminUpdateUserAttributes(input, call);
    }

    @Override
    public AdminUserGlobalSignOutResponse adminUserGlobalSignOut(
            AdminUserGlobalSignOutRequest input, CallContext call) {
        return auth.adminUserGlobalSignOut(input, call);
    }

    @Override
    public AssociateSoftwareTokenResponse associateSoftwareToken(
            AssociateSoftwareTokenRequest input, CallContext call) {
        return mfa.associateSoftwareToken(input, call);
    }

    @Override
    public ChangePasswordResponse changePassword(ChangePasswordRequest input, CallContext call) {
        return selfService.changePassword(input, call);
    }

    @Override
    public CompleteWebAuthnRegistrationResponse completeWebAuthnRegistration(
            CompleteWebAuthnRegistrationRequest input, CallContext call) {
        return mfa.completeWebAuthnRegistration(input, call);
    }

    @Override
    public ConfirmDeviceResponse confirmDevice(ConfirmDeviceRequest input, CallContext call) {
        return devices.confirmDevice(input, call);
    }

    @Override
    public ConfirmForgotPasswordResponse confirmForgotPassword(ConfirmForgotPasswordRequest input, CallContext call) {
        return selfService.confirmForgotPassword(input, call);
    }

    @Override
    public ConfirmSignUpResponse confirmSignUp(ConfirmSignUpRequest input, CallContext call) {
        return selfService.confirmSignUp(input, call);
    }

    @Override
    public CreateGroupResponse createGroup(CreateGroupRequest input, CallContext call) {
        return groups.createGroup(input, call);
    }

    @Override
    public CreateIdentityProviderResponse createIdentityProvider(
            CreateIdentityProviderRequest input, CallContext call) {
        return providers.createIdentityProvider(input, call);
    }

    @Override
    public CreateManagedLoginBrandingResponse createManagedLoginBranding(
            CreateManagedLoginBrandingRequest input, CallContext call) {
        return appearance.createManagedLoginBranding(input, call);
    }

    @Override
    public CreateResourceServerResponse createResourceServer(CreateResourceServerRequest input, CallContext call) {
        return domains.createResourceServer(input, call);
    }

    @Override
    public CreateTermsResponse createTerms(CreateTermsRequest input, CallContext call) {
        return appearance.createTerms(input, call);
    }

    @Override
    public CreateUserImportJobResponse createUserImportJob(CreateUserImportJobRequest input, CallContext call) {
        return imports.createUserImportJob(input, call);
    }

    @Override
    public CreateUserPoolResponse createUserPool(CreateUserPoolRequest input, CallContext call) {
        return pools.createUserPool(input, call);
    }

    @Override
    public CreateUserPoolClientResponse createUserPoolClient(CreateUserPoolClientRequest input, CallContext call) {
        return clients.createUserPoolClient(input, call);
    }

    @Override
    public CreateUserPoolDomainResponse createUserPoolDomain(CreateUserPoolDomainRequest input, CallContext call) {
        return domains.createUserPoolDomain(input, call);
    }

    @Override
    public DeleteGroupResponse deleteGroup(DeleteGroupRequest input, CallContext call) {
        return groups.deleteGroup(input, call);
    }

    @Override
    public DeleteIdentityProviderResponse deleteIdentityProvider(
            DeleteIdentityProviderRequest input, CallContext call) {
        return providers.deleteIdentityProvider(input, call);
    }

    @Override
    public DeleteManagedLoginBrandingResponse deleteManagedLoginBranding(
            DeleteManagedLoginBrandingRequest input, CallContext call) {
        return appearance.deleteManagedLoginBranding(input, call);
    }

    @Override
    public DeleteResourceServerResponse deleteResourceServer(DeleteResourceServerRequest input, CallContext call) {
        return domains.deleteResourceServer(input, call);
    }

    @Override
    public DeleteTermsResponse deleteTerms(DeleteTermsRequest input, CallContext call) {
        return appearance.deleteTerms(input, call);
    }

    @Override
    public DeleteUserResponse deleteUser(DeleteUserRequest input, CallContext call) {
        return selfService.deleteUser(input, call);
    }

    @Override
    public DeleteUserAttributesResponse deleteUserAttributes(DeleteUserAttributesRequest input, CallContext call) {
        return selfService.deleteUserAttributes(input, call);
    }

    @Override
    public DeleteUserPoolResponse deleteUserPool(DeleteUserPoolRequest input, CallContext call) {
        return pools.deleteUserPool(input, call);
    }

    @Override
    public DeleteUserPoolClientResponse deleteUserPoolClient(DeleteUserPoolClientRequest input, CallContext call) {
        return clients.deleteUserPoolClient(input, call);
    }

    @Override
    public DeleteUserPoolClientSecretResponse deleteUserPoolClientSecret(
            DeleteUserPoolClientSecretRequest input, CallContext call) {
        return clients.deleteUserPoolClientSecret(input, call);
    }

    @Override
    public DeleteUserPoolDomainResponse deleteUserPoolDomain(DeleteUserPoolDomainRequest input, CallContext call) {
        return domains.deleteUserPoolDomain(input, call);
    }

    @Override
    public DeleteWebAuthnCredentialResponse deleteWebAuthnCredential(
            DeleteWebAuthnCredentialRequest input, CallContext call) {
        return mfa.deleteWebAuthnCredential(input, call);
    }

    @Override
    public DescribeIdentityProviderResponse describeIdentityProvider(
            DescribeIdentityProviderRequest input, CallContext call) {
        return providers.describeIdentityProvider(input, call);
    }

    @Override
    public DescribeManagedLoginBrandingResponse describeManagedLoginBranding(
            DescribeManagedLoginBrandingRequest input, CallContext call) {
        return appearance.describeManagedLoginBranding(input, call);
    }

    @Override
    public DescribeManagedLoginBrandingByClientResponse describeManagedLoginBrandingByClient(
            DescribeManagedLoginBrandingByClientRequest input, CallContext call) {
        return appearance.describeManagedLoginBrandingByClient(input, call);
    }

    @Override
    public DescribeResourceServerResponse describeResourceServer(
            DescribeResourceServerRequest input, CallContext call) {
        return domains.describeResourceServer(input, call);
    }

    @Override
    public DescribeRiskConfigurationResponse describeRiskConfiguration(
            DescribeRiskConfigurationRequest input, CallContext call) {
        return threats.describeRiskConfiguration(input, call);
    }

    @Override
    public DescribeTermsResponse describeTerms(DescribeTermsRequest input, CallContext call) {
        return appearance.describeTerms(input, call);
    }

    @Override
    public DescribeUserImportJobResponse describeUserImportJob(DescribeUserImportJobRequest input, CallContext call) {
        return imports.describeUserImportJob(input, call);
    }

    @Override
    public DescribeUserPoolResponse describeUserPool(DescribeUserPoolRequest input, CallContext call) {
        return pools.describeUserPool(input, call);
    }

    @Override
    public DescribeUserPoolClientResponse describeUserPoolClient(
            DescribeUserPoolClientRequest input, CallContext call) {
        return clients.describeUserPoolClient(input, call);
    }

    @Override
    public DescribeUserPoolDomainResponse describeUserPoolDomain(
            DescribeUserPoolDomainRequest input, CallContext call) {
        return domains.describeUserPoolDomain(input, call);
    }

    @Override
    public ForgetDeviceResponse forgetDevice(ForgetDeviceRequest input, CallContext call) {
        return devices.forgetDevice(input, call);
    }

    @Override
    public ForgotPasswordResponse forgotPassword(ForgotPasswordRequest input, CallContext call) {
        return selfService.forgotPassword(input, call);
    }

    @Override
    public GetCSVHeaderResponse getCSVHeader(GetCSVHeaderRequest input, CallContext call) {
        return pools.getCSVHeader(input, call);
    }

    @Override
    public GetDeviceResponse getDevice(GetDeviceRequest input, CallContext call) {
        return devices.getDevice(input, call);
    }

    @Override
    public GetGroupResponse getGroup(GetGroupRequest input, CallContext call) {
        return groups.getGroup(input, call);
    }

    @Override
    public GetIdentityProviderByIdentifierResponse getIdentityProviderByIdentifier(
            GetIdentityProviderByIdentifierRequest input, CallContext call) {
        return providers.getIdentityProviderByIdentifier(input, call);
    }

    @Override
    public GetLogDeliveryConfigurationResponse getLogDeliveryConfiguration(
            GetLogDeliveryConfigurationRequest input, CallContext call) {
        return threats.getLogDeliveryConfiguration(input, call);
    }

    @Override
    public GetSigningCertificateResponse getSigningCertificate(GetSigningCertificateRequest input, CallContext call) {
        return threats.getSigningCertificate(input, call);
    }

    @Override
    public GetTokensFromRefreshTokenResponse getTokensFromRefreshToken(
            GetTokensFromRefreshTokenRequest input, CallContext call) {
        return auth.getTokensFromRefreshToken(input, call);
    }

    @Override
    public GetUICustomizationResponse getUICustomization(GetUICustomizationRequest input, CallContext call) {
        return appearance.getUICustomization(input, call);
    }

    @Override
    public GetUserResponse getUser(GetUserRequest input, CallContext call) {
        return selfService.getUser(input, call);
    }

    @Override
    public GetUserAttributeVerificationCodeResponse getUserAttributeVerificationCode(
            GetUserAttributeVerificationCodeRequest input, CallContext call) {
        return selfService.getUserAttributeVerificationCode(input, call);
    }

    @Override
    public GetUserAuthFactorsResponse getUserAuthFactors(GetUserAuthFactorsRequest input, CallContext call) {
        return mfa.getUserAuthFactors(input, call);
    }

    @Override
    public GetUserPoolMfaConfigResponse getUserPoolMfaConfig(GetUserPoolMfaConfigRequest input, CallContext call) {
        return pools.getUserPoolMfaConfig(input, call);
    }

    @Override
    public GlobalSignOutResponse globalSignOut(GlobalSignOutRequest input, CallContext call) {
        return auth.globalSignOut(input, call);
    }

    @Override
    public InitiateAuthResponse initiateAuth(InitiateAuthRequest input, CallContext call) {
        return auth.initiateAuth(input, call);
    }

    @Override
    public ListDevicesResponse listDevices(ListDevicesRequest input, CallContext call) {
        return devices.listDevices(input, call);
    }

    @Override
    public ListGroupsResponse listGroups(ListGroupsRequest input, CallContext call) {
        return groups.listGroups(input, call);
    }

    @Override
    public ListIdentityProvidersResponse listIdentityProviders(ListIdentityProvidersRequest input, CallContext call) {
        return providers.listIdentityProviders(input, call);
    }

    @Override
    public ListResourceServersResponse listResourceServers(ListResourceServersRequest input, CallContext call) {
        return domains.listResourceServers(input, call);
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest input, CallContext call) {
        return pools.listTagsForResource(input, call);
    }

    @Override
    public ListTermsResponse listTerms(ListTermsRequest input, CallContext call) {
        return appearance.listTerms(input, call);
    }

    @Override
    public ListUserImportJobsResponse listUserImportJobs(ListUserImportJobsRequest input, CallContext call) {
        return imports.listUserImportJobs(input, call);
    }

    @Override
    public ListUserPoolClientsResponse listUserPoolClients(ListUserPoolClientsRequest input, CallContext call) {
        return clients.listUserPoolClients(input, call);
    }

    @Override
    public ListUserPoolClientSecretsResponse listUserPoolClientSecrets(
            ListUserPoolClientSecretsRequest input, CallContext call) {
        return clients.listUserPoolClientSecrets(input, call);
    }

    @Override
    public ListUserPoolsResponse listUserPools(ListUserPoolsRequest input, CallContext call) {
        return pools.listUserPools(input, call);
    }

    @Override
    public ListUsersResponse listUsers(ListUsersRequest input, CallContext call) {
        return admin.listUsers(input, call);
    }

    @Override
    public ListUsersInGroupResponse listUsersInGroup(ListUsersInGroupRequest input, CallContext call) {
        return groups.listUsersInGroup(input, call);
    }

    @Override
    public ListWebAuthnCredentialsResponse listWebAuthnCredentials(
            ListWebAuthnCredentialsRequest input, CallContext call) {
        return mfa.listWebAuthnCredentials(input, call);
    }

    @Override
    public ResendConfirmationCodeResponse resendConfirmationCode(
            ResendConfirmationCodeRequest input, CallContext call) {
        return selfService.resendConfirmationCode(input, call);
    }

    @Override
    public RespondToAuthChallengeResponse respondToAuthChallenge(
            RespondToAuthChallengeRequest input, CallContext call) {
        return auth.respondToAuthChallenge(input, call);
    }

    @Override
    public RevokeTokenResponse revokeToken(RevokeTokenRequest input, CallContext call) {
        return auth.revokeToken(input, call);
    }

    @Override
    public SetLogDeliveryConfigurationResponse setLogDeliveryConfiguration(
            SetLogDeliveryConfigurationRequest input, CallContext call) {
        return threats.setLogDeliveryConfiguration(input, call);
    }

    @Override
    public SetRiskConfigurationResponse setRiskConfiguration(SetRiskConfigurationRequest input, CallContext call) {
        return threats.setRiskConfiguration(input, call);
    }

    @Override
    public SetUICustomizationResponse setUICustomization(SetUICustomizationRequest input, CallContext call) {
        return appearance.setUICustomization(input, call);
    }

    @Override
    public SetUserMFAPreferenceResponse setUserMFAPreference(SetUserMFAPreferenceRequest input, CallContext call) {
        return mfa.setUserMFAPreference(input, call);
    }

    @Override
    public SetUserPoolMfaConfigResponse setUserPoolMfaConfig(SetUserPoolMfaConfigRequest input, CallContext call) {
        return pools.setUserPoolMfaConfig(input, call);
    }

    @Override
    public SetUserSettingsResponse setUserSettings(SetUserSettingsRequest input, CallContext call) {
        return mfa.setUserSettings(input, call);
    }

    @Override
    public SignUpResponse signUp(SignUpRequest input, CallContext call) {
        return selfService.signUp(input, call);
    }

    @Override
    public StartUserImportJobResponse startUserImportJob(StartUserImportJobRequest input, CallContext call) {
        return imports.startUserImportJob(input, call);
    }

    @Override
    public StartWebAuthnRegistrationResponse startWebAuthnRegistration(
            StartWebAuthnRegistrationRequest input, CallContext call) {
        return mfa.startWebAuthnRegistration(input, call);
    }

    @Override
    public StopUserImportJobResponse stopUserImportJob(StopUserImportJobRequest input, CallContext call) {
        return imports.stopUserImportJob(input, call);
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest input, CallContext call) {
        return pools.tagResource(input, call);
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest input, CallContext call) {
        return pools.untagResource(input, call);
    }

    @Override
    public UpdateAuthEventFeedbackResponse updateAuthEventFeedback(
            UpdateAuthEventFeedbackRequest input, CallContext call) {
        return threats.updateAuthEventFeedback(input, call);
    }

    @Override
    public UpdateDeviceStatusResponse updateDeviceStatus(UpdateDeviceStatusRequest input, CallContext call) {
        return devices.updateDeviceStatus(input, call);
    }

    @Override
    public UpdateGroupResponse updateGroup(UpdateGroupRequest input, CallContext call) {
        return groups.updateGroup(input, call);
    }

    @Override
    public UpdateIdentityProviderResponse updateIdentityProvider(
            UpdateIdentityProviderRequest input, CallContext call) {
        return providers.updateIdentityProvider(input, call);
    }

    @Override
    public UpdateManagedLoginBrandingResponse updateManagedLoginBranding(
            UpdateManagedLoginBrandingRequest input, CallContext call) {
        return appearance.updateManagedLoginBranding(input, call);
    }

    @Override
    public UpdateResourceServerResponse updateResourceServer(UpdateResourceServerRequest input, CallContext call) {
        return domains.updateResourceServer(input, call);
    }

    @Override
    public UpdateTermsResponse updateTerms(UpdateTermsRequest input, CallContext call) {
        return appearance.updateTerms(input, call);
    }

    @Override
    public UpdateUserAttributesResponse updateUserAttributes(UpdateUserAttributesRequest input, CallContext call) {
        return selfService.updateUserAttributes(input, call);
    }

    @Override
    public UpdateUserPoolResponse updateUserPool(UpdateUserPoolRequest input, CallContext call) {
        return pools.updateUserPool(input, call);
    }

    @Override
    public UpdateUserPoolClientResponse updateUserPoolClient(UpdateUserPoolClientRequest input, CallContext call) {
        return clients.updateUserPoolClient(input, call);
    }

    @Override
    public UpdateUserPoolDomainResponse updateUserPoolDomain(UpdateUserPoolDomainRequest input, CallContext call) {
        return domains.updateUserPoolDomain(input, call);
    }

    @Override
    public VerifySoftwareTokenResponse verifySoftwareToken(VerifySoftwareTokenRequest input, CallContext call) {
        return mfa.verifySoftwareToken(input, call);
    }

    @Override
    public VerifyUserAttributeResponse verifyUserAttribute(VerifyUserAttributeRequest input, CallContext call) {
        return selfService.verifyUserAttribute(input, call);
    }
}
