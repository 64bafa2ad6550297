package io.pileus.cognito.idp;

import io.pileus.cognito.idp.state.ConfirmationCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a code that a user sends back is the one that was sent, in time, and not the end of a guessing game. */
final class CodeChecks {
    private CodeChecks() {}

    /** @param key what wrong codes are counted by */
    static void check(Realm realm, String key, @Nullable ConfirmationCode code, String given, Instant now) {
        if (realm.lockout() && realm.attempts().exhausted(key, Attempts.CODES_PER_HOUR, now)) {
            throw CognitoErrors.attemptLimit();
        }
        if (code == null || code.expired(now)) {
            throw CognitoErrors.codeExpired();
        }
        if (!code.matches(given)) {
            realm.attempts().count(key, now);
            throw CognitoErrors.codeMismatch();
        }
        realm.attempts().clear(key);
    }

    /** Counts a code that is asked for, and refuses when there have been too many. */
    static void countRequest(Realm realm, String key, Instant now) {
        if (realm.lockout() && realm.attempts().exhausted(key, Attempts.CODES_PER_HOUR, now)) {
            throw CognitoErrors.attemptLimit();
        }
        realm.attempts().count(key, now);
    }
}
