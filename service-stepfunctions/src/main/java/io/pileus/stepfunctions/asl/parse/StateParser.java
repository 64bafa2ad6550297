package io.pileus.stepfunctions.asl.parse;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.asl.Catcher;
import io.pileus.stepfunctions.asl.DataFlow;
import io.pileus.stepfunctions.asl.Errors;
import io.pileus.stepfunctions.asl.Retrier;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.asl.TaskResource;
import io.pileus.stepfunctions.asl.Template;
import io.pileus.stepfunctions.asl.Timestamps;
import io.pileus.stepfunctions.asl.Transition;
import io.pileus.stepfunctions.asl.Workflow;
import io.pileus.stepfunctions.asl.parse.Dialect.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one state in one dialect. */
final class StateParser {
    private static final long SECONDS_MAX = 99_999_999;
    private static final List<String> TYPES =
            List.of("Task", "Parallel", "Map", "Pass", "Wait", "Choice", "Succeed", "Fail");

    private final AslParser parser;
    private final Dialect dialect;
    private final boolean machineJsonata;
    private final boolean express;
    private final int depth;

    StateParser(AslParser parser, Dialect dialect, boolean machineJsonata, boolean express, int depth) {
        this.parser = parser;
        this.dialect = dialect;
        this.machineJsonata = machineJsonata;
        this.express = express;
        this.depth = depth;
    }

    Optional<State> read(String name, Fields fields) {
        Optional<String> type = fields.required("Type").isPresent() ? fields.text("Type") : Optional.empty();
        if (type.isEmpty()) {
            fields.error("These fields are required: [Type]");
            return Optional.empty();
        }
        Optional<State> state = switch (type.get()) {
            case "Pass" -> pass(name, fields);
            case "Task" -> task(name, fields);
            case "Choice" -> choice(name, fields);
            case "Wait" -> waiting(name, fields);
            case "Succeed" -> Optional.of(new State.Succeed(head(name, fields, Shape.PASSING, false)));
            case "Fail" -> fail(name, fields);
            case "Parallel" -> parallel(name, fields);
            case "Map" -> new MapParser(parser, dialect, this, express, machineJsonata, depth).read(name, fields);
            default -> {
                fields.error("Value should be one of the following: " + TYPES, "Type");
                yield Optional.empty();
            }
        };
        if (state.isPresent() || isKnown(type.get())) {
            fields.finish();
        }
        return state;
    }

    private static boolean isKnown(String type) {
        return TYPES.contains(type);
    }

    State.Head head(String name, Fields fields, Shape shape, boolean hasResult) {
        DataFlow flow = dialect.flow(fields, shape, hasResult);
        boolean assigns = shape != Shape.NONE
                && !fields.any("Type").orElseThrow().textValue().equals("Succeed");
        return new State.Head(name, flow, assigns ? dialect.assign(fields, hasResult) : Optional.empty());
    }

    Optional<Transition> transition(Fields fields) {
        boolean next = fields.has("Next");
        boolean end = fields.has("End");
        fields.exactlyOne("Next", "End");
        if (next && end) {
            return Optional.empty();
        }
        if (next) {
            return fields.text("Next").map(Transition.Next::new);
        }
        if (end) {
            Optional<Boolean> value = fields.flag("End");
            if (value.isPresent() && !value.get()) {
                fields.error("Value must be true", "End");
            }
            return value.filter(v -> v).map(v -> new Transition.End());
        }
        return Optional.empty();
    }

    private Optional<State> pass(String name, Fields fields) {
        State.Head head = head(name, fields, Shape.FULL, false);
        boolean jsonata = head.flow() instanceof DataFlow.JsonataFlow;
        Optional<JsonNode> result = jsonata ? Optional.empty() : fields.any("Result");
        result.filter(r -> r.isTextual() && r.textValue().startsWith("$."))
                .ifPresent(r -> fields.report(Diagnostic.warning(
                        Diagnostic.PASS_RESULT_IS_STATIC,
                        "Attempt to use a path in the result of a pass state.",
                        fields.place("Result").path())));
        return transition(fields).map(t -> new State.Pass(head, result, t));
    }

    private Optional<State> task(String name, Fields fields) {
        State.Head head = head(name, fields, Shape.FULL, true);
        Optional<TaskResource> resource = Optional.empty();
        if (fields.required("Resource").isPresent()) {
            resource = fields.text("Resource").flatMap(text -> {
                Optional<TaskResource> parsed = Resources.parse(text);
                if (parsed.isEmpty()) {
                    fields.error(
                            text.startsWith("arn:")
                                    ? "The resource provided " + text
                                            + " is not recognized. The value is not a valid resource ARN, or the"
                                            + " resource is not available in this region."
                                    : "Value is not a valid resource ARN",
                            "Resource");
                }
                return parsed;
            });
        }
        Optional<Template> credentials = dialect.template(fields, "Credentials");
        Optional<Template> timeout = dialect.number(fields, "TimeoutSeconds", 1, SECONDS_MAX);
        Optional<Template> heartbeat = dialect.number(fields, "HeartbeatSeconds", 1, SECONDS_MAX);
        if (timeout.orElse(null) instanceof Template.Constant t
                && heartbeat.orElse(null) instanceof Template.Constant h
                && h.value().longValue() >= t.value().longValue()) {
            fields.error("Field 'HeartbeatSeconds' must be smaller than field 'TimeoutSeconds'");
        }
        List<Retrier> retriers = retriers(fields);
        List<Catcher> catchers = catchers(fields);
        Optional<Transition> transition = transition(fields);
        resource.filter(r -> express
                                && r instanceof TaskResource.Integration i
                                && !i.pattern().suffix().isEmpty()
                        || express && r instanceof TaskResource.Activity)
                .ifPresent(r -> fields.error("Express state machine does not support " + refused(r), "Resource"));
        resource.ifPresent(r -> TaskFields.check(fields, r, dialect));
        return resource.flatMap(r ->
                transition.map(t -> new State.Task(head, r, credentials, timeout, heartbeat, retriers, catchers, t)));
    }

