package io.pileus.cognito.idp.state;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The users of a pool, found by name, sub, alias and by the attributes that searches ask for most, at a cost that does
 * not grow with their number. Readers take no lock; changes hold the one lock of the pool's users.
 */
public final class Users {
    /** The attributes that have an index. */
    private static final List<String> INDEXED = List.of("email", "phone_number", "preferred_username");

    private final ReentrantLock lock = new ReentrantLock();
    private final ConcurrentSkipListMap<String, User> byName = new ConcurrentSkipListMap<>();
    private final Map<String, String> nameBySub = new HashMap<>();
    private final Map<String, TreeSet<String>> namesByAttribute = new HashMap<>();
    private final Map<String, String> nameByIdentity = new HashMap<>();
    private final boolean caseSensitive;
    private final Set<String> unique;

    /** @param unique the indexed attributes that stand for the username, so that no two users may share a value */
    public Users(boolean caseSensitive, Collection<String> unique) {
        this.caseSensitive = caseSensitive;
        this.unique = Set.copyOf(unique);
    }

    /** The name as it is compared and kept: in lower case unless the pool tells cases apart. */
    public String normalize(String name) {
        return caseSensitive ? name : name.toLowerCase(Locale.ROOT);
    }

    public Optional<User> named(String username) {
        return Optional.ofNullable(byName.get(normalize(username)));
    }

    public Optional<User> withSub(String sub) {
        lock.lock();
        try {
            String name = nameBySub.get(sub);
            return name == null ? Optional.empty() : Optional.ofNullable(byName.get(name));
        } finally {
            lock.unlock();
        }
    }

    /** The users that have a value of an indexed attribute, in the order of their names. */
    public List<User> with(String attribute, String value) {
        lock.lock();
        try {
            Set<String> names = namesByAttribute.get(indexKey(attribute, value));
            return names == null ? List.of() : names.stream().map(byName::get).toList();
        } finally {
            lock.unlock();
        }
    }

    public Optional<User> withIdentity(String providerName, String userId) {
        lock.lock();
        try {
            String name = nameByIdentity.get(identityKey(providerName, userId));
            return name == null ? Optional.empty() : Optional.ofNullable(byName.get(name));
        } finally {
            lock.unlock();
        }
    }

    public static boolean indexed(String attribute) {
        return INDEXED.contains(attribute);
    }

    /** All users in the order of their names; a live view. */
    public NavigableMap<String, User> all() {
        return byName;
    }

    public int size() {
        return nameBySub.size();
    }

    /** Adds a user; false when the name, or what stands for it, is taken. */
    public boolean add(User.Draft draft) {
        User user = draft.freeze();
        lock.lock();
        try {
            boolean taken = unique.stream()
                    .map(attribute -> indexKey(attribute, user.attributes().getOrDefault(attribute, "")))
                    .anyMatch(namesByAttribute::containsKey);
            if (taken || byName.putIfAbsent(normalize(user.username()), user) != null) {
                return false;
            }
            index(user);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Changes a user that is there; what the change throws leaves the user as it was. */
    public Optional<User> update(String username, Instant now, Consumer<User.Draft> change) {
        return change(username, draft -> {
            change.accept(draft);
            draft.modifiedAt = now;
        });
    }

    /** Changes what the user's last-modified date does not tell of: codes, counters, devices' use. */
    public Optional<User> note(String username, Consumer<User.Draft> change) {
        return change(username, change);
    }

    private Optional<User> change(String username, Consumer<User.Draft> change) {
        lock.lock();
        try {
            String name = normalize(username);
            User before = byName.get(name);
            if (before == null) {
                return Optional.empty();
            }
            User.Draft draft = new User.Draft(before);
            change.accept(draft);
            User after = draft.freeze();
            unindex(before);
            index(after);
            byName.put(name, after);
            return Optional.of(after);
        } finally {
            lock.unlock();
        }
    }

    public Optional<User> remove(String username) {
        lock.lock();
        try {
            User user = byName.remove(normalize(username));
            if (user != null) {
                unindex(user);
            }
            return Optional.ofNullable(user);
        } finally {
            lock.unlock();
        }
    }

    private void index(User user) {
        String name = normalize(user.username());
        nameBySub.put(user.sub(), name);
        for (String attribute : INDEXED) {
            String value = user.attributes().get(attribute);
            if (value != null) {
                namesByAttribute
                        .computeIfAbsent(indexKey(attribute, value), k -> new TreeSet<>())
                        .add(name);
            }
        }
        for (LinkedIdentity identity : user.identities()) {
            nameByIdentity.put(identityKey(identity.providerName(), identity.userId()), name);
        }
    }

    private void unindex(User user) {
        String name = normalize(user.username());
        nameBySub.remove(user.sub());
        for (String attribute : INDEXED) {
            String value = user.attributes().get(attribute);
            if (value != null) {
                String key = indexKey(attribute, value);
                TreeSet<String> names = namesByAttribute.get(key);
                if (names != null && names.remove(name) && names.isEmpty()) {
                    namesByAttribute.remove(key);
                }
            }
        }
        for (LinkedIdentity identity : user.identities()) {
            nameByIdentity.remove(identityKey(identity.providerName(), identity.userId()), name);
        }
    }

    private String indexKey(String attribute, String value) {
        return attribute + '=' + normalize(value);
    }

    private static String identityKey(String provider, String userId) {
        return provider + '/' + userId;
    }
}
