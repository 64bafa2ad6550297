package io.pileus.cognito.idp.state;

import io.pileus.cognito.idp.state.SavedPool.SavedBranding;
import io.pileus.cognito.idp.state.SavedPool.SavedClient;
import io.pileus.cognito.idp.state.SavedPool.SavedCustomization;
import io.pileus.cognito.idp.state.SavedPool.SavedDomain;
import io.pileus.cognito.idp.state.SavedPool.SavedFamily;
import io.pileus.cognito.idp.state.SavedPool.SavedGroup;
import io.pileus.cognito.idp.state.SavedPool.SavedIdentityProvider;
import io.pileus.cognito.idp.state.SavedPool.SavedImage;
import io.pileus.cognito.idp.state.SavedPool.SavedImportJob;
import io.pileus.cognito.idp.state.SavedPool.SavedKeys;
import io.pileus.cognito.idp.state.SavedPool.SavedResourceServer;
import io.pileus.cognito.idp.state.SavedPool.SavedRevocation;
import io.pileus.cognito.idp.state.SavedPool.SavedRisk;
import io.pileus.cognito.idp.state.SavedPool.SavedTerms;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;

/**
 * Saves pools and builds them from what was saved. What there may be many of (users, sign-ins, revoked tokens) is a part of
 * its own per pool that is told only after a change; everything else is immutable and its own stamp. What belongs to a pool is
 * saved by the pool's id, a slash and its own name.
 */
public final class PoolsState {
    private final UserPools pools;

    public PoolsState(UserPools pools) {
        this.pools = pools;
    }

    public static Scope scope(UserPool pool) {
        return new Scope(pool.account(), pool.region());
    }

    public void save(StateSink sink) {
        pools.all().values().forEach(pool -> save(pool, sink));
        pools.domains()
                .forEach((name, domain) -> sink.put(
                        scope(domain.pool()),
                        "domain",
                        name,
                        domain.description(),
                        () -> new SavedDomain(domain.pool().id(), domain.description())));
    }

    private static void save(UserPool pool, StateSink sink) {
        Scope scope = scope(pool);
        sink.put(scope, "pool", pool.id(), SavedPool.of(pool));
        if (pool.signingKeys().made()) {
            sink.put(
                    scope,
                    "signing-keys",
                    pool.id(),
                    pool.signingKeys().jwks(),
                    () -> new SavedKeys(pool.signingKeys().secretJwks().orElseThrow()));
        }
        each(pool, sink, "client", pool.clients(), client -> new SavedClient(client.settings(), client.secrets()));
        pool.groups()
                .forEach((name, group) -> sink.put(
                        scope, "group", pool.id() + "/" + name, group.type(), () -> new SavedGroup(group.type())));
        each(pool, sink, "resource-server", pool.resourceServers(), SavedResourceServer::new);
        each(pool, sink, "identity-provider", pool.identityProviders(), SavedIdentityProvider::new);
        each(pool, sink, "customization", pool.uiCustomizations(), SavedCustomization::new);
        each(pool, sink, "image", pool.uiImages(), SavedImage::new);
        each(pool, sink, "risk", pool.riskConfigurations(), SavedRisk::new);
        each(pool, sink, "branding", pool.brandings(), b -> new SavedBranding(b.clientId(), b.type()));
        each(pool, sink, "terms", pool.terms(), SavedTerms::new);
        each(
                pool,
                sink,
                "import-job",
                pool.importJobs(),
                j -> new SavedImportJob(j.type(), j.csv().orElse(null)));
        sink.part(
                scope,
                pool.id() + "/users",
                pool.users().changes(),
                part -> each(pool, part, "user", pool.users().all(), SavedUser::of));
        sink.part(scope, pool.id() + "/tokens", pool.tokens().changes(), part -> saveTokens(pool, part));
    }

    private static void saveTokens(UserPool pool, StateSink part) {
        each(pool, part, "sign-in", pool.tokens().all(), family -> pool.tokens().saved(family));
        pool.tokens()
                .revocations()
                .forEach((hash, number) -> part.put(
                        scope(pool), "revoked", pool.id() + "/" + hash, number, () -> new SavedRevocation(number)));
    }

