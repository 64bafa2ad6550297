package io.pileus.stepfunctions.jsonata;

import com.dashjoin.jsonata.JException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words of jsonata-js, which AWS hands on, from the library's errors. The library's catalogue says {@code Object}
 * where the original says {@code function}, quotes numbers, and leaves a third insert open.
 */
final class JsonataMessages {
    private static final String FIRST = "\u0001";
    private static final String SECOND = "\u0002";
    private static final Pattern CODE = Pattern.compile("[A-Z]\\d{4}");
    private static final Pattern COMPARISON = Pattern.compile("[<>]=?");
    private static final Pattern CALL = Pattern.compile("\\$(\\w+)\\s*\\(");
    private static final Map<String, String> TYPES =
            Map.of("a", "arrays", "b", "booleans", "f", "functions", "n", "numbers", "o", "objects", "s", "strings");

    private JsonataMessages() {}

    /** Whether the error has a code of jsonata-js, such as {@code T2001}. */
    static boolean coded(JException error) {
        return CODE.matcher(error.getError()).matches();
    }

    /** The message without the code. */
    static String of(JException error, String source) {
        if (!coded(error)) {
            return error.getError();
        }
        if (error.getError().equals("T0412")) {
            String type = String.valueOf(error.getExpected());
            return "Argument 1 of function " + quote(last(CALL, source)) + " must be an array of "
                    + quote(TYPES.getOrDefault(type, type));
        }
        String message = JException.msg(error.getError(), error.getLocation(), FIRST, SECOND)
                .replace("\"" + FIRST + "\"", quote(error.getCurrent()))
                .replace("\"" + SECOND + "\"", quote(error.getExpected()))
                .replace(FIRST, String.valueOf(error.getCurrent()))
                .replace(SECOND, String.valueOf(error.getExpected()))
                .replace("Object definition", "function definition")
                .replace("Object signature", "function signature")
                .replaceAll("\\bObject\\b", "function");
        return message.replace("{{token}}", quote(last(COMPARISON, source)));
    }

    /** The library does not say which function or operator it was: the last one of the expression. */
    private static String last(Pattern pattern, String source) {
        Matcher found = pattern.matcher(source);
        String name = "";
        while (found.find()) {
            name = found.group(found.groupCount());
        }
        return name;
    }

    private static String quote(@Nullable Object value) {
        return value instanceof Number || value instanceof Boolean || value == null
                ? String.valueOf(value)
                : "\"" + String.valueOf(value).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
