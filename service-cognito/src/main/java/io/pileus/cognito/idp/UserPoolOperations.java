package io.pileus.cognito.idp;

import io.pileus.cognito.idp.model.*;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.identity.Arn;
import io.pileus.core.service.CallContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** User pools: create, describe, update, delete, list; schema, tags, MFA configuration. */
final class UserPoolOperations {
    private static final Pattern POOL_ID = Pattern.compile("[\\w-]{1,45}_[0-9a-zA-Z]{1,50}");
    private final Realm realm;

    UserPoolOperations(Realm realm) {
        this.realm = realm;
    }

    CreateUserPoolResponse createUserPool(CreateUserPoolRequest input, CallContext call) {
        if (!input.aliasAttributes().isEmpty() && !input.usernameAttributes().isEmpty()) {
            throw CognitoErrors.invalidParameter(
                    "Only one of the aliasAttributes or usernameAttributes can be set in a user pool.");
        }
        AttributeSchema schema = AttributeSchema.standard().with(input.schema_());
        String id = poolId(input.userPoolTags(), call);
        String tier = input.userPoolTier() == null ? "ESSENTIALS" : input.userPoolTier();
        PoolSettings.checkTier(tier, input.userPoolAddOns(), input.lambdaConfig(), input.policies());
        PoolSettings.checkSms(
                input.smsConfiguration(),
                input.autoVerifiedAttributes(),
                input.mfaConfiguration(),
                UserPool.MfaConfig.NONE);
        PoolSettings.checkUpdateSettings(input.userAttributeUpdateSettings(), input.autoVerifiedAttributes());
        UserPoolType settings = UserPoolType.builder()
                .id(id)
                .name(input.poolName())
                .arn(Arn.of("cognito-idp", call.region(), call.account(), "userpool/" + id)
                        .toString())
                .creationDate(call.receivedAt())
                .lastModifiedDate(call.receivedAt())
                .policies(PoolSettings.policies(input.policies(), input.adminCreateUserConfig()))
                .deletionProtection(input.deletionProtection() == null ? "INACTIVE" : input.deletionProtection())
                .lambdaConfig(PoolSettings.lambdaConfig(input.lambdaConfig()))
                .autoVerifiedAttributes(input.hasAutoVerifiedAttributes() ? input.autoVerifiedAttributes() : null)
                .aliasAttributes(input.hasAliasAttributes() ? input.aliasAttributes() : null)
                .usernameAttributes(input.hasUsernameAttributes() ? input.usernameAttributes() : null)
                .smsVerificationMessage(PoolSettings.either(
                        input.smsVerificationMessage(),
                        input.verificationMessageTemplate() == null
                                ? null
                                : input.verificationMessageTemplate().smsMessage()))
                .emailVerificationMessage(PoolSettings.either(
                        input.emailVerificationMessage(),
                        input.verificationMessageTemplate() == null
                                ? null
                                : input.verificationMessageTemplate().emailMessage()))
                .emailVerificationSubject(PoolSettings.either(
                        input.emailVerificationSubject(),
                        input.verificationMessageTemplate() == null
                                ? null
                                : input.verificationMessageTemplate().emailSubject()))
                .verificationMessageTemplate(PoolSettings.template(
                        input.verificationMessageTemplate(),
                        input.smsVerificationMessage(),
                        input.emailVerificationMessage(),
                        input.emailVerificationSubject()))
                .smsAuthenticationMessage(input.smsAuthenticationMessage())
                .mfaConfiguration(input.mfaConfiguration() == null ? "OFF" : input.mfaConfiguration())
                .userAttributeUpdateSettings(input.userAttributeUpdateSettings())
                .deviceConfiguration(input.deviceConfiguration())
                .emailConfiguration(PoolSettings.emailConfiguration(input.emailConfiguration()))
                .smsConfiguration(PoolSettings.smsConfiguration(input.smsConfiguration(), call.region()))
                .userPoolTags(input.userPoolTags())
                .adminCreateUserConfig(
                        PoolSettings.adminCreateUserConfig(input.adminCreateUserConfig(), input.policies()))
                .userPoolAddOns(input.userPoolAddOns())
                .usernameConfiguration(input.usernameConfiguration())
                .accountRecoverySetting(PoolSettings.recovery(input.accountRecoverySetting()))
                .userPoolTier(tier)
                .build();
        UserPool pool = new UserPool(
                call.account(),
                call.region(),
                settings,
                schema,
                realm.env().ids().bytes(32));
        if (!realm.pools().add(pool)) {
            throw CognitoErrors.invalidParameter("User pool " + id + " already exists.");
        }
        return CreateUserPoolResponse.builder().userPool(realm.describe(pool)).build();
    }

