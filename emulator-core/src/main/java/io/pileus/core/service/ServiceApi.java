package io.pileus.core.service;

import io.pileus.core.shape.Schema;
import io.pileus.core.shape.Shape;
import io.pileus.core.shape.ShapeReader;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The operation table of one service's model, joined to the object that implements its operations. Generated; it
 * dispatches by a switch over {@link Operation#index()}.
 */
public interface ServiceApi {

    ServiceModel model();

    List<Operation> operations();

    /** The operation of this name, or null. */
    @Nullable
    Operation operation(String name);

    Schema inputSchema(Operation operation);

    Schema outputSchema(Operation operation);

    Shape readInput(Operation operation, ShapeReader reader);

    /** Reads an operation's output, as a client would. */
    Shape readOutput(Operation operation, ShapeReader reader);

    /** Runs the operation; its answer is a {@link Shape}, or a {@link CompletionStage} of one when the mode is WAITING. */
    Object call(Operation operation, Shape input, CallContext call);

    /** The event stream of an output that has one. */
    Flow.@Nullable Publisher<? extends Shape> outputEvents(Operation operation, Shape output);

    /** How the service answers inputs that break the model's constraints. */
    default ConstraintPolicy constraints() {
        return new ConstraintPolicy() {};
    }

    /** Whether the service overrides the operation; what it does not answers 501. */
    boolean implemented(Operation operation);
}
