package io.pileus.cognito.idp.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The users of a pool, found by name, sub and alias by hashing, so that what it costs does not grow with their number: in a
 * sorted structure of a million each step is a miss of every cache. What searches need beyond that is sorted when somebody
 * first searches by it, and kept up from then on. Readers take no lock; changes hold the one lock of the pool's users.
 */
public final class Users {
    /** The attributes that are found by their exact value without more ado; aliases are among them. */
    private static final List<String> HASHED = List.of("email", "phone_number", "preferred_username");

    /** What ListUsers searches by, beside the username. */
    private static final Set<String> SEARCHABLE = Set.of(
            "sub",
            "email",
            "phone_number",
            "preferred_username",
            "name",
            "given_name",
            "family_name",
            "cognito:user_status",
            "status");

    private final ReentrantLock lock = new ReentrantLock();
    private final ConcurrentHashMap<String, User> byName = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<String> names = new ConcurrentSkipListSet<>();
    private final ConcurrentHashMap<String, String> nameBySub = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, String> nameByIdentity = new ConcurrentHashMap<>();
    private final Map<String, NamesByValue> hashed = new HashMap<>();
    private final ConcurrentHashMap<String, AttributeIndex> sorted = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private final boolean caseSensitive;
    private final Set<String> unique;

    /** @param unique the indexed attributes that stand for the username, so that no two users may share a value */
    public Users(boolean caseSensitive, Collection<String> unique) {
        this.caseSensitive = caseSensitive;
        this.unique = Set.copyOf(unique);
        HASHED.forEach(attribute -> hashed.put(attribute, new NamesByValue()));
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

    /** The users that have a value of e-mail address, telephone number or preferred username, in the order of their names. */
    public List<User> with(String attribute, String value) {
        return namesWith(attribute, value).stream()
                .map(byName::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The names of those {@link #with} tells; a live view or a copy. */
    public NavigableSet<String> namesWith(String attribute, String value) {
        return Objects.requireNonNull(hashed.get(attribute), attribute).get(normalize(value));
    }

    public static boolean isHashed(String attribute) {
        return HASHED.contains(attribute);
    }

    public Optional<User> withIdentity(String providerName, String userId) {
        return Optional.ofNullable(nameByIdentity.get(identityKey(providerName, userId)))
                .map(byName::get);
    }

    /** The index of a searchable attribute, by values as {@link #indexed} makes them. The first call makes it. */
    public AttributeIndex index(String attribute) {
        AttributeIndex made = sorted.get(attribute);
        if (made != null) {
            return made;
        }
        if (!SEARCHABLE.contains(attribute)) {
            throw new IllegalArgumentException(attribute);
        }
        lock.lock();
        try {
            return sorted.computeIfAbsent(attribute, this::sort);
        } finally {
            lock.unlock();
        }
    }

    private AttributeIndex sort(String attribute) {
        List<AttributeIndex.Entry> entries = new ArrayList<>();
        byName.forEach((name, user) -> {
            String value = value(user, attribute);
            if (value != null) {
                entries.add(new AttributeIndex.Entry(value, name));
            }
        });
        return new AttributeIndex(entries);
    }

    /** A value as its index has it: the pool's way with cases, but statuses never tell cases apart. */
    public String indexed(String attribute, String value) {
        return attribute.equals("cognito:user_status") ? value.toLowerCase(Locale.ROOT) : normalize(value);
    }

    /** All names in their order; a live view. */
    public NavigableSet<String> names() {
        return names;
    }

    /** All users by their names, in no order; a live view. */
    Map<String, User> all() {
        return Collections.unmodifiableMap(byName);
    }

    /** How often anything has changed; counted after the change can be seen. */
    long changes() {
        return changes.get();
    }

    public int size() {
        return byName.size();
    }

    /** Adds a user; false when the name, or what stands for it, is taken. */
    public boolean add(User.Draft draft) {
        User user = draft.freeze();
        lock.lock();
        try {
            boolean taken = unique.stream().anyMatch(attribute -> {
                String value = user.attributes().get(attribute);
                return value != null
                        && Objects.requireNonNull(hashed.get(attribute), attribute)
                                .has(normalize(value));
            });
            if (taken || byName.putIfAbsent(normalize(user.username()), user) != null) {
                return false;
            }
            names.add(normalize(user.username()));
            nameBySub.put(user.sub(), normalize(user.username()));
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
                names.remove(normalize(user.username()));
                nameBySub.remove(user.sub());
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
        hashed.forEach((attribute, index) ->
                move(value(before, attribute), value(after, attribute), name, index::add, index::remove));
        sorted.forEach((attribute, index) ->
                move(value(before, attribute), value(after, attribute), name, index::add, index::remove));
        List<LinkedIdentity> olds = before == null ? List.of() : before.identities();
        List<LinkedIdentity> currents = after == null ? List.of() : after.identities();
        if (!olds.equals(currents)) {
            olds.forEach(old -> nameByIdentity.remove(identityKey(old.providerName(), old.userId()), name));
            currents.forEach(now -> nameByIdentity.put(identityKey(now.providerName(), now.userId()), name));
        }
    }

    private static void move(
            @Nullable String old,
            @Nullable String current,
            String name,
            BiConsumer<String, String> add,
            BiConsumer<String, String> remove) {
        if (Objects.equals(old, current)) {
            return;
        }
        if (current != null) {
            add.accept(current, name);
        }
        if (old != null) {
            remove.accept(old, name);
        }
    }

    private @Nullable String value(@Nullable User user, String attribute) {
        if (user == null) {
            return null;
        }
        String value = switch (attribute) {
            case "sub" -> user.sub();
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
