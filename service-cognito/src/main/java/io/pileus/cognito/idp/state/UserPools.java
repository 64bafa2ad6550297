package io.pileus.cognito.idp.state;

import io.pileus.cognito.idp.model.DomainDescriptionType;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.service.ResetScope;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** All user pools, and the ways to find one without knowing its account and region: by id, client, domain. */
public final class UserPools {
    private final ConcurrentSkipListMap<String, UserPool> byId = new ConcurrentSkipListMap<>();
    private final Map<String, UserPool> byClient = new ConcurrentHashMap<>();
    private final Map<String, Domain> domains = new ConcurrentHashMap<>();

    /** A pool's domain: the prefix of Cognito's, or a custom one. */
    public record Domain(UserPool pool, DomainDescriptionType description) {}

    public boolean add(UserPool pool) {
        return byId.putIfAbsent(pool.id(), pool) == null;
    }

    public Optional<UserPool> withId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The pool with this id in an account and region. */
    public Optional<UserPool> withId(String id, AccountId account, Region region) {
        return withId(id)
                .filter(pool -> pool.account().equals(account) && pool.region().equals(region));
    }

    public Optional<UserPool> ofClient(String clientId) {
        return Optional.ofNullable(byClient.get(clientId));
    }

    public boolean addClient(UserPool pool, AppClient client) {
        if (byClient.putIfAbsent(client.id(), pool) != null) {
            return false;
        }
        pool.clients().put(client.id(), client);
        return true;
    }

    public Optional<AppClient> removeClient(UserPool pool, String clientId) {
        AppClient removed = pool.clients().remove(clientId);
        if (removed != null) {
            byClient.remove(clientId);
        }
        return Optional.ofNullable(removed);
    }

    public Map<String, Domain> domains() {
        return domains;
    }

    public NavigableMap<String, UserPool> all() {
        return byId;
    }

    public void remove(UserPool pool) {
        byId.remove(pool.id(), pool);
        pool.clients().keySet().forEach(byClient::remove);
        domains.values().removeIf(domain -> domain.pool() == pool);
    }

    public void reset(ResetScope scope) {
        for (UserPool pool : byId.values()) {
            if (scope.covers(pool.account(), pool.region())) {
                remove(pool);
            }
        }
    }
}
