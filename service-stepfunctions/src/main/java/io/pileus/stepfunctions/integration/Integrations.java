package io.pileus.stepfunctions.integration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pileus.core.http.client.OutboundHttp;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Ids;
import io.pileus.core.port.FunctionInvoker;
import io.pileus.core.port.OperationCaller;
import io.pileus.core.port.Ports;
import io.pileus.core.port.RoleSessions;
import io.pileus.core.service.AwsException;
import io.pileus.core.shape.Blob;
import io.pileus.stepfunctions.asl.Errors;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.asl.TaskResource;
import io.pileus.stepfunctions.asl.TaskResource.Pattern;
import io.pileus.stepfunctions.run.Execution;
import io.pileus.stepfunctions.run.ExecutionIdentity;
import io.pileus.stepfunctions.run.ExecutionStatus;
import io.pileus.stepfunctions.run.Next;
import io.pileus.stepfunctions.run.PendingTask;
import io.pileus.stepfunctions.run.TaskRunner;
import io.pileus.stepfunctions.state.Activity;
import java.util.Optional;
import java.util.Set;

/** Does tasks with the services that are here. */
public final class Integrations implements TaskRunner {
    private static final String PRINCIPAL = "states.amazonaws.com";

    /** Integrations that this class does itself. */
    private static final Set<String> OWN = Set.of("lambda", "states", "http");

    private final Ports ports;
    private final Ids ids;
    private final NestedExecutions nested;
    private final Activities activities;
    private final HttpTask http;

    public Integrations(Ports ports, Ids ids, NestedExecutions nested, Activities activities, OutboundHttp outbound) {
        this.ports = ports;
        this.ids = ids;
        this.nested = nested;
        this.activities = activities;
        this.http = new HttpTask(outbound);
    }

    /** Whether the integration's service is here and has the action. */
    public static boolean knows(TaskResource.Integration integration, OperationCaller caller) {
        if (OWN.contains(integration.service())) {
            return true;
        }
        return caller.knows(service(integration), operation(integration));
    }

    /**
     * Why a value cannot be the result of an integration.
     *
     * @param whole whether the required members must all be there
     */
    public static Optional<String> resultProblem(
            TaskResource.Integration integration, JsonNode result, boolean whole, OperationCaller caller) {
        boolean awaited = integration.service().equals("states")
                && (integration.pattern() == Pattern.SYNC || integration.pattern() == Pattern.SYNC2);
        if (integration.service().equals("http") || integration.pattern() != Pattern.REQUEST_RESPONSE && !awaited) {
            return Optional.empty();
        }
        // The output of an awaited execution is compared as the text that DescribeExecution gives, with .sync:2 too
        // (github.com/boto/boto3/issues/4683).
        String operation = awaited ? "DescribeExecution" : operation(integration);
        return caller.outputProblem(
                service(integration), operation, TextualBlobs.resultEncoded(service(integration), result), whole);
    }

    private static String service(TaskResource.Integration integration) {
        return ServiceNames.caller(integration.sdkService().orElse(integration.service()));
    }

    private static String operation(TaskResource.Integration integration) {
        return ServiceNames.capitalized(integration.actionName());
    }

    @Override
    public void run(Attempt attempt, Next.TaskCall call, PendingTask task) {
        try {
            switch (call.resource()) {
                case TaskResource.LambdaFunction function -> function(function, attempt, call, task);
                case TaskResource.Activity activity -> schedule(activity, attempt, call, task);
                case TaskResource.Integration integration -> integrate(integration, attempt, call, task);
            }
        } catch (RuntimeException e) {
            task.failed(Errors.RUNTIME, Optional.of("The task could not be run by the emulator: " + e));
        }
    }

    @Override
    public void waitOn(Attempt attempt, Next.TaskCall call, JsonNode submitted, PendingTask task) {
        if (!(call.resource() instanceof TaskResource.Integration integration)
                || !integration.service().equals("states")
                || integration.pattern() == Pattern.WAIT_FOR_TASK_TOKEN) {
            return;
        }
        String arn = submitted.path("ExecutionArn").asText();
        Optional<Execution> child = nested.find(attempt.execution(), arn);
        if (child.isEmpty()) {
            task.failed(
                    Errors.TASK_FAILED, Optional.of("The execution " + arn + " is not known any more.")); // words ours
            return;
        }
        await(child.get(), integration, task);
    }

    @Override
    public Optional<String> refusal(Attempt attempt, Next.TaskCall call) {
        if (!(call.resource() instanceof TaskResource.Integration integration)
                || integration.service().equals("http")) {
            return Optional.empty();
        }
        return ports.find(OperationCaller.class)
                .flatMap(caller -> caller.inputMembers(service(integration), operation(integration)))
                .flatMap(members -> TaskParameters.problem(call.parameters(), members));
    }

