package io.pileus.cognito.idp.triggers;

import io.pileus.cognito.idp.model.LambdaConfigType;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The triggers of a pool that are called synchronously and answer with the event they were given. */
public enum Trigger {
    PRE_SIGN_UP(
            "PreSignUp",
            Map.of(
                    "autoConfirmUser", AnswerShape.FLAG,
                    "autoVerifyEmail", AnswerShape.FLAG,
                    "autoVerifyPhone", AnswerShape.FLAG)),
    POST_CONFIRMATION("PostConfirmation", Map.of()),
    PRE_AUTHENTICATION("PreAuthentication", Map.of()),
    POST_AUTHENTICATION("PostAuthentication", Map.of()),
    DEFINE_AUTH_CHALLENGE(
            "DefineAuthChallenge",
            Map.of(
                    "challengeName", AnswerShape.TEXT,
                    "issueTokens", AnswerShape.FLAG,
                    "failAuthentication", AnswerShape.FLAG)),
    CREATE_AUTH_CHALLENGE(
            "CreateAuthChallenge",
            Map.of(
                    "publicChallengeParameters", AnswerShape.TEXT_MAP,
                    "privateChallengeParameters", AnswerShape.TEXT_MAP,
                    "challengeMetadata", AnswerShape.TEXT)),
    VERIFY_AUTH_CHALLENGE_RESPONSE("VerifyAuthChallengeResponse", Map.of("answerCorrect", AnswerShape.FLAG)),
    PRE_TOKEN_GENERATION("PreTokenGeneration", AnswerShape.TOKENS),
    USER_MIGRATION(
            "UserMigration",
            Map.of(
                    "userAttributes", AnswerShape.TEXT_MAP,
                    "finalUserStatus", AnswerShape.TEXT,
                    "messageAction", AnswerShape.TEXT,
                    "desiredDeliveryMediums", AnswerShape.TEXTS,
                    "forceAliasCreation", AnswerShape.FLAG,
                    "enableSMSMFA", AnswerShape.FLAG)),
    CUSTOM_MESSAGE(
            "CustomMessage",
            Map.of(
                    "smsMessage", AnswerShape.TEXT,
                    "emailMessage", AnswerShape.TEXT,
                    "emailSubject", AnswerShape.TEXT)),
    CUSTOM_SMS_SENDER("CustomSMSSender", Map.of()),
    CUSTOM_EMAIL_SENDER("CustomEmailSender", Map.of()),
    INBOUND_FEDERATION("InboundFederation", Map.of("userAttributesToMap", AnswerShape.TEXT_MAP));

    private final String title;
    private final AnswerShape answer;

    Trigger(String title, Map<String, AnswerShape> answer) {
        this.title = title;
        this.answer = AnswerShape.object(answer);
    }

    /** The name in error messages. */
    public String title() {
        return title;
    }

    /** What the response part of an answer must look like. */
    AnswerShape answer() {
        return answer;
    }

    /** The ARN of the function that the pool has for the trigger. */
    Optional<String> function(@Nullable LambdaConfigType config) {
        if (config == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                switch (this) {
                    case PRE_SIGN_UP -> config.preSignUp();
                    case POST_CONFIRMATION -> config.postConfirmation();
                    case PRE_AUTHENTICATION -> config.preAuthentication();
                    case POST_AUTHENTICATION -> config.postAuthentication();
                    case DEFINE_AUTH_CHALLENGE -> config.defineAuthChallenge();
                    case CREATE_AUTH_CHALLENGE -> config.createAuthChallenge();
                    case VERIFY_AUTH_CHALLENGE_RESPONSE -> config.verifyAuthChallengeResponse();
                    case PRE_TOKEN_GENERATION ->
                        config.preTokenGenerationConfig() != null
                                ? config.preTokenGenerationConfig().lambdaArn()
                                : config.preTokenGeneration();
                    case USER_MIGRATION -> config.userMigration();
                    case CUSTOM_MESSAGE -> config.customMessage();
                    case CUSTOM_SMS_SENDER ->
                        config.customSMSSender() == null
                                ? null
                                : config.customSMSSender().lambdaArn();
                    case CUSTOM_EMAIL_SENDER ->
                        config.customEmailSender() == null
                                ? null
                                : config.customEmailSender().lambdaArn();
                    case INBOUND_FEDERATION ->
                        config.inboundFederation() == null
                                ? null
                                : config.inboundFederation().lambdaArn();
                });
    }
}
