package io.pileus.sqs.state;

/** A data key of an encrypted queue: made by a KMS key, and used again for a while. */
public record DataKey(String masterKeyId, long reusedUntilMillis) {
    public boolean isUsable(String currentMasterKeyId, long nowMillis) {
        return masterKeyId.equals(currentMasterKeyId) && nowMillis < reusedUntilMillis;
    }
}
