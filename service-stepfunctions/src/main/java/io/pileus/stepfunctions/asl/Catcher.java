package io.pileus.stepfunctions.asl;

import io.pileus.stepfunctions.jsonpath.JsonPath;
import java.util.List;
import java.util.Optional;

/**
 * Where a failed state leads.
 *
 * @param output what happens to the error output
 */
public record Catcher(List<String> errorEquals, String next, CatchOutput output, Optional<Template> assign) {

    public Catcher {
        errorEquals = List.copyOf(errorEquals);
    }

    /** What a catcher makes of the error output. */
    public sealed interface CatchOutput {}

    /** JSONPath: puts the error output into the state's input at a path; an empty path drops it. */
    public record AtPath(Optional<JsonPath> resultPath) implements CatchOutput {}

    /** JSONata: the output is what the template gives; the error output itself without one. */
    public record FromTemplate(Optional<Template> template) implements CatchOutput {}
}
