package io.pileus.core.protocol;

import io.pileus.core.shape.Blob;
import io.pileus.core.shape.MalformedInputException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Numbers, truth values and blobs from their text. */
final class Scalars {
    /** No number of any API has more digits. */
    private static final int DIGITS_MAX = 1_000;

    private Scalars() {}

    static MalformedInputException notA(String kind, String text) {
        return new MalformedInputException("\"" + abbreviated(text) + "\" can not be converted to " + kind);
    }

    private static String abbreviated(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }

    static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw notA("a Boolean", text);
        };
    }

    /** A whole number between the bounds, written with digits only. */
    static long integer(String text, long min, long max, String kind) {
        try {
            if (text.startsWith("+")) {
                throw notA(kind, text);
            }
            long value = Long.parseLong(text);
            if (value < min || value > max) {
                throw notA(kind, text);
            }
            return value;
        } catch (NumberFormatException e) {
            throw notA(kind, text);
        }
    }

    static double doubleNumber(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> {
                checkNumber(text, "a Double");
                try {
                    yield Double.parseDouble(text);
                } catch (NumberFormatException e) {
                    throw notA("a Double", text);
                }
            }
        };
    }

    static float floatNumber(String text) {
        return switch (text) {
            case "NaN" -> Float.NaN;
            case "Infinity" -> Float.POSITIVE_INFINITY;
            case "-Infinity" -> Float.NEGATIVE_INFINITY;
            default -> {
                checkNumber(text, "a Float");
                try {
                    yield Float.parseFloat(text);
                } catch (NumberFormatException e) {
                    throw notA("a Float", text);
                }
            }
        };
    }

    static BigInteger bigInteger(String text) {
        try {
            checkNumber(text, "a BigInteger");
            return new BigInteger(text);
        } catch (NumberFormatException e) {
            throw notA("a BigInteger", text);
        }
    }

    static BigDecimal bigDecimal(String text) {
        try {
            checkNumber(text, "a BigDecimal");
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw notA("a BigDecimal", text);
        }
    }

    /** Java reads more as a number than AWS does: spaces around it, hexadecimal digits, a trailing letter. */
    private static void checkNumber(String text, String kind) {
        if (text.isEmpty() || text.length() > DIGITS_MAX) {
            throw notA(kind, text);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                throw notA(kind, text);
            }
        }
    }

    /** The whole number that a decimal is. */
    static long exact(BigDecimal value, String kind) {
        if (value.signum() != 0 && value.precision() - (long) value.scale() > 20) {
            throw notA(kind, value.toString());
        }
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            throw notA(kind, value.toString());
        }
    }

    static Blob base64(String text) {
        if (text.length() % 4 != 0) {
            // Java would take it without its padding.
            throw new MalformedInputException("Invalid Base64: wrong length");
        }
        try {
            return Blob.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new MalformedInputException("Invalid Base64: " + e.getMessage());
        }
    }

    /** The text that the bytes spell in UTF-8; anything else is malformed. */
    static String utf8(byte[] bytes, int offset, int length) {
        if (isAscii(bytes, offset, length)) {
            // Most texts are, and need no decoder: one costs more than the text.
            return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, offset, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedInputException("The message is not valid UTF-8", e);
        }
    }

    private static boolean isAscii(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
