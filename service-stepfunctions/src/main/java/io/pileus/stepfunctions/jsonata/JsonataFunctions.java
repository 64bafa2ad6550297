package io.pileus.stepfunctions.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.pileus.core.identity.Ids;
import io.pileus.stepfunctions.asl.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The functions that Step Functions adds to JSONata or changes.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-sfn">JSONata
 *     functions provided by Step Functions</a>
 */
final class JsonataFunctions {
    private static final Map<String, String> ALGORITHMS =
            Map.of("MD5", "MD5", "SHA-1", "SHA-1", "SHA-256", "SHA-256", "SHA-384", "SHA-384", "SHA-512", "SHA-512");

    /** Names that are bound by Step Functions besides the functions of jsonata.org. */
    static final Set<String> ADDED = Set.of("partition", "range", "hash", "random", "uuid", "parse");

    /** What encodeURI of ECMAScript leaves as it is, besides letters and digits. */
    private static final String URL_KEEPS = ";,/?:@&=+$-_.!~*'()#";

    private JsonataFunctions() {}

    static void bind(Jsonata.Frame frame, Instant now, Ids ids) {
        function(frame, "partition", (input, args) -> partition(args));
        function(frame, "range", (input, args) -> range(args));
        function(frame, "hash", (input, args) -> hash(args));
        function(frame, "random", (input, args) -> random(args, ids));
        function(frame, "uuid", (input, args) -> ids.uuid());
        function(frame, "parse", (input, args) -> parse(args));
        frame.bind("millis", new Jsonata.JFunction((input, args) -> now.toEpochMilli(), "<:n>"));
        frame.bind(
                "now",
                new Jsonata.JFunction(
                        (input, args) -> Functions.dateTimeFromMillis(
                                now.toEpochMilli(), (String) argument(args, 0), (String) argument(args, 1)),
                        "<s?s?:s>"));
        frame.bind("number", new Jsonata.JFunction((input, args) -> number(argument(args, 0)), "<(nsb)-:n>"));
        frame.bind("toMillis", new Jsonata.JFunction((input, args) -> toMillis(args), "<s-s?:n>"));
        frame.bind("pad", new Jsonata.JFunction((input, args) -> pad(args), "<s-ns?:s>"));
        frame.bind("string", new Jsonata.JFunction((input, args) -> string(args), "<x-b?:s>"));
        frame.bind("substring", new Jsonata.JFunction((input, args) -> substring(args), "<s-nn?:s>"));
        frame.bind("substringAfter", new Jsonata.JFunction((input, args) -> substringAfter(args), "<s-s:s>"));
        frame.bind("encodeUrl", new Jsonata.JFunction((input, args) -> encodeUrl(argument(args, 0)), "<s-:s>"));
        frame.bind("formatNumber", new Jsonata.JFunction((input, args) -> formatNumber(args), "<n-so?:s>"));
        // AWS has taken $eval away: calling it is calling a non-function.
        frame.bind("eval", new Jsonata.JFunction((input, args) -> noFunction(), null));
    }

    private static void function(Jsonata.Frame frame, String name, Jsonata.JFunctionCallable body) {
        frame.bind(name, new Jsonata.JFunction(body, null));
    }

    private static Object noFunction() {
        throw new JException("T1006", -1);
    }

    private static @Nullable Object argument(List<?> args, int index) {
        return index < args.size() ? args.get(index) : null;
    }

    private static @Nullable Object partition(List<?> args) {
        Object list = argument(args, 0);
        if (list == null) {
            return null;
        }
        List<?> elements = list instanceof List<?> l ? l : List.of(list);
        long size = (long) number(args, 1, "partition");
        if (size < 1) {
            throw mismatch(2, "partition");
        }
        List<Object> chunks = new ArrayList<>();
        for (int from = 0; from < elements.size(); from += (int) Math.min(size, Integer.MAX_VALUE - from)) {
            chunks.add(new ArrayList<>(elements.subList(from, (int) Math.min(elements.size(), from + size))));
        }
        return chunks;
    }

