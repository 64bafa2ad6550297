package io.pileus.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.port.FunctionInvoker;
import io.pileus.core.service.*;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.JsonTrees;
import io.pileus.lambda.mapping.Mappings;
import io.pileus.lambda.model.*;
import io.pileus.lambda.state.LambdaState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** AWS Lambda: its operations, each in one line. */
public final class LambdaService implements EmulatedService, LambdaOperations {

    private final Scopes<LambdaState> scopes = new Scopes<>(LambdaState::new);
    private final Executors executors;
    private final FunctionOperations functionOperations;
    private final InvokeOperations invocations;
    private final SettingOperations settings;
    private final AccessOperations access;
    private final Mappings mappings;

    public LambdaService(ServiceEnvironment env) {
        Functions functions = new Functions(scopes);
        executors = new Executors(env);
        functionOperations = new FunctionOperations(functions, env.ids(), env.ports(), executors::retire);
        Invoker invoker = new Invoker(functions, executors, env.ids());
        AsyncInvocations async = new AsyncInvocations(functions, invoker, env);
        invocations = new InvokeOperations(invoker, async);
        settings = new SettingOperations(functions, env.ids());
        access = new AccessOperations(functions, env.ids());
        mappings = new Mappings(env, invoker, (name, call) -> {
            FunctionReference reference = FunctionReference.parse(name, null, call);
            invoker.target(reference);
            return reference.arn();
        });
        settings.mappingTags(mappings);
        env.ports().provide(FunctionInvoker.class, invoker);
        env.ports().deliveries().register("lambda", async);
    }

    /**
     * Has Java code run a function, in every account and region where a function of the name is created. The code is given
     * the event and returns the result, both JSON; an exception is a function error.
     */
    public void register(String name, Function<Blob, Blob> function) {
        executors.register(name, function);
    }

    @Override
    public FunctionConfiguration createFunction(CreateFunctionRequest input, CallContext call) {
        return functionOperations.createFunction(input, call);
    }

    @Override
    public GetFunctionResponse getFunction(GetFunctionRequest input, CallContext call) {
        return functionOperations.getFunction(input, call);
    }

    @Override
    public FunctionConfiguration getFunctionConfiguration(GetFunctionConfigurationRequest input, CallContext call) {
        return functionOperations.getFunctionConfiguration(input, call);
    }

    @Override
    public FunctionConfiguration updateFunctionCode(UpdateFunctionCodeRequest input, CallContext call) {
        return functionOperations.updateFunctionCode(input, call);
    }

    @Override
    public FunctionConfiguration updateFunctionConfiguration(
            UpdateFunctionConfigurationRequest input, CallContext call) {
        return functionOperations.updateFunctionConfiguration(input, call);
    }

    @Override
    public DeleteFunctionResponse deleteFunction(DeleteFunctionRequest input, CallContext call) {
        return functionOperations.deleteFunction(input, call);
    }

    @Override
    public ListFunctionsResponse listFunctions(ListFunctionsRequest input, CallContext call) {
        return functionOperations.listFunctions(input, call);
    }

    @Override
    public ListVersionsByFunctionResponse listVersionsByFunction(
            ListVersionsByFunctionRequest input, CallContext call) {
        return functionOperations.listVersionsByFunction(input, call);
    }

    @Override
    public FunctionConfiguration publishVersion(PublishVersionRequest input, CallContext call) {
        return functionOperations.publishVersion(input, call);
    }

    @Override
    public CompletionStage<InvocationResponse> invoke(InvocationRequest input, CallContext call) {
        return invocations.invoke(input, call);
    }

    @Override
    public CompletionStage<InvokeAsyncResponse> invokeAsync(InvokeAsyncRequest input, CallContext call) {
        return invocations.invokeAsync(input, call);
    }

    @Override
    public AliasConfiguration createAlias(CreateAliasRequest input, CallContext call) {
        return settings.createAlias(input, call);
    }

    @Override
    public AliasConfiguration getAlias(GetAliasRequest input, CallContext call) {
        return settings.getAlias(input, call);
    }