    /** The id that a tag asks for ({@code _custom_id_}, or Floci's {@code floci:override-id}), else a random one. */
    private String poolId(Map<String, String> tags, CallContext call) {
        Optional<String> wanted = Optional.ofNullable(tags.get("_custom_id_"))
                .or(() -> Optional.ofNullable(tags.get("floci:override-id")));
        if (wanted.isEmpty()) {
            return call.region() + "_" + realm.env().ids().alphanumeric(9);
        }
        if (!POOL_ID.matcher(wanted.get()).matches()) {
            throw CognitoErrors.invalidParameter("The custom id " + wanted.get() + " is not a user pool id.");
        }
        return wanted.get();
    }

    DescribeUserPoolResponse describeUserPool(DescribeUserPoolRequest input, CallContext call) {
        return DescribeUserPoolResponse.builder()
                .userPool(realm.describe(realm.pool(input.userPoolId(), call)))
                .build();
    }

    /** Sets what is given, and what is not given back to its default, as AWS does. */
    UpdateUserPoolResponse updateUserPool(UpdateUserPoolRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        String tier = input.userPoolTier() == null ? pool.settings().userPoolTier() : input.userPoolTier();
        PoolSettings.checkTier(tier, input.userPoolAddOns(), input.lambdaConfig(), input.policies());
        PoolSettings.checkSms(
                input.smsConfiguration(), input.autoVerifiedAttributes(), input.mfaConfiguration(), pool.mfa());
        PoolSettings.checkUpdateSettings(input.userAttributeUpdateSettings(), input.autoVerifiedAttributes());
        pool.change(old -> old.toBuilder()
                .name(input.poolName() == null ? old.name() : input.poolName())
                .lastModifiedDate(call.receivedAt())
                .policies(PoolSettings.policies(input.policies(), input.adminCreateUserConfig()))
                .deletionProtection(input.deletionProtection() == null ? "INACTIVE" : input.deletionProtection())
                .lambdaConfig(PoolSettings.lambdaConfig(input.lambdaConfig()))
                .autoVerifiedAttributes(input.hasAutoVerifiedAttributes() ? input.autoVerifiedAttributes() : null)
                .smsVerificationMessage(PoolSettings.either(
                        input.smsVerificationMessage(),
                        input.verificationMessageTemplate() == null
                                ? null
                                : input.verificationMessageTemplate().smsMessage()))
                .emailVerificationMessage(PoolSettings.either(
                        input.emailVerificationMessage(),
                        input.verificationMessageTemplate() == null
                                ? null
                                : input.verificationMessageTemplate().emailMessage()))
                .emailVerificationSubject(PoolSettings.either(
                        input.emailVerificationSubject(),
                        input.verificationMessageTemplate() == null
                                ? null
                                : input.verificationMessageTemplate().emailSubject()))
                .verificationMessageTemplate(PoolSettings.template(
                        input.verificationMessageTemplate(),
                        input.smsVerificationMessage(),
                        input.emailVerificationMessage(),
                        input.emailVerificationSubject()))
                .smsAuthenticationMessage(input.smsAuthenticationMessage())
                .mfaConfiguration(input.mfaConfiguration() == null ? "OFF" : input.mfaConfiguration())
                .userAttributeUpdateSettings(input.userAttributeUpdateSettings())
                .deviceConfiguration(input.deviceConfiguration())
                .emailConfiguration(PoolSettings.emailConfiguration(input.emailConfiguration()))
                .smsConfiguration(PoolSettings.smsConfiguration(input.smsConfiguration(), call.region()))
                .userPoolTags(input.userPoolTags())
                .adminCreateUserConfig(
                        PoolSettings.adminCreateUserConfig(input.adminCreateUserConfig(), input.policies()))
                .userPoolAddOns(input.userPoolAddOns())
                .accountRecoverySetting(PoolSettings.recovery(input.accountRecoverySetting()))
                .userPoolTier(tier)
                .build());
        return UpdateUserPoolResponse.builder().build();
    }

