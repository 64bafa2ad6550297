package io.pileus.kms.state;

import java.time.Instant;

/** A friendly name for a key in the same account and Region. */
public record Alias(String name, String arn, String targetKeyId, Instant creationDate, Instant lastUpdatedDate) {

    public static final String PREFIX = "alias/";
    public static final String AWS_PREFIX = "alias/aws/";

    Alias withTarget(String keyId, Instant now) {
        return new Alias(name, arn, keyId, creationDate, now);
    }
}
