package io.pileus.firehose.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parsed query: each kind of node of the language's tree. */
sealed interface Expression {
    record Identity() implements Expression {}

    /** {@code ..}: the value and all within. */
    record Descend() implements Expression {}

    record Literal(JsonNode value) implements Expression {}

    /** A string with expressions in it; the parts give strings. */
    record Text(List<Expression> parts) implements Expression {}

    /** {@code @base64} and its like on the input. */
    record Formatted(Format format) implements Expression {}

    record Variable(String name) implements Expression {}

    record Index(Expression target, Expression key) implements Expression {}

    record Slice(
            Expression target,
            @Nullable Expression from,
            @Nullable Expression to) implements Expression {}

    record Iterate(Expression target) implements Expression {}

    record ArrayOf(@Nullable Expression elements) implements Expression {}

    record ObjectOf(List<Member> members) implements Expression {}

    record Member(Expression key, Expression value) {}

    record Negate(Expression operand) implements Expression {}

    record Binary(Operator operator, Expression left, Expression right) implements Expression {}

    record And(Expression left, Expression right) implements Expression {}

    record Or(Expression left, Expression right) implements Expression {}

    /** {@code a // b}. */
    record Alternative(Expression left, Expression right) implements Expression {}

    record Pipe(Expression left, Expression right) implements Expression {}

    record Comma(Expression left, Expression right) implements Expression {}

    record If(Expression condition, Expression then, Expression otherwise) implements Expression {}

    record Try(Expression body, @Nullable Expression handler) implements Expression {}

    record Bind(Expression source, Pattern pattern, Expression body) implements Expression {}

    record Reduce(Expression source, Pattern pattern, Expression initial, Expression update) implements Expression {}

    record Foreach(
            Expression source,
            Pattern pattern,
            Expression initial,
            Expression update,
            @Nullable Expression extract) implements Expression {}

    record Label(String name, Expression body) implements Expression {}

    record Break(String name) implements Expression {}

    record Define(Function function, Expression body) implements Expression {}

    record Call(String name, List<Expression> arguments) implements Expression {
        String signature() {
            return name + "/" + arguments.size();
        }
    }

    /** {@code def name(parameters): body;}. Parameters that begin with a dollar are values, all others are filters. */
    record Function(String name, List<String> parameters, Expression body) {
        String signature() {
            return name + "/" + parameters.size();
        }
    }

    /** What {@code as} binds. */
    sealed interface Pattern {
        record Name(String name) implements Pattern {}

        record Elements(List<Pattern> elements) implements Pattern {}

        record Fields(List<Field> fields) implements Pattern {}

        /** A field's pattern; its variable when the key is one. */
        record Field(
                Expression key,
                @Nullable String variable,
                @Nullable Pattern pattern) {}
    }

    /** An operator on two values. */
    enum Operator {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        MODULO("%"),
        EQUAL("=="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        String symbol() {
            return symbol;
        }
    }
}
