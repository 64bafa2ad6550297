package io.pileus.sts.enforcement;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.http.Payload;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.Member;
import io.pileus.core.shape.Schema;
import io.pileus.core.shape.Shape;
import io.pileus.core.shape.ShapeWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an input says at its top: strings by member name, lists of strings, maps of strings, and its tags, in whichever of
 * the forms that AWS's services have for tags.
 */
final class InputMembers implements ShapeWriter {
    /** More texts than this are not looked through for roles. */
    private static final int NAMED_MAX = 10_000;

    private final Map<String, String> strings = new LinkedHashMap<>();
    private final Map<String, List<String>> lists = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> maps = new LinkedHashMap<>();
    private final Map<String, String> tags = new LinkedHashMap<>();
    private final List<Map.Entry<String, String>> named = new ArrayList<>();
    private int depth;
    private String top = "";
    private String key = "";
    private String innerKey = "";
    private String tagKey = "";

    static InputMembers of(Shape input) {
        InputMembers members = new InputMembers();
        input.write(members);
        return members;
    }

    /** A top-level member's text; empty when it is absent. */
    String string(String member) {
        return strings.getOrDefault(member, "");
    }

    List<String> list(String member) {
        return lists.getOrDefault(member, List.of());
    }

    Map<String, String> map(String member) {
        return maps.getOrDefault(member, Map.of());
    }

    Map<String, String> tags() {
        return tags;
    }

    private static boolean isTags(String member) {
        return member.equalsIgnoreCase("Tags") || member.equals("UserPoolTags") || member.equals("IdentityPoolTags");
    }

    /** The texts, at any depth, of members or under keys of these names. */
    List<String> anywhere(Set<String> names) {
        return named.stream()
                .filter(e -> names.contains(e.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private void scalar(Member member, String value) {
        if (named.size() < NAMED_MAX) {
            named.add(Map.entry(member.name(), value));
            if (!innerKey.isEmpty()) {
                named.add(Map.entry(innerKey, value));
            }
        }
        if (depth == 1) {
            strings.put(member.name(), value);
        } else if (depth == 2 && !key.isEmpty()) {
            maps.computeIfAbsent(top, t -> new LinkedHashMap<>()).put(key, value);
            if (isTags(top)) {
                tags.put(key, value);
            }
        } else if (depth == 2) {
            lists.computeIfAbsent(top, t -> new ArrayList<>()).add(value);
        } else if (depth == 3 && isTags(top)) {
            switch (member.name()) {
                case "Key", "key", "TagKey" -> tagKey = value;
                case "Value", "value", "TagValue" -> tags.put(tagKey, value);
                default -> {}
            }
        }
    }

    private void enter(Member member) {
        if (depth == 1) {
            top = member.name();
            key = "";
        }
        depth++;
    }

    @Override
    public void beginStruct(Schema schema) {
        if (depth == 0) {
            depth = 1;
        }
    }

    @Override
    public void endStruct(Schema schema) {}

    @Override
    public void writeShape(Member member, Shape shape) {
        enter(member);
        shape.write(this);
        depth--;
    }

    @Override
    public void beginList(Member list, int size) {
        enter(list);
    }

    @Override
    public void endList(Member list) {
        depth--;
    }

    @Override
    public void beginMap(Member map, int size) {
        enter(map);
    }

    @Override
    public void writeKey(Member map, String name) {
        innerKey = name;
        if (depth == 2) {
            key = name;
        }
    }

    @Override
    public void endMap(Member map) {
        innerKey = "";
        depth--;
        if (depth == 1) {
            key = "";
        }
    }

    @Override
    public void writeNull(Member member) {}

    @Override
    public void writeString(Member member, String value) {
        scalar(member, value);
    }

    @Override
    public void writeBoolean(Member member, boolean value) {
        scalar(member, String.valueOf(value));
    }

    @Override
    public void writeByte(Member member, byte value) {
        scalar(member, String.valueOf(value));
    }

    @Override
    public void writeShort(Member member, short value) {
        scalar(member, String.valueOf(value));
    }

    @Override
    public void writeInteger(Member member, int value) {
        scalar(member, String.valueOf(value));
    }

    @Override
    public void writeLong(Member member, long value) {
        scalar(member, String.valueOf(value));
    }

    @Override
    public void writeFloat(Member member, float value) {
        scalar(member, String.valueOf(value));
    }

    @Override
    public void writeDouble(Member member, double value) {
        scalar(member, String.valueOf(value));
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
        scalar(member, value.toString());
    }

    @Override
    public void writeBlob(Member member, Blob value) {}

    @Override
    public void writeDocument(Member member, JsonNode value) {}

    @Override
    public void writePayload(Member member, Payload value) {}
}
