package io.pileus.cognito.idp.state;

import io.pileus.cognito.idp.AttributeSchema;
import io.pileus.cognito.idp.model.EmailMfaConfigType;
import io.pileus.cognito.idp.model.IdentityProviderType;
import io.pileus.cognito.idp.model.LogConfigurationType;
import io.pileus.cognito.idp.model.ManagedLoginBrandingType;
import io.pileus.cognito.idp.model.PasswordPolicyType;
import io.pileus.cognito.idp.model.ResourceServerType;
import io.pileus.cognito.idp.model.RiskConfigurationType;
import io.pileus.cognito.idp.model.SmsMfaConfigType;
import io.pileus.cognito.idp.model.TermsType;
import io.pileus.cognito.idp.model.UICustomizationType;
import io.pileus.cognito.idp.model.UserPoolType;
import io.pileus.cognito.idp.model.WebAuthnConfigurationType;
import io.pileus.cognito.idp.tokens.SigningKeys;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Region;
import io.pileus.core.shape.Blob;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * A user pool. Its settings are the record that DescribeUserPool shows, replaced as a whole under {@link #change}; what
 * belongs to it (clients, groups, providers …) sits in maps of immutable values that change one entry at a time; users and
 * tokens have homes and locks of their own.
 */
public final class UserPool {
    /** The key of a risk configuration that is not for one client alone. */
    public static final String ALL_CLIENTS = "";

    private final String id;
    private final AccountId account;
    private final Region region;
    private final Users users;
    private final TokenFamilies tokens = new TokenFamilies();
    private final SigningKeys signingKeys = new SigningKeys();
    private final byte[] secret;

    private final ReentrantLock lock = new ReentrantLock();
    private volatile UserPoolType settings;
    private volatile AttributeSchema schema;
    private volatile MfaConfig mfa = MfaConfig.NONE;
    private volatile List<LogConfigurationType> logConfigurations = List.of();

    private final ConcurrentSkipListMap<String, AppClient> clients = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<String, Group> groups = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<String, ResourceServerType> resourceServers = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<String, IdentityProviderType> identityProviders = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<String, UICustomizationType> uiCustomizations = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<String, Blob> uiImages = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<String, RiskConfigurationType> riskConfigurations =
            new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<String, Branding> brandings = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<String, TermsType> terms = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<String, ImportJob> importJobs = new ConcurrentSkipListMap<>();

    /** The parts of the MFA configuration that DescribeUserPool does not show. */
    public record MfaConfig(
            Optional<SmsMfaConfigType> sms,
            boolean softwareToken,
            boolean softwareTokenSet,
            Optional<EmailMfaConfigType> email,
            Optional<WebAuthnConfigurationType> webAuthn) {
        public static final MfaConfig NONE =
                new MfaConfig(Optional.empty(), false, false, Optional.empty(), Optional.empty());
    }

    /** A managed login branding and the client it is for. */
    public record Branding(String clientId, ManagedLoginBrandingType type) {}

    /** @param secret random bytes that answers for unknown users are derived from */
    public UserPool(AccountId account, Region region, UserPoolType settings, AttributeSchema schema, byte[] secret) {
        this.id = settings.id();
        this.account = account;
        this.region = region;
        this.settings = settings;
        this.schema = schema;
        this.secret = secret.clone();
        boolean caseSensitive = settings.usernameConfiguration() == null
                || !Boolean.FALSE.equals(settings.usernameConfiguration().caseSensitive());
        this.users = new Users(caseSensitive, settings.usernameAttributes());
    }

    public String id() {
        return id;
    }

    /** The part of the id after the underscore, which SRP hashes. */
    public String srpGroup() {
        return id.substring(id.indexOf('_') + 1);
    }

    public AccountId account() {
        return account;
    }

    public Region region() {
        return region;
    }

    public Arn arn() {
        return Arn.of("cognito-idp", region, account, "userpool/" + id);
    }

    public UserPoolType settings() {
        return settings;
    }

    public AttributeSchema schema() {
        return schema;
    }

    public MfaConfig mfa() {
        return mfa;
    }

    public PasswordPolicyType passwordPolicy() {
        return settings.policies().passwordPolicy();
    }

    public byte[] secret() {
        return secret.clone();
    }

    public UserPoolType change(UnaryOperator<UserPoolType> change) {
        lock.lock();
        try {
            settings = change.apply(settings);
            return settings;
        } finally {
            lock.unlock();
        }
    }

    public void changeSchema(UnaryOperator<AttributeSchema> change) {
        lock.lock();
        try {
            schema = change.apply(schema);
        } finally {
            lock.unlock();
        }
    }

    public MfaConfig changeMfa(UnaryOperator<MfaConfig> change) {
        lock.lock();
        try {
            mfa = change.apply(mfa);
            return mfa;
        } finally {
            lock.unlock();
        }
    }

    public List<LogConfigurationType> logConfigurations() {
        return logConfigurations;
    }

    public void setLogConfigurations(List<LogConfigurationType> configurations) {
        logConfigurations = List.copyOf(configurations);
    }

    public Users users() {
        return users;
    }

    public TokenFamilies tokens() {
        return tokens;
    }

    public SigningKeys signingKeys() {
        return signingKeys;
    }

    public ConcurrentSkipListMap<String, AppClient> clients() {
        return clients;
    }

    public ConcurrentSkipListMap<String, Group> groups() {
        return groups;
    }

    public ConcurrentSkipListMap<String, ResourceServerType> resourceServers() {
        return resourceServers;
    }

    public ConcurrentSkipListMap<String, IdentityProviderType> identityProviders() {
        return identityProviders;
    }

    /** The logos of customizations, by the client (or {@code ALL}) that they are for. */
    public ConcurrentSkipListMap<String, Blob> uiImages() {
        return uiImages;
    }

    public ConcurrentSkipListMap<String, UICustomizationType> uiCustomizations() {
        return uiCustomizations;
    }

    /** By client; what is for all of them is under {@link #ALL_CLIENTS}. */
    public ConcurrentSkipListMap<String, RiskConfigurationType> riskConfigurations() {
        return riskConfigurations;
    }

    /** The client's own risk configuration, else the pool's. */
    public Optional<RiskConfigurationType> riskConfiguration(String clientId) {
        RiskConfigurationType own = riskConfigurations.get(clientId);
        return Optional.ofNullable(own == null ? riskConfigurations.get(ALL_CLIENTS) : own);
    }

    public ConcurrentSkipListMap<String, Branding> brandings() {
        return brandings;
    }

    public ConcurrentSkipListMap<String, TermsType> terms() {
        return terms;
    }

    public ConcurrentSkipListMap<String, ImportJob> importJobs() {
        return importJobs;
    }

    /** Whether users sign in with this attribute in the place of a username. */
    public boolean usernameIs(String attribute) {
        return settings.usernameAttributes().contains(attribute);
    }

    public boolean hasUsernameAttributes() {
        return !settings.usernameAttributes().isEmpty();
    }

    public boolean hasAlias(String attribute) {
        return settings.aliasAttributes().contains(attribute);
    }

    /**
     * The user that a name given at sign-in means: a username or sub, the attribute that stands for the username, or an
     * alias, which counts once it is verified.
     */
    public Optional<User> find(String login) {
        Optional<User> direct = users.named(login);
        if (direct.isPresent()) {
            return direct;
        }
        Optional<User> bySub = users.withSub(login);
        if (bySub.isPresent()) {
            return bySub;
        }
        for (String attribute : settings.usernameAttributes()) {
            List<User> found = users.with(attribute, login);
            if (!found.isEmpty()) {
                return Optional.of(found.getFirst());
            }
        }
        return byAlias(login);
    }

    private Optional<User> byAlias(String login) {
        for (String attribute : settings.aliasAttributes()) {
            for (User user : users.with(attribute, login)) {
                if (attribute.equals("preferred_username") || user.verified(attribute)) {
                    return Optional.of(user);
                }
            }
        }
        return Optional.empty();
    }

    /** Who else holds the value as an active alias or as what stands for the username. */
    public Optional<User> aliasHolder(String attribute, String value, String exceptUsername) {
        boolean alias = hasAlias(attribute);
        boolean name = usernameIs(attribute);
        if (!alias && !name) {
            return Optional.empty();
        }
        return users.with(attribute, value).stream()
                .filter(user -> !user.username().equals(exceptUsername))
                .filter(user -> name || attribute.equals("preferred_username") || user.verified(attribute))
                .findFirst();
    }

    @Override
    public String toString() {
        return "UserPool[" + id + "]";
    }
}
