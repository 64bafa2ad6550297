package io.pileus.cognito.idp.auth;

import io.pileus.cognito.idp.CognitoErrors;
import io.pileus.cognito.idp.Messages;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.crypto.Digests;
import io.pileus.cognito.idp.model.CodeDeliveryDetailsType;
import io.pileus.cognito.idp.model.CodeMismatchException;
import io.pileus.cognito.idp.model.SignInPolicyType;
import io.pileus.cognito.idp.model.UserStatusType;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * USER_AUTH: the user chooses the first factor among those that the pool allows and the user can use.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-selection-sdk.html#authentication-flows-selection-choice">Choice-based
 *     authentication</a>
 */
final class ChoiceAuth {
    private static final String SELECT = "SELECT_CHALLENGE";
    private final Realm realm;
    private final Challenges challenges;
    private final FirstFactor firstFactor;
    private final Lockout lockout;
    private final PasswordAuth passwordAuth;
    private final SrpAuth srpAuth;
    private final MfaChallenges mfa;
    private final SignInCompletion completion;
    private final Passkeys passkeys;

    ChoiceAuth(
            Realm realm,
            Challenges challenges,
            FirstFactor firstFactor,
            Lockout lockout,
            PasswordAuth passwordAuth,
            SrpAuth srpAuth,
            MfaChallenges mfa,
            SignInCompletion completion,
            Passkeys passkeys) {
        this.realm = realm;
        this.challenges = challenges;
        this.firstFactor = firstFactor;
        this.lockout = lockout;
        this.passwordAuth = passwordAuth;
        this.srpAuth = srpAuth;
        this.mfa = mfa;
        this.completion = completion;
        this.passkeys = passkeys;
    }

    AuthStep initiate(SignIn signIn) {
        String login = firstFactor.requireUsername(signIn);
        if (!signIn.session().isEmpty()) {
            return afterSignUp(signIn, login);
        }
        Optional<User> user = firstFactor.find(signIn, login, Optional.empty());
        List<String> available = user.map(u -> available(signIn.pool(), u)).orElseGet(() -> simulated(signIn, login));
        String preferred = signIn.parameter("PREFERRED_CHALLENGE").orElse("");
        if (available.contains(preferred)) {
            return choose(signIn, login, user, preferred, available);
        }
        return challenges.open(
                signIn,
                SELECT,
                new ChallengeSession.SelectChallenge(origin(signIn, login, user), available, user.isEmpty()),
                Map.of(),
                available);
    }

    /** A user who has just confirmed need not prove anything again. */
    private AuthStep afterSignUp(SignIn signIn, String login) {
        ChallengeSession.JustConfirmed state = challenges.find(signIn, ChallengeSession.JustConfirmed.class);
        User user = challenges.user(signIn, state);
        if (signIn.pool().find(login).filter(u -> u.sub().equals(user.sub())).isEmpty()) {
            throw CognitoErrors.invalidSession();
        }
        firstFactor.checkStatus(signIn, user);
        challenges.close(signIn, state);
        return completion.authenticated(signIn, state.origin(), user);
    }

    private static ChallengeSession.Origin origin(SignIn signIn, String login, Optional<User> user) {
        return user.map(signIn::origin)
                .orElseGet(() -> new ChallengeSession.Origin(
                        signIn.pool().id(), signIn.client().id(), login, "", "Authentication"));
    }

    private static List<String> allowed(UserPool pool) {
        SignInPolicyType policy = pool.settings().policies().signInPolicy();
        return policy == null || policy.allowedFirstAuthFactors().isEmpty()
                ? List.of("PASSWORD")
                : policy.allowedFirstAuthFactors();
    }

    /** The challenges for a user; one with a temporary password has only that. */
    static List<String> available(UserPool pool, User user) {
        List<String> allowed = allowed(pool);
        List<String> available = new ArrayList<>();
        boolean settled = !user.is(UserStatusType.FORCE_CHANGE_PASSWORD);
        if (allowed.contains("PASSWORD") && user.password().isPresent()) {
            available.add("PASSWORD_SRP");
            available.add("PASSWORD");
        }
        boolean passkeySuffices = !"ON".equals(pool.settings().mfaConfiguration()) || Passkeys.multiFactor(pool, user);
        if (settled && allowed.contains("WEB_AUTHN") && !user.passkeys().isEmpty() && passkeySuffices) {
            available.add("WEB_AUTHN");
        }
        if (settled && allowed.contains("EMAIL_OTP") && user.attributes().containsKey("email")) {
            available.add("EMAIL_OTP");
        }
        if (settled && allowed.contains("SMS_OTP") && user.attributes().containsKey("phone_number")) {
            available.add("SMS_OTP");
        }
        return available;
    }

