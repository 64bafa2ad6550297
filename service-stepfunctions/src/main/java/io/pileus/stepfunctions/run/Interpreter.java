package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pileus.stepfunctions.asl.Catcher;
import io.pileus.stepfunctions.asl.Errors;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.asl.Retrier;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.asl.TaskResource;
import io.pileus.stepfunctions.asl.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Executes states. Pure: from a frame, a signal and a moment follows what happens next, and nothing happens here. Whatever
 * fails in a state comes to its retriers and catchers in one place.
 */
public final class Interpreter {
    /** All variables of an execution together may have 10 MiB. */
    private static final int VARIABLES_BYTES_MAX = 10 * 1024 * 1024;

    private final ContextObject context;
    private final Inspector inspector;
    private final Shaping shaping;
    private final MapPlans maps;

    public Interpreter(ContextObject context, Inspector inspector) {
        this.context = context;
        this.inspector = inspector;
        this.shaping = new Shaping(inspector);
        this.maps = new MapPlans(context, inspector);
    }

    /** What follows when the signal comes to the frame. */
    public Step step(Frame frame, Signal signal, Moment moment) {
        Scope scope = Scope.of(frame.input(), () -> context.of(frame, Optional.empty()), frame.variables(), moment);
        try {
            return switch (signal) {
                case Signal.Begin begin -> begin(frame, scope, moment);
                case Signal.Woken woken -> passOn(frame, scope);
                case Signal.Succeeded succeeded -> {
                    checkTaskResult(frame.state(), succeeded.result());
                    yield conclude(frame, scope, succeeded.result());
                }
                case Signal.Joined joined -> conclude(frame, scope, array(joined.results()));
                case Signal.Failed failed ->
                    fail(frame, scope, new Next.Failed(failed.error(), failed.cause(), failed.origin()), List.of());
            };
        } catch (StateFailure failure) {
            return failed(frame, scope, failure);
        }
    }

    private Step begin(Frame frame, Scope scope, Moment moment) {
        return switch (frame.state()) {
            case State.Pass pass -> {
                JsonNode input = shaping.effectiveInput(pass.head().flow(), scope);
                yield conclude(frame, scope, pass.result().orElse(input));
            }
            case State.Task task -> Step.of(new Next.CallOut(call(task, frame, scope, moment)));
            case State.Choice choice -> choose(choice, frame, scope);
            case State.Wait wait -> sleep(wait, scope, moment);
            case State.Succeed succeed -> {
                Shaping.Output output = shaping.fromInput(succeed.head(), scope);
                yield exit(frame, output, new Transition.End());
            }
            case State.Fail fail -> failState(fail, scope);
            case State.Parallel parallel ->
                Step.of(new Next.ForkBranches(
                        parallel.branches(),
                        shaping.effectiveInput(parallel.head().flow(), scope)));
            case State.Map map ->
                Step.of(maps.plan(map, scope, shaping.selectedInput(map.head().flow(), scope)));
        };
    }

    // ---- ending a state well --------------------------------------------------------------------------------------

    private Step passOn(Frame frame, Scope scope) {
        State.Wait wait = (State.Wait) frame.state();
        return exit(frame, shaping.fromInput(wait.head(), scope), wait.transition());
    }

    private Step conclude(Frame frame, Scope scope, JsonNode result) {
        Shaping.Output output = switch (frame.state()) {
            case State.Pass pass
            when pass.head().flow() instanceof io.pileus.stepfunctions.asl.DataFlow.JsonataFlow ->
                shaping.fromInput(pass.head(), scope);
            default -> shaping.fromResult(frame.state().head(), scope, result);
        };
        return exit(frame, output, transition(frame.state()));
    }

    private static Transition transition(State state) {
        return switch (state) {
            case State.Pass pass -> pass.transition();
            case State.Task task -> task.transition();
            case State.Wait wait -> wait.transition();
            case State.Parallel parallel -> parallel.transition();
            case State.Map map -> map.transition();
            case State.Choice choice -> throw new IllegalStateException();
            case State.Succeed succeed -> new Transition.End();
            case State.Fail fail -> throw new IllegalStateException();
        };
    }

