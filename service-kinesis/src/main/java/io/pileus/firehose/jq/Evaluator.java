package io.pileus.firehose.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.firehose.jq.Expression.Pattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Evaluates a query on a value: a node of the tree hands each of its results on, so that a chain of generators needs no lists. */
final class Evaluator {
    private final Meter meter;
    private final Instant now;
    private final Control control;

    Evaluator(Meter meter, Instant now) {
        this.meter = meter;
        this.control = new Control(meter);
        this.now = now;
    }

    Meter meter() {
        return meter;
    }

    Control control() {
        return control;
    }

    Instant now() {
        return now;
    }

    void evaluate(Expression expression, JsonNode input, Consumer<JsonNode> out) {
        evaluate(expression, Scope.EMPTY, input, out);
    }

    void evaluate(Expression expression, Scope scope, JsonNode input, Consumer<JsonNode> out) {
        meter.enter();
        switch (expression) {
            case Expression.Identity identity -> out.accept(input);
            case Expression.Literal(JsonNode value) -> out.accept(value);
            case Expression.Descend descend -> descend(input, out);
            case Expression.Variable(String name) -> out.accept(variable(name, scope));
            case Expression.Pipe(Expression left, Expression right) ->
                evaluate(left, scope, input, value -> evaluate(right, scope, value, out));
            case Expression.Comma(Expression left, Expression right) -> {
                evaluate(left, scope, input, out);
                evaluate(right, scope, input, out);
            }
            case Expression.Index(Expression target, Expression key) ->
                evaluate(target, scope, input, value -> evaluate(key, scope, input, k -> out.accept(index(value, k))));
            case Expression.Slice slice -> slice(slice, scope, input, out);
            case Expression.Iterate(Expression target) -> evaluate(target, scope, input, value -> iterate(value, out));
            case Expression.ArrayOf(Expression elements) -> {
                ArrayNode array = Values.array();
                if (elements != null) {
                    evaluate(elements, scope, input, array::add);
                }
                out.accept(array);
            }
            case Expression.ObjectOf(List<Expression.Member> members) ->
                object(members, 0, Values.object(), scope, input, out);
            case Expression.Text(List<Expression> parts) -> text(parts, 0, "", scope, input, out);
            case Expression.Formatted(Format format) -> out.accept(Values.of(format.write(input, meter)));
            case Expression.Negate(Expression operand) ->
                evaluate(operand, scope, input, value -> out.accept(negated(value)));
            case Expression.Binary(Expression.Operator operator, Expression left, Expression right) ->
                evaluate(
                        right,
                        scope,
                        input,
                        r -> evaluate(left, scope, input, l -> out.accept(Values.apply(operator, l, r, meter))));
            case Expression.And(Expression left, Expression right) ->
                evaluate(left, scope, input, l -> {
                    if (Values.isTrue(l)) {
                        evaluate(right, scope, input, r -> out.accept(Values.of(Values.isTrue(r))));
                    } else {
                        out.accept(Values.of(false));
                    }
                });
            case Expression.Or(Expression left, Expression right) ->
                evaluate(left, scope, input, l -> {
                    if (Values.isTrue(l)) {
                        out.accept(Values.of(true));
                    } else {
                        evaluate(right, scope, input, r -> out.accept(Values.of(Values.isTrue(r))));
                    }
                });
            case Expression.Alternative(Expression left, Expression right) ->
                alternative(left, right, scope, input, out);
            case Expression.If(Expression condition, Expression then, Expression otherwise) ->
                evaluate(
                        condition, scope, input, c -> evaluate(Values.isTrue(c) ? then : otherwise, scope, input, out));
            case Expression.Try(Expression body, Expression handler) -> attempt(body, handler, scope, input, out);
            case Expression.Bind(Expression source, Pattern pattern, Expression body) ->
                evaluate(
                        source,
                        scope,
                        input,
                        value -> bind(pattern, value, scope, bound -> evaluate(body, bound, input, out)));
            case Expression.Reduce reduce -> reduce(reduce, scope, input, out);
            case Expression.Foreach foreach -> foreach(foreach, scope, input, out);
            case Expression.Label(String name, Expression body) ->
                control.label(mark -> evaluate(body, scope.label(name, mark), input, out));
            case Expression.Break(String name) ->
                throw control.leave(found("*" + name, scope).meaning());
            case Expression.Define(Expression.Function function, Expression body) ->
                evaluate(body, scope.function(function), input, out);
            case Expression.Call call -> call(call, scope, input, out);
        }
        meter.leave();
    }

