package io.pileus.lambda.mapping;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.service.AwsException;
import java.time.Duration;

/**
 * What a mapping knows of the function it invokes.
 *
 * @param arn the function's ARN, with the qualifier it was named by
 * @param version the version that the qualifier means
 * @param role the ARN of its execution role
 */
public record MappedFunction(String arn, String version, Duration timeout, String role) {

    /** Finds functions. */
    @FunctionalInterface
    public interface Finder {
        /**
         * The function of a name or ARN.
         *
         * @throws AwsException ResourceNotFoundException
         */
        MappedFunction find(String name, AccountId account, Region region);
    }
}
