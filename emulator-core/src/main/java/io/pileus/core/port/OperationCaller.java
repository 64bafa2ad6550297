package io.pileus.core.port;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Region;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Calls any operation of any service by name, in process, with a JSON document and a caller's identity, on the same way
 * (decode, validate, authorize, handle) as a request over HTTP.
 */
public interface OperationCaller {

    /**
     * @param service the service's name as users write it in SDK integrations, such as {@code sqs} or {@code sfn}
     * @param operation the operation's name in the model, such as {@code SendMessage}
     * @param input the input with the model's member names; timestamps as ISO 8601 text or epoch seconds, blobs as base64
     * @param hops the hops of the call that leads here, plus one
     */
    CompletionStage<Result> call(
            String service, String operation, JsonNode input, Caller caller, Region region, int hops);

    /** Whether the service is here and has the operation. */
    boolean knows(String service, String operation);

    /** The members of an operation's input; empty when the operation is not here. */
    default Optional<InputMembers> inputMembers(String service, String operation) {
        return Optional.empty();
    }

    /** The names of an input's members in the model, and those of them that are required. */
    record InputMembers(List<String> names, List<String> required) {
        public InputMembers {
            names = List.copyOf(names);
            required = List.copyOf(required);
        }
    }

    /**
     * Why a document, with or without the first letters of its names as capitals, cannot be the output of an operation: a
     * value has the wrong type, or a required member is missing. Empty when it can be, or when the operation is not here.
     *
     * @param whole whether required members must be there
     */
    default Optional<String> outputProblem(String service, String operation, JsonNode output, boolean whole) {
        return Optional.empty();
    }

    /** What a call gave. */
    sealed interface Result {}

    /** The output with the model's member names. */
    record Answered(JsonNode output) implements Result {}

    /**
     * The service's error.
     *
     * @param code the error's code, such as {@code QueueDoesNotExist}
     * @param queryCode its code in the Query protocol, such as {@code AWS.SimpleQueueService.NonExistentQueue}; else the code
     */
    record Failed(String code, String queryCode, String message, int httpStatus) implements Result {
        public Failed(String code, String message, int httpStatus) {
            this(code, code, message, httpStatus);
        }
    }

    /** Names of services that are here. */
    List<String> services();
}
