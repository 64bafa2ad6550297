package io.pileus.codegen;

import java.util.List;
import java.util.stream.Collectors;
import software.amazon.smithy.model.shapes.StructureShape;
import software.amazon.smithy.model.traits.XmlNameTrait;
import software.amazon.smithy.model.traits.XmlNamespaceTrait;

/** Generates a record with a builder for a structure. */
final class StructureGenerator {
    private final String className;
    private final StructureShape shape;
    private final List<MemberCode> members;

    StructureGenerator(String className, StructureShape shape, Members members) {
        this.className = className;
        this.shape = shape;
        this.members = MemberCode.of(members, shape);
    }

    String code() {
        StringBuilder code = new StringBuilder();
        code.append("/** ").append(shape.getId().getName()).append(" of the API. */\n");
        code.append("public record ").append(className).append("(");
        code.append(members.stream()
                .map(m -> "\n        " + m.nullableType() + " " + m.javaName())
                .collect(Collectors.joining(",")));
        code.append(") implements io.pileus.core.shape.Shape {\n");
        constants(code, members, shape, "structure");
        collectionAccessors(code);
        code.append(
                "\n    @Override\n    public io.pileus.core.shape.Schema schema() {\n        return SCHEMA;\n    }\n");
        writeMethod(code, members);
        readMethod(code, className, members);
        if (members.stream().anyMatch(MemberCode::isSensitive)) {
            redactedToString(code);
        }
        members.forEach(m -> m.helpers(code));
        code.append("\n    public static Builder builder() {\n        return new Builder();\n    }\n");
        toBuilder(code);
        builder(
                code,
                className,
                members,
                "return new " + className + "("
                        + members.stream().map(MemberCode::javaName).collect(Collectors.joining(", ")) + ");");
        return code.append("}\n").toString();
    }

    static void constants(
            StringBuilder code,
            List<MemberCode> members,
            software.amazon.smithy.model.shapes.Shape shape,
            String kind) {
        for (MemberCode member : members) {
            code.append("    private static final " + Members.MEMBER + " ")
                    .append(member.constant())
                    .append(" =\n            ");
            code.append(member.schemaExpression()).append(";\n");
        }
        code.append("\n    public static final io.pileus.core.shape.Schema SCHEMA = io.pileus.core.shape.Schema.")
                .append(kind);
        code.append("(").append(JavaNames.literal(shape.getId().getNamespace())).append(", ");
        code.append(JavaNames.literal(shape.getId().getName())).append(")");
        shape.getTrait(XmlNameTrait.class)
                .ifPresent(t -> code.append("\n            .xmlName(")
                        .append(JavaNames.literal(t.getValue()))
                        .append(")"));
        shape.getTrait(XmlNamespaceTrait.class)
                .ifPresent(t -> code.append("\n            .xmlNamespace(")
                        .append(JavaNames.literal(t.getUri()))
                        .append(", ")
                        .append(JavaNames.literal(t.getPrefix().orElse("")))
                        .append(")"));
        members.forEach(
                m -> code.append("\n            .member(").append(m.constant()).append(")"));
        code.append("\n            .build();\n");
    }

    /** Collections are never null from the outside; whether one was there at all is another question. */
    private void collectionAccessors(StringBuilder code) {
        for (MemberCode member : members) {
            if (!member.isCollection()) {
                continue;
            }
            String name = member.javaName();
            String empty = member.type().startsWith("java.util.List") ? "java.util.List.of()" : "java.util.Map.of()";
            code.append("\n    @Override\n    public ")
                    .append(member.type())
                    .append(" ")
                    .append(name)
                    .append("() {\n");
            code.append("        return ")
                    .append(name)
                    .append(" == null ? ")
                    .append(empty)
                    .append(" : ")
                    .append(name);
            code.append(";\n    }\n");
            code.append("\n    public boolean has")
                    .append(Character.toUpperCase(name.charAt(0)))
                    .append(name.substring(1));
            code.append("() {\n        return ").append(name).append(" != null;\n    }\n");
        }
    }

