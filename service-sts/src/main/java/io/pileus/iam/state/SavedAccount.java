package io.pileus.iam.state;

import io.pileus.core.identity.AccountId;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.shape.Blob;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import io.pileus.iam.state.ManagedPolicy.SavedPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What IAM knows of an account, as it is saved: one thing for each user, group, role, policy and so on, and one for the rest. */
public final class SavedAccount {
    private SavedAccount() {}

    /** What belongs to no one in particular. */
    record Rest(
            Map<String, String> lenientRoleIds,
            List<AccessReport> accessReports,
            List<String> organizationsFeatures,
            String alias,
            Optional<PasswordPolicyState> passwordPolicy,
            Optional<Instant> credentialReport,
            String outboundIssuer,
            boolean outboundFederation,
            int tokenVersion) {}

    /** What users, groups and roles have in common. */
    record SavedEntity(
            String name,
            String path,
            String id,
            Instant created,
            Map<String, String> inlinePolicies,
            List<String> attachedPolicies,
            Map<String, String> tags,
            String boundary,
            Map<String, Accesses.Access> services,
            Map<String, Map<String, Accesses.Access>> actions) {

        static SavedEntity of(IamEntity entity) {
            return new SavedEntity(
                    entity.name(),
                    entity.path(),
                    entity.id(),
                    entity.created(),
                    new LinkedHashMap<>(entity.inlinePolicies()),
                    List.copyOf(entity.attachedPolicies()),
                    new LinkedHashMap<>(entity.tags()),
                    entity.boundary(),
                    entity.accesses().services(),
                    entity.accesses().actions());
        }

        <E extends IamEntity> E into(E entity) {
            entity.inlinePolicies().putAll(inlinePolicies);
            entity.attachedPolicies().addAll(attachedPolicies);
            entity.tags().putAll(tags);
            entity.boundary(boundary);
            entity.accesses().restore(services, actions);
            return entity;
        }
    }

    record SavedKey(String id, String secret, Instant created, boolean active, Optional<AccessKey.LastUsed> lastUsed) {}

    record SavedUser(
            SavedEntity entity,
            List<SavedKey> accessKeys,
            List<SshPublicKey> sshPublicKeys,
            List<SigningCertificate> signingCertificates,
            List<ServiceCredential> serviceCredentials,
            Optional<User.LoginProfile> loginProfile) {

        static SavedUser of(User user) {
            return new SavedUser(
                    SavedEntity.of(user),
                    user.accessKeys().stream()
                            .map(k -> new SavedKey(k.id(), k.secret(), k.created(), k.active(), k.lastUsed()))
                            .toList(),
                    List.copyOf(user.sshPublicKeys().values()),
                    List.copyOf(user.signingCertificates().values()),
                    List.copyOf(user.serviceCredentials().values()),
                    user.loginProfile());
        }

        void into(IamAccount account) {
            User user =
                    entity.into(new User(account.id(), entity.name(), entity.path(), entity.id(), entity.created()));
            for (SavedKey saved : accessKeys) {
                AccessKey key = new AccessKey(saved.id(), saved.secret(), user.name(), saved.created());
                key.active(saved.active());
                saved.lastUsed().ifPresent(used -> key.used(used.at(), used.service(), used.region()));
                account.addAccessKey(user, key);
            }
            sshPublicKeys.forEach(key -> user.sshPublicKeys().put(key.id(), key));
            signingCertificates.forEach(one -> user.signingCertificates().put(one.id(), one));
            serviceCredentials.forEach(one -> user.serviceCredentials().put(one.id(), one));
            user.loginProfile(loginProfile);
            account.users().put(user.name(), user);
        }
    }

    record SavedGroup(SavedEntity entity, List<String> members) {
        void into(IamAccount account) {
            Group group =
                    entity.into(new Group(account.id(), entity.name(), entity.path(), entity.id(), entity.created()));
            group.members().addAll(members);
            account.groups().put(group.name(), group);
        }
    }

    record SavedRole(
            SavedEntity entity,
            String trustPolicy,
            String linkedService,
            Optional<String> description,
            Duration maxSession,
            Optional<Role.LastUsed> lastUsed) {
        void into(IamAccount account) {
            Role role = entity.into(new Role(
                    account.id(),
                    entity.name(),
                    entity.path(),
                    entity.id(),
                    entity.created(),
                    trustPolicy,
                    linkedService));
            description.ifPresent(role::description);
            role.maxSession(maxSession);
            lastUsed.ifPresent(used -> role.used(used.at(), used.region()));
            account.roles().put(role.name(), role);
        }
    }

    record SavedInstanceProfile(
            String name, String path, String id, Instant created, Map<String, String> tags, String roleName) {
        void into(IamAccount account) {
            InstanceProfile profile = new InstanceProfile(account.id(), name, path, id, created);
            profile.tags().putAll(tags);
            profile.roleName(roleName);
            account.instanceProfiles().put(name, profile);
        }
    }

    record SavedOidcProvider(
            String arn,
            String url,
            Instant created,
            List<String> clientIds,
            List<String> thumbprints,
            Map<String, String> tags) {
        void into(IamAccount account) {
            OidcProvider provider = new OidcProvider(arn, url, created);
            provider.clientIds().addAll(clientIds);
            provider.thumbprints().addAll(thumbprints);
            provider.tags().putAll(tags);
            account.oidcProviders().put(arn, provider);
        }
    }

