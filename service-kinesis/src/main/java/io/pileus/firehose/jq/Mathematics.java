package io.pileus.firehose.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Functions on numbers. */
final class Mathematics {
    private Mathematics() {}

    static JsonNode apply(String signature, JsonNode input, List<JsonNode> values) {
        return switch (signature) {
            case "infinite/0" -> Values.of(Double.POSITIVE_INFINITY);
            case "nan/0" -> Values.of(Double.NaN);
            case "pow/2" -> Values.of(Math.pow(Builtins.number(values.get(0)), Builtins.number(values.get(1))));
            case "floor/0" -> Values.of(Math.floor(Builtins.number(input)));
            case "ceil/0" -> Values.of(Math.ceil(Builtins.number(input)));
            case "round/0" ->
                Values.of(Math.signum(Builtins.number(input)) * Math.floor(Math.abs(Builtins.number(input)) + 0.5));
            case "sqrt/0" -> Values.of(Math.sqrt(Builtins.number(input)));
            case "fabs/0" -> Values.of(Math.abs(Builtins.number(input)));
            case "log/0" -> Values.of(Math.log(Builtins.number(input)));
            case "log2/0" -> Values.of(Math.log(Builtins.number(input)) / Math.log(2));
            case "log10/0" -> Values.of(Math.log10(Builtins.number(input)));
            case "exp/0" -> Values.of(Math.exp(Builtins.number(input)));
            case "exp2/0" -> Values.of(Math.pow(2, Builtins.number(input)));
            case "exp10/0" -> Values.of(Math.pow(10, Builtins.number(input)));
            case "cbrt/0" -> Values.of(Math.cbrt(Builtins.number(input)));
            case "trunc/0" -> Values.of(truncated(Builtins.number(input)));
            case "sin/0" -> Values.of(Math.sin(Builtins.number(input)));
            case "cos/0" -> Values.of(Math.cos(Builtins.number(input)));
            case "tan/0" -> Values.of(Math.tan(Builtins.number(input)));
            case "asin/0" -> Values.of(Math.asin(Builtins.number(input)));
            case "acos/0" -> Values.of(Math.acos(Builtins.number(input)));
            case "atan/0" -> Values.of(Math.atan(Builtins.number(input)));
            case "atan2/2" -> Values.of(Math.atan2(Builtins.number(values.get(0)), Builtins.number(values.get(1))));
            case "isinfinite/0" -> Values.of(Double.isInfinite(Builtins.number(input)));
            case "isnan/0" -> Values.of(Double.isNaN(Builtins.number(input)));
            case "isnormal/0" ->
                Values.of(Double.isFinite(Builtins.number(input))
                        && Math.abs(Builtins.number(input)) >= Double.MIN_NORMAL);
            default -> throw new IllegalStateException(signature);
        };
    }

    private static double truncated(double number) {
        return number < 0 ? Math.ceil(number) : Math.floor(number);
    }
}
