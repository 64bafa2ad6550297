package io.pileus.cognito.idp.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
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

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, TokenFamily> byOrigin = new HashMap<>();
    private final Map<String, String> originByHash = new HashMap<>();
    private final Map<String, Set<String>> originsByUser = new HashMap<>();
    private final ArrayDeque<TokenFamily> byAge = new ArrayDeque<>();

    public void add(TokenFamily family, Instant now) {
        lock.lock();
        try {
            purge(now);
            byOrigin.put(family.originJti(), family);
            originByHash.put(family.refreshTokenHash(), family.originJti());
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

    public boolean alive(String originJti) {
        lock.lock();
        try {
            return byOrigin.containsKey(originJti);
        } finally {
            lock.unlock();
        }
    }

    /** Puts a new refresh token in the place of the current one; false when someone else has done so meanwhile. */
    public boolean rotate(TokenFamily seen, String newHash, Instant oldUsableUntil) {
        lock.lock();
        try {
            TokenFamily current = byOrigin.get(seen.originJti());
            if (current == null) {
                return false;
            }
            current.retired().ifPresent(old -> originByHash.remove(old.hash()));
            TokenFamily next = current.rotated(newHash, oldUsableUntil);
            byOrigin.put(next.originJti(), next);
            originByHash.put(newHash, next.originJti());
            return true;
        } finally {
            lock.unlock();
        }
    }

    public void revoke(String originJti) {
        lock.lock();
        try {
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

    private void forget(String originJti) {
        TokenFamily family = byOrigin.remove(originJti);
        if (family != null) {
            originByHash.remove(family.refreshTokenHash());
            family.retired().ifPresent(old -> originByHash.remove(old.hash()));
            Set<String> origins = originsByUser.get(family.sub());
            if (origins != null && origins.remove(originJti) && origins.isEmpty()) {
                originsByUser.remove(family.sub());
            }
        }
    }
}
