// Written by tools/import-models from the API model of Amazon Web Services; refresh it with that.
$version: "2.0"

namespace com.amazonaws.cognitoidentity

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsJson1_1

@service(sdkId: "Cognito Identity", arnNamespace: "cognito-identity", endpointPrefix: "cognito-identity", cloudTrailEventSource: "cognito-identity.amazonaws.com")
@sigv4(name: "cognito-identity")
@awsJson1_1
@title("Amazon Cognito Identity")
service AWSCognitoIdentityService {
    version: "2014-06-30"
    operations: [
        CreateIdentityPool
        DeleteIdentities
        DeleteIdentityPool
        DescribeIdentity
        DescribeIdentityPool
        GetCredentialsForIdentity
        GetId
        GetIdentityPoolRoles
        GetOpenIdToken
        GetOpenIdTokenForDeveloperIdentity
        GetPrincipalTagAttributeMap
        ListIdentities
        ListIdentityPools
        ListTagsForResource
        LookupDeveloperIdentity
        MergeDeveloperIdentities
        SetIdentityPoolRoles
        SetPrincipalTagAttributeMap
        TagResource
        UnlinkDeveloperIdentity
        UnlinkIdentity
        UntagResource
        UpdateIdentityPool
    ]
}

operation CreateIdentityPool {
    input: CreateIdentityPoolInput
    output: IdentityPool
    errors: [
        InternalErrorException
        InvalidParameterException
        LimitExceededException
        NotAuthorizedException
        ResourceConflictException
        TooManyRequestsException
    ]
}

operation DeleteIdentities {
    input: DeleteIdentitiesInput
    output: DeleteIdentitiesResponse
    errors: [
        InternalErrorException
        InvalidParameterException
        TooManyRequestsException
    ]
}

operation DeleteIdentityPool {
    input: DeleteIdentityPoolInput
    errors: [
        InternalErrorException
        InvalidParameterException
        NotAuthorizedException
        ResourceNotFoundException
        TooManyRequestsException
    ]
}

operation DescribeIdentity {
    input: DescribeIdentityInput
    output: IdentityDescription
    errors: [
        InternalErrorException
        InvalidParameterException
        NotAuthorizedException
        ResourceNotFoundException
        TooManyRequestsException
    ]
}

operation DescribeIdentityPool {
    input: DescribeIdentityPoolInput
    output: IdentityPool
    errors: [
        InternalErrorException
        InvalidParameterException
        NotAuthorizedException
        ResourceNotFoundException
        TooManyRequestsException
    ]
}

@auth([])
@optionalAuth
operation GetCredentialsForIdentity {
    input: GetCredentialsForIdentityInput
    output: GetCredentialsForIdentityResponse
    errors: [
        ExternalServiceException
        InternalErrorException
        InvalidIdentityPoolConfigurationException
        InvalidParameterException
        NotAuthorizedException
        ResourceConflictException
        ResourceNotFoundException
        TooManyRequestsException
    ]
}

@auth([])
@optionalAuth
operation GetId {
    input: GetIdInput
    output: GetIdResponse
    errors: [
        ExternalServiceException
        InternalErrorException
        InvalidParameterException
        LimitExceededException
        NotAuthorizedException
        ResourceConflictException
        ResourceNotFoundException
        TooManyRequestsException
    ]
}

operation GetIdentityPoolRoles {
    input: GetIdentityPoolRolesInput
    output: GetIdentityPoolRolesResponse
    errors: [
        InternalErrorException
        InvalidParameterException
        NotAuthorizedException
        ResourceConflictException
        ResourceNotFoundException
        TooManyRequestsException
    ]
}

@auth([])
@optionalAuth
operation GetOpenIdToken {
    input: GetOpenIdTokenInput
    output: GetOpenIdTokenResponse
    errors: [
        ExternalServiceException
        InternalErrorException
        InvalidParameterException
        NotAuthorizedException
        ResourceConflictException
        ResourceNotFoundException
        TooManyRequestsException
    ]
}

operation GetOpenIdTokenForDeveloperIdentity {
    input: GetOpenIdTokenForDeveloperIdentityInput
    output: GetOpenIdTokenForDeveloperIdentityResponse
    errors: [
        DeveloperUserAlreadyRegisteredException
        InternalErrorException
        InvalidParameterException
        NotAuthorizedException
        ResourceConflictException
        ResourceNotFoundException
        TooManyRequestsException
    ]
}

