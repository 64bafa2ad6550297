package io.pileus.core.protocol;

import io.pileus.core.shape.MalformedInputException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of forms, query strings and paths. */
final class PercentCoding {
    private PercentCoding() {}

    /** A part of a form or query string, where a plus sign is a space. */
    static String decodeForm(byte[] text, int start, int end) {
        return decode(text, start, end, true);
    }

    static String decodeForm(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return decode(bytes, 0, bytes.length, true);
    }

    /** A part of a path, where a plus sign is itself. */
    static String decodePath(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return decode(bytes, 0, bytes.length, false);
    }

    private static String decode(byte[] text, int start, int end, boolean plusIsSpace) {
        if (isPlain(text, start, end)) {
            return Scalars.utf8(text, start, end - start);
        }
        byte[] decoded = new byte[end - start];
        int length = 0;
        for (int i = start; i < end; i++) {
            byte b = text[i];
            if (b == '%') {
                if (i + 2 >= end) {
                    throw broken("Incomplete percent-encoding");
                }
                decoded[length++] = (byte) (digit(text[i + 1]) << 4 | digit(text[i + 2]));
                i += 2;
            } else {
                decoded[length++] = b == '+' && plusIsSpace ? (byte) ' ' : b;
            }
        }
        return Scalars.utf8(decoded, 0, length);
    }

    private static boolean isPlain(byte[] text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (text[i] == '%' || text[i] == '+') {
                return false;
            }
        }
        return true;
    }

    private static MalformedInputException broken(String message) {
        return new MalformedInputException(message, new CharacterCodingException());
    }

    private static int digit(byte hex) {
        int value = Character.digit(hex, 16);
        if (value < 0) {
            throw broken("Invalid percent-encoding");
        }
        return value;
    }
}
