package io.pileus.cognito.idp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.port.FunctionInvoker;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.JsonTrees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Lambda functions of a test: each changes the event it is given, or throws. */
final class FakeFunctions implements FunctionInvoker {
    final List<ObjectNode> events = new ArrayList<>();
    private final Map<String, Consumer<ObjectNode>> functions = new HashMap<>();
    private final Map<String, Supplier<CompletionStage<Result>>> raw = new HashMap<>();

    String add(String name, Consumer<ObjectNode> change) {
        functions.put(name, change);
        return "arn:aws:lambda:us-east-1:000000000000:function:" + name;
    }

    /** A function that answers whatever it likes, or nothing ever. */
    String addRaw(String name, Supplier<CompletionStage<Result>> answer) {
        raw.put(name, answer);
        return "arn:aws:lambda:us-east-1:000000000000:function:" + name;
    }

    /** A function that changes nothing. */
    String addPlain(String name) {
        return add(name, event -> {});
    }

    /** The last event of a kind. */
    ObjectNode event(String triggerSource) {
        return events.stream()
                .filter(e -> e.get("triggerSource").asText().equals(triggerSource))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError(triggerSource + " is not among " + events));
    }

    @Override
    public CompletionStage<Result> invoke(Arn function, Blob payload, Caller caller, int hops) {
        Supplier<CompletionStage<Result>> answer = raw.get(function.resourceId());
        if (answer != null) {
            return answer.get();
        }
        Consumer<ObjectNode> change = functions.get(function.resourceId());
        if (change == null) {
            return CompletableFuture.completedStage(new Refused("ResourceNotFoundException", "no function", 404));
        }
        try {
            ObjectNode event = (ObjectNode) JsonTrees.mapper().readTree(payload.bytes());
            events.add(event.deepCopy());
            change.accept(event);
            return CompletableFuture.completedStage(new Returned(Blob.ofUtf8(event.toString()), "$LATEST"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (IllegalStateException e) {
            return CompletableFuture.completedStage(new Failed(
                    "Unhandled", Blob.ofUtf8("{\"errorMessage\":\"" + e.getMessage() + "\"}"), Optional.empty()));
        }
    }
}
