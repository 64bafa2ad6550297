package io.pileus.cognito.idp.state;

import io.pileus.cognito.idp.state.SavedPool.SavedFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The sign-ins of a pool that still have usable tokens. A family that is not here was revoked (or has expired), and with
 * it its access tokens. Guarded by its own lock.
 */
public final class TokenFamilies {
    /** Access tokens live a day at most, so a family stays known that long after its refresh token. */
    private static final Duration ACCESS_TOKEN_MAX = Duration.ofDays(1);

    private static final int REVOKED_MAX = 100_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final ConcurrentHashMap<String, TokenFamily> byOrigin = new ConcurrentHashMap<>();
    private final Map<String, String> originByHash = new HashMap<>();
    private final Map<String, Set<String>> hashesByOrigin = new HashMap<>();
    private final Map<String, Set<String>> originsByUser = new HashMap<>();
    private final ArrayDeque<TokenFamily> byAge = new ArrayDeque<>();
    private final LinkedHashMap<String, Long> revokedHashes = new LinkedHashMap<>();
    private long revocations;
    private final AtomicLong changes = new AtomicLong();

    /** @param refreshTokenHash the hash of the refresh token that the sign-in was given */
    public void add(TokenFamily family, String refreshTokenHash, Instant now) {
        lock.lock();
        try {
            purge(now);
            add(family, List.of(refreshTokenHash));
        } finally {
            lock.unlock();
        }
    }

    private void add(TokenFamily family, List<String> hashes) {
        hashes.forEach(hash -> know(hash, family.originJti()));
        originsByUser.computeIfAbsent(family.sub(), k -> new HashSet<>()).add(family.originJti());
        byAge.addLast(family);
        byOrigin.put(family.originJti(), family);
        changes.incrementAndGet();
    }

    /** How often anything has changed; counted after the change can be seen. */
    long changes() {
        return changes.get();
    }

    /** The sign-ins by their {@code origin_jti}; a live view. */
    Map<String, TokenFamily> all() {
        return Collections.unmodifiableMap(byOrigin);
    }

    /** The revoked refresh tokens by their hashes, each with its number in the order of revocation. */
    Map<String, Long> revocations() {
        lock.lock();
        try {
            return new LinkedHashMap<>(revokedHashes);
        } finally {
            lock.unlock();
        }
    }

    SavedFamily saved(TokenFamily family) {
        List<String> hashes;
        lock.lock();
        try {
            hashes = hashesByOrigin.getOrDefault(family.originJti(), Set.of()).stream()
                    .sorted()
                    .toList();
        } finally {
            lock.unlock();
        }
        List<SavedFamily.Retired> retired = new ArrayList<>();
        family.retired().forEach((hash, usableUntil) -> retired.add(new SavedFamily.Retired(hash, usableUntil)));
        return new SavedFamily(
                family.originJti(),
                family.eventId(),
                family.username(),
                family.sub(),
                family.clientId(),
                family.authTime(),
                family.expiresAt(),
                retired,
                family.scopes(),
                family.oauth(),
                family.nonce().orElse(null),
                family.deviceKey().orElse(null),
                family.resource().orElse(null),
                hashes);
    }

    void restore(SavedFamily saved) {
        Map<String, Instant> retired = new LinkedHashMap<>();
        saved.retired().forEach(token -> retired.put(token.hash(), token.usableUntil()));
        TokenFamily family = new TokenFamily(
                saved.originJti(),
                saved.eventId(),
                saved.username(),
                saved.sub(),
                saved.clientId(),
                saved.authTime(),
                saved.expiresAt(),
                retired,
                saved.scopes(),
                saved.oauth(),
                Optional.ofNullable(saved.nonce()),
                Optional.ofNullable(saved.deviceKey()),
                Optional.ofNullable(saved.resource()));
        lock.lock();
        try {
            add(family, saved.hashes());
        } finally {
            lock.unlock();
        }
    }