    /** Words as GetActivityTask has them for an activity that does not exist; those of the history are not known. */
    @Override
    public Optional<Unscheduled> unscheduled(Attempt attempt, Next.TaskCall call) {
        return call.resource() instanceof TaskResource.Activity resource
                        && activities.find(attempt.execution(), resource.text()).isEmpty()
                ? Optional.of(
                        new Unscheduled("ActivityDoesNotExist", "Activity Does Not Exist: '" + resource.text() + "'"))
                : Optional.empty();
    }

    // ---- activities -----------------------------------------------------------------------------------------------

    private void schedule(TaskResource.Activity resource, Attempt attempt, Next.TaskCall call, PendingTask task) {
        Optional<Activity> activity = activities.find(attempt.execution(), resource.text());
        if (activity.isEmpty()) {
            // It was deleted in this very moment.
            task.failed("ActivityDoesNotExist", Optional.of("Activity Does Not Exist: '" + resource.text() + "'"));
            return;
        }
        activity.get().schedule(call.token().orElseThrow(), call.parameters().toString(), task);
    }

    // ---- Lambda ---------------------------------------------------------------------------------------------------

    private Caller caller(ExecutionIdentity execution, Next.TaskCall call) {
        String role = call.credentialsRole().orElse(execution.roleArn());
        Optional<RoleSessions> sessions = ports.find(RoleSessions.class);
        String session = execution.name().length() > 64 ? execution.name().substring(0, 64) : execution.name();
        if (sessions.isPresent()
                && sessions.get().assumeForService(role, PRINCIPAL, session, execution.stateMachineArn())
                        instanceof RoleSessions.Session s) {
            return s.caller();
        }
        return Caller.service(execution.account(), PRINCIPAL);
    }

    private void function(TaskResource.LambdaFunction resource, Attempt attempt, Next.TaskCall call, PendingTask task) {
        Arn arn = Arn.parse(resource.text()).orElseThrow();
        invoke(arn, call.parameters(), attempt, call, task, (payload, version) -> task.succeeded(payload));
    }

    @FunctionalInterface
    private interface Returned {
        void accept(JsonNode payload, String version);
    }

    private void invoke(
            Arn arn, JsonNode payload, Attempt attempt, Next.TaskCall call, PendingTask task, Returned returned) {
        Optional<FunctionInvoker> invoker = ports.find(FunctionInvoker.class);
        if (invoker.isEmpty()) {
            task.failed("Lambda.ServiceException", Optional.of("Lambda is not enabled in the emulator."));
            return;
        }
        boolean callback =
                call.resource() instanceof TaskResource.Integration i && i.pattern() == Pattern.WAIT_FOR_TASK_TOKEN;
        invoker.get()
                .invoke(
                        arn,
                        Blob.ofUtf8(payload.toString()),
                        caller(attempt.execution(), call),
                        attempt.execution().hops() + 1)
                .whenComplete((result, failure) -> {
                    if (failure != null) {
                        fail(task, callback, "Lambda.SdkClientException", String.valueOf(failure.getMessage()));
                        return;
                    }
                    switch (result) {
                        case FunctionInvoker.Returned r -> returned.accept(parse(r.payload()), r.executedVersion());
                        case FunctionInvoker.Failed f -> functionFailed(f, task, callback);
                        case FunctionInvoker.Refused r ->
                            fail(
                                    task,
                                    callback,
                                    "Lambda." + exceptionName(r.code()),
                                    r.message() + " (Service: Lambda, Status Code: " + r.httpStatus() + ", Request ID: "
                                            + ids.uuid() + ")");
                    }
                });
    }

    private static JsonNode parse(Blob payload) {
        if (payload.size() == 0) {
            return com.fasterxml.jackson.databind.node.NullNode.instance;
        }
        try {
            return Json.read(payload.utf8());
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(payload.utf8());
        }
    }

    private static void functionFailed(FunctionInvoker.Failed failed, PendingTask task, boolean callback) {
        JsonNode error = parse(failed.payload());
        JsonNode type = error.path("errorType");
        if (type.isTextual() && !type.textValue().isEmpty()) {
            fail(task, callback, type.textValue(), error.toString());
        } else if (error.path("errorMessage").asText("").contains("Task timed out after")) {
            fail(task, callback, "Sandbox.Timedout", error.toString());
        } else {
            fail(
                    task,
                    callback,
                    "Lambda.Unknown",
                    "The cause could not be determined because Lambda did not return an error type. Returned payload: "
                            + error);
        }
    }

    private static void fail(PendingTask task, boolean submitting, String error, String cause) {
        if (submitting) {
            task.submitFailed(error, Optional.of(cause));
        } else {
            task.failed(error, Optional.of(cause));
        }
    }

