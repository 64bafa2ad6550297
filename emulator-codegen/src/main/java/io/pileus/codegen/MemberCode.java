package io.pileus.codegen;

import java.util.ArrayList;
import java.util.List;
import software.amazon.smithy.model.node.Node;
import software.amazon.smithy.model.shapes.EnumShape;
import software.amazon.smithy.model.shapes.ListShape;
import software.amazon.smithy.model.shapes.MapShape;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.shapes.ShapeType;
import software.amazon.smithy.model.traits.ClientOptionalTrait;
import software.amazon.smithy.model.traits.DefaultTrait;
import software.amazon.smithy.model.traits.SensitiveTrait;
import software.amazon.smithy.model.traits.SparseTrait;
import software.amazon.smithy.model.traits.StreamingTrait;

/** One member of a generated class: its Java type, and the code that reads and writes it. */
final class MemberCode {
    private final Members members;
    private final MemberShape member;
    private final Shape target;
    private final int index;

    MemberCode(Members members, MemberShape member, int index) {
        this.members = members;
        this.member = member;
        this.target = members.target(member);
        this.index = index;
    }

    static List<MemberCode> of(Members members, Shape container) {
        List<MemberCode> result = new ArrayList<>();
        for (MemberShape member : container.members()) {
            result.add(new MemberCode(members, member, result.size()));
        }
        return result;
    }

    int index() {
        return index;
    }

    String modelName() {
        return member.getMemberName();
    }

    String javaName() {
        return JavaNames.member(member);
    }

    String constant() {
        // The prefix keeps a member from hiding a shape whose name is all capitals.
        return "M_" + JavaNames.constant(member.getMemberName());
    }

    String schemaExpression() {
        return members.expression(member);
    }

    boolean isCollection() {
        return target instanceof ListShape || target instanceof MapShape;
    }

    boolean isEventStream() {
        return members.kind(target).equals("EVENT_STREAM");
    }

    boolean isSensitive() {
        if (member.getMemberTrait(members.model(), SensitiveTrait.class).isPresent()) {
            return true;
        }
        if (target instanceof ListShape list) {
            return list.getMember()
                    .getMemberTrait(members.model(), SensitiveTrait.class)
                    .isPresent();
        }
        return target instanceof MapShape map
                && map.getValue()
                        .getMemberTrait(members.model(), SensitiveTrait.class)
                        .isPresent();
    }

    /** The enum class whose constants the builder takes as well, or null. */
    String enumClass() {
        return target instanceof EnumShape ? JavaNames.className(target) : null;
    }

    /** The type with boxed scalars, without a nullness annotation. */
    String type() {
        return type(target);
    }

    private String type(Shape shape) {
        return switch (shape.getType()) {
            case STRING, ENUM -> "java.lang.String";
            case BOOLEAN -> "java.lang.Boolean";
            case BYTE -> "java.lang.Byte";
            case SHORT -> "java.lang.Short";
            case INTEGER, INT_ENUM -> "java.lang.Integer";
            case LONG -> "java.lang.Long";
            case FLOAT -> "java.lang.Float";
            case DOUBLE -> "java.lang.Double";
            case BIG_INTEGER -> "java.math.BigInteger";
            case BIG_DECIMAL -> "java.math.BigDecimal";
            case TIMESTAMP -> "java.time.Instant";
            case BLOB ->
                shape.hasTrait(StreamingTrait.class) ? "io.pileus.core.http.Payload" : "io.pileus.core.shape.Blob";
            case DOCUMENT -> "com.fasterxml.jackson.databind.JsonNode";
            case LIST, SET -> "java.util.List<" + element(((ListShape) shape).getMember(), shape) + ">";
            case MAP -> "java.util.Map<java.lang.String, " + element(((MapShape) shape).getValue(), shape) + ">";
            case STRUCTURE -> JavaNames.className(shape);
            case UNION ->
                shape.hasTrait(StreamingTrait.class)
                        ? "java.util.concurrent.Flow.Publisher<" + JavaNames.className(shape) + ">"
                        : JavaNames.className(shape);
            default -> throw new IllegalArgumentException("no type for " + shape);
        };
    }

    private String element(MemberShape element, Shape collection) {
        String type = type(members.target(element));
        return collection.hasTrait(SparseTrait.class) ? nullable(type) : type;
    }

    /** The type of a component or field: absent members are null. */
    String nullableType() {
        return nullable(type());
    }

    static String nullable(String type) {
        int generics = type.indexOf('<');
        String plain = generics < 0 ? type : type.substring(0, generics);
        int dot = plain.lastIndexOf('.');
        return type.substring(0, dot + 1) + "@org.jspecify.annotations.Nullable " + type.substring(dot + 1);
    }

