package io.pileus.protocoltests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pileus.core.http.Payload;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.MalformedInputException;
import io.pileus.core.shape.Member;
import io.pileus.core.shape.Schema;
import io.pileus.core.shape.ShapeReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.smithy.model.node.Node;
import software.amazon.smithy.model.node.StringNode;

/** Reads the parameters of a protocol case: the value that a message stands for, in Smithy's own notation. */
final class NodeShapeReader implements ShapeReader {
    private final Deque<Iterator<?>> open = new ArrayDeque<>();
    private Node current;

    NodeShapeReader(Node params) {
        this.current = params;
    }

    @Override
    public void beginStruct(Schema schema) {
        open.push(current.expectObjectNode().getMembers().entrySet().iterator());
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable Member nextMember(Schema schema) {
        Iterator<Map.Entry<StringNode, Node>> members = (Iterator<Map.Entry<StringNode, Node>>) open.element();
        while (members.hasNext()) {
            Map.Entry<StringNode, Node> entry = members.next();
            Member member = schema.named(entry.getKey().getValue());
            if (member == null) {
                throw new AssertionError(
                        schema + " has no member " + entry.getKey().getValue());
            }
            if (!entry.getValue().isNullNode()) {
                current = entry.getValue();
                return member;
            }
        }
        open.pop();
        return null;
    }

    @Override
    public void beginList(Member list) {
        open.push(current.expectArrayNode().getElements().iterator());
    }

    @Override
    public boolean nextElement(Member list) {
        Iterator<?> elements = open.element();
        if (!elements.hasNext()) {
            open.pop();
            return false;
        }
        current = (Node) elements.next();
        return true;
    }

    @Override
    public void beginMap(Member map) {
        open.push(current.expectObjectNode().getMembers().entrySet().iterator());
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable String nextKey(Member map) {
        Iterator<Map.Entry<StringNode, Node>> entries = (Iterator<Map.Entry<StringNode, Node>>) open.element();
        if (!entries.hasNext()) {
            open.pop();
            return null;
        }
        Map.Entry<StringNode, Node> entry = entries.next();
        current = entry.getValue();
        return entry.getKey().getValue();
    }

    @Override
    public boolean readNull() {
        return current.isNullNode();
    }

    @Override
    public String readString(Member member) {
        return current.expectStringNode().getValue();
    }

    @Override
    public boolean readBoolean(Member member) {
        return current.expectBooleanNode().getValue();
    }

    private Number number() {
        return current.expectNumberNode().getValue();
    }

    @Override
    public byte readByte(Member member) {
        return number().byteValue();
    }

    @Override
    public short readShort(Member member) {
        return number().shortValue();
    }

    @Override
    public int readInteger(Member member) {
        return number().intValue();
    }

    @Override
    public long readLong(Member member) {
        return number().longValue();
    }

    @Override
    public float readFloat(Member member) {
        return current.isStringNode() ? Float.parseFloat(readString(member)) : number().floatValue();
    }

    @Override
    public double readDouble(Member member) {
        return current.isStringNode() ? Double.parseDouble(readString(member)) : number().doubleValue();
    }

    @Override
    public BigInteger readBigInteger(Member member) {
        return new BigInteger(number().toString());
    }

    @Override
    public BigDecimal readBigDecimal(Member member) {
        return new BigDecimal(number().toString());
    }

    @Override
    public Instant readTimestamp(Member member) {
        BigDecimal seconds = new BigDecimal(number().toString());
        return Instant.ofEpochMilli(seconds.movePointRight(3).longValueExact());
    }

    /** Blobs stand there as plain text. */
    @Override
    public Blob readBlob(Member member) {
        return Blob.ofUtf8(readString(member));
    }

    @Override
    public JsonNode readDocument(Member member) {
        try {
            return new ObjectMapper().readTree(Node.printJson(current));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Payload readPayload(Member member) {
        return Payload.ofUtf8(readString(member));
    }

    @Override
    public MalformedInputException malformed(String why) {
        return new MalformedInputException(why);
    }
}
