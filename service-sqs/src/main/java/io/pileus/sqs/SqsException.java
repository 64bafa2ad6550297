package io.pileus.sqs;

import io.pileus.core.service.AwsException;

/** An error that SQS answers and its model does not list, such as InvalidParameterValue. */
final class SqsException extends AwsException {
    private SqsException(String code, String queryCode, int httpStatus, String message) {
        super(code, httpStatus, true, message, queryCode, httpStatus);
    }

    /**
     * @param queryCode the code of the Query protocol, such as {@code MissingParameter}
     * @param code the code in JSON, such as {@code MissingRequiredParameterException}
     */
    static SqsException of(String queryCode, String code, String message) {
        return new SqsException(code, queryCode, 400, message);
    }
}
