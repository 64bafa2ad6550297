package io.pileus.core.policy;

import java.util.Set;
import java.util.TreeSet;

/** The condition keys that a document refers to, in conditions and in variables. */
public final class ContextKeys {
    private ContextKeys() {}

    public static Set<String> of(PolicyDocument document) {
        Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Statement statement : document.statements()) {
            for (Condition condition : statement.conditions()) {
                keys.add(condition.key());
                if (statement.variables() && condition.operator().takesVariables()) {
                    condition.values().forEach(v -> keys.addAll(PolicyVariables.keysOf(v)));
                }
            }
            if (statement.variables()) {
                statement.resources().patterns().forEach(p -> keys.addAll(PolicyVariables.keysOf(p)));
            }
        }
        return keys;
    }
}
