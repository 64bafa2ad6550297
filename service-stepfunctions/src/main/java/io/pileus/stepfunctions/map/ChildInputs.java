package io.pileus.stepfunctions.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.port.ObjectStore;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.run.Frame;
import io.pileus.stepfunctions.run.Interpreter;
import io.pileus.stepfunctions.run.Moment;
import io.pileus.stepfunctions.run.Next;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the child executions of a Map run are given: items, selected from, and put together in batches. */
public final class ChildInputs {
    private final Interpreter interpreter;
    private final State.Map state;
    private final Frame frame;
    private final Next.MapRunPlan plan;
    private final Moment moment;
    private final Optional<ObjectStore> store;

    public ChildInputs(
            Interpreter interpreter,
            State.Map state,
            Frame frame,
            Next.MapRunPlan plan,
            Moment moment,
            Optional<ObjectStore> store) {
        this.interpreter = interpreter;
        this.state = state;
        this.frame = frame;
        this.plan = plan;
        this.moment = moment;
        this.store = store;
    }

    List<Child> children() {
        List<JsonNode> selected = selected(items());
        boolean batched =
                state.distribution().flatMap(State.Distribution::itemBatcher).isPresent();
        return batched
                ? batches(selected)
                : selected.stream().map(input -> new Child(input, 1)).toList();
    }

    private List<Frame.MapItem> items() {
        Optional<State.ItemReader> reader = state.distribution().flatMap(State.Distribution::itemReader);
        return reader.isPresent()
                ? ItemSource.read(
                        store, reader.get(), plan.readerArguments().orElse(Json.EMPTY_OBJECT), plan.maxItems())
                : itemsOf(plan.items().orElseThrow());
    }

    /** The items of a JSON value. */
    public static List<Frame.MapItem> itemsOf(JsonNode value) {
        return ItemSource.of(value, Optional.of("STATE_DATA"));
    }

    /** The items of a text, as the ItemReader would read them from an object that holds it. */
    public List<Frame.MapItem> itemsOf(String text) {
        State.ItemReader reader =
                state.distribution().flatMap(State.Distribution::itemReader).orElseThrow();
        return ItemSource.parse(reader, text, plan.maxItems());
    }

    /** Each item after the ItemSelector. */
    public List<JsonNode> selected(List<Frame.MapItem> items) {
        List<JsonNode> inputs = new ArrayList<>(items.size());
        for (Frame.MapItem item : items) {
            inputs.add(interpreter.iterationInput(state, frame, item, plan.effectiveInput(), moment));
        }
        return inputs;
    }

    /** The inputs of the children that batches of these make. */
    public List<JsonNode> batched(List<JsonNode> inputs) {
        return batches(inputs).stream().map(child -> child.input).toList();
    }

    private List<Child> batches(List<JsonNode> inputs) {
        List<Child> made = new ArrayList<>();
        ArrayNode batch = JsonNodeFactory.instance.arrayNode();
        long fixed = Json.size(batchOf(JsonNodeFactory.instance.arrayNode()));
        long most = plan.maxInputBytesPerBatch().orElse((long) Json.PAYLOAD_BYTES_MAX);
        long size = fixed;
        for (JsonNode input : inputs) {
            long bytes = Json.size(input) + 1L;
            boolean full = batch.size() >= plan.maxItemsPerBatch().orElse(Long.MAX_VALUE) || size + bytes > most;
            if (!batch.isEmpty() && full) {
                made.add(new Child(batchOf(batch.deepCopy()), batch.size()));
                batch.removeAll();
                size = fixed;
            }
            batch.add(input);
            size += bytes;
        }
        if (!batch.isEmpty()) {
            made.add(new Child(batchOf(batch), batch.size()));
        }
        return made;
    }

    private JsonNode batchOf(ArrayNode items) {
        ObjectNode batch = Json.object();
        plan.batchInput().ifPresent(input -> batch.set("BatchInput", input));
        batch.set("Items", items);
        return batch;
    }
}
