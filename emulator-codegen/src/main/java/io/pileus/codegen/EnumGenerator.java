package io.pileus.codegen;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import software.amazon.smithy.model.shapes.EnumShape;

/** Generates an enum with the wire value of each constant. */
final class EnumGenerator {
    private final EnumShape shape;

    EnumGenerator(EnumShape shape) {
        this.shape = shape;
    }

    String code() {
        String className = JavaNames.className(shape);
        StringBuilder code = new StringBuilder();
        code.append("/** The values of ")
                .append(shape.getId().getName())
                .append(" that the model knows; members hold the wire value itself, which may be another. */\n");
        code.append("public enum ").append(className).append(" {\n");
        Set<String> used = new HashSet<>();
        String separator = "";
        for (Map.Entry<String, String> value : shape.getEnumValues().entrySet()) {
            String constant = JavaNames.constant(value.getKey());
            while (!used.add(constant)) {
                constant += "_";
            }
            code.append(separator)
                    .append("    ")
                    .append(constant)
                    .append("(")
                    .append(JavaNames.literal(value.getValue()))
                    .append(")");
            separator = ",\n";
        }
        code.append(";\n\n    private final java.lang.String wire;\n\n    ")
                .append(className)
                .append("(java.lang.String wire) {\n        this.wire = wire;\n    }\n");
        code.append(
                "\n    /** The value on the wire. */\n    public java.lang.String wire() {\n        return wire;\n    }\n");
        code.append(
                        "\n    /** The constant of a wire value, or null. */\n    public static @org.jspecify.annotations.Nullable ")
                .append(className);
        code.append(" of(java.lang.@org.jspecify.annotations.Nullable String wire) {\n        for (")
                .append(className)
                .append(" value : values()) {\n");
        code.append(
                "            if (value.wire.equals(wire)) {\n                return value;\n            }\n        }\n        return null;\n    }\n");
        code.append("\n    @Override\n    public java.lang.String toString() {\n        return wire;\n    }\n}\n");
        return code.toString();
    }
}