    /** @param hashes the hashes of revoked refresh tokens by their numbers */
    void restoreRevocations(SortedMap<Long, String> hashes) {
        lock.lock();
        try {
            hashes.forEach((number, hash) -> {
                revokedHashes.put(hash, number);
                revocations = number + 1;
            });
            changes.incrementAndGet();
        } finally {
            lock.unlock();
        }
    }

    /** The family of a refresh token, current or retired. */
    public Optional<TokenFamily> byRefreshToken(String hash) {
        lock.lock();
        try {
            return Optional.ofNullable(originByHash.get(hash)).map(byOrigin::get);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a refresh token was revoked before it expired; the last {@value #REVOKED_MAX} are remembered. */
    public boolean revoked(String hash) {
        lock.lock();
        try {
            return revokedHashes.containsKey(hash);
        } finally {
            lock.unlock();
        }
    }

    /** Takes no lock: every check of an access token asks. */
    public boolean alive(String originJti) {
        return byOrigin.containsKey(originJti);
    }

    private void know(String hash, String originJti) {
        originByHash.put(hash, originJti);
        hashesByOrigin.computeIfAbsent(originJti, k -> new HashSet<>()).add(hash);
    }

    /**
     * Replaces a refresh token, which stays usable until its grace period ends; false when the family was revoked
     * meanwhile.
     */
    public boolean rotate(String originJti, String oldHash, String newHash, Instant oldUsableUntil) {
        lock.lock();
        try {
            TokenFamily current = byOrigin.get(originJti);
            if (current == null) {
                return false;
            }
            TokenFamily next = current.retiring(oldHash, oldUsableUntil);
            byOrigin.put(originJti, next);
            for (String forgotten : current.retired().keySet()) {
                if (!next.retired().containsKey(forgotten)) {
                    originByHash.remove(forgotten);
                    hashesByOrigin.get(originJti).remove(forgotten);
                }
            }
            know(newHash, originJti);
            changes.incrementAndGet();
            return true;
        } finally {
            lock.unlock();
        }
    }

    public void revoke(String originJti) {
        lock.lock();
        try {
            remember(originJti);
            forget(originJti);
        } finally {
            lock.unlock();
        }
    }

    /** Revokes all that the user's sign-ins have issued. */
    public void revokeAll(String sub) {
        lock.lock();
        try {
            for (String origin : Set.copyOf(originsByUser.getOrDefault(sub, Set.of()))) {
                remember(origin);
                forget(origin);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Revokes what was issued to one of the user's devices. */
    public void revokeDevice(String sub, String deviceKey) {
        lock.lock();
        try {
            for (String origin : Set.copyOf(originsByUser.getOrDefault(sub, Set.of()))) {
                TokenFamily family = byOrigin.get(origin);
                if (family != null && family.deviceKey().equals(Optional.of(deviceKey))) {
                    remember(origin);
                    forget(origin);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void purge(Instant now) {
        while (!byAge.isEmpty()
                && byAge.peekFirst().expiresAt().plus(ACCESS_TOKEN_MAX).isBefore(now)) {
            forget(byAge.removeFirst().originJti());
        }
    }

    private void remember(String originJti) {
        hashesByOrigin.getOrDefault(originJti, Set.of()).forEach(hash -> revokedHashes.put(hash, revocations++));
        while (revokedHashes.size() > REVOKED_MAX) {
            revokedHashes.pollFirstEntry();
        }
    }

    private void forget(String originJti) {
        TokenFamily family = byOrigin.remove(originJti);
        if (family != null) {
            changes.incrementAndGet();
            hashesByOrigin.getOrDefault(originJti, Set.of()).forEach(originByHash::remove);
            hashesByOrigin.remove(originJti);
            Set<String> origins = originsByUser.get(family.sub());
            if (origins != null && origins.remove(originJti) && origins.isEmpty()) {
                originsByUser.remove(family.sub());
            }
        }
    }
}
