package io.pileus.core.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.Payload;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.Member;
import io.pileus.core.shape.Member.Kind;
import io.pileus.core.shape.Member.Location;
import io.pileus.core.shape.Member.TimestampFormat;
import io.pileus.core.shape.Schema;
import io.pileus.core.shape.ShapeReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads an input from everywhere in an HTTP request: the path's labels, the query string, the headers, and the body, which
 * a reader of its own knows.
 */
final class HttpBindingReader extends TextShapeReader {
    private final HttpRequest request;
    private final Map<String, String> labels;
    private final BodyFormat format;
    private final QueryString query;

    private boolean rootBegun;
    private int next;
    private int depth;
    private @Nullable ShapeReader body;
    private boolean inBody;

    private String text = "";
    private @Nullable Member bound;
    private List<String> texts = List.of();
    private Iterator<String> elements = List.<String>of().iterator();
    private Iterator<Map.Entry<String, List<String>>> entries =
            Map.<String, List<String>>of().entrySet().iterator();

    /** How the body is read. */
    interface BodyFormat {
        /** A reader that stands on the body's value. */
        ShapeReader reader(byte[] body, @Nullable Schema root);
    }

    HttpBindingReader(HttpRequest request, Map<String, String> labels, BodyFormat format) {
        this.request = request;
        this.labels = labels;
        this.format = format;
        this.query = QueryString.parse(request.query());
    }

    // ---- members ------------------------------------------------------------------------------------------------

    @Override
    public void beginStruct(Schema schema) {
        if (!rootBegun) {
            rootBegun = true;
            return;
        }
        depth++;
        body().beginStruct(schema);
    }

    private ShapeReader body() {
        if (body == null) {
            throw malformed("Unexpected value");
        }
        return body;
    }

    @Override
    public @Nullable Member nextMember(Schema schema) {
        if (depth > 0) {
            Member member = body().nextMember(schema);
            if (member == null) {
                depth--;
            }
            return member;
        }
        while (next < schema.members().size()) {
            Member member = schema.member(next++);
            if (member.location() != Location.BODY && isPresent(member)) {
                bound = member;
                return member;
            }
        }
        return nextOfBody(schema);
    }

    private @Nullable Member nextOfBody(Schema schema) {
        bound = null;
        if (!inBody) {
            boolean expected = schema.anyMember(m -> m.location() == Location.BODY) && schema.payload() == null;
            if (!expected || request.body().size() == 0) {
                return null;
            }
            body = format.reader(Messages.body(request), schema);
            body.beginStruct(schema);
            inBody = true;
        }
        return body().nextMember(schema);
    }

    private boolean isPresent(Member member) {
        inBody = false;
        return switch (member.location()) {
            case LABEL -> isPresent(labels.get(member.name()));
            case HEADER -> isHeaderPresent(member);
            case QUERY -> isQueryPresent(member);
            case PREFIX_HEADERS -> isPresent(prefixed(member.httpName()));
            case QUERY_PARAMS -> isPresent(query.parameters());
            case PAYLOAD -> isPayloadPresent(member);
            case BODY, RESPONSE_CODE, EVENT_HEADER, EVENT_PAYLOAD -> false;
        };
    }

    private boolean isPresent(@Nullable String label) {
        if (label == null) {
            return false;
        }
        text = PercentCoding.decodePath(label);
        return true;
    }

    private boolean isHeaderPresent(Member member) {
        List<String> values = request.headers().all(member.httpName());
        if (values.isEmpty()) {
            return false;
        }
        text = values.size() == 1 ? values.getFirst() : String.join(", ", values);
        texts = member.kind() == Kind.LIST ? HeaderLists.split(values, elementFormat(member.element())) : values;
        return true;
    }

    private static TimestampFormat elementFormat(Member element) {
        return element.kind() == Kind.TIMESTAMP
                ? Timestamps.formatOf(element, TimestampFormat.HTTP_DATE)
                : TimestampFormat.UNSPECIFIED;
    }

    private boolean isQueryPresent(Member member) {
        List<String> values = query.parameters().getOrDefault(member.httpName(), List.of());
        if (values.isEmpty()) {
            return false;
        }
        text = values.getFirst();
        texts = values;
        return true;
    }

    /**
     * Headers that have the same name, ignoring case, are one with a list, as S3 has it.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html">User-defined metadata</a>
     */
    private Map<String, List<String>> prefixed(String prefix) {
        Map<String, List<String>> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.headers().forEach((name, value) -> {
            if (name.length() >= prefix.length() && name.regionMatches(true, 0, prefix, 0, prefix.length())) {
                found.merge(
                        name.substring(prefix.length()),
                        List.of(value),
                        (values, more) -> List.of(values.getFirst() + "," + more.getFirst()));
            }
        });
        return found;
    }

