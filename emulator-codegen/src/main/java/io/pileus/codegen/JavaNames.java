package io.pileus.codegen;

import java.util.Locale;
import java.util.Set;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.traits.ErrorTrait;
import software.amazon.smithy.utils.StringUtils;

/** How names of the model are spelled in Java. */
final class JavaNames {
    private static final Set<String> RESERVED = Set.of(
            "abstract",
            "assert",
            "boolean",
            "break",
            "byte",
            "case",
            "catch",
            "char",
            "class",
            "const",
            "continue",
            "default",
            "do",
            "double",
            "else",
            "enum",
            "extends",
            "final",
            "finally",
            "float",
            "for",
            "goto",
            "if",
            "implements",
            "import",
            "instanceof",
            "int",
            "interface",
            "long",
            "native",
            "new",
            "package",
            "private",
            "protected",
            "public",
            "return",
            "short",
            "static",
            "strictfp",
            "super",
            "switch",
            "synchronized",
            "this",
            "throw",
            "throws",
            "transient",
            "try",
            "void",
            "volatile",
            "while",
            "true",
            "false",
            "null",
            "_",
            "record",
            // methods that every generated class has
            "schema",
            "builder",
            "toBuilder",
            "build",
            "hashCode",
            "toString",
            "getClass",
            "notify",
            "notifyAll",
            "wait",
            "clone",
            "finalize",
            // methods of errors
            "code",
            "httpStatus",
            "senderFault",
            "queryCode",
            "queryStatus");

    private JavaNames() {}

    static String className(Shape shape) {
        String name = StringUtils.capitalize(shape.getId().getName().replaceAll("[^A-Za-z0-9]", ""));
        return shape.hasTrait(ErrorTrait.class) && !name.endsWith("Exception") ? name + "Exception" : name;
    }

    static String member(MemberShape member) {
        return identifier(member.getMemberName());
    }

    /** Lower camel case: leading capitals are lowered together ({@code MD5OfBody} → {@code md5OfBody}, {@code ETag} → {@code eTag}). */
    static String identifier(String name) {
        String clean = name.replaceAll("[^A-Za-z0-9_]", "");
        int capitals = 0;
        while (capitals < clean.length() && Character.isUpperCase(clean.charAt(capitals))) {
            capitals++;
        }
        if (capitals > 1 && capitals < clean.length() && Character.isLowerCase(clean.charAt(capitals))) {
            capitals--;
        }
        String result = clean.substring(0, capitals).toLowerCase(Locale.ROOT) + clean.substring(capitals);
        if (result.isEmpty() || Character.isDigit(result.charAt(0))) {
            result = "_" + result;
        }
        return RESERVED.contains(result) ? result + "_" : result;
    }

    static String constant(String name) {
        String snake = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("[^A-Za-z0-9]", "_")
                .toUpperCase(Locale.ROOT);
        return snake.isEmpty() || Character.isDigit(snake.charAt(0)) ? "_" + snake : snake;
    }

    static String method(String operation) {
        return identifier(operation);
    }

    static String literal(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c > 0x7e) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