    DeleteUserPoolResponse deleteUserPool(DeleteUserPoolRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        if ("ACTIVE".equals(pool.settings().deletionProtection())) {
            throw CognitoErrors.invalidParameter(
                    "The user pool cannot be deleted because deletion protection is activated. "
                            + "Deletion protection must be inactivated first.");
        }
        if (pool.settings().domain() != null || pool.settings().customDomain() != null) {
            throw CognitoErrors.invalidParameter(
                    "User pool cannot be deleted. It has a domain configured that should be deleted first.");
        }
        realm.pools().remove(pool);
        return DeleteUserPoolResponse.builder().build();
    }

    ListUserPoolsResponse listUserPools(ListUserPoolsRequest input, CallContext call) {
        Pages<UserPool> page = Pages.of(
                realm.pools().all(),
                input.nextToken(),
                input.maxResults(),
                60,
                pool -> pool.account().equals(call.account()) && pool.region().equals(call.region()));
        return ListUserPoolsResponse.builder()
                .userPools(page.items().stream()
                        .map(UserPool::settings)
                        .map(settings -> UserPoolDescriptionType.builder()
                                .id(settings.id())
                                .name(settings.name())
                                .lambdaConfig(settings.lambdaConfig())
                                .creationDate(settings.creationDate())
                                .lastModifiedDate(settings.lastModifiedDate())
                                .build())
                        .toList())
                .nextToken(page.nextToken().orElse(null))
                .build();
    }

    AddCustomAttributesResponse addCustomAttributes(AddCustomAttributesRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        pool.changeSchema(schema -> schema.withCustom(input.customAttributes()));
        pool.change(old -> old.toBuilder().lastModifiedDate(call.receivedAt()).build());
        return AddCustomAttributesResponse.builder().build();
    }

    TagResourceResponse tagResource(TagResourceRequest input, CallContext call) {
        ofArn(input.resourceArn(), call).change(old -> {
            Map<String, String> tags = new HashMap<>(old.userPoolTags());
            tags.putAll(input.tags());
            return old.toBuilder().userPoolTags(tags).build();
        });
        return TagResourceResponse.builder().build();
    }

