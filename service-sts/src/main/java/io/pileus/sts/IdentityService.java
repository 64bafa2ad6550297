package io.pileus.sts;

import io.pileus.core.dispatch.Authorizer;
import io.pileus.core.http.client.OutboundHttp;
import io.pileus.core.identity.Region;
import io.pileus.core.port.AccessGuard;
import io.pileus.core.port.RoleSessions;
import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.HttpRoute;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import io.pileus.iam.EntityPolicies;
import io.pileus.iam.IamAccounts;
import io.pileus.iam.IamService;
import io.pileus.iam.model.IamApi;
import io.pileus.sts.enforcement.AccessNotes;
import io.pileus.sts.enforcement.Decisions;
import io.pileus.sts.enforcement.Enforcement;
import io.pileus.sts.enforcement.ExplainEndpoint;
import io.pileus.sts.model.StsApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** STS and IAM put together. */
final class IdentityService implements EmulatedService {
    private final IamAccounts accounts;
    private final Sessions sessions;
    private final StsService sts;
    private final IamService iam;
    private final IdentityState state;
    private final List<HttpRoute> routes = new ArrayList<>();

    IdentityService(ServiceEnvironment environment) {
        EnforcementMode mode = EnforcementMode.of(environment.settings());
        Seal seal =
                new Seal(environment.ids().bytes(32), () -> environment.ids().bytes(12));
        this.accounts = new IamAccounts(environment.ids());
        this.sessions = new Sessions(environment.ids(), seal);
        EntityPolicies entityPolicies = new EntityPolicies(accounts);
        CallerPolicies callerPolicies = new CallerPolicies(accounts, entityPolicies, sessions);
        SessionPolicies sessionPolicies = new SessionPolicies(accounts, entityPolicies);
        // Who wants policies enforced wants AWS's answers, unless told otherwise.
        boolean lenient = environment.settings().flag("LENIENT_ROLES", mode != EnforcementMode.ON);
        RoleTrust roles = new RoleTrust(accounts, lenient);
        AssumedRoles assumed = new AssumedRoles(sessions);
        MfaCheck mfa = new MfaCheck(accounts);
        OutboundTokens outbound = new OutboundTokens();
        WebIdentityTokenOperations tokens = new WebIdentityTokenOperations(
                accounts, sessions, callerPolicies, outbound, environment.ids(), environment.workers());
        WebIdentityKeys keys =
                new WebIdentityKeys(environment.ports(), tokens::keysOf, new OutboundHttp(environment.workers()));
        this.state = new IdentityState(accounts, sessions, seal, outbound, keys);
        this.sts = new StsService(
                new AssumeRoleOperations(roles, assumed, sessions, callerPolicies, sessionPolicies, mfa, mode),
                new FederationOperations(accounts, roles, assumed, sessionPolicies, keys),
                new CallerOperations(sessions, sessionPolicies, mfa, roles, assumed, seal),
                tokens);
        this.iam = new IamService(accounts, entityPolicies, environment.ids());
        environment
                .ports()
                .provide(
                        RoleSessions.class,
                        new IssuedRoleSessions(
                                accounts, sessions, roles, assumed, sessionPolicies, environment.clock()));
        Decisions decisions = new Decisions();
        Enforcement enforcement = new Enforcement(callerPolicies, accounts, environment.ports(), mode, decisions);
        Optional<Authorizer> judge = mode == EnforcementMode.OFF ? Optional.empty() : Optional.of(enforcement);
        environment.ports().provide(Authorizer.class, new AccessNotes(accounts, judge));
        if (judge.isPresent()) {
            environment.ports().deliveries().guard(enforcement);
            environment.ports().provide(AccessGuard.class, enforcement);
        }
        routes.addAll(new ExplainEndpoint(
                        enforcement,
                        callerPolicies,
                        decisions,
                        text -> seal.seal(CallerOperations.AUTHORIZATION_MESSAGE, text))
                .routes());
        routes.addAll(tokens.routes());
        routes.addAll(new DeveloperEndpoints(keys, seal, environment.clock()).routes());
    }

    @Override
    public List<ServiceApi> apis() {
        return List.of(new StsApi(sts), new IamApi(iam));
    }

    StsService sts() {
        return sts;
    }

    IamService iam() {
        return iam;
    }

    @Override
    public List<HttpRoute> routes() {
        return List.copyOf(routes);
    }

    @Override
    public void save(StateSink sink) {
        state.save(sink);
    }

    @Override
    public void load(StateSource source) {
        state.load(source);
    }

    /** Identity is global; a reset of one region other than us-east-1 leaves it alone. */
    @Override
    public void reset(ResetScope scope) {
        accounts.reset(scope);
        sessions.forget(account -> scope.covers(account, Region.US_EAST_1));
    }
}
