package io.pileus.cognito;

import io.pileus.cognito.identity.CognitoIdentityService;
import io.pileus.cognito.identity.model.CognitoIdentityApi;
import io.pileus.cognito.idp.CognitoIdpService;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.auth.SessionsState;
import io.pileus.cognito.idp.model.CognitoIdpApi;
import io.pileus.cognito.idp.oidc.CognitoRoutes;
import io.pileus.cognito.idp.oidc.PagesState;
import io.pileus.cognito.idp.state.PoolsState;
import io.pileus.core.port.TokenIssuers;
import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.EmulatedServiceProvider;
import io.pileus.core.service.HttpRoute;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.shape.Shape;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import java.util.List;
import java.util.Optional;

/** Makes Cognito: user pools and identity pools. */
public final class CognitoProvider implements EmulatedServiceProvider {

    @Override
    public List<String> names() {
        return List.of("cognito-idp", "cognito-identity");
    }

    @Override
    public EmulatedService create(ServiceEnvironment environment) {
        return new Cognito(environment);
    }

    private static final class Cognito implements EmulatedService {
        private final Realm realm;
        private final CognitoIdpService userPools;
        private final CognitoIdentityService identityPools;
        private final CognitoRoutes routes;
        private final PoolsState poolsState;
        private final SessionsState sessionsState;
        private final PagesState pagesState;
        private final UnsignedCalls owners;

        Cognito(ServiceEnvironment environment) {
            this.realm = Realm.of(environment);
            this.userPools = new CognitoIdpService(realm);
            this.identityPools = new CognitoIdentityService(realm, userPools.accessTokens());
            this.pagesState = new PagesState(realm);
            this.routes = new CognitoRoutes(userPools, identityPools, pagesState);
            this.poolsState = new PoolsState(realm.pools());
            this.sessionsState = new SessionsState(realm);
            this.owners = new UnsignedCalls(realm, userPools.accessTokens(), identityPools);
            environment.ports().provide(TokenIssuers.class, this::keysOf);
        }

        /** A pool's issuer ends with its id, whatever the host; identity pools have AWS's own issuer. */
        private Optional<String> keysOf(String issuer) {
            if (issuer.equals("https://cognito-identity.amazonaws.com")) {
                return Optional.of(identityPools.signingKeys().jwks());
            }
            return realm.pools()
                    .withId(issuer.substring(issuer.lastIndexOf('/') + 1))
                    .map(pool -> pool.signingKeys().jwks());
        }

        @Override
        public Optional<Owner> ownerOf(Shape input) {
            return owners.of(input);
        }

        @Override
        public List<ServiceApi> apis() {
            return List.of(new CognitoIdpApi(userPools), new CognitoIdentityApi(identityPools));
        }

        @Override
        public List<HttpRoute> routes() {
            return routes.all();
        }

        @Override
        public void save(StateSink sink) {
            poolsState.save(sink);
            sessionsState.save(sink);
            pagesState.save(sink);
            identityPools.save(sink);
        }

        @Override
        public void load(StateSource source) {
            poolsState.load(source);
            sessionsState.load(source);
            pagesState.load(source);
            identityPools.load(source);
        }

        @Override
        public void reset(ResetScope scope) {
            List<String> kept = realm.pools().all().values().stream()
                    .filter(pool -> !scope.covers(pool.account(), pool.region()))
                    .map(pool -> pool.id())
                    .toList();
            realm.pools().reset(scope);
            realm.sessions().removeIf(session -> !kept.contains(session.origin().poolId()));
            pagesState.forget(pool -> !kept.contains(pool));
            realm.outbox().remove(message -> !kept.contains(message.poolId()));
            identityPools.reset(scope);
        }
    }
}
