package io.pileus.firehose.jq;

import io.pileus.firehose.jq.Expression.Operator;
import io.pileus.firehose.jq.Expression.Pattern;
import io.pileus.firehose.jq.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Parses a query by recursive descent, lowest precedence first: {@code |}, {@code ,}, {@code //}, {@code or}, {@code and},
 * comparison, addition, multiplication, term. Functions and variables are resolved here, so that an evaluation meets none it does
 * not know.
 *
 * @see <a href="https://jqlang.github.io/jq/manual/v1.6/">jq 1.6 manual</a>
 */
final class Parser {
    private static final Set<String> ASSIGNMENTS = Set.of("=", "|=", "+=", "-=", "*=", "/=", "%=", "//=");
    private static final Map<String, Operator> COMPARISONS = operators(
            Operator.EQUAL,
            Operator.NOT_EQUAL,
            Operator.LESS,
            Operator.LESS_OR_EQUAL,
            Operator.GREATER,
            Operator.GREATER_OR_EQUAL);
    private static final Map<String, Operator> SUMS = operators(Operator.ADD, Operator.SUBTRACT);
    private static final Map<String, Operator> PRODUCTS =
            operators(Operator.MULTIPLY, Operator.DIVIDE, Operator.MODULO);

    private static final Map<String, Operator> CALCULATIONS =
            operators(Operator.ADD, Operator.SUBTRACT, Operator.MULTIPLY, Operator.DIVIDE, Operator.MODULO);

    /** No name that a query can spell. */
    private static final String RIGHT_SIDE = "right side";

    private final Tokens tokens;
    private final Names names;
    private final Terms terms;

    private Parser(List<Token> tokens, Names names) {
        this.tokens = new Tokens(tokens);
        this.names = names;
        this.terms = new Terms(this.tokens, names, this);
    }

    private static Map<String, Operator> operators(Operator... operators) {
        return java.util.Arrays.stream(operators)
                .collect(java.util.stream.Collectors.toMap(Operator::symbol, operator -> operator));
    }

    /** @param builtins whether a function of that name and arity, such as {@code map/1}, is there */
    static Expression parse(String source, Predicate<String> builtins) {
        Parser parser = new Parser(Lexer.tokens(source), new Names(builtins));
        if (parser.tokens.peek() instanceof Token.End) {
            return new Expression.Identity();
        }
        Expression whole = parser.pipe();
        parser.tokens.end();
        return whole;
    }

    /** Parses definitions with nothing after them; each may call those before it if the predicate knows them by then. */
    static void definitions(String source, Predicate<String> builtins, Consumer<Expression.Function> out) {
        Parser parser = new Parser(Lexer.tokens(source), new Names(builtins));
        while (!(parser.tokens.peek() instanceof Token.End)) {
            out.accept(parser.definition());
        }
    }

    // From the loosest to the tightest

    Expression pipe() {
        names.enter();
        Names.Known before = names.known();
        try {
            return pipeInScope();
        } finally {
            names.restore(before);
            names.leave();
        }
    }

    /** Parses an expression that stands in a string. */
    Expression embedded(List<Token> inner) {
        Parser parser = new Parser(inner, names);
        Expression expression = parser.pipe();
        parser.tokens.end();
        return expression;
    }

    private Expression pipeInScope() {
        if (tokens.seesWord("def")) {
            Expression.Function function = definition();
            names.function(function.signature());
            return new Expression.Define(function, pipe());
        }
        if (tokens.takesWord("label")) {
            String name = tokens.variableName();
            names.label(name);
            tokens.expect("|");
            return new Expression.Label(name, pipe());
        }
        Expression left = comma();
        return tokens.takes("|") ? new Expression.Pipe(left, pipe()) : left;
    }

    private Expression.Function definition() {
        tokens.expectWord("def");
        String name = tokens.word();
        List<String> parameters = new ArrayList<>();
        if (tokens.takes("(")) {
            do {
                parameters.add(tokens.sees("$") ? "$" + tokens.variableName() : tokens.word());
            } while (tokens.takes(";"));
            tokens.expect(")");
        }
        tokens.expect(":");
        Names.Known before = names.known();
        names.function(name + "/" + parameters.size());
        for (String parameter : parameters) {
            if (parameter.startsWith("$")) {
                names.variable(parameter.substring(1));
            }
            names.function((parameter.startsWith("$") ? parameter.substring(1) : parameter) + "/0");
        }
        Expression body = pipe();
        tokens.expect(";");
        names.restore(before);
        return new Expression.Function(name, List.copyOf(parameters), body);
    }

    private Expression comma() {
        Expression left = alternative();
        while (tokens.takes(",")) {
            left = new Expression.Comma(left, alternative());
        }
        return left;
    }

    private Expression alternative() {
        Expression left = assignment();
        return tokens.takes("//") ? new Expression.Alternative(left, alternative()) : left;
    }

    /** An assignment is a call; the right side of one that calculates is evaluated on the whole input, once for each result. */
    private Expression assignment() {
        Expression left = or();
        if (!(tokens.peek() instanceof Token.Symbol(String symbol)) || !ASSIGNMENTS.contains(symbol)) {
            return left;
        }
        tokens.skip();
        Expression right = or();
        if (tokens.peek() instanceof Token.Symbol(String another) && ASSIGNMENTS.contains(another)) {
            throw tokens.unexpected();
        }
        return switch (symbol) {
            case "=" -> new Expression.Call("_set", List.of(left, right));
            case "|=" -> new Expression.Call("_update", List.of(left, right));
            default -> {
                Expression value = new Expression.Variable(RIGHT_SIDE);
                Expression old = new Expression.Identity();
                Operator operator = CALCULATIONS.get(symbol.substring(0, symbol.length() - 1));
                Expression update = operator == null
                        ? new Expression.Alternative(old, value)
                        : new Expression.Binary(operator, old, value);
                yield new Expression.Bind(
                        right, new Pattern.Name(RIGHT_SIDE), new Expression.Call("_update", List.of(left, update)));
            }
        };
    }

    private Expression or() {
        Expression left = and();
        while (tokens.takesWord("or")) {
            left = new Expression.Or(left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = comparison();
        while (tokens.takesWord("and")) {
            left = new Expression.And(left, comparison());
        }
        return left;
    }

    private Expression comparison() {
        Expression left = sum();
        Operator operator = operator(COMPARISONS);
        return operator == null ? left : new Expression.Binary(operator, left, sum());
    }

    private Expression sum() {
        Expression left = product();
        for (Operator operator = operator(SUMS); operator != null; operator = operator(SUMS)) {
            left = new Expression.Binary(operator, left, product());
        }
        return left;
    }

    private Expression product() {
        Expression left = operand();
        for (Operator operator = operator(PRODUCTS); operator != null; operator = operator(PRODUCTS)) {
            left = new Expression.Binary(operator, left, operand());
        }
        return left;
    }

    private @Nullable Operator operator(Map<String, Operator> operators) {
        Operator operator = tokens.peek() instanceof Token.Symbol(String text) ? operators.get(text) : null;
        if (operator != null) {
            tokens.skip();
        }
        return operator;
    }

    Expression operand() {
        if (tokens.takes("-")) {
            return new Expression.Negate(terms.postfix());
        }
        Expression term = terms.postfix();
        if (!tokens.takesWord("as")) {
            return term;
        }
        Names.Known before = names.known();
        Pattern pattern = terms.pattern();
        tokens.expect("|");
        Expression.Bind bind = new Expression.Bind(term, pattern, pipe());
        names.restore(before);
        return bind;
    }
}
