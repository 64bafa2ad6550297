package io.pileus.core.shape;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.http.Payload;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Pulls one typed value out of a message, member by member; one implementation per protocol. Generated code drives it:
 *
 * <pre>
 * reader.beginStruct(SCHEMA);
 * for (Member m; (m = reader.nextMember(SCHEMA)) != null; ) {
 *     switch (m.index()) { case 0 -&gt; builder.queueUrl(reader.readString(m)); ... }
 * }
 * </pre>
 *
 * Members that the schema does not know, and members whose value is null, are passed over by {@link #nextMember}. Every
 * value of the wrong type is answered with {@link MalformedInputException}.
 */
public interface ShapeReader {

    void beginStruct(Schema schema);

    /** The next member that is present, or null at the structure's end (which is consumed). */
    @Nullable
    Member nextMember(Schema schema);

    void beginList(Member list);

    /** Whether another element follows; false at the list's end (which is consumed). */
    boolean nextElement(Member list);

    void beginMap(Member map);

    /** The next entry's key, or null at the map's end (which is consumed). */
    @Nullable
    String nextKey(Member map);

    /** Consumes a null and says so; otherwise leaves the value untouched. Asked for elements and map values only. */
    boolean readNull();

    String readString(Member member);

    boolean readBoolean(Member member);

    byte readByte(Member member);

    short readShort(Member member);

    int readInteger(Member member);

    long readLong(Member member);

    float readFloat(Member member);

    double readDouble(Member member);

    BigInteger readBigInteger(Member member);

    BigDecimal readBigDecimal(Member member);

    Instant readTimestamp(Member member);

    Blob readBlob(Member member);

    /** A document: any JSON-like value. */
    JsonNode readDocument(Member member);

    /** A streamed blob; only where HTTP carries it as the whole payload. */
    Payload readPayload(Member member);

    /** The exception to throw where the message's form is wrong (such as a union with two members). */
    MalformedInputException malformed(String why);
}
