package io.pileus.core.service;

import org.jspecify.annotations.Nullable;

/**
 * An error as AWS answers it. Modelled errors are generated subclasses; errors common to all services (such as
 * {@code ValidationException}) are made directly. It carries no stack trace: it is an answer, not a failure.
 */
public class AwsException extends RuntimeException {
    private final String code;
    private final int httpStatus;
    private final boolean senderFault;
    private final @Nullable String queryCode;
    private final int queryStatus;

    public AwsException(String code, int httpStatus, String message) {
        this(code, httpStatus, httpStatus < 500, message, null, httpStatus);
    }

    /**
     * @param code the code on the wire: a shape's name in JSON protocols
     * @param queryCode the code in the Query protocol where it differs ({@code aws.protocols#awsQueryError})
     * @param queryStatus the HTTP status in the Query protocol
     */
    protected AwsException(
            String code,
            int httpStatus,
            boolean senderFault,
            @Nullable String message,
            @Nullable String queryCode,
            int queryStatus) {
        super(message, null, false, false);
        this.code = code;
        this.httpStatus = httpStatus;
        this.senderFault = senderFault;
        this.queryCode = queryCode;
        this.queryStatus = queryStatus;
    }

    public String code() {
        return code;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** Whether the caller is to blame ({@code Sender}) rather than the service ({@code Receiver}). */
    public boolean senderFault() {
        return senderFault;
    }

    /** The code in the Query protocol. */
    public String queryCode() {
        return queryCode == null ? code : queryCode;
    }

    /** Whether the Query protocol has a code of its own for this error. */
    public boolean hasQueryCode() {
        return queryCode != null;
    }

    public int queryStatus() {
        return queryStatus;
    }
}
