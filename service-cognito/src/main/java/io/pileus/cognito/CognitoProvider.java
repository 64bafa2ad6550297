package io.pileus.cognito;

import io.pileus.cognito.identity.CognitoIdentityService;
import io.pileus.cognito.identity.model.CognitoIdentityApi;
import io.pileus.cognito.idp.CognitoIdpService;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.model.CognitoIdpApi;
import io.pileus.cognito.idp.oidc.CognitoRoutes;
import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.EmulatedServiceProvider;
import io.pileus.core.service.HttpRoute;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.ServiceEnvironment;
import java.util.List;

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

        Cognito(ServiceEnvironment environment) {
            this.realm = Realm.of(environment);
            this.userPools = new CognitoIdpService(realm);
            this.identityPools = new CognitoIdentityService(realm, userPools.accessTokens());
            this.routes = new CognitoRoutes(userPools, identityPools);
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
        public void reset(ResetScope scope) {
            List<String> kept = realm.pools().all().values().stream()
                    .filter(pool -> !scope.covers(pool.account(), pool.region()))
                    .map(pool -> pool.id())
                    .toList();
            realm.pools().reset(scope);
            realm.outbox().remove(message -> !kept.contains(message.poolId()));
            identityPools.reset(scope);
        }
    }
}
