package io.pileus.cognito.idp.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final Map<String, TokenFamily> byOrigin = new HashMap<>();
    private final Map<String, String> originByHash = new HashMap<>();
    private final Map<String, Set<String>> hashesByOrigin = new HashMap<>();
    private final Map<String, Set<String>> originsByUser = new HashMap<>();
    private final ArrayDeque<TokenFamily> byAge = new ArrayDeque<>();
    private final LinkedHashSet<String> revokedHashes = new LinkedHashSet<>();

    /** @param refreshTokenHash the hash of the refresh token that the sign-in was given */
    public void add(TokenFamily family, String refreshTokenHash, Instant now) {
        lock.lock();
        try {
            purge(now);
            byOrigin.put(family.originJti(), family);
            know(refreshTokenHash, family.originJti());
            originsByUser.computeIfAbsent(family.sub(), k -> new HashSet<>()).add(family.originJti());
            byAge.addLast(family);
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
            return revokedHashes.contains(hash);
        } finally {
            lock.unlock();
        }
    }

    public boolean alive(String originJti) {
        lock.lock();
        try {
            return byOrigin.containsKey(originJti);
        } finally {
            lock.unlock();
        }
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
        revokedHashes.addAll(hashesByOrigin.getOrDefault(originJti, Set.of()));
        while (revokedHashes.size() > REVOKED_MAX) {
            revokedHashes.removeFirst();
        }
    }

    private void forget(String originJti) {
        TokenFamily family = byOrigin.remove(originJti);
        if (family != null) {
            hashesByOrigin.getOrDefault(originJti, Set.of()).forEach(originByHash::remove);
            hashesByOrigin.remove(originJti);
            Set<String> origins = originsByUser.get(family.sub());
            if (origins != null && origins.remove(originJti) && origins.isEmpty()) {
                originsByUser.remove(family.sub());
            }
        }
    }
}
