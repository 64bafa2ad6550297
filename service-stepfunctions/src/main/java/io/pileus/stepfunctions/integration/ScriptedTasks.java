package io.pileus.stepfunctions.integration;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.identity.AccountId;
import io.pileus.core.service.ResetScope;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.run.ExecutionIdentity;
import io.pileus.stepfunctions.run.Next;
import io.pileus.stepfunctions.run.PendingTask;
import io.pileus.stepfunctions.run.TaskRunner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers the tasks of a state from a list of results that a test has set, one after the other; the last one goes on for
 * ever. A script belongs to an account, a state machine by its name, and a state by its name; it holds for all executions
 * until it is replaced or reset, retries included. Other tasks are handed on.
 *
 * <p>A result is {@code {"Return": any JSON}} or {@code {"Throw": {"Error": …, "Cause": …}}}, as in a mock configuration
 * file.
 */
public final class ScriptedTasks implements TaskRunner {
    /** How many results a script may have. */
    public static final int RESULTS_MAX = 10_000;

    private static final int INVOCATIONS_REMEMBERED = 1_000;

    private final TaskRunner otherwise;
    private final Map<Place, Script> scripts = new ConcurrentHashMap<>();

    public ScriptedTasks(TaskRunner otherwise) {
        this.otherwise = otherwise;
    }

    /** The state whose tasks a script answers. */
    public record Place(AccountId account, String stateMachine, String state) {

        static Place of(ExecutionIdentity execution, String state) {
            String machine = execution.stateMachineName();
            int label = machine.indexOf('/');
            return new Place(execution.account(), label < 0 ? machine : machine.substring(0, label), state);
        }
    }

    /** Sets what a state's tasks give from now on; nothing lets them be done again. */
    public void script(Place place, List<MockConfiguration.Response> results) {
        if (results.isEmpty()) {
            scripts.remove(place);
        } else {
            scripts.put(place, new Script(results));
        }
    }

    /**
     * Reads a list of results.
     *
     * @throws IllegalArgumentException if it is no such list
     */
    public static List<MockConfiguration.Response> read(JsonNode list) {
        if (!list.isArray() || list.size() > RESULTS_MAX) {
            throw new IllegalArgumentException("a script is a list of at most " + RESULTS_MAX + " results");
        }
        List<MockConfiguration.Response> results = new ArrayList<>();
        for (JsonNode result : list) {
            if (result.has("Return") == result.has("Throw")) {
                throw new IllegalArgumentException("a result has either Return or Throw");
            }
            results.add(MockConfiguration.response(result));
        }
        return results;
    }

    /** The parameters that the scripted state's tasks were given, the oldest first. */
    public List<JsonNode> invocations(Place place) {
        Script script = scripts.get(place);
        return script == null ? List.of() : script.invocations();
    }

    /** Forgets the scripts of the accounts that the scope covers. */
    public void reset(ResetScope scope) {
        if (scope.region().isEmpty()) {
            Optional<AccountId> account = scope.account();
            scripts.keySet()
                    .removeIf(place -> account.isEmpty() || account.get().equals(place.account()));
        }
    }

    @Override
    public void run(Attempt attempt, Next.TaskCall call, PendingTask task) {
        Script script = scripts.get(Place.of(attempt.execution(), attempt.stateName()));
        if (script == null) {
            otherwise.run(attempt, call, task);
            return;
        }
        script.next(call.parameters()).answer(task);
    }

    @Override
    public void waitOn(Attempt attempt, Next.TaskCall call, JsonNode submitted, PendingTask task) {
        otherwise.waitOn(attempt, call, submitted, task);
    }

    @Override
    public Optional<Unscheduled> unscheduled(Attempt attempt, Next.TaskCall call) {
        return scripts.containsKey(Place.of(attempt.execution(), attempt.stateName()))
                ? Optional.empty()
                : otherwise.unscheduled(attempt, call);
    }

    @Override
    public Optional<String> refusal(Attempt attempt, Next.TaskCall call) {
        return scripts.containsKey(Place.of(attempt.execution(), attempt.stateName()))
                ? Optional.empty()
                : otherwise.refusal(attempt, call);
    }

    /** Guarded by itself. */
    private static final class Script {
        private final Deque<MockConfiguration.Response> results;
        private final Deque<JsonNode> invocations = new ArrayDeque<>();

        Script(List<MockConfiguration.Response> results) {
            this.results = new ArrayDeque<>(results);
        }

        synchronized MockConfiguration.Response next(JsonNode parameters) {
            invocations.addLast(parameters.isMissingNode() ? Json.EMPTY_OBJECT : parameters);
            if (invocations.size() > INVOCATIONS_REMEMBERED) {
                invocations.removeFirst();
            }
            return results.size() > 1 ? results.removeFirst() : results.getFirst();
        }

        synchronized List<JsonNode> invocations() {
            return List.copyOf(invocations);
        }
    }
}
