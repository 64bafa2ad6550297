package io.pileus.stepfunctions.jsonata;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an expression refers to, found by reading its tokens: the evaluator's library keeps its syntax tree to itself.
 *
 * @param topLevelNames bare names at the top level, where an expression has no context to look them up in
 * @param rootUsed whether the expression uses {@code $$}
 * @param statesFields the fields of {@code $states} that it reads
 * @param variables the variables that it reads and does not bind itself
 */
public record JsonataReferences(
        Set<String> topLevelNames, boolean rootUsed, Set<String> statesFields, Set<String> variables) {

    static JsonataReferences of(String source) {
        return new Reader(tokens(source)).read();
    }

    private enum Kind {
        NAME,
        VARIABLE,
        LITERAL,
        PUNCTUATION
    }

    private record Token(Kind kind, String text) {
        boolean is(String punctuation) {
            return kind == Kind.PUNCTUATION && text.equals(punctuation);
        }

        boolean beginsFunction() {
            return kind == Kind.NAME && (text.equals("function") || text.equals("λ"));
        }

        /** Whether an operand can end with this token, so that an opening bracket after it belongs to it. */
        boolean endsOperand() {
            return kind != Kind.PUNCTUATION || text.equals(")") || text.equals("]") || text.equals("}");
        }
    }

    private static final class Reader {
        private final List<Token> tokens;
        private final Set<String> names = new LinkedHashSet<>();
        private final Set<String> fields = new LinkedHashSet<>();
        private final Set<String> used = new LinkedHashSet<>();
        private final Set<String> bound = new LinkedHashSet<>();
        private boolean root;

        Reader(List<Token> tokens) {
            this.tokens = tokens;
        }

        JsonataReferences read() {
            Deque<Boolean> contexts = new ArrayDeque<>();
            contexts.push(false);
            boolean transform = false;
            for (int i = 0; i < tokens.size(); i++) {
                Token token = tokens.get(i);
                Token before = i > 0 ? tokens.get(i - 1) : new Token(Kind.PUNCTUATION, "");
                Token after = i + 1 < tokens.size() ? tokens.get(i + 1) : new Token(Kind.PUNCTUATION, "");
                switch (token.kind()) {
                    case VARIABLE -> variable(token.text(), i, before, after);
                    case NAME -> {
                        if (!contexts.peek() && !transform && startsPath(token, before, after)) {
                            names.add(token.text());
                        }
                    }
                    case PUNCTUATION -> {
                        switch (token.text()) {
                            case "(", "[", "{" -> contexts.push(contexts.peek() || givesContext(token, before));
                            case ")", "]", "}" -> {
                                if (contexts.size() > 1) {
                                    contexts.pop();
                                }
                            }
                            case "|" -> transform = !transform;
                            default -> {}
                        }
                    }
                    case LITERAL -> {}
                }
            }
            used.removeAll(bound);
            used.remove("states");
            return new JsonataReferences(names, root, fields, used);
        }

        private void variable(String name, int index, Token before, Token after) {
            if (name.equals("$")) {
                root = true;
            } else if (after.is(":=") || before.is("@") || before.is("#")) {
                bound.add(name);
            } else if (name.equals("states")) {
                if (after.is(".") && index + 2 < tokens.size()) {
                    fields.add(tokens.get(index + 2).text());
                }
            } else if (insideParameters(index)) {
                bound.add(name);
            } else if (!name.isEmpty() && !after.is("(")) {
                used.add(name);
            }
        }

        /** Whether the variable is a parameter of {@code function($a, $b)}. */
        private boolean insideParameters(int index) {
            for (int i = index - 1; i > 0; i--) {
                Token token = tokens.get(i);
                if (token.is("(")) {
                    return tokens.get(i - 1).beginsFunction();
                }
                if (token.kind() != Kind.VARIABLE && !token.is(",")) {
                    return false;
                }
            }
            return false;
        }

        private static boolean startsPath(Token token, Token before, Token after) {
            String text = token.text();
            boolean operator = (text.equals("and") || text.equals("or") || text.equals("in")) && before.endsOperand();
            return !operator && !(token.beginsFunction() && after.is("(")) && !before.is(".");
        }

        private static boolean givesContext(Token bracket, Token before) {
            return switch (bracket.text()) {
                case "[" -> before.endsOperand();
                case "{" -> before.is(".") || before.endsOperand() && !before.is(")") && before.kind() != Kind.LITERAL;
                default -> before.is(".") || before.is("^");
            };
        }
    }

    private static List<Token> tokens(String source) {
        List<Token> tokens = new ArrayList<>();
        int i = 0;
        while (i < source.length()) {
            char c = source.charAt(i);
            if (Character.isWhitespace(c)) {
                i++;
            } else if (source.startsWith("/*", i)) {
                int end = source.indexOf("*/", i + 2);
                i = end < 0 ? source.length() : end + 2;
            } else if (c == '"' || c == '\'') {
                int end = closing(source, i, c);
                tokens.add(new Token(Kind.LITERAL, ""));
                i = end + 1;
            } else if (c == '`') {
                int end = source.indexOf('`', i + 1);
                end = end < 0 ? source.length() : end;
                tokens.add(new Token(Kind.NAME, source.substring(i + 1, end)));
                i = end + 1;
            } else if (c == '<' && afterParameters(tokens)) {
                i = signatureEnd(source, i);
            } else if (c == '/'
                    && (tokens.isEmpty() || !tokens.get(tokens.size() - 1).endsOperand())) {
                i = closing(source, i, '/') + 1;
                while (i < source.length() && Character.isLetter(source.charAt(i))) {
                    i++;
                }
                tokens.add(new Token(Kind.LITERAL, ""));
            } else if (Character.isDigit(c)) {
                while (i < source.length()
                        && (Character.isLetterOrDigit(source.charAt(i)) || decimalPoint(source, i))) {
                    i++;
                }
                tokens.add(new Token(Kind.LITERAL, ""));
            } else if (c == '$') {
                int begin = ++i;
                if (i < source.length() && source.charAt(i) == '$') {
                    i++;
                } else {
                    i = wordEnd(source, i);
                }
                tokens.add(new Token(Kind.VARIABLE, source.substring(begin, i)));
            } else if (Character.isLetter(c) || c == '_') {
                int end = wordEnd(source, i);
                String word = source.substring(i, end);
                tokens.add(
                        word.equals("true") || word.equals("false") || word.equals("null")
                                ? new Token(Kind.LITERAL, "")
                                : new Token(Kind.NAME, word));
                i = end;
            } else {
                int length = List.of(":=", "..", "**", "~>", "!=", "<=", ">=", "??", "?:")
                                .contains(source.substring(i, Math.min(source.length(), i + 2)))
                        ? 2
                        : 1;
                tokens.add(new Token(Kind.PUNCTUATION, source.substring(i, i + length)));
                i += length;
            }
        }
        return tokens;
    }

    /** Whether the tokens end with the parameters of a function, {@code function($a, $b)}: its signature may follow. */
    private static boolean afterParameters(List<Token> tokens) {
        int i = tokens.size() - 1;
        if (i < 0 || !tokens.get(i).is(")")) {
            return false;
        }
        do {
            i--;
        } while (i > 0
                && (tokens.get(i).kind() == Kind.VARIABLE || tokens.get(i).is(",")));
        return i > 0 && tokens.get(i).is("(") && tokens.get(i - 1).beginsFunction();
    }

    /** The index after a signature such as {@code <a<n>f<n:b>:a>}. */
    private static int signatureEnd(String source, int begin) {
        int depth = 0;
        for (int i = begin; i < source.length(); i++) {
            depth += source.charAt(i) == '<' ? 1 : source.charAt(i) == '>' ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return source.length();
    }

    private static boolean decimalPoint(String source, int i) {
        return source.charAt(i) == '.' && i + 1 < source.length() && Character.isDigit(source.charAt(i + 1));
    }

    private static int wordEnd(String source, int begin) {
        int i = begin;
        while (i < source.length() && (Character.isLetterOrDigit(source.charAt(i)) || source.charAt(i) == '_')) {
            i++;
        }
        return i;
    }

    private static int closing(String source, int begin, char quote) {
        for (int i = begin + 1; i < source.length(); i++) {
            if (source.charAt(i) == '\\') {
                i++;
            } else if (source.charAt(i) == quote) {
                return i;
            }
        }
        return source.length();
    }
}