    /** The results as a list. */
    List<JsonNode> all(Expression expression, Scope scope, JsonNode input) {
        List<JsonNode> values = new ArrayList<>();
        evaluate(expression, scope, input, values::add);
        return values;
    }

    /** Hands on at most so many results, and evaluates no further. */
    void limit(long count, Expression expression, Scope scope, JsonNode input, Consumer<JsonNode> out) {
        control.limit(count, found -> evaluate(expression, scope, input, found), out);
    }

    // Names

    private Scope found(String name, Scope scope) {
        return Objects.requireNonNull(scope.find(name, meter), name);
    }

    private JsonNode variable(String name, Scope scope) {
        return (JsonNode) Objects.requireNonNull(found("$" + name, scope).meaning());
    }

    private void call(Expression.Call call, Scope scope, JsonNode input, Consumer<JsonNode> out) {
        Scope link = scope.find(call.signature(), meter);
        if (link == null) {
            Expression.Function function = Prelude.function(call.signature());
            if (function == null) {
                Builtins.apply(this, call, scope, input, out);
            } else {
                enter(function, Scope.EMPTY, call, scope, input, out);
            }
        } else if (link.meaning() instanceof Expression.Function function) {
            enter(function, link, call, scope, input, out);
        } else if (link.meaning() instanceof Scope.Closure(Expression body, Scope written)) {
            evaluate(body, written, input, out);
        }
    }

    /** Evaluates a function's body: filters come as they are, values are evaluated first. */
    private void enter(
            Expression.Function function,
            Scope home,
            Expression.Call call,
            Scope caller,
            JsonNode input,
            Consumer<JsonNode> out) {
        bindParameters(function, 0, home, call, caller, input, inner -> evaluate(function.body(), inner, input, out));
    }

    void bindParameters(
            Expression.Function function,
            int position,
            Scope inner,
            Expression.Call call,
            Scope caller,
            JsonNode input,
            Consumer<Scope> then) {
        if (position == function.parameters().size()) {
            then.accept(inner);
            return;
        }
        String parameter = function.parameters().get(position);
        Expression argument = call.arguments().get(position);
        if (parameter.startsWith("$")) {
            String name = parameter.substring(1);
            evaluate(
                    argument,
                    caller,
                    input,
                    value -> bindParameters(
                            function,
                            position + 1,
                            inner.variable(name, value)
                                    .filter(name, new Scope.Closure(new Expression.Literal(value), Scope.EMPTY)),
                            call,
                            caller,
                            input,
                            then));
        } else {
            bindParameters(
                    function,
                    position + 1,
                    inner.filter(parameter, new Scope.Closure(argument, caller)),
                    call,
                    caller,
                    input,
                    then);
        }
    }

    void bind(Pattern pattern, JsonNode value, Scope scope, Consumer<Scope> then) {
        switch (pattern) {
            case Pattern.Name(String name) -> then.accept(scope.variable(name, value));
            case Pattern.Elements(List<Pattern> elements) -> bindElements(elements, 0, value, scope, then);
            case Pattern.Fields(List<Pattern.Field> fields) -> bindFields(fields, 0, value, scope, then);
        }
    }