    private static String refused(TaskResource resource) {
        return switch (resource) {
            case TaskResource.Integration i ->
                (i.pattern() == TaskResource.Pattern.WAIT_FOR_TASK_TOKEN ? "'.waitForTaskToken'" : "'.sync'")
                        + " service integration";
            default -> "Activity ARN";
        };
    }

    private Optional<State> choice(String name, Fields fields) {
        State.Head head = head(name, fields, Shape.PASSING, false);
        List<State.ChoiceRule> rules = new ArrayList<>();
        fields.required("Choices");
        fields.notEmpty("Choices");
        for (Fields rule : fields.objects("Choices")) {
            dialect.choiceRule(rule).ifPresent(rules::add);
        }
        return Optional.of(new State.Choice(head, rules, fields.text("Default")));
    }

    private Optional<State> waiting(String name, Fields fields) {
        State.Head head = head(name, fields, Shape.PASSING, false);
        fields.exactlyOne("SecondsPath", "Seconds", "TimestampPath", "Timestamp");
        Optional<State.Until> until = Optional.empty();
        if (fields.has("Seconds") || fields.has("SecondsPath")) {
            until = dialect.number(fields, "Seconds", 0, SECONDS_MAX).map(State.Seconds::new);
        } else if (fields.has("Timestamp") || fields.has("TimestampPath")) {
            Optional<Template> timestamp = dialect.text(fields, "Timestamp");
            if (timestamp.orElse(null) instanceof Template.Constant c
                    && Timestamps.parse(c.value().asText()).isEmpty()) {
                fields.error("String does not match RFC3339 timestamp", "Timestamp");
            }
            until = timestamp.map(State.Timestamp::new);
        }
        Optional<Transition> transition = transition(fields);
        Optional<State.Until> when = until;
        return when.flatMap(u -> transition.map(t -> new State.Wait(head, u, t)));
    }

    private Optional<State> fail(String name, Fields fields) {
        State.Head head = head(name, fields, Shape.NONE, false);
        return Optional.of(new State.Fail(head, dialect.text(fields, "Error"), dialect.text(fields, "Cause")));
    }

    private Optional<State> parallel(String name, Fields fields) {
        State.Head head = head(name, fields, Shape.FULL, true);
        List<Workflow> branches = new ArrayList<>();
        fields.required("Branches");
        fields.notEmpty("Branches");
        for (Fields branch : fields.objects("Branches")) {
            parser.workflow(branch, machineJsonata, depth + 1).ifPresent(branches::add);
            branch.finish();
        }
        List<Retrier> retriers = retriers(fields);
        List<Catcher> catchers = catchers(fields);
        return transition(fields).map(t -> new State.Parallel(head, branches, retriers, catchers, t));
    }

    List<Retrier> retriers(Fields state) {
        List<Retrier> retriers = new ArrayList<>();
        List<Fields> list = state.objects("Retry");
        for (int i = 0; i < list.size(); i++) {
            Fields fields = list.get(i);
            List<String> errors = errorEquals(fields, i == list.size() - 1);
            Optional<Long> interval = fields.integer("IntervalSeconds", 0, SECONDS_MAX);
            Optional<Long> attempts = fields.integer("MaxAttempts", 0, SECONDS_MAX);
            Optional<Double> backoff = fields.number("BackoffRate", 1.0, Double.MAX_VALUE);
            Optional<Long> maxDelay = fields.integer("MaxDelaySeconds", 1, 31_622_400);
            if (maxDelay.isPresent() && maxDelay.get() <= interval.orElse(Retrier.DEFAULT_INTERVAL_SECONDS)) {
                fields.error("Field 'MaxDelaySeconds' must be greater than field 'IntervalSeconds'");
            }
            Optional<String> jitter = fields.oneOf("JitterStrategy", List.of("NONE", "FULL"));
            fields.finish();
            retriers.add(new Retrier(
                    errors,
                    interval.orElse(Retrier.DEFAULT_INTERVAL_SECONDS),
                    attempts.orElse(Retrier.DEFAULT_MAX_ATTEMPTS),
                    backoff.orElse(Retrier.DEFAULT_BACKOFF_RATE),
                    maxDelay,
                    jitter.filter("FULL"::equals).isPresent()));
        }
        return retriers;
    }

    List<Catcher> catchers(Fields state) {
        List<Catcher> catchers = new ArrayList<>();
        List<Fields> list = state.objects("Catch");
        for (int i = 0; i < list.size(); i++) {
            Fields fields = list.get(i);
            List<String> errors = errorEquals(fields, i == list.size() - 1);
            Optional<String> next = fields.required("Next").isPresent() ? fields.text("Next") : Optional.empty();
            Catcher.CatchOutput output = dialect.catchOutput(fields);
            Optional<Template> assign = dialect.catchAssign(fields);
            fields.finish();
            next.ifPresent(n -> catchers.add(new Catcher(errors, n, output, assign)));
        }
        return catchers;
    }

    private List<String> errorEquals(Fields fields, boolean last) {
        List<String> errors = fields.required("ErrorEquals").isPresent() ? fields.texts("ErrorEquals") : List.of();
        fields.notEmpty("ErrorEquals");
        if (errors.contains(Errors.ALL) && (errors.size() > 1 || !last)) {
            fields.error("States.ALL must appear alone and at end of list", "ErrorEquals");
        }
        return errors;
    }
}
