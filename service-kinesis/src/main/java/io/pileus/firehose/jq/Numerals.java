package io.pileus.firehose.jq;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;
import java.math.BigDecimal;

/** How numbers with a fraction are spelled: with as few digits as tell them from others, as jq 1.6 spells them. */
final class Numerals {
    /** Beyond so many zeros a number is spelled with an exponent. */
    private static final int ZEROS_MAX = 15;

    private static final int LEADING_ZEROS_MAX = 3;

    private Numerals() {}

    static String of(double value) {
        if (Double.isNaN(value)) {
            return "null";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "1.7976931348623157e+308" : "-1.7976931348623157e+308";
        }
        BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int digits = exact.precision();
        int point = digits - exact.scale();
        if (value == 0 || (point >= -LEADING_ZEROS_MAX && point <= digits + ZEROS_MAX)) {
            return exact.toPlainString();
        }
        String unscaled = exact.unscaledValue().abs().toString();
        int exponent = point - 1;
        return (value < 0 ? "-" : "")
                + unscaled.charAt(0)
                + (digits > 1 ? "." + unscaled.substring(1) : "")
                + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }

    /** A generator that spells numbers so. */
    static JsonGenerator spelling(JsonGenerator generator) {
        return new JsonGeneratorDelegate(generator) {
            @Override
            public void writeNumber(double value) throws IOException {
                delegate.writeNumber(of(value));
            }
        };
    }
}
