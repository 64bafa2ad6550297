package io.pileus.cognito.idp.auth;

import io.pileus.cognito.idp.model.AuthenticationResultType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a step of a sign-in leads to. */
public sealed interface AuthStep {

    /**
     * A challenge to answer.
     *
     * @param session what the answer must bring along; empty where the challenge itself carries it
     * @param available the challenges to choose from, for USER_AUTH
     */
    record Challenge(String name, String session, Map<String, String> parameters, List<String> available)
            implements AuthStep {
        public Challenge {
            parameters = Map.copyOf(parameters);
            available = List.copyOf(available);
        }
    }

    /**
     * The user is who they say.
     *
     * @param username whom the proofs were about, whatever name the last answer gave
     * @param deviceKey the device that they signed in from, where the pool keeps devices
     * @param result the tokens, which the OAuth2 pages issue later, and the metadata of a device that is new
     */
    record Authenticated(String username, Optional<String> deviceKey, AuthenticationResultType result)
            implements AuthStep {}
}
