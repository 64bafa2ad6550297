package io.pileus.iam.state;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Everything IAM knows of one account. Its lock guards all of it except access keys, which are looked up for every signed
 * request and are kept apart. Names are unique without regard to case, as IAM has them.
 */
public final class IamAccount {
    /** How many roles that do not exist a lenient account remembers the ids of. */
    private static final int LENIENT_ROLES_MAX = 10_000;

    /** How many reports on last accesses are remembered. */
    private static final int ACCESS_REPORTS_MAX = 200;

    private final AccountId id;
    private final Ids ids;
    private final ReentrantLock lock = new ReentrantLock();
    private final NavigableMap<String, User> users = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final NavigableMap<String, Group> groups = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final NavigableMap<String, Role> roles = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final NavigableMap<String, ManagedPolicy> policies = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final NavigableMap<String, InstanceProfile> instanceProfiles = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final NavigableMap<String, OidcProvider> oidcProviders = new TreeMap<>();
    private final NavigableMap<String, SamlProvider> samlProviders = new TreeMap<>();
    private final NavigableMap<String, MfaDevice> mfaDevices = new TreeMap<>();
    private final NavigableMap<String, ServerCertificate> serverCertificates =
            new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, AccessKey> accessKeys = new ConcurrentHashMap<>();
    private final Map<String, String> lenientRoleIds = new LinkedHashMap<>();
    private final Map<String, AccessReport> accessReports = new LinkedHashMap<>();
    private final Set<String> organizationsFeatures = new LinkedHashSet<>();
    private String alias = "";
    private Optional<PasswordPolicyState> passwordPolicy = Optional.empty();
    private Optional<Instant> credentialReport = Optional.empty();
    private String outboundIssuer = "";
    private boolean outboundFederation;
    private int tokenVersion = 1;

    public IamAccount(AccountId id, Ids ids) {
        this.id = id;
        this.ids = ids;
    }

    public AccountId id() {
        return id;
    }

    /** Runs a question or a change under the account's lock; nothing inside may call out. */
    public <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Called under the lock. */
    SavedAccount.Rest saved() {
        return new SavedAccount.Rest(
                new LinkedHashMap<>(lenientRoleIds),
                List.copyOf(accessReports.values()),
                List.copyOf(organizationsFeatures),
                alias,
                passwordPolicy,
                credentialReport,
                outboundIssuer,
                outboundFederation,
                tokenVersion);
    }

    /** Called under the lock. */
    void restore(SavedAccount.Rest saved) {
        lenientRoleIds.putAll(saved.lenientRoleIds());
        saved.accessReports().forEach(this::addAccessReport);
        organizationsFeatures.addAll(saved.organizationsFeatures());
        alias = saved.alias();
        passwordPolicy = saved.passwordPolicy();
        credentialReport = saved.credentialReport();
        outboundIssuer = saved.outboundIssuer();
        outboundFederation = saved.outboundFederation();
        tokenVersion = saved.tokenVersion();
    }

    // ---- entities -----------------------------------------------------------------------------------------------

    public NavigableMap<String, User> users() {
        return users;
    }

    public NavigableMap<String, Group> groups() {
        return groups;
    }

    public NavigableMap<String, Role> roles() {
        return roles;
    }

    /** The account's own managed policies by name. */
    public NavigableMap<String, ManagedPolicy> policies() {
        return policies;
    }

    public NavigableMap<String, InstanceProfile> instanceProfiles() {
        return instanceProfiles;
    }

    /** By ARN. */
    public NavigableMap<String, OidcProvider> oidcProviders() {
        return oidcProviders;
    }

    /** By ARN. */
    public NavigableMap<String, SamlProvider> samlProviders() {
        return samlProviders;
    }

    /** By serial number, which is the ARN. */
    public NavigableMap<String, MfaDevice> mfaDevices() {
        return mfaDevices;
    }

    public NavigableMap<String, ServerCertificate> serverCertificates() {
        return serverCertificates;
    }

    public User createUser(String name, String path, Instant now) {
        User user = new User(id, name, path, uniqueId("AIDA"), now);
        users.put(name, user);
        return user;
    }

    public Group createGroup(String name, String path, Instant now) {
        Group group = new Group(id, name, path, uniqueId("AGPA"), now);
        groups.put(name, group);
        return group;
    }

    public Role createRole(String name, String path, String trustPolicy, String linkedService, Instant now) {
        String roleId = lenientRoleIds.getOrDefault(name, "");
        Role role =
                new Role(id, name, path, roleId.isEmpty() ? uniqueId("AROA") : roleId, now, trustPolicy, linkedService);
        lenientRoleIds.remove(name);
        roles.put(name, role);
        return role;
    }

    /** A prefix and 17 characters, as IAM's unique ids have. */
    public String uniqueId(String prefix) {
        return prefix + ids.upperAlphanumeric(17);
    }

