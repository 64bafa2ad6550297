package io.pileus.codegen;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.smithy.model.shapes.UnionShape;

/** Generates a sealed interface for a union, with one record per member and one for what we do not know. */
final class UnionGenerator {
    private final UnionShape shape;
    private final List<MemberCode> members;

    UnionGenerator(UnionShape shape, Members members) {
        this.shape = shape;
        this.members = MemberCode.of(members, shape);
    }

    String code() {
        String className = JavaNames.className(shape);
        StringBuilder code = new StringBuilder();
        code.append("/** ").append(shape.getId().getName()).append(" of the API: exactly one of its members. */\n");
        code.append("public sealed interface ").append(className).append(" extends io.pileus.core.shape.Shape {\n\n");
        StringBuilder constants = new StringBuilder();
        StructureGenerator.constants(constants, members, shape, "union");
        code.append(constants.toString().replace("private static final", "public static final"));
        code.append(
                "\n    @Override\n    default io.pileus.core.shape.Schema schema() {\n        return SCHEMA;\n    }\n");
        for (MemberCode member : members) {
            variant(className, member, code);
        }
        code.append("\n    /** A member that the model does not have. */\n    record Unknown() implements ")
                .append(className)
                .append(" {\n");
        code.append("        @Override\n        public void write(io.pileus.core.shape.ShapeWriter writer) {\n");
        code.append(
                "            writer.beginStruct(SCHEMA);\n            writer.endStruct(SCHEMA);\n        }\n    }\n");
        read(className, code);
        members.forEach(m -> m.helpers(code));
        return code.append("}\n").toString();
    }

    private String variantName(MemberCode member) {
        Set<String> taken = new HashSet<>(Set.of("Unknown", "String", "Object", JavaNames.className(shape)));
        String name = Character.toUpperCase(member.javaName().charAt(0))
                + member.javaName().substring(1);
        // A variant named like the shape it holds would hide that shape.
        String type = member.type();
        String simple = type.substring(type.lastIndexOf('.') + 1);
        return taken.contains(name) || simple.equals(name) || type.contains("<" + name + ">") ? name + "Member" : name;
    }

    private void variant(String className, MemberCode member, StringBuilder code) {
        code.append("\n    /** The member {@code ").append(member.modelName()).append("}. */\n");
        code.append("    record ")
                .append(variantName(member))
                .append("(")
                .append(member.type())
                .append(" value) implements ");
        code.append(className)
                .append(
                        " {\n        @Override\n        public void write(io.pileus.core.shape.ShapeWriter writer) {\n");
        code.append("            writer.beginStruct(SCHEMA);\n            ").append(member.writeStatement("value"));
        code.append("\n            writer.endStruct(SCHEMA);\n        }\n");
        if (member.isSensitive()) {
            code.append(
                    "\n        @Override\n        public java.lang.String toString() {\n            return \"***\";\n        }\n");
        }
        code.append("    }\n");
    }

    private void read(String className, StringBuilder code) {
        code.append("\n    static ").append(className).append(" read(io.pileus.core.shape.ShapeReader reader) {\n");
        code.append("        reader.beginStruct(SCHEMA);\n        ")
                .append(className)
                .append(" result = null;\n");
        code.append("        for (" + Members.MEMBER + " member; (member = reader.nextMember(SCHEMA)) != null; ) {\n");
        code.append("            if (result != null) {\n                throw reader.malformed(\"");
        code.append(className).append(" must have exactly one member\");\n            }\n");
        code.append("            result = switch (member.index()) {\n");
        for (MemberCode member : members) {
            code.append("                case ")
                    .append(member.index())
                    .append(" -> new ")
                    .append(variantName(member))
                    .append("(");
            code.append(member.readExpression()).append(");\n");
        }
        code.append(
                "                default -> throw new java.lang.IllegalStateException(member.name());\n            };\n        }\n");
        code.append("        if (result == null) {\n            throw reader.malformed(\"");
        code.append(className).append(" must have exactly one member\");\n        }\n        return result;\n    }\n");
    }
}
