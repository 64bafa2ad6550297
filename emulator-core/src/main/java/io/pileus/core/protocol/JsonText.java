package io.pileus.core.protocol;

import io.pileus.core.shape.MalformedInputException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The inside of JSON's strings, as bytes in UTF-8. */
final class JsonText {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x80 * ONES;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long SPACES = ' ' * ONES;

    private JsonText() {}

    /**
     * The first place from here on that is not plain: a quote, a backslash, a control character or a byte of a character outside of
     * ASCII. Eight bytes are looked at together: where subtracting from a byte borrows, its highest bit comes up, and the lowest such
     * bit is never the fault of a neighbour.
     *
     * @see <a href="https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord">Determine if a word has a zero byte</a>
     */
    static int plainEnd(byte[] bytes, int from) {
        int at = from;
        for (; at <= bytes.length - Long.BYTES; at += Long.BYTES) {
            long word = (long) EIGHT.get(bytes, at);
            long quote = word ^ QUOTES;
            long backslash = word ^ BACKSLASHES;
            long found = (quote - ONES & ~quote | backslash - ONES & ~backslash | word - SPACES & ~word | word) & HIGHS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < bytes.length && isPlain(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isPlain(byte b) {
        return b >= ' ' && b != '"' && b != '\\';
    }

    /** The first place from here on whose character must be escaped. */
    static int escapedAt(byte[] bytes, int from) {
        int at = plainEnd(bytes, from);
        while (at < bytes.length && bytes[at] < 0) {
            at = plainEnd(bytes, at + 1);
        }
        return at;
    }

    /** Behind the escape that begins here. */
    static int afterEscape(byte[] bytes, int from) {
        int kind = from + 1 < bytes.length ? bytes[from + 1] : 0;
        int end = from + (kind == 'u' ? 6 : 2);
        if ("\"\\/bfnrtu".indexOf(kind) < 0 || end > bytes.length) {
            throw new MalformedInputException("The message has an escape that JSON does not know");
        }
        if (kind == 'u') {
            hex4(bytes, from + 2);
        }
        return end;
    }

    private static char hex4(byte[] bytes, int from) {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                throw new MalformedInputException("The message has an escape that JSON does not know");
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    /** The text of bytes without escapes. */
    static String decode(byte[] bytes, int start, int end) {
        String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        // Java puts this character where the bytes are wrong; it may have been sent, too.
        return text.indexOf('\ufffd') < 0 ? text : Scalars.utf8(bytes, start, end - start);
    }

    /** The text of bytes with escapes, which are known to be right. */
    static String unescape(byte[] bytes, int start, int end) {
        StringBuilder text = new StringBuilder(end - start);
        int at = start;
        while (at < end) {
            int run = at;
            while (at < end && bytes[at] != '\\') {
                at++;
            }
            text.append(decode(bytes, run, at));
            if (at < end) {
                text.append(unescaped(bytes, at + 1));
                at += bytes[at + 1] == 'u' ? 6 : 2;
            }
        }
        return text.toString();
    }

    private static char unescaped(byte[] bytes, int at) {
        return switch (bytes[at]) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex4(bytes, at + 1);
            default -> (char) bytes[at];
        };
    }
}
