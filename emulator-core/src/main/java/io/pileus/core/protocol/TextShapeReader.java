package io.pileus.core.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.http.Payload;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.MalformedInputException;
import io.pileus.core.shape.Member;
import io.pileus.core.shape.ShapeReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;

/** What protocols share whose scalars are text: forms, XML, HTTP headers, query strings and labels. */
abstract class TextShapeReader implements ShapeReader {

    /** The text of the value that is read next. */
    abstract String text();

    @Override
    public boolean readNull() {
        return false;
    }

    @Override
    public String readString(Member member) {
        return text();
    }

    @Override
    public boolean readBoolean(Member member) {
        return Scalars.bool(text());
    }

    @Override
    public byte readByte(Member member) {
        return (byte) Scalars.integer(text(), Byte.MIN_VALUE, Byte.MAX_VALUE, "a Byte");
    }

    @Override
    public short readShort(Member member) {
        return (short) Scalars.integer(text(), Short.MIN_VALUE, Short.MAX_VALUE, "a Short");
    }

    @Override
    public int readInteger(Member member) {
        return (int) Scalars.integer(text(), Integer.MIN_VALUE, Integer.MAX_VALUE, "an Integer");
    }

    @Override
    public long readLong(Member member) {
        return Scalars.integer(text(), Long.MIN_VALUE, Long.MAX_VALUE, "a Long");
    }

    @Override
    public float readFloat(Member member) {
        return Scalars.floatNumber(text());
    }

    @Override
    public double readDouble(Member member) {
        return Scalars.doubleNumber(text());
    }

    @Override
    public BigInteger readBigInteger(Member member) {
        return Scalars.bigInteger(text());
    }

    @Override
    public BigDecimal readBigDecimal(Member member) {
        return Scalars.bigDecimal(text());
    }

    @Override
    public Instant readTimestamp(Member member) {
        return Timestamps.parseAny(text());
    }

    @Override
    public Blob readBlob(Member member) {
        return Scalars.base64(text());
    }

    @Override
    public JsonNode readDocument(Member member) {
        throw malformed("A document has no form in this protocol");
    }

    @Override
    public Payload readPayload(Member member) {
        return Payload.of(readBlob(member).bytes());
    }

    @Override
    public MalformedInputException malformed(String why) {
        return new MalformedInputException(why);
    }
}
