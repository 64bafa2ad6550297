package io.pileus.cognito.idp.triggers;

import io.pileus.cognito.idp.model.LambdaConfigType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The triggers of a pool that are called synchronously and answer with the event they were given. */
public enum Trigger {
    PRE_SIGN_UP("PreSignUp"),
    POST_CONFIRMATION("PostConfirmation"),
    PRE_AUTHENTICATION("PreAuthentication"),
    POST_AUTHENTICATION("PostAuthentication"),
    DEFINE_AUTH_CHALLENGE("DefineAuthChallenge"),
    CREATE_AUTH_CHALLENGE("CreateAuthChallenge"),
    VERIFY_AUTH_CHALLENGE_RESPONSE("VerifyAuthChallengeResponse"),
    PRE_TOKEN_GENERATION("PreTokenGeneration"),
    USER_MIGRATION("UserMigration"),
    CUSTOM_MESSAGE("CustomMessage"),
    CUSTOM_SMS_SENDER("CustomSMSSender"),
    CUSTOM_EMAIL_SENDER("CustomEmailSender"),
    INBOUND_FEDERATION("InboundFederation");

    private final String title;

    Trigger(String title) {
        this.title = title;
    }

    /** The name in error messages. */
    public String title() {
        return title;
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
