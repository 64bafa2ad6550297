package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.pileus.stepfunctions.asl.Errors;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.asl.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a Map state works out before its iterations begin, and what each of them is given. */
final class MapPlans {
    private final ContextObject context;
    private final Inspector inspector;

    MapPlans(ContextObject context, Inspector inspector) {
        this.context = context;
        this.inspector = inspector;
    }

    /** How the state goes on from its input. */
    Next plan(State.Map map, Scope scope, JsonNode input) {
        long concurrency = map.maxConcurrency()
                .map(t -> Values.integer(t, "MaxConcurrency", input, scope, Values.Range.NOT_NEGATIVE))
                .orElse(0L);
        inspector.saw(Inspector.Stage.MAX_CONCURRENCY, IntNode.valueOf((int) Math.min(concurrency, Integer.MAX_VALUE)));
        if (map.distribution().isPresent()) {
            return new Next.Distribute(map, distribution(map, map.distribution().get(), input, concurrency, scope));
        }
        JsonNode items = items(map, input, scope);
        List<JsonNode> list = new ArrayList<>(items.size());
        items.forEach(list::add);
        return new Next.ForkItems(map, list, input, (int) Math.min(concurrency, Integer.MAX_VALUE));
    }

    /** The items that the state has without an ItemReader. */
    JsonNode items(State.Map map, JsonNode input, Scope scope) {
        JsonNode items = map.items()
                .map(t -> t instanceof Template.PathValue path
                        ? Evaluator.require(path.path(), input, scope)
                        : Evaluator.evaluate(t, input, scope))
                .orElse(input);
        inspector.saw(Inspector.Stage.AFTER_ITEMS_PATH, items);
        if (items.isArray() || items.isObject() && map.distribution().isPresent()) {
            return items;
        }
        if (map.items().orElse(null) instanceof Template.ExpressionValue e) {
            throw new StateFailure(
                    Errors.QUERY_EVALUATION_ERROR,
                    "The JSONata expression '" + e.expression().source()
                            + "' specified for the field 'Items' returned an unexpected result type. Expected 'array',"
                            + " but was '" + Types.name(items) + "' for value: " + items,
                    Optional.of("Items"));
        }
        throw new StateFailure(
                Errors.RUNTIME,
                "Reference path \"" + map.items().map(Values::source).orElse("$") + "\" must point to array.");
    }

    /** The input of an iteration; called when the iteration begins. */
    JsonNode iterationInput(State.Map map, Frame frame, Frame.MapItem item, JsonNode input, Moment moment) {
        if (map.itemSelector().isEmpty()) {
            return item.key().<JsonNode>map(key -> pair(key, item.value())).orElse(item.value());
        }
        Frame inside = new Frame(
                frame.workflow(),
                frame.stateName(),
                frame.input(),
                frame.variables(),
                Optional.of(item),
                frame.enteredAt(),
                frame.enteredEventId(),
                frame.retries(),
                frame.retryCount());
        Scope scope = Scope.of(frame.input(), () -> context.of(inside, Optional.empty()), frame.variables(), moment);
        JsonNode selected = Evaluator.evaluate(map.itemSelector().get(), input, scope);
        inspector.saw(Inspector.Stage.AFTER_ITEM_SELECTOR, selected);
        return selected;
    }

    /** What an iteration over an object is given: a key and its value. */
    private static JsonNode pair(String key, JsonNode value) {
        return Json.object().put("Key", key).set("Value", value);
    }

    private Next.MapRunPlan distribution(
            State.Map map, State.Distribution distribution, JsonNode input, long concurrency, Scope scope) {
        Optional<State.ItemReader> reader = distribution.itemReader();
        Optional<State.ItemBatcher> batcher = distribution.itemBatcher();
        long count = distribution
                .toleratedFailureCount()
                .map(t -> Values.integer(t, "ToleratedFailureCount", input, scope, Values.Range.NOT_NEGATIVE))
                .orElse(0L);
        double percentage = distribution
                .toleratedFailurePercentage()
                .map(t -> Values.percentage(t, "ToleratedFailurePercentage", input, scope))
                .orElse(0.0);
        inspector.saw(Inspector.Stage.TOLERATED_FAILURE_COUNT, JsonNodeFactory.instance.numberNode(count));
        inspector.saw(Inspector.Stage.TOLERATED_FAILURE_PERCENTAGE, DoubleNode.valueOf(percentage));
        return new Next.MapRunPlan(
                reader.isPresent() ? Optional.empty() : Optional.of(items(map, input, scope)),
                reader.flatMap(State.ItemReader::parameters).map(t -> Evaluator.evaluate(t, input, scope)),
                distribution
                        .resultWriter()
                        .flatMap(State.ResultWriter::parameters)
                        .map(t -> Evaluator.evaluate(t, input, scope)),
                reader.flatMap(State.ItemReader::maxItems)
                        .map(t -> Values.integer(t, "MaxItems", input, scope, new Values.Range(0, 100_000_000))),
                batcher.flatMap(State.ItemBatcher::batchInput).map(t -> Evaluator.evaluate(t, input, scope)),
                batcher.flatMap(State.ItemBatcher::maxItemsPerBatch)
                        .map(t -> Values.integer(t, "MaxItemsPerBatch", input, scope, Values.Range.NOT_NEGATIVE))
                        .filter(items -> items > 0),
                batcher.flatMap(State.ItemBatcher::maxInputBytesPerBatch)
                        .map(t -> Values.integer(t, "MaxInputBytesPerBatch", input, scope, Values.Range.NOT_NEGATIVE))
                        .filter(bytes -> bytes > 0)
                        .map(bytes -> Math.min(bytes, Json.PAYLOAD_BYTES_MAX)),
                concurrency,
                count,
                percentage,
                input);
    }
}
