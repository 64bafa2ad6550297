package io.pileus.s3;

import io.pileus.core.service.CallContext;
import io.pileus.core.service.ConstraintPolicy;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.ServiceModel;
import io.pileus.core.shape.Schema;
import io.pileus.core.shape.Shape;
import io.pileus.core.shape.ShapeReader;
import io.pileus.s3.model.ListObjectVersionsRequest;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The API, with a look at each call of another account before it is answered, and with versions in the order of S3's XML. */
record GuardedApi(ServiceApi api, ForeignAccess access, VersionListing versions) implements ServiceApi {
    @Override
    public Object call(Operation operation, Shape input, CallContext call) {
        access.check(operation.name(), input, call);
        return input instanceof ListObjectVersionsRequest list
                ? versions.listObjectVersions(list, call)
                : api.call(operation, input, call);
    }

    @Override
    public ServiceModel model() {
        return api.model();
    }

    @Override
    public List<Operation> operations() {
        return api.operations();
    }

    @Override
    public @Nullable Operation operation(String name) {
        return api.operation(name);
    }

    @Override
    public Schema inputSchema(Operation operation) {
        return api.inputSchema(operation);
    }

    @Override
    public Schema outputSchema(Operation operation) {
        return api.outputSchema(operation);
    }

    @Override
    public Shape readInput(Operation operation, ShapeReader reader) {
        return api.readInput(operation, reader);
    }

    @Override
    public Shape readOutput(Operation operation, ShapeReader reader) {
        return api.readOutput(operation, reader);
    }

    @Override
    public Flow.@Nullable Publisher<? extends Shape> outputEvents(Operation operation, Shape output) {
        return api.outputEvents(operation, output);
    }

    @Override
    public ConstraintPolicy constraints() {
        return api.constraints();
    }

    @Override
    public boolean implemented(Operation operation) {
        return api.implemented(operation);
    }
}
