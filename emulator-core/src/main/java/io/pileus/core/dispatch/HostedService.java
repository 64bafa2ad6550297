package io.pileus.core.dispatch;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.Operation;
import io.pileus.core.service.Scopes;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.ServiceModel;
import io.pileus.core.service.WireProtocol;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One AWS service that is here: its operation table under the name by which users know it. */
public final class HostedService {
    /** So many accounts and regions are remembered. */
    private static final int SCOPES_MAX = 10_000;

    private final String name;
    private final ServiceApi api;
    private final ServiceModel model;
    private final EmulatedService owner;
    private final @Nullable WireProtocol rest;
    private volatile Scopes.@Nullable Scope lastScope;
    private final Set<Scopes.Scope> scopes = ConcurrentHashMap.newKeySet();
    private volatile @Nullable RestTable restTable;

    HostedService(ServiceApi api, EmulatedService owner) {
        this.api = api;
        this.model = api.model();
        this.owner = owner;
        this.name = ServiceDirectory.userName(model.endpointPrefix());
        this.rest = speaks(WireProtocol.REST_JSON_1)
                ? WireProtocol.REST_JSON_1
                : speaks(WireProtocol.REST_XML) ? WireProtocol.REST_XML : null;
    }

    /** The name that users enable and see, such as {@code sqs} or {@code stepfunctions}. */
    public String name() {
        return name;
    }

    public ServiceApi api() {
        return api;
    }

    public ServiceModel model() {
        return model;
    }

    /** The module's service, which may serve other APIs too. */
    public EmulatedService owner() {
        return owner;
    }

    /** Whether a request has reached it yet. */
    public boolean used() {
        return lastScope != null;
    }

    /** The accounts and regions that requests were about. */
    public Set<Scopes.Scope> scopes() {
        return Set.copyOf(scopes);
    }

    void markUsed(AccountId account, Region region) {
        Scopes.Scope last = lastScope;
        if (last != null && last.account().equals(account) && last.region().equals(region)) {
            return;
        }
        Scopes.Scope scope = new Scopes.Scope(account, region);
        lastScope = scope;
        if (scopes.size() < SCOPES_MAX) {
            scopes.add(scope);
        }
    }

    boolean speaks(WireProtocol protocol) {
        return model.protocols().contains(protocol);
    }

    /** Its REST protocol, or null when it has none. */
    @Nullable
    WireProtocol rest() {
        return rest;
    }

    /** The JSON protocol that it speaks when a client does not say which. */
    WireProtocol json() {
        return speaks(WireProtocol.AWS_JSON_1_1) ? WireProtocol.AWS_JSON_1_1 : WireProtocol.AWS_JSON_1_0;
    }

    /** The protocol to answer in when a request did not even say what it speaks. */
    WireProtocol usual() {
        if (rest != null) {
            return rest;
        }
        return speaks(WireProtocol.AWS_JSON_1_0) || speaks(WireProtocol.AWS_JSON_1_1) ? json() : WireProtocol.AWS_QUERY;
    }

    @Nullable
    Operation operation(String operationName) {
        return api.operation(operationName);
    }

    /** The table of its REST bindings, made on first use. */
    RestTable restTable() {
        RestTable table = restTable;
        if (table == null) {
            table = new RestTable(api);
            restTable = table;
        }
        return table;
    }

    @Override
    public String toString() {
        return name;
    }
}
