package io.pileus.stepfunctions;

import io.pileus.core.service.Scopes;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import io.pileus.stepfunctions.asl.Definition;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.asl.parse.AslParser;
import io.pileus.stepfunctions.map.MapRun;
import io.pileus.stepfunctions.map.MapRuns;
import io.pileus.stepfunctions.map.SavedChild;
import io.pileus.stepfunctions.map.SavedMapRun;
import io.pileus.stepfunctions.run.Engine;
import io.pileus.stepfunctions.run.Execution;
import io.pileus.stepfunctions.run.ExecutionStatus;
import io.pileus.stepfunctions.run.HistoryEvent;
import io.pileus.stepfunctions.run.SavedExecution;
import io.pileus.stepfunctions.state.SavedActivity;
import io.pileus.stepfunctions.state.SavedMachine;
import io.pileus.stepfunctions.state.StepFunctionsState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the state of Step Functions to be saved, and builds it anew. Executions that run go on where they waited; a call that
 * had not been answered is made again. Express executions end with the process, but for the children of Map runs, which begin anew.
 */
final class StepFunctionsSaving {
    private final Scopes<StepFunctionsState> scopes;
    private final Engine engine;
    private final MapRuns runs;
    private List<Execution> loaded = List.of();

    StepFunctionsSaving(Scopes<StepFunctionsState> scopes, Engine engine, MapRuns runs) {
        this.scopes = scopes;
        this.engine = engine;
        this.runs = runs;
    }

    void save(StateSink sink) {
        scopes.all().forEach(state -> state.save(sink));
    }

    void load(StateSource source) {
        Map<String, Definition> parsed = new HashMap<>();
        source.each(
                StepFunctionsState.MACHINE,
                SavedMachine.class,
                (scope, id, saved) -> state(scope).load(saved, text -> definition(text, parsed)));
        source.each(
                StepFunctionsState.ACTIVITY,
                SavedActivity.class,
                (scope, id, saved) -> state(scope).load(saved));
        new Loading(source, parsed).executions();
    }

    private StepFunctionsState state(Scope scope) {
        return scopes.of(scope.account(), scope.region());
    }

    private static Definition definition(String text, Map<String, Definition> parsed) {
        return parsed.computeIfAbsent(
                text,
                t -> AslParser.readAgain(t)
                        .orElseThrow(() -> new IllegalArgumentException("a definition that cannot be read")));
    }

    void resume() {
        List<Execution> running = loaded;
        loaded = List.of();
        running.forEach(Execution::resume);
        scopes.all().forEach(StateMachineOperations::resumeDeletions);
    }

    /** One load: what refers to each other is brought together when all of it is there. */
    private final class Loading {
        private final StateSource source;
        private final Map<String, Definition> parsed;
        private final Map<String, SavedMapRun> savedRuns = new HashMap<>();
        private final Map<String, List<SavedChild>> children = new HashMap<>();
        private final Map<String, List<HistoryEvent>> histories = new HashMap<>();
        private final Map<String, SavedExecution> saved = new HashMap<>();
        private final Map<String, Execution> executions = new HashMap<>();
        private final Map<String, MapRun> made = new HashMap<>();

        Loading(StateSource source, Map<String, Definition> parsed) {
            this.source = source;
            this.parsed = parsed;
        }

        void executions() {
            source.each(SavedMapRun.MAP_RUN, SavedMapRun.class, (scope, id, run) -> savedRuns.put(run.arn(), run));
            source.each(
                    SavedChild.CHILD,
                    SavedChild.class,
                    (scope, id, child) -> children.computeIfAbsent(child.run(), run -> new ArrayList<>())
                            .add(child));
            source.each(
                    SavedExecution.EVENT,
                    HistoryEvent.class,
                    (scope, id, event) -> histories
                            .computeIfAbsent(id.substring(0, id.lastIndexOf('/')), arn -> new ArrayList<>())
                            .add(event));
            source.each(SavedExecution.EXECUTION, SavedExecution.class, (scope, id, each) -> load(each));
            savedRuns.values().forEach(this::load);
            saved.forEach((arn, each) -> executions.get(arn).attach(run -> Optional.ofNullable(made.get(run)), each));
            loaded = executions.values().stream()
                    .filter(execution -> execution.view().status() == ExecutionStatus.RUNNING)
                    .toList();
        }

        private void load(SavedExecution each) {
            SavedExecution.Identity identity = each.identity();
            if (identity.express() && each.status() == ExecutionStatus.RUNNING) {
                return;
            }
            Execution execution =
                    engine.load(each, definitionOf(identity), histories.getOrDefault(identity.arn(), List.of()));
            executions.put(identity.arn(), execution);
            saved.put(identity.arn(), each);
            if (!identity.express()) {
                scopes.of(identity.account(), identity.region()).register(execution, each.number());
            }
        }

        /** A child of a Map run executes the processor of the run's state. */
        private Definition definitionOf(SavedExecution.Identity identity) {
            Definition whole = definition(identity.definitionText(), parsed);
            if (identity.mapRunArn().isEmpty()) {
                return whole;
            }
            SavedMapRun run = savedRuns.get(identity.mapRunArn().get());
            if (run == null) {
                throw new IllegalArgumentException("a child of a Map run that is not known");
            }
            String name = run.frame().stateName();
            State state = whole.workflow()
                    .owning(name)
                    .orElseThrow(() -> new IllegalArgumentException("no state " + name))
                    .state(name);
            return new Definition(Optional.empty(), ((State.Map) state).processor(), Map.of());
        }

        private void load(SavedMapRun run) {
            Execution parent = executions.get(run.parent());
            if (parent == null) {
                return;
            }
            MapRun mapRun = runs.load(
                    run,
                    children.getOrDefault(run.arn(), List.of()),
                    parent,
                    arn -> Optional.ofNullable(executions.get(arn)));
            made.put(run.arn(), mapRun);
            scopes.of(parent.identity().account(), parent.identity().region()).add(mapRun);
        }
    }
}
