package io.pileus.firehose.jq;

import com.fasterxml.jackson.databind.node.TextNode;
import io.pileus.core.shape.JsonTrees;
import io.pileus.firehose.jq.Expression.Pattern;
import io.pileus.firehose.jq.Lexer.Token;
import java.util.ArrayList;
import java.util.List;

/** Parses what binds tightest: literals, paths, calls, control structures, what stands in brackets, and the patterns of {@code as}. */
final class Terms {
    private final Tokens tokens;
    private final Names names;
    private final Parser parser;

    Terms(Tokens tokens, Names names, Parser parser) {
        this.tokens = tokens;
        this.names = names;
        this.parser = parser;
    }

    Expression postfix() {
        names.enter();
        Expression term = term();
        names.leave();
        while (true) {
            if (tokens.peek() instanceof Token.Field(String name)) {
                tokens.skip();
                term = new Expression.Index(term, new Expression.Literal(TextNode.valueOf(name)));
            } else if (tokens.sees(".", Token.Text.class)) {
                tokens.skip();
                term = new Expression.Index(term, text(Format.TEXT, (Token.Text) tokens.take()));
            } else if (tokens.sees(".", "[")) {
                tokens.skip();
            } else if (tokens.takes("[")) {
                term = brackets(term);
            } else if (tokens.takes("?")) {
                term = new Expression.Try(term, null);
            } else {
                return term;
            }
        }
    }

    private Expression brackets(Expression target) {
        if (tokens.takes("]")) {
            return new Expression.Iterate(target);
        }
        if (tokens.takes(":")) {
            Expression to = parser.pipe();
            tokens.expect("]");
            return new Expression.Slice(target, null, to);
        }
        Expression key = parser.pipe();
        if (tokens.takes(":")) {
            Expression to = tokens.sees("]") ? null : parser.pipe();
            tokens.expect("]");
            return new Expression.Slice(target, key, to);
        }
        tokens.expect("]");
        return new Expression.Index(target, key);
    }

    private Expression term() {
        Token token = tokens.take();
        return switch (token) {
            case Token.Field(String name) ->
                new Expression.Index(new Expression.Identity(), new Expression.Literal(TextNode.valueOf(name)));
            case Token.Number(String text) -> new Expression.Literal(Values.number(text));
            case Token.Text text -> text(Format.TEXT, text);
            case Token.FormatName(String name) -> {
                Format format = Format.of(name);
                yield tokens.peek() instanceof Token.Text text && tokens.take() != null
                        ? text(format, text)
                        : new Expression.Formatted(format);
            }
            case Token.Location(int line) ->
                new Expression.Literal(JsonTrees.mapper()
                        .createObjectNode()
                        .put("file", "<top-level>")
                        .put("line", line));
            case Token.Symbol(String symbol) -> symbolTerm(symbol);
            case Token.Word(String word) -> wordTerm(word);
            case Token.End end -> throw tokens.unexpected();
        };
    }

    private Expression symbolTerm(String symbol) {
        return switch (symbol) {
            case "." -> {
                if (tokens.peek() instanceof Token.Text text) {
                    tokens.skip();
                    yield new Expression.Index(new Expression.Identity(), text(Format.TEXT, text));
                }
                yield new Expression.Identity();
            }
            case ".." -> new Expression.Descend();
            case "$" -> variable();
            case "(" -> {
                Expression inner = parser.pipe();
                tokens.expect(")");
                yield inner;
            }
            case "[" -> {
                Expression elements = tokens.sees("]") ? null : parser.pipe();
                tokens.expect("]");
                yield new Expression.ArrayOf(elements);
            }
            case "{" -> object();
            case "-" -> new Expression.Negate(postfix());
            default -> {
                tokens.back();
                throw tokens.unexpected();
            }
        };
    }

    private Expression variable() {
        tokens.back();
        String name = tokens.variableName();
        if (name.equals("ENV") || name.equals("__prog_args")) {
            throw new JqSyntaxException("$" + name + " is not available to a query on a record");
        }
        if (!names.hasVariable(name)) {
            throw new JqSyntaxException("$" + name + " is not defined");
        }
        return new Expression.Variable(name);
    }

