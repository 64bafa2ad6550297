package io.pileus.core.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.http.Headers;
import io.pileus.core.http.Payload;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.Member;
import io.pileus.core.shape.Member.Kind;
import io.pileus.core.shape.Member.Location;
import io.pileus.core.shape.Member.TimestampFormat;
import io.pileus.core.shape.Schema;
import io.pileus.core.shape.Shape;
import io.pileus.core.shape.ShapeWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Spreads an output over an HTTP response: status, headers, a payload of its own, and the body, which a writer of its own
 * takes.
 */
final class HttpBindingWriter implements ShapeWriter {
    private final ShapeWriter body;
    private final Headers headers;
    private final PayloadFormat format;
    private final boolean hasBody;
    private int depth;
    private int status;
    /** How many collections of the body are open. */
    private int open;

    private @Nullable Payload payload;
    private String payloadType = "";

    /** The list or map that is being written into headers. */
    private @Nullable Member bound;

    private List<String> elements = new ArrayList<>(0);
    private String key = "";

    /** How a structure, union or document that is the whole payload is written. */
    interface PayloadFormat {
        String contentType();

        byte[] shape(Member member, Shape shape);

        byte[] document(JsonNode document);
    }

    /** @param hasBody whether the outermost structure itself is written into the body */
    HttpBindingWriter(ShapeWriter body, boolean hasBody, Headers headers, int status, PayloadFormat format) {
        this.hasBody = hasBody;
        this.body = body;
        this.headers = headers;
        this.status = status;
        this.format = format;
    }

    int status() {
        return status;
    }

    @Nullable
    Payload payload() {
        return payload;
    }

    String payloadType() {
        return payloadType;
    }

    private boolean inBody(Member member) {
        return depth > 1 || bound == null && isBodys(member);
    }

    /** What only a request could carry elsewhere is in an answer's body. */
    private static boolean isBodys(Member member) {
        return switch (member.location()) {
            case BODY, LABEL, QUERY, QUERY_PARAMS, EVENT_HEADER, EVENT_PAYLOAD -> true;
            case HEADER, PREFIX_HEADERS, PAYLOAD, RESPONSE_CODE -> false;
        };
    }

    // ---- aggregates ---------------------------------------------------------------------------------------------

    static boolean hasBody(Schema schema) {
        return schema.payload() == null && schema.anyMember(HttpBindingWriter::isBodys);
    }

    @Override
    public void beginStruct(Schema schema) {
        depth++;
        if (depth > 1 || hasBody) {
            body.beginStruct(schema);
        }
    }

    @Override
    public void endStruct(Schema schema) {
        if (depth > 1 || hasBody) {
            body.endStruct(schema);
        }
        depth--;
    }

    @Override
    public void writeShape(Member member, Shape shape) {
        if (inBody(member)) {
            // The body's writer drives the shape itself; nothing below is bound to HTTP any more.
            body.writeShape(member, shape);
        } else if (member.location() == Location.PAYLOAD) {
            payload(Payload.of(format.shape(member, shape)), format.contentType());
        }
    }

    private void payload(Payload value, String type) {
        payload = value;
        payloadType = type;
    }

    @Override
    public void beginList(Member list, int size) {
        if (open > 0 || inBody(list)) {
            open++;
            body.beginList(list, size);
            return;
        }
        bound = list;
        elements = new ArrayList<>(size);
    }

    @Override
    public void endList(Member list) {
        if (open > 0) {
            open--;
            body.endList(list);
            return;
        }
        bound = null;
        if (list.location() == Location.HEADER && !elements.isEmpty()) {
            headers.add(list.httpName(), HeaderLists.join(elements));
        }
    }

    @Override
    public boolean mixesFlattenedLists() {
        return body.mixesFlattenedLists();
    }

    @Override
    public void beginMap(Member map, int size) {
        if (open > 0 || inBody(map)) {
            open++;
            body.beginMap(map, size);
            return;
        }
        bound = map;
    }

    @Override
    public void writeKey(Member map, String name) {
        if (open > 0) {
            body.writeKey(map, name);
        } else {
            key = name;
        }
    }