    private Step exit(Frame frame, Shaping.Output output, Transition transition) {
        if (Json.tooLarge(output.output())) {
            throw dataLimit(frame.stateName());
        }
        Map<String, JsonNode> variables = assigned(frame, output.assigned());
        Step.Draft exited = new Step.Draft(
                kind(frame.state()) + "StateExited",
                new EventDetails.StateExited(frame.stateName(), output.output(), output.assigned()));
        return new Step(
                List.of(exited),
                switch (transition) {
                    case Transition.Next next -> new Next.Goto(frame.to(next.state(), output.output(), variables));
                    case Transition.End end -> new Next.Done(output.output());
                });
    }

    private Map<String, JsonNode> assigned(Frame frame, Map<String, JsonNode> assigned) {
        if (assigned.isEmpty()) {
            return frame.variables();
        }
        if (assigned.values().stream().mapToLong(Json::size).sum() > Json.PAYLOAD_BYTES_MAX) {
            throw new StateFailure(
                    Errors.DATA_LIMIT_EXCEEDED,
                    "The variables " + assigned.keySet()
                            + " have a size exceeding the maximum number of bytes service limit.");
        }
        Map<String, JsonNode> variables = new LinkedHashMap<>(frame.variables());
        variables.putAll(assigned);
        inspector.saw(Inspector.Stage.VARIABLES, object(variables));
        if (variables.values().stream().mapToLong(Json::size).sum() > VARIABLES_BYTES_MAX) {
            throw new StateFailure(
                    Errors.DATA_LIMIT_EXCEEDED,
                    "The variables of the execution have a size exceeding the maximum number of bytes service limit.");
        }
        return Map.copyOf(variables);
    }

    private static ObjectNode object(Map<String, JsonNode> fields) {
        ObjectNode object = Json.object();
        fields.forEach(object::set);
        return object;
    }

    private static StateFailure dataLimit(String what) {
        return new StateFailure(
                Errors.DATA_LIMIT_EXCEEDED,
                "The state/task '" + what
                        + "' returned a result with a size exceeding the maximum number of bytes service limit.");
    }

    private static void checkTaskResult(State state, JsonNode result) {
        if (state instanceof State.Task task && Json.tooLarge(result)) {
            throw dataLimit(task.resource().text());
        }
    }

    /** The beginning of a state type's event names. */
    public static String kind(State state) {
        return switch (state) {
            case State.Pass s -> "Pass";
            case State.Task s -> "Task";
            case State.Choice s -> "Choice";
            case State.Wait s -> "Wait";
            case State.Succeed s -> "Succeed";
            case State.Fail s -> "Fail";
            case State.Parallel s -> "Parallel";
            case State.Map s -> "Map";
        };
    }

    // ---- failing --------------------------------------------------------------------------------------------------

    private Step failed(Frame frame, Scope scope, StateFailure failure) {
        String cause = failure.error().equals(Errors.DATA_LIMIT_EXCEEDED)
                ? failure.getMessage()
                : cause(frame, String.valueOf(failure.getMessage()));
        List<Step.Draft> events = failure.error().equals(Errors.QUERY_EVALUATION_ERROR)
                ? List.of(new Step.Draft(
                        "EvaluationFailed",
                        new EventDetails.EvaluationFailed(
                                failure.error(), cause, failure.location().orElse(""), frame.stateName())))
                : List.of();
        try {
            return fail(frame, scope, new Next.Failed(failure.error(), Optional.of(cause), origin(frame)), events);
        } catch (StateFailure inCatcher) {
            return new Step(
                    events,
                    new Next.Failed(
                            inCatcher.error(),
                            Optional.of(cause(frame, String.valueOf(inCatcher.getMessage()))),
                            origin(frame)));
        }
    }

    private static Errors.Origin origin(Frame frame) {
        return frame.state() instanceof State.Task ? Errors.Origin.TASK : Errors.Origin.OTHER;
    }

