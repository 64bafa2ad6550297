package io.pileus.cognito.idp.auth;

import io.pileus.cognito.idp.crypto.SrpServer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server remembers between a challenge and its answer. Known by the session that the client holds. Saved as it is,
 * so its records are of plain values.
 */
public sealed interface ChallengeSession {

    Origin origin();

    /**
     * Where a sign-in began.
     *
     * @param deviceKey the device that the client named; empty for none
     * @param tokenSource what the pre token generation trigger will be told
     */
    record Origin(String poolId, String clientId, String username, String deviceKey, String tokenSource) {
        Origin withTokenSource(String source) {
            return new Origin(poolId, clientId, username, deviceKey, source);
        }

        Origin withDevice(String key) {
            return new Origin(poolId, clientId, username, key, tokenSource);
        }
    }

    /** Answered already: a session works once. */
    record Used(Origin origin) implements ChallengeSession {}

    /**
     * PASSWORD_VERIFIER.
     *
     * @param identity what the client's proof hashes beside the pool's name: the username
     * @param custom the custom flow that SRP is the beginning of; null for SRP alone
     * @param unknownUser whether there is no such user and every proof must fail
     */
    record Srp(
            Origin origin,
            SrpServer server,
            byte[] secretBlock,
            String identity,
            @Nullable List<CustomResult> custom,
            boolean unknownUser)
            implements ChallengeSession {}

    /** NEW_PASSWORD_REQUIRED. */
    record NewPassword(Origin origin) implements ChallengeSession {}

    /** SMS_MFA, EMAIL_OTP or SOFTWARE_TOKEN_MFA as a second factor; the code is empty for the last. */
    record MfaCode(Origin origin, String challenge, String code) implements ChallengeSession {}

    /** SELECT_MFA_TYPE. */
    record SelectMfa(Origin origin, List<String> choices) implements ChallengeSession {}

    /**
     * MFA_SETUP.
     *
     * @param totpSecret the secret that AssociateSoftwareToken has handed out; empty before
     * @param totpVerified whether VerifySoftwareToken has seen a code
     */
    record MfaSetup(Origin origin, List<String> choices, String totpSecret, boolean totpVerified)
            implements ChallengeSession {}

    /** One answered round of a custom flow. */
    record CustomResult(
            String challengeName, boolean result, @Nullable String metadata) {}

    /** CUSTOM_CHALLENGE. */
    record Custom(
            Origin origin,
            List<CustomResult> history,
            Map<String, String> privateParameters,
            @Nullable String metadata,
            boolean unknownUser)
            implements ChallengeSession {}

    /** SELECT_CHALLENGE of USER_AUTH. */
    record SelectChallenge(Origin origin, List<String> available, boolean unknownUser) implements ChallengeSession {}

    /** PASSWORD of USER_AUTH, chosen and not yet sent. */
    record AwaitPassword(Origin origin, boolean unknownUser) implements ChallengeSession {}

    /** EMAIL_OTP or SMS_OTP of USER_AUTH: a code as the first factor; an empty code never matches. */
    record FirstFactorCode(Origin origin, String challenge, String code) implements ChallengeSession {}

    /** WEB_AUTHN, with the challenge in base64url. */
    record WebAuthn(Origin origin, String challenge) implements ChallengeSession {}

    /** DEVICE_SRP_AUTH. */
    record DeviceSrp(Origin origin, String deviceKey) implements ChallengeSession {}

    /** DEVICE_PASSWORD_VERIFIER. */
    record DeviceVerifier(Origin origin, String deviceKey, SrpServer server, byte[] secretBlock)
            implements ChallengeSession {}

    /** A user has just signed up or confirmed: USER_AUTH with this session needs no further proof. */
    record JustConfirmed(Origin origin) implements ChallengeSession {}
}
