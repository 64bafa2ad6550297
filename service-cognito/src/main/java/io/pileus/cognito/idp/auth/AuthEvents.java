package io.pileus.cognito.idp.auth;

import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.model.UserPoolAddOnsType;
import io.pileus.cognito.idp.state.AuthEvent;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;

/** Records what AdminListUserAuthEvents shows, while the pool's threat protection is on. */
final class AuthEvents {
    private static final int KEPT = 100;

    private AuthEvents() {}

    /** How a sign-in ended: by its proofs, or before them because of where it came from. */
    enum Outcome {
        PASSED,
        FAILED,
        BLOCKED
    }

    /** @param challenge what was answered, right or wrong: {@code Password} or {@code Mfa} */
    static void record(Realm realm, SignIn signIn, User user, Outcome outcome, String challenge) {
        if (!on(signIn.pool())) {
            return;
        }
        AuthEvent event = new AuthEvent(
                realm.env().ids().uuid(),
                "SignIn",
                signIn.call().receivedAt(),
                outcome == Outcome.PASSED,
                challenge,
                signIn.ipAddress(),
                "",
                null,
                outcome == Outcome.BLOCKED);
        signIn.pool().users().note(user.username(), draft -> {
            draft.events.addFirst(event);
            while (draft.events.size() > KEPT) {
                draft.events.removeLast();
            }
        });
    }

    static boolean on(UserPool pool) {
        UserPoolAddOnsType addOns = pool.settings().userPoolAddOns();
        return addOns != null && !"OFF".equals(addOns.advancedSecurityMode());
    }
}
