package io.pileus.core.protocol;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.core.base.ParserMinimalBase;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.MalformedInputException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON from a message that is in memory as a whole. It finds where a text ends by looking at eight bytes at a time, and makes
 * a string, or the bytes that Base64 stands for, straight from there; names are made once each. So it takes a fraction of the time
 * of a parser that must be ready for its input to end anywhere, and is as strict.
 */
final class JsonBytes extends ParserMinimalBase {
    private static final int NAMES = 64;
    private static final int NUMBER_LENGTH_MAX = 1_000;

    private final byte[] in;
    private int at;

    /** The containers around this place: true for an object. */
    private boolean[] objects = new boolean[16];

    private int depth;

    /** Whether nothing of the innermost container has been read. */
    private boolean fresh;

    /** Whether a name has been read, and its value comes. */
    private boolean named;

    private @Nullable String name;

    // Where the current text or number is, and whether it is more than ASCII without escapes.
    private int start;
    private int end;
    private boolean escaped;
    private boolean ascii;

    private final @Nullable String[] names = new String[NAMES];
    private final int[] nameStarts = new int[NAMES];
    private @Nullable ObjectCodec codec;
    private boolean closed;

    JsonBytes(byte[] message) {
        in = message;
        boolean marked = in.length >= 3 && in[0] == (byte) 0xef && in[1] == (byte) 0xbb && in[2] == (byte) 0xbf;
        at = marked ? 3 : 0;
    }

    private static MalformedInputException broken() {
        return new MalformedInputException("The message cannot be parsed");
    }

    // ---- tokens -------------------------------------------------------------------------------------------------

    @Override
    public @Nullable JsonToken nextToken() {
        return _currToken = token();
    }

    private @Nullable JsonToken token() {
        if (named) {
            named = false;
            return value(next());
        }
        int c = next();
        if (depth == 0) {
            return c < 0 ? null : value(c);
        }
        boolean object = objects[depth - 1];
        if (c == (object ? '}' : ']')) {
            at++;
            depth--;
            fresh = false;
            return object ? JsonToken.END_OBJECT : JsonToken.END_ARRAY;
        }
        if (!fresh) {
            skip(',', c);
            c = next();
        }
        fresh = false;
        return object ? name(c) : value(c);
    }

