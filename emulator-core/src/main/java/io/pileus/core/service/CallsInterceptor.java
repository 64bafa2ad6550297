package io.pileus.core.service;

import io.pileus.core.shape.Schema;
import io.pileus.core.shape.Shape;
import io.pileus.core.shape.ShapeReader;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** An API in front of another, whose calls it looks at: all but {@link #call} is the other's. */
public abstract class CallsInterceptor implements ServiceApi {
    /** The API that is called in the end. */
    protected final ServiceApi api;

    protected CallsInterceptor(ServiceApi api) {
        this.api = api;
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