    /**
     * The cause of a failure that a state found itself, as an execution tells it. TestState, whose states no event entered,
     * tells the bare one (measured by others, github.com/floci-io/floci#2689).
     */
    static String cause(Frame frame, String why) {
        return frame.enteredEventId() == 0
                ? why
                : "An error occurred while executing the state '" + frame.stateName() + "' (entered at the event id #"
                        + frame.enteredEventId() + "). " + why;
    }

    private Step fail(Frame frame, Scope scope, Next.Failed failure, List<Step.Draft> events) {
        inspector.saw(Inspector.Stage.ERROR, TextNode.valueOf(failure.error()));
        failure.cause().ifPresent(c -> inspector.saw(Inspector.Stage.CAUSE, TextNode.valueOf(c)));
        List<Retrier> retriers = retriers(frame.state());
        for (int i = 0; i < retriers.size(); i++) {
            Retrier retrier = retriers.get(i);
            if (Errors.match(retrier.errorEquals(), failure.error(), failure.origin())) {
                if (frame.used(i) < retrier.maxAttempts()) {
                    double seconds = retrier.delaySeconds(frame.used(i));
                    inspector.saw(Inspector.Stage.RETRY_INDEX, IntNode.valueOf(i));
                    inspector.saw(Inspector.Stage.BACKOFF, DoubleNode.valueOf(seconds));
                    if (retrier.fullJitter()) {
                        seconds *= scope.moment().ids().fraction();
                    }
                    Duration delay = Duration.ofMillis((long) Math.min(seconds * 1000, Integer.MAX_VALUE * 1000.0));
                    return new Step(events, new Next.RetryAfter(delay, frame.retrying(i, retriers.size())));
                }
                break;
            }
        }
        List<Catcher> catchers = catchers(frame.state());
        for (int i = 0; i < catchers.size(); i++) {
            if (Errors.match(catchers.get(i).errorEquals(), failure.error(), failure.origin())) {
                inspector.saw(Inspector.Stage.CATCH_INDEX, IntNode.valueOf(i));
                return caught(frame, scope, catchers.get(i), failure, events);
            }
        }
        return new Step(events, failure);
    }

    private Step caught(Frame frame, Scope scope, Catcher catcher, Next.Failed failure, List<Step.Draft> events) {
        ObjectNode errorOutput = Json.object();
        errorOutput.put("Error", failure.error());
        errorOutput.put("Cause", failure.cause().orElse(""));
        Scope errorScope = scope.withErrorOutput(errorOutput);
        JsonNode output = switch (catcher.output()) {
            case Catcher.AtPath at ->
                at.resultPath()
                        .map(path -> Shaping.place(frame.input(), path, errorOutput))
                        .orElse(frame.input());
            case Catcher.FromTemplate from ->
                from.template()
                        .map(t -> Evaluator.evaluate(t, errorOutput, errorScope))
                        .orElse(errorOutput);
        };
        Map<String, JsonNode> assigned = shaping.assign(catcher.assign(), errorOutput, errorScope);
        Step exit = exit(frame, new Shaping.Output(output, assigned), new Transition.Next(catcher.next()));
        List<Step.Draft> all = new ArrayList<>(events);
        all.addAll(exit.events());
        return new Step(all, exit.next());
    }

    private static List<Retrier> retriers(State state) {
        return switch (state) {
            case State.Task task -> task.retriers();
            case State.Parallel parallel -> parallel.retriers();
            case State.Map map -> map.retriers();
            default -> List.of();
        };
    }

    private static List<Catcher> catchers(State state) {
        return switch (state) {
            case State.Task task -> task.catchers();
            case State.Parallel parallel -> parallel.catchers();
            case State.Map map -> map.catchers();
            default -> List.of();
        };
    }

    private Step failState(State.Fail fail, Scope scope) {
        Optional<String> error = fail.error().map(t -> Values.text(t, "Error", scope));
        Optional<String> cause = fail.cause().map(t -> Values.text(t, "Cause", scope));
        return Step.of(new Next.Failed(error.orElse(""), cause, Errors.Origin.OTHER));
    }

