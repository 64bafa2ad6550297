package io.pileus.cognito.idp.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.cognito.idp.CognitoErrors;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.model.UserStatusType;
import io.pileus.cognito.idp.state.Password;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.triggers.Trigger;
import io.pileus.cognito.idp.triggers.Triggers;
import io.pileus.core.service.AwsException;
import java.time.Duration;
import java.util.Optional;

/** What all first factors share: finding the user, the pre authentication and migration triggers, lockout, status checks. */
final class FirstFactor {
    private final Realm realm;
    private final UserMigration migration;
    private final Lockout lockout;

    FirstFactor(Realm realm, UserMigration migration, Lockout lockout) {
        this.realm = realm;
        this.lockout = lockout;
        this.migration = migration;
    }

    String requireUsername(SignIn signIn) {
        String username = required(signIn, "USERNAME");
        checkSecretHash(signIn, username);
        return username;
    }

    static String required(SignIn signIn, String name) {
        return signIn.parameter(name)
                .orElseThrow(() -> CognitoErrors.invalidParameter("Missing required parameter " + name));
    }

    static void checkSecretHash(SignIn signIn, String username) {
        SecretHashes.check(signIn, username);
    }

    /**
     * The user who wants to sign in; one that a migration trigger knows is created on the way when the password is at
     * hand. Calls the pre authentication trigger.
     *
     * @return empty when there is none and the client must not learn that
     */
    Optional<User> find(SignIn signIn, String login, Optional<String> password) {
        Optional<User> user = signIn.pool().find(login);
        if (user.isEmpty() && password.isPresent()) {
            user = migration.migrate(signIn, login, password.get());
        }
        if (user.isEmpty() && !signIn.client().hidesUserExistence()) {
            throw CognitoErrors.userNotFound();
        }
        preAuthentication(signIn, login, user);
        return user;
    }

    private void preAuthentication(SignIn signIn, String login, Optional<User> user) {
        if (!realm.triggers().has(signIn.pool(), Trigger.PRE_AUTHENTICATION)) {
            return;
        }
        String source = "PreAuthentication_Authentication";
        Triggers.Event event = user.map(u -> Triggers.Event.about(
                        signIn.pool(), source, u, signIn.client().id()))
                .orElseGet(() -> Triggers.Event.named(
                        signIn.pool(), source, login, signIn.client().id()));
        event.putUnlessEmpty("validationData", signIn.validationData());
        if (user.isEmpty()) {
            event.request().put("userNotFound", true);
        }
        Optional<JsonNode> ignored = realm.triggers().call(Trigger.PRE_AUTHENTICATION, event, signIn.call());
    }

    void checkLockout(SignIn signIn, User user) {
        lockout.check(signIn, user);
    }

    AwsException wrongPassword(SignIn signIn, User user) {
        lockout.failed(signIn, user, "Password");
        return CognitoErrors.incorrectUsernameOrPassword();
    }

    /**
     * Says what a user must do before a password counts at all: Cognito tells this whether the password is right or not. A
     * client that must not learn about users learns of a reset, or that the user is disabled, only by the right password;
     * imported users have none.
     *
     * @see <a href="https://github.com/amazon-archives/amazon-cognito-identity-js/issues/288">Cognito's developers on
     *     unconfirmed users</a>
     */
    void checkReady(SignIn signIn, User user) {
        if (!user.enabled() && !signIn.client().hidesUserExistence()) {
            throw CognitoErrors.userDisabled();
        }
        if (user.is(UserStatusType.UNCONFIRMED)) {
            throw CognitoErrors.userNotConfirmed();
        }
        if (user.is(UserStatusType.RESET_REQUIRED) && !signIn.client().hidesUserExistence()) {
            throw CognitoErrors.passwordResetRequired();
        }
    }

    /** Says what a user with the right password must still do before signing in. */
    void checkStatus(SignIn signIn, User user) {
        if (!user.enabled()) {
            throw CognitoErrors.userDisabled();
        }
        if (user.is(UserStatusType.UNCONFIRMED)) {
            throw CognitoErrors.userNotConfirmed();
        }
        if (user.is(UserStatusType.RESET_REQUIRED)) {
            throw CognitoErrors.passwordResetRequired();
        }
        if (user.is(UserStatusType.FORCE_CHANGE_PASSWORD)) {
            user.password().ifPresent(password -> checkTemporaryPassword(signIn, password));
        }
    }

    private static void checkTemporaryPassword(SignIn signIn, Password password) {
        Integer days = signIn.pool().passwordPolicy().temporaryPasswordValidityDays();
        Duration validity = Duration.ofDays(days == null || days == 0 ? 7 : days);
        if (!signIn.call().receivedAt().isBefore(password.setAt().plus(validity))) {
            throw CognitoErrors.notAuthorized("Temporary password has expired and must be reset by an administrator.");
        }
    }
}
