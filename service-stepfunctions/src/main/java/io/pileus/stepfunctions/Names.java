package io.pileus.stepfunctions;

import java.util.regex.Pattern;

/**
 * Names of state machines, activities and executions.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html#API_CreateStateMachine_RequestSyntax">name</a>
 */
final class Names {
    private static final Pattern FORBIDDEN = Pattern.compile(
            "[\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\u0000-\\u001f\\u007f-\\u009f\\ufffe\\uffff\\ud800-\\udfff]");

    private Names() {}

    static void check(String name) {
        if (name.isEmpty() || name.length() > 80 || FORBIDDEN.matcher(name).find()) {
            throw StepFunctionsErrors.invalidName(name);
        }
    }
}