    static void writeMethod(StringBuilder code, List<MemberCode> members) {
        code.append("\n    @Override\n    public void write(io.pileus.core.shape.ShapeWriter writer) {\n");
        code.append("        writer.beginStruct(SCHEMA);\n");
        for (MemberCode member : members) {
            if (member.isEventStream()) {
                continue;
            }
            code.append("        if (").append(member.javaName()).append(" != null) {\n            ");
            code.append(member.writeStatement(member.javaName())).append("\n        }\n");
        }
        code.append("        writer.endStruct(SCHEMA);\n    }\n");
    }

    static void readMethod(StringBuilder code, String className, List<MemberCode> members) {
        code.append("\n    public static ")
                .append(className)
                .append(" read(io.pileus.core.shape.ShapeReader reader) {\n");
        code.append("        Builder builder = new Builder();\n");
        for (MemberCode member : members) {
            if (member.defaultExpression() != null) {
                code.append("        builder.")
                        .append(member.javaName())
                        .append(" = ")
                        .append(member.defaultExpression())
                        .append(";\n");
            }
        }
        code.append("        reader.beginStruct(SCHEMA);\n");
        code.append("        for (" + Members.MEMBER + " member; (member = reader.nextMember(SCHEMA)) != null; ) {\n");
        code.append("            switch (member.index()) {\n");
        for (MemberCode member : members) {
            if (member.isEventStream()) {
                continue;
            }
            code.append("                case ")
                    .append(member.index())
                    .append(" -> builder.")
                    .append(member.javaName());
            code.append(" = ").append(member.readExpression()).append(";\n");
        }
        code.append("                default -> throw new java.lang.IllegalStateException(member.name());\n");
        code.append("            }\n        }\n        return builder.build();\n    }\n");
    }

    private void redactedToString(StringBuilder code) {
        code.append(
                "\n    /** Leaves out what the model calls sensitive. */\n    @Override\n    public java.lang.String toString() {\n        return \"");
        code.append(className).append("[\"");
        String separator = "";
        for (MemberCode member : members) {
            code.append("\n                + \"")
                    .append(separator)
                    .append(member.javaName())
                    .append("=\" + ");
            code.append(member.isSensitive() ? "\"***\"" : member.javaName());
            separator = ", ";
        }
        code.append("\n                + \"]\";\n    }\n");
    }

    private void toBuilder(StringBuilder code) {
        code.append("\n    public Builder toBuilder() {\n        Builder builder = new Builder();\n");
        members.forEach(m -> code.append("        builder.")
                .append(m.javaName())
                .append(" = ")
                .append(m.javaName())
                .append(";\n"));
        code.append("        return builder;\n    }\n");
    }

    static void builder(StringBuilder code, String className, List<MemberCode> members, String build) {
        code.append("\n    /** Assembles a {@link ")
                .append(className)
                .append("}. */\n    public static final class Builder {\n");
        for (MemberCode member : members) {
            code.append("        private ")
                    .append(member.nullableType())
                    .append(" ")
                    .append(member.javaName())
                    .append(";\n");
        }
        code.append("\n        private Builder() {}\n");
        for (MemberCode member : members) {
            String name = member.javaName();
            code.append("\n        public Builder ")
                    .append(name)
                    .append("(")
                    .append(member.setterType())
                    .append(" value) {\n");
            code.append("            this.").append(name).append(" = ");
            code.append(member.isCollection() ? "value == null ? null : " + member.copyExpression("value") : "value");
            code.append(";\n            return this;\n        }\n");
            if (member.enumClass() != null) {
                code.append("\n        public Builder ")
                        .append(name)
                        .append("(")
                        .append(member.enumClass())
                        .append(" value) {\n");
                code.append("            this.")
                        .append(name)
                        .append(" = value.wire();\n            return this;\n        }\n");
            }
        }
        code.append("\n        public ")
                .append(className)
                .append(" build() {\n            ")
                .append(build)
                .append("\n        }\n    }\n");
    }
}
