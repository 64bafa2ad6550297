package io.pileus.kms.state;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Region;
import io.pileus.kms.KmsErrors;
import io.pileus.kms.KmsLimits;
import io.pileus.kms.crypto.KeyGenerator;
import io.pileus.kms.crypto.KeyMaterial;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys, aliases and custom key stores of one account in one Region. Reads of keys and aliases take no lock; changes to
 * which ones there are take this object's monitor, which is never held while a key's lock is taken, save to find out whether
 * the key still exists.
 */
public final class KeyRing {
    private final AccountId account;
    private final Region region;
    private final Map<String, Key> keys = new ConcurrentHashMap<>();
    private final Map<String, Alias> aliases = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> aliasNames = new ConcurrentHashMap<>();
    private final Map<String, CustomKeyStore> stores = new ConcurrentHashMap<>();
    private final ImportTokens importTokens = new ImportTokens();

    public KeyRing(AccountId account, Region region) {
        this.account = account;
        this.region = region;
    }

    public AccountId account() {
        return account;
    }

    public Region region() {
        return region;
    }

    /** Makes a key that has no relatives yet. */
    public Key create(
            Key.Definition definition,
            boolean multiRegion,
            @Nullable KeyMaterial material,
            KeyGenerator generator,
            String description,
            String policy,
            Map<String, String> tags) {
        RelatedKeys related = new RelatedKeys(definition.id(), multiRegion, region, material, generator);
        Key key = new Key(definition, related, description, policy, tags);
        if (definition.manager() == Key.Manager.AWS) {
            synchronized (related) {
                related.enableRotation(KmsLimits.ROTATION_PERIOD_DAYS_DEFAULT, definition.creationDate());
            }
        }
        add(key);
        return key;
    }

    public synchronized void add(Key key) {
        if (keys.size() >= KmsLimits.KEYS_MAX) {
            throw KmsErrors.tooManyKeys();
        }
        if (keys.putIfAbsent(key.id(), key) != null) {
            throw KmsErrors.keyExists(key.arn());
        }
    }

    /** The key of this id, unless it has reached its end. */
    public Optional<Key> key(String id, Instant now) {
        Key key = keys.get(id);
        if (key == null) {
            return Optional.empty();
        }
        if (key.isDeleted(now)) {
            forget(key);
            return Optional.empty();
        }
        return Optional.of(key);
    }

    private synchronized void forget(Key key) {
        if (keys.remove(key.id(), key)) {
            Set<String> names = aliasNames.remove(key.id());
            if (names != null) {
                names.forEach(aliases::remove);
            }
        }
    }

    /** All keys by id. */
    public NavigableMap<String, Key> keys(Instant now) {
        NavigableMap<String, Key> result = new TreeMap<>();
        for (Key key : keys.values()) {
            if (key.isDeleted(now)) {
                forget(key);
            } else {
                result.put(key.id(), key);
            }
        }
        return result;
    }

    /** The key that an alias names. */
    public Optional<Key> keyOfAlias(String name, Instant now) {
        Alias alias = aliases.get(name);
        return alias == null ? Optional.empty() : key(alias.targetKeyId(), now);
    }

    public Optional<Alias> alias(String name, Instant now) {
        Alias alias = aliases.get(name);
        return alias == null || key(alias.targetKeyId(), now).isEmpty() ? Optional.empty() : Optional.of(alias);
    }

    /** All aliases by name. */
    public NavigableMap<String, Alias> aliases(Instant now) {
        keys(now);
        return new TreeMap<>(aliases);
    }

    public String aliasArn(String name) {
        return Arn.of("kms", region, account, name).toString();
    }

    public synchronized void createAlias(String name, Key target, Instant now) {
        if (alias(name, now).isPresent()) {
            throw KmsErrors.aliasExists(aliasArn(name));
        }
        Set<String> names = namesOf(target.id());
        if (names.size() >= KmsLimits.ALIASES_PER_KEY_MAX) {
            throw KmsErrors.tooManyAliases(target.arn());
        }
        names.add(name);
        aliases.put(name, new Alias(name, aliasArn(name), target.id(), now, now));
    }

    public synchronized void updateAlias(String name, Key target, Instant now) {
        Alias alias = alias(name, now).orElseThrow(() -> KmsErrors.aliasNotFound(aliasArn(name)));
        Set<String> names = namesOf(target.id());
        if (!names.contains(name) && names.size() >= KmsLimits.ALIASES_PER_KEY_MAX) {
            throw KmsErrors.tooManyAliases(target.arn());
        }
        namesOf(alias.targetKeyId()).remove(name);
        names.add(name);
        aliases.put(name, alias.withTarget(target.id(), now));
    }

    public synchronized void deleteAlias(String name, Instant now) {
        Alias alias = alias(name, now).orElseThrow(() -> KmsErrors.aliasNotFound(aliasArn(name)));
        aliases.remove(name);
        namesOf(alias.targetKeyId()).remove(name);
    }

    private Set<String> namesOf(String keyId) {
        return aliasNames.computeIfAbsent(keyId, k -> new HashSet<>());
    }

    /** Puts a key back that was saved; one that has its id, such as a seeded one, goes. */
    public synchronized void restore(Key key) {
        Key before = keys.put(key.id(), key);
        if (before != null) {
            before.detach();
        }
    }

    /** Puts an alias back that was saved; one that has its name goes. */
    public synchronized void restore(Alias alias) {
        Alias before = aliases.put(alias.name(), alias);
        if (before != null) {
            namesOf(before.targetKeyId()).remove(alias.name());
        }
        namesOf(alias.targetKeyId()).add(alias.name());
    }

    public synchronized void restore(CustomKeyStore store) {
        stores.put(store.id(), store);
    }

    public ImportTokens importTokens() {
        return importTokens;
    }

    public Optional<CustomKeyStore> store(String id) {
        return Optional.ofNullable(stores.get(id));
    }

    public NavigableMap<String, CustomKeyStore> stores() {
        return new TreeMap<>(stores);
    }

    public synchronized void addStore(CustomKeyStore store) {
        if (stores.size() >= KmsLimits.CUSTOM_KEY_STORES_MAX) {
            throw KmsErrors.tooManyCustomKeyStores();
        }
        stores.put(store.id(), store);
    }

    public synchronized void removeStore(String id, Instant now) {
        if (keys(now).values().stream()
                .anyMatch(k -> k.store().filter(s -> s.id().equals(id)).isPresent())) {
            throw KmsErrors.customKeyStoreHasKeys(id);
        }
        CustomKeyStore.ConnectionState state = stores.get(id).connectionState(now);
        if (state != CustomKeyStore.ConnectionState.DISCONNECTED) {
            throw KmsErrors.customKeyStoreState(id, state);
        }
        stores.remove(id);
    }
}