    @Override
    public AliasConfiguration updateAlias(UpdateAliasRequest input, CallContext call) {
        return settings.updateAlias(input, call);
    }

    @Override
    public DeleteAliasResponse deleteAlias(DeleteAliasRequest input, CallContext call) {
        return settings.deleteAlias(input, call);
    }

    @Override
    public ListAliasesResponse listAliases(ListAliasesRequest input, CallContext call) {
        return settings.listAliases(input, call);
    }

    @Override
    public Concurrency putFunctionConcurrency(PutFunctionConcurrencyRequest input, CallContext call) {
        return settings.putFunctionConcurrency(input, call);
    }

    @Override
    public GetFunctionConcurrencyResponse getFunctionConcurrency(
            GetFunctionConcurrencyRequest input, CallContext call) {
        return settings.getFunctionConcurrency(input, call);
    }

    @Override
    public DeleteFunctionConcurrencyResponse deleteFunctionConcurrency(
            DeleteFunctionConcurrencyRequest input, CallContext call) {
        return settings.deleteFunctionConcurrency(input, call);
    }

    @Override
    public FunctionEventInvokeConfig putFunctionEventInvokeConfig(
            PutFunctionEventInvokeConfigRequest input, CallContext call) {
        return settings.putFunctionEventInvokeConfig(input, call);
    }

    @Override
    public FunctionEventInvokeConfig updateFunctionEventInvokeConfig(
            UpdateFunctionEventInvokeConfigRequest input, CallContext call) {
        return settings.updateFunctionEventInvokeConfig(input, call);
    }

    @Override
    public FunctionEventInvokeConfig getFunctionEventInvokeConfig(
            GetFunctionEventInvokeConfigRequest input, CallContext call) {
        return settings.getFunctionEventInvokeConfig(input, call);
    }

    @Override
    public DeleteFunctionEventInvokeConfigResponse deleteFunctionEventInvokeConfig(
            DeleteFunctionEventInvokeConfigRequest input, CallContext call) {
        return settings.deleteFunctionEventInvokeConfig(input, call);
    }

    @Override
    public GetFunctionCodeSigningConfigResponse getFunctionCodeSigningConfig(
            GetFunctionCodeSigningConfigRequest input, CallContext call) {
        return settings.getFunctionCodeSigningConfig(input, call);
    }

    @Override
    public GetFunctionRecursionConfigResponse getFunctionRecursionConfig(
            GetFunctionRecursionConfigRequest input, CallContext call) {
        return settings.getFunctionRecursionConfig(input, call);
    }

    @Override
    public PutFunctionRecursionConfigResponse putFunctionRecursionConfig(
            PutFunctionRecursionConfigRequest input, CallContext call) {
        return settings.putFunctionRecursionConfig(input, call);
    }

    @Override
    public GetAccountSettingsResponse getAccountSettings(GetAccountSettingsRequest input, CallContext call) {
        return settings.getAccountSettings(input, call);
    }

    @Override
    public ListTagsResponse listTags(ListTagsRequest input, CallContext call) {
        return settings.listTags(input, call);
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest input, CallContext call) {
        return settings.tagResource(input, call);
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest input, CallContext call) {
        return settings.untagResource(input, call);
    }

    @Override
    public AddPermissionResponse addPermission(AddPermissionRequest input, CallContext call) {
        return access.addPermission(input, call);
    }

    @Override
    public RemovePermissionResponse removePermission(RemovePermissionRequest input, CallContext call) {
        return access.removePermission(input, call);
    }

    @Override
    public GetPolicyResponse getPolicy(GetPolicyRequest input, CallContext call) {
        return access.getPolicy(input, call);
    }

    @Override
    public EventSourceMappingConfiguration createEventSourceMapping(
            CreateEventSourceMappingRequest input, CallContext call) {
        return mappings.createEventSourceMapping(input, call);
    }

    @Override
    public EventSourceMappingConfiguration getEventSourceMapping(GetEventSourceMappingRequest input, CallContext call) {
        return mappings.getEventSourceMapping(input, call);
    }

