package io.pileus.kms.state;

import io.pileus.core.shape.Blob;
import io.pileus.kms.KmsLimits;
import io.pileus.kms.crypto.KeyMaterial;
import io.pileus.kms.crypto.WrappingKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

    public synchronized List<SavedImportToken> saved() {
        List<SavedImportToken> saved = new ArrayList<>();
        tokens.forEach((token, parameters) -> saved.add(new SavedImportToken(
                token,
                parameters.keyArn(),
                parameters.wrappingKey().pair().spec(),
                Blob.of(parameters.wrappingKey().pair().secret()),
                parameters.wrappingKey().algorithm(),
                parameters.validTo())));
        return saved;
    }

    public void restore(SavedImportToken saved) {
        KeyMaterial.Pair pair = (KeyMaterial.Pair) Materials.required(saved.wrappingKeySpec(), saved.wrappingKey());
        put(saved.token(), new Parameters(saved.keyArn(), new WrappingKey(pair, saved.algorithm()), saved.validTo()));
    }

    public synchronized Optional<Parameters> get(String token) {
        return Optional.ofNullable(tokens.get(token));
    }
}
