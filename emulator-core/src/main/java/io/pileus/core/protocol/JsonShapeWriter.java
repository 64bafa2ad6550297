package io.pileus.core.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.pileus.core.http.Payload;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.Member;
import io.pileus.core.shape.Member.TimestampFormat;
import io.pileus.core.shape.Schema;
import io.pileus.core.shape.Shape;
import io.pileus.core.shape.ShapeWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Writes JSON or CBOR straight into a generator. */
final class JsonShapeWriter implements ShapeWriter {
    /** The CBOR tag of an epoch-based date and time (RFC 8949, 3.4.2). */
    private static final int TAG_EPOCH = 1;

    /** Below, Jackson's own way is as fast. */
    private static final int SHORT_TEXT = 16;

    private final JsonGenerator generator;
    private final JsonDialect dialect;
    private String type;
    private String message;

    /** Things that are told together often happened in the same millisecond. */
    private @Nullable Instant lastTime;

    private String lastTimeText = "";

    JsonShapeWriter(JsonGenerator generator, JsonDialect dialect) {
        this(generator, dialect, "", "");
    }

    /**
     * @param type what the outermost structure carries as {@code __type}; empty for nothing
     * @param message what it carries as {@code message} besides its members; empty for nothing
     */
    JsonShapeWriter(JsonGenerator generator, JsonDialect dialect, String type, String message) {
        this.generator = generator;
        this.dialect = dialect;
        this.type = type;
        this.message = message;
    }

    /** A generator that writes into memory fails only where the caller breaks JSON's order. */
    private static UncheckedIOException failed(IOException e) {
        return new UncheckedIOException(e);
    }

    private void name(Member member) throws IOException {
        if (member.index() >= 0) {
            generator.writeFieldName(dialect.nameOf(member));
        }
    }

    @Override
    public void beginStruct(Schema schema) {
        try {
            generator.writeStartObject();
            if (!type.isEmpty()) {
                generator.writeStringField("__type", type);
                type = "";
            }
            if (!message.isEmpty()) {
                generator.writeStringField("message", message);
                message = "";
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void endStruct(Schema schema) {
        try {
            generator.writeEndObject();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void writeShape(Member member, Shape shape) {
        try {
            name(member);
        } catch (IOException e) {
            throw failed(e);
        }
        shape.write(this);
    }

    @Override
    public void beginList(Member list, int size) {
        try {
            name(list);
            generator.writeStartArray();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void endList(Member list) {
        try {
            generator.writeEndArray();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void beginMap(Member map, int size) {
        try {
            name(map);
            generator.writeStartObject();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void writeKey(Member map, String key) {
        try {
            generator.writeFieldName(key);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void endMap(Member map) {
        try {
            generator.writeEndObject();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void writeNull(Member member) {
        try {
            name(member);
            generator.writeNull();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void writeString(Member member, String value) {
        try {
            name(member);
            writeText(value);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The JDK turns a text into bytes at once, Jackson a character at a time. */
    private void writeText(String value) throws IOException {
        if (dialect == JsonDialect.DOCUMENT || value.length() < SHORT_TEXT) {
            generator.writeString(value);
            return;
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        if (dialect.binary()) {
            generator.writeUTF8String(utf8, 0, utf8.length);
        } else if (PlainText.isPlain(utf8)) {
            generator.writeRawUTF8String(utf8, 0, utf8.length);
        } else {
            generator.writeString(value);
        }
    }

    @Override
    public void writeBoolean(Member member, boolean value) {
        try {
            name(member);
            generator.writeBoolean(value);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void writeByte(Member member, byte value) {
        writeInteger(member, value);
    }

    @Override
    public void writeShort(Member member, short value) {
        writeInteger(member, value);
    }

    @Override
    public void writeInteger(Member member, int value) {
        try {
            name(member);
            generator.writeNumber(value);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void writeLong(Member member, long value) {
        try {
            name(member);
            generator.writeNumber(value);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Numbers that are not finite become text in JSON; the generator sees to it. */
    @Override
    public void writeFloat(Member member, float value) {
        try {
            name(member);
            generator.writeNumber(value);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void writeDouble(Member member, double value) {
        try {
            name(member);
            generator.writeNumber(value);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void writeBigInteger(Member member, BigInteger value) {
        try {
            name(member);
            generator.writeNumber(value);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void writeBigDecimal(Member member, BigDecimal value) {
        try {
            name(member);
            generator.writeNumber(value);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void writeTimestamp(Member member, Instant value) {
        try {
            name(member);
            switch (dialect) {
                case AWS_JSON, REST_JSON ->
                    writeTextual(value, Timestamps.formatOf(member, TimestampFormat.EPOCH_SECONDS));
                case DOCUMENT, PARAMETERS -> generator.writeString(Timestamps.format(value, TimestampFormat.DATE_TIME));
                case RPC_CBOR -> {
                    ((CBORGenerator) generator).writeTag(TAG_EPOCH);
                    generator.writeNumber(value.toEpochMilli() / 1000.0);
                }
                case AWS_CBOR -> {
                    ((CBORGenerator) generator).writeTag(TAG_EPOCH);
                    generator.writeNumber(value.toEpochMilli());
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void writeTextual(Instant value, TimestampFormat format) throws IOException {
        if (format == TimestampFormat.EPOCH_SECONDS) {
            if (!value.equals(lastTime)) {
                lastTime = value;
                lastTimeText = Timestamps.epochText(value);
            }
            generator.writeNumber(lastTimeText);
        } else {
            generator.writeString(Timestamps.format(value, format));
        }
    }

    @Override
    public void writeBlob(Member member, Blob value) {
        try {
            name(member);
            if (dialect == JsonDialect.AWS_JSON || dialect == JsonDialect.REST_JSON) {
                // The JDK encodes with the processor's vector instructions, Jackson byte by byte.
                byte[] base64 = Base64.getEncoder().encode(value.bytes());
                generator.writeRawUTF8String(base64, 0, base64.length);
            } else {
                generator.writeBinary(value.bytes());
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void writeDocument(Member member, JsonNode value) {
        try {
            name(member);
            Json.Tree.MAPPER.writeTree(generator, value);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void writePayload(Member member, Payload value) {
        writeBlob(member, Blob.of(value.bytes()));
    }
}
