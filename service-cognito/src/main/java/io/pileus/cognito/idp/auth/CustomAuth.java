package io.pileus.cognito.idp.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.cognito.idp.CognitoErrors;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.model.UserStatusType;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.triggers.Trigger;
import io.pileus.cognito.idp.triggers.Triggers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * CUSTOM_AUTH: three Lambda functions define, create and verify the challenges; SRP may be the first of them.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-challenge.html">Custom
 *     authentication challenge Lambda triggers</a>
 */
final class CustomAuth {
    private final Realm realm;
    private final Challenges challenges;
    private final FirstFactor firstFactor;
    private final SignInCompletion completion;

    CustomAuth(Realm realm, Challenges challenges, FirstFactor firstFactor, SignInCompletion completion) {
        this.realm = realm;
        this.challenges = challenges;
        this.firstFactor = firstFactor;
        this.completion = completion;
    }

    AuthStep initiate(SignIn signIn, SrpAuth srp) {
        String login = firstFactor.requireUsername(signIn);
        if (!realm.triggers().has(signIn.pool(), Trigger.DEFINE_AUTH_CHALLENGE)) {
            throw CognitoErrors.invalidParameter("Custom auth lambda trigger is not configured for the user pool.");
        }
        Optional<User> user = firstFactor.find(signIn, login, Optional.empty());
        user.ifPresent(CustomAuth::checkStatus);
        List<ChallengeSession.CustomResult> history = new ArrayList<>();
        if (signIn.parameter("CHALLENGE_NAME").filter("SRP_A"::equals).isPresent()) {
            history.add(new ChallengeSession.CustomResult("SRP_A", true, null));
        }
        JsonNode decision = define(signIn, login, user, history);
        if (decision.path("challengeName").asText().equals("PASSWORD_VERIFIER")
                && !decision.path("issueTokens").asBoolean()) {
            return srp.challenge(signIn, login, user, Optional.of(history));
        }
        return follow(signIn, decision, login, user, origin(signIn, login, user), history);
    }

    private static ChallengeSession.Origin origin(SignIn signIn, String login, Optional<User> user) {
        return user.map(signIn::origin)
                .orElseGet(() -> new ChallengeSession.Origin(
                        signIn.pool().id(), signIn.client().id(), login, "", "Authentication"));
    }

    private static void checkStatus(User user) {
        if (!user.enabled()) {
            throw CognitoErrors.userDisabled();
        }
        if (user.is(UserStatusType.UNCONFIRMED)) {
            throw CognitoErrors.userNotConfirmed();
        }
        if (user.is(UserStatusType.RESET_REQUIRED)) {
            throw CognitoErrors.passwordResetRequired();
        }
    }

    AuthStep afterSrp(SignIn signIn, ChallengeSession.Srp state, User user) {
        List<ChallengeSession.CustomResult> history = new ArrayList<>(Objects.requireNonNull(state.custom()));
        history.add(new ChallengeSession.CustomResult("PASSWORD_VERIFIER", true, null));
        return next(signIn, user.username(), Optional.of(user), state.origin(), history);
    }

    /** CUSTOM_CHALLENGE. */
    AuthStep respond(SignIn signIn) {
        ChallengeSession.Custom state = challenges.find(signIn, ChallengeSession.Custom.class);
        String login = FirstFactor.required(signIn, "USERNAME");
        FirstFactor.checkSecretHash(signIn, login);
        String answer = FirstFactor.required(signIn, "ANSWER");
        Optional<User> user = state.unknownUser() ? Optional.empty() : Optional.of(challenges.user(signIn, state));
        challenges.close(signIn, state);
        boolean correct = verify(signIn, state, user, answer);
        List<ChallengeSession.CustomResult> history = new ArrayList<>(state.history());
        history.add(new ChallengeSession.CustomResult("CUSTOM_CHALLENGE", correct, state.metadata()));
        return next(signIn, state.origin().username(), user, state.origin(), history);
    }

    private AuthStep next(
            SignIn signIn,
            String login,
            Optional<User> user,
            ChallengeSession.Origin origin,
            List<ChallengeSession.CustomResult> history) {
        return follow(signIn, define(signIn, login, user, history), login, user, origin, history);
    }

