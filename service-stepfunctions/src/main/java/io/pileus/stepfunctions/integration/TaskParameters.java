package io.pileus.stepfunctions.integration;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.port.OperationCaller.InputMembers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares a task's parameters with the input of the operation that it calls. */
final class TaskParameters {
    private TaskParameters() {}

    /** Why the parameters are none of the operation's, in AWS's words; every wrong field is named. */
    static Optional<String> problem(JsonNode parameters, InputMembers members) {
        if (!parameters.isObject()) {
            return Optional.empty();
        }
        List<String> problems = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (String name : members.names()) {
            known.add(ServiceNames.capitalized(name));
            known.add(Casing.pascal(name));
        }
        parameters.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                problems.add("The field \"" + name + "\" is not supported by Step Functions");
            }
        });
        for (String name : members.required()) {
            if (!parameters.has(ServiceNames.capitalized(name)) && !parameters.has(Casing.pascal(name))) {
                problems.add("The field \"" + ServiceNames.capitalized(name) + "\" is required but was missing");
            }
        }
        return problems.isEmpty()
                ? Optional.empty()
                : Optional.of("The Parameters '" + parameters + "' could not be used to start the Task: " + problems);
    }
}
