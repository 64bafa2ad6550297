package io.pileus.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.http.client.OutboundHttp;
import io.pileus.core.identity.AccountId;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.HttpRoute;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.Scopes;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import io.pileus.stepfunctions.integration.Integrations;
import io.pileus.stepfunctions.integration.MockConfiguration;
import io.pileus.stepfunctions.integration.MockedTasks;
import io.pileus.stepfunctions.integration.ScriptedTasks;
import io.pileus.stepfunctions.map.MapRun;
import io.pileus.stepfunctions.map.MapRuns;
import io.pileus.stepfunctions.model.*;
import io.pileus.stepfunctions.run.Engine;
import io.pileus.stepfunctions.run.Execution;
import io.pileus.stepfunctions.run.ExecutionIdentity;
import io.pileus.stepfunctions.run.TaskTokens;
import io.pileus.stepfunctions.state.Activity;
import io.pileus.stepfunctions.state.StepFunctionsState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Step Functions: the table of its operations, and the place where its parts are put together. */
public final class StepFunctionsService implements EmulatedService, StepFunctionsOperations {
    private final ServiceApi api = new StepFunctionsApi(this);
    private final Scopes<StepFunctionsState> scopes = new Scopes<>(StepFunctionsState::new);
    private final StateMachineOperations machines;
    private final VersionOperations versions;
    private final ExecutionOperations executions;
    private final ActivityOperations activities;
    private final MapRunOperations mapRuns;
    private final TestStateOperations tests;
    private final Tags tags;
    private final ScriptedTasks scripts;
    private final StepFunctionsSaving saving;

    public StepFunctionsService(ServiceEnvironment env) {
        TaskTokens tokens = new TaskTokens();
        Wiring wiring = new Wiring();
        EncryptionKeys keys = new EncryptionKeys(env.ports());
        Executions starter = new Executions(scopes, env.ids(), keys, wiring::engine, env.clock()::instant);
        Integrations integrations =
                new Integrations(env.ports(), env.ids(), starter, this::activity, new OutboundHttp(env.workers()));
        this.scripts = new ScriptedTasks(integrations);
        MockedTasks tasks = new MockedTasks(MockConfiguration.from(env.settings()), scripts);
        MapRuns runs = new MapRuns(env.clock(), env.ids(), env.ports(), wiring::engine, new Registry());
        wiring.engine = new Engine(
                env.clock(),
                env.timers(),
                env.workers(),
                env.ids(),
                tokens,
                tasks,
                runs,
                waitScale(env.settings().get("SFN_WAIT_SCALE")),
                tasks::ended);
        this.machines = new StateMachineOperations(scopes, env.ids(), env.ports(), keys);
        this.versions = new VersionOperations(scopes);
        this.executions = new ExecutionOperations(scopes, starter, keys, env.workers());
        this.activities = new ActivityOperations(scopes, env.timers(), tokens, keys);
        this.mapRuns = new MapRunOperations(scopes);
        this.tests = new TestStateOperations(env, integrations);
        this.tags = new Tags(scopes);
        this.saving = new StepFunctionsSaving(scopes, wiring.engine(), runs);
    }

    /** The engine needs its task runner, and the task runner starts executions. */
    private static final class Wiring {
        private @org.jspecify.annotations.Nullable Engine engine;

        Engine engine() {
            return java.util.Objects.requireNonNull(engine);
        }
    }

