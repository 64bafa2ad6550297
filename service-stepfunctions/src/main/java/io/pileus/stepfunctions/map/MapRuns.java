package io.pileus.stepfunctions.map;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.identity.Ids;
import io.pileus.core.port.ObjectStore;
import io.pileus.core.port.Ports;
import io.pileus.core.time.EmulatorClock;
import io.pileus.stepfunctions.asl.Definition;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.run.Engine;
import io.pileus.stepfunctions.run.Execution;
import io.pileus.stepfunctions.run.ExecutionIdentity;
import io.pileus.stepfunctions.run.Frame;
import io.pileus.stepfunctions.run.Interpreter;
import io.pileus.stepfunctions.run.MapRunner;
import io.pileus.stepfunctions.run.Next;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes Map runs and their child executions. */
public final class MapRuns implements MapRunner {
    private final EmulatorClock clock;
    private final Ids ids;
    private final Ports ports;
    private final Supplier<Engine> engine;
    private final Registry registry;

    /** Where Map runs and child executions are kept. */
    public interface Registry {
        void add(ExecutionIdentity owner, MapRun run);

        void add(Execution child);
    }

    public MapRuns(EmulatorClock clock, Ids ids, Ports ports, Supplier<Engine> engine, Registry registry) {
        this.clock = clock;
        this.ids = ids;
        this.ports = ports;
        this.engine = engine;
        this.registry = registry;
    }

    EmulatorClock clock() {
        return clock;
    }

    Ids ids() {
        return ids;
    }

    Optional<ObjectStore> objects() {
        return ports.find(ObjectStore.class);
    }

    @Override
    public MapRunHandle create(
            Execution parent, Frame frame, State.Map state, Next.MapRunPlan plan, Interpreter interpreter) {
        ExecutionIdentity owner = parent.identity();
        String label = state.distribution().flatMap(State.Distribution::label).orElseGet(ids::uuid);
        String arn = prefix(owner) + ":mapRun:" + owner.stateMachineName() + "/" + label + ":" + ids.uuid();
        MapRun run = new MapRun(
                this,
                new MapRunIdentity(
                        arn,
                        label,
                        parent,
                        frame,
                        plan,
                        interpreter,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        registry.add(owner, run);
        return run;
    }

    /** The Map run that was saved, of an execution that was loaded. */
    public MapRun load(
            SavedMapRun saved,
            List<SavedChild> children,
            Execution parent,
            Function<String, Optional<Execution>> executions) {
        Frame frame = saved.frame().frame(parent.identity().definition().workflow());
        MapRun run = new MapRun(
                this,
                new MapRunIdentity(
                        saved.arn(),
                        saved.label(),
                        parent,
                        frame,
                        saved.plan(),
                        parent.loadedInterpreter(),
                        saved.startDate()));
        run.load(saved, children, executions);
        return run;
    }

    private static String prefix(ExecutionIdentity owner) {
        return "arn:" + owner.region().partition() + ":states:" + owner.region() + ":" + owner.account();
    }

    Execution child(MapRun of, JsonNode input, int itemCount) {
        MapRunIdentity run = of.identity();
        ExecutionIdentity owner = run.parent().identity();
        String machine = owner.stateMachineName() + "/" + run.label();
        String name = ids.uuid();
        String arn = run.express()
                ? prefix(owner) + ":express:" + machine + ":" + name + ":" + ids.uuid()
                : prefix(owner) + ":execution:" + machine + ":" + name;
        ExecutionIdentity identity = new ExecutionIdentity(
                owner.account(),
                owner.region(),
                arn,
                name,
                prefix(owner) + ":stateMachine:" + machine,
                machine,
                owner.roleArn(),
                run.express(),
                new Definition(Optional.empty(), run.state().processor(), Map.of()),
                owner.definitionText(),
                owner.revisionId(),
                input,
                input.toString(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(run.arn()),
                Optional.of(run.label()),
                itemCount,
                owner.mockCase(),
                owner.hops());
        Execution child = engine.get().create(identity, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        registry.add(child);
        return child;
    }

    void startChild(Execution child) {
        engine.get().start(child);
    }
}
