package io.pileus.core.service;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The root of a service's state: one {@code S} per account and region, made when it is first touched.
 *
 * @param <S> the state of one account in one region
 */
public final class Scopes<S> {

    /** An account in a region. */
    public record Scope(AccountId account, Region region) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Scope that && account.equals(that.account) && region.equals(that.region);
        }

        @Override
        public int hashCode() {
            return 31 * account.hashCode() + region.hashCode();
        }
    }

    private final ConcurrentHashMap<Scope, S> states = new ConcurrentHashMap<>();
    private final BiFunction<AccountId, Region, S> create;

    public Scopes(BiFunction<AccountId, Region, S> create) {
        this.create = create;
    }

    public S of(CallContext call) {
        return of(call.account(), call.region());
    }

    public S of(AccountId account, Region region) {
        Scope scope = new Scope(account, region);
        S state = states.get(scope);
        return state != null ? state : states.computeIfAbsent(scope, s -> create.apply(s.account(), s.region()));
    }

    /** The state of a scope that has been touched. */
    public Optional<S> find(AccountId account, Region region) {
        return Optional.ofNullable(states.get(new Scope(account, region)));
    }

    public List<S> all() {
        return List.copyOf(states.values());
    }

    /** Removes the states that the scope covers and returns them, so that their timers and waiters can be ended. */
    public List<S> remove(ResetScope reset) {
        List<S> removed = new ArrayList<>();
        for (Scope scope : states.keySet()) {
            if (reset.covers(scope.account(), scope.region())) {
                S state = states.remove(scope);
                if (state != null) {
                    removed.add(state);
                }
            }
        }
        return removed;
    }
}
