package io.pileus.cognito.idp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.cognito.idp.model.*;
import io.pileus.core.shape.Blob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PoolConfigurationTest {
    private final Cognito cognito = Cognito.fresh();
    private final CognitoIdpService service = cognito.service;

    private CreateUserPoolDomainResponse domain(String pool, String domain, String certificate) {
        return service.createUserPoolDomain(
                CreateUserPoolDomainRequest.builder()
                        .userPoolId(pool)
                        .domain(domain)
                        .customDomainConfig(
                                certificate.isEmpty()
                                        ? null
                                        : CustomDomainConfigType.builder()
                                                .certificateArn(certificate)
                                                .build())
                        .build(),
                cognito.call());
    }

    private DomainDescriptionType describe(String domain) {
        return service.describeUserPoolDomain(
                        DescribeUserPoolDomainRequest.builder().domain(domain).build(), cognito.call())
                .domainDescription();
    }

    @Test
    void aPoolHasAPrefixDomainAndACustomDomain() {
        String pool = cognito.pool();
        String certificate = "arn:aws:acm:us-east-1:123456789012:certificate/1";

        assertThat(domain(pool, "shop", "").cloudFrontDomain()).isNull();
        assertThat(domain(pool, "auth.example.com", certificate).cloudFrontDomain())
                .endsWith(".cloudfront.net");

        assertThat(describe("shop").customDomainConfig().certificateArn()).isNull();
        assertThat(describe("shop").status()).isEqualTo("ACTIVE");
        assertThat(describe("shop").managedLoginVersion()).isEqualTo(1);
        assertThat(describe("auth.example.com").customDomainConfig().certificateArn())
                .isEqualTo(certificate);
        assertThat(describe("unknown"))
                .isEqualTo(DomainDescriptionType.builder().build());
        UserPoolType described = service.describeUserPool(
                        DescribeUserPoolRequest.builder().userPoolId(pool).build(), cognito.call())
                .userPool();
        assertThat(described.domain()).isEqualTo("shop");
        assertThat(described.customDomain()).isEqualTo("auth.example.com");
    }

    @Test
    void aDomainWithDotsNeedsACertificate() {
        String pool = cognito.pool();

        assertThatThrownBy(() -> domain(pool, "auth.example.com", "")).isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void mfaCannotBeOnWithoutAWayToAskForIt() {
        assertThatThrownBy(() -> cognito.pool(p -> p.mfaConfiguration("OPTIONAL")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage(
                        "SMS configuration and Auto verification for phone_number are required when MFA is required/optional");
        assertThatThrownBy(() -> cognito.pool(p -> p.autoVerifiedAttributes(List.of("phone_number"))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("SMS configuration is required when phone_number is selected for auto verification");
        String pool = cognito.pool();
        service.setUserPoolMfaConfig(
                SetUserPoolMfaConfigRequest.builder()
                        .userPoolId(pool)
                        .mfaConfiguration("ON")
                        .softwareTokenMfaConfiguration(SoftwareTokenMfaConfigType.builder()
                                .enabled(true)
                                .build())
                        .build(),
                cognito.call());

        service.updateUserPool(
                UpdateUserPoolRequest.builder()
                        .userPoolId(pool)
                        .mfaConfiguration("OPTIONAL")
                        .build(),
                cognito.call());

        assertThat(service.getUserPoolMfaConfig(
                                GetUserPoolMfaConfigRequest.builder()
                                        .userPoolId(pool)
                                        .build(),
                                cognito.call())
                        .mfaConfiguration())
                .isEqualTo("OPTIONAL");
    }

    /** aws/aws-sdk-js#4186; Terraform's provider on SMS. */
    @Test
    void mfaIsOnWithAFactorOrOffWithout() {
        String pool = cognito.pool();
        UnaryOperator<SetUserPoolMfaConfigRequest.Builder> totp = r -> r.softwareTokenMfaConfiguration(
                SoftwareTokenMfaConfigType.builder().enabled(true).build());
        UnaryOperator<SetUserPoolMfaConfigRequest.Builder> sms = r -> r.smsMfaConfiguration(SmsMfaConfigType.builder()
                .smsConfiguration(SmsConfigurationType.builder()
                        .snsCallerArn("arn:aws:iam::000000000000:role/sms")
                        .build())
                .build());
        for (UnaryOperator<SetUserPoolMfaConfigRequest.Builder> factor : List.of(totp, sms)) {
            assertThatThrownBy(() -> setMfa(pool, "OFF", factor))
                    .isInstanceOf(InvalidParameterException.class)
                    .hasMessage("Invalid MFA configuration given, can't turn off MFA and configure an MFA together.");
        }
        assertThatThrownBy(() -> setMfa(pool, "OPTIONAL", r -> r))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("Invalid MFA configuration given, can't disable all MFAs with a required or optional"
                        + " configuration.");
        assertThat(setMfa(pool, "ON", totp).mfaConfiguration()).isEqualTo("ON");
        assertThat(setMfa(pool, "OFF", r -> r).mfaConfiguration()).isEqualTo("OFF");
    }

    private SetUserPoolMfaConfigResponse setMfa(
            String pool, String mode, UnaryOperator<SetUserPoolMfaConfigRequest.Builder> factors) {
        return service.setUserPoolMfaConfig(
                factors.apply(SetUserPoolMfaConfigRequest.builder()
                                .userPoolId(pool)
                                .mfaConfiguration(mode))
                        .build(),
                cognito.call());
    }

    private UserPoolType describePool(String pool) {
        return service.describeUserPool(
                        DescribeUserPoolRequest.builder().userPoolId(pool).build(), cognito.call())
                .userPool();
    }

    @Test
    void whatAnUpdateDoesNotNameGoesBackToItsDefaultButForTheTier() {
        String pool = cognito.pool(p -> p.userPoolTier("LITE")
                .userPoolTags(Map.of("team", "red"))
                .deletionProtection("ACTIVE")
                .policies(UserPoolPolicyType.builder()
                        .passwordPolicy(PasswordPolicyType.builder()
                                .minimumLength(12)
                                .temporaryPasswordValidityDays(3)
                                .build())
                        .build()));
        assertThat(describePool(pool).adminCreateUserConfig().unusedAccountValidityDays())
                .isEqualTo(3);

        service.updateUserPool(UpdateUserPoolRequest.builder().userPoolId(pool).build(), cognito.call());

        UserPoolType updated = describePool(pool);
        assertThat(updated.userPoolTier()).isEqualTo("LITE");
        assertThat(updated.userPoolTags()).isEmpty();
        assertThat(updated.deletionProtection()).isEqualTo("INACTIVE");
        assertThat(updated.policies().passwordPolicy()).isEqualTo(PasswordPolicy.defaults());
        assertThat(updated.autoVerifiedAttributes()).isEmpty();
    }

    @Test
    void zeroDaysOfValidityStandForTheDefault() {
        String pool = cognito.pool(p -> p.policies(UserPoolPolicyType.builder()
                .passwordPolicy(PasswordPolicyType.builder()
                        .temporaryPasswordValidityDays(0)
                        .build())
                .build()));
        assertThat(describePool(pool).policies().passwordPolicy().temporaryPasswordValidityDays())
                .isEqualTo(7);
        assertThat(describePool(pool).adminCreateUserConfig().unusedAccountValidityDays())
                .isEqualTo(7);
    }

    @Test
    void onlyWhatIsVerifiedByItselfCanBeVerifiedBeforeItIsUpdated() {
        assertThatThrownBy(() -> cognito.pool(p -> p.autoVerifiedAttributes(List.of("email"))
                        .userAttributeUpdateSettings(UserAttributeUpdateSettingsType.builder()
                                .attributesRequireVerificationBeforeUpdate(List.of("phone_number"))
                                .build())))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void theClassicPagesAreCustomizedByTheClassesThatTheGuideNames() {
        String pool = cognito.pool();
        GetUICustomizationRequest get =
                GetUICustomizationRequest.builder().userPoolId(pool).build();
        assertThat(service.getUICustomization(get, cognito.call()).uiCustomization())
                .isEqualTo(UICustomizationType.builder().build());
        SetUICustomizationRequest.Builder set =
                SetUICustomizationRequest.builder().userPoolId(pool);
        assertThatThrownBy(() -> service.setUICustomization(set.css("").build(), cognito.call()))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("domain");
        service.createUserPoolDomain(
                CreateUserPoolDomainRequest.builder()
                        .userPoolId(pool)
                        .domain("custom-look")
                        .build(),
                cognito.call());
        for (String css : List.of(
                ".mine-customizable {color: red;}",
                ".label-customizable {} @import 'x';",
                "label-customizable {color: red;}")) {
            assertThatThrownBy(() -> service.setUICustomization(set.css(css).build(), cognito.call()))
                    .isInstanceOf(InvalidParameterException.class);
        }
        String css = ".submitButton-customizable:hover { color: red; }\n.label-customizable{font-weight: 400;}";
        assertThat(service.setUICustomization(set.css(css).build(), cognito.call())
                        .uiCustomization()
                        .css())
                .isEqualTo(css);
        assertThatThrownBy(() -> service.setUICustomization(
                        set.imageFile(Blob.of(new byte[100 * 1024 + 1])).build(), cognito.call()))
                .isInstanceOf(InvalidParameterException.class);
    }

    /** boto/boto3#4163. */
    @Test
    void aUserOfThePoolIsNotLinkedToAnother() {
        String pool = cognito.pool();
        assertThatThrownBy(() -> service.adminLinkProviderForUser(
                        AdminLinkProviderForUserRequest.builder()
                                .userPoolId(pool)
                                .destinationUser(ProviderUserIdentifierType.builder()
                                        .providerName("Cognito")
                                        .providerAttributeValue("alice")
                                        .build())
                                .sourceUser(ProviderUserIdentifierType.builder()
                                        .providerName("Cognito")
                                        .providerAttributeName("Cognito_Subject")
                                        .providerAttributeValue("bob")
                                        .build())
                                .build(),
                        cognito.call()))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("Invalid SourceUser: Cognito users with a username/password may not be passed in as a"
                        + " SourceUser, only as a DestinationUser");
    }

    @Test
    void theSubOfAUserIsNobodysToChoose() {
        String pool = cognito.pool();
        String client = cognito.client(pool);

        assertThatThrownBy(() -> service.signUp(
                        SignUpRequest.builder()
                                .clientId(client)
                                .username("alice")
                                .password(Cognito.PASSWORD)
                                .userAttributes(List.of(Cognito.attribute("sub", "mine")))
                                .build(),
                        cognito.call()))
                .isInstanceOf(NotAuthorizedException.class)
                .hasMessage("A client attempted to write unauthorized attribute");
        assertThatThrownBy(() -> service.adminCreateUser(
                        AdminCreateUserRequest.builder()
                                .userPoolId(pool)
                                .username("alice")
                                .userAttributes(List.of(Cognito.attribute("sub", "mine")))
                                .build(),
                        cognito.call()))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void aProviderKeepsItsMappingOfTheUsername() {
        String pool = cognito.pool();
        service.createIdentityProvider(
                CreateIdentityProviderRequest.builder()
                        .userPoolId(pool)
                        .providerName("Google")
                        .providerType("Google")
                        .providerDetails(Map.of("client_id", "a", "client_secret", "b", "authorize_scopes", "openid"))
                        .build(),
                cognito.call());

        IdentityProviderType changed = service.updateIdentityProvider(
                        UpdateIdentityProviderRequest.builder()
                                .userPoolId(pool)
                                .providerName("Google")
                                .attributeMapping(Map.of("email", "mail"))
                                .build(),
                        cognito.call())
                .identityProvider();

        assertThat(changed.attributeMapping()).isEqualTo(Map.of("email", "mail", "username", "sub"));
    }

    @Test
    void anImportJobThatNobodyStartsExpiresAfterADay() {
        String pool = cognito.pool();
        String job = service.createUserImportJob(
                        CreateUserImportJobRequest.builder()
                                .userPoolId(pool)
                                .jobName("import")
                                .cloudWatchLogsRoleArn("arn:aws:iam::123456789012:role/logs")
                                .build(),
                        cognito.call())
                .userImportJob()
                .jobId();
        assertThat(service.uploadImport(pool, job, "cognito:username,cognito:mfa_enabled\n"))
                .isTrue();

        cognito.advance(Duration.ofHours(24));

        assertThat(service.describeUserImportJob(
                                DescribeUserImportJobRequest.builder()
                                        .userPoolId(pool)
                                        .jobId(job)
                                        .build(),
                                cognito.call())
                        .userImportJob()
                        .status())
                .isEqualTo("Expired");
        assertThatThrownBy(() -> service.startUserImportJob(
                        StartUserImportJobRequest.builder()
                                .userPoolId(pool)
                                .jobId(job)
                                .build(),
                        cognito.call()))
                .isInstanceOf(PreconditionNotMetException.class);
    }

    @Test
    void prefixesOfNamesFindTheirUsersAndNoOthers() {
        String pool = cognito.pool();
        for (String name : List.of("ann", "anna", "annabel", "bert")) {
            service.adminCreateUser(
                    AdminCreateUserRequest.builder()
                            .userPoolId(pool)
                            .username(name)
                            .build(),
                    cognito.call());
        }

        ListUsersResponse first = list(pool, null);
        ListUsersResponse second = list(pool, first.paginationToken());

        assertThat(first.users()).extracting(UserType::username).containsExactly("ann", "anna");
        assertThat(second.users()).extracting(UserType::username).containsExactly("annabel");
        assertThat(second.paginationToken()).isNull();
    }

    private ListUsersResponse list(String pool, @org.jspecify.annotations.Nullable String token) {
        return service.listUsers(
                ListUsersRequest.builder()
                        .userPoolId(pool)
                        .filter("username ^= \"ann\"")
                        .limit(2)
                        .paginationToken(token)
                        .build(),
                cognito.call());
    }
}