    /** The next byte that is no white space, where the reading stops; -1 at the end. */
    private int next() {
        while (at < in.length) {
            byte c = in[at];
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return c & 0xff;
            }
            at++;
        }
        return -1;
    }

    private void skip(char expected, int c) {
        if (c != expected) {
            throw broken();
        }
        at++;
    }

    private JsonToken name(int c) {
        text(c);
        name = escaped || !ascii ? string() : shared();
        skip(':', next());
        named = true;
        return JsonToken.FIELD_NAME;
    }

    /** The name as it was made when it was first read: messages repeat few names often. */
    private String shared() {
        if (start == end) {
            return "";
        }
        int slot = (end - start + 31 * in[start] + 7 * in[end - 1]) & NAMES - 1;
        String known = names[slot];
        int knownStart = nameStarts[slot];
        if (known == null || !Arrays.equals(in, knownStart, knownStart + known.length(), in, start, end)) {
            known = string();
            names[slot] = known;
            nameStarts[slot] = start;
        }
        return known;
    }

    private JsonToken value(int c) {
        return switch (c) {
            case '"' -> text(c);
            case '{' -> begin(true);
            case '[' -> begin(false);
            case 't' -> word("true", JsonToken.VALUE_TRUE);
            case 'f' -> word("false", JsonToken.VALUE_FALSE);
            case 'n' -> word("null", JsonToken.VALUE_NULL);
            default -> number();
        };
    }

    private JsonToken begin(boolean object) {
        if (depth == Json.NESTING_MAX) {
            throw broken();
        }
        if (depth == objects.length) {
            objects = Arrays.copyOf(objects, 2 * depth);
        }
        objects[depth++] = object;
        fresh = true;
        at++;
        return object ? JsonToken.START_OBJECT : JsonToken.START_ARRAY;
    }

    private JsonToken word(String word, JsonToken token) {
        for (int i = 0; i < word.length(); i++, at++) {
            if (at == in.length || in[at] != word.charAt(i)) {
                throw broken();
            }
        }
        return token;
    }

    private JsonToken text(int c) {
        skip('"', c);
        start = at;
        escaped = false;
        ascii = true;
        while (true) {
            at = JsonText.plainEnd(in, at);
            int special = at < in.length ? in[at] : 0;
            if (special == '"') {
                end = at++;
                return JsonToken.VALUE_STRING;
            } else if (special == '\\') {
                escaped = true;
                at = JsonText.afterEscape(in, at);
            } else if (special < 0) {
                ascii = false;
                while (at < in.length && in[at] < 0) {
                    at++;
                }
            } else {
                throw broken();
            }
        }
    }

    private JsonToken number() {
        start = at;
        if (at < in.length && in[at] == '-') {
            at++;
        }
        int firstDigit = at;
        digits();
        if (in[firstDigit] == '0' && at > firstDigit + 1) {
            throw broken();
        }
        boolean whole = true;
        if (at < in.length && in[at] == '.') {
            whole = false;
            at++;
            digits();
        }
        if (at < in.length && (in[at] | 0x20) == 'e') {
            whole = false;
            at++;
            if (at < in.length && (in[at] == '+' || in[at] == '-')) {
                at++;
            }
            digits();
        }
        end = at;
        if (end - start > NUMBER_LENGTH_MAX) {
            throw broken();
        }
        return whole ? JsonToken.VALUE_NUMBER_INT : JsonToken.VALUE_NUMBER_FLOAT;
    }

    /** At least one. */
    private void digits() {
        int from = at;
        while (at < in.length && in[at] >= '0' && in[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw broken();
        }
    }

    // ---- texts --------------------------------------------------------------------------------------------------

    /** The current name, text or number. */
    private String string() {
        if (escaped) {
            return JsonText.unescape(in, start, end);
        }
        return ascii
                ? new String(in, start, end - start, StandardCharsets.ISO_8859_1)
                : JsonText.decode(in, start, end);
    }

    /** The bytes that the current text stands for. */
    Blob base64() {
        if (escaped || !ascii || (end - start) % 4 != 0) {
            return Scalars.base64(string());
        }
        try {
            ByteBuffer bytes = Base64.getDecoder().decode(ByteBuffer.wrap(in, start, end - start));
            byte[] array = bytes.array();
            return Blob.of(bytes.limit() == array.length ? array : Arrays.copyOf(array, bytes.limit()));
        } catch (IllegalArgumentException e) {
            return Scalars.base64(string());
        }
    }

    @Override
    public @Nullable String getText() {
        return switch (_currToken) {
            case FIELD_NAME -> name;
            case VALUE_STRING -> string();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> digitsText();
            case null -> null;
            default -> _currToken.asString();
        };
    }

    private String digitsText() {
        return new String(in, start, end - start, StandardCharsets.ISO_8859_1);
    }

    @Override
    public @Nullable String getValueAsString(@Nullable String otherwise) {
        return _currToken != null && _currToken.isScalarValue() && _currToken != JsonToken.VALUE_NULL
                ? getText()
                : otherwise;
    }

    @Override
    public char[] getTextCharacters() {
        String text = getText();
        return text == null ? new char[0] : text.toCharArray();
    }

    @Override
    public int getTextLength() {
        return getTextCharacters().length;
    }

    @Override
    public int getTextOffset() {
        return 0;
    }

    @Override
    public boolean hasTextCharacters() {
        return false;
    }

    @Override
    public byte[] getBinaryValue(Base64Variant variant) {
        return base64().bytes();
    }

    // ---- numbers ------------------------------------------------------------------------------------------------

    @Override
    public Number getNumberValue() {
        return switch (getNumberType()) {
            case INT -> getIntValue();
            case LONG -> getLongValue();
            case BIG_INTEGER -> getBigIntegerValue();
            default -> getDoubleValue();
        };
    }

    @Override
    public NumberType getNumberType() {
        if (_currToken != JsonToken.VALUE_NUMBER_INT) {
            return NumberType.DOUBLE;
        }
        if (end - start < 10) {
            return NumberType.INT;
        }
        int bits = getBigIntegerValue().bitLength();
        return bits < Integer.SIZE ? NumberType.INT : bits < Long.SIZE ? NumberType.LONG : NumberType.BIG_INTEGER;
    }

    @Override
    public int getIntValue() {
        return Integer.parseInt(digitsText());
    }

    @Override
    public long getLongValue() {
        return Long.parseLong(digitsText());
    }

    @Override
    public BigInteger getBigIntegerValue() {
        return new BigInteger(digitsText());
    }

    @Override
    public float getFloatValue() {
        return Float.parseFloat(digitsText());
    }

    @Override
    public double getDoubleValue() {
        return Double.parseDouble(digitsText());
    }

    @Override
    public BigDecimal getDecimalValue() {
        return new BigDecimal(digitsText());
    }

    // ---- about the parser ---------------------------------------------------------------------------------------

    @Override
    public @Nullable String getCurrentName() {
        return name;
    }

    @Override
    public void overrideCurrentName(String newName) {
        name = newName;
    }

    @Override
    protected void _handleEOF() {
        throw broken();
    }

    @Override
    public @Nullable JsonStreamContext getParsingContext() {
        return null;
    }

    @Override
    public JsonLocation getTokenLocation() {
        return JsonLocation.NA;
    }

    @Override
    public JsonLocation getCurrentLocation() {
        return JsonLocation.NA;
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public @Nullable ObjectCodec getCodec() {
        return codec;
    }

    @Override
    public void setCodec(ObjectCodec newCodec) {
        codec = newCodec;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }
}