    private void bindElements(List<Pattern> elements, int position, JsonNode value, Scope scope, Consumer<Scope> then) {
        if (position == elements.size()) {
            then.accept(scope);
        } else {
            bind(
                    elements.get(position),
                    index(value, Values.of(position)),
                    scope,
                    bound -> bindElements(elements, position + 1, value, bound, then));
        }
    }

    private void bindFields(
            List<Pattern.Field> fields, int position, JsonNode value, Scope scope, Consumer<Scope> then) {
        if (position == fields.size()) {
            then.accept(scope);
            return;
        }
        Pattern.Field field = fields.get(position);
        evaluate(field.key(), scope, value, key -> {
            JsonNode member = index(value, key);
            Scope bound = field.variable() == null ? scope : scope.variable(field.variable(), member);
            Consumer<Scope> next = inner -> bindFields(fields, position + 1, value, inner, then);
            if (field.pattern() == null) {
                next.accept(bound);
            } else {
                bind(field.pattern(), member, bound, next);
            }
        });
    }

    // Control

    private void alternative(Expression left, Expression right, Scope scope, JsonNode input, Consumer<JsonNode> out) {
        boolean[] any = {false};
        attempt(left, null, scope, input, value -> {
            if (Values.isTrue(value)) {
                any[0] = true;
                out.accept(value);
            }
        });
        if (!any[0]) {
            evaluate(right, scope, input, out);
        }
    }

    private void attempt(
            Expression body, @Nullable Expression handler, Scope scope, JsonNode input, Consumer<JsonNode> out) {
        control.attempt(found -> evaluate(body, scope, input, found), out, error -> {
            if (handler != null) {
                evaluate(handler, scope, error, out);
            }
        });
    }

    private void reduce(Expression.Reduce reduce, Scope scope, JsonNode input, Consumer<JsonNode> out) {
        evaluate(reduce.initial(), scope, input, initial -> {
            JsonNode[] state = {initial};
            evaluate(
                    reduce.source(),
                    scope,
                    input,
                    value -> bind(reduce.pattern(), value, scope, bound -> {
                        JsonNode[] last = {NullNode.getInstance()};
                        evaluate(reduce.update(), bound, state[0], next -> last[0] = next);
                        state[0] = last[0];
                    }));
            out.accept(state[0]);
        });
    }

