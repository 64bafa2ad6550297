package io.pileus.core.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.http.Payload;
import io.pileus.core.service.Violation;
import io.pileus.core.service.Violation.Kind;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.Constraints;
import io.pileus.core.shape.Member;
import io.pileus.core.shape.QuietShapeWriter;
import io.pileus.core.shape.Schema;
import io.pileus.core.shape.Shape;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks an input and collects what does not satisfy the model, in AWS's words. AWS names simple elements with their
 * collection ({@code Value '[…]' at 'layers' failed to satisfy constraint: Member must satisfy constraint: […]}, and
 * {@code Map value must satisfy constraint: […]} as CodePipeline answers), structures by their place
 * ({@code entries.1.member.id}), and never shows a sensitive value ({@code Value at 'password' failed …}, as Cognito
 * answers).
 */
final class ConstraintChecker extends QuietShapeWriter {
    /** How much of a value an error shows. */
    private static final int SHOWN_MAX = 16 << 10;

    private final List<Violation> violations = new ArrayList<>(0);
    private @Nullable Frame frame;
    private @Nullable Member pending;

    /** A structure, list or map on the way to the current value. */
    private abstract static sealed class Frame {
        final @Nullable Frame parent;
        final @Nullable Member member;

        private Frame(@Nullable Frame parent, @Nullable Member member) {
            this.parent = parent;
            this.member = member;
        }

        String path() {
            return parent == null || member == null ? "" : parent.pathOf(member);
        }

        abstract String pathOf(Member part);
    }

    private static final class Structure extends Frame {
        final Schema schema;
        /** The place of the next member that has not been passed over. */
        int next;

        Structure(@Nullable Frame parent, @Nullable Member member, Schema schema) {
            super(parent, member);
            this.schema = schema;
        }

        @Override
        String pathOf(Member part) {
            String path = path();
            String name = lowerFirst(part.name());
            return path.isEmpty() ? name : path + "." + name;
        }

        private static String lowerFirst(String name) {
            return name.isEmpty() ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
        }
    }

    /** A list or a map. */
    private static final class Collection extends Frame {
        /** The collection as an error shows it, as far as it has come; null where it is not shown. */
        final @Nullable StringBuilder shown;

        final @Nullable Set<String> seen;
        final int violationsBefore;
        int count;
        String key = "";
        boolean badElement;
        boolean badKey;
        boolean repeated;

        Collection(
                @Nullable Frame parent,
                Member member,
                @Nullable StringBuilder shown,
                @Nullable Set<String> seen,
                int violationsBefore) {
            super(parent, member);
            this.shown = shown;
            this.seen = seen;
            this.violationsBefore = violationsBefore;
        }

        @Override
        String pathOf(Member part) {
            return path() + "." + (key.isEmpty() ? Integer.toString(count) : key) + ".member";
        }

        void add(String element) {
            count++;
            show(element);
            if (seen != null && !seen.add(element)) {
                repeated = true;
            }
        }

        private void show(String element) {
            if (shown == null || shown.length() > SHOWN_MAX) {
                return;
            }
            if (count > 1) {
                shown.append(", ");
            }
            if (!key.isEmpty()) {
                shown.append(key).append('=');
            }
            shown.append(element);
        }
    }

    List<Violation> violations() {
        return violations;
    }

    // ---- aggregates ---------------------------------------------------------------------------------------------

    @Override
    public void beginStruct(Schema schema) {
        frame = new Structure(frame, pending, schema);
    }

    @Override
    public void endStruct(Schema schema) {
        Structure ended = (Structure) current();
        missing(ended, Integer.MAX_VALUE);
        frame = ended.parent;
    }

    private Frame current() {
        if (frame == null) {
            throw new IllegalStateException("outside of a structure");
        }
        return frame;
    }

    /** Required members that the writing has passed over, up to this place. */
    private void missing(Structure structure, int index) {
        for (Member required : structure.schema.required()) {
            if (required.index() >= structure.next && required.index() < index) {
                add(Kind.REQUIRED, structure.pathOf(required), required, "Value null", "Member must not be null");
            }
        }
    }

    /** A member or element comes. */
    private void arrive(Member member, String shown) {
        switch (current()) {
            case Structure structure -> {
                missing(structure, member.index());
                structure.next = member.index() + 1;
            }
            case Collection collection -> collection.add(shown);
        }
    }

    @Override
    public void writeShape(Member member, Shape shape) {
        arrive(member, shape.schema().name());
        pending = member;
        shape.write(this);
    }

    @Override
    public void beginList(Member list, int size) {
        beginCollection(list, "[", size, list.uniqueItems() ? new HashSet<>() : null);
    }

    private void beginCollection(Member member, String open, int size, @Nullable Set<String> seen) {
        arrive(member, "");
        StringBuilder shown = isShown(member, size) ? new StringBuilder(open) : null;
        frame = new Collection(frame, member, shown, seen, violations.size());
    }

    /** Whether an error may have to show the collection: to write it down costs more than all else. */
    private static boolean isShown(Member collection, int size) {
        if (collection.sensitive() || collection.element().sensitive()) {
            return false;
        }
        return collection.uniqueItems()
                || collection.element().constraints() != null
                || collection.kind() == Member.Kind.MAP && collection.key().constraints() != null
                || !lengthBroken(collection, size).isEmpty();
    }

    private static List<String> lengthBroken(Member collection, int size) {
        Constraints own = collection.constraints();
        return own == null ? List.of() : ConstraintRules.length(own, size, false);
    }

    @Override
    public void endList(Member list) {
        endCollection(list, "]", "Member must satisfy constraint: ");
    }

    @Override
    public void beginMap(Member map, int size) {
        beginCollection(map, "{", size, null);
    }

