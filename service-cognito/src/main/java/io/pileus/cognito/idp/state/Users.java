package io.pileus.cognito.idp.state;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The users of a pool, found by name, sub, alias and by every attribute that searches may ask for, at a cost that does not
 * grow with their number. Readers take no lock; changes hold the one lock of the pool's users.
 */
public final class Users {
    /** The attributes that ListUsers searches by, beside the username and the sub. */
    private static final List<String> INDEXED = List.of(
            "email",
            "phone_number",
            "preferred_username",
            "name",
            "given_name",
            "family_name",
            "cognito:user_status",
            "status");

    private final ReentrantLock lock = new ReentrantLock();
    private final ConcurrentSkipListMap<String, User> byName = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<String, String> nameBySub = new ConcurrentSkipListMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong changes = new AtomicLong();
    private final ConcurrentHashMap<String, String> nameByIdentity = new ConcurrentHashMap<>();
    private final Map<String, AttributeIndex> indexes = new HashMap<>();
    private final boolean caseSensitive;
    private final Set<String> unique;

    /** @param unique the indexed attributes that stand for the username, so that no two users may share a value */
    public Users(boolean caseSensitive, Collection<String> unique) {
        this.caseSensitive = caseSensitive;
        this.unique = Set.copyOf(unique);
        INDEXED.forEach(attribute -> indexes.put(attribute, new AttributeIndex()));
    }

    /** The name as it is compared and kept: in lower case unless the pool tells cases apart. */
    public String normalize(String name) {
        return caseSensitive ? name : name.toLowerCase(Locale.ROOT);
    }

    public Optional<User> named(String username) {
        return Optional.ofNullable(byName.get(normalize(username)));
    }

    public Optional<User> withSub(String sub) {
        return Optional.ofNullable(nameBySub.get(sub)).map(byName::get);
    }

    /** The users that have a value of an indexed attribute, in the order of their names. */
    public List<User> with(String attribute, String value) {
        return index(attribute).equalTo(normalize(value)).stream()
                .map(entry -> byName.get(entry.name()))
                .filter(Objects::nonNull)
                .toList();
    }

    public Optional<User> withIdentity(String providerName, String userId) {
        return Optional.ofNullable(nameByIdentity.get(identityKey(providerName, userId)))
                .map(byName::get);
    }

    /** The index of an attribute that has one, by values as {@link #indexed} makes them. */
    public AttributeIndex index(String attribute) {
        return Objects.requireNonNull(indexes.get(attribute), attribute);
    }

    public static boolean hasIndex(String attribute) {
        return INDEXED.contains(attribute);
    }

    /** A value as its index has it: the pool's way with cases, but statuses never tell cases apart. */
    public String indexed(String attribute, String value) {
        return attribute.equals("cognito:user_status") ? value.toLowerCase(Locale.ROOT) : normalize(value);
    }

    /** All users in the order of their names; a live view. */
    public NavigableMap<String, User> all() {
        return byName;
    }

    /** All users' names in the order of their subs; a live view. */
    public NavigableMap<String, String> namesBySub() {
        return nameBySub;
    }

    /** How often anything has changed; counted after the change can be seen. */
    long changes() {
        return changes.get();
    }

    public int size() {
        return size.get();
    }

    /** Adds a user; false when the name, or what stands for it, is taken. */
    public boolean add(User.Draft draft) {
        User user = draft.freeze();
        lock.lock();
        try {
            boolean taken = unique.stream().anyMatch(attribute -> {
                String value = user.attributes().get(attribute);
                return value != null
                        && !index(attribute).equalTo(normalize(value)).isEmpty();
            });
            if (taken || byName.putIfAbsent(normalize(user.username()), user) != null) {
                return false;
            }
            nameBySub.put(user.sub(), normalize(user.username()));
            size.incrementAndGet();
            reindex(null, user);
            changes.incrementAndGet();
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
            byName.put(name, after);
            reindex(before, after);
            changes.incrementAndGet();
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
                nameBySub.remove(user.sub());
                size.decrementAndGet();
                reindex(user, null);
                changes.incrementAndGet();
            }
            return Optional.ofNullable(user);
        } finally {
            lock.unlock();
        }
    }

    /** Brings the indexes from what a user was to what they are; nothing is touched that stays. */
    private void reindex(@Nullable User before, @Nullable User after) {
        String name = normalize(
                Objects.requireNonNull(before == null ? after : before).username());
        for (String attribute : INDEXED) {
            String old = before == null ? null : value(before, attribute);
            String current = after == null ? null : value(after, attribute);
            if (Objects.equals(old, current)) {
                continue;
            }
            if (current != null) {
                index(attribute).add(current, name);
            }
            if (old != null) {
                index(attribute).remove(old, name);
            }
        }
        List<LinkedIdentity> olds = before == null ? List.of() : before.identities();
        List<LinkedIdentity> currents = after == null ? List.of() : after.identities();
        if (!olds.equals(currents)) {
            olds.forEach(old -> nameByIdentity.remove(identityKey(old.providerName(), old.userId()), name));
            currents.forEach(now -> nameByIdentity.put(identityKey(now.providerName(), now.userId()), name));
        }
    }

    private @Nullable String value(User user, String attribute) {
        String value = switch (attribute) {
            case "cognito:user_status" -> user.status().wire();
            case "status" -> user.enabled() ? "Enabled" : "Disabled";
            default -> user.attributes().get(attribute);
        };
        return value == null ? null : indexed(attribute, value);
    }

    private static String identityKey(String provider, String userId) {
        return provider + '/' + userId;
    }
}
