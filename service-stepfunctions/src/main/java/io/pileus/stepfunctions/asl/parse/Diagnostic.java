package io.pileus.stepfunctions.asl.parse;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Something that is wrong, or looks wrong, in a definition.
 *
 * @param location where, such as {@code /States/Check/Choices[0]/Next}
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html">
 *     ValidateStateMachineDefinitionDiagnostic</a>
 */
public record Diagnostic(Severity severity, String code, String message, Optional<String> location) {

    /** Whether a definition can be used in spite of it. */
    public enum Severity {
        ERROR,
        WARNING
    }

    public static final String SCHEMA = "SCHEMA_VALIDATION_FAILED";
    public static final String INVALID_JSON = "INVALID_JSON_DESCRIPTION";
    public static final String MISSING_DESCRIPTION = "MISSING_DESCRIPTION";
    public static final String MISSING_TARGET = "MISSING_TRANSITION_TARGET";
    public static final String MISSING_END_STATE = "MISSING_END_STATE";
    public static final String DUPLICATE_STATE_NAME = "DUPLICATE_STATE_NAME";
    public static final String DUPLICATE_VARIABLE_NAME = "DUPLICATE_VARIABLE_NAME";
    public static final String INVALID_STATE_NAME = "INVALID_STATE_NAME";
    public static final String DUPLICATE_LABEL_NAME = "DUPLICATE_LABEL_NAME";
    public static final String INVALID_LABEL_NAME = "INVALID_LABEL_NAME";
    public static final String TOO_DEEPLY_NESTED = "TOO_DEEPLY_NESTED";
    public static final String INVALID_JSONATA = "INVALID_JSONATA_EXPRESSION";
    public static final String UNSUPPORTED_JSONATA = "UNSUPPORTED_JSONATA_EXPRESSION";
    public static final String INVALID_VARIABLE_NAME = "INVALID_VARIABLE_NAME";
    public static final String RESERVED_VARIABLE_NAME = "RESERVED_VARIABLE_NAME";
    public static final String NO_DOLLAR = "NO_DOLLAR";
    public static final String NO_PATH = "NO_PATH";
    public static final String PASS_RESULT_IS_STATIC = "PASS_RESULT_IS_STATIC";

    static Diagnostic error(String code, String message, String location) {
        return new Diagnostic(Severity.ERROR, code, message, Optional.of(location));
    }

    static Diagnostic warning(String code, String message, String location) {
        return new Diagnostic(Severity.WARNING, code, message, Optional.of(location));
    }

    /** Diagnostics as CreateStateMachine's InvalidDefinition lists them. */
    public static String sentence(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .map(d -> d.code() + ": " + d.message() + " at " + d.location().orElse(null))
                .collect(Collectors.joining(", ", "Invalid State Machine Definition: '", "'"));
    }
}
