package io.pileus.core.protocol;

import io.pileus.core.shape.MalformedInputException;
import io.pileus.core.shape.Member;
import io.pileus.core.shape.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a Query request. Lists come as {@code Name.member.N} or flattened as {@code Name.N}, maps as
 * {@code Name.entry.N.key} or flattened as {@code Name.N.Name}; the numbers need not be contiguous. A collection of one may
 * leave its number out ({@code AttributeName=All}, {@code Attribute.Name=…&Attribute.Value=…}), as the SQS reference does.
 */
final class FormShapeReader extends TextShapeReader {
    private final Deque<Frame> frames = new ArrayDeque<>();
    private FormNode value;

    /** A structure, list or map that is being read. */
    private static final class Frame {
        private final FormNode node;
        private final List<FormNode> items;
        private int next;

        private Frame(FormNode node, List<FormNode> items) {
            this.node = node;
            this.items = items;
        }
    }

    FormShapeReader(FormNode root) {
        this.value = root;
    }

    @Override
    String text() {
        String text = value.value();
        if (text == null) {
            throw new MalformedInputException("Start of structure or map found where not expected.");
        }
        return text;
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
            FormNode child = frame.node.child(member.xmlName());
            if (child != null) {
                value = child;
                return member;
            }
        }
        frames.pop();
        return null;
    }

    @Override
    public void beginList(Member list) {
        frames.push(new Frame(value, elements(list)));
    }

    private List<FormNode> elements(Member list) {
        FormNode named = value.child(list.element().xmlName());
        if (!list.xmlFlattened() && named != null) {
            return numbered(named);
        }
        List<FormNode> items = numbered(value);
        if (!items.isEmpty()) {
            return items;
        }
        if (named != null) {
            return numbered(named);
        }
        String text = value.value();
        return text == null || text.isEmpty() ? List.of() : List.of(value);
    }

    /** The children whose names are numbers, in the order of the numbers. */
    private static List<FormNode> numbered(FormNode node) {
        Map<String, FormNode> children = node.children();
        List<Map.Entry<Integer, FormNode>> items = new ArrayList<>(children.size());
        children.forEach((name, child) -> {
            int number = number(name);
            if (number >= 0) {
                items.add(Map.entry(number, child));
            }
        });
        items.sort(Comparator.comparingInt(Map.Entry::getKey));
        return items.stream().map(Map.Entry::getValue).toList();
    }

    private static int number(String name) {
        if (name.isEmpty() || name.length() > 9) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }

    @Override
    public boolean nextElement(Member list) {
        Frame frame = frames.element();
        if (frame.next == frame.items.size()) {
            frames.pop();
            return false;
        }
        value = frame.items.get(frame.next++);
        return true;
    }

    @Override
    public void beginMap(Member map) {
        FormNode entries = value.child("entry");
        List<FormNode> items = numbered(map.xmlFlattened() || entries == null ? value : entries);
        boolean single = items.isEmpty() && value.child(map.key().xmlName()) != null;
        frames.push(new Frame(value, single ? List.of(value) : items));
    }

    @Override
    public @Nullable String nextKey(Member map) {
        Frame frame = frames.element();
        if (frame.next == frame.items.size()) {
            frames.pop();
            return null;
        }
        FormNode entry = frame.items.get(frame.next++);
        FormNode key = entry.child(map.key().xmlName());
        FormNode entryValue = entry.child(map.element().xmlName());
        if (key == null || key.value() == null || entryValue == null) {
            throw malformed("An entry of " + map.name() + " needs " + map.key().xmlName() + " and "
                    + map.element().xmlName());
        }
        value = entryValue;
        return key.value();
    }
}
