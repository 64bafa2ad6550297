package io.pileus.firehose.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.firehose.jq.Expression.Pattern;
import java.util.function.Consumer;

/**
 * Evaluates a query for the places its results have in the input, as {@code path}, {@code del} and the assignments need them. What
 * leads to a place goes on from place to place; whatever else stands in the query (conditions, keys, sources) is evaluated for its
 * values.
 */
final class PathEvaluator {
    private final Evaluator values;
    private final Control control;
    private final Meter meter;

    PathEvaluator(Evaluator values) {
        this.values = values;
        this.control = values.control();
        this.meter = values.meter();
    }

    /** A value, and the keys that lead to it. */
    record Place(ArrayNode path, JsonNode value) {}

    void evaluate(Expression expression, Scope scope, Place in, Consumer<Place> out) {
        meter.enter();
        switch (expression) {
            case Expression.Identity identity -> out.accept(in);
            case Expression.Descend descend -> descend(in, out);
            case Expression.Pipe(Expression left, Expression right) ->
                evaluate(left, scope, in, place -> evaluate(right, scope, place, out));
            case Expression.Comma(Expression left, Expression right) -> {
                evaluate(left, scope, in, out);
                evaluate(right, scope, in, out);
            }
            case Expression.Index(Expression target, Expression key) ->
                evaluate(
                        target,
                        scope,
                        in,
                        place -> values.evaluate(key, scope, in.value(), k -> out.accept(inside(place, k))));
            case Expression.Slice slice ->
                evaluate(
                        slice.target(),
                        scope,
                        in,
                        place -> values.bounds(slice, scope, in.value(), (from, to) -> {
                            ObjectNode key = Values.object();
                            key.set("start", from);
                            key.set("end", to);
                            out.accept(at(place, key, values.sliced(place.value(), from, to)));
                        }));
            case Expression.Iterate(Expression target) -> evaluate(target, scope, in, place -> iterate(place, out));
            case Expression.Alternative(Expression left, Expression right) -> {
                boolean[] any = {false};
                control.<Place>attempt(
                        found -> evaluate(left, scope, in, found),
                        place -> {
                            if (Values.isTrue(place.value())) {
                                any[0] = true;
                                out.accept(place);
                            }
                        },
                        error -> {});
                if (!any[0]) {
                    evaluate(right, scope, in, out);
                }
            }
            case Expression.If(Expression condition, Expression then, Expression otherwise) ->
                values.evaluate(
                        condition,
                        scope,
                        in.value(),
                        c -> evaluate(Values.isTrue(c) ? then : otherwise, scope, in, out));
            case Expression.Try(Expression body, Expression handler) ->
                control.<Place>attempt(found -> evaluate(body, scope, in, found), out, error -> {
                    if (handler != null) {
                        evaluate(handler, scope, new Place(Values.array(), error), out);
                    }
                });
            case Expression.Bind(Expression source, Pattern pattern, Expression body) ->
                values.evaluate(
                        source,
                        scope,
                        in.value(),
                        value -> values.bind(pattern, value, scope, bound -> evaluate(body, bound, in, out)));
            case Expression.Reduce reduce -> reduce(reduce, scope, in, out);
            case Expression.Foreach foreach -> foreach(foreach, scope, in, out);
            case Expression.Label(String name, Expression body) ->
                control.label(mark -> evaluate(body, scope.label(name, mark), in, out));
            case Expression.Define(Expression.Function function, Expression body) ->
                evaluate(body, scope.function(function), in, out);
            case Expression.Call call -> call(call, scope, in, out);
            default -> none(expression, scope, in);
        }
        meter.leave();
    }

    /** What is made is at no place; what makes nothing does no harm. */
    private void none(Expression expression, Scope scope, Place in) {
        values.evaluate(expression, scope, in.value(), made -> {
            throw new JqException("Invalid path expression with result " + Values.shortened(Values.json(made)));
        });
    }

