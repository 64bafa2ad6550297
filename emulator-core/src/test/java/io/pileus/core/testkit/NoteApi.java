package io.pileus.core.testkit;

import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.Operation;
import io.pileus.core.service.Operation.Mode;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.ServiceModel;
import io.pileus.core.service.WireProtocol;
import io.pileus.core.shape.Schema;
import io.pileus.core.shape.Shape;
import io.pileus.core.shape.ShapeReader;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A service by hand: operations that answer, wait, work hard, refuse and break. */
public final class NoteApi implements ServiceApi, EmulatedService {
    private final ServiceModel model;
    private final List<Operation> operations = List.of(
            operation("Echo", 0, Mode.DIRECT),
            operation("Wait", 1, Mode.WAITING),
            operation("Crunch", 2, Mode.OFFLOADED),
            operation("Refuse", 3, Mode.DIRECT),
            operation("Break", 4, Mode.DIRECT),
            operation("Partly", 5, Mode.DIRECT));
    public final List<CallContext> calls = new CopyOnWriteArrayList<>();
    public final List<ResetScope> resets = new CopyOnWriteArrayList<>();
    public final CompletableFuture<Note> waiting = new CompletableFuture<>();

    private NoteApi(ServiceModel model) {
        this.model = model;
    }

    /** Speaks JSON 1.0 and Query, as SQS does. */
    public static NoteApi queue() {
        return new NoteApi(model("AmazonSQS", "SQS", "2012-11-05", "sqs"));
    }

    /** Another Query service with operations of the same names. */
    public static NoteApi topic() {
        return new NoteApi(model("AmazonSimpleNotificationService", "SNS", "2010-03-31", "sns"));
    }

    public static NoteApi stepFunctions() {
        return new NoteApi(model("AWSStepFunctions", "SFN", "2016-11-23", "states"));
    }

    /** A service of no AWS. */
    public static NoteApi parrot() {
        return new NoteApi(model("Parrot", "Parrot", "2026-01-01", "parrot"));
    }

    private static ServiceModel model(String shapeName, String sdkId, String version, String prefix) {
        return new ServiceModel(
                "test",
                shapeName,
                sdkId,
                version,
                prefix,
                prefix,
                prefix,
                "",
                Set.of(WireProtocol.AWS_JSON_1_0, WireProtocol.AWS_QUERY),
                false,
                false);
    }

    private static Operation operation(String name, int index, Mode mode) {
        return new Operation(name, index, mode, "POST", "/", 200, false, "", List.of(), null);
    }

    @Override
    public Object call(Operation operation, Shape input, CallContext call) {
        calls.add(call);
        return switch (operation.name()) {
            case "Echo" -> input;
            case "Wait" -> waiting;
            case "Crunch" -> new Note(null, Thread.currentThread().getName());
            case "Refuse" -> throw new AwsException("Refused", 409, "no <such> luck");
            case "Partly" -> {
                call.notEmulated("the other part");
                yield input;
            }
            default -> throw new IllegalStateException("a bug with secrets");
        };
    }

    @Override
    public ServiceModel model() {
        return model;
    }

    @Override
    public List<Operation> operations() {
        return operations;
    }

    @Override
    public @Nullable Operation operation(String name) {
        return operations.stream()
                .filter(o -> o.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Schema inputSchema(Operation operation) {
        return Note.SCHEMA;
    }

    @Override
    public Schema outputSchema(Operation operation) {
        return Note.SCHEMA;
    }

    @Override
    public Shape readInput(Operation operation, ShapeReader reader) {
        return Note.read(reader);
    }

    @Override
    public Shape readOutput(Operation operation, ShapeReader reader) {
        return Note.read(reader);
    }

    @Override
    public Flow.@Nullable Publisher<? extends Shape> outputEvents(Operation operation, Shape output) {
        return null;
    }

    @Override
    public boolean implemented(Operation operation) {
        return true;
    }

    @Override
    public List<ServiceApi> apis() {
        return List.of(this);
    }

    @Override
    public void reset(ResetScope scope) {
        resets.add(scope);
    }
}
