package io.pileus.core.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.http.Payload;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.Member;
import io.pileus.core.shape.Member.TimestampFormat;
import io.pileus.core.shape.Schema;
import io.pileus.core.shape.Shape;
import io.pileus.core.shape.ShapeWriter;
import io.pileus.core.shape.XmlNamespace;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes XML. The members of the outermost structure go straight into the element that is open; whoever uses the writer
 * opens and closes that one.
 */
final class XmlShapeWriter implements ShapeWriter {
    private final StringBuilder out = new StringBuilder(512);
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final boolean s3;
    private Predicate<Member> skipped = member -> false;
    /** Where an attribute of the structure that is being written goes: before the end of its start tag. */
    private int attributesAt = -1;

    private int depth;
    private @Nullable XmlNamespace nextNamespace;

    /** A list or map that is being written. */
    private static final class Frame {
        private final String itemName;
        private boolean entryOpen;

        private Frame(String itemName) {
            this.itemName = itemName;
        }
    }

    XmlShapeWriter() {
        this(false);
    }

    /** @param s3 whether the document begins with its XML version and timestamps always show milliseconds, as S3's do */
    XmlShapeWriter(boolean s3) {
        this.s3 = s3;
    }

    /** Leaves such members of the outermost structure out. */
    XmlShapeWriter skipping(Predicate<Member> members) {
        this.skipped = members;
        return this;
    }

    // ---- the document -------------------------------------------------------------------------------------------

    XmlShapeWriter open(String name, @Nullable XmlNamespace own) {
        XmlNamespace namespace = own == null ? nextNamespace : own;
        nextNamespace = null;
        out.append('<').append(name);
        if (namespace != null) {
            out.append(namespace.prefix().isEmpty() ? " xmlns" : " xmlns:" + namespace.prefix());
            out.append("=\"");
            escape(namespace.uri(), true);
            out.append('"');
        }
        out.append('>');
        attributesAt = out.length() - 1;
        return this;
    }

    /** The namespace of the next element, where it has none of its own. */
    void withNamespace(@Nullable XmlNamespace namespace) {
        this.nextNamespace = namespace;
    }

    XmlShapeWriter open(String name) {
        return open(name, null);
    }

    XmlShapeWriter close(String name) {
        out.append("</").append(name).append('>');
        return this;
    }

    XmlShapeWriter text(String name, String value) {
        open(name);
        escape(value, false);
        return close(name);
    }

    boolean isEmpty() {
        return out.isEmpty();
    }

    byte[] bytes() {
        return (s3 ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + out : out.toString())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Line ends that a parser would change are written as references, and so are characters that XML does not have. */
    private void escape(String text, boolean inAttribute) {
        int plain = 0;
        while (plain < text.length() && isPlain(text.charAt(plain))) {
            plain++;
        }
        out.append(text, 0, plain);
        for (int i = plain; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append(inAttribute ? "&quot;" : "\"");
                case '\r' -> out.append("&#xD;");
                case '\u0085' -> out.append("&#x85;");
                case '\u2028' -> out.append("&#x2028;");
                default -> {
                    if (c < ' ' && c != '\t' && c != '\n' || inAttribute && c < ' ') {
                        out.append("&#x").append(Integer.toHexString(c)).append(';');
                    } else {
                        out.append(c);
                    }
                }
            }
        }
    }