operation GetPrincipalTagAttributeMap {
    input: GetPrincipalTagAttributeMapInput
    output: GetPrincipalTagAttributeMapResponse
    errors: [
        InternalErrorException
        InvalidParameterException
        NotAuthorizedException
        ResourceNotFoundException
        TooManyRequestsException
    ]
}

operation ListIdentities {
    input: ListIdentitiesInput
    output: ListIdentitiesResponse
    errors: [
        InternalErrorException
        InvalidParameterException
        NotAuthorizedException
        ResourceNotFoundException
        TooManyRequestsException
    ]
}

operation ListIdentityPools {
    input: ListIdentityPoolsInput
    output: ListIdentityPoolsResponse
    errors: [
        InternalErrorException
        InvalidParameterException
        NotAuthorizedException
        ResourceNotFoundException
        TooManyRequestsException
    ]
}

operation ListTagsForResource {
    input: ListTagsForResourceInput
    output: ListTagsForResourceResponse
    errors: [
        InternalErrorException
        InvalidParameterException
        NotAuthorizedException
        ResourceNotFoundException
        TooManyRequestsException
    ]
}

operation LookupDeveloperIdentity {
    input: LookupDeveloperIdentityInput
    output: LookupDeveloperIdentityResponse
    errors: [
        InternalErrorException
        InvalidParameterException
        NotAuthorizedException
        ResourceConflictException
        ResourceNotFoundException
        TooManyRequestsException
    ]
}

operation MergeDeveloperIdentities {
    input: MergeDeveloperIdentitiesInput
    output: MergeDeveloperIdentitiesResponse
    errors: [
        InternalErrorException
        InvalidParameterException
        NotAuthorizedException
        ResourceConflictException
        ResourceNotFoundException
        TooManyRequestsException
    ]
}

operation SetIdentityPoolRoles {
    input: SetIdentityPoolRolesInput
    errors: [
        ConcurrentModificationException
        InternalErrorException
        InvalidParameterException
        NotAuthorizedException
        ResourceConflictException
        ResourceNotFoundException
        TooManyRequestsException
    ]
}

operation SetPrincipalTagAttributeMap {
    input: SetPrincipalTagAttributeMapInput
    output: SetPrincipalTagAttributeMapResponse
    errors: [
        InternalErrorException
        InvalidParameterException
        NotAuthorizedException
        ResourceNotFoundException
        TooManyRequestsException
    ]
}

operation TagResource {
    input: TagResourceInput
    output: TagResourceResponse
    errors: [
        InternalErrorException
        InvalidParameterException
        NotAuthorizedException
        ResourceNotFoundException
        TooManyRequestsException
    ]
}

operation UnlinkDeveloperIdentity {
    input: UnlinkDeveloperIdentityInput
    errors: [
        InternalErrorException
        InvalidParameterException
        NotAuthorizedException
        ResourceConflictException
        ResourceNotFoundException
        TooManyRequestsException
    ]
}

@auth([])
@optionalAuth
operation UnlinkIdentity {
    input: UnlinkIdentityInput
    errors: [
        ExternalServiceException
        InternalErrorException
        InvalidParameterException
        NotAuthorizedException
        ResourceConflictException
        ResourceNotFoundException
        TooManyRequestsException
    ]
}

operation UntagResource {
    input: UntagResourceInput
    output: UntagResourceResponse
    errors: [
        InternalErrorException
        InvalidParameterException
        NotAuthorizedException
        ResourceNotFoundException
        TooManyRequestsException
    ]
}

operation UpdateIdentityPool {
    input: IdentityPool
    output: IdentityPool
    errors: [
        ConcurrentModificationException
        InternalErrorException
        InvalidParameterException
        LimitExceededException
        NotAuthorizedException
        ResourceConflictException
        ResourceNotFoundException
        TooManyRequestsException
    ]
}

@length(min: 20, max: 2048)
string ARNString

string AccessKeyString

@length(min: 1, max: 15)
@pattern("\\d+")
string AccountId