    private static <T> void each(
            UserPool pool, StateSink sink, String kind, Map<String, T> things, Function<T, ? extends Record> saved) {
        Scope scope = scope(pool);
        things.forEach((name, thing) -> sink.put(scope, kind, pool.id() + "/" + name, thing, () -> saved.apply(thing)));
    }

    public void load(StateSource source) {
        source.each(
                "pool",
                SavedPool.class,
                (scope, id, saved) -> pools.add(saved.restored(scope.account(), scope.region())));
        source.each(
                "signing-keys",
                SavedKeys.class,
                (scope, id, saved) -> pool(id).signingKeys().restore(saved.jwks()));
        each(
                source,
                "client",
                SavedClient.class,
                (pool, name, saved) -> pools.addClient(pool, new AppClient(saved.settings(), saved.secrets())));
        loadSettings(source);
        each(source, "user", SavedUser.class, (pool, name, saved) -> {
            pool.users().add(saved.restored());
            saved.groups().forEach(group -> {
                Group of = pool.groups().get(group);
                if (of != null) {
                    of.members().add(name);
                }
            });
        });
        loadTokens(source);
        source.each(
                "domain",
                SavedDomain.class,
                (scope, name, saved) ->
                        pools.domains().put(name, new UserPools.Domain(pool(saved.poolId()), saved.description())));
    }

    private void loadSettings(StateSource source) {
        each(
                source,
                "group",
                SavedGroup.class,
                (pool, name, saved) -> pool.groups().put(name, new Group(saved.type(), new ConcurrentSkipListSet<>())));
        each(
                source,
                "resource-server",
                SavedResourceServer.class,
                (pool, name, saved) -> pool.resourceServers().put(name, saved.type()));
        each(
                source,
                "identity-provider",
                SavedIdentityProvider.class,
                (pool, name, saved) -> pool.identityProviders().put(name, saved.type()));
        each(
                source,
                "customization",
                SavedCustomization.class,
                (pool, name, saved) -> pool.uiCustomizations().put(name, saved.type()));
        each(
                source,
                "image",
                SavedImage.class,
                (pool, name, saved) -> pool.uiImages().put(name, saved.bytes()));
        each(
                source,
                "risk",
                SavedRisk.class,
                (pool, name, saved) -> pool.riskConfigurations().put(name, saved.type()));
        each(
                source,
                "branding",
                SavedBranding.class,
                (pool, name, saved) ->
                        pool.brandings().put(name, new UserPool.Branding(saved.clientId(), saved.type())));
        each(
                source,
                "terms",
                SavedTerms.class,
                (pool, name, saved) -> pool.terms().put(name, saved.type()));
        each(
                source,
                "import-job",
                SavedImportJob.class,
                (pool, name, saved) ->
                        pool.importJobs().put(name, new ImportJob(saved.type(), Optional.ofNullable(saved.csv()))));
    }

    /** Sign-ins are kept in the order of their age, revoked tokens in that of their revocation. */
    private void loadTokens(StateSource source) {
        Map<UserPool, List<SavedFamily>> families = new HashMap<>();
        each(
                source,
                "sign-in",
                SavedFamily.class,
                (pool, name, saved) ->
                        families.computeIfAbsent(pool, p -> new ArrayList<>()).add(saved));
        families.forEach((pool, list) -> {
            list.sort(Comparator.comparing(SavedFamily::expiresAt).thenComparing(SavedFamily::originJti));
            list.forEach(pool.tokens()::restore);
        });
        Map<UserPool, TreeMap<Long, String>> revoked = new HashMap<>();
        each(
                source,
                "revoked",
                SavedRevocation.class,
                (pool, hash, saved) ->
                        revoked.computeIfAbsent(pool, p -> new TreeMap<>()).put(saved.number(), hash));
        revoked.forEach((pool, hashes) -> pool.tokens().restoreRevocations(hashes));
    }

    private UserPool pool(String id) {
        return pools.withId(id).orElseThrow(() -> new IllegalArgumentException("no pool " + id));
    }

    private <R extends Record> void each(StateSource source, String kind, Class<R> type, Restoring<R> restoring) {
        source.each(kind, type, (scope, id, saved) -> {
            int slash = id.indexOf('/');
            restoring.restore(pool(id.substring(0, slash)), id.substring(slash + 1), saved);
        });
    }

    private interface Restoring<R> {
        void restore(UserPool pool, String name, R saved);
    }
}