    private static double waitScale(Optional<String> setting) {
        try {
            return Math.max(0, setting.map(Double::parseDouble).orElse(1.0));
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    private Optional<Activity> activity(ExecutionIdentity execution, String arn) {
        return scopes.of(execution.account(), execution.region()).activity(arn);
    }

    private final class Registry implements MapRuns.Registry {
        @Override
        public void add(ExecutionIdentity owner, MapRun run) {
            scopes.of(owner.account(), owner.region()).add(run);
        }

        @Override
        public void add(Execution child) {
            StepFunctionsState state =
                    scopes.of(child.identity().account(), child.identity().region());
            if (child.identity().express()) {
                state.track(child);
            } else {
                state.register(child);
            }
        }
    }

    @Override
    public List<ServiceApi> apis() {
        return List.of(api);
    }

    @Override
    public List<HttpRoute> routes() {
        return new ScriptEndpoints(scripts).routes();
    }

    /**
     * Sets what the tasks of a state give from now on, in all executions of an account's state machine: one result after
     * the other, the last for ever. No results let the tasks be done again. The same as
     * {@code POST /_pileus/stepfunctions/{account}/{stateMachine}/{state}/script}.
     *
     * @param results {@code {"Return": …}} or {@code {"Throw": {"Error": …, "Cause": …}}}
     * @throws IllegalArgumentException if a result is neither
     */
    public void scriptTask(AccountId account, String stateMachine, String state, JsonNode results) {
        scripts.script(new ScriptedTasks.Place(account, stateMachine, state), ScriptedTasks.read(results));
    }

    @Override
    public void reset(ResetScope scope) {
        scripts.reset(scope);
        for (StepFunctionsState state : scopes.remove(scope)) {
            state.executions().forEach(e -> e.stop(Optional.empty(), Optional.empty()));
            state.locked(() -> List.copyOf(state.activities().values())).forEach(Activity::close);
        }
    }

    @Override
    public void save(StateSink sink) {
        saving.save(sink);
    }

    @Override
    public void load(StateSource source) {
        saving.load(source);
    }

    @Override
    public void resume() {
        saving.resume();
    }

    @Override
    public void close() {
        reset(ResetScope.EVERYTHING);
    }

    @Override
    public CreateActivityOutput createActivity(CreateActivityInput input, CallContext call) {
        return activities.createActivity(input, call);
    }

    @Override
    public CreateStateMachineOutput createStateMachine(CreateStateMachineInput input, CallContext call) {
        return machines.createStateMachine(input, call);
    }

    @Override
    public CreateStateMachineAliasOutput createStateMachineAlias(CreateStateMachineAliasInput input, CallContext call) {
        return versions.createStateMachineAlias(input, call);
    }

    @Override
    public DeleteActivityOutput deleteActivity(DeleteActivityInput input, CallContext call) {
        return activities.deleteActivity(input, call);
    }

    @Override
    public DeleteStateMachineOutput deleteStateMachine(DeleteStateMachineInput input, CallContext call) {
        return machines.deleteStateMachine(input, call);
    }

    @Override
    public DeleteStateMachineAliasOutput deleteStateMachineAlias(DeleteStateMachineAliasInput input, CallContext call) {
        return versions.deleteStateMachineAlias(input, call);
    }

    @Override
    public DeleteStateMachineVersionOutput deleteStateMachineVersion(
            DeleteStateMachineVersionInput input, CallContext call) {
        return versions.deleteStateMachineVersion(input, call);
    }

    @Override
    public DescribeActivityOutput describeActivity(DescribeActivityInput input, CallContext call) {
        return activities.describeActivity(input, call);
    }

    @Override
    public DescribeExecutionOutput describeExecution(DescribeExecutionInput input, CallContext call) {
        return executions.describeExecution(input, call);
    }

    @Override
    public DescribeMapRunOutput describeMapRun(DescribeMapRunInput input, CallContext call) {
        return mapRuns.describeMapRun(input, call);
    }

    @Override
    public DescribeStateMachineOutput describeStateMachine(DescribeStateMachineInput input, CallContext call) {
        return machines.describeStateMachine(input, call);
    }

    @Override
    public DescribeStateMachineAliasOutput describeStateMachineAlias(
            DescribeStateMachineAliasInput input, CallContext call) {
        return versions.describeStateMachineAlias(input, call);
    }

    @Override
    public DescribeStateMachineForExecutionOutput describeStateMachineForExecution(
            DescribeStateMachineForExecutionInput input, CallContext call) {
        return machines.describeStateMachineForExecution(input, call);
    }

    @Override
    public CompletionStage<GetActivityTaskOutput> getActivityTask(GetActivityTaskInput input, CallContext call) {
        return activities.getActivityTask(input, call);
    }

    @Override
    public GetExecutionHistoryOutput getExecutionHistory(GetExecutionHistoryInput input, CallContext call) {
        return executions.getExecutionHistory(input, call);
    }

    @Override
    public ListActivitiesOutput listActivities(ListActivitiesInput input, CallContext call) {
        return activities.listActivities(input, call);
    }

    @Override
    public ListExecutionsOutput listExecutions(ListExecutionsInput input, CallContext call) {
        return executions.listExecutions(input, call);
    }

    @Override
    public ListMapRunsOutput listMapRuns(ListMapRunsInput input, CallContext call) {
        return mapRuns.listMapRuns(input, call);
    }

    @Override
    public ListStateMachineAliasesOutput listStateMachineAliases(ListStateMachineAliasesInput input, CallContext call) {
        return versions.listStateMachineAliases(input, call);
    }

    @Override
    public ListStateMachineVersionsOutput listStateMachineVersions(
            ListStateMachineVersionsInput input, CallContext call) {
        return versions.listStateMachineVersions(input, call);
    }

    @Override
    public ListStateMachinesOutput listStateMachines(ListStateMachinesInput input, CallContext call) {
        return machines.listStateMachines(input, call);
    }

    @Override
    public ListTagsForResourceOutput listTagsForResource(ListTagsForResourceInput input, CallContext call) {
        return tags.listTagsForResource(input, call);
    }

    @Override
    public PublishStateMachineVersionOutput publishStateMachineVersion(
            PublishStateMachineVersionInput input, CallContext call) {
        return versions.publishStateMachineVersion(input, call);
    }

    @Override
    public RedriveExecutionOutput redriveExecution(RedriveExecutionInput input, CallContext call) {
        return executions.redriveExecution(input, call);
    }

    @Override
    public SendTaskFailureOutput sendTaskFailure(SendTaskFailureInput input, CallContext call) {
        return activities.sendTaskFailure(input, call);
    }

    @Override
    public SendTaskHeartbeatOutput sendTaskHeartbeat(SendTaskHeartbeatInput input, CallContext call) {
        return activities.sendTaskHeartbeat(input, call);
    }

    @Override
    public SendTaskSuccessOutput sendTaskSuccess(SendTaskSuccessInput input, CallContext call) {
        return activities.sendTaskSuccess(input, call);
    }

    @Override
    public StartExecutionOutput startExecution(StartExecutionInput input, CallContext call) {
        return executions.startExecution(input, call);
    }

    @Override
    public CompletionStage<StartSyncExecutionOutput> startSyncExecution(
            StartSyncExecutionInput input, CallContext call) {
        return executions.startSyncExecution(input, call);
    }

    @Override
    public StopExecutionOutput stopExecution(StopExecutionInput input, CallContext call) {
        return executions.stopExecution(input, call);
    }

    @Override
    public TagResourceOutput tagResource(TagResourceInput input, CallContext call) {
        return tags.tagResource(input, call);
    }

    @Override
    public CompletionStage<TestStateOutput> testState(TestStateInput input, CallContext call) {
        return tests.testState(input, call);
    }

    @Override
    public UntagResourceOutput untagResource(UntagResourceInput input, CallContext call) {
        return tags.untagResource(input, call);
    }

    @Override
    public UpdateMapRunOutput updateMapRun(UpdateMapRunInput input, CallContext call) {
        return mapRuns.updateMapRun(input, call);
    }

    @Override
    public UpdateStateMachineOutput updateStateMachine(UpdateStateMachineInput input, CallContext call) {
        return machines.updateStateMachine(input, call);
    }

    @Override
    public UpdateStateMachineAliasOutput updateStateMachineAlias(UpdateStateMachineAliasInput input, CallContext call) {
        return versions.updateStateMachineAlias(input, call);
    }

    @Override
    public ValidateStateMachineDefinitionOutput validateStateMachineDefinition(
            ValidateStateMachineDefinitionInput input, CallContext call) {
        return machines.validateStateMachineDefinition(input, call);
    }
}
