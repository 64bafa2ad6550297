package io.pileus.cognito.idp.auth;

import io.pileus.cognito.idp.CognitoErrors;
import io.pileus.cognito.idp.Messages;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.crypto.Totp;
import io.pileus.cognito.idp.model.CodeDeliveryDetailsType;
import io.pileus.cognito.idp.model.CodeMismatchException;
import io.pileus.cognito.idp.model.ExpiredCodeException;
import io.pileus.cognito.idp.model.SoftwareTokenMFANotFoundException;
import io.pileus.cognito.idp.state.Mfa;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.shape.JsonTrees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Second factors: which one a user is asked for, and whether the answer is right.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html">Adding MFA to a
 *     user pool</a>
 */
final class MfaChallenges {
    private final Realm realm;
    private final Challenges challenges;
    private final Messages messages;
    private final Lockout lockout;

    MfaChallenges(Realm realm, Challenges challenges, Messages messages, Lockout lockout) {
        this.realm = realm;
        this.challenges = challenges;
        this.messages = messages;
        this.lockout = lockout;
    }

    /** The challenge that the user must pass; empty when none is wanted. */
    Optional<AuthStep> challenge(SignIn signIn, ChallengeSession.Origin origin, User user) {
        String mode = signIn.pool().settings().mfaConfiguration();
        if (mode == null || mode.equals("OFF")) {
            return Optional.empty();
        }
        List<String> usable = usable(signIn.pool(), user);
        if (usable.isEmpty()) {
            return mode.equals("ON") ? Optional.of(setup(signIn, origin, user)) : Optional.empty();
        }
        Optional<String> preferred = user.mfa().preference().filter(usable::contains);
        if (usable.size() == 1 || preferred.isPresent()) {
            return Optional.of(ask(signIn, origin, user, preferred.orElse(usable.getFirst())));
        }
        return Optional.of(challenges.open(
                signIn,
                "SELECT_MFA_TYPE",
                new ChallengeSession.SelectMfa(origin, usable),
                Map.of(
                        "MFAS_CAN_CHOOSE",
                        JsonTrees.mapper().valueToTree(usable).toString(),
                        "USER_ID_FOR_SRP",
                        user.username())));
    }

    /** The factors that the pool has and the user can use; where MFA is on, a telephone number is enough for SMS. */
    private static List<String> usable(UserPool pool, User user) {
        List<String> offered = offered(pool);
        List<String> usable = new ArrayList<>(user.mfa().enabled());
        boolean phone = user.attributes().containsKey("phone_number");
        boolean email = user.attributes().containsKey("email");
        if ("ON".equals(pool.settings().mfaConfiguration()) && usable.isEmpty()) {
            if (user.verified("phone_number")) {
                usable.add(Mfa.SMS);
            }
            if (user.verified("email")) {
                usable.add(Mfa.EMAIL);
            }
        }
        usable.removeIf(factor ->
                !offered.contains(factor) || factor.equals(Mfa.SMS) && !phone || factor.equals(Mfa.EMAIL) && !email);
        return usable;
    }

    static List<String> offered(UserPool pool) {
        List<String> offered = new ArrayList<>();
        if (pool.mfa().sms().isPresent() || pool.settings().smsConfiguration() != null) {
            offered.add(Mfa.SMS);
        }
        if (pool.mfa().softwareToken()) {
            offered.add(Mfa.TOTP);
        }
        if (pool.mfa().email().isPresent()) {
            offered.add(Mfa.EMAIL);
        }
        return offered;
    }

    private AuthStep setup(SignIn signIn, ChallengeSession.Origin origin, User user) {
        List<String> offered = offered(signIn.pool());
        return challenges.open(
                signIn,
                "MFA_SETUP",
                new ChallengeSession.MfaSetup(origin, offered, "", false),
                Map.of(
                        "MFAS_CAN_SETUP",
                        JsonTrees.mapper().valueToTree(offered).toString(),
                        "USER_ID_FOR_SRP",
                        user.username()));
    }