    private boolean isPresent(Map<String, List<String>> map) {
        entries = map.entrySet().iterator();
        return entries.hasNext();
    }

    private boolean isPayloadPresent(Member member) {
        if (member.kind() == Kind.PAYLOAD) {
            return true;
        }
        if (member.kind() == Kind.EVENT_STREAM || request.body().size() == 0) {
            return false; // no service of ours takes events
        }
        if (member.kind() != Kind.BLOB && member.kind() != Kind.STRING && member.kind() != Kind.ENUM) {
            body = format.reader(Messages.body(request), null);
        }
        return true;
    }

    /** Whether the next value is the body's reader's to read. */
    boolean fromBody() {
        return depth > 0 || bound == null || bound.location() == Location.PAYLOAD && body != null;
    }

    // ---- collections --------------------------------------------------------------------------------------------

    @Override
    public void beginList(Member list) {
        if (fromBody()) {
            body().beginList(list);
            return;
        }
        elements = texts.iterator();
    }

    @Override
    public boolean nextElement(Member list) {
        if (fromBody()) {
            return body().nextElement(list);
        }
        if (!elements.hasNext()) {
            return false;
        }
        text = elements.next();
        return true;
    }

    @Override
    public void beginMap(Member map) {
        if (fromBody()) {
            body().beginMap(map);
        }
    }

    @Override
    public @Nullable String nextKey(Member map) {
        if (fromBody()) {
            return body().nextKey(map);
        }
        if (!entries.hasNext()) {
            return null;
        }
        Map.Entry<String, List<String>> entry = entries.next();
        texts = entry.getValue();
        text = texts.getFirst();
        return entry.getKey();
    }

    @Override
    public boolean readNull() {
        return fromBody() && body().readNull();
    }

    // ---- scalars ------------------------------------------------------------------------------------------------

    @Override
    String text() {
        return text;
    }

    @Override
    String scalarText() {
        return text.strip();
    }

    private boolean isPayload() {
        return bound != null && bound.location() == Location.PAYLOAD && depth == 0;
    }

    /** A header's text that is itself of some media type travels as base64. */
    @Override
    public String readString(Member member) {
        if (fromBody()) {
            return body().readString(member);
        }
        if (isPayload()) {
            byte[] bytes = Messages.body(request);
            return Scalars.utf8(bytes, 0, bytes.length);
        }
        boolean encoded = member.mediaType() != null && member.location() == Location.HEADER;
        return encoded ? new String(Scalars.base64(text).bytes(), StandardCharsets.UTF_8) : text;
    }

    @Override
    public boolean readBoolean(Member member) {
        return fromBody() ? body().readBoolean(member) : super.readBoolean(member);
    }

    @Override
    public byte readByte(Member member) {
        return fromBody() ? body().readByte(member) : super.readByte(member);
    }

    @Override
    public short readShort(Member member) {
        return fromBody() ? body().readShort(member) : super.readShort(member);
    }

    @Override
    public int readInteger(Member member) {
        return fromBody() ? body().readInteger(member) : super.readInteger(member);
    }

    @Override
    public long readLong(Member member) {
        return fromBody() ? body().readLong(member) : super.readLong(member);
    }

    @Override
    public float readFloat(Member member) {
        return fromBody() ? body().readFloat(member) : super.readFloat(member);
    }

    @Override
    public double readDouble(Member member) {
        return fromBody() ? body().readDouble(member) : super.readDouble(member);
    }

    @Override
    public BigInteger readBigInteger(Member member) {
        return fromBody() ? body().readBigInteger(member) : super.readBigInteger(member);
    }

    @Override
    public BigDecimal readBigDecimal(Member member) {
        return fromBody() ? body().readBigDecimal(member) : super.readBigDecimal(member);
    }

    /** Headers carry HTTP dates, labels and query strings ISO 8601, unless the model says otherwise. */
    @Override
    public Instant readTimestamp(Member member) {
        if (bound == null || fromBody()) {
            return body().readTimestamp(member);
        }
        TimestampFormat usual =
                bound.location() == Location.HEADER ? TimestampFormat.HTTP_DATE : TimestampFormat.DATE_TIME;
        return Timestamps.parse(scalarText(), Timestamps.formatOf(member, usual));
    }

    @Override
    public Blob readBlob(Member member) {
        if (fromBody()) {
            return body().readBlob(member);
        }
        return isPayload() ? Blob.of(Messages.body(request)) : super.readBlob(member);
    }

    @Override
    public JsonNode readDocument(Member member) {
        return body().readDocument(member);
    }

    @Override
    public Payload readPayload(Member member) {
        return request.body();
    }
}
