package io.pileus.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Ids;
import io.pileus.core.identity.Region;
import io.pileus.core.port.Deliveries;
import io.pileus.core.service.Scopes;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.integration.NestedExecutions;
import io.pileus.stepfunctions.run.Engine;
import io.pileus.stepfunctions.run.Execution;
import io.pileus.stepfunctions.run.ExecutionIdentity;
import io.pileus.stepfunctions.run.ExecutionStatus;
import io.pileus.stepfunctions.state.StateMachine;
import io.pileus.stepfunctions.state.StepFunctionsState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts executions, for the API and for tasks that start one. */
final class Executions implements NestedExecutions {
    private static final Logger log = LoggerFactory.getLogger(Executions.class);

    private final Scopes<StepFunctionsState> scopes;
    private final Ids ids;
    private final EncryptionKeys keys;
    private final Supplier<Engine> engine;
    private final Supplier<Instant> now;

    Executions(
            Scopes<StepFunctionsState> scopes,
            Ids ids,
            EncryptionKeys keys,
            Supplier<Engine> engine,
            Supplier<Instant> now) {
        this.keys = keys;
        this.scopes = scopes;
        this.ids = ids;
        this.engine = engine;
        this.now = now;
    }

    /** What an execution is to be started with. */
    record Request(
            String stateMachineArn,
            @Nullable String name,
            @Nullable String input,
            @Nullable String traceHeader,
            AccountId account,
            Region region,
            int hops) {}

    /** An execution that was started, or was there already with the same input. */
    record Started(Execution execution, boolean isNew) {}

    /** Makes an execution ready to run; {@link Engine#start} has not been called. */
    Started prepare(Request request, Optional<Boolean> mustBeExpress) {
        int hash = request.stateMachineArn().indexOf('#');
        String machineArn =
                hash < 0 ? request.stateMachineArn() : request.stateMachineArn().substring(0, hash);
        Optional<String> mockCase = hash < 0
                ? Optional.empty()
                : Optional.of(request.stateMachineArn().substring(hash + 1));
        Arns.Parsed arn = Arns.stateMachine(machineArn);
        StateMachineOperations.refuseLabel(arn);
        if (request.name() != null) {
            Names.check(request.name());
        }
        if (request.hops() > Deliveries.MAX_HOPS) {
            throw StepFunctionsErrors.validation("The execution was started through too many others");
        }
        JsonNode input = read(request.input());
        StepFunctionsState state = scopes.of(request.account(), request.region());
        StateMachineOperations.Resolved resolved =
                state.locked(() -> StateMachineOperations.resolve(state, arn, Optional.of(ids)));
        StateMachine machine = resolved.machine();
        state.locked(() -> {
            StateMachineOperations.refuseDeleting(machine);
            return machine;
        });
        keys.requireUsable(resolved.revision().encryption(), request.account(), request.region());
        if (mustBeExpress.isPresent() && mustBeExpress.get() != machine.express()) {
            throw StepFunctionsErrors.typeNotSupported();
        }
        String name = request.name() == null ? ids.uuid() : request.name();
        Instant at = now.get().truncatedTo(ChronoUnit.MILLIS);
        state.forgetBefore(at);
        String prefix = "arn:" + arn.arn().partition() + ":states:" + request.region() + ":" + request.account() + ":";
        String executionArn = machine.express()
                ? prefix + "express:" + machine.name() + ":" + name + ":" + ids.uuid()
                : prefix + "execution:" + machine.name() + ":" + name;
        ExecutionIdentity identity = new ExecutionIdentity(
                request.account(),
                request.region(),
                executionArn,
                name,
                machine.arn(),
                machine.name(),
                resolved.revision().roleArn(),
                machine.express(),
                resolved.revision().definition(),
                resolved.revision().definitionText(),
                resolved.revision().revisionId(),
                input,
                request.input() == null ? "{}" : request.input(),
                resolved.versionArn(),
                resolved.aliasArn(),
                Optional.ofNullable(request.traceHeader()),
                Optional.empty(),
                Optional.empty(),
                0,
                mockCase,
                request.hops());
        Execution execution = engine.get().create(identity, at);
        if (machine.express()) {
            state.track(execution);
            return new Started(execution, true);
        }
        Optional<Execution> other = state.register(execution);
        if (other.isPresent()) {
            boolean same = other.get().view().status() == ExecutionStatus.RUNNING
                    && other.get().identity().input().equals(input);
            if (!same) {
                throw StepFunctionsErrors.executionAlreadyExists(executionArn);
            }
            return new Started(other.get(), false);
        }
        log.info("states.StartExecution arn={}", executionArn);
        return new Started(execution, true);
    }

    private static JsonNode read(@Nullable String input) {
        if (input == null) {
            return Json.EMPTY_OBJECT;
        }
        try {
            return Json.read(input);
        } catch (JsonProcessingException e) {
            throw StepFunctionsErrors.invalidInput(e.getMessage());
        }
    }

    void run(Started started) {
        if (started.isNew()) {
            engine.get().start(started.execution());
        }
    }

    @Override
    public Optional<Execution> find(ExecutionIdentity parent, String arn) {
        return scopes.of(parent.account(), parent.region()).execution(arn);
    }

    @Override
    public Execution start(
            String stateMachineArn,
            Optional<String> name,
            Optional<String> input,
            ExecutionIdentity parent,
            boolean standardOnly) {
        Started started = prepare(
                new Request(
                        stateMachineArn,
                        name.orElse(null),
                        input.orElse(null),
                        null,
                        parent.account(),
                        parent.region(),
                        parent.hops() + 1),
                standardOnly ? Optional.of(false) : Optional.empty());
        run(started);
        return started.execution();
    }
}