    private AuthStep ask(SignIn signIn, ChallengeSession.Origin origin, User user, String factor) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("USER_ID_FOR_SRP", user.username());
        if (factor.equals(Mfa.TOTP)) {
            return challenges.open(signIn, factor, new ChallengeSession.MfaCode(origin, factor, ""), parameters);
        }
        String attribute = factor.equals(Mfa.SMS) ? "phone_number" : "email";
        String code = realm.env().ids().digits(6);
        CodeDeliveryDetailsType delivery = sendCode(signIn, user, attribute, code);
        parameters.put("CODE_DELIVERY_DELIVERY_MEDIUM", delivery.deliveryMedium());
        parameters.put("CODE_DELIVERY_DESTINATION", delivery.destination());
        return challenges.open(signIn, factor, new ChallengeSession.MfaCode(origin, factor, code), parameters);
    }

    CodeDeliveryDetailsType sendCode(SignIn signIn, User user, String attribute, String code) {
        return messages.send(
                new Messages.Letter(
                        signIn.pool(),
                        signIn.client().id(),
                        user,
                        Messages.Kind.AUTHENTICATION,
                        attribute,
                        user.attributes().get(attribute),
                        code,
                        signIn.clientMetadata()),
                signIn.call());
    }

    /** SELECT_MFA_TYPE. */
    AuthStep select(SignIn signIn) {
        ChallengeSession.SelectMfa state = challenges.find(signIn, ChallengeSession.SelectMfa.class);
        FirstFactor.checkSecretHash(signIn, FirstFactor.required(signIn, "USERNAME"));
        String answer = FirstFactor.required(signIn, "ANSWER");
        if (!state.choices().contains(answer)) {
            throw CognitoErrors.invalidParameter("Invalid MFA type selected.");
        }
        User user = challenges.user(signIn, state);
        challenges.close(signIn, state);
        return ask(signIn, state.origin(), user, answer);
    }

    /**
     * SMS_MFA, EMAIL_OTP and SOFTWARE_TOKEN_MFA: returns the user when the code is right. A code that was sent verifies
     * the address that it was sent to. Wrong ones lock the user out in the end.
     */
    User verify(SignIn signIn, String challenge, ChallengeSession.MfaCode state, User user) {
        if (!state.challenge().equals(challenge)) {
            throw CognitoErrors.invalidSession();
        }
        String code = FirstFactor.required(signIn, challenge + "_CODE");
        lockout.check(signIn, user);
        if (challenge.equals(Mfa.TOTP)) {
            verifyTotp(signIn, user, code);
        } else if (!io.pileus.cognito.idp.crypto.Digests.equal(state.code(), code)) {
            lockout.failed(signIn, user, "Mfa");
            throw CodeMismatchException.of("Invalid code or auth state for the user.");
        }
        challenges.close(signIn, state);
        return verified(signIn, challenge, user);
    }

    private static User verified(SignIn signIn, String challenge, User user) {
        Optional<String> attribute = switch (challenge) {
            case Mfa.SMS -> Optional.of("phone_number");
            case Mfa.EMAIL -> Optional.of("email");
            default -> Optional.empty();
        };
        return attribute
                .filter(name -> !user.verified(name))
                .flatMap(name -> signIn.pool()
                        .users()
                        .note(user.username(), draft -> draft.attributes.put(name + "_verified", "true")))
                .orElse(user);
    }

    private void verifyTotp(SignIn signIn, User user, String code) {
        if (user.mfa().totpSecret().isEmpty()) {
            throw SoftwareTokenMFANotFoundException.of("Software Token MFA has not been enabled by the userPool");
        }
        OptionalLong step =
                Totp.verify(user.mfa().totpSecret(), code, signIn.call().receivedAt(), Long.MIN_VALUE);
        if (step.isEmpty()) {
            lockout.failed(signIn, user, "Mfa");
            throw CodeMismatchException.of("Invalid code received for user");
        }
        AtomicBoolean replay = new AtomicBoolean();
        signIn.pool().users().note(user.username(), draft -> {
            if (draft.mfa.totpLastStep() >= step.getAsLong()) {
                replay.set(true);
            } else {
                draft.mfa = draft.mfa.withTotpStep(step.getAsLong());
            }
        });
        if (replay.get()) {
            throw ExpiredCodeException.of("Your software token has already been used once.");
        }
    }
}
