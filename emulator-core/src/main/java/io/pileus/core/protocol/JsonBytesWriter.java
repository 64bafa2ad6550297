package io.pileus.core.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.http.Payload;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.Member;
import io.pileus.core.shape.Member.TimestampFormat;
import io.pileus.core.shape.Schema;
import io.pileus.core.shape.Shape;
import io.pileus.core.shape.ShapeWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** Writes JSON into memory: names, texts and Base64 are copied as a whole wherever nothing in them must be escaped. */
final class JsonBytesWriter implements ShapeWriter {
    /** A buffer that has grown further is not kept for the next message. */
    private static final int KEPT_BYTES_MAX = 1 << 20;

    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] NULL = ascii("null");
    private static final byte[] HEX = ascii("0123456789ABCDEF");

    private final JsonDialect dialect;
    private byte[] out;
    private int size;

    /** Whether the next name or element stands behind another one. */
    private boolean follows;

    private JsonBytesWriter(JsonDialect dialect, byte[] buffer) {
        this.dialect = dialect;
        this.out = buffer;
    }

    /** One whole message; the buffer it grows in is the thread's, as Jackson's are. */
    static byte[] write(JsonDialect dialect, Shape shape) {
        BufferRecycler buffers = Json.Text.FACTORY._getBufferRecycler();
        byte[] buffer = buffers.allocByteBuffer(BufferRecycler.BYTE_WRITE_CONCAT_BUFFER);
        JsonBytesWriter writer = new JsonBytesWriter(dialect, buffer);
        shape.write(writer);
        buffers.releaseByteBuffer(
                BufferRecycler.BYTE_WRITE_CONCAT_BUFFER, writer.out.length <= KEPT_BYTES_MAX ? writer.out : buffer);
        return Arrays.copyOf(writer.out, writer.size);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    // ---- aggregates ---------------------------------------------------------------------------------------------

    @Override
    public void beginStruct(Schema schema) {
        open('{');
    }

    @Override
    public void endStruct(Schema schema) {
        close('}');
    }

    private void open(char bracket) {
        put(bracket);
        follows = false;
    }

    private void close(char bracket) {
        put(bracket);
        follows = true;
    }

    @Override
    public void writeShape(Member member, Shape shape) {
        arrive(member);
        shape.write(this);
    }

    @Override
    public void beginList(Member list, int length) {
        arrive(list);
        open('[');
    }

    @Override
    public void endList(Member list) {
        close(']');
    }

    @Override
    public void beginMap(Member map, int length) {
        arrive(map);
        open('{');
    }

    @Override
    public void writeKey(Member map, String key) {
        separate();
        string(key);
        put(':');
        follows = false;
    }

    @Override
    public void endMap(Member map) {
        close('}');
    }

    /** Comes to a member, which brings its name, to an element, or to the value of a key. */
    private void arrive(Member member) {
        separate();
        if (member.index() >= 0) {
            string(dialect.nameOf(member));
            put(':');
        }
        follows = true;
    }

    private void separate() {
        if (follows) {
            put(',');
        }
    }

    // ---- scalars ------------------------------------------------------------------------------------------------

    @Override
    public void writeNull(Member member) {
        arrive(member);
        put(NULL);
    }

    @Override
    public void writeString(Member member, String value) {
        arrive(member);
        string(value);
    }

    @Override
    public void writeBoolean(Member member, boolean value) {
        arrive(member);
        put(value ? TRUE : FALSE);
    }

    @Override
    public void writeByte(Member member, byte value) {
        writeLong(member, value);
    }

    @Override
    public void writeShort(Member member, short value) {
        writeLong(member, value);
    }

    @Override
    public void writeInteger(Member member, int value) {
        writeLong(member, value);
    }

    @Override
    public void writeLong(Member member, long value) {
        arrive(member);
        put(ascii(Long.toString(value)));
    }

    @Override
    public void writeFloat(Member member, float value) {
        arrive(member);
        number(Float.toString(value), Float.isFinite(value));
    }

    @Override
    public void writeDouble(Member member, double value) {
        arrive(member);
        number(Double.toString(value), Double.isFinite(value));
    }

    /** Numbers that are not finite become text. */
    private void number(String text, boolean finite) {
        if (finite) {
            put(ascii(text));
        } else {
            string(text);
        }
    }

    @Override
    public void writeBigInteger(Member member, BigInteger value) {
        arrive(member);
        put(ascii(value.toString()));
    }

    @Override
    public void writeBigDecimal(Member member, BigDecimal value) {
        arrive(member);
        put(ascii(value.toString()));
    }

    @Override
    public void writeTimestamp(Member member, Instant value) {
        arrive(member);
        TimestampFormat format = Timestamps.formatOf(member, TimestampFormat.EPOCH_SECONDS);
        String text = Timestamps.format(value, format);
        if (format == TimestampFormat.EPOCH_SECONDS) {
            put(ascii(text));
        } else {
            string(text);
        }
    }

    @Override
    public void writeBlob(Member member, Blob value) {
        arrive(member);
        put('"');
        put(Base64.getEncoder().encode(value.bytes()));
        put('"');
    }

    @Override
    public void writeDocument(Member member, JsonNode value) {
        arrive(member);
        try {
            put(Json.Tree.MAPPER.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void writePayload(Member member, Payload value) {
        writeBlob(member, Blob.of(value.bytes()));
    }

    // ---- bytes --------------------------------------------------------------------------------------------------

    private void string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        put('"');
        int at = 0;
        while (at < bytes.length) {
            int run = at;
            at = JsonText.escapedAt(bytes, run);
            put(bytes, run, at);
            if (at < bytes.length) {
                escape(bytes[at++]);
            }
        }
        put('"');
    }

    private void escape(byte character) {
        put('\\');
        switch (character) {
            case '"', '\\' -> put((char) character);
            case '\b' -> put('b');
            case '\t' -> put('t');
            case '\n' -> put('n');
            case '\f' -> put('f');
            case '\r' -> put('r');
            default -> put(new byte[] {'u', '0', '0', HEX[character >> 4], HEX[character & 0xf]});
        }
    }

    private void put(char character) {
        room(1);
        out[size++] = (byte) character;
    }

    private void put(byte[] bytes) {
        put(bytes, 0, bytes.length);
    }

    private void put(byte[] bytes, int from, int to) {
        room(to - from);
        System.arraycopy(bytes, from, out, size, to - from);
        size += to - from;
    }

    private void room(int more) {
        if (out.length - size < more) {
            out = Arrays.copyOf(out, Math.max(size + more, out.length * 2));
        }
    }
}
