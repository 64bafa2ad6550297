package io.pileus.kinesis;

import io.pileus.core.service.CallContext;
import io.pileus.core.service.CallsInterceptor;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.shape.Shape;

/** An API whose calls are counted before they are made. */
final class RatedApi extends CallsInterceptor {
    private final RequestRates rates;

    RatedApi(ServiceApi api, RequestRates rates) {
        super(api);
        this.rates = rates;
    }

    @Override
    public Object call(Operation operation, Shape input, CallContext call) {
        rates.admit(operation.name(), input, call);
        return api.call(operation, input, call);
    }
}
