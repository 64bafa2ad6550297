package io.pileus.cognito.idp.auth;

import io.pileus.cognito.idp.CognitoErrors;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.crypto.SrpServer;
import io.pileus.cognito.idp.state.Device;
import io.pileus.cognito.idp.state.User;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER: a remembered device proves itself, and a second factor is not asked for. The
 * OAuth2 pages, which are the client and keep the device's password in a cookie, prove it without SRP.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html">Working
 *     with user devices</a>
 */
final class DeviceAuth {
    private final Realm realm;
    private final Challenges challenges;
    private final SignInCompletion completion;

    DeviceAuth(Realm realm, Challenges challenges, SignInCompletion completion) {
        this.realm = realm;
        this.challenges = challenges;
        this.completion = completion;
    }

    AuthStep start(SignIn signIn) {
        ChallengeSession.DeviceSrp state = challenges.find(signIn, ChallengeSession.DeviceSrp.class);
        User user = challenges.user(signIn, state);
        String key = FirstFactor.required(signIn, "DEVICE_KEY");
        Device device = user.devices().get(key);
        if (device == null || !key.equals(state.deviceKey())) {
            throw CognitoErrors.notAuthorized("Device does not exist.");
        }
        SrpServer server = SrpServer.answer(
                        device.verifier().orElseThrow(CognitoErrors::invalidSession),
                        FirstFactor.required(signIn, "SRP_A"),
                        realm.random())
                .orElseThrow(() -> CognitoErrors.invalidParameter("SRP_A is invalid."));
        challenges.close(signIn, state);
        byte[] secretBlock = new byte[512];
        realm.random().nextBytes(secretBlock);
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("SALT", server.saltHex());
        parameters.put("SECRET_BLOCK", Base64.getEncoder().encodeToString(secretBlock));
        parameters.put("SRP_B", server.serverPublicHex());
        parameters.put("USERNAME", user.username());
        parameters.put("DEVICE_KEY", key);
        return challenges.open(
                signIn,
                "DEVICE_PASSWORD_VERIFIER",
                new ChallengeSession.DeviceVerifier(state.origin(), key, server, secretBlock),
                parameters);
    }

    /** The device of a browser; where the password is not its own any more, the second factor is asked for. */
    AuthStep provePassword(SignIn signIn, String password) {
        ChallengeSession.DeviceSrp state = challenges.find(signIn, ChallengeSession.DeviceSrp.class);
        User user = challenges.user(signIn, state);
        challenges.close(signIn, state);
        boolean proved = Optional.ofNullable(user.devices().get(state.deviceKey()))
                .flatMap(device ->
                        device.verifier().filter(verifier -> verifier.isOf(device.groupKey(), device.key(), password)))
                .isPresent();
        return proved
                ? completion.authenticated(signIn, state.origin(), user)
                : completion.secondFactor(signIn, state.origin().withDevice(""), user);
    }

    AuthStep verify(SignIn signIn) {
        ChallengeSession.DeviceVerifier state = challenges.find(signIn, ChallengeSession.DeviceVerifier.class);
        User user = challenges.user(signIn, state);
        byte[] block = SrpAuth.decode(FirstFactor.required(signIn, "PASSWORD_CLAIM_SECRET_BLOCK"));
        byte[] signature = SrpAuth.decode(FirstFactor.required(signIn, "PASSWORD_CLAIM_SIGNATURE"));
        String timestamp = FirstFactor.required(signIn, "TIMESTAMP");
        Device device = user.devices().get(state.deviceKey());
        challenges.close(signIn, state);
        boolean proved = device != null
                && java.util.Arrays.equals(block, state.secretBlock())
                && state.server().verifies(device.groupKey(), device.key(), state.secretBlock(), timestamp, signature);
        if (!proved) {
            throw CognitoErrors.incorrectUsernameOrPassword();
        }
        return completion.authenticated(signIn, state.origin().withTokenSource("AuthenticateDevice"), user);
    }
}