    private static String exceptionName(String code) {
        String simple = code.substring(code.lastIndexOf('.') + 1);
        return simple.endsWith("Exception") || simple.endsWith("Error") ? simple : simple + "Exception";
    }

    // ---- service integrations -------------------------------------------------------------------------------------

    private void integrate(
            TaskResource.Integration integration, Attempt attempt, Next.TaskCall call, PendingTask task) {
        switch (integration.service()) {
            case "lambda" -> invokeFunction(integration, attempt, call, task);
            case "states" -> startExecution(integration, attempt, call, task);
            case "http" -> http.run(call.parameters(), attempt.execution().region(), task);
            default -> operation(integration, attempt, call, task);
        }
    }

    private void answer(TaskResource.Integration integration, PendingTask task, JsonNode output) {
        if (integration.pattern() == Pattern.WAIT_FOR_TASK_TOKEN) {
            task.submitted(output);
        } else {
            task.succeeded(output);
        }
    }

    private static boolean submits(TaskResource.Integration integration) {
        return integration.pattern() != Pattern.REQUEST_RESPONSE;
    }

    private void invokeFunction(
            TaskResource.Integration integration, Attempt attempt, Next.TaskCall call, PendingTask task) {
        JsonNode parameters = call.parameters();
        String name = parameters.path("FunctionName").asText("");
        if (name.isEmpty()) {
            fail(task, submits(integration), Errors.RUNTIME, "The field \"FunctionName\" is required but was missing");
            return;
        }
        ExecutionIdentity execution = attempt.execution();
        String qualifier = parameters.path("Qualifier").asText("");
        String text = name.startsWith("arn:")
                ? name
                : "arn:" + execution.region().partition() + ":lambda:" + execution.region() + ":" + execution.account()
                        + ":function:" + name;
        Optional<Arn> arn = Arn.parse(qualifier.isEmpty() ? text : text + ":" + qualifier);
        if (arn.isEmpty()) {
            fail(task, submits(integration), "Lambda.ValidationException", "Not a function: " + name);
            return;
        }
        JsonNode payload = parameters.has("Payload") ? parameters.get("Payload") : Json.EMPTY_OBJECT;
        boolean event = parameters.path("InvocationType").asText("").equals("Event");
        invoke(arn.get(), payload, attempt, call, task, (result, version) -> {
            ObjectNode output = Json.object();
            output.put("ExecutedVersion", version);
            output.set("Payload", event ? Json.EMPTY_OBJECT : result);
            output.setAll(metadata("application/json"));
            output.put("StatusCode", event ? 202 : 200);
            answer(integration, task, output);
        });
    }

    /** What the optimized integrations show of the HTTP answer. */
    private ObjectNode metadata(String contentType) {
        String requestId = ids.uuid();
        ObjectNode metadata = Json.object();
        ObjectNode sdk = metadata.putObject("SdkHttpMetadata");
        ObjectNode all = sdk.putObject("AllHttpHeaders");
        all.putArray("x-amzn-RequestId").add(requestId);
        all.putArray("Content-Type").add(contentType);
        sdk.putObject("HttpHeaders").put("Content-Type", contentType).put("x-amzn-RequestId", requestId);
        sdk.put("HttpStatusCode", 200);
        metadata.putObject("SdkResponseMetadata").put("RequestId", requestId);
        return metadata;
    }

    private void operation(
            TaskResource.Integration integration, Attempt attempt, Next.TaskCall call, PendingTask task) {
        String service = service(integration);
        String operation = operation(integration);
        boolean sdk = integration.sdkService().isPresent();
        String name = sdk ? ServiceNames.sdkV2(service) : ServiceNames.optimized(integration.service());
        Optional<OperationCaller> caller = ports.find(OperationCaller.class);
        if (caller.isEmpty() || !caller.get().knows(service, operation)) {
            fail(
                    task,
                    submits(integration),
                    name + ".NotEmulatedException",
                    "The emulator does not have " + service + ":" + operation
                            + ". Mock this state, or use a service that it has.");
            return;
        }
        JsonNode parameters = sdk
                ? TextualBlobs.encoded(service, Casing.toModel(service, call.parameters()))
                : OptimizedParameters.of(integration.service(), call.parameters());
        caller.get()
                .call(
                        service,
                        operation,
                        parameters,
                        caller(attempt.execution(), call),
                        attempt.execution().region(),
                        attempt.execution().hops() + 1)
                .whenComplete((result, failure) -> {
                    if (failure != null) {
                        fail(
                                task,
                                submits(integration),
                                name + ".SdkClientException",
                                String.valueOf(failure.getMessage()));
                        return;
                    }
                    switch (result) {
                        case OperationCaller.Answered answered -> {
                            JsonNode output = sdk
                                    ? Casing.fromModel(TextualBlobs.decoded(service, answered.output()))
                                    : answered.output();
                            if (!sdk && output.isObject()) {
                                ObjectNode whole = Json.object();
                                whole.setAll((ObjectNode) output);
                                whole.setAll(metadata("application/x-amz-json-1.0"));
                                output = whole;
                            }
                            answer(integration, task, output);
                        }
                        case OperationCaller.Failed failed ->
                            fail(
                                    task,
                                    submits(integration),
                                    name + "." + exceptionName(failed.code()),
                                    cause(failed, sdk, integration.service(), service));
                    }
                });
    }

