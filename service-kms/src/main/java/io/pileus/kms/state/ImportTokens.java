package io.pileus.kms.state;

import io.pileus.kms.KmsLimits;
import io.pileus.kms.crypto.WrappingKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The import tokens that were given out, with the wrapping key that each stands for. Its lock is its monitor. */
public final class ImportTokens {

    /** A token's wrapping key, the key it was made for, and its last instant. */
    public record Parameters(String keyArn, WrappingKey wrappingKey, Instant validTo) {}

    private final Map<String, Parameters> tokens = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Parameters> eldest) {
            return size() > KmsLimits.IMPORT_TOKENS_MAX;
        }
    };

    public synchronized void put(String token, Parameters parameters) {
        tokens.put(token, parameters);
    }

    public synchronized Optional<Parameters> get(String token) {
        return Optional.ofNullable(tokens.get(token));
    }
}