    @Override
    public void writeKey(Member map, String key) {
        Collection here = (Collection) current();
        here.key = key;
        Constraints constraints = map.key().constraints();
        if (constraints != null
                && !ConstraintRules.broken(constraints, key, true).isEmpty()) {
            here.badKey = true;
        }
    }

    @Override
    public void endMap(Member map) {
        endCollection(map, "}", "Map value must satisfy constraint: ");
    }

    private void endCollection(Member member, String close, String elementRule) {
        Collection ended = (Collection) current();
        frame = ended.parent;
        List<Violation> inner = new ArrayList<>(0);
        String value = ended.shown == null ? "Value" : "Value '" + ended.shown.append(close) + "'";
        for (String sentence : lengthBroken(member, ended.count)) {
            inner.add(violation(Kind.LENGTH, ended.path(), member, value, sentence));
        }
        if (ended.repeated) {
            inner.add(violation(Kind.UNIQUE, ended.path(), member, value, "Member must have unique values"));
        }
        if (ended.badKey) {
            String rule = "Map keys must satisfy constraint: " + ConstraintRules.all(member.key());
            inner.add(violation(Kind.LENGTH, ended.path(), member, value, rule));
        }
        if (ended.badElement) {
            inner.add(violation(
                    kindOf(member.element()),
                    ended.path(),
                    member,
                    value,
                    elementRule + ConstraintRules.all(member.element())));
        }
        violations.addAll(ended.violationsBefore, inner);
    }

    private static Kind kindOf(Member element) {
        Constraints constraints = element.constraints();
        if (constraints != null && !constraints.enumValues().isEmpty()) {
            return Kind.ENUM;
        }
        return constraints != null && constraints.pattern() != null ? Kind.PATTERN : Kind.LENGTH;
    }

    // ---- scalars ------------------------------------------------------------------------------------------------

    @Override
    public void writeNull(Member member) {
        arrive(member, "null");
    }

    @Override
    public void writeString(Member member, String value) {
        arrive(member, value);
        Constraints constraints = member.constraints();
        if (constraints == null) {
            return;
        }
        if (current() instanceof Collection collection) {
            collection.badElement |=
                    !ConstraintRules.broken(constraints, value, true).isEmpty();
            return;
        }
        for (ConstraintRules.Broken broken : ConstraintRules.broken(constraints, value, false)) {
            add(broken.kind(), current().pathOf(member), member, shown(member, value), broken.sentence());
        }
    }

    @Override
    public void writeBlob(Member member, Blob value) {
        arrive(member, "");
        Constraints constraints = member.constraints();
        if (constraints == null) {
            return;
        }
        List<String> sentences = ConstraintRules.length(constraints, value.size(), false);
        if (!sentences.isEmpty()) {
            // AWS shows the Java object that holds the bytes.
            String shown = "java.nio.HeapByteBuffer[pos=0 lim=" + value.size() + " cap=" + value.size() + "]";
            broken(member, shown, Kind.LENGTH, sentences);
        }
    }

    private void broken(Member member, String value, Kind kind, List<String> sentences) {
        if (sentences.isEmpty()) {
            return;
        }
        if (current() instanceof Collection collection) {
            collection.badElement = true;
            return;
        }
        for (String sentence : sentences) {
            add(kind, current().pathOf(member), member, shown(member, value), sentence);
        }
    }

    @Override
    public void writeByte(Member member, byte value) {
        writeLong(member, value);
    }

    @Override
    public void writeShort(Member member, short value) {
        writeLong(member, value);
    }

    @Override
    public void writeInteger(Member member, int value) {
        writeLong(member, value);
    }

    @Override
    public void writeLong(Member member, long value) {
        number(member, Long.toString(value), member.constraints() == null ? null : BigDecimal.valueOf(value));
    }

    @Override
    public void writeFloat(Member member, float value) {
        writeDouble(member, value);
    }

    @Override
    public void writeDouble(Member member, double value) {
        boolean comparable = member.constraints() != null && Double.isFinite(value);
        number(member, Double.toString(value), comparable ? BigDecimal.valueOf(value) : null);
    }

    @Override
    public void writeBigInteger(Member member, BigInteger value) {
        number(member, value.toString(), new BigDecimal(value));
    }

    @Override
    public void writeBigDecimal(Member member, BigDecimal value) {
        number(member, value.toString(), value);
    }

    private void number(Member member, String text, @Nullable BigDecimal value) {
        arrive(member, text);
        Constraints constraints = member.constraints();
        if (constraints != null && value != null) {
            broken(member, text, Kind.RANGE, ConstraintRules.range(constraints, value, false));
        }
    }

    @Override
    public void writeBoolean(Member member, boolean value) {
        arrive(member, Boolean.toString(value));
    }

    @Override
    public void writeTimestamp(Member member, Instant value) {
        arrive(member, value.toString());
    }

    @Override
    public void writeDocument(Member member, JsonNode value) {
        arrive(member, "");
    }

    @Override
    public void writePayload(Member member, Payload value) {
        arrive(member, "");
    }

    // ---- words --------------------------------------------------------------------------------------------------

    private static String shown(Member member, String value) {
        if (member.sensitive()) {
            return "Value";
        }
        return "Value '" + (value.length() > SHOWN_MAX ? value.substring(0, SHOWN_MAX) + "…" : value) + "'";
    }

    private void add(Kind kind, String path, Member member, String value, String sentence) {
        violations.add(violation(kind, path, member, value, sentence));
    }

    private static Violation violation(Kind kind, String path, Member member, String value, String sentence) {
        return new Violation(
                path, member.name(), kind, value + " at '" + path + "' failed to satisfy constraint: " + sentence);
    }
}