    /** The messages of the SDK for Java: 2.x for SDK integrations, 1.x for the optimized ones. */
    private String cause(OperationCaller.Failed failed, boolean sdk, String optimizedService, String service) {
        return sdk
                ? failed.message() + " (Service: " + ServiceNames.sdkV2(service) + ", Status Code: "
                        + failed.httpStatus() + ", Request ID: " + ids.uuid() + ")"
                : failed.message() + " (Service: " + ServiceNames.sdkV1(optimizedService) + "; Status Code: "
                        + failed.httpStatus() + "; Error Code: " + failed.queryCode() + "; Request ID: " + ids.uuid()
                        + "; Proxy: null)";
    }

    // ---- nested executions ----------------------------------------------------------------------------------------

    private void startExecution(
            TaskResource.Integration integration, Attempt attempt, Next.TaskCall call, PendingTask task) {
        JsonNode parameters = call.parameters();
        JsonNode input = parameters.path("Input");
        boolean sync = integration.pattern() == Pattern.SYNC || integration.pattern() == Pattern.SYNC2;
        Execution child;
        try {
            child = nested.start(
                    parameters.path("StateMachineArn").asText(""),
                    Optional.of(parameters.path("Name").asText("")).filter(n -> !n.isEmpty()),
                    input.isMissingNode()
                            ? Optional.empty()
                            : Optional.of(input.isTextual() ? input.textValue() : input.toString()),
                    attempt.execution(),
                    sync);
        } catch (AwsException e) {
            fail(
                    task,
                    submits(integration),
                    "StepFunctions." + exceptionName(e.code()),
                    e.getMessage() + " (Service: AWSStepFunctions; Status Code: " + e.httpStatus() + "; Error Code: "
                            + e.code() + "; Request ID: " + ids.uuid() + "; Proxy: null)");
            return;
        }
        ObjectNode started = Json.object();
        started.put("ExecutionArn", child.identity().arn());
        started.setAll(metadata("application/x-amz-json-1.0"));
        started.put("StartDate", child.startDate().toEpochMilli() / 1000.0);
        if (!sync) {
            answer(integration, task, started);
            return;
        }
        if (task.submitted(started)) {
            await(child, integration, task);
        }
    }

    private static void await(Execution child, TaskResource.Integration integration, PendingTask task) {
        task.onAbandoned(() -> child.stop(Optional.empty(), Optional.empty()));
        child.onEnd(ended -> nestedEnded(ended, integration.pattern() == Pattern.SYNC2, task));
    }

    private static void nestedEnded(Execution child, boolean parsed, PendingTask task) {
        Execution.View view = child.view();
        ObjectNode result = Json.object();
        view.cause().ifPresent(c -> result.put("Cause", c));
        view.error().ifPresent(e -> result.put("Error", e));
        result.put("ExecutionArn", child.identity().arn());
        JsonNode input = child.identity().input();
        result.set("Input", parsed ? input : TextNode.valueOf(child.identity().inputText()));
        result.putObject("InputDetails").put("Included", true);
        result.put("Name", child.identity().name());
        view.output().ifPresent(o -> result.set("Output", parsed ? o : TextNode.valueOf(o.toString())));
        result.putObject("OutputDetails").put("Included", true);
        boolean succeeded = view.status() == ExecutionStatus.SUCCEEDED;
        result.put("RedriveCount", view.redriveCount());
        result.put("RedriveStatus", succeeded ? "NOT_REDRIVABLE" : "REDRIVABLE");
        if (succeeded) {
            result.put("RedriveStatusReason", "Execution is SUCCEEDED and cannot be redriven");
        }
        result.put("StartDate", view.startDate().toEpochMilli());
        result.put("StateMachineArn", child.identity().stateMachineArn());
        result.put("Status", view.status().name());
        view.stopDate().ifPresent(d -> result.put("StopDate", d.toEpochMilli()));
        if (succeeded) {
            task.succeeded(result);
        } else {
            task.failed(Errors.TASK_FAILED, Optional.of(result.toString()));
        }
    }
}
