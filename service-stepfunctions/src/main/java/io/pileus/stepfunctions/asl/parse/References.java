package io.pileus.stepfunctions.asl.parse;

import io.pileus.stepfunctions.jsonata.JsonataExpression;
import io.pileus.stepfunctions.jsonpath.IntrinsicCall;
import io.pileus.stepfunctions.jsonpath.JsonPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the variables that the fields of one state refer to. */
final class References {
    private final Set<String> variables = new LinkedHashSet<>();

    void add(JsonPath path) {
        if (path.root() instanceof JsonPath.Variable variable) {
            variables.add(variable.name());
        }
    }

    void add(IntrinsicCall call) {
        for (IntrinsicCall.Argument argument : call.arguments()) {
            switch (argument) {
                case IntrinsicCall.PathArgument path -> add(path.path());
                case IntrinsicCall.Nested nested -> add(nested.call());
                case IntrinsicCall.Literal literal -> {}
            }
        }
    }

    void add(JsonataExpression expression) {
        variables.addAll(expression.references().variables());
    }

    List<String> names() {
        return new ArrayList<>(variables);
    }
}