    @Override
    public void endMap(Member map) {
        if (open > 0) {
            open--;
            body.endMap(map);
        } else {
            bound = null;
        }
    }

    // ---- scalars ------------------------------------------------------------------------------------------------

    private boolean goesToBody(Member member) {
        return open > 0 || inBody(member);
    }

    /** Puts a scalar where the model binds it. */
    private void bind(Member member, String text) {
        if (bound != null) {
            if (bound.kind() == Kind.MAP) {
                headers.set(bound.httpName() + key, text);
            } else {
                elements.add(text);
            }
            return;
        }
        switch (member.location()) {
            case HEADER -> headers.set(member.httpName(), text);
            case RESPONSE_CODE -> status = Integer.parseInt(text);
            case PAYLOAD ->
                payload(Payload.ofUtf8(text), member.mediaType() == null ? "text/plain" : member.mediaType());
            default -> throw new IllegalStateException(member + " has no place in an answer");
        }
    }

    @Override
    public void writeNull(Member member) {
        if (goesToBody(member)) {
            body.writeNull(member);
        }
    }

    @Override
    public void writeString(Member member, String value) {
        if (goesToBody(member)) {
            body.writeString(member, value);
        } else if (bound != null && bound.kind() == Kind.LIST) {
            bind(member, HeaderLists.quotedIfNeeded(value));
        } else if (member.location() == Location.HEADER && member.mediaType() != null) {
            bind(member, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
        } else {
            bind(member, value);
        }
    }

    @Override
    public void writeBoolean(Member member, boolean value) {
        if (goesToBody(member)) {
            body.writeBoolean(member, value);
        } else {
            bind(member, Boolean.toString(value));
        }
    }

    @Override
    public void writeByte(Member member, byte value) {
        if (goesToBody(member)) {
            body.writeByte(member, value);
        } else {
            bind(member, Byte.toString(value));
        }
    }

    @Override
    public void writeShort(Member member, short value) {
        if (goesToBody(member)) {
            body.writeShort(member, value);
        } else {
            bind(member, Short.toString(value));
        }
    }

    @Override
    public void writeInteger(Member member, int value) {
        if (goesToBody(member)) {
            body.writeInteger(member, value);
        } else {
            bind(member, Integer.toString(value));
        }
    }

    @Override
    public void writeLong(Member member, long value) {
        if (goesToBody(member)) {
            body.writeLong(member, value);
        } else {
            bind(member, Long.toString(value));
        }
    }

    @Override
    public void writeFloat(Member member, float value) {
        if (goesToBody(member)) {
            body.writeFloat(member, value);
        } else {
            bind(member, Float.toString(value));
        }
    }

    @Override
    public void writeDouble(Member member, double value) {
        if (goesToBody(member)) {
            body.writeDouble(member, value);
        } else {
            bind(member, Double.toString(value));
        }
    }

    @Override
    public void writeBigInteger(Member member, BigInteger value) {
        if (goesToBody(member)) {
            body.writeBigInteger(member, value);
        } else {
            bind(member, value.toString());
        }
    }

    @Override
    public void writeBigDecimal(Member member, BigDecimal value) {
        if (goesToBody(member)) {
            body.writeBigDecimal(member, value);
        } else {
            bind(member, value.toString());
        }
    }

    @Override
    public void writeTimestamp(Member member, Instant value) {
        if (goesToBody(member)) {
            body.writeTimestamp(member, value);
        } else {
            bind(member, Timestamps.format(value, Timestamps.formatOf(member, TimestampFormat.HTTP_DATE)));
        }
    }

    @Override
    public void writeBlob(Member member, Blob value) {
        if (goesToBody(member)) {
            body.writeBlob(member, value);
        } else if (member.location() == Location.PAYLOAD) {
            writePayload(member, Payload.of(value.bytes()));
        } else {
            bind(member, value.base64());
        }
    }

    @Override
    public void writeDocument(Member member, JsonNode value) {
        if (goesToBody(member)) {
            body.writeDocument(member, value);
        } else {
            payload(Payload.of(format.document(value)), format.contentType());
        }
    }

    @Override
    public void writePayload(Member member, Payload value) {
        payload(value, member.mediaType() == null ? "application/octet-stream" : member.mediaType());
    }
}
