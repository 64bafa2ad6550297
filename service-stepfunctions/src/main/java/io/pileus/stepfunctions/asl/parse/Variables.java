package io.pileus.stepfunctions.asl.parse;

/** The names that variables may have. */
final class Variables {
    private static final int LENGTH_MAX = 80;

    private Variables() {}

    static void checkNames(Fields assign, boolean paths) {
        for (String field : assign.names()) {
            String name = paths && field.endsWith(".$") ? field.substring(0, field.length() - 2) : field;
            if (name.equals("states")) {
                assign.report(Diagnostic.error(
                        Diagnostic.RESERVED_VARIABLE_NAME,
                        "Cannot assign to reserved variable '$states'.",
                        assign.place(field).path()));
            } else if (!identifier(name) || name.length() > LENGTH_MAX) {
                assign.report(Diagnostic.error(
                        Diagnostic.INVALID_VARIABLE_NAME,
                        "Invalid variable name '" + name + "': the variable name "
                                + (identifier(name)
                                        ? "exceeds the 80-character limit allowed by the service."
                                        : "contains invalid characters."),
                        assign.place(field).path()));
            }
        }
    }

    /** Unicode's default identifiers (UAX 31), which do not begin with an underscore. */
    private static boolean identifier(String name) {
        return !name.isEmpty()
                && Character.isUnicodeIdentifierStart(name.codePointAt(0))
                && name.codePoints()
                        .allMatch(c -> Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
    }
}