    private Place at(Place place, JsonNode key, JsonNode value) {
        meter.steps(place.path().size() + 1L);
        return new Place(Values.array().addAll(place.path()).add(key), value);
    }

    private Place inside(Place place, JsonNode key) {
        return at(place, key, values.index(place.value(), key));
    }

    private void iterate(Place place, Consumer<Place> out) {
        if (!place.value().isContainerNode()) {
            throw new JqException("Cannot iterate over " + Values.described(place.value()));
        }
        for (JsonNode key : Containers.keys(place.value(), false, meter)) {
            out.accept(inside(place, key));
        }
    }

    private void descend(Place place, Consumer<Place> out) {
        meter.enter();
        out.accept(place);
        if (place.value().isContainerNode()) {
            iterate(place, inner -> descend(inner, out));
        }
        meter.leave();
    }

    private void reduce(Expression.Reduce reduce, Scope scope, Place in, Consumer<Place> out) {
        evaluate(reduce.initial(), scope, in, initial -> {
            Place[] state = {initial};
            values.evaluate(
                    reduce.source(),
                    scope,
                    in.value(),
                    value -> values.bind(reduce.pattern(), value, scope, bound -> {
                        Place[] last = {new Place(Values.array(), NullNode.getInstance())};
                        evaluate(reduce.update(), bound, state[0], next -> last[0] = next);
                        state[0] = last[0];
                    }));
            out.accept(state[0]);
        });
    }

    private void foreach(Expression.Foreach foreach, Scope scope, Place in, Consumer<Place> out) {
        evaluate(foreach.initial(), scope, in, initial -> {
            Place[] state = {initial};
            values.evaluate(
                    foreach.source(),
                    scope,
                    in.value(),
                    value -> values.bind(
                            foreach.pattern(),
                            value,
                            scope,
                            bound -> evaluate(foreach.update(), bound, state[0], next -> {
                                state[0] = next;
                                if (foreach.extract() == null) {
                                    out.accept(next);
                                } else {
                                    evaluate(foreach.extract(), bound, next, out);
                                }
                            })));
        });
    }

    private void call(Expression.Call call, Scope scope, Place in, Consumer<Place> out) {
        Scope link = scope.find(call.signature(), meter);
        if (link == null) {
            Expression.Function function = Prelude.function(call.signature());
            if (function == null) {
                callBuiltin(call, scope, in, out);
            } else {
                enter(function, Scope.EMPTY, call, scope, in, out);
            }
        } else if (link.meaning() instanceof Expression.Function function) {
            enter(function, link, call, scope, in, out);
        } else if (link.meaning() instanceof Scope.Closure(Expression body, Scope written)) {
            evaluate(body, written, in, out);
        }
    }

    private void enter(
            Expression.Function function,
            Scope home,
            Expression.Call call,
            Scope caller,
            Place in,
            Consumer<Place> out) {
        values.bindParameters(
                function, 0, home, call, caller, in.value(), inner -> evaluate(function.body(), inner, in, out));
    }

    private void callBuiltin(Expression.Call call, Scope scope, Place in, Consumer<Place> out) {
        Expression first = call.arguments().isEmpty() ? call : call.arguments().getFirst();
        switch (call.signature()) {
            case "first/1" -> control.<Place>limit(1, found -> evaluate(first, scope, in, found), out);
            case "limit/2" ->
                values.evaluate(
                        first,
                        scope,
                        in.value(),
                        count -> control.<Place>limit(
                                (long) Builtins.number(count),
                                found -> evaluate(call.arguments().get(1), scope, in, found),
                                out));
            case "getpath/1" ->
                values.evaluate(first, scope, in.value(), path -> {
                    Place place = in;
                    for (JsonNode key : Builtins.array(path, "a path")) {
                        place = inside(place, key);
                    }
                    out.accept(place);
                });
            default -> none(call, scope, in);
        }
    }
}