    UntagResourceResponse untagResource(UntagResourceRequest input, CallContext call) {
        ofArn(input.resourceArn(), call).change(old -> {
            Map<String, String> tags = new HashMap<>(old.userPoolTags());
            input.tagKeys().forEach(tags::remove);
            return old.toBuilder().userPoolTags(tags).build();
        });
        return UntagResourceResponse.builder().build();
    }

    ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest input, CallContext call) {
        return ListTagsForResourceResponse.builder()
                .tags(ofArn(input.resourceArn(), call).settings().userPoolTags())
                .build();
    }

    private UserPool ofArn(String text, CallContext call) {
        Arn arn = Arn.parse(text)
                .filter(a -> a.service().equals("cognito-idp"))
                .orElseThrow(() -> CognitoErrors.invalidParameter("Invalid resource ARN: " + text));
        return realm.pool(arn.resourceId(), call);
    }

    SetUserPoolMfaConfigResponse setUserPoolMfaConfig(SetUserPoolMfaConfigRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        checkMfa(pool, input);
        pool.changeMfa(old -> new UserPool.MfaConfig(
                Optional.ofNullable(input.smsMfaConfiguration()),
                input.softwareTokenMfaConfiguration() != null
                        && Boolean.TRUE.equals(
                                input.softwareTokenMfaConfiguration().enabled()),
                input.softwareTokenMfaConfiguration() != null,
                Optional.ofNullable(input.emailMfaConfiguration()),
                Optional.ofNullable(input.webAuthnConfiguration()).or(old::webAuthn)));
        pool.change(old -> {
            UserPoolType.Builder changed = old.toBuilder().lastModifiedDate(call.receivedAt());
            if (input.mfaConfiguration() != null) {
                changed.mfaConfiguration(input.mfaConfiguration());
            }
            SmsMfaConfigType sms = input.smsMfaConfiguration();
            if (sms != null) {
                changed.smsAuthenticationMessage(sms.smsAuthenticationMessage());
                if (sms.smsConfiguration() != null) {
                    changed.smsConfiguration(PoolSettings.smsConfiguration(sms.smsConfiguration(), call.region()));
                }
            }
            return changed.build();
        });
        GetUserPoolMfaConfigResponse now = mfaConfig(pool);
        return SetUserPoolMfaConfigResponse.builder()
                .smsMfaConfiguration(now.smsMfaConfiguration())
                .softwareTokenMfaConfiguration(now.softwareTokenMfaConfiguration())
                .emailMfaConfiguration(now.emailMfaConfiguration())
                .webAuthnConfiguration(now.webAuthnConfiguration())
                .mfaConfiguration(now.mfaConfiguration())
                .build();
    }

    /** In the words that aws/aws-sdk-js#4186 and Terraform's provider (on SMS) have met. */
    private static void checkMfa(UserPool pool, SetUserPoolMfaConfigRequest input) {
        boolean sms = input.smsMfaConfiguration() != null;
        boolean totp = input.softwareTokenMfaConfiguration() != null
                && Boolean.TRUE.equals(input.softwareTokenMfaConfiguration().enabled());
        boolean email = input.emailMfaConfiguration() != null;
        boolean wanted = "ON".equals(input.mfaConfiguration()) || "OPTIONAL".equals(input.mfaConfiguration());
        if (wanted && !sms && !totp && !email) {
            throw CognitoErrors.invalidParameter(
                    "Invalid MFA configuration given, can't disable all MFAs with a required"
                            + " or optional configuration.");
        }
        if ("OFF".equals(input.mfaConfiguration()) && (sms || totp || email)) {
            throw CognitoErrors.invalidParameter(
                    "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.");
        }
        if (sms
                && input.smsMfaConfiguration().smsConfiguration() == null
                && pool.settings().smsConfiguration() == null) {
            throw CognitoErrors.invalidParameter("SMS configuration is required to turn on SMS MFA.");
        }
        boolean lite = "LITE".equals(pool.settings().userPoolTier());
        if (lite && email) {
            throw FeatureUnavailableInTierException.of("Email MFA is not available in the LITE tier.");
        }
        if (lite && input.webAuthnConfiguration() != null) {
            throw FeatureUnavailableInTierException.of("Passkeys are not available in the LITE tier.");
        }
    }

    GetUserPoolMfaConfigResponse getUserPoolMfaConfig(GetUserPoolMfaConfigRequest input, CallContext call) {
        return mfaConfig(realm.pool(input.userPoolId(), call));
    }

    private static GetUserPoolMfaConfigResponse mfaConfig(UserPool pool) {
        UserPool.MfaConfig mfa = pool.mfa();
        return GetUserPoolMfaConfigResponse.builder()
                .smsMfaConfiguration(mfa.sms()
                        .map(sms -> sms.toBuilder()
                                .smsConfiguration(pool.settings().smsConfiguration())
                                .build())
                        .orElseGet(() -> smsFromSettings(pool.settings())))
                .softwareTokenMfaConfiguration(
                        mfa.softwareTokenSet()
                                ? SoftwareTokenMfaConfigType.builder()
                                        .enabled(mfa.softwareToken())
                                        .build()
                                : null)
                .emailMfaConfiguration(mfa.email().orElse(null))
                .webAuthnConfiguration(mfa.webAuthn().orElse(null))
                .mfaConfiguration(pool.settings().mfaConfiguration())
                .build();
    }

    private static @Nullable SmsMfaConfigType smsFromSettings(UserPoolType settings) {
        boolean on = !"OFF".equals(settings.mfaConfiguration());
        return !on || settings.smsConfiguration() == null
                ? null
                : SmsMfaConfigType.builder()
                        .smsConfiguration(settings.smsConfiguration())
                        .smsAuthenticationMessage(settings.smsAuthenticationMessage())
                        .build();
    }

    GetCSVHeaderResponse getCSVHeader(GetCSVHeaderRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        return GetCSVHeaderResponse.builder()
                .userPoolId(pool.id())
                .csvHeader(csvHeader(pool))
                .build();
    }

    /** The columns of an import file: the attributes, {@code cognito:mfa_enabled} and {@code cognito:username}. */
    static List<String> csvHeader(UserPool pool) {
        return java.util.stream.Stream.concat(
                        pool.schema().attributes().stream()
                                .map(SchemaAttributeType::name)
                                .filter(name -> !name.equals("sub")),
                        java.util.stream.Stream.of("cognito:mfa_enabled", "cognito:username"))
                .toList();
    }
}