    /** The value that a reader gives a member that the caller left out, or null. */
    String defaultExpression() {
        if (!member.hasTrait(DefaultTrait.class) || member.hasTrait(ClientOptionalTrait.class)) {
            return null;
        }
        Node value = member.expectTrait(DefaultTrait.class).toNode();
        if (value.isNullNode()) {
            return null;
        }
        return switch (target.getType()) {
            case STRING, ENUM -> JavaNames.literal(value.expectStringNode().getValue());
            case BOOLEAN -> String.valueOf(value.expectBooleanNode().getValue());
            case BYTE -> "(byte) " + value.expectNumberNode().getValue();
            case SHORT -> "(short) " + value.expectNumberNode().getValue();
            case INTEGER, INT_ENUM ->
                String.valueOf(value.expectNumberNode().getValue().intValue());
            case LONG -> value.expectNumberNode().getValue().longValue() + "L";
            case FLOAT -> value.expectNumberNode().getValue().floatValue() + "f";
            case DOUBLE -> value.expectNumberNode().getValue().doubleValue() + "d";
            case TIMESTAMP ->
                value.isNumberNode()
                        ? "java.time.Instant.ofEpochSecond("
                                + value.expectNumberNode().getValue().longValue() + "L)"
                        : "java.time.Instant.parse("
                                + JavaNames.literal(value.expectStringNode().getValue()) + ")";
            case BLOB ->
                target.hasTrait(StreamingTrait.class)
                        ? null
                        : "io.pileus.core.shape.Blob.ofBase64("
                                + JavaNames.literal(value.expectStringNode().getValue()) + ")";
            case LIST, SET -> "new java.util.ArrayList<>()";
            case MAP -> "new java.util.LinkedHashMap<>()";
            case DOCUMENT -> document(value);
            default -> null;
        };
    }

    private static String document(Node value) {
        String factory = "com.fasterxml.jackson.databind.node.JsonNodeFactory.instance";
        if (value.isBooleanNode()) {
            return factory + ".booleanNode(" + value.expectBooleanNode().getValue() + ")";
        }
        if (value.isStringNode()) {
            return factory + ".textNode("
                    + JavaNames.literal(value.expectStringNode().getValue()) + ")";
        }
        if (value.isNumberNode()) {
            return factory + ".numberNode(" + value.expectNumberNode().getValue() + ")";
        }
        return value.isArrayNode() ? factory + ".arrayNode()" : factory + ".objectNode()";
    }

    // ---- reading ------------------------------------------------------------------------------------------------

    String readExpression() {
        return isCollection() ? "read" + capitalized() + "(reader, member)" : read(target, "member");
    }

