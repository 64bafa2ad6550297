package io.pileus.firehose.jq;

import com.fasterxml.jackson.databind.node.TextNode;
import io.pileus.firehose.jq.Expression.Operator;
import io.pileus.firehose.jq.Expression.Pattern;
import io.pileus.firehose.jq.Lexer.Token;
import java.util.ArrayList;
import java.util.HashSet;
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
    private static final int DEPTH_MAX = 200;
    private static final Set<String> ASSIGNMENTS = Set.of("=", "|=", "+=", "-=", "*=", "/=", "%=", "//=");
    private static final Set<String> KEYWORDS = Set.of(
            "def", "if", "then", "elif", "else", "end", "as", "reduce", "foreach", "try", "catch", "label", "import",
            "include", "and", "or", "__loc__");
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

    private final List<Token> tokens;
    private final Predicate<String> builtins;
    private int at;
    private int depth;
    private Set<String> functions;
    private Set<String> variables;
    private Set<String> labels;

    private Parser(
            List<Token> tokens,
            Predicate<String> builtins,
            Set<String> functions,
            Set<String> variables,
            Set<String> labels,
            int depth) {
        this.tokens = tokens;
        this.builtins = builtins;
        this.functions = functions;
        this.variables = variables;
        this.labels = labels;
        this.depth = depth;
    }

    private static Map<String, Operator> operators(Operator... operators) {
        return java.util.Arrays.stream(operators)
                .collect(java.util.stream.Collectors.toMap(Operator::symbol, operator -> operator));
    }

    /** @param builtins whether a function of that name and arity, such as {@code map/1}, is there */
    static Expression parse(String source, Predicate<String> builtins) {
        Parser parser = new Parser(Lexer.tokens(source), builtins, Set.of(), Set.of(), Set.of(), 0);
        if (parser.peek() instanceof Token.End) {
            return new Expression.Identity();
        }
        Expression whole = parser.pipe();
        parser.end();
        return whole;
    }

    /** Parses definitions with nothing after them; each may call those before it if the predicate knows them by then. */
    static void definitions(String source, Predicate<String> builtins, Consumer<Expression.Function> out) {
        Parser parser = new Parser(Lexer.tokens(source), builtins, Set.of(), Set.of(), Set.of(), 0);
        while (!(parser.peek() instanceof Token.End)) {
            out.accept(parser.definition());
        }
    }

    private void end() {
        if (!(peek() instanceof Token.End)) {
            throw unexpected();
        }
    }

    private Token peek() {
        return at < tokens.size() ? tokens.get(at) : new Token.End();
    }

    private Token take() {
        Token token = peek();
        at++;
        return token;
    }

    private boolean sees(String symbol) {
        return peek() instanceof Token.Symbol(String text) && text.equals(symbol);
    }

    private boolean seesWord(String word) {
        return peek() instanceof Token.Word(String text) && text.equals(word);
    }

    private boolean takes(String symbol) {
        boolean seen = sees(symbol);
        if (seen) {
            at++;
        }
        return seen;
    }

    private boolean takesWord(String word) {
        boolean seen = seesWord(word);
        if (seen) {
            at++;
        }
        return seen;
    }

    private void expect(String symbol) {
        if (!takes(symbol)) {
            throw unexpected();
        }
    }

    private void expectWord(String word) {
        if (!takesWord(word)) {
            throw unexpected();
        }
    }

    private JqSyntaxException unexpected() {
        return switch (peek()) {
            case Token.End end -> new JqSyntaxException("syntax error, unexpected end of the query");
            case Token.Symbol(String text) -> new JqSyntaxException("syntax error, unexpected '" + text + "'");
            case Token.Word(String text) -> new JqSyntaxException("syntax error, unexpected " + text);
            case Token.Field(String name) -> new JqSyntaxException("syntax error, unexpected ." + name);
            case Token.Number number -> new JqSyntaxException("syntax error, unexpected a number");
            case Token.FormatName format -> new JqSyntaxException("syntax error, unexpected a format");
            case Token.Text text -> new JqSyntaxException("syntax error, unexpected a string");
        };
    }

    // From the loosest to the tightest

    private Expression pipe() {
        deeper();
        Set<String> functionsBefore = functions;
        Set<String> variablesBefore = variables;
        Set<String> labelsBefore = labels;
        try {
            return pipeInScope();
        } finally {
            functions = functionsBefore;
            variables = variablesBefore;
            labels = labelsBefore;
            depth--;
        }
    }

    private Expression pipeInScope() {
        if (seesWord("def")) {
            Expression.Function function = definition();
            functions = with(functions, function.signature());
            return new Expression.Define(function, pipe());
        }
        if (takesWord("label")) {
            String name = variableName();
            labels = with(labels, name);
            expect("|");
            return new Expression.Label(name, pipe());
        }
        Expression left = comma();
        return takes("|") ? new Expression.Pipe(left, pipe()) : left;
    }

    private void deeper() {
        if (++depth > DEPTH_MAX) {
            throw new JqSyntaxException("the query is nested more than " + DEPTH_MAX + " deep");
        }
    }

    private static Set<String> with(Set<String> names, String name) {
        Set<String> more = new HashSet<>(names);
        more.add(name);
        return more;
    }

    private Expression.Function definition() {
        expectWord("def");
        String name = word();
        List<String> parameters = new ArrayList<>();
        if (takes("(")) {
            do {
                parameters.add(sees("$") ? "$" + variableName() : word());
            } while (takes(";"));
            expect(")");
        }
        expect(":");
        Set<String> functionsBefore = functions;
        Set<String> variablesBefore = variables;
        functions = with(functions, name + "/" + parameters.size());
        for (String parameter : parameters) {
            if (parameter.startsWith("$")) {
                variables = with(variables, parameter.substring(1));
            }
            functions = with(functions, (parameter.startsWith("$") ? parameter.substring(1) : parameter) + "/0");
        }
        Expression body = pipe();
        expect(";");
        functions = functionsBefore;
        variables = variablesBefore;
        return new Expression.Function(name, List.copyOf(parameters), body);
    }

    private String word() {
        if (take() instanceof Token.Word(String text) && !KEYWORDS.contains(text)) {
            return text;
        }
        at--;
        throw unexpected();
    }

    private String variableName() {
        expect("$");
        if (take() instanceof Token.Word(String text)) {
            return text;
        }
        at--;
        throw unexpected();
    }

    private Expression comma() {
        Expression left = alternative();
        while (takes(",")) {
            left = new Expression.Comma(left, alternative());
        }
        return left;
    }

    private Expression alternative() {
        Expression left = assignment();
        return takes("//") ? new Expression.Alternative(left, alternative()) : left;
    }

    /** An assignment is a call; the right side of one that calculates is evaluated on the whole input, once for each result. */
    private Expression assignment() {
        Expression left = or();
        if (!(peek() instanceof Token.Symbol(String symbol)) || !ASSIGNMENTS.contains(symbol)) {
            return left;
        }
        at++;
        Expression right = or();
        if (peek() instanceof Token.Symbol(String another) && ASSIGNMENTS.contains(another)) {
            throw unexpected();
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
        while (takesWord("or")) {
            left = new Expression.Or(left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = comparison();
        while (takesWord("and")) {
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
        Operator operator = peek() instanceof Token.Symbol(String text) ? operators.get(text) : null;
        if (operator != null) {
            at++;
        }
        return operator;
    }

    private Expression operand() {
        if (takes("-")) {
            return new Expression.Negate(postfix());
        }
        Expression term = postfix();
        if (!takesWord("as")) {
            return term;
        }
        Set<String> before = variables;
        Pattern pattern = pattern();
        expect("|");
        Expression.Bind bind = new Expression.Bind(term, pattern, pipe());
        variables = before;
        return bind;
    }

    // Terms

    private Expression postfix() {
        deeper();
        Expression term = term();
        depth--;
        while (true) {
            if (peek() instanceof Token.Field(String name)) {
                at++;
                term = new Expression.Index(term, new Expression.Literal(TextNode.valueOf(name)));
            } else if (sees(".") && at + 1 < tokens.size() && tokens.get(at + 1) instanceof Token.Text text) {
                at += 2;
                term = new Expression.Index(term, text(Format.TEXT, text));
            } else if (sees(".") && at + 1 < tokens.size() && tokens.get(at + 1).equals(new Token.Symbol("["))) {
                at++;
            } else if (takes("[")) {
                term = brackets(term);
            } else if (takes("?")) {
                term = new Expression.Try(term, null);
            } else {
                return term;
            }
        }
    }

    private Expression brackets(Expression target) {
        if (takes("]")) {
            return new Expression.Iterate(target);
        }
        if (takes(":")) {
            Expression to = pipe();
            expect("]");
            return new Expression.Slice(target, null, to);
        }
        Expression key = pipe();
        if (takes(":")) {
            Expression to = sees("]") ? null : pipe();
            expect("]");
            return new Expression.Slice(target, key, to);
        }
        expect("]");
        return new Expression.Index(target, key);
    }

    private Expression term() {
        Token token = take();
        return switch (token) {
            case Token.Field(String name) ->
                new Expression.Index(new Expression.Identity(), new Expression.Literal(TextNode.valueOf(name)));
            case Token.Number(String text) -> new Expression.Literal(Values.number(text));
            case Token.Text text -> text(Format.TEXT, text);
            case Token.FormatName(String name) -> {
                Format format = Format.of(name);
                yield peek() instanceof Token.Text text && take() != null
                        ? text(format, text)
                        : new Expression.Formatted(format);
            }
            case Token.Symbol(String symbol) -> symbolTerm(symbol);
            case Token.Word(String word) -> wordTerm(word);
            case Token.End end -> throw unexpected();
        };
    }

    private Expression symbolTerm(String symbol) {
        return switch (symbol) {
            case "." -> {
                if (peek() instanceof Token.Text text) {
                    at++;
                    yield new Expression.Index(new Expression.Identity(), text(Format.TEXT, text));
                }
                yield new Expression.Identity();
            }
            case ".." -> new Expression.Descend();
            case "$" -> variable();
            case "(" -> {
                Expression inner = pipe();
                expect(")");
                yield inner;
            }
            case "[" -> {
                Expression elements = sees("]") ? null : pipe();
                expect("]");
                yield new Expression.ArrayOf(elements);
            }
            case "{" -> object();
            case "-" -> new Expression.Negate(postfix());
            default -> {
                at--;
                throw unexpected();
            }
        };
    }

    private Expression variable() {
        at--;
        String name = variableName();
        if (name.equals("ENV") || name.equals("__loc__") || name.equals("__prog_args")) {
            throw new JqSyntaxException("$" + name + " is not available to a query on a record");
        }
        if (!variables.contains(name)) {
            throw new JqSyntaxException("$" + name + " is not defined");
        }
        return new Expression.Variable(name);
    }

    private Expression wordTerm(String word) {
        return switch (word) {
            case "null", "true", "false" -> new Expression.Literal(Values.constant(word));
            case "if" -> conditional();
            case "try" -> {
                Expression body = operand();
                yield new Expression.Try(body, takesWord("catch") ? operand() : null);
            }
            case "reduce" -> {
                Expression source = postfix();
                expectWord("as");
                Set<String> before = variables;
                Pattern pattern = pattern();
                expect("(");
                // the initial value may not see the variables, but a name clash there harms no one
                Expression initial = pipe();
                expect(";");
                Expression update = pipe();
                expect(")");
                variables = before;
                yield new Expression.Reduce(source, pattern, initial, update);
            }
            case "foreach" -> {
                Expression source = postfix();
                expectWord("as");
                Set<String> before = variables;
                Pattern pattern = pattern();
                expect("(");
                Expression initial = pipe();
                expect(";");
                Expression update = pipe();
                Expression extract = takes(";") ? pipe() : null;
                expect(")");
                variables = before;
                yield new Expression.Foreach(source, pattern, initial, update, extract);
            }
            case "break" -> {
                String name = variableName();
                if (!labels.contains(name)) {
                    throw new JqSyntaxException("$*label-" + name + " is not defined");
                }
                yield new Expression.Break(name);
            }
            case "import", "include" -> throw new JqSyntaxException("modules are not available to a query on a record");
            default -> {
                if (KEYWORDS.contains(word)) {
                    at--;
                    throw unexpected();
                }
                yield call(word);
            }
        };
    }

    private Expression conditional() {
        Expression condition = pipe();
        expectWord("then");
        Expression then = pipe();
        if (takesWord("elif")) {
            return new Expression.If(condition, then, conditional());
        }
        expectWord("else");
        Expression otherwise = pipe();
        expectWord("end");
        return new Expression.If(condition, then, otherwise);
    }

    private Expression call(String name) {
        List<Expression> arguments = new ArrayList<>();
        if (takes("(")) {
            do {
                arguments.add(pipe());
            } while (takes(";"));
            expect(")");
        }
        Expression.Call call = new Expression.Call(name, List.copyOf(arguments));
        if (!functions.contains(call.signature()) && !builtins.test(call.signature())) {
            throw new JqSyntaxException(call.signature() + " is not defined");
        }
        return call;
    }

    private Expression text(Format format, Token.Text text) {
        List<Expression> parts = new ArrayList<>();
        for (Lexer.Part part : text.parts()) {
            switch (part) {
                case Lexer.Chars(String chars) -> {
                    if (!chars.isEmpty()) {
                        parts.add(new Expression.Literal(TextNode.valueOf(chars)));
                    }
                }
                case Lexer.Embedded(List<Token> inner) -> {
                    Parser parser = new Parser(inner, builtins, functions, variables, labels, depth);
                    Expression expression = parser.pipe();
                    parser.end();
                    parts.add(new Expression.Pipe(expression, new Expression.Formatted(format)));
                }
            }
        }
        return parts.isEmpty()
                ? new Expression.Literal(TextNode.valueOf(""))
                : parts.size() == 1 && parts.getFirst() instanceof Expression.Literal
                        ? parts.getFirst()
                        : new Expression.Text(parts);
    }

    private Expression object() {
        List<Expression.Member> members = new ArrayList<>();
        while (!takes("}")) {
            if (!members.isEmpty()) {
                expect(",");
            }
            members.add(member());
        }
        return new Expression.ObjectOf(List.copyOf(members));
    }

    private Expression.Member member() {
        if (sees("$")) {
            at++;
            Expression variable = variable();
            String name = ((Expression.Variable) variable).name();
            return new Expression.Member(new Expression.Literal(TextNode.valueOf(name)), variable);
        }
        if (takes("(")) {
            Expression key = pipe();
            expect(")");
            expect(":");
            return new Expression.Member(key, memberValue());
        }
        Format format = Format.TEXT;
        if (peek() instanceof Token.FormatName(String name)) {
            at++;
            format = Format.of(name);
        }
        Expression key = switch (take()) {
            case Token.Word(String text) -> new Expression.Literal(TextNode.valueOf(text));
            case Token.Text text -> text(format, text);
            default -> {
                at--;
                throw unexpected();
            }
        };
        return takes(":")
                ? new Expression.Member(key, memberValue())
                : new Expression.Member(key, new Expression.Index(new Expression.Identity(), key));
    }

    /** Terms, piped: an operator must stand in parentheses. */
    private Expression memberValue() {
        Expression left = operand();
        return takes("|") ? new Expression.Pipe(left, memberValue()) : left;
    }

    private Pattern pattern() {
        deeper();
        try {
            if (sees("$")) {
                String name = variableName();
                variables = with(variables, name);
                return new Pattern.Name(name);
            }
            return takes("[") ? elements() : fields();
        } finally {
            depth--;
        }
    }

    private Pattern elements() {
        List<Pattern> elements = new ArrayList<>();
        do {
            elements.add(pattern());
        } while (takes(","));
        expect("]");
        return new Pattern.Elements(elements);
    }

    private Pattern fields() {
        expect("{");
        List<Pattern.Field> fields = new ArrayList<>();
        do {
            fields.add(field());
        } while (takes(","));
        expect("}");
        return new Pattern.Fields(fields);
    }

    private Pattern.Field field() {
        if (sees("$")) {
            String name = variableName();
            variables = with(variables, name);
            return new Pattern.Field(
                    new Expression.Literal(TextNode.valueOf(name)), name, takes(":") ? pattern() : null);
        }
        Expression key = switch (take()) {
            case Token.Word(String text) -> new Expression.Literal(TextNode.valueOf(text));
            case Token.Text text -> text(Format.TEXT, text);
            case Token.Symbol(String symbol)
            when symbol.equals("(") -> {
                Expression inner = pipe();
                expect(")");
                yield inner;
            }
            default -> {
                at--;
                throw unexpected();
            }
        };
        expect(":");
        return new Pattern.Field(key, null, pattern());
    }
}
