package io.pileus.core.service;

import io.pileus.core.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * How a service answers an input that breaks the constraints of its model. Every generated operations interface is one; a
 * service overrides it where AWS answers otherwise than with a validation error.
 */
public interface ConstraintPolicy {

    /** The error to answer with, or null to let the operation itself judge the input. */
    default @Nullable AwsException refusal(Violations violations) {
        return violations.error();
    }

    /**
     * Looks at a request as HTTP brought it, before its input is read, for what the model does not carry, such as the
     * checksum of S3's XML bodies; throws the error to answer with.
     */
    default void checkRequest(Operation operation, HttpRequest request) {}

    /** The error to answer a request with whose method and path are no operation's, or null for the protocol's usual one. */
    default @Nullable AwsException noSuchOperation(HttpRequest request) {
        return null;
    }
}