    /** Whether a character stands for itself everywhere; others may. */
    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7f && c != '&' && c != '<' && c != '>' && c != '"';
    }

    // ---- aggregates ---------------------------------------------------------------------------------------------

    @Override
    public void beginStruct(Schema schema) {
        // Its element is open already.
    }

    @Override
    public void endStruct(Schema schema) {
        // Whoever opened the element closes it.
    }

    private boolean isSkipped(Member member) {
        return depth == 0 && frames.isEmpty() && skipped.test(member);
    }

    @Override
    public void writeShape(Member member, Shape shape) {
        if (isSkipped(member)) {
            return;
        }
        String name = elementName(member);
        int outerAttributes = attributesAt;
        open(name, member.xmlNamespace());
        depth++;
        shape.write(this);
        depth--;
        close(name);
        attributesAt = outerAttributes;
    }

    private String elementName(Member member) {
        return member.index() < 0 && !frames.isEmpty() ? frames.element().itemName : member.xmlName();
    }

    @Override
    public void beginList(Member list, int size) {
        if (list.xmlFlattened()) {
            frames.push(new Frame(list.xmlName()));
        } else {
            open(elementName(list), list.xmlNamespace());
            frames.push(new Frame(list.element().xmlName()));
        }
    }

    @Override
    public void endList(Member list) {
        frames.pop();
        if (!list.xmlFlattened()) {
            close(elementName(list));
        }
    }

    @Override
    public boolean mixesFlattenedLists() {
        return true;
    }

    @Override
    public void beginMap(Member map, int size) {
        if (!map.xmlFlattened()) {
            open(elementName(map), map.xmlNamespace());
        }
        frames.push(new Frame(map.element().xmlName()));
    }

    @Override
    public void writeKey(Member map, String key) {
        closeEntry(map);
        Frame frame = frames.element();
        if (map.xmlFlattened()) {
            open(map.xmlName(), map.xmlNamespace());
        } else {
            open("entry");
        }
        frame.entryOpen = true;
        open(map.key().xmlName(), map.key().xmlNamespace());
        escape(key, false);
        close(map.key().xmlName());
    }

    private void closeEntry(Member map) {
        Frame frame = frames.element();
        if (frame.entryOpen) {
            close(map.xmlFlattened() ? map.xmlName() : "entry");
            frame.entryOpen = false;
        }
    }

    @Override
    public void endMap(Member map) {
        closeEntry(map);
        frames.pop();
        if (!map.xmlFlattened()) {
            close(elementName(map));
        }
    }

    // ---- scalars ------------------------------------------------------------------------------------------------

    private void scalar(Member member, String value) {
        if (isSkipped(member)) {
            return;
        }
        if (member.xmlAttribute()) {
            attribute(member.xmlName(), value);
            return;
        }
        String name = elementName(member);
        int outerAttributes = attributesAt;
        open(name, member.xmlNamespace());
        escape(value, false);
        close(name);
        attributesAt = outerAttributes;
    }

    private void attribute(String name, String value) {
        String rest = out.substring(attributesAt);
        out.setLength(attributesAt);
        out.append(' ').append(name).append("=\"");
        escape(value, true);
        out.append('"');
        attributesAt = out.length();
        out.append(rest);
    }

    @Override
    public void writeNull(Member member) {
        String name = elementName(member);
        open(name).close(name);
    }

    @Override
    public void writeString(Member member, String value) {
        scalar(member, value);
    }

    @Override
    public void writeBoolean(Member member, boolean value) {
        scalar(member, Boolean.toString(value));
    }

    @Override
    public void writeByte(Member member, byte value) {
        scalar(member, Byte.toString(value));
    }

    @Override
    public void writeShort(Member member, short value) {
        scalar(member, Short.toString(value));
    }

    @Override
    public void writeInteger(Member member, int value) {
        scalar(member, Integer.toString(value));
    }

    @Override
    public void writeLong(Member member, long value) {
        scalar(member, Long.toString(value));
    }

    @Override
    public void writeFloat(Member member, float value) {
        scalar(member, Float.toString(value));
    }

    @Override
    public void writeDouble(Member member, double value) {
        scalar(member, Double.toString(value));
    }

    @Override
    public void writeBigInteger(Member member, BigInteger value) {
        scalar(member, value.toString());
    }

    @Override
    public void writeBigDecimal(Member member, BigDecimal value) {
        scalar(member, value.toString());
    }

    @Override
    public void writeTimestamp(Member member, Instant value) {
        TimestampFormat format = Timestamps.formatOf(member, TimestampFormat.DATE_TIME);
        scalar(
                member,
                s3 && format == TimestampFormat.DATE_TIME
                        ? Timestamps.dateTimeMillis(value)
                        : Timestamps.format(value, format));
    }

    @Override
    public void writeBlob(Member member, Blob value) {
        scalar(member, value.base64());
    }

    @Override
    public void writeDocument(Member member, JsonNode value) {
        throw new IllegalStateException("a document has no form in XML: " + member);
    }

    @Override
    public void writePayload(Member member, Payload value) {
        throw new IllegalStateException("a stream has no form in XML: " + member);
    }
}