    record SavedSamlProvider(
            String arn,
            String name,
            String uuid,
            String metadata,
            Instant created,
            Instant validUntil,
            Map<String, String> tags) {
        void into(IamAccount account) {
            SamlProvider provider = new SamlProvider(arn, name, uuid, metadata, created, validUntil);
            provider.tags().putAll(tags);
            account.samlProviders().put(arn, provider);
        }
    }

    record SavedMfaDevice(
            String serialNumber,
            Blob seed,
            long lastStep,
            Map<String, String> tags,
            Optional<MfaDevice.Enabled> enabled) {
        void into(IamAccount account) {
            MfaDevice device = new MfaDevice(serialNumber, new Totp(seed.bytes(), lastStep));
            device.tags().putAll(tags);
            enabled.ifPresent(e -> device.enable(e.userName(), e.since()));
            account.mfaDevices().put(serialNumber, device);
        }
    }

    record SavedServerCertificate(
            String id,
            String name,
            String path,
            ServerCertificate.Content content,
            Instant uploaded,
            Map<String, String> tags) {
        void into(IamAccount account) {
            ServerCertificate certificate = new ServerCertificate(account.id(), id, name, path, content, uploaded);
            certificate.tags().putAll(tags);
            account.serverCertificates().put(name, certificate);
        }
    }

    private record Thing(String kind, String id, Record saved) {}

    /** Tells an account's state: collected under its lock, told without. */
    public static void save(IamAccount account, Scope scope, StateSink sink) {
        account.locked(() -> things(account))
                .forEach(thing -> sink.put(scope, thing.kind(), thing.id(), thing.saved()));
    }

    private static List<Thing> things(IamAccount account) {
        List<Thing> things = new ArrayList<>();
        account.users().forEach((name, user) -> things.add(new Thing("user", name, SavedUser.of(user))));
        account.groups()
                .forEach((name, group) -> things.add(
                        new Thing("group", name, new SavedGroup(SavedEntity.of(group), List.copyOf(group.members())))));
        account.roles()
                .forEach((name, role) -> things.add(new Thing(
                        "role",
                        name,
                        new SavedRole(
                                SavedEntity.of(role),
                                role.trustPolicy(),
                                role.linkedService(),
                                role.description(),
                                role.maxSession(),
                                role.lastUsed()))));
        account.policies().forEach((name, policy) -> things.add(new Thing("policy", name, policy.saved())));
        account.instanceProfiles()
                .forEach((name, p) -> things.add(new Thing(
                        "instance-profile",
                        name,
                        new SavedInstanceProfile(
                                p.name(),
                                p.path(),
                                p.id(),
                                p.created(),
                                new LinkedHashMap<>(p.tags()),
                                p.roleName()))));
        account.oidcProviders()
                .forEach((arn, p) -> things.add(new Thing(
                        "oidc-provider",
                        arn,
                        new SavedOidcProvider(
                                arn,
                                p.url(),
                                p.created(),
                                List.copyOf(p.clientIds()),
                                List.copyOf(p.thumbprints()),
                                new LinkedHashMap<>(p.tags())))));
        account.samlProviders()
                .forEach((arn, p) -> things.add(new Thing(
                        "saml-provider",
                        arn,
                        new SavedSamlProvider(
                                arn,
                                p.name(),
                                p.uuid(),
                                p.metadata(),
                                p.created(),
                                p.validUntil(),
                                new LinkedHashMap<>(p.tags())))));
        account.mfaDevices()
                .forEach((serial, device) -> things.add(new Thing(
                        "mfa-device",
                        serial,
                        new SavedMfaDevice(
                                serial,
                                Blob.of(device.totp().seed()),
                                device.totp().lastStep(),
                                new LinkedHashMap<>(device.tags()),
                                device.enabled()))));
        account.serverCertificates()
                .forEach((name, c) -> things.add(new Thing(
                        "server-certificate",
                        name,
                        new SavedServerCertificate(
                                c.id(),
                                c.name(),
                                c.path(),
                                c.content(),
                                c.uploaded(),
                                new LinkedHashMap<>(c.tags())))));
        things.add(new Thing("account", "", account.saved()));
        return things;
    }

    /** Builds accounts from what was saved. */
    public static void load(StateSource source, Function<AccountId, IamAccount> accounts) {
        Loading loading = new Loading(source, accounts);
        loading.each("user", SavedUser.class, SavedUser::into);
        loading.each("group", SavedGroup.class, SavedGroup::into);
        loading.each("role", SavedRole.class, SavedRole::into);
        loading.each(
                "policy",
                SavedPolicy.class,
                (saved, account) -> account.policies().put(saved.name(), saved.policy()));
        loading.each("instance-profile", SavedInstanceProfile.class, SavedInstanceProfile::into);
        loading.each("oidc-provider", SavedOidcProvider.class, SavedOidcProvider::into);
        loading.each("saml-provider", SavedSamlProvider.class, SavedSamlProvider::into);
        loading.each("mfa-device", SavedMfaDevice.class, SavedMfaDevice::into);
        loading.each("server-certificate", SavedServerCertificate.class, SavedServerCertificate::into);
        loading.each("account", Rest.class, (saved, account) -> account.restore(saved));
    }

    private record Loading(StateSource source, Function<AccountId, IamAccount> accounts) {
        <R extends Record> void each(String kind, Class<R> type, Into<R> into) {
            source.each(kind, type, (scope, id, saved) -> {
                IamAccount account = accounts.apply(scope.account());
                account.locked(() -> {
                    into.put(saved, account);
                    return account;
                });
            });
        }
    }

    private interface Into<R> {
        void put(R saved, IamAccount account);
    }
}
