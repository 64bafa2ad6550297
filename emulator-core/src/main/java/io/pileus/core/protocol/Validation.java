package io.pileus.core.protocol;

import io.pileus.core.service.AwsException;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceModel;
import io.pileus.core.service.Violation;
import io.pileus.core.service.WireProtocol;
import io.pileus.core.shape.Shape;
import java.util.List;
import java.util.Set;

/** Holds an input against the constraints of its model, and says all that is wrong in AWS's own words. */
public final class Validation {
    private Validation() {}

    /** @throws AwsException naming every violation, when there is one */
    public static void check(ServiceModel model, Operation operation, Shape input) {
        List<Violation> violations = violations(input);
        if (!violations.isEmpty()) {
            throw error(model, violations);
        }
    }

    /** What is wrong with the input, in the order of the model; empty when all is well. */
    public static List<Violation> violations(Shape input) {
        ConstraintChecker checker = new ConstraintChecker();
        input.write(checker);
        return checker.violations();
    }

    /** The one error that AWS answers for these violations: {@code ValidationError} where a service speaks Query first. */
    public static AwsException error(ServiceModel model, List<Violation> violations) {
        boolean query = model.protocols().equals(Set.of(WireProtocol.AWS_QUERY));
        int count = violations.size();
        StringBuilder message = new StringBuilder();
        message.append(count).append(count == 1 ? " validation error detected: " : " validation errors detected: ");
        for (int i = 0; i < count; i++) {
            message.append(i == 0 ? "" : "; ").append(violations.get(i).message());
        }
        return new AwsException(query ? "ValidationError" : "ValidationException", 400, message.toString());
    }
}