    /** The items that a Map state finds in its input, whether or not it has an ItemReader. */
    public JsonNode itemsOf(State.Map map, Frame frame, Moment moment) {
        Scope scope = Scope.of(frame.input(), () -> context.of(frame, Optional.empty()), frame.variables(), moment);
        return maps.items(map, shaping.selectedInput(map.head().flow(), scope), scope);
    }

    // ---- Choice and Wait ------------------------------------------------------------------------------------------

    private Step choose(State.Choice choice, Frame frame, Scope scope) {
        JsonNode document = shaping.selectedInput(choice.head().flow(), scope);
        Conditions conditions = new Conditions(document, scope);
        for (State.ChoiceRule rule : choice.rules()) {
            if (conditions.holds(rule.condition())) {
                Shaping.Output output = shaping.fromInput(choice.head().flow(), scope, rule.assign(), rule.output());
                return exit(frame, output, new Transition.Next(rule.next()));
            }
        }
        if (choice.defaultNext().isEmpty()) {
            throw new StateFailure(
                    // Not States.NoChoiceMatched, as the language has it (measured by others, floci-io/floci#3167).
                    Errors.RUNTIME, "Failed to transition out of the state. The state does not point to a next state.");
        }
        return exit(
                frame,
                shaping.fromInput(choice.head(), scope),
                new Transition.Next(choice.defaultNext().get()));
    }

    private Step sleep(State.Wait wait, Scope scope, Moment moment) {
        JsonNode document = shaping.selectedInput(wait.head().flow(), scope);
        Instant until = switch (wait.until()) {
            case State.Seconds seconds ->
                moment.now()
                        .plusSeconds(
                                Values.integer(seconds.seconds(), "Seconds", document, scope, Values.Range.SECONDS));
            case State.Timestamp timestamp -> Values.timestamp(timestamp.timestamp(), document, scope);
        };
        return Step.of(new Next.SleepUntil(until));
    }

    // ---- Task -----------------------------------------------------------------------------------------------------

    private Next.TaskCall call(State.Task task, Frame frame, Scope scope, Moment moment) {
        boolean callback = task.resource() instanceof TaskResource.Integration i
                && i.pattern() == TaskResource.Pattern.WAIT_FOR_TASK_TOKEN;
        boolean activity = task.resource() instanceof TaskResource.Activity;
        Optional<String> token = callback || activity ? Optional.of(TaskTokens.make(moment.ids())) : Optional.empty();
        Scope withToken = callback ? scope.withContext(() -> context.of(frame, token)) : scope;
        JsonNode selected = shaping.selectedInput(task.head().flow(), scope);
        JsonNode parameters = shaping.effectiveInput(task.head().flow(), withToken);
        Values.Range range = Values.Range.TIMEOUT_SECONDS;
        Optional<Long> timeout =
                task.timeoutSeconds().map(t -> Values.integer(t, "TimeoutSeconds", selected, withToken, range));
        Optional<Long> heartbeat =
                task.heartbeatSeconds().map(t -> Values.integer(t, "HeartbeatSeconds", selected, withToken, range));
        Optional<String> role = task.credentials()
                .map(c -> Evaluator.evaluate(c, selected, withToken).path("RoleArn"))
                .map(Interpreter::roleArn);
        return new Next.TaskCall(task.resource(), parameters, timeout, heartbeat, role, token);
    }

    private static String roleArn(JsonNode value) {
        if (!value.isTextual()) {
            throw new StateFailure(
                    Errors.RUNTIME,
                    "The value of the field 'RoleArn' in 'Credentials' must be a string, but was: " + value);
        }
        return value.textValue();
    }

    /** The input of an iteration; called when the iteration begins. */
    public JsonNode iterationInput(State.Map map, Frame frame, Frame.MapItem item, JsonNode input, Moment moment) {
        return maps.iterationInput(map, frame, item, input, moment);
    }

    private static JsonNode array(List<JsonNode> nodes) {
        return JsonNodeFactory.instance.arrayNode(nodes.size()).addAll(nodes);
    }
}
