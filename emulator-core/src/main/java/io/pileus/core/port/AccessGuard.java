package io.pileus.core.port;

import io.pileus.core.identity.Arn;
import io.pileus.core.service.CallContext;
import java.util.Map;
import java.util.Optional;

/**
 * Decides by policies whether a caller may do what is no call of an operation, such as opening a function's URL. Provided
 * only where policies are enforced.
 */
@FunctionalInterface
public interface AccessGuard {

    /**
     * Why policies keep the caller out, in AWS's words; empty where they do not.
     *
     * @param action the permission it takes, such as {@code lambda:InvokeFunctionUrl}
     * @param keys condition keys beside those that every call has
     */
    Optional<String> refusal(String action, Arn resource, Map<String, String> keys, CallContext call);
}
