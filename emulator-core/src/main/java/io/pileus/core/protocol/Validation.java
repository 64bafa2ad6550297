package io.pileus.core.protocol;

import io.pileus.core.service.AwsException;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.Violation;
import io.pileus.core.service.Violations;
import io.pileus.core.shape.Shape;
import java.util.List;

/** Holds an input against the constraints of its model, and says all that is wrong in AWS's own words. */
public final class Validation {
    private Validation() {}

    /** @throws AwsException naming every violation, when there is one and the service does not judge otherwise */
    public static void check(ServiceApi api, Operation operation, Shape input) {
        List<Violation> found = violations(input);
        if (found.isEmpty()) {
            return;
        }
        AwsException refusal = api.constraints().refusal(new Violations(api.model(), operation, found));
        if (refusal != null) {
            throw refusal;
        }
    }

    /** What is wrong with the input, in the order of the model; empty when all is well. */
    public static List<Violation> violations(Shape input) {
        ConstraintChecker checker = new ConstraintChecker();
        input.write(checker);
        return checker.violations();
    }
}
