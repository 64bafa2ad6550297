package io.pileus.cognito.idp.auth;

import io.pileus.cognito.idp.state.AppClient;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.service.CallContext;
import java.util.Map;
import java.util.Optional;

/**
 * One call of a sign-in: where, by which client, with what.
 *
 * @param parameters AuthParameters or ChallengeResponses
 * @param session the session that came along; empty for none
 * @param validationData what the first call carries for the pre authentication and migration triggers
 * @param clientMetadata what an answer to a challenge carries for all other triggers, which the first call does not reach
 * @param admin whether a server with AWS credentials calls (AdminInitiateAuth …)
 * @param ipAddress the address that the caller reported for the user; empty for none
 * @param tokenSource what the pre token generation trigger is told; {@link #HOSTED} for the pages, which issue tokens later
 */
public record SignIn(
        UserPool pool,
        AppClient client,
        Map<String, String> parameters,
        Map<String, String> validationData,
        Map<String, String> clientMetadata,
        String session,
        boolean admin,
        String ipAddress,
        String tokenSource,
        CallContext call) {
    /** A sign-in on the OAuth2 pages. */
    public static final String HOSTED = "HostedAuth";

    /** A sign-in through the API. */
    public static final String API = "Authentication";

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /** What the challenges of this sign-in must know of its beginning. */
    ChallengeSession.Origin origin(User user) {
        return new ChallengeSession.Origin(
                pool.id(), client.id(), user.username(), parameter("DEVICE_KEY").orElse(""), tokenSource);
    }
}
