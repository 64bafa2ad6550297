package io.pileus.core.protocol;

import io.pileus.core.shape.Member;
import io.pileus.core.shape.Schema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an XML body. Members come in the order of the schema, whatever their order in the document. */
final class XmlShapeReader extends TextShapeReader {
    private final @Nullable Schema root;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private XmlElement value;
    private @Nullable String attribute;
    /** The elements of a flattened list or map. */
    private List<XmlElement> group = List.of();

    private static final class Frame {
        private final XmlElement element;
        private final List<XmlElement> items;
        private int next;

        private Frame(XmlElement element, List<XmlElement> items) {
            this.element = element;
            this.items = items;
        }
    }

    /** @param root the schema whose HTTP-bound members are not in the body; null where the body is a shape of its own */
    XmlShapeReader(XmlElement document, @Nullable Schema root) {
        this.value = document;
        this.root = root;
    }

    @Override
    String text() {
        return attribute != null ? attribute : value.text();
    }

    /** Numbers, truth values and timestamps may stand between spaces; text is text. */
    @Override
    String scalarText() {
        return text().strip();
    }

    @Override
    public void beginStruct(Schema schema) {
        frames.push(new Frame(value, List.of()));
    }

    @Override
    public @Nullable Member nextMember(Schema schema) {
        Frame frame = frames.element();
        while (frame.next < schema.members().size()) {
            Member member = schema.member(frame.next++);
            if (root == schema && frames.size() == 1 && member.location() != Member.Location.BODY) {
                continue;
            }
            if (find(frame.element, member)) {
                return member;
            }
        }
        frames.pop();
        return null;
    }

    private boolean find(XmlElement parent, Member member) {
        attribute = null;
        if (member.xmlAttribute()) {
            attribute = parent.attribute(member.xmlName());
            return attribute != null;
        }
        group = parent.children(member.xmlName());
        if (group.isEmpty()) {
            return false;
        }
        value = group.getFirst();
        return true;
    }

    @Override
    public void beginList(Member list) {
        frames.push(new Frame(
                value,
                list.xmlFlattened() ? group : value.children(list.element().xmlName())));
    }

    @Override
    public boolean nextElement(Member list) {
        Frame frame = frames.element();
        if (frame.next == frame.items.size()) {
            frames.pop();
            return false;
        }
        value = frame.items.get(frame.next++);
        attribute = null;
        return true;
    }

    @Override
    public void beginMap(Member map) {
        frames.push(new Frame(value, map.xmlFlattened() ? group : value.children("entry")));
    }

    @Override
    public @Nullable String nextKey(Member map) {
        Frame frame = frames.element();
        if (frame.next == frame.items.size()) {
            frames.pop();
            return null;
        }
        XmlElement entry = frame.items.get(frame.next++);
        XmlElement key = entry.child(map.key().xmlName());
        XmlElement entryValue = entry.child(map.element().xmlName());
        if (key == null || entryValue == null) {
            throw malformed("An entry of " + map.name() + " needs " + map.key().xmlName() + " and "
                    + map.element().xmlName());
        }
        value = entryValue;
        attribute = null;
        return key.text();
    }
}
