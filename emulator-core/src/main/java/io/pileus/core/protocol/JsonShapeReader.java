package io.pileus.core.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.http.Payload;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.MalformedInputException;
import io.pileus.core.shape.Member;
import io.pileus.core.shape.Member.TimestampFormat;
import io.pileus.core.shape.Schema;
import io.pileus.core.shape.ShapeReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON or CBOR as it comes, without a tree. Between two calls the parser stands on the first token of the value
 * that is read next. The words for values of a wrong type are AWS's own (such as {@code STRING_VALUE can not be converted
 * to an Integer}, seen from SQS).
 */
final class JsonShapeReader implements ShapeReader {
    /** Integers below are seconds, from it on milliseconds, where a client may send either: 100,000,000 seconds in 1973. */
    private static final long MILLISECONDS_FROM = 100_000_000_000L;

    private final JsonParser parser;
    private final JsonDialect dialect;
    private final @Nullable Schema root;
    private int depth;

    /** @param parser stands before the first token */
    JsonShapeReader(JsonParser parser, JsonDialect dialect) {
        this(parser, dialect, null);
    }

    /** @param root the schema whose HTTP-bound members are not in the body; null where there are none */
    JsonShapeReader(JsonParser parser, JsonDialect dialect, @Nullable Schema root) {
        this.parser = parser;
        this.dialect = dialect;
        this.root = root;
    }

    /** Goes to the first token; false when there is none. */
    boolean start() {
        try {
            return parser.nextToken() != null;
        } catch (IOException | RuntimeException e) {
            throw broken(e);
        }
    }

