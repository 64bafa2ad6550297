package io.pileus.core.shape;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.http.Payload;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;

/** A writer that drops what it is told; the base of those that look for something in a value. */
public abstract class QuietShapeWriter implements ShapeWriter {

    @Override
    public void beginStruct(Schema schema) {}

    @Override
    public void endStruct(Schema schema) {}

    @Override
    public void writeShape(Member member, Shape shape) {}

    @Override
    public void beginList(Member list, int size) {}

    @Override
    public void endList(Member list) {}

    @Override
    public void beginMap(Member map, int size) {}

    @Override
    public void writeKey(Member map, String key) {}

    @Override
    public void endMap(Member map) {}

    @Override
    public void writeNull(Member member) {}

    @Override
    public void writeString(Member member, String value) {}

    @Override
    public void writeBoolean(Member member, boolean value) {}

    @Override
    public void writeByte(Member member, byte value) {}

    @Override
    public void writeShort(Member member, short value) {}

    @Override
    public void writeInteger(Member member, int value) {}

    @Override
    public void writeLong(Member member, long value) {}

    @Override
    public void writeFloat(Member member, float value) {}

    @Override
    public void writeDouble(Member member, double value) {}

    @Override
    public void writeBigInteger(Member member, BigInteger value) {}

    @Override
    public void writeBigDecimal(Member member, BigDecimal value) {}

    @Override
    public void writeTimestamp(Member member, Instant value) {}

    @Override
    public void writeBlob(Member member, Blob value) {}

    @Override
    public void writeDocument(Member member, JsonNode value) {}

    @Override
    public void writePayload(Member member, Payload value) {}
}