enum AmbiguousRoleResolutionType {
    AuthenticatedRole
    Deny
}

@length(min: 1, max: 64)
@pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+")
string ClaimName

@length(min: 1, max: 128)
string ClaimValue

boolean ClassicFlow

structure CognitoIdentityProvider {
    ProviderName: CognitoIdentityProviderName
    ClientId: CognitoIdentityProviderClientId
    ServerSideTokenCheck: CognitoIdentityProviderTokenCheck
}

@length(min: 1, max: 128)
@pattern("[\\w_]+")
string CognitoIdentityProviderClientId

list CognitoIdentityProviderList {
    member: CognitoIdentityProvider
}

@length(min: 1, max: 128)
@pattern("[\\w._:/-]+")
string CognitoIdentityProviderName

boolean CognitoIdentityProviderTokenCheck

@error("client")
@httpError(400)
structure ConcurrentModificationException {
    message: String
}

structure CreateIdentityPoolInput {
    @required
    IdentityPoolName: IdentityPoolName

    @required
    AllowUnauthenticatedIdentities: IdentityPoolUnauthenticated

    AllowClassicFlow: ClassicFlow
    SupportedLoginProviders: IdentityProviders
    DeveloperProviderName: DeveloperProviderName
    OpenIdConnectProviderARNs: OIDCProviderList
    CognitoIdentityProviders: CognitoIdentityProviderList
    SamlProviderARNs: SAMLProviderList
    IdentityPoolTags: IdentityPoolTagsType
}

structure Credentials {
    AccessKeyId: AccessKeyString
    SecretKey: SecretKeyString
    SessionToken: SessionTokenString
    Expiration: DateType
}

timestamp DateType

structure DeleteIdentitiesInput {
    @required
    IdentityIdsToDelete: IdentityIdList
}

structure DeleteIdentitiesResponse {
    UnprocessedIdentityIds: UnprocessedIdentityIdList
}

structure DeleteIdentityPoolInput {
    @required
    IdentityPoolId: IdentityPoolId
}

structure DescribeIdentityInput {
    @required
    IdentityId: IdentityId
}

structure DescribeIdentityPoolInput {
    @required
    IdentityPoolId: IdentityPoolId
}

@length(min: 1, max: 128)
@pattern("[\\w._-]+")
string DeveloperProviderName

@error("client")
@httpError(400)
structure DeveloperUserAlreadyRegisteredException {
    message: String
}

@length(min: 1, max: 1024)
string DeveloperUserIdentifier

list DeveloperUserIdentifierList {
    member: DeveloperUserIdentifier
}

enum ErrorCode {
    AccessDenied
    InternalServerError
}

@error("client")
@httpError(400)
structure ExternalServiceException {
    message: String
}

structure GetCredentialsForIdentityInput {
    @required
    IdentityId: IdentityId

    Logins: LoginsMap
    CustomRoleArn: ARNString
}

structure GetCredentialsForIdentityResponse {
    IdentityId: IdentityId
    Credentials: Credentials
}

structure GetIdInput {
    AccountId: AccountId

    @required
    IdentityPoolId: IdentityPoolId

    Logins: LoginsMap
}

structure GetIdResponse {
    IdentityId: IdentityId
}

structure GetIdentityPoolRolesInput {
    @required
    IdentityPoolId: IdentityPoolId
}

structure GetIdentityPoolRolesResponse {
    IdentityPoolId: IdentityPoolId
    Roles: RolesMap
    RoleMappings: RoleMappingMap
}

structure GetOpenIdTokenForDeveloperIdentityInput {
    @required
    IdentityPoolId: IdentityPoolId

    IdentityId: IdentityId

    @required
    Logins: LoginsMap

    PrincipalTags: PrincipalTags
    TokenDuration: TokenDuration
}

structure GetOpenIdTokenForDeveloperIdentityResponse {
    IdentityId: IdentityId
    Token: OIDCToken
}

structure GetOpenIdTokenInput {
    @required
    IdentityId: IdentityId

    Logins: LoginsMap
}

structure GetOpenIdTokenResponse {
    IdentityId: IdentityId
    Token: OIDCToken
}

structure GetPrincipalTagAttributeMapInput {
    @required
    IdentityPoolId: IdentityPoolId

    @required
    IdentityProviderName: IdentityProviderName
}

