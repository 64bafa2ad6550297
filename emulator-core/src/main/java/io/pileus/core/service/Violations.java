package io.pileus.core.service;

import java.util.List;
import java.util.Set;

/**
 * All that is wrong with an operation's input.
 *
 * @param list in the order of the model; never empty
 */
public record Violations(ServiceModel model, Operation operation, List<Violation> list) {

    public Violations {
        list = List.copyOf(list);
    }

    /** Whether a member is violated in this way. */
    public boolean any(Violation.Kind kind) {
        return list.stream().anyMatch(v -> v.kind() == kind);
    }

    /** The one error that AWS answers: {@code ValidationError} where a service speaks Query only. */
    public AwsException error() {
        int count = list.size();
        StringBuilder message = new StringBuilder();
        message.append(count).append(count == 1 ? " validation error detected: " : " validation errors detected: ");
        for (int i = 0; i < count; i++) {
            message.append(i == 0 ? "" : "; ").append(list.get(i).message());
        }
        boolean query = model.protocols().equals(Set.of(WireProtocol.AWS_QUERY));
        return new AwsException(query ? "ValidationError" : "ValidationException", 400, message.toString());
    }
}
