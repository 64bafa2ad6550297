package io.pileus.stepfunctions.asl.parse;

import java.util.regex.Pattern;

/** The names that variables may have. */
final class Variables {
    /** Unicode identifiers of at most 80 characters; {@code states} is reserved. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{Nd}_]{0,79}");

    private Variables() {}

    static void checkNames(Fields assign, boolean paths) {
        for (String field : assign.names()) {
            String name = paths && field.endsWith(".$") ? field.substring(0, field.length() - 2) : field;
            if (!NAME.matcher(name).matches()) {
                assign.error("Variable name '" + name + "' is not valid", field);
            } else if (name.equals("states")) {
                assign.error("Variable name 'states' is reserved", field);
            }
        }
    }
}
