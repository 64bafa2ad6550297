package io.pileus.stepfunctions;

import io.pileus.core.identity.Arn;
import java.util.Optional;

/** The ARNs of Step Functions: {@code arn:aws:states:region:account:type:name[:qualifier]}. */
final class Arns {
    private Arns() {}

    /**
     * A parsed ARN.
     *
     * @param type {@code stateMachine}, {@code execution}, {@code express}, {@code activity} or {@code mapRun}
     * @param name the resource's name, or the machine's for executions
     * @param rest what follows the name: a version or alias, an execution's name
     */
    record Parsed(Arn arn, String type, String name, Optional<String> rest) {
        /** The ARN without what follows the name. */
        String base() {
            return "arn:" + arn.partition() + ":" + arn.service() + ":" + arn.region() + ":" + arn.account() + ":"
                    + type + ":" + name;
        }
    }

    private static Parsed parse(String text) {
        if (!text.startsWith("arn:")) {
            throw StepFunctionsErrors.invalidArn("Invalid ARN prefix: " + text);
        }
        Arn arn = Arn.parse(text).orElseThrow(() -> StepFunctionsErrors.invalidArn("Invalid ARN: " + text));
        String[] parts = arn.resource().split(":", 3);
        if (!arn.service().equals("states") || parts.length < 2 || parts[1].isEmpty()) {
            throw StepFunctionsErrors.invalidArn("Invalid ARN: " + text);
        }
        return new Parsed(arn, parts[0], parts[1], parts.length > 2 ? Optional.of(parts[2]) : Optional.empty());
    }

    /** Any Step Functions ARN. */
    static Parsed any(String text) {
        return parse(text);
    }

    static Parsed stateMachine(String text) {
        return ofType(text, "stateMachine");
    }

    static Parsed activity(String text) {
        return ofType(text, "activity");
    }

    static Parsed mapRun(String text) {
        return ofType(text, "mapRun");
    }

    /** An execution of a Standard state machine; Express ones cannot be named to the API. */
    static Parsed execution(String text) {
        return ofType(text, "execution");
    }

    private static Parsed ofType(String text, String type) {
        Parsed parsed = parse(text);
        if (!parsed.type().equals(type)) {
            throw StepFunctionsErrors.wrongResourceType(parsed.type());
        }
        return parsed;
    }
}