    @Override
    public void beginStruct(Schema schema) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw unexpected("Expected map or null");
        }
        depth++;
    }

    @Override
    public @Nullable Member nextMember(Schema schema) {
        try {
            while (true) {
                String name = parser.nextFieldName();
                if (name == null) {
                    expectEnd(JsonToken.END_OBJECT);
                    endStruct();
                    return null;
                }
                JsonToken value = parser.nextToken();
                Member member = value == JsonToken.VALUE_NULL ? null : dialect.find(schema, name);
                if (member != null && !(depth == 1 && root == schema && member.location() != Member.Location.BODY)) {
                    return member;
                }
                if (value == null) {
                    throw new MalformedInputException("Unexpected end of the message");
                }
                if (schema.kind() == Schema.Kind.UNION && value != JsonToken.VALUE_NULL && !name.equals("__type")) {
                    throw new MalformedInputException(schema.name() + " has no member " + name);
                }
                parser.skipChildren();
            }
        } catch (IOException | IllegalStateException e) {
            throw broken(e);
        }
    }

    /** Nothing may follow the outermost structure. */
    private void endStruct() throws IOException {
        depth--;
        if (depth == 0 && parser.nextToken() != null) {
            throw new MalformedInputException("Unexpected content after the end of the message");
        }
    }

    private void expectEnd(JsonToken end) {
        if (parser.currentToken() != end) {
            throw new MalformedInputException("Unexpected end of the message");
        }
    }

    @Override
    public void beginList(Member list) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw unexpected("Expected list or null");
        }
    }

    @Override
    public boolean nextElement(Member list) {
        try {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new MalformedInputException("Unexpected end of the message");
            }
            return token != JsonToken.END_ARRAY;
        } catch (IOException | IllegalStateException e) {
            throw broken(e);
        }
    }

    @Override
    public void beginMap(Member map) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw unexpected("Expected map or null");
        }
    }

    @Override
    public @Nullable String nextKey(Member map) {
        try {
            String key = parser.nextFieldName();
            if (key == null) {
                expectEnd(JsonToken.END_OBJECT);
                return null;
            }
            if (parser.nextToken() == null) {
                throw new MalformedInputException("Unexpected end of the message");
            }
            return key;
        } catch (IOException | IllegalStateException e) {
            throw broken(e);
        }
    }

    @Override
    public boolean readNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    @Override
    public String readString(Member member) {
        JsonToken token = parser.currentToken();
        boolean json = dialect == JsonDialect.PARAMETERS && token != null && token.isStructStart();
        if (token != JsonToken.VALUE_STRING && !json) {
            throw wrongType("a String");
        }
        try {
            return json ? parser.readValueAsTree().toString() : parser.getText();
        } catch (IOException | IllegalStateException e) {
            throw broken(e);
        }
    }

    @Override
    public boolean readBoolean(Member member) {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case null, default -> throw wrongType("a Boolean");
        };
    }

    @Override
    public byte readByte(Member member) {
        return (byte) integer(Byte.MIN_VALUE, Byte.MAX_VALUE, "a Byte");
    }

    @Override
    public short readShort(Member member) {
        return (short) integer(Short.MIN_VALUE, Short.MAX_VALUE, "a Short");
    }

    @Override
    public int readInteger(Member member) {
        return (int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE, "an Integer");
    }

    @Override
    public long readLong(Member member) {
        return integer(Long.MIN_VALUE, Long.MAX_VALUE, "a Long");
    }

    private long integer(long min, long max, String kind) {
        long value;
        try {
            value = switch (parser.currentToken()) {
                case VALUE_NUMBER_INT -> parser.getLongValue();
                case VALUE_NUMBER_FLOAT -> Scalars.exact(parser.getDecimalValue(), kind);
                case null, default -> throw wrongType(kind);
            };
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw wrongType(kind);
        }
        if (value < min || value > max) {
            throw wrongType(kind);
        }
        return value;
    }

    @Override
    public float readFloat(Member member) {
        try {
            return switch (parser.currentToken()) {
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getFloatValue();
                case VALUE_STRING -> (float) nonFinite("a Float");
                case null, default -> throw wrongType("a Float");
            };
        } catch (IOException | IllegalStateException e) {
            throw broken(e);
        }
    }

    @Override
    public double readDouble(Member member) {
        try {
            return switch (parser.currentToken()) {
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
                case VALUE_STRING -> nonFinite("a Double");
                case null, default -> throw wrongType("a Double");
            };
        } catch (IOException | IllegalStateException e) {
            throw broken(e);
        }
    }

    /** The only numbers that travel as text. */
    private double nonFinite(String kind) throws IOException {
        return switch (parser.getText()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw wrongType(kind);
        };
    }

    @Override
    public BigInteger readBigInteger(Member member) {
        try {
            return switch (parser.currentToken()) {
                case VALUE_NUMBER_INT -> parser.getBigIntegerValue();
                case VALUE_NUMBER_FLOAT -> BigInteger.valueOf(Scalars.exact(parser.getDecimalValue(), "a BigInteger"));
                case null, default -> throw wrongType("a BigInteger");
            };
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw broken(e);
        }
    }

    @Override
    public BigDecimal readBigDecimal(Member member) {
        try {
            return switch (parser.currentToken()) {
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
                case null, default -> throw wrongType("a BigDecimal");
            };
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw broken(e);
        }
    }

    @Override
    public Instant readTimestamp(Member member) {
        try {
            return switch (parser.currentToken()) {
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> numericTimestamp(member);
                case VALUE_STRING -> textTimestamp(member, parser.getText());
                case null, default -> throw wrongType("a Timestamp");
            };
        } catch (IOException | IllegalStateException | NumberFormatException | DateTimeException e) {
            throw broken(e);
        }
    }

    private Instant numericTimestamp(Member member) throws IOException {
        if (dialect == JsonDialect.REST_JSON
                && Timestamps.formatOf(member, TimestampFormat.EPOCH_SECONDS) != TimestampFormat.EPOCH_SECONDS) {
            throw wrongType("a Timestamp");
        }
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
            return Timestamps.ofEpochSecond(parser.getDecimalValue());
        }
        long value = parser.getLongValue();
        return dialect == JsonDialect.AWS_CBOR && Math.abs(value) >= MILLISECONDS_FROM
                ? Timestamps.ofEpochMilli(value)
                : Timestamps.ofEpochSecond(value);
    }

    private Instant textTimestamp(Member member, String text) {
        return switch (dialect) {
            case REST_JSON -> {
                TimestampFormat format = Timestamps.formatOf(member, TimestampFormat.EPOCH_SECONDS);
                if (format == TimestampFormat.EPOCH_SECONDS) {
                    throw wrongType("a Timestamp");
                }
                yield Timestamps.parse(text, format);
            }
            case AWS_JSON, DOCUMENT, PARAMETERS -> Timestamps.parseAny(text);
            case RPC_CBOR, AWS_CBOR -> throw wrongType("a Timestamp");
        };
    }

    @Override
    public Blob readBlob(Member member) {
        try {
            return switch (parser.currentToken()) {
                case VALUE_STRING -> {
                    if (dialect.binary()) {
                        throw wrongType("a Blob");
                    }
                    yield Scalars.base64(parser.getText());
                }
                case VALUE_EMBEDDED_OBJECT -> Blob.of(parser.getBinaryValue());
                case null, default -> throw wrongType("a Blob");
            };
        } catch (IOException | IllegalStateException e) {
            throw broken(e);
        }
    }

    @Override
    public JsonNode readDocument(Member member) {
        try {
            return Json.tree(parser);
        } catch (IOException | IllegalStateException e) {
            throw broken(e);
        }
    }

    @Override
    public Payload readPayload(Member member) {
        return Payload.of(readBlob(member).bytes());
    }

    @Override
    public MalformedInputException malformed(String why) {
        return new MalformedInputException(why);
    }

    private MalformedInputException unexpected(String expected) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> malformed("Start of structure or map found where not expected.");
            case START_ARRAY -> malformed("Start of list found where not expected");
            case null, default -> malformed(expected);
        };
    }

    private MalformedInputException wrongType(String kind) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> malformed("STRING_VALUE can not be converted to " + kind);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> malformed("NUMBER_VALUE can not be converted to " + kind);
            case VALUE_TRUE -> malformed("TRUE_VALUE can not be converted to " + kind);
            case VALUE_FALSE -> malformed("FALSE_VALUE can not be converted to " + kind);
            case null, default -> unexpected("Unexpected value");
        };
    }

    /** The message is no JSON (or CBOR) at all; the parser's own words stay in the log. */
    private static MalformedInputException broken(Exception cause) {
        return cause instanceof MalformedInputException malformed
                ? malformed
                : new MalformedInputException("The message cannot be parsed", cause);
    }
}
