package io.pileus.cognito.idp.auth;

import io.pileus.cognito.idp.CognitoErrors;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.crypto.Digests;
import io.pileus.cognito.idp.crypto.SrpServer;
import io.pileus.cognito.idp.crypto.SrpVerifier;
import io.pileus.cognito.idp.state.Password;
import io.pileus.cognito.idp.state.User;
import java.math.BigInteger;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** USER_SRP_AUTH: the password is proved and never sent. The session travels in the SECRET_BLOCK. */
final class SrpAuth {
    private final Realm realm;
    private final Challenges challenges;
    private final FirstFactor firstFactor;
    private final SignInCompletion completion;

    SrpAuth(Realm realm, Challenges challenges, FirstFactor firstFactor, SignInCompletion completion) {
        this.realm = realm;
        this.challenges = challenges;
        this.firstFactor = firstFactor;
        this.completion = completion;
    }

    AuthStep initiate(SignIn signIn) {
        String login = firstFactor.requireUsername(signIn);
        FirstFactor.required(signIn, "SRP_A");
        return challenge(signIn, login, firstFactor.find(signIn, login, Optional.empty()), Optional.empty());
    }

    /** PASSWORD_VERIFIER for a user, or one that looks alike for an unknown user. */
    AuthStep challenge(
            SignIn signIn, String login, Optional<User> user, Optional<List<ChallengeSession.CustomResult>> custom) {
        String identity =
                user.map(User::username).orElseGet(() -> signIn.pool().users().normalize(login));
        Optional<SrpVerifier> verifier = user.flatMap(User::password).map(Password::verifier);
        SrpServer server = SrpServer.answer(
                        verifier.orElseGet(() -> dummy(signIn, identity)),
                        FirstFactor.required(signIn, "SRP_A"),
                        realm.random())
                .orElseThrow(() -> CognitoErrors.invalidParameter("SRP_A is invalid."));
        byte[] secretBlock = new byte[768];
        realm.random().nextBytes(secretBlock);
        String encodedBlock = Base64.getEncoder().encodeToString(secretBlock);
        ChallengeSession.Origin origin = user.map(signIn::origin)
                .orElseGet(() -> new ChallengeSession.Origin(
                        signIn.pool().id(), signIn.client().id(), identity, "", "Authentication"));
        ChallengeSession.Srp state = new ChallengeSession.Srp(
                origin, server, secretBlock, identity, custom.orElse(null), verifier.isEmpty());
        realm.sessions()
                .put(
                        blockName(encodedBlock),
                        state,
                        signIn.call().receivedAt().plus(signIn.client().authSessionValidity()),
                        signIn.call().receivedAt());
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("SALT", server.saltHex());
        parameters.put("SECRET_BLOCK", encodedBlock);
        parameters.put("SRP_B", server.serverPublicHex());
        parameters.put("USERNAME", identity);
        parameters.put("USER_ID_FOR_SRP", identity);
        return new AuthStep.Challenge("PASSWORD_VERIFIER", "", parameters, List.of());
    }

    /** The salt of a user who does not exist is always the same, as a real one's would be. */
    private static SrpVerifier dummy(SignIn signIn, String identity) {
        byte[] salt = Digests.hmacSha256(signIn.pool().secret(), Digests.utf8(identity));
        BigInteger number = new BigInteger(1, java.util.Arrays.copyOf(salt, 16));
        return new SrpVerifier(number, BigInteger.TWO.pow(3000).add(number));
    }

    private static String blockName(String secretBlock) {
        return "srp:" + Base64.getEncoder().encodeToString(Digests.sha256(Digests.utf8(secretBlock)));
    }

    /** The answer to PASSWORD_VERIFIER: a right one goes on to the next step. */
    AuthStep respond(SignIn signIn, CustomAuth customAuth) {
        String username = FirstFactor.required(signIn, "USERNAME");
        FirstFactor.checkSecretHash(signIn, username);
        String timestamp = FirstFactor.required(signIn, "TIMESTAMP");
        String secretBlock = FirstFactor.required(signIn, "PASSWORD_CLAIM_SECRET_BLOCK");
        byte[] signature = decode(FirstFactor.required(signIn, "PASSWORD_CLAIM_SIGNATURE"));
        ChallengeSession state = realm.sessions()
                .take(blockName(secretBlock), signIn.call().receivedAt())
                .orElseThrow(CognitoErrors::invalidSession);
        if (!(state instanceof ChallengeSession.Srp srp)
                || !srp.origin().clientId().equals(signIn.client().id())) {
            throw CognitoErrors.invalidSession();
        }
        User user = signIn.pool().users().named(srp.identity()).orElseThrow(CognitoErrors::incorrectUsernameOrPassword);
        firstFactor.checkReady(signIn, user);
        if (srp.unknownUser()) {
            throw CognitoErrors.incorrectUsernameOrPassword();
        }
        firstFactor.checkLockout(signIn, user);
        if (!srp.server().verifies(signIn.pool().srpGroup(), srp.identity(), srp.secretBlock(), timestamp, signature)) {
            throw firstFactor.wrongPassword(signIn, user);
        }
        firstFactor.checkStatus(signIn, user);
        String device = signIn.parameter("DEVICE_KEY").orElse(srp.origin().deviceKey());
        if (srp.custom() != null) {
            return customAuth.afterSrp(signIn, srp, user);
        }
        return completion.afterFirstFactor(signIn, srp.origin().withDevice(device), user);
    }

    static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
