package io.pileus.core.shape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a protocol must know of a structure, union or error: its name and its members. A schema never refers to another
 * schema (a nested shape brings its own), so that a request loads only the classes it touches.
 */
public final class Schema {

    /** What kind of aggregate a schema describes. */
    public enum Kind {
        STRUCTURE,
        UNION,
        ERROR
    }

    private final String namespace;
    private final String name;
    private final Kind kind;
    private final String xmlName;
    private final @Nullable XmlNamespace xmlNamespace;
    private final List<Member> members;
    private final Map<String, Member> byName;
    private final Map<String, Member> byJsonName;
    private final Map<String, Member> byXmlName;
    private final List<Member> required;
    private final @Nullable Member payload;

    private Schema(Builder builder) {
        this.namespace = builder.namespace;
        this.name = builder.name;
        this.kind = builder.kind;
        this.xmlName = builder.xmlName == null ? builder.name : builder.xmlName;
        this.xmlNamespace = builder.xmlNamespace;
        this.members = List.copyOf(builder.members);
        this.byName = index(members, true);
        this.byJsonName = new HashMap<>();
        this.byXmlName = new HashMap<>();
        for (Member member : members) {
            byJsonName.put(member.jsonName(), member);
            byXmlName.put(member.xmlName(), member);
        }
        this.required = members.stream().filter(Member::required).toList();
        this.payload = members.stream()
                .filter(m -> m.location() == Member.Location.PAYLOAD)
                .findFirst()
                .orElse(null);
    }

    private static Map<String, Member> index(List<Member> members, boolean assign) {
        Map<String, Member> map = new HashMap<>();
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            if (assign) {
                member.placeAt(i);
            }
            map.put(member.name(), member);
        }
        return map;
    }

    public static Builder structure(String namespace, String name) {
        return new Builder(Kind.STRUCTURE, namespace, name);
    }

    public static Builder union(String namespace, String name) {
        return new Builder(Kind.UNION, namespace, name);
    }

    public static Builder error(String namespace, String name) {
        return new Builder(Kind.ERROR, namespace, name);
    }

    /** The Smithy namespace, such as {@code com.amazonaws.sqs}. */
    public String namespace() {
        return namespace;
    }

    /** The shape's name in the model, such as {@code SendMessageRequest}. */
    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    /** The element's name where the shape is the root of an XML document. */
    public String xmlName() {
        return xmlName;
    }

    public @Nullable XmlNamespace xmlNamespace() {
        return xmlNamespace;
    }

    /** All members in the model's order; a member's {@link Member#index()} is its place here. */
    public List<Member> members() {
        return members;
    }

    public Member member(int index) {
        return members.get(index);
    }

    /** The member of this model name. */
    public @Nullable Member named(String modelName) {
        return byName.get(modelName);
    }

    /** The member that has this name in JSON. */
    public @Nullable Member jsonNamed(String jsonName) {
        return byJsonName.get(jsonName);
    }

    /** The member that has this name (prefix included) in XML. */
    public @Nullable Member xmlNamed(String xmlName) {
        return byXmlName.get(xmlName);
    }

    public List<Member> required() {
        return required;
    }

    /** Whether this stands for nothing: the input or output of an operation that has none. */
    public boolean isUnit() {
        return namespace.equals("smithy.api") && name.equals("Unit");
    }

    /** The member bound to the whole HTTP payload, if the shape has one. */
    public @Nullable Member payload() {
        return payload;
    }

    /** Whether any member satisfies the condition. */
    public boolean anyMember(Predicate<Member> condition) {
        return members.stream().anyMatch(condition);
    }

    @Override
    public String toString() {
        return namespace + "#" + name;
    }

    /** Assembles a schema; used by generated code only. */
    public static final class Builder {
        private final Kind kind;
        private final String namespace;
        private final String name;
        private final List<Member> members = new ArrayList<>();
        private @Nullable String xmlName;
        private @Nullable XmlNamespace xmlNamespace;

        private Builder(Kind kind, String namespace, String name) {
            this.kind = kind;
            this.namespace = namespace;
            this.name = name;
        }

        public Builder xmlName(String value) {
            this.xmlName = value;
            return this;
        }

        public Builder xmlNamespace(String uri, String prefix) {
            this.xmlNamespace = new XmlNamespace(uri, prefix);
            return this;
        }

        public Builder member(Member member) {
            members.add(member);
            return this;
        }

        public Schema build() {
            return new Schema(this);
        }
    }
}