    private void foreach(Expression.Foreach foreach, Scope scope, JsonNode input, Consumer<JsonNode> out) {
        evaluate(foreach.initial(), scope, input, initial -> {
            JsonNode[] state = {initial};
            evaluate(
                    foreach.source(),
                    scope,
                    input,
                    value -> bind(
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

    // Values

    private void descend(JsonNode value, Consumer<JsonNode> out) {
        meter.enter();
        out.accept(value);
        for (JsonNode member : value) {
            descend(member, out);
        }
        meter.leave();
    }

    private void iterate(JsonNode value, Consumer<JsonNode> out) {
        if (!value.isContainerNode()) {
            throw new JqException("Cannot iterate over " + Values.described(value));
        }
        for (JsonNode member : value) {
            meter.step();
            out.accept(member);
        }
    }

    JsonNode index(JsonNode value, JsonNode key) {
        if (value.isNull() && (key.isTextual() || key.isNumber() || key.isNull())) {
            return NullNode.getInstance();
        }
        if (value.isObject() && key.isTextual()) {
            return Objects.requireNonNullElse(value.get(key.textValue()), NullNode.getInstance());
        }
        if (value.isArray() && key.isNumber()) {
            double position = key.doubleValue();
            if (position != Math.rint(position)) {
                return NullNode.getInstance();
            }
            double wanted = position < 0 ? position + value.size() : position;
            return wanted >= 0 && wanted < value.size() ? value.get((int) wanted) : NullNode.getInstance();
        }
        if (value.isArray() && key.isArray()) {
            return Containers.indices(value, key, meter);
        }
        throw new JqException(
                key.isTextual()
                        ? "Cannot index " + Values.type(value) + " with string \"" + Values.shortened(key.textValue())
                                + "\""
                        : "Cannot index " + Values.type(value) + " with " + Values.type(key));
    }

    private void slice(Expression.Slice slice, Scope scope, JsonNode input, Consumer<JsonNode> out) {
        evaluate(
                slice.target(),
                scope,
                input,
                value -> bounds(slice, scope, input, (from, to) -> out.accept(sliced(value, from, to))));
    }

    /** The two bounds of a slice; null where one is open. */
    void bounds(Expression.Slice slice, Scope scope, JsonNode input, BiConsumer<JsonNode, JsonNode> then) {
        Expression open = new Expression.Literal(NullNode.getInstance());
        Expression from = slice.from() == null ? open : slice.from();
        Expression to = slice.to() == null ? open : slice.to();
        evaluate(to, scope, input, t -> evaluate(from, scope, input, f -> then.accept(f, t)));
    }

    JsonNode sliced(JsonNode value, JsonNode from, JsonNode to) {
        if (value.isNull()) {
            return value;
        }
        if (!(value.isArray() || value.isTextual())) {
            throw new JqException("Cannot index " + Values.type(value) + " with object");
        }
        int length = value.isArray()
                ? value.size()
                : value.textValue().codePointCount(0, value.textValue().length());
        meter.steps(length / 16);
        Range range = range(from, to, length);
        int start = range.start();
        int end = range.end();
        if (value.isArray()) {
            ArrayNode part = Values.array();
            for (int i = start; i < end; i++) {
                meter.step();
                part.add(value.get(i));
            }
            return part;
        }
        String text = value.textValue();
        int first = text.offsetByCodePoints(0, start);
        meter.text(end - start);
        return Values.of(text.substring(first, text.offsetByCodePoints(first, end - start)));
    }

    /** Which elements of so many a slice takes: from the start on, not the end. */
    record Range(int start, int end) {}

    Range range(JsonNode from, JsonNode to, int length) {
        if (!(from.isNull() || from.isNumber()) || !(to.isNull() || to.isNumber())) {
            throw new JqException("Start and end indices of an array slice must be numbers");
        }
        int start = bound(from.isNull() ? 0 : Math.floor(from.doubleValue()), length);
        return new Range(start, Math.max(start, bound(to.isNull() ? length : Math.ceil(to.doubleValue()), length)));
    }

    private static int bound(double position, int length) {
        return (int) Math.max(0, Math.min(length, position < 0 ? position + length : position));
    }

    private static JsonNode negated(JsonNode value) {
        if (!value.isNumber()) {
            throw new JqException(Values.described(value) + " cannot be negated");
        }
        return value.isIntegralNumber() && value.canConvertToLong()
                ? Values.of(-value.longValue())
                : Values.of(-value.doubleValue());
    }

    private void object(
            List<Expression.Member> members,
            int position,
            ObjectNode made,
            Scope scope,
            JsonNode input,
            Consumer<JsonNode> out) {
        if (position == members.size()) {
            out.accept(made);
            return;
        }
        Expression.Member member = members.get(position);
        evaluate(member.key(), scope, input, key -> {
            if (!key.isTextual()) {
                throw new JqException("Object keys must be strings");
            }
            evaluate(member.value(), scope, input, value -> {
                meter.steps(made.size());
                ObjectNode more = Values.object();
                more.setAll(made);
                more.set(key.textValue(), value);
                object(members, position + 1, more, scope, input, out);
            });
        });
    }

    private void text(
            List<Expression> parts, int position, String made, Scope scope, JsonNode input, Consumer<JsonNode> out) {
        if (position == parts.size()) {
            out.accept(Values.of(made));
            return;
        }
        evaluate(parts.get(position), scope, input, part -> {
            meter.text((long) made.length() + part.textValue().length());
            text(parts, position + 1, made + part.textValue(), scope, input, out);
        });
    }
}
