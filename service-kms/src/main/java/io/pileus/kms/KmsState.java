package io.pileus.kms;

import io.pileus.core.service.Scopes;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import io.pileus.kms.crypto.KeyGenerator;
import io.pileus.kms.state.Alias;
import io.pileus.kms.state.CustomKeyStore;
import io.pileus.kms.state.Key;
import io.pileus.kms.state.KeyRing;
import io.pileus.kms.state.SavedImportToken;
import io.pileus.kms.state.SavedKeys;
import io.pileus.kms.state.SavedStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * KMS saved and loaded: keys with their materials, policies, tags and grants, aliases, custom key stores, and the import
 * tokens that were given out. Secrets are in there as they are: the directory that state is kept in must be one's own.
 */
final class KmsState {

    private record Token(KeyRing ring, SavedImportToken saved) {}

    private final Scopes<KeyRing> rings;
    private final KeyGenerator generator;
    private final InstantSource clock;

    KmsState(Scopes<KeyRing> rings, KeyGenerator generator, InstantSource clock) {
        this.rings = rings;
        this.generator = generator;
        this.clock = clock;
    }

    void save(StateSink sink) {
        Instant now = clock.instant();
        for (KeyRing ring : rings.all()) {
            Scope scope = new Scope(ring.account(), ring.region());
            ring.stores().forEach((id, store) -> sink.put(scope, "store", id, store.saved()));
            for (Key key : ring.keys(now).values()) {
                key.savedWithRelatives().ifPresent(saved -> sink.put(scope, "keys", saved.keyId(), saved));
            }
            ring.aliases(now).forEach((name, alias) -> sink.put(scope, "alias", name, alias));
            ring.importTokens().saved().forEach(token -> sink.put(scope, "import-token", token.token(), token));
        }
    }

    /** What was saved wins over what KMS_SEED_FILE made. */
    void load(StateSource source) {
        source.each(
                "store", SavedStore.class, (scope, id, saved) -> ring(scope).restore(CustomKeyStore.restore(saved)));
        source.each("keys", SavedKeys.class, this::restore);
        source.each("alias", Alias.class, (scope, name, alias) -> ring(scope).restore(alias));
        List<Token> tokens = new ArrayList<>();
        source.each(
                "import-token",
                SavedImportToken.class,
                (scope, id, saved) -> tokens.add(new Token(ring(scope), saved)));
        tokens.sort(Comparator.comparing(token -> token.saved().validTo()));
        tokens.forEach(token -> token.ring().importTokens().restore(token.saved()));
    }

    private void restore(Scope scope, String id, SavedKeys saved) {
        List<Key> keys = Key.restore(
                scope.account(),
                saved,
                generator,
                (region, storeId) ->
                        rings.of(scope.account(), region).store(storeId).orElseThrow());
        keys.forEach(key -> rings.of(scope.account(), key.region()).restore(key));
    }

    private KeyRing ring(Scope scope) {
        return rings.of(scope.account(), scope.region());
    }
}
