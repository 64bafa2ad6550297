package io.pileus.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.port.FunctionInvoker;
import io.pileus.core.service.*;
import io.pileus.core.shape.Blob;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import io.pileus.lambda.executor.ExecutionRoles;
import io.pileus.lambda.mapping.Mappings;
import io.pileus.lambda.model.*;
import io.pileus.lambda.state.LambdaState;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** AWS Lambda: its operations, each in one line. */
public final class LambdaService implements EmulatedService, LambdaOperations {
    private final Scopes<LambdaState> scopes = new Scopes<>(LambdaState::new);
    private final Executors executors;
    private final FunctionLogs logs = new FunctionLogs();
    private final FunctionOperations functionOperations;
    private final VersionOperations versions;
    private final InvokeOperations invocations;
    private final AliasOperations aliases;
    private final ConcurrencyOperations concurrency;
    private final EventInvokeOperations eventInvoke;
    private final LayerOperations layers;
    private final UrlOperations urls;
    private final UrlEndpoint urlEndpoint;
    private final CodeSigningOperations codeSigning;
    private final SettingOperations settings;
    private final TagOperations tags;
    private final AccessOperations access;
    private final Mappings mappings;
    private final AsyncInvocations async;
    private final LambdaSaves saves;

    public LambdaService(ServiceEnvironment env) {
        Functions functions = new Functions(scopes);
        Packages packages = new Packages(env.ports());
        executors = new Executors(env);
        versions = new VersionOperations(functions, env.ids());
        layers = new LayerOperations(functions, env.ids(), packages, env.ports());
        functionOperations = new FunctionOperations(
                functions, env.ids(), packages, versions, layers, new ExecutionRoles(env.ports()), executors::retire);
        Invoker invoker = new Invoker(functions, executors, logs, env);
        async = new AsyncInvocations(functions, invoker, env);
        invocations = new InvokeOperations(invoker, async);
        aliases = new AliasOperations(functions, env.ids());
        concurrency = new ConcurrencyOperations(functions);
        eventInvoke = new EventInvokeOperations(functions);
        urls = new UrlOperations(functions, env.ids(), env.settings());
        urlEndpoint = new UrlEndpoint(urls, invoker, env.ports());
        codeSigning = new CodeSigningOperations(functions, env.ids());
        settings = new SettingOperations(functions);
        tags = new TagOperations(functions);
        access = new AccessOperations(functions, env.ids());
        mappings = new Mappings(env, invoker, new FunctionFinder(invoker));
        saves = new LambdaSaves(scopes, mappings, async);
        tags.mappingTags(mappings);
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

    /**
     * Has a script answer for a function, in every account and region where one of the name is created.
     *
     * @param results as {@link io.pileus.lambda.executor.ScriptedExecutor} takes them; none ends the script
     */
    public void script(String name, List<JsonNode> results) {
        executors.script(name, results);
    }

    /** The events that a script has answered, the oldest first; those of long ago are forgotten. */
    public List<Blob> scriptedEvents(String name) {
        return executors.script(name).map(script -> script.events()).orElse(List.of());
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
        return versions.listFunctions(input, call);
    }

    @Override
    public ListVersionsByFunctionResponse listVersionsByFunction(
            ListVersionsByFunctionRequest input, CallContext call) {
        return versions.listVersionsByFunction(input, call);
    }

    @Override
    public FunctionConfiguration publishVersion(PublishVersionRequest input, CallContext call) {
        return versions.publishVersion(input, call);
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
        return aliases.createAlias(input, call);
    }

    @Override
    public AliasConfiguration getAlias(GetAliasRequest input, CallContext call) {
        return aliases.getAlias(input, call);
    }

    @Override
    public AliasConfiguration updateAlias(UpdateAliasRequest input, CallContext call) {
        return aliases.updateAlias(input, call);
    }

    @Override
    public DeleteAliasResponse deleteAlias(DeleteAliasRequest input, CallContext call) {
        return aliases.deleteAlias(input, call);
    }

    @Override
    public ListAliasesResponse listAliases(ListAliasesRequest input, CallContext call) {
        return aliases.listAliases(input, call);
    }

    @Override
    public Concurrency putFunctionConcurrency(PutFunctionConcurrencyRequest input, CallContext call) {
        return concurrency.putFunctionConcurrency(input, call);
    }

    @Override
    public GetFunctionConcurrencyResponse getFunctionConcurrency(
            GetFunctionConcurrencyRequest input, CallContext call) {
        return concurrency.getFunctionConcurrency(input, call);
    }

    @Override
    public DeleteFunctionConcurrencyResponse deleteFunctionConcurrency(
            DeleteFunctionConcurrencyRequest input, CallContext call) {
        return concurrency.deleteFunctionConcurrency(input, call);
    }

    @Override
    public FunctionEventInvokeConfig putFunctionEventInvokeConfig(
            PutFunctionEventInvokeConfigRequest input, CallContext call) {
        return eventInvoke.putFunctionEventInvokeConfig(input, call);
    }

    @Override
    public FunctionEventInvokeConfig updateFunctionEventInvokeConfig(
            UpdateFunctionEventInvokeConfigRequest input, CallContext call) {
        return eventInvoke.updateFunctionEventInvokeConfig(input, call);
    }

    @Override
    public FunctionEventInvokeConfig getFunctionEventInvokeConfig(
            GetFunctionEventInvokeConfigRequest input, CallContext call) {
        return eventInvoke.getFunctionEventInvokeConfig(input, call);
    }

    @Override
    public DeleteFunctionEventInvokeConfigResponse deleteFunctionEventInvokeConfig(
            DeleteFunctionEventInvokeConfigRequest input, CallContext call) {
        return eventInvoke.deleteFunctionEventInvokeConfig(input, call);
    }

    @Override
    public GetFunctionCodeSigningConfigResponse getFunctionCodeSigningConfig(
            GetFunctionCodeSigningConfigRequest input, CallContext call) {
        return codeSigning.getFunctionCodeSigningConfig(input, call);
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
    public CompletionStage<InvokeWithResponseStreamResponse> invokeWithResponseStream(
            InvokeWithResponseStreamRequest input, CallContext call) {
        return invocations.invokeWithResponseStream(input, call);
    }

    @Override
    public ListFunctionEventInvokeConfigsResponse listFunctionEventInvokeConfigs(
            ListFunctionEventInvokeConfigsRequest input, CallContext call) {
        return eventInvoke.listFunctionEventInvokeConfigs(input, call);
    }

    @Override
    public PutProvisionedConcurrencyConfigResponse putProvisionedConcurrencyConfig(
            PutProvisionedConcurrencyConfigRequest input, CallContext call) {
        return concurrency.putProvisionedConcurrencyConfig(input, call);
    }

    @Override
    public GetProvisionedConcurrencyConfigResponse getProvisionedConcurrencyConfig(
            GetProvisionedConcurrencyConfigRequest input, CallContext call) {
        return concurrency.getProvisionedConcurrencyConfig(input, call);
    }

    @Override
    public DeleteProvisionedConcurrencyConfigResponse deleteProvisionedConcurrencyConfig(
            DeleteProvisionedConcurrencyConfigRequest input, CallContext call) {
        return concurrency.deleteProvisionedConcurrencyConfig(input, call);
    }

    @Override
    public ListProvisionedConcurrencyConfigsResponse listProvisionedConcurrencyConfigs(
            ListProvisionedConcurrencyConfigsRequest input, CallContext call) {
        return concurrency.listProvisionedConcurrencyConfigs(input, call);
    }

    @Override
    public CreateFunctionUrlConfigResponse createFunctionUrlConfig(
            CreateFunctionUrlConfigRequest input, CallContext call) {
        return urls.createFunctionUrlConfig(input, call);
    }

    @Override
    public GetFunctionUrlConfigResponse getFunctionUrlConfig(GetFunctionUrlConfigRequest input, CallContext call) {
        return urls.getFunctionUrlConfig(input, call);
    }

    @Override
    public UpdateFunctionUrlConfigResponse updateFunctionUrlConfig(
            UpdateFunctionUrlConfigRequest input, CallContext call) {
        return urls.updateFunctionUrlConfig(input, call);
    }

    @Override
    public DeleteFunctionUrlConfigResponse deleteFunctionUrlConfig(
            DeleteFunctionUrlConfigRequest input, CallContext call) {
        return urls.deleteFunctionUrlConfig(input, call);
    }

    @Override
    public ListFunctionUrlConfigsResponse listFunctionUrlConfigs(
            ListFunctionUrlConfigsRequest input, CallContext call) {
        return urls.listFunctionUrlConfigs(input, call);
    }

    @Override
    public PublishLayerVersionResponse publishLayerVersion(PublishLayerVersionRequest input, CallContext call) {
        return layers.publishLayerVersion(input, call);
    }

    @Override
    public GetLayerVersionResponse getLayerVersion(GetLayerVersionRequest input, CallContext call) {
        return layers.getLayerVersion(input, call);
    }

    @Override
    public GetLayerVersionResponse getLayerVersionByArn(GetLayerVersionByArnRequest input, CallContext call) {
        return layers.getLayerVersionByArn(input, call);
    }

    @Override
    public ListLayerVersionsResponse listLayerVersions(ListLayerVersionsRequest input, CallContext call) {
        return layers.listLayerVersions(input, call);
    }

    @Override
    public ListLayersResponse listLayers(ListLayersRequest input, CallContext call) {
        return layers.listLayers(input, call);
    }

    @Override
    public DeleteLayerVersionResponse deleteLayerVersion(DeleteLayerVersionRequest input, CallContext call) {
        return layers.deleteLayerVersion(input, call);
    }

    @Override
    public AddLayerVersionPermissionResponse addLayerVersionPermission(
            AddLayerVersionPermissionRequest input, CallContext call) {
        return layers.addLayerVersionPermission(input, call);
    }

    @Override
    public GetLayerVersionPolicyResponse getLayerVersionPolicy(GetLayerVersionPolicyRequest input, CallContext call) {
        return layers.getLayerVersionPolicy(input, call);
    }

    @Override
    public RemoveLayerVersionPermissionResponse removeLayerVersionPermission(
            RemoveLayerVersionPermissionRequest input, CallContext call) {
        return layers.removeLayerVersionPermission(input, call);
    }

    @Override
    public PutRuntimeManagementConfigResponse putRuntimeManagementConfig(
            PutRuntimeManagementConfigRequest input, CallContext call) {
        return settings.putRuntimeManagementConfig(input, call);
    }

    @Override
    public GetRuntimeManagementConfigResponse getRuntimeManagementConfig(
            GetRuntimeManagementConfigRequest input, CallContext call) {
        return settings.getRuntimeManagementConfig(input, call);
    }

    @Override
    public CreateCodeSigningConfigResponse createCodeSigningConfig(
            CreateCodeSigningConfigRequest input, CallContext call) {
        return codeSigning.createCodeSigningConfig(input, call);
    }

    @Override
    public GetCodeSigningConfigResponse getCodeSigningConfig(GetCodeSigningConfigRequest input, CallContext call) {
        return codeSigning.getCodeSigningConfig(input, call);
    }

    @Override
    public ListCodeSigningConfigsResponse listCodeSigningConfigs(
            ListCodeSigningConfigsRequest input, CallContext call) {
        return codeSigning.listCodeSigningConfigs(input, call);
    }

    @Override
    public ListFunctionsByCodeSigningConfigResponse listFunctionsByCodeSigningConfig(
            ListFunctionsByCodeSigningConfigRequest input, CallContext call) {
        return codeSigning.listFunctionsByCodeSigningConfig(input, call);
    }

    @Override
    public DeleteCodeSigningConfigResponse deleteCodeSigningConfig(
            DeleteCodeSigningConfigRequest input, CallContext call) {
        return codeSigning.deleteCodeSigningConfig(input, call);
    }

    @Override
    public UpdateCodeSigningConfigResponse updateCodeSigningConfig(
            UpdateCodeSigningConfigRequest input, CallContext call) {
        return codeSigning.updateCodeSigningConfig(input, call);
    }

    @Override
    public PutFunctionCodeSigningConfigResponse putFunctionCodeSigningConfig(
            PutFunctionCodeSigningConfigRequest input, CallContext call) {
        return codeSigning.putFunctionCodeSigningConfig(input, call);
    }

    @Override
    public DeleteFunctionCodeSigningConfigResponse deleteFunctionCodeSigningConfig(
            DeleteFunctionCodeSigningConfigRequest input, CallContext call) {
        return codeSigning.deleteFunctionCodeSigningConfig(input, call);
    }

    @Override
    public ListTagsResponse listTags(ListTagsRequest input, CallContext call) {
        return tags.listTags(input, call);
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest input, CallContext call) {
        return tags.tagResource(input, call);
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest input, CallContext call) {
        return tags.untagResource(input, call);
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

    /** An unknown runtime is the operation's own error; all else that breaks the model is a validation error. */
    @Override
    public @Nullable AwsException refusal(Violations violations) {
        Violation first = violations.list().getFirst();
        return violations.list().size() == 1
                        && first.kind() == Violation.Kind.ENUM
                        && first.path().equals("runtime")
                ? LambdaErrors.invalid(
                        first.message().replace("Value '", "Value ").replace("' at", " at") + " or be a valid ARN")
                : violations.error();
    }

    // The service as the house sees it

    @Override
    public List<ServiceApi> apis() {
        return List.of(new LambdaApi(this));
    }

    @Override
    public List<HttpRoute> routes() {
        return new Endpoints(scopes, executors, logs, urlEndpoint).routes();
    }

    @Override
    public List<HostRoute> hosts() {
        return List.of(new HostRoute(
                "lambda-url",
                (request, labels, call) ->
                        urlEndpoint.serve(request, labels.getOrDefault("id", ""), request.path(), call)));
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
            arns.forEach(logs::forget);
        }
        async.forgetClosed();
        if (scope.equals(ResetScope.EVERYTHING)) {
            executors.forgetScripts();
        }
    }

    @Override
    public void save(StateSink sink) {
        saves.save(sink);
    }

    @Override
    public void load(StateSource source) {
        saves.load(source);
    }

    @Override
    public void resume() {
        saves.resume();
    }

    @Override
    public void close() {
        mappings.close();
        scopes.all().forEach(LambdaState::close);
        executors.close();
    }
}