    /** The id of a role that does not exist, the same each time it is asked for. */
    public String lenientRoleId(String name) {
        String known = lenientRoleIds.get(name);
        if (known != null) {
            return known;
        }
        if (lenientRoleIds.size() >= LENIENT_ROLES_MAX) {
            lenientRoleIds.remove(lenientRoleIds.keySet().iterator().next());
        }
        String fresh = uniqueId("AROA");
        lenientRoleIds.put(name, fresh);
        return fresh;
    }

    public void renameUser(User user, String newName, String newPath) {
        users.remove(user.name());
        for (Group group : groups.values()) {
            if (group.members().remove(user.name())) {
                group.members().add(newName);
            }
        }
        for (MfaDevice device : mfaDevices.values()) {
            device.enabled()
                    .filter(e -> e.userName().equals(user.name()))
                    .ifPresent(e -> device.enable(newName, e.since()));
        }
        List<AccessKey> keys =
                user.accessKeys().stream().map(k -> k.of(newName)).toList();
        user.accessKeys().clear();
        for (AccessKey key : keys) {
            user.accessKeys().add(key);
            accessKeys.put(key.id(), key);
        }
        user.rename(newName, newPath);
        users.put(newName, user);
    }

    public void renameGroup(Group group, String newName, String newPath) {
        groups.remove(group.name());
        group.rename(newName, newPath);
        groups.put(newName, group);
    }

    public List<Group> groupsOf(User user) {
        return groups.values().stream()
                .filter(g -> g.members().contains(user.name()))
                .toList();
    }

    public List<MfaDevice> mfaDevicesOf(User user) {
        return mfaDevices.values().stream()
                .filter(d ->
                        d.enabled().map(e -> e.userName().equals(user.name())).orElse(false))
                .toList();
    }

    public List<InstanceProfile> instanceProfilesOf(Role role) {
        return instanceProfiles.values().stream()
                .filter(p -> p.roleName().equals(role.name()))
                .toList();
    }

    public Stream<IamEntity> entities() {
        return Stream.of(users.values().stream(), groups.values().stream(), roles.values().stream())
                .flatMap(all -> all);
    }

    /** How many users, groups and roles have the policy attached. */
    public int attachments(String policyArn) {
        return (int)
                entities().filter(e -> e.attachedPolicies().contains(policyArn)).count();
    }

    /** How many users and roles have the policy as their boundary. */
    public int boundaryUses(String policyArn) {
        return (int) entities().filter(e -> e.boundary().equals(policyArn)).count();
    }

    // ---- access keys --------------------------------------------------------------------------------------------

    public void addAccessKey(User user, AccessKey key) {
        user.accessKeys().add(key);
        accessKeys.put(key.id(), key);
    }

    public void removeAccessKey(User user, AccessKey key) {
        user.accessKeys().remove(key);
        accessKeys.remove(key.id());
    }

    /** The key of this id; may be asked without the lock. */
    public Optional<AccessKey> accessKey(String accessKeyId) {
        return Optional.ofNullable(accessKeys.get(accessKeyId));
    }

    public List<AccessKey> accessKeys() {
        return new ArrayList<>(accessKeys.values());
    }

    // ---- the account itself -------------------------------------------------------------------------------------

    /** Empty for none. */
    public String alias() {
        return alias;
    }

    public void alias(String name) {
        this.alias = name;
    }

    public Optional<PasswordPolicyState> passwordPolicy() {
        return passwordPolicy;
    }

    public void passwordPolicy(Optional<PasswordPolicyState> policy) {
        this.passwordPolicy = policy;
    }

    /** When the credential report was made. */
    public Optional<Instant> credentialReport() {
        return credentialReport;
    }

    public void credentialReport(Instant madeAt) {
        this.credentialReport = Optional.of(madeAt);
    }

    /** Keeps a report on last accesses; the oldest are forgotten first. */
    public void addAccessReport(AccessReport report) {
        accessReports.put(report.jobId(), report);
        if (accessReports.size() > ACCESS_REPORTS_MAX) {
            accessReports.remove(accessReports.keySet().iterator().next());
        }
    }

    public Optional<AccessReport> accessReport(String jobId) {
        return Optional.ofNullable(accessReports.get(jobId));
    }

    /** The id of the account's token issuer, which stays the same once it has been enabled. */
    public String outboundIssuer() {
        if (outboundIssuer.isEmpty()) {
            outboundIssuer = ids.uuid();
        }
        return outboundIssuer;
    }

    /** Whether the account's principals may ask for web identity tokens. */
    public boolean outboundFederation() {
        return outboundFederation;
    }

    public void outboundFederation(boolean enabled) {
        this.outboundFederation = enabled;
    }

    /** {@code RootCredentialsManagement} and {@code RootSessions}, where they are enabled. */
    public Set<String> organizationsFeatures() {
        return organizationsFeatures;
    }

    public int tokenVersion() {
        return tokenVersion;
    }

    public void tokenVersion(int version) {
        this.tokenVersion = version;
    }
}