    private static Object range(List<?> args) {
        double first = number(args, 0, "range");
        double last = number(args, 1, "range");
        double step = number(args, 2, "range");
        if (step == 0) {
            throw mismatch(3, "range");
        }
        double count = Math.floor((last - first) / step + 1e-9) + 1;
        if (count > JsonataBounds.SEQUENCE_MAX) {
            throw JsonataBounds.tooLarge();
        }
        List<Object> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double value = first + i * step;
            numbers.add(value == Math.rint(value) ? (Object) (long) value : (Object) value);
        }
        return numbers;
    }

    private static @Nullable Object hash(List<?> args) {
        Object data = argument(args, 0);
        if (data == null) {
            return null;
        }
        Object name = argument(args, 1);
        String algorithm = name instanceof String text ? ALGORITHMS.get(text) : null;
        if (algorithm == null) {
            throw mismatch(2, "hash");
        }
        String text = data instanceof String s ? s : String.valueOf(Functions.string(data, false));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With a seed the number is that of java.util.Random: $random(42) is 0.7275636800328681 on AWS. */
    private static Object random(List<?> args, Ids ids) {
        if (argument(args, 0) == null) {
            return ids.fraction();
        }
        return new Random((long) number(args, 0, "random")).nextDouble();
    }

    private static @Nullable Object parse(List<?> args) {
        Object text = argument(args, 0);
        if (text == null) {
            return null;
        }
        if (!(text instanceof String json)) {
            throw mismatch(1, "parse");
        }
        try {
            return JsonataValues.toJava(Json.read(json));
        } catch (JsonProcessingException e) {
            throw new JException("Unable to parse the JSON string: " + e.getOriginalMessage(), -1);
        }
    }

    private static @Nullable Object pad(List<?> args) {
        Object text = argument(args, 0);
        if (text == null) {
            return null;
        }
        if (argument(args, 1) == null) {
            return text;
        }
        double width = number(args, 1, "pad");
        if (Math.abs(width) > JsonataBounds.TEXT_MAX) {
            throw JsonataBounds.tooLarge();
        }
        return Functions.pad((String) text, (int) width, (String) argument(args, 2));
    }

    private static @Nullable Object string(List<?> args) {
        JsonataValues.check(argument(args, 0));
        return Functions.string(argument(args, 0), (Boolean) argument(args, 1));
    }

    // Where the library differs from jsonata-js (measured, see docs/decisions/0020-jsonata-library.md), these are
    // right.

    private static @Nullable Object substring(List<?> args) {
        Object text = argument(args, 0);
        return text == null || argument(args, 1) == null
                ? text
                : Functions.substring((String) text, (Number) argument(args, 1), (Number) argument(args, 2));
    }

    private static @Nullable Object substringAfter(List<?> args) {
        Object text = argument(args, 0);
        return text == null || argument(args, 1) == null
                ? text
                : Functions.substringAfter((String) text, (String) argument(args, 1));
    }

    /** A text that is no number has an error of its own; the library would let Java's escape. */
    private static @Nullable Object number(@Nullable Object value) {
        try {
            return Functions.number(value);
        } catch (NumberFormatException e) {
            throw new JException("D3030", -1, value);
        }
    }

    private static @Nullable Object toMillis(List<?> args) {
        String text = (String) argument(args, 0);
        try {
            return Functions.dateTimeToMillis(text, (String) argument(args, 1));
        } catch (java.text.ParseException | java.time.DateTimeException | NumberFormatException e) {
            throw new JException("D3110", -1, text);
        }
    }

    private static @Nullable Object encodeUrl(@Nullable Object text) {
        if (text == null) {
            return null;
        }
        StringBuilder encoded = new StringBuilder();
        for (byte b : ((String) text).getBytes(StandardCharsets.UTF_8)) {
            if (b > 0 && (Character.isLetterOrDigit(b) || URL_KEEPS.indexOf(b) >= 0)) {
                encoded.append((char) b);
            } else {
                encoded.append(String.format("%%%02X", b));
            }
        }
        return encoded.toString();
    }

    /** A picture without a digit is an error; the library would print it as it is. */
    private static @Nullable Object formatNumber(List<?> args) {
        Object picture = argument(args, 1);
        Map<?, ?> options = (Map<?, ?>) argument(args, 2);
        if (picture instanceof String text
                && options == null
                && text.chars().noneMatch(c -> c == '#' || Character.isDigit(c))) {
            throw new JException("D3086", -1);
        }
        return Functions.formatNumber((Number) argument(args, 0), (String) picture, options);
    }

    private static double number(List<?> args, int index, String function) {
        if (argument(args, index) instanceof Number number) {
            return number.doubleValue();
        }
        throw mismatch(index + 1, function);
    }

    private static JException mismatch(int argument, String function) {
        return new JException("T0410", -1, argument, function);
    }
}
