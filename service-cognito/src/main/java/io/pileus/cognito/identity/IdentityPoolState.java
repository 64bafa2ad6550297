package io.pileus.cognito.identity;

import io.pileus.cognito.identity.model.IdentityPool;
import io.pileus.cognito.identity.model.RoleMapping;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** An identity pool with its identities and roles. Guarded by one lock. */
final class IdentityPoolState {
    private final ReentrantLock lock = new ReentrantLock();
    private final AccountId account;
    private final Region region;
    private IdentityPool settings;
    private Map<String, String> roles = Map.of();
    private Map<String, RoleMapping> roleMappings = Map.of();
    private final Map<String, TagMap> principalTags = new HashMap<>();
    private final ConcurrentSkipListMap<String, Identity> identities = new ConcurrentSkipListMap<>();
    private final Map<String, String> identityByLogin = new HashMap<>();
    private final Map<String, String> identityByDeveloperId = new HashMap<>();

    /** How a provider's claims become principal tags. */
    record TagMap(boolean useDefaults, Map<String, String> tags) {
        TagMap {
            tags = Map.copyOf(tags);
        }
    }

    IdentityPoolState(AccountId account, Region region, IdentityPool settings) {
        this.account = account;
        this.region = region;
        this.settings = settings;
    }

    /** A pool as it is saved, without its identities. */
    record Saved(
            IdentityPool settings,
            Map<String, String> roles,
            Map<String, RoleMapping> roleMappings,
            Map<String, TagMap> principalTags) {}

    Saved saved() {
        return locked(() -> new Saved(settings, roles, roleMappings, new TreeMap<>(principalTags)));
    }

    static IdentityPoolState restored(AccountId account, Region region, Saved saved) {
        IdentityPoolState pool = new IdentityPoolState(account, region, saved.settings());
        pool.setRoles(saved.roles(), saved.roleMappings());
        saved.principalTags().forEach(pool::setPrincipalTags);
        return pool;
    }

    AccountId account() {
        return account;
    }

    Region region() {
        return region;
    }

    IdentityPool settings() {
        return locked(() -> settings);
    }

    void replace(IdentityPool changed) {
        locked(() -> settings = changed);
    }

    Map<String, String> roles() {
        return locked(() -> roles);
    }

    Map<String, RoleMapping> roleMappings() {
        return locked(() -> roleMappings);
    }

    void setRoles(Map<String, String> newRoles, Map<String, RoleMapping> newMappings) {
        locked(() -> {
            roles = Map.copyOf(newRoles);
            roleMappings = Map.copyOf(newMappings);
            return true;
        });
    }

    Optional<TagMap> principalTags(String provider) {
        return locked(() -> Optional.ofNullable(principalTags.get(provider)));
    }

    void setPrincipalTags(String provider, TagMap tags) {
        locked(() -> principalTags.put(provider, tags));
    }

    Optional<Identity> identity(String id) {
        return Optional.ofNullable(identities.get(id));
    }

    /** All identities in the order of their ids; a live view. */
    NavigableMap<String, Identity> identities() {
        return identities;
    }

    Optional<Identity> withLogin(String provider, String user) {
        return locked(() ->
                Optional.ofNullable(identityByLogin.get(key(provider, user))).map(identities::get));
    }

    Optional<Identity> withDeveloperId(String developerId) {
        return locked(() ->
                Optional.ofNullable(identityByDeveloperId.get(developerId)).map(identities::get));
    }

    void put(Identity identity) {
        locked(() -> {
            remove(identity.id());
            identities.put(identity.id(), identity);
            identity.logins().forEach((provider, user) -> identityByLogin.put(key(provider, user), identity.id()));
            identity.developerIds().forEach(id -> identityByDeveloperId.put(id, identity.id()));
            return true;
        });
    }

    boolean remove(String id) {
        return locked(() -> {
            Identity old = identities.remove(id);
            if (old == null) {
                return false;
            }
            old.logins().forEach((provider, user) -> identityByLogin.remove(key(provider, user), id));
            old.developerIds().forEach(developer -> identityByDeveloperId.remove(developer, id));
            return true;
        });
    }

    /** Finds the identity of these logins, or makes it; logins that belong to several identities are merged into one. */
    Identity resolve(Map<String, String> logins, Supplier<String> newId, Instant now) {
        return locked(() -> {
            List<Identity> found = new ArrayList<>();
            logins.forEach((provider, user) -> Optional.ofNullable(identityByLogin.get(key(provider, user)))
                    .map(identities::get)
                    .filter(identity -> !found.contains(identity))
                    .ifPresent(found::add));
            if (found.isEmpty()) {
                Identity identity = Identity.created(newId.get(), logins, now);
                put(identity);
                return identity;
            }
            Identity kept = found.getFirst();
            Map<String, String> all = new LinkedHashMap<>(kept.logins());
            List<String> developers = new ArrayList<>(kept.developerIds());
            for (Identity other : found.subList(1, found.size())) {
                other.logins().forEach(all::putIfAbsent);
                developers.addAll(other.developerIds());
                put(other.merged(now));
            }
            logins.forEach(all::put);
            if (all.equals(kept.logins()) && found.size() == 1) {
                return kept;
            }
            Identity merged = kept.with(all, developers, now);
            put(merged);
            return merged;
        });
    }

    private static String key(String provider, String user) {
        return provider + ' ' + user;
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
