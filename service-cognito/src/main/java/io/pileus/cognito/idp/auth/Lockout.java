package io.pileus.cognito.idp.auth;

import io.pileus.cognito.idp.CognitoErrors;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.state.FailedSignIns;
import io.pileus.cognito.idp.state.User;
import java.time.Instant;

/**
 * Wrong passwords and wrong codes lock a user out for a while; both count towards the same lockout, and only a sign-in
 * that succeeds ends it early: a right password before a wrong code does not.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html">Adding MFA to a
 *     user pool</a>
 */
final class Lockout {
    private final Realm realm;

    Lockout(Realm realm) {
        this.realm = realm;
    }

    void check(SignIn signIn, User user) {
        if (realm.lockout() && user.failedSignIns().locked(signIn.call().receivedAt())) {
            throw CognitoErrors.notAuthorized("Password attempts exceeded");
        }
    }

    /** @param factor what was wrong, as the user's sign-in events name it: {@code Password} or {@code Mfa} */
    void failed(SignIn signIn, User user, String factor) {
        Instant now = signIn.call().receivedAt();
        signIn.pool().users().note(user.username(), draft -> draft.failedSignIns = draft.failedSignIns.next(now));
        AuthEvents.record(realm, signIn, user, AuthEvents.Outcome.FAILED, factor);
    }

    void succeeded(SignIn signIn, User user) {
        if (user.failedSignIns().count() > 0) {
            signIn.pool().users().note(user.username(), draft -> draft.failedSignIns = FailedSignIns.NONE);
        }
    }
}
