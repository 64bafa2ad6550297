package io.pileus.cognito.idp.state;

import io.pileus.cognito.idp.AttributeSchema;
import io.pileus.cognito.idp.model.ClientSecretDescriptorType;
import io.pileus.cognito.idp.model.DomainDescriptionType;
import io.pileus.cognito.idp.model.EmailMfaConfigType;
import io.pileus.cognito.idp.model.GroupType;
import io.pileus.cognito.idp.model.IdentityProviderType;
import io.pileus.cognito.idp.model.LogConfigurationType;
import io.pileus.cognito.idp.model.ManagedLoginBrandingType;
import io.pileus.cognito.idp.model.ResourceServerType;
import io.pileus.cognito.idp.model.RiskConfigurationType;
import io.pileus.cognito.idp.model.SchemaAttributeType;
import io.pileus.cognito.idp.model.SmsMfaConfigType;
import io.pileus.cognito.idp.model.TermsType;
import io.pileus.cognito.idp.model.UICustomizationType;
import io.pileus.cognito.idp.model.UserImportJobType;
import io.pileus.cognito.idp.model.UserPoolClientType;
import io.pileus.cognito.idp.model.UserPoolType;
import io.pileus.cognito.idp.model.WebAuthnConfigurationType;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.shape.Blob;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A pool as it is saved, without what there may be many of; and the records of those. */
record SavedPool(
        UserPoolType settings,
        List<SchemaAttributeType> schema,
        Blob secret,
        @Nullable SmsMfaConfigType smsMfa,
        boolean softwareToken,
        boolean softwareTokenSet,
        @Nullable EmailMfaConfigType emailMfa,
        @Nullable WebAuthnConfigurationType webAuthn,
        List<LogConfigurationType> logConfigurations) {

    static SavedPool of(UserPool pool) {
        UserPool.MfaConfig mfa = pool.mfa();
        return new SavedPool(
                pool.settings(),
                pool.schema().attributes(),
                Blob.of(pool.secret()),
                mfa.sms().orElse(null),
                mfa.softwareToken(),
                mfa.softwareTokenSet(),
                mfa.email().orElse(null),
                mfa.webAuthn().orElse(null),
                pool.logConfigurations());
    }

    UserPool restored(AccountId account, Region region) {
        UserPool pool = new UserPool(account, region, settings, AttributeSchema.of(schema), secret.bytes());
        pool.changeMfa(none -> new UserPool.MfaConfig(
                Optional.ofNullable(smsMfa),
                softwareToken,
                softwareTokenSet,
                Optional.ofNullable(emailMfa),
                Optional.ofNullable(webAuthn)));
        pool.setLogConfigurations(logConfigurations);
        return pool;
    }

    @Override
    public String toString() {
        return "SavedPool[" + settings.id() + "]";
    }

    /** A pool's signing keys as a JSON Web Key Set, private parts included. */
    record SavedKeys(String jwks) {
        @Override
        public String toString() {
            return "SavedKeys";
        }
    }

    record SavedClient(UserPoolClientType settings, List<ClientSecretDescriptorType> secrets) {
        @Override
        public String toString() {
            return "SavedClient[" + settings.clientId() + "]";
        }
    }

    /** A group; who is in it, the users know. */
    record SavedGroup(GroupType type) {}

    record SavedResourceServer(ResourceServerType type) {}

    record SavedIdentityProvider(IdentityProviderType type) {}

    record SavedCustomization(UICustomizationType type) {}

    record SavedImage(Blob bytes) {}

    record SavedRisk(RiskConfigurationType type) {}

    record SavedBranding(String clientId, ManagedLoginBrandingType type) {}

    record SavedTerms(TermsType type) {}

    record SavedImportJob(UserImportJobType type, @Nullable String csv) {
        @Override
        public String toString() {
            return "SavedImportJob[" + type.jobId() + "]";
        }
    }

    record SavedDomain(String poolId, DomainDescriptionType description) {}

    /** What one sign-in has issued, with the hashes of its refresh tokens. */
    record SavedFamily(
            String originJti,
            String eventId,
            String username,
            String sub,
            String clientId,
            Instant authTime,
            Instant expiresAt,
            List<Retired> retired,
            List<String> scopes,
            boolean oauth,
            @Nullable String nonce,
            @Nullable String deviceKey,
            @Nullable String resource,
            List<String> hashes) {

        /** A refresh token that was replaced, and until when it works. */
        record Retired(String hash, Instant usableUntil) {}
    }

    /** A refresh token that was revoked before its end. */
    record SavedRevocation(long number) {}
}