    private Expression wordTerm(String word) {
        return switch (word) {
            case "null", "true", "false" -> new Expression.Literal(Values.constant(word));
            case "if" -> conditional();
            case "try" -> {
                Expression body = parser.operand();
                yield new Expression.Try(body, tokens.takesWord("catch") ? parser.operand() : null);
            }
            case "reduce" -> {
                Expression source = postfix();
                tokens.expectWord("as");
                Names.Known before = names.known();
                Pattern pattern = pattern();
                tokens.expect("(");
                // the initial value may not see the variables, but a name clash there harms no one
                Expression initial = parser.pipe();
                tokens.expect(";");
                Expression update = parser.pipe();
                tokens.expect(")");
                names.restore(before);
                yield new Expression.Reduce(source, pattern, initial, update);
            }
            case "foreach" -> {
                Expression source = postfix();
                tokens.expectWord("as");
                Names.Known before = names.known();
                Pattern pattern = pattern();
                tokens.expect("(");
                Expression initial = parser.pipe();
                tokens.expect(";");
                Expression update = parser.pipe();
                Expression extract = tokens.takes(";") ? parser.pipe() : null;
                tokens.expect(")");
                names.restore(before);
                yield new Expression.Foreach(source, pattern, initial, update, extract);
            }
            case "break" -> {
                String name = tokens.variableName();
                if (!names.hasLabel(name)) {
                    throw new JqSyntaxException("$*label-" + name + " is not defined");
                }
                yield new Expression.Break(name);
            }
            case "import", "include" -> throw new JqSyntaxException("modules are not available to a query on a record");
            default -> {
                if (Tokens.KEYWORDS.contains(word)) {
                    tokens.back();
                    throw tokens.unexpected();
                }
                yield call(word);
            }
        };
    }

    private Expression conditional() {
        Expression condition = parser.pipe();
        tokens.expectWord("then");
        Expression then = parser.pipe();
        if (tokens.takesWord("elif")) {
            return new Expression.If(condition, then, conditional());
        }
        tokens.expectWord("else");
        Expression otherwise = parser.pipe();
        tokens.expectWord("end");
        return new Expression.If(condition, then, otherwise);
    }

    private Expression call(String name) {
        List<Expression> arguments = new ArrayList<>();
        if (tokens.takes("(")) {
            do {
                arguments.add(parser.pipe());
            } while (tokens.takes(";"));
            tokens.expect(")");
        }
        Expression.Call call = new Expression.Call(name, List.copyOf(arguments));
        if (!names.hasFunction(call.signature())) {
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
                    parts.add(new Expression.Pipe(parser.embedded(inner), new Expression.Formatted(format)));
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
        while (!tokens.takes("}")) {
            if (!members.isEmpty()) {
                tokens.expect(",");
            }
            members.add(member());
        }
        return new Expression.ObjectOf(List.copyOf(members));
    }

    private Expression.Member member() {
        if (tokens.sees("$")) {
            tokens.skip();
            Expression variable = variable();
            String name = ((Expression.Variable) variable).name();
            return new Expression.Member(new Expression.Literal(TextNode.valueOf(name)), variable);
        }
        if (tokens.takes("(")) {
            Expression key = parser.pipe();
            tokens.expect(")");
            tokens.expect(":");
            return new Expression.Member(key, memberValue());
        }
        Format format = Format.TEXT;
        if (tokens.peek() instanceof Token.FormatName(String name)) {
            tokens.skip();
            format = Format.of(name);
        }
        Expression key = switch (tokens.take()) {
            case Token.Word(String text) -> new Expression.Literal(TextNode.valueOf(text));
            case Token.Text text -> text(format, text);
            default -> {
                tokens.back();
                throw tokens.unexpected();
            }
        };
        return tokens.takes(":")
                ? new Expression.Member(key, memberValue())
                : new Expression.Member(key, new Expression.Index(new Expression.Identity(), key));
    }

    /** Terms, piped: an operator must stand in parentheses. */
    private Expression memberValue() {
        Expression left = parser.operand();
        return tokens.takes("|") ? new Expression.Pipe(left, memberValue()) : left;
    }

    Pattern pattern() {
        names.enter();
        try {
            if (tokens.sees("$")) {
                String name = tokens.variableName();
                names.variable(name);
                return new Pattern.Name(name);
            }
            return tokens.takes("[") ? elements() : fields();
        } finally {
            names.leave();
        }
    }

    private Pattern elements() {
        List<Pattern> elements = new ArrayList<>();
        do {
            elements.add(pattern());
        } while (tokens.takes(","));
        tokens.expect("]");
        return new Pattern.Elements(elements);
    }

    private Pattern fields() {
        tokens.expect("{");
        List<Pattern.Field> fields = new ArrayList<>();
        do {
            fields.add(field());
        } while (tokens.takes(","));
        tokens.expect("}");
        return new Pattern.Fields(fields);
    }

    private Pattern.Field field() {
        if (tokens.sees("$")) {
            String name = tokens.variableName();
            names.variable(name);
            return new Pattern.Field(
                    new Expression.Literal(TextNode.valueOf(name)), name, tokens.takes(":") ? pattern() : null);
        }
        Expression key = switch (tokens.take()) {
            case Token.Word(String text) -> new Expression.Literal(TextNode.valueOf(text));
            case Token.Text text -> text(Format.TEXT, text);
            case Token.Symbol(String symbol)
            when symbol.equals("(") -> {
                Expression inner = parser.pipe();
                tokens.expect(")");
                yield inner;
            }
            default -> {
                tokens.back();
                throw tokens.unexpected();
            }
        };
        tokens.expect(":");
        return new Pattern.Field(key, null, pattern());
    }
}
