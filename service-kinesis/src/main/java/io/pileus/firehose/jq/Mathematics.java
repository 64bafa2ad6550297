package io.pileus.firehose.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Functions on numbers: those of C's library that Java's has too. Gamma, error and Bessel functions are not among them. */
final class Mathematics {
    /** A number scaled by more is 0 or infinite. */
    private static final int EXPONENT_MAX = 2100;

    /** On the input. */
    private static final Map<String, DoubleUnaryOperator> OF_INPUT = Map.ofEntries(
            Map.entry("floor/0", Math::floor),
            Map.entry("ceil/0", Math::ceil),
            Map.entry("round/0", x -> Math.signum(x) * Math.floor(Math.abs(x) + 0.5)),
            Map.entry("trunc/0", Mathematics::truncated),
            Map.entry("rint/0", Math::rint),
            Map.entry("nearbyint/0", Math::rint),
            Map.entry("fabs/0", Math::abs),
            Map.entry("sqrt/0", Math::sqrt),
            Map.entry("cbrt/0", Math::cbrt),
            Map.entry("log/0", Math::log),
            Map.entry("log2/0", x -> Math.log(x) / Math.log(2)),
            Map.entry("log10/0", Math::log10),
            Map.entry("log1p/0", Math::log1p),
            Map.entry("logb/0", x -> x == 0 ? Double.NEGATIVE_INFINITY : Math.getExponent(x)),
            Map.entry("exp/0", Math::exp),
            Map.entry("exp2/0", x -> Math.pow(2, x)),
            Map.entry("exp10/0", x -> Math.pow(10, x)),
            Map.entry("pow10/0", x -> Math.pow(10, x)),
            Map.entry("expm1/0", Math::expm1),
            Map.entry("significand/0", x -> x == 0 ? 0 : Math.scalb(x, -Math.getExponent(x))),
            Map.entry("sin/0", Math::sin),
            Map.entry("cos/0", Math::cos),
            Map.entry("tan/0", Math::tan),
            Map.entry("asin/0", Math::asin),
            Map.entry("acos/0", Math::acos),
            Map.entry("atan/0", Math::atan),
            Map.entry("sinh/0", Math::sinh),
            Map.entry("cosh/0", Math::cosh),
            Map.entry("tanh/0", Math::tanh),
            Map.entry("asinh/0", x -> Math.copySign(Math.log(Math.abs(x) + Math.sqrt(x * x + 1)), x)),
            Map.entry("acosh/0", x -> Math.log(x + Math.sqrt(x * x - 1))),
            Map.entry("atanh/0", x -> 0.5 * Math.log((1 + x) / (1 - x))));

    /** On two arguments. */
    private static final Map<String, DoubleBinaryOperator> OF_TWO = Map.ofEntries(
            Map.entry("pow/2", Math::pow),
            Map.entry("atan2/2", Math::atan2),
            Map.entry("hypot/2", Math::hypot),
            Map.entry("copysign/2", Math::copySign),
            Map.entry("fdim/2", (x, y) -> Math.max(x - y, 0)),
            Map.entry("fmax/2", Math::max),
            Map.entry("fmin/2", Math::min),
            Map.entry("fmod/2", (x, y) -> x % y),
            Map.entry("drem/2", Math::IEEEremainder),
            Map.entry("remainder/2", Math::IEEEremainder),
            Map.entry("ldexp/2", Mathematics::scaled),
            Map.entry("scalb/2", Mathematics::scaled),
            Map.entry("scalbln/2", Mathematics::scaled),
            Map.entry("nextafter/2", Math::nextAfter),
            Map.entry("nexttoward/2", Math::nextAfter));

    private static final Set<String> OTHERS = Set.of(
            "infinite/0", "nan/0", "isinfinite/0", "isfinite/0", "isnan/0", "isnormal/0", "fma/3", "frexp/0", "modf/0");

    private Mathematics() {}

    static boolean isDefined(String signature) {
        return OF_INPUT.containsKey(signature) || OF_TWO.containsKey(signature) || OTHERS.contains(signature);
    }

    static JsonNode apply(String signature, JsonNode input, List<JsonNode> values) {
        DoubleUnaryOperator ofInput = OF_INPUT.get(signature);
        if (ofInput != null) {
            return Values.of(ofInput.applyAsDouble(Builtins.number(input)));
        }
        DoubleBinaryOperator ofTwo = OF_TWO.get(signature);
        if (ofTwo != null) {
            return Values.of(ofTwo.applyAsDouble(Builtins.number(values.get(0)), Builtins.number(values.get(1))));
        }
        return switch (signature) {
            case "infinite/0" -> Values.of(Double.POSITIVE_INFINITY);
            case "nan/0" -> Values.of(Double.NaN);
            case "isinfinite/0" -> Values.of(Double.isInfinite(Builtins.number(input)));
            case "isfinite/0" -> Values.of(input.isNumber() && !Double.isInfinite(input.doubleValue()));
            case "isnan/0" -> Values.of(Double.isNaN(Builtins.number(input)));
            case "isnormal/0" ->
                Values.of(Double.isFinite(Builtins.number(input))
                        && Math.abs(Builtins.number(input)) >= Double.MIN_NORMAL);
            case "fma/3" ->
                Values.of(Math.fma(
                        Builtins.number(values.get(0)),
                        Builtins.number(values.get(1)),
                        Builtins.number(values.get(2))));
            case "frexp/0" -> fractionAndExponent(Builtins.number(input));
            case "modf/0" -> fractionAndWhole(Builtins.number(input));
            default -> throw new IllegalStateException(signature);
        };
    }

    private static double truncated(double number) {
        return number < 0 ? Math.ceil(number) : Math.floor(number);
    }

    private static double scaled(double number, double exponent) {
        return Math.scalb(number, (int) Math.max(-EXPONENT_MAX, Math.min(EXPONENT_MAX, exponent)));
    }

    /** A fraction from 0.5 to 1, and the power of two that it is multiplied with. */
    private static JsonNode fractionAndExponent(double number) {
        boolean plain = number == 0 || !Double.isFinite(number);
        int exponent = plain ? 0 : Math.getExponent(number) + 1;
        return Values.array()
                .add(Values.of(plain ? number : Math.scalb(number, -exponent)))
                .add(Values.of(exponent));
    }

    private static JsonNode fractionAndWhole(double number) {
        double whole = truncated(number);
        double fraction = Double.isInfinite(number) ? 0 : number - whole;
        return Values.array().add(Values.of(fraction)).add(Values.of(whole));
    }
}
