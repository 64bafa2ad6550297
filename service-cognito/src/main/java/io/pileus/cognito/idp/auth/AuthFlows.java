package io.pileus.cognito.idp.auth;

import io.pileus.cognito.idp.CognitoErrors;
import io.pileus.cognito.idp.Messages;
import io.pileus.cognito.idp.PasswordPolicy;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.model.AuthenticationResultType;
import io.pileus.cognito.idp.model.UserStatusType;
import io.pileus.cognito.idp.state.AppClient;
import io.pileus.cognito.idp.state.Mfa;
import io.pileus.cognito.idp.state.Password;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.cognito.idp.tokens.TokenIssuer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts sign-ins and takes the answers to their challenges. */
public final class AuthFlows {
    private final Realm realm;
    private final Challenges challenges;
    private final FirstFactor firstFactor;
    private final PasswordAuth passwordAuth;
    private final SrpAuth srpAuth;
    private final CustomAuth customAuth;
    private final ChoiceAuth choiceAuth;
    private final RefreshAuth refreshAuth;
    private final DeviceAuth deviceAuth;
    private final MfaChallenges mfa;
    private final SignInCompletion completion;
    private final Passkeys passkeys;
    private final UserMigration migration;

    public AuthFlows(Realm realm, Messages messages, TokenIssuer issuer) {
        this.realm = realm;
        this.challenges = new Challenges(realm);
        this.migration = new UserMigration(realm, messages);
        Lockout lockout = new Lockout(realm);
        this.firstFactor = new FirstFactor(realm, migration, lockout);
        this.mfa = new MfaChallenges(realm, challenges, messages, lockout);
        this.completion = new SignInCompletion(realm, challenges, mfa, issuer, lockout);
        this.passkeys = new Passkeys(realm, challenges);
        passkeys.completeWith(completion);
        this.passwordAuth = new PasswordAuth(firstFactor, completion);
        this.srpAuth = new SrpAuth(realm, challenges, firstFactor, completion);
        this.customAuth = new CustomAuth(realm, challenges, firstFactor, completion);
        this.choiceAuth = new ChoiceAuth(
                realm, challenges, firstFactor, lockout, passwordAuth, srpAuth, mfa, completion, passkeys);
        this.refreshAuth = new RefreshAuth(realm, issuer);
        this.deviceAuth = new DeviceAuth(realm, challenges, completion);
    }

    public Challenges challenges() {
        return challenges;
    }

    public RefreshAuth refreshAuth() {
        return refreshAuth;
    }

    public Passkeys passkeys() {
        return passkeys;
    }

    public UserMigration migration() {
        return migration;
    }

    /** InitiateAuth and AdminInitiateAuth. */
    public AuthStep initiate(SignIn signIn, String flow) {
        AppClient client = signIn.client();
        return switch (flow) {
            case "USER_SRP_AUTH" -> {
                require(client, "ALLOW_USER_SRP_AUTH", "USER_SRP_AUTH is not enabled for the client.");
                yield srpAuth.initiate(signIn);
            }
            case "USER_PASSWORD_AUTH" -> {
                require(client, "ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH flow not enabled for this client");
                yield passwordAuth.initiate(signIn);
            }
            case "ADMIN_NO_SRP_AUTH", "ADMIN_USER_PASSWORD_AUTH" -> {
                if (!signIn.admin()) {
                    throw CognitoErrors.invalidParameter("Initiate Auth method not supported.");
                }
                require(client, "ALLOW_ADMIN_USER_PASSWORD_AUTH", "Auth flow not enabled for this client");
                yield passwordAuth.initiate(signIn);
            }
            case "REFRESH_TOKEN", "REFRESH_TOKEN_AUTH" -> {
                if (!client.rotatesRefreshTokens()) {
                    require(client, "ALLOW_REFRESH_TOKEN_AUTH", "Auth flow not enabled for this client");
                }
                yield refreshAuth.initiate(signIn);
            }
            case "CUSTOM_AUTH" -> {
                require(client, "ALLOW_CUSTOM_AUTH", "CUSTOM_AUTH is not enabled for the client.");
                yield customAuth.initiate(signIn, srpAuth);
            }
            case "USER_AUTH" -> {
                require(client, "ALLOW_USER_AUTH", "USER_AUTH is not enabled for the client.");
                yield choiceAuth.initiate(signIn);
            }
            default -> throw CognitoErrors.invalidParameter("Initiate Auth method not supported.");
        };
    }

    /** What a user could sign in by with USER_AUTH. */
    public List<String> firstFactors(UserPool pool, User user) {
        return ChoiceAuth.available(pool, user).stream()
                .filter(factor -> !factor.equals("PASSWORD_SRP"))
                .toList();
    }

    /** A password on the OAuth2 pages, which every client may use. */
    public AuthStep hostedPassword(SignIn signIn) {
        return passwordAuth.initiateHosted(signIn);
    }

    /** Somebody who has signed up or confirmed on the OAuth2 pages: they need no password again, but the second factor. */
    public AuthStep hostedSignUp(SignIn signIn, User user) {
        return mfa.challenge(signIn, signIn.origin(user), user)
                .orElseGet(() -> new AuthStep.Authenticated(
                        user.username(),
                        Optional.empty(),
                        AuthenticationResultType.builder().build()));
    }