    private AuthStep follow(
            SignIn signIn,
            JsonNode decision,
            String login,
            Optional<User> user,
            ChallengeSession.Origin origin,
            List<ChallengeSession.CustomResult> history) {
        if (decision.path("failAuthentication").asBoolean()) {
            throw CognitoErrors.incorrectUsernameOrPassword();
        }
        if (decision.path("issueTokens").asBoolean()) {
            return completion.authenticated(
                    signIn, origin, user.orElseThrow(CognitoErrors::incorrectUsernameOrPassword));
        }
        if (!decision.path("challengeName").asText().equals("CUSTOM_CHALLENGE")) {
            throw Triggers.invalidAnswer("DefineAuthChallenge lambda response must name a challenge or decide.");
        }
        return create(signIn, login, user, origin, history);
    }

    private JsonNode define(
            SignIn signIn, String login, Optional<User> user, List<ChallengeSession.CustomResult> history) {
        Triggers.Event event = event(signIn, "DefineAuthChallenge_Authentication", login, user);
        putSession(event.request(), history);
        event.response().putNull("challengeName").putNull("issueTokens").putNull("failAuthentication");
        return realm.triggers()
                .call(Trigger.DEFINE_AUTH_CHALLENGE, event, signIn.call())
                .orElseThrow(() -> CognitoErrors.invalidParameter(
                        "Custom auth lambda trigger is not configured for the user pool."));
    }

    private AuthStep create(
            SignIn signIn,
            String login,
            Optional<User> user,
            ChallengeSession.Origin origin,
            List<ChallengeSession.CustomResult> history) {
        Triggers.Event event = event(signIn, "CreateAuthChallenge_Authentication", login, user);
        event.request().put("challengeName", "CUSTOM_CHALLENGE");
        putSession(event.request(), history);
        event.response()
                .putNull("publicChallengeParameters")
                .putNull("privateChallengeParameters")
                .putNull("challengeMetadata");
        JsonNode created = realm.triggers()
                .call(Trigger.CREATE_AUTH_CHALLENGE, event, signIn.call())
                .orElseThrow(() -> CognitoErrors.invalidParameter(
                        "Custom auth lambda trigger is not configured for the user pool."));
        Map<String, String> shown = texts(created.path("publicChallengeParameters"));
        shown.put("USERNAME", user.map(User::username).orElse(login));
        ChallengeSession.Custom state = new ChallengeSession.Custom(
                origin,
                List.copyOf(history),
                texts(created.path("privateChallengeParameters")),
                created.path("challengeMetadata").textValue(),
                user.isEmpty());
        return challenges.open(signIn, "CUSTOM_CHALLENGE", state, shown);
    }

    private boolean verify(SignIn signIn, ChallengeSession.Custom state, Optional<User> user, String answer) {
        Triggers.Event event = event(
                signIn,
                "VerifyAuthChallengeResponse_Authentication",
                state.origin().username(),
                user);
        event.put("privateChallengeParameters", state.privateParameters());
        event.request().put("challengeAnswer", answer);
        event.response().putNull("answerCorrect");
        return realm.triggers()
                .call(Trigger.VERIFY_AUTH_CHALLENGE_RESPONSE, event, signIn.call())
                .orElseThrow(() -> CognitoErrors.invalidParameter(
                        "Custom auth lambda trigger is not configured for the user pool."))
                .path("answerCorrect")
                .asBoolean();
    }

    private static Triggers.Event event(SignIn signIn, String source, String login, Optional<User> user) {
        String clientId = signIn.client().id();
        Triggers.Event event = user.map(u -> Triggers.Event.about(signIn.pool(), source, u, clientId))
                .orElseGet(() -> Triggers.Event.named(signIn.pool(), source, login, clientId));
        if (user.isEmpty()) {
            event.request().put("userNotFound", true);
        }
        return event.putUnlessEmpty("clientMetadata", signIn.clientMetadata());
    }

    private static void putSession(ObjectNode request, List<ChallengeSession.CustomResult> history) {
        ArrayNode session = request.putArray("session");
        for (ChallengeSession.CustomResult result : history) {
            ObjectNode node = session.addObject();
            node.put("challengeName", result.challengeName());
            node.put("challengeResult", result.result());
            node.put("challengeMetadata", result.metadata());
        }
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