    private String capitalized() {
        String name = javaName();
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private String read(Shape shape, String memberExpression) {
        String method = switch (shape.getType()) {
            case STRING, ENUM -> "readString";
            case BOOLEAN -> "readBoolean";
            case BYTE -> "readByte";
            case SHORT -> "readShort";
            case INTEGER, INT_ENUM -> "readInteger";
            case LONG -> "readLong";
            case FLOAT -> "readFloat";
            case DOUBLE -> "readDouble";
            case BIG_INTEGER -> "readBigInteger";
            case BIG_DECIMAL -> "readBigDecimal";
            case TIMESTAMP -> "readTimestamp";
            case BLOB -> shape.hasTrait(StreamingTrait.class) ? "readPayload" : "readBlob";
            case DOCUMENT -> "readDocument";
            case STRUCTURE, UNION -> null;
            default -> throw new IllegalArgumentException("cannot read " + shape);
        };
        return method == null
                ? JavaNames.className(shape) + ".read(reader)"
                : "reader." + method + "(" + memberExpression + ")";
    }

    /** The static methods that read and write the member, where it is a collection. */
    void helpers(StringBuilder code) {
        if (isCollection()) {
            readHelper(target, "read" + capitalized(), code);
            writeHelper(target, "write" + capitalized(), code);
        }
    }

    private void readHelper(Shape shape, String method, StringBuilder code) {
        String type = type(shape);
        boolean sparse = shape.hasTrait(SparseTrait.class);
        boolean isList = shape instanceof ListShape;
        MemberShape element = isList ? ((ListShape) shape).getMember() : ((MapShape) shape).getValue();
        Shape elementTarget = members.target(element);
        boolean nested = elementTarget instanceof ListShape || elementTarget instanceof MapShape;
        String value = nested ? method + "Element(reader, element)" : read(elementTarget, "element");
        code.append("\n    private static ").append(type).append(" ").append(method);
        code.append("(io.pileus.core.shape.ShapeReader reader, " + Members.MEMBER + " member) {\n");
        code.append("        " + Members.MEMBER + " element = member.element();\n");
        if (isList) {
            code.append("        ").append(type).append(" list = new java.util.ArrayList<>();\n");
            code.append("        reader.beginList(member);\n        while (reader.nextElement(member)) {\n");
            nullElement(sparse, "list.add(null);", code);
            code.append("            list.add(").append(value).append(");\n        }\n");
            code.append("        return java.util.Collections.unmodifiableList(list);\n    }\n");
        } else {
            code.append("        ").append(type).append(" map = new java.util.LinkedHashMap<>();\n");
            code.append("        reader.beginMap(member);\n");
            code.append("        for (java.lang.String key; (key = reader.nextKey(member)) != null; ) {\n");
            nullElement(sparse, "map.put(key, null);", code);
            code.append("            map.put(key, ").append(value).append(");\n        }\n");
            code.append("        return java.util.Collections.unmodifiableMap(map);\n    }\n");
        }
        if (nested) {
            readHelper(elementTarget, method + "Element", code);
        }
    }

    private static void nullElement(boolean sparse, String add, StringBuilder code) {
        code.append("            if (reader.readNull()) {\n");
        if (sparse) {
            code.append("                ").append(add).append("\n                continue;\n");
        } else {
            code.append("                throw reader.malformed(member.name() + \" must not hold null\");\n");
        }
        code.append("            }\n");
    }

    // ---- writing ------------------------------------------------------------------------------------------------

    /** The statement that writes the member's value, which is not null. */
    String writeStatement(String value) {
        return isCollection()
                ? "write" + capitalized() + "(writer, " + constant() + ", " + value + ");"
                : write(target, constant(), value);
    }

    private static String write(Shape shape, String memberExpression, String value) {
        String method = switch (shape.getType()) {
            case STRING, ENUM -> "writeString";
            case BOOLEAN -> "writeBoolean";
            case BYTE -> "writeByte";
            case SHORT -> "writeShort";
            case INTEGER, INT_ENUM -> "writeInteger";
            case LONG -> "writeLong";
            case FLOAT -> "writeFloat";
            case DOUBLE -> "writeDouble";
            case BIG_INTEGER -> "writeBigInteger";
            case BIG_DECIMAL -> "writeBigDecimal";
            case TIMESTAMP -> "writeTimestamp";
            case BLOB -> shape.hasTrait(StreamingTrait.class) ? "writePayload" : "writeBlob";
            case DOCUMENT -> "writeDocument";
            case STRUCTURE, UNION -> "writeShape";
            default -> throw new IllegalArgumentException("cannot write " + shape);
        };
        return "writer." + method + "(" + memberExpression + ", " + value + ");";
    }

    private void writeHelper(Shape shape, String method, StringBuilder code) {
        String type = type(shape);
        boolean sparse = shape.hasTrait(SparseTrait.class);
        boolean isList = shape instanceof ListShape;
        MemberShape element = isList ? ((ListShape) shape).getMember() : ((MapShape) shape).getValue();
        Shape elementTarget = members.target(element);
        boolean nested = elementTarget instanceof ListShape || elementTarget instanceof MapShape;
        String item = isList ? "item" : "entry.getValue()";
        String statement =
                nested ? method + "Element(writer, element, " + item + ");" : write(elementTarget, "element", item);
        if (sparse) {
            statement =
                    "if (" + item + " == null) {\n                writer.writeNull(element);\n            } else {\n"
                            + "                " + statement + "\n            }";
        }
        code.append("\n    private static void ").append(method);
        code.append("(io.pileus.core.shape.ShapeWriter writer, " + Members.MEMBER + " member, ")
                .append(type);
        code.append(" value) {\n");
        code.append("        " + Members.MEMBER + " element = member.element();\n");
        if (isList) {
            code.append("        writer.beginList(member, value.size());\n");
            code.append("        for (").append(type(elementTarget)).append(" item : value) {\n");
            code.append("            ")
                    .append(statement)
                    .append("\n        }\n        writer.endList(member);\n    }\n");
        } else {
            code.append(
                    "        writer.beginMap(member, value.size());\n        for (java.util.Map.Entry<java.lang.String, ");
            code.append(type(elementTarget)).append("> entry : value.entrySet()) {\n");
            code.append("            writer.writeKey(member, entry.getKey());\n");
            code.append("            ")
                    .append(statement)
                    .append("\n        }\n        writer.endMap(member);\n    }\n");
        }
        if (nested) {
            writeHelper(elementTarget, method + "Element", code);
        }
    }

    /** The expression that takes a collection into a builder: copied, never changed afterwards. */
    String copyExpression(String value) {
        boolean sparse = target.hasTrait(SparseTrait.class);
        if (target.getType() == ShapeType.MAP) {
            return "java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(" + value + "))";
        }
        return sparse
                ? "java.util.Collections.unmodifiableList(new java.util.ArrayList<>(" + value + "))"
                : "java.util.List.copyOf(" + value + ")";
    }

    /** The type that a builder's setter takes. */
    String setterType() {
        if (!isCollection()) {
            return nullableType();
        }
        return target instanceof ListShape list
                ? "java.util.@org.jspecify.annotations.Nullable Collection<? extends "
                        + element(list.getMember(), target) + ">"
                : nullableType();
    }
}
