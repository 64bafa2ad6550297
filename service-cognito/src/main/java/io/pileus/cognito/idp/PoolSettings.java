package io.pileus.cognito.idp;

import io.pileus.cognito.idp.model.*;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.identity.Region;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settings of a pool as they are kept: what was given, completed by AWS's defaults. */
final class PoolSettings {
    private static final int DEFAULT_VALIDITY_DAYS = 7;

    private PoolSettings() {}

    static UserPoolPolicyType policies(
            @Nullable UserPoolPolicyType given, @Nullable AdminCreateUserConfigType adminConfig) {
        PasswordPolicyType password = given == null ? null : given.passwordPolicy();
        SignInPolicyType signIn = given == null ? null : given.signInPolicy();
        int days = validityDays(given, adminConfig);
        return UserPoolPolicyType.builder()
                .passwordPolicy(
                        password == null
                                ? PasswordPolicy.defaults().toBuilder()
                                        .temporaryPasswordValidityDays(days)
                                        .build()
                                : completed(password, days))
                .signInPolicy(
                        signIn == null
                                ? SignInPolicyType.builder()
                                        .allowedFirstAuthFactors(List.of("PASSWORD"))
                                        .build()
                                : signIn)
                .build();
    }

    /**
     * How many days temporary passwords work, by the policy or the older setting for unused accounts; zero in the policy
     * stands for the default.
     */
    private static int validityDays(
            @Nullable UserPoolPolicyType policies, @Nullable AdminCreateUserConfigType adminConfig) {
        PasswordPolicyType policy = policies == null ? null : policies.passwordPolicy();
        Integer days = policy == null ? null : policy.temporaryPasswordValidityDays();
        Integer unused = adminConfig == null ? null : adminConfig.unusedAccountValidityDays();
        if (days != null && unused != null && !days.equals(unused)) {
            throw CognitoErrors.invalidParameter(
                    "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays");
        }
        if (days != null && days > 0) {
            return days;
        }
        return unused != null && days == null ? unused : DEFAULT_VALIDITY_DAYS;
    }

    private static PasswordPolicyType completed(PasswordPolicyType given, int validityDays) {
        return given.toBuilder()
                .minimumLength(given.minimumLength() == null ? 8 : given.minimumLength())
                .requireUppercase(Boolean.TRUE.equals(given.requireUppercase()))
                .requireLowercase(Boolean.TRUE.equals(given.requireLowercase()))
                .requireNumbers(Boolean.TRUE.equals(given.requireNumbers()))
                .requireSymbols(Boolean.TRUE.equals(given.requireSymbols()))
                .temporaryPasswordValidityDays(validityDays)
                .build();
    }

    static AdminCreateUserConfigType adminCreateUserConfig(
            @Nullable AdminCreateUserConfigType given, @Nullable UserPoolPolicyType policies) {
        return AdminCreateUserConfigType.builder()
                .allowAdminCreateUserOnly(given != null && Boolean.TRUE.equals(given.allowAdminCreateUserOnly()))
                .unusedAccountValidityDays(validityDays(policies, given))
                .inviteMessageTemplate(given == null ? null : given.inviteMessageTemplate())
                .build();
    }

    /** The old and the new way to name the pre token generation trigger show each other's value. */
    static LambdaConfigType lambdaConfig(@Nullable LambdaConfigType given) {
        if (given == null) {
            return LambdaConfigType.builder().build();
        }
        PreTokenGenerationVersionConfigType versioned = given.preTokenGenerationConfig();
        String plain = given.preTokenGeneration();
        if (versioned != null && plain != null && !versioned.lambdaArn().equals(plain)) {
            throw CognitoErrors.invalidParameter(
                    "PreTokenGeneration and PreTokenGenerationConfig must name the same function.");
        }
        boolean sender = given.customSMSSender() != null || given.customEmailSender() != null;
        if (sender && given.kmsKeyID() == null) {
            throw CognitoErrors.invalidParameter("KMSKeyID is required for custom senders.");
        }
        if (versioned != null) {
            return given.toBuilder().preTokenGeneration(versioned.lambdaArn()).build();
        }
        if (plain != null) {
            return given.toBuilder()
                    .preTokenGenerationConfig(PreTokenGenerationVersionConfigType.builder()
                            .lambdaArn(plain)
                            .lambdaVersion("V1_0")
                            .build())
                    .build();
        }
        return given;
    }

