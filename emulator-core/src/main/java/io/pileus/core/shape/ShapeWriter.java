package io.pileus.core.shape;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.http.Payload;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;

/**
 * Takes one typed value apart into a message, member by member; one implementation per protocol (and one that validates).
 * Generated code drives it. Absent members are never announced; null elements of sparse collections are written by
 * {@link #writeNull}.
 */
public interface ShapeWriter {

    void beginStruct(Schema schema);

    void endStruct(Schema schema);

    /** Writes a nested structure or union: the name of the member first, then {@code shape.write(this)}. */
    void writeShape(Member member, Shape shape);

    void beginList(Member list, int size);

    void endList(Member list);

    /**
     * Whether lists that have no element of their own may be written in pieces, so that the items of several follow each
     * other in an order that spans them all; only XML has such lists.
     */
    default boolean mixesFlattenedLists() {
        return false;
    }

    void beginMap(Member map, int size);

    /** The key of the entry whose value is written next. */
    void writeKey(Member map, String key);

    void endMap(Member map);

    void writeNull(Member member);

    void writeString(Member member, String value);

    void writeBoolean(Member member, boolean value);

    void writeByte(Member member, byte value);

    void writeShort(Member member, short value);

    void writeInteger(Member member, int value);

    void writeLong(Member member, long value);

    void writeFloat(Member member, float value);

    void writeDouble(Member member, double value);

    void writeBigInteger(Member member, BigInteger value);

    void writeBigDecimal(Member member, BigDecimal value);

    void writeTimestamp(Member member, Instant value);

    void writeBlob(Member member, Blob value);

    void writeDocument(Member member, JsonNode value);

    void writePayload(Member member, Payload value);
}
