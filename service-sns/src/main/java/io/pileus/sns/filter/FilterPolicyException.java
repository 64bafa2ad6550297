package io.pileus.sns.filter;

/** A filter policy that SNS refuses; the message is what follows {@code FilterPolicy: } in its answer. */
public final class FilterPolicyException extends Exception {
    private static final long serialVersionUID = 1L;

    FilterPolicyException(String message) {
        super(message);
    }
}
