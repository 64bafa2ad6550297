package io.pileus.core.dispatch;

import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.ServiceModel;
import io.pileus.core.service.WireProtocol;
import org.jspecify.annotations.Nullable;

/** One AWS service that is here: its operation table under the name by which users know it. */
public final class HostedService {
    private final String name;
    private final ServiceApi api;
    private final ServiceModel model;
    private final EmulatedService owner;
    private final @Nullable WireProtocol rest;
    private volatile boolean used;
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
        return used;
    }

    void markUsed() {
        if (!used) {
            used = true;
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