structure GetPrincipalTagAttributeMapResponse {
    IdentityPoolId: IdentityPoolId
    IdentityProviderName: IdentityProviderName
    UseDefaults: UseDefaults
    PrincipalTags: PrincipalTags
}

boolean HideDisabled

list IdentitiesList {
    member: IdentityDescription
}

structure IdentityDescription {
    IdentityId: IdentityId
    Logins: LoginsList
    CreationDate: DateType
    LastModifiedDate: DateType
}

@length(min: 1, max: 55)
@pattern("[\\w-]+:[0-9a-f-]+")
string IdentityId

@length(min: 1, max: 60)
list IdentityIdList {
    member: IdentityId
}

structure IdentityPool {
    @required
    IdentityPoolId: IdentityPoolId

    @required
    IdentityPoolName: IdentityPoolName

    @required
    AllowUnauthenticatedIdentities: IdentityPoolUnauthenticated

    AllowClassicFlow: ClassicFlow
    SupportedLoginProviders: IdentityProviders
    DeveloperProviderName: DeveloperProviderName
    OpenIdConnectProviderARNs: OIDCProviderList
    CognitoIdentityProviders: CognitoIdentityProviderList
    SamlProviderARNs: SAMLProviderList
    IdentityPoolTags: IdentityPoolTagsType
}

@length(min: 1, max: 55)
@pattern("[\\w-]+:[0-9a-f-]+")
string IdentityPoolId

@length(min: 1, max: 128)
@pattern("[\\w\\s+=,.@-]+")
string IdentityPoolName

structure IdentityPoolShortDescription {
    IdentityPoolId: IdentityPoolId
    IdentityPoolName: IdentityPoolName
}

list IdentityPoolTagsListType {
    member: TagKeysType
}

map IdentityPoolTagsType {
    key: TagKeysType
    value: TagValueType
}

boolean IdentityPoolUnauthenticated

list IdentityPoolsList {
    member: IdentityPoolShortDescription
}

@length(min: 1, max: 128)
@pattern("[\\w.;_/-]+")
string IdentityProviderId

@length(min: 1, max: 128)
string IdentityProviderName

@length(min: 1, max: 50000)
@sensitive
string IdentityProviderToken

@length(max: 10)
map IdentityProviders {
    key: IdentityProviderName
    value: IdentityProviderId
}

@error("server")
@httpError(500)
structure InternalErrorException {
    message: String
}

@error("client")
@httpError(400)
structure InvalidIdentityPoolConfigurationException {
    message: String
}

@error("client")
@httpError(400)
structure InvalidParameterException {
    message: String
}

@error("client")
@httpError(400)
structure LimitExceededException {
    message: String
}

structure ListIdentitiesInput {
    @required
    IdentityPoolId: IdentityPoolId

    @required
    MaxResults: QueryLimit

    NextToken: PaginationKey
    HideDisabled: HideDisabled
}

structure ListIdentitiesResponse {
    IdentityPoolId: IdentityPoolId
    Identities: IdentitiesList
    NextToken: PaginationKey
}

structure ListIdentityPoolsInput {
    @required
    MaxResults: QueryLimit

    NextToken: PaginationKey
}

structure ListIdentityPoolsResponse {
    IdentityPools: IdentityPoolsList
    NextToken: PaginationKey
}

structure ListTagsForResourceInput {
    @required
    ResourceArn: ARNString
}

structure ListTagsForResourceResponse {
    Tags: IdentityPoolTagsType
}

list LoginsList {
    member: IdentityProviderName
}

@length(max: 10)
map LoginsMap {
    key: IdentityProviderName
    value: IdentityProviderToken
}

structure LookupDeveloperIdentityInput {
    @required
    IdentityPoolId: IdentityPoolId

    IdentityId: IdentityId
    DeveloperUserIdentifier: DeveloperUserIdentifier
    MaxResults: QueryLimit
    NextToken: PaginationKey
}

structure LookupDeveloperIdentityResponse {
    IdentityId: IdentityId
    DeveloperUserIdentifierList: DeveloperUserIdentifierList
    NextToken: PaginationKey
}