    /** The answer to DEVICE_SRP_AUTH on the OAuth2 pages: the password that a browser keeps for a user's device. */
    public AuthStep hostedDevice(SignIn signIn, String devicePassword) {
        return deviceAuth.provePassword(signIn, devicePassword);
    }

    private static void require(AppClient client, String flow, String message) {
        if (!client.allows(flow)) {
            throw CognitoErrors.invalidParameter(message);
        }
    }

    /** RespondToAuthChallenge and AdminRespondToAuthChallenge. */
    public AuthStep respond(SignIn signIn, String challenge) {
        return switch (challenge) {
            case "PASSWORD_VERIFIER" -> srpAuth.respond(signIn, customAuth);
            case "CUSTOM_CHALLENGE" -> customAuth.respond(signIn);
            case "NEW_PASSWORD_REQUIRED" -> newPassword(signIn);
            case "SELECT_MFA_TYPE" -> mfa.select(signIn);
            case "MFA_SETUP" -> mfaSetup(signIn);
            case "SELECT_CHALLENGE" -> choiceAuth.select(signIn);
            case "PASSWORD" -> choiceAuth.password(signIn);
            case "WEB_AUTHN" -> passkeys.respond(signIn);
            case "DEVICE_SRP_AUTH" -> deviceAuth.start(signIn);
            case "DEVICE_PASSWORD_VERIFIER" -> deviceAuth.verify(signIn);
            case Mfa.SMS, Mfa.TOTP, Mfa.EMAIL, "SMS_OTP" -> code(signIn, challenge);
            default -> throw CognitoErrors.invalidParameter("Challenge " + challenge + " is not supported.");
        };
    }

    /** A code: the first factor of USER_AUTH or a second factor, as the session knows. */
    private AuthStep code(SignIn signIn, String challenge) {
        ChallengeSession open = challenges.find(signIn, ChallengeSession.class);
        if (open instanceof ChallengeSession.FirstFactorCode first
                && first.challenge().equals(challenge)) {
            return choiceAuth.code(signIn, first);
        }
        if (!(open instanceof ChallengeSession.MfaCode second)) {
            throw CognitoErrors.invalidSession();
        }
        checkSecretHash(signIn);
        User user = challenges.user(signIn, second);
        return completion.authenticated(signIn, second.origin(), mfa.verify(signIn, challenge, second, user));
    }

    private static void checkSecretHash(SignIn signIn) {
        FirstFactor.checkSecretHash(signIn, FirstFactor.required(signIn, "USERNAME"));
    }

    /** NEW_PASSWORD_REQUIRED: the password and the attributes that were missing. */
    private AuthStep newPassword(SignIn signIn) {
        checkSecretHash(signIn);
        String text = FirstFactor.required(signIn, "NEW_PASSWORD");
        ChallengeSession.NewPassword state = challenges.find(signIn, ChallengeSession.NewPassword.class);
        User user = challenges.user(signIn, state);
        PasswordPolicy.checkChange(signIn.pool().passwordPolicy(), text);
        PasswordPolicy.checkHistory(signIn.pool().passwordPolicy(), user, text);
        Map<String, String> attributes = new LinkedHashMap<>();
        signIn.parameters().forEach((name, value) -> {
            if (name.startsWith("userAttributes.")) {
                attributes.put(name.substring("userAttributes.".length()), value);
            }
        });
        signIn.pool().schema().checkChange(attributes);
        for (String name : attributes.keySet()) {
            if (name.equals("email_verified") || name.equals("phone_number_verified")) {
                throw CognitoErrors.notAuthorized("Cannot modify the attribute " + name);
            }
            boolean changed = user.attribute(name)
                    .filter(old -> !old.equals(attributes.get(name)))
                    .isPresent();
            boolean fixed = signIn.pool().usernameIs(name) || isVerifiedAddress(user, name);
            if (changed && fixed) {
                throw CognitoErrors.notAuthorized("Cannot modify an already provided " + name);
            }
        }
        Map<String, String> all = new LinkedHashMap<>(user.attributes());
        all.putAll(attributes);
        signIn.pool().schema().checkRequired(all);
        challenges.close(signIn, state);
        Password password = Password.permanent(
                signIn.pool().srpGroup(), user.username(), text, signIn.call().receivedAt(), realm.random());
        Optional<User> changed = signIn.pool()
                .users()
                .update(user.username(), signIn.call().receivedAt(), draft -> {
                    draft.attributes.putAll(attributes);
                    draft.replacePassword(password);
                    draft.status = UserStatusType.CONFIRMED;
                });
        return completion.afterPassword(signIn, state.origin(), changed.orElse(user));
    }

    private static boolean isVerifiedAddress(User user, String name) {
        return (name.equals("email") || name.equals("phone_number")) && user.verified(name);
    }

    /** MFA_SETUP, after AssociateSoftwareToken and VerifySoftwareToken with its session. */
    private AuthStep mfaSetup(SignIn signIn) {
        checkSecretHash(signIn);
        ChallengeSession.MfaSetup state = challenges.find(signIn, ChallengeSession.MfaSetup.class);
        if (!state.totpVerified()) {
            throw CognitoErrors.invalidParameter("User has not verified software token mfa");
        }
        User user = challenges.user(signIn, state);
        challenges.close(signIn, state);
        return completion.authenticated(signIn, state.origin(), user);
    }
}
