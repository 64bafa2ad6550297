package io.pileus.cognito.idp.auth;

import io.pileus.cognito.idp.CognitoErrors;
import io.pileus.cognito.idp.state.Password;
import io.pileus.cognito.idp.state.User;
import java.util.Optional;

/** USER_PASSWORD_AUTH and ADMIN_USER_PASSWORD_AUTH: the password itself is sent. */
final class PasswordAuth {
    private final FirstFactor firstFactor;
    private final SignInCompletion completion;

    PasswordAuth(FirstFactor firstFactor, SignInCompletion completion) {
        this.firstFactor = firstFactor;
        this.completion = completion;
    }

    AuthStep initiate(SignIn signIn) {
        String login = firstFactor.requireUsername(signIn);
        String password = FirstFactor.required(signIn, "PASSWORD");
        Optional<User> user = firstFactor.find(signIn, login, Optional.of(password));
        return verify(signIn, user.orElseThrow(CognitoErrors::incorrectUsernameOrPassword), password);
    }

    /** As {@link #initiate}, without a secret hash: the page is the client. */
    AuthStep initiateHosted(SignIn signIn) {
        String login = FirstFactor.required(signIn, "USERNAME");
        String password = FirstFactor.required(signIn, "PASSWORD");
        Optional<User> user = firstFactor.find(signIn, login, Optional.of(password));
        return verify(signIn, user.orElseThrow(CognitoErrors::incorrectUsernameOrPassword), password);
    }

    AuthStep verify(SignIn signIn, User user, String password) {
        firstFactor.checkReady(signIn, user);
        firstFactor.checkLockout(signIn, user);
        Optional<Password> known = user.password();
        if (known.isEmpty() || !known.get().hash().matches(password)) {
            throw firstFactor.wrongPassword(signIn, user);
        }
        firstFactor.checkStatus(signIn, user);
        return completion.afterFirstFactor(signIn, signIn.origin(user), user);
    }
}