    static void checkTier(
            String tier,
            @Nullable UserPoolAddOnsType addOns,
            @Nullable LambdaConfigType lambda,
            @Nullable UserPoolPolicyType policies) {
        if (addOns != null && !"OFF".equals(addOns.advancedSecurityMode()) && !tier.equals("PLUS")) {
            throw FeatureUnavailableInTierException.of(
                    "Threat protection is not available in the " + tier + " tier. Change the tier to PLUS.");
        }
        if (!tier.equals("LITE")) {
            return;
        }
        boolean versioned = lambda != null
                && lambda.preTokenGenerationConfig() != null
                && !"V1_0".equals(lambda.preTokenGenerationConfig().lambdaVersion());
        boolean passwordless = policies != null
                && policies.signInPolicy() != null
                && policies.signInPolicy().allowedFirstAuthFactors().stream().anyMatch(f -> !f.equals("PASSWORD"));
        boolean history = policies != null
                && policies.passwordPolicy() != null
                && policies.passwordPolicy().passwordHistorySize() != null
                && policies.passwordPolicy().passwordHistorySize() > 0;
        if (versioned || passwordless || history) {
            throw FeatureUnavailableInTierException.of("The feature is not available in the LITE tier.");
        }
    }

    /** Telephone numbers can be verified, and MFA turned on, only where there is a way to send: SMS, or another factor. */
    static void checkSms(
            @Nullable SmsConfigurationType sms,
            List<String> autoVerified,
            @Nullable String mfaConfiguration,
            UserPool.MfaConfig mfa) {
        if (sms != null) {
            return;
        }
        if (autoVerified.contains("phone_number")) {
            throw CognitoErrors.invalidParameter(
                    "SMS configuration is required when phone_number is selected for auto verification");
        }
        boolean wanted = mfaConfiguration != null && !mfaConfiguration.equals("OFF");
        if (wanted && !mfa.softwareToken() && mfa.email().isEmpty()) {
            throw CognitoErrors.invalidParameter("SMS configuration and Auto verification for phone_number are required"
                    + " when MFA is required/optional");
        }
    }

    static void checkUpdateSettings(@Nullable UserAttributeUpdateSettingsType settings, List<String> autoVerified) {
        if (settings != null && !autoVerified.containsAll(settings.attributesRequireVerificationBeforeUpdate())) {
            throw CognitoErrors.invalidParameter("Invalid parameter: AttributesRequireVerificationBeforeUpdate "
                    + "must be a subset of AutoVerifiedAttributes.");
        }
    }

    static VerificationMessageTemplateType template(
            @Nullable VerificationMessageTemplateType given,
            @Nullable String sms,
            @Nullable String email,
            @Nullable String subject) {
        VerificationMessageTemplateType base =
                given == null ? VerificationMessageTemplateType.builder().build() : given;
        return base.toBuilder()
                .smsMessage(either(base.smsMessage(), sms))
                .emailMessage(either(base.emailMessage(), email))
                .emailSubject(either(base.emailSubject(), subject))
                .defaultEmailOption(base.defaultEmailOption() == null ? "CONFIRM_WITH_CODE" : base.defaultEmailOption())
                .build();
    }

    static @Nullable String either(@Nullable String one, @Nullable String other) {
        return one != null ? one : other;
    }

    static EmailConfigurationType emailConfiguration(@Nullable EmailConfigurationType given) {
        if (given == null) {
            return EmailConfigurationType.builder()
                    .emailSendingAccount("COGNITO_DEFAULT")
                    .build();
        }
        String account = given.emailSendingAccount() == null ? "COGNITO_DEFAULT" : given.emailSendingAccount();
        if (account.equals("DEVELOPER") && given.sourceArn() == null) {
            throw CognitoErrors.invalidParameter("Source ARN is required for EmailSendingAccount type DEVELOPER.");
        }
        return given.toBuilder().emailSendingAccount(account).build();
    }

    static @Nullable SmsConfigurationType smsConfiguration(@Nullable SmsConfigurationType given, Region region) {
        return given == null || given.snsRegion() != null
                ? given
                : given.toBuilder().snsRegion(region.id()).build();
    }

    static @Nullable AccountRecoverySettingType recovery(@Nullable AccountRecoverySettingType given) {
        if (given == null) {
            return null;
        }
        boolean adminOnly =
                given.recoveryMechanisms().stream().anyMatch(m -> m.name().equals("admin_only"));
        if (adminOnly && given.recoveryMechanisms().size() > 1) {
            throw CognitoErrors.invalidParameter(
                    "Invalid account recovery setting: admin_only cannot be combined with other mechanisms.");
        }
        long priorities = given.recoveryMechanisms().stream()
                .map(RecoveryOptionType::priority)
                .distinct()
                .count();
        if (priorities < given.recoveryMechanisms().size()) {
            throw CognitoErrors.invalidParameter("Invalid account recovery setting: priorities must be different.");
        }
        return given;
    }
}