    @Override
    public EventSourceMappingConfiguration updateEventSourceMapping(
            UpdateEventSourceMappingRequest input, CallContext call) {
        return mappings.updateEventSourceMapping(input, call);
    }

    @Override
    public EventSourceMappingConfiguration deleteEventSourceMapping(
            DeleteEventSourceMappingRequest input, CallContext call) {
        return mappings.deleteEventSourceMapping(input, call);
    }

    @Override
    public ListEventSourceMappingsResponse listEventSourceMappings(
            ListEventSourceMappingsRequest input, CallContext call) {
        return mappings.listEventSourceMappings(input, call);
    }

    // The service as the house sees it

    @Override
    public List<ServiceApi> apis() {
        return List.of(new LambdaApi(this));
    }

    @Override
    public List<HttpRoute> routes() {
        return List.of(
                HttpRoute.post("/_pileus/lambda/{function}/script", this::script),
                HttpRoute.get("/_pileus/lambda/{function}/events", this::events),
                HttpRoute.get("/_pileus/lambda/{account}/{region}/{function}/code", this::code));
    }

    private CompletionStage<HttpResponse> script(HttpRequest request, Map<String, String> labels, CallContext call) {
        try {
            JsonNode results = JsonTrees.mapper().readTree(request.body().bytes());
            if (results == null || !results.isArray() || results.size() > 10_000) {
                return json(400, "{\"message\":\"The body must be a list of at most 10,000 results.\"}");
            }
            List<JsonNode> list = new ArrayList<>();
            results.forEach(list::add);
            executors.script(labels.getOrDefault("function", ""), list);
            return json(200, "{\"results\":" + list.size() + "}");
        } catch (IOException e) {
            return json(400, "{\"message\":\"The body is not JSON.\"}");
        }
    }

    private CompletionStage<HttpResponse> events(HttpRequest request, Map<String, String> labels, CallContext call) {
        ObjectNode answer = JsonTrees.mapper().createObjectNode();
        var events = answer.putArray("events");
        executors
                .script(labels.getOrDefault("function", ""))
                .ifPresent(script -> script.events().forEach(event -> events.add(AsyncInvocations.json(event))));
        return json(200, answer.toString());
    }

    private CompletionStage<HttpResponse> code(HttpRequest request, Map<String, String> labels, CallContext call) {
        String account = labels.getOrDefault("account", "");
        String version = request.query().startsWith("version=")
                ? request.query().substring("version=".length()).replace("%24", "$")
                : "$LATEST";
        Optional<Blob> zip = AccountId.isValid(account)
                ? scopes.find(new AccountId(account), new Region(labels.getOrDefault("region", "")))
                        .flatMap(state -> state.function(labels.getOrDefault("function", ""))
                                .flatMap(f -> state.locked(() -> f.version(version))))
                        .map(v -> v.code().zip())
                : Optional.empty();
        return CompletableFuture.completedStage(zip.map(bytes -> HttpResponse.of(
                        200, io.pileus.core.http.Headers.of("Content-Type", "application/zip"), bytes.bytes()))
                .orElseGet(() -> HttpResponse.json(404, "{\"message\":\"There is no such version.\"}")));
    }

    private static CompletionStage<HttpResponse> json(int status, String body) {
        return CompletableFuture.completedStage(HttpResponse.json(status, body));
    }

    @Override
    public void reset(ResetScope scope) {
        mappings.reset(scope);
        for (LambdaState state : scopes.remove(scope)) {
            state.close();
            List<String> arns = state.locked(() -> state.functions().values().stream()
                    .map(io.pileus.lambda.state.Function::arn)
                    .toList());
            arns.forEach(executors::retire);
        }
        if (scope.equals(ResetScope.EVERYTHING)) {
            executors.forgetScripts();
        }
    }

    @Override
    public void close() {
        mappings.close();
        scopes.all().forEach(LambdaState::close);
        executors.close();
    }
}
