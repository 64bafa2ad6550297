package io.pileus.lambda;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** What functions have written of late, for people to read: the last invocations of each, bounded. */
final class FunctionLogs {
    private static final int FUNCTIONS_MAX = 200;
    private static final int INVOCATIONS_MAX = 50;
    private static final int LENGTH_MAX = 16 * 1024;

    private final Map<String, Deque<String>> byFunction = new LinkedHashMap<>();

    /** Adds an invocation's log; an empty one is not kept. */
    void add(String functionArn, String log) {
        if (log.isEmpty()) {
            return;
        }
        String kept = log.length() > LENGTH_MAX ? log.substring(log.length() - LENGTH_MAX) : log;
        synchronized (byFunction) {
            Deque<String> logs = byFunction.computeIfAbsent(functionArn, arn -> new ArrayDeque<>());
            logs.addLast(kept);
            if (logs.size() > INVOCATIONS_MAX) {
                logs.removeFirst();
            }
            if (byFunction.size() > FUNCTIONS_MAX) {
                byFunction.remove(byFunction.keySet().iterator().next());
            }
        }
    }

    /** The invocations' logs, the oldest first. */
    String of(String functionArn) {
        synchronized (byFunction) {
            return String.join("", byFunction.getOrDefault(functionArn, new ArrayDeque<>()));
        }
    }

    void forget(String functionArn) {
        synchronized (byFunction) {
            byFunction.remove(functionArn);
        }
    }
}
