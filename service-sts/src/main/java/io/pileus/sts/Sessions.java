package io.pileus.sts;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Ids;
import io.pileus.iam.AccessKeyIds;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** The temporary credentials that have been issued, by access key id. Its lock guards the table. */
public final class Sessions {
    /** How many sessions are remembered; the oldest are forgotten first, and are then no longer valid. */
    private static final int SESSIONS_MAX = 100_000;

    private static final String TOKEN = "session-token";

    private final Ids ids;
    private final Seal seal;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Session> sessions = new LinkedHashMap<>();

    Sessions(Ids ids, Seal seal) {
        this.ids = ids;
        this.seal = seal;
    }

    /** What a session token turned out to be. */
    sealed interface Found {}

    record Valid(Session session) implements Found {}

    /** Ours, and past its time. */
    record Expired() implements Found {}

    /** Does not belong to the key, or was changed. */
    record Wrong() implements Found {}

    /** Neither key nor token is ours. */
    record Foreign() implements Found {}

    Session issue(
            Caller.Kind kind, Session.Principal principal, Session.Traits traits, Instant now, Duration duration) {
        String accessKeyId = AccessKeyIds.temporary(principal.account(), ids);
        // AWS answers whole seconds, and so the session ends on one.
        Instant expiration = Instant.ofEpochSecond(now.plus(duration).getEpochSecond());
        String token = seal.seal(TOKEN, accessKeyId + " " + expiration.getEpochSecond());
        Session session =
                new Session(accessKeyId, ids.alphanumeric(40), token, now, expiration, kind, principal, traits);
        lock.lock();
        try {
            if (sessions.size() >= SESSIONS_MAX) {
                sessions.values().removeIf(s -> !s.expiration().isAfter(now));
            }
            if (sessions.size() >= SESSIONS_MAX) {
                Iterator<String> oldest = sessions.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
            sessions.put(accessKeyId, session);
        } finally {
            lock.unlock();
        }
        return session;
    }

    /** The session of an access key, expired or not. */
    public Optional<Session> find(String accessKeyId) {
        lock.lock();
        try {
            return Optional.ofNullable(sessions.get(accessKeyId));
        } finally {
            lock.unlock();
        }
    }

    Found find(String accessKeyId, Optional<String> token, Instant now) {
        Optional<Session> session = find(accessKeyId);
        if (session.isEmpty()) {
            Optional<String> content = token.flatMap(t -> seal.open(TOKEN, t));
            if (content.isEmpty()) {
                return new Foreign();
            }
            return expirationIn(content.get()).isAfter(now) ? new Wrong() : new Expired();
        }
        if (!token.map(session.get().sessionToken()::equals).orElse(false)) {
            return new Wrong();
        }
        return session.get().expiration().isAfter(now) ? new Valid(session.get()) : new Expired();
    }

    private static Instant expirationIn(String content) {
        return Instant.ofEpochSecond(Long.parseLong(content.substring(content.indexOf(' ') + 1)));
    }

    /** All sessions in the order in which they were issued. */
    List<Session> all() {
        lock.lock();
        try {
            return List.copyOf(sessions.values());
        } finally {
            lock.unlock();
        }
    }

    /** Puts a session back that was saved; called in the order in which they were issued. */
    void restore(Session session) {
        lock.lock();
        try {
            sessions.put(session.accessKeyId(), session);
        } finally {
            lock.unlock();
        }
    }

    void forget(Predicate<AccountId> accounts) {
        lock.lock();
        try {
            sessions.values().removeIf(s -> accounts.test(s.principal().account()));
        } finally {
            lock.unlock();
        }
    }
}
