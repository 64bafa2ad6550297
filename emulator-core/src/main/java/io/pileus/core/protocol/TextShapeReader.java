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

    /** The text of the number, truth value, timestamp or blob that is read next. */
    String scalarText() {
        return text();
    }

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
        return Scalars.bool(scalarText());
    }

    @Override
    public byte readByte(Member member) {
        return (byte) Scalars.integer(scalarText(), Byte.MIN_VALUE, Byte.MAX_VALUE, "a Byte");
    }

    @Override
    public short readShort(Member member) {
        return (short) Scalars.integer(scalarText(), Short.MIN_VALUE, Short.MAX_VALUE, "a Short");
    }

    @Override
    public int readInteger(Member member) {
        return (int) Scalars.integer(scalarText(), Integer.MIN_VALUE, Integer.MAX_VALUE, "an Integer");
    }

    @Override
    public long readLong(Member member) {
        return Scalars.integer(scalarText(), Long.MIN_VALUE, Long.MAX_VALUE, "a Long");
    }

    @Override
    public float readFloat(Member member) {
        return Scalars.floatNumber(scalarText());
    }

    @Override
    public double readDouble(Member member) {
        return Scalars.doubleNumber(scalarText());
    }

    @Override
    public BigInteger readBigInteger(Member member) {
        return Scalars.bigInteger(scalarText());
    }

    @Override
    public BigDecimal readBigDecimal(Member member) {
        return Scalars.bigDecimal(scalarText());
    }

    @Override
    public Instant readTimestamp(Member member) {
        return Timestamps.parseAny(scalarText());
    }

    @Override
    public Blob readBlob(Member member) {
        return Scalars.base64(scalarText());
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