structure MappingRule {
    @required
    Claim: ClaimName

    @required
    MatchType: MappingRuleMatchType

    @required
    Value: ClaimValue

    @required
    RoleARN: ARNString
}

enum MappingRuleMatchType {
    Equals
    Contains
    StartsWith
    NotEqual
}

@length(min: 1, max: 400)
list MappingRulesList {
    member: MappingRule
}

structure MergeDeveloperIdentitiesInput {
    @required
    SourceUserIdentifier: DeveloperUserIdentifier

    @required
    DestinationUserIdentifier: DeveloperUserIdentifier

    @required
    DeveloperProviderName: DeveloperProviderName

    @required
    IdentityPoolId: IdentityPoolId
}

structure MergeDeveloperIdentitiesResponse {
    IdentityId: IdentityId
}

@error("client")
@httpError(400)
structure NotAuthorizedException {
    message: String
}

list OIDCProviderList {
    member: ARNString
}

@sensitive
string OIDCToken

@length(min: 1, max: 65535)
@pattern("[\\S]+")
string PaginationKey

@length(min: 1, max: 128)
string PrincipalTagID

@length(min: 1, max: 256)
string PrincipalTagValue

@length(max: 50)
map PrincipalTags {
    key: PrincipalTagID
    value: PrincipalTagValue
}

@range(min: 1, max: 60)
integer QueryLimit

@error("client")
@httpError(400)
structure ResourceConflictException {
    message: String
}

@error("client")
@httpError(400)
structure ResourceNotFoundException {
    message: String
}

structure RoleMapping {
    @required
    Type: RoleMappingType

    AmbiguousRoleResolution: AmbiguousRoleResolutionType
    RulesConfiguration: RulesConfigurationType
}

@length(max: 10)
map RoleMappingMap {
    key: IdentityProviderName
    value: RoleMapping
}

enum RoleMappingType {
    Token
    Rules
}

@length(min: 1, max: 128)
@pattern("(un)?authenticated")
string RoleType

@length(max: 2)
map RolesMap {
    key: RoleType
    value: ARNString
}

structure RulesConfigurationType {
    @required
    Rules: MappingRulesList
}

list SAMLProviderList {
    member: ARNString
}

@sensitive
string SecretKeyString

string SessionTokenString

structure SetIdentityPoolRolesInput {
    @required
    IdentityPoolId: IdentityPoolId

    @required
    Roles: RolesMap

    RoleMappings: RoleMappingMap
}

structure SetPrincipalTagAttributeMapInput {
    @required
    IdentityPoolId: IdentityPoolId

    @required
    IdentityProviderName: IdentityProviderName

    UseDefaults: UseDefaults
    PrincipalTags: PrincipalTags
}

structure SetPrincipalTagAttributeMapResponse {
    IdentityPoolId: IdentityPoolId
    IdentityProviderName: IdentityProviderName
    UseDefaults: UseDefaults
    PrincipalTags: PrincipalTags
}

string String

@length(min: 1, max: 128)
string TagKeysType

structure TagResourceInput {
    @required
    ResourceArn: ARNString

    @required
    Tags: IdentityPoolTagsType
}

structure TagResourceResponse {}

@length(min: 0, max: 256)
string TagValueType

@range(min: 1, max: 86400)
long TokenDuration

@error("client")
@httpError(400)
structure TooManyRequestsException {
    message: String
}

structure UnlinkDeveloperIdentityInput {
    @required
    IdentityId: IdentityId

    @required
    IdentityPoolId: IdentityPoolId

    @required
    DeveloperProviderName: DeveloperProviderName

    @required
    DeveloperUserIdentifier: DeveloperUserIdentifier
}

structure UnlinkIdentityInput {
    @required
    IdentityId: IdentityId

    @required
    Logins: LoginsMap

    @required
    LoginsToRemove: LoginsList
}

structure UnprocessedIdentityId {
    IdentityId: IdentityId
    ErrorCode: ErrorCode
}

@length(max: 60)
list UnprocessedIdentityIdList {
    member: UnprocessedIdentityId
}

structure UntagResourceInput {
    @required
    ResourceArn: ARNString

    @required
    TagKeys: IdentityPoolTagsListType
}

structure UntagResourceResponse {}

boolean UseDefaults
