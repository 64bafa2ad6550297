package io.pileus.core.port;

import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.shape.Blob;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Invokes Lambda functions synchronously, for triggers, tasks, transformations and event source mappings. */
public interface FunctionInvoker {

    /**
     * Invokes the function and answers when it has.
     *
     * @param function a function's ARN, with a version or alias after it or without
     * @param payload the event as JSON
     * @param caller on whose behalf, such as the service principal {@code cognito-idp.amazonaws.com}
     * @param hops the hops of the call that leads here, plus one
     */
    CompletionStage<Result> invoke(Arn function, Blob payload, Caller caller, int hops);

    /** What an invocation gave. */
    sealed interface Result {}

    /** The function returned. */
    record Returned(Blob payload, String executedVersion) implements Result {}

    /**
     * The function failed.
     *
     * @param error the value of X-Amz-Function-Error: {@code Unhandled} or {@code Handled}
     * @param payload the error as JSON: {@code errorMessage}, {@code errorType}, {@code stackTrace}
     */
    record Failed(String error, Blob payload, Optional<String> logTail) implements Result {}

    /**
     * Lambda refused to run it.
     *
     * @param code Lambda's error code, such as {@code ResourceNotFoundException} or {@code TooManyRequestsException}
     */
    record Refused(String code, String message, int httpStatus) implements Result {}
}
