package io.pileus.iam;

import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Blob;
import io.pileus.iam.model.*;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.ManagedPolicy;
import io.pileus.iam.state.PasswordPolicyState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The account as a whole: alias, summary, password policy, credential report, and its preferences for STS. */
final class AccountOperations {
    private static final Pattern ALIAS = Pattern.compile("[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]");

    private final IamAccounts accounts;

    AccountOperations(IamAccounts accounts) {
        this.accounts = accounts;
    }

    // ---- alias --------------------------------------------------------------------------------------------------

    CreateAccountAliasResponse createAccountAlias(CreateAccountAliasRequest input, CallContext call) {
        String alias = input.accountAlias();
        if (!ALIAS.matcher(alias).matches()) {
            throw IamErrors.invalidInput("The specified alias " + alias + " is not valid.");
        }
        boolean taken = accounts.all().stream()
                .filter(a -> !a.id().equals(call.account()))
                .anyMatch(a -> a.locked(() -> a.alias().equals(alias)));
        if (taken) {
            throw IamErrors.entityAlreadyExists("The account alias " + alias + " already exists.");
        }
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            account.alias(alias);
            return new CreateAccountAliasResponse();
        });
    }

    ListAccountAliasesResponse listAccountAliases(ListAccountAliasesRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> ListAccountAliasesResponse.builder()
                .accountAliases(account.alias().isEmpty() ? List.of() : List.of(account.alias()))
                .isTruncated(false)
                .build());
    }

    DeleteAccountAliasResponse deleteAccountAlias(DeleteAccountAliasRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            if (!account.alias().equals(input.accountAlias())) {
                throw IamErrors.noSuchEntity("The account alias " + input.accountAlias() + " cannot be found.");
            }
            account.alias("");
            return new DeleteAccountAliasResponse();
        });
    }

    // ---- password policy ----------------------------------------------------------------------------------------

    UpdateAccountPasswordPolicyResponse updateAccountPasswordPolicy(
            UpdateAccountPasswordPolicyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            // What a call leaves out goes back to its default: there is no partial update.
            account.passwordPolicy(Optional.of(new PasswordPolicyState(
                    or(input.minimumPasswordLength(), 6),
                    Boolean.TRUE.equals(input.requireSymbols()),
                    Boolean.TRUE.equals(input.requireNumbers()),
                    Boolean.TRUE.equals(input.requireUppercaseCharacters()),
                    Boolean.TRUE.equals(input.requireLowercaseCharacters()),
                    Boolean.TRUE.equals(input.allowUsersToChangePassword()),
                    or(input.maxPasswordAge(), 0),
                    or(input.passwordReusePrevention(), 0),
                    Boolean.TRUE.equals(input.hardExpiry()))));
            return new UpdateAccountPasswordPolicyResponse();
        });
    }

    private static int or(@org.jspecify.annotations.Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }

    GetAccountPasswordPolicyResponse getAccountPasswordPolicy(GetAccountPasswordPolicyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            PasswordPolicyState policy = passwordPolicy(account);
            return GetAccountPasswordPolicyResponse.builder()
                    .passwordPolicy(PasswordPolicy.builder()
                            .minimumPasswordLength(policy.minimumLength())
                            .requireSymbols(policy.requireSymbols())
                            .requireNumbers(policy.requireNumbers())
                            .requireUppercaseCharacters(policy.requireUppercase())
                            .requireLowercaseCharacters(policy.requireLowercase())
                            .allowUsersToChangePassword(policy.allowUsersToChange())
                            .expirePasswords(policy.maxAgeDays() > 0)
                            .maxPasswordAge(policy.maxAgeDays() > 0 ? policy.maxAgeDays() : null)
                            .passwordReusePrevention(policy.reusePrevention() > 0 ? policy.reusePrevention() : null)
                            .hardExpiry(policy.hardExpiry())
                            .build())
                    .build();
        });
    }

    DeleteAccountPasswordPolicyResponse deleteAccountPasswordPolicy(
            DeleteAccountPasswordPolicyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            passwordPolicy(account);
            account.passwordPolicy(Optional.empty());
            return new DeleteAccountPasswordPolicyResponse();
        });
    }

    private static PasswordPolicyState passwordPolicy(IamAccount account) {
        return account.passwordPolicy()
                .orElseThrow(() -> IamErrors.noSuchEntity(
                        "The Password Policy with domain name " + account.id() + " cannot be found."));
    }

    // ---- summary ------------------------------------------------------------------------------------------------

    GetAccountSummaryResponse getAccountSummary(GetAccountSummaryRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Map<String, Integer> summary = new LinkedHashMap<>();
            summary.put("Users", account.users().size());
            summary.put("UsersQuota", IamLimits.USERS);
            summary.put("Groups", account.groups().size());
            summary.put("GroupsQuota", IamLimits.GROUPS);
            summary.put("Roles", account.roles().size());
            summary.put("RolesQuota", IamLimits.ROLES);
            summary.put("Policies", account.policies().size());
            summary.put("PoliciesQuota", IamLimits.POLICIES);
            summary.put("PolicySizeQuota", IamLimits.MANAGED_POLICY_CHARACTERS);
            summary.put(
                    "PolicyVersionsInUse",
                    account.policies().values().stream()
                            .mapToInt(p -> p.versions().size())
                            .sum());
            summary.put("PolicyVersionsInUseQuota", 10_000);
            summary.put("VersionsPerPolicyQuota", IamLimits.VERSIONS_PER_POLICY);
            summary.put("AttachedPoliciesPerUserQuota", IamLimits.POLICIES_PER_ENTITY);
            summary.put("AttachedPoliciesPerGroupQuota", IamLimits.POLICIES_PER_ENTITY);
            summary.put("AttachedPoliciesPerRoleQuota", IamLimits.POLICIES_PER_ENTITY);
            summary.put("UserPolicySizeQuota", IamLimits.USER_INLINE_CHARACTERS);
            summary.put("GroupPolicySizeQuota", IamLimits.GROUP_INLINE_CHARACTERS);
            summary.put("RolePolicySizeQuota", IamLimits.ROLE_INLINE_CHARACTERS);
            summary.put("AssumeRolePolicySizeQuota", IamLimits.TRUST_POLICY_CHARACTERS);
            summary.put("GroupsPerUserQuota", IamLimits.GROUPS_PER_USER);
            summary.put("AccessKeysPerUserQuota", IamLimits.ACCESS_KEYS_PER_USER);
            summary.put("SigningCertificatesPerUserQuota", IamLimits.SIGNING_CERTIFICATES_PER_USER);
            summary.put("InstanceProfiles", account.instanceProfiles().size());
            summary.put("InstanceProfilesQuota", IamLimits.INSTANCE_PROFILES);
            summary.put("MFADevices", account.mfaDevices().size());
            summary.put("MFADevicesInUse", (int) account.mfaDevices().values().stream()
                    .filter(d -> d.enabled().isPresent())
                    .count());
            summary.put(
                    "Providers",
                    account.oidcProviders().size() + account.samlProviders().size());
            summary.put("ServerCertificates", account.serverCertificates().size());
            summary.put("ServerCertificatesQuota", IamLimits.SERVER_CERTIFICATES);
            summary.put("AccountMFAEnabled", 0);
            summary.put("AccountAccessKeysPresent", 0);
            summary.put("AccountPasswordPresent", 1);
            summary.put("AccountSigningCertificatesPresent", 0);
            summary.put("GlobalEndpointTokenVersion", account.tokenVersion());
            return GetAccountSummaryResponse.builder().summaryMap(summary).build();
        });
    }

    // ---- credential report --------------------------------------------------------------------------------------

    GenerateCredentialReportResponse generateCredentialReport(GenerateCredentialReportRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            boolean fresh = account.credentialReport()
                    .map(made -> made.plus(Duration.ofHours(4)).isAfter(Times.of(call)))
                    .orElse(false);
            if (!fresh) {
                account.credentialReport(Times.of(call));
            }
            return GenerateCredentialReportResponse.builder()
                    .state(fresh ? "COMPLETE" : "STARTED")
                    .description(fresh ? null : "No report exists. Starting a new report generation task")
                    .build();
        });
    }

    GetCredentialReportResponse getCredentialReport(GetCredentialReportRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Instant made = account.credentialReport()
                    .orElseThrow(() -> CredentialReportNotPresentException.of("Report is not present."));
            if (made.plus(Duration.ofHours(4)).isBefore(Times.of(call))) {
                throw CredentialReportExpiredException.of("Report has expired.");
            }
            return GetCredentialReportResponse.builder()
                    .content(Blob.of(CredentialReport.of(account).getBytes(StandardCharsets.UTF_8)))
                    .reportFormat("text/csv")
                    .generatedTime(made)
                    .build();
        });
    }

    // ---- everything at once -------------------------------------------------------------------------------------

    GetAccountAuthorizationDetailsResponse getAccountAuthorizationDetails(
            GetAccountAuthorizationDetailsRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> AuthorizationDetails.of(accounts, account, input));
    }

    // ---- preferences --------------------------------------------------------------------------------------------

    SetSecurityTokenServicePreferencesResponse setSecurityTokenServicePreferences(
            SetSecurityTokenServicePreferencesRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            account.tokenVersion("v2Token".equals(input.globalEndpointTokenVersion()) ? 2 : 1);
            return new SetSecurityTokenServicePreferencesResponse();
        });
    }

    EnableOutboundWebIdentityFederationResponse enableOutboundWebIdentityFederation(
            EnableOutboundWebIdentityFederationRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            if (account.outboundFederation()) {
                throw FeatureEnabledException.of("Outbound web identity federation is already enabled.");
            }
            account.outboundFederation(true);
            return EnableOutboundWebIdentityFederationResponse.builder()
                    .issuerIdentifier(OutboundIssuer.url(account, call))
                    .build();
        });
    }

    GetOutboundWebIdentityFederationInfoResponse getOutboundWebIdentityFederationInfo(
            GetOutboundWebIdentityFederationInfoRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            checkFederationEnabled(account);
            return GetOutboundWebIdentityFederationInfoResponse.builder()
                    .issuerIdentifier(OutboundIssuer.url(account, call))
                    .jwtVendingEnabled(true)
                    .build();
        });
    }

    DisableOutboundWebIdentityFederationResponse disableOutboundWebIdentityFederation(
            DisableOutboundWebIdentityFederationRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            checkFederationEnabled(account);
            account.outboundFederation(false);
            return new DisableOutboundWebIdentityFederationResponse();
        });
    }

    private static void checkFederationEnabled(IamAccount account) {
        if (!account.outboundFederation()) {
            throw FeatureDisabledException.of("Outbound web identity federation is not enabled.");
        }
    }

    /** The managed policies of the account and those of AWS that are in use. */
    static List<ManagedPolicy> policiesInUse(IamAccounts accounts, IamAccount account) {
        List<ManagedPolicy> policies =
                new java.util.ArrayList<>(account.policies().values());
        accounts.awsManaged().all().stream()
                .filter(p -> account.attachments(p.arn()) > 0 || account.boundaryUses(p.arn()) > 0)
                .forEach(policies::add);
        return policies;
    }
}