    private static List<String> simulated(SignIn signIn, String login) {
        List<String> allowed = allowed(signIn.pool());
        List<String> available = new ArrayList<>();
        if (allowed.contains("PASSWORD")) {
            available.add("PASSWORD_SRP");
            available.add("PASSWORD");
        }
        if (allowed.contains("EMAIL_OTP") && login.indexOf('@') > 0) {
            available.add("EMAIL_OTP");
        }
        if (allowed.contains("SMS_OTP") && login.startsWith("+")) {
            available.add("SMS_OTP");
        }
        return available;
    }

    /** SELECT_CHALLENGE. */
    AuthStep select(SignIn signIn) {
        ChallengeSession.SelectChallenge state = challenges.find(signIn, ChallengeSession.SelectChallenge.class);
        FirstFactor.checkSecretHash(signIn, FirstFactor.required(signIn, "USERNAME"));
        String answer = FirstFactor.required(signIn, "ANSWER");
        if (!state.available().contains(answer)) {
            throw CognitoErrors.invalidParameter("Invalid challenge selected.");
        }
        Optional<User> user = state.unknownUser() ? Optional.empty() : Optional.of(challenges.user(signIn, state));
        challenges.close(signIn, state);
        return choose(signIn, state.origin().username(), user, answer, state.available());
    }

    private AuthStep choose(
            SignIn signIn, String login, Optional<User> user, String challenge, List<String> available) {
        return switch (challenge) {
            case "PASSWORD" -> {
                Optional<String> password = signIn.parameter("PASSWORD");
                if (password.isEmpty()) {
                    yield challenges.open(
                            signIn,
                            "PASSWORD",
                            new ChallengeSession.AwaitPassword(origin(signIn, login, user), user.isEmpty()),
                            Map.of(),
                            available);
                }
                yield passwordAuth.verify(
                        signIn, user.orElseThrow(CognitoErrors::incorrectUsernameOrPassword), password.get());
            }
            case "PASSWORD_SRP" -> srpAuth.challenge(signIn, login, user, Optional.empty());
            case "WEB_AUTHN" -> passkeys.challenge(signIn, user.orElseThrow(CognitoErrors::invalidSession), available);
            default -> sendCode(signIn, login, user, challenge, available);
        };
    }

    /** PASSWORD, chosen before it was sent. */
    AuthStep password(SignIn signIn) {
        ChallengeSession.AwaitPassword state = challenges.find(signIn, ChallengeSession.AwaitPassword.class);
        FirstFactor.checkSecretHash(signIn, FirstFactor.required(signIn, "USERNAME"));
        String password = FirstFactor.required(signIn, "PASSWORD");
        if (state.unknownUser()) {
            throw CognitoErrors.incorrectUsernameOrPassword();
        }
        return passwordAuth.verify(signIn, challenges.user(signIn, state), password);
    }

    private AuthStep sendCode(
            SignIn signIn, String login, Optional<User> user, String challenge, List<String> available) {
        String attribute = challenge.equals("EMAIL_OTP") ? "email" : "phone_number";
        String code = user.isPresent() ? realm.env().ids().digits(8) : "";
        CodeDeliveryDetailsType delivery = user.map(u -> mfa.sendCode(signIn, u, attribute, code))
                .orElseGet(() -> Messages.delivery(attribute, login));
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("CODE_DELIVERY_DELIVERY_MEDIUM", delivery.deliveryMedium());
        parameters.put("CODE_DELIVERY_DESTINATION", delivery.destination());
        return challenges.open(
                signIn,
                challenge,
                new ChallengeSession.FirstFactorCode(origin(signIn, login, user), challenge, code),
                parameters,
                available);
    }

    /** EMAIL_OTP or SMS_OTP as the first factor; a right code verifies the attribute as well. */
    AuthStep code(SignIn signIn, ChallengeSession.FirstFactorCode state) {
        FirstFactor.checkSecretHash(signIn, FirstFactor.required(signIn, "USERNAME"));
        String code = FirstFactor.required(signIn, state.challenge() + "_CODE");
        if (state.code().isEmpty()) {
            throw CodeMismatchException.of("Invalid code or auth state for the user.");
        }
        User user = challenges.user(signIn, state);
        lockout.check(signIn, user);
        if (!Digests.equal(state.code(), code)) {
            lockout.failed(signIn, user, "Mfa");
            throw CodeMismatchException.of("Invalid code or auth state for the user.");
        }
        firstFactor.checkStatus(signIn, user);
        challenges.close(signIn, state);
        String verified = state.challenge().equals("EMAIL_OTP") ? "email_verified" : "phone_number_verified";
        User after = signIn.pool()
                .users()
                .note(user.username(), draft -> draft.attributes.put(verified, "true"))
                .orElse(user);
        return completion.authenticated(signIn, state.origin(), after);
    }
}
