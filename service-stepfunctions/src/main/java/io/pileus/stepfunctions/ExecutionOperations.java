package io.pileus.stepfunctions;

import io.pileus.core.service.CallContext;
import io.pileus.core.service.Scopes;
import io.pileus.stepfunctions.model.*;
import io.pileus.stepfunctions.run.Execution;
import io.pileus.stepfunctions.run.ExecutionStatus;
import io.pileus.stepfunctions.run.HistoryEvent;
import io.pileus.stepfunctions.state.StateMachine;
import io.pileus.stepfunctions.state.StepFunctionsState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Executions: start, stop, look, list, redrive. */
final class ExecutionOperations {
    /** An execution can be redriven within 14 days of its end. */
    private static final Duration REDRIVABLE = Duration.ofDays(14);

    private final Scopes<StepFunctionsState> scopes;
    private final Executions executions;
    private final EncryptionKeys keys;
    private final Executor workers;

    ExecutionOperations(
            Scopes<StepFunctionsState> scopes, Executions executions, EncryptionKeys keys, Executor workers) {
        this.keys = keys;
        this.scopes = scopes;
        this.executions = executions;
        this.workers = workers;
    }

    private static Executions.Request request(
            String machine,
            @org.jspecify.annotations.Nullable String name,
            @org.jspecify.annotations.Nullable String input,
            @org.jspecify.annotations.Nullable String trace,
            CallContext call) {
        return new Executions.Request(machine, name, input, trace, call.account(), call.region(), call.hops());
    }

    StartExecutionOutput startExecution(StartExecutionInput input, CallContext call) {
        Executions.Started started = executions.prepare(
                request(input.stateMachineArn(), input.name(), input.input(), input.traceHeader(), call),
                Optional.empty());
        executions.run(started);
        return StartExecutionOutput.builder()
                .executionArn(started.execution().identity().arn())
                .startDate(started.execution().startDate())
                .build();
    }

    CompletionStage<StartSyncExecutionOutput> startSyncExecution(StartSyncExecutionInput input, CallContext call) {
        Executions.Started started = executions.prepare(
                request(input.stateMachineArn(), input.name(), input.input(), input.traceHeader(), call),
                Optional.of(true));
        CompletableFuture<StartSyncExecutionOutput> answer = new CompletableFuture<>();
        boolean withData = !"METADATA_ONLY".equals(input.includedData());
        started.execution().onEnd(execution -> answer.complete(syncOutput(execution, withData)));
        workers.execute(() -> executions.run(started));
        return answer;
    }

    private static StartSyncExecutionOutput syncOutput(Execution execution, boolean withData) {
        Execution.View view = execution.view();
        Instant stop = view.stopDate().orElse(execution.startDate());
        // AWS bills in steps of 100 ms and of 64 MB.
        long millis = Duration.between(execution.startDate(), stop).toMillis();
        ExecutionStatus status = view.status() == ExecutionStatus.ABORTED ? ExecutionStatus.FAILED : view.status();
        StartSyncExecutionOutput.Builder output = StartSyncExecutionOutput.builder()
                .executionArn(execution.identity().arn())
                .stateMachineArn(execution.identity().stateMachineArn())
                .name(execution.identity().name())
                .startDate(execution.startDate())
                .stopDate(stop)
                .status(status.name())
                .traceHeader(execution.identity().traceHeader().orElse(null))
                .billingDetails(BillingDetails.builder()
                        .billedDurationInMilliseconds(Math.max(100, (millis + 99) / 100 * 100))
                        .billedMemoryUsedInMB(64L)
                        .build());
        if (status == ExecutionStatus.TIMED_OUT) {
            output.error("States.Timeout");
        }
        if (withData) {
            output.input(execution.identity().inputText())
                    .inputDetails(included())
                    .output(view.output().map(Object::toString).orElse(null))
                    .outputDetails(view.output().isPresent() ? included() : null)
                    .cause(view.cause().orElse(null));
            view.error().ifPresent(output::error);
        }
        return output.build();
    }

    private static CloudWatchEventsExecutionDataDetails included() {
        return CloudWatchEventsExecutionDataDetails.builder().included(true).build();
    }

    /** The execution of an ARN. */
    static Execution find(StepFunctionsState state, String arn) {
        Arns.execution(arn);
        return state.execution(arn).orElseThrow(() -> StepFunctionsErrors.executionDoesNotExist(arn));
    }

    private void requireKey(Execution execution, CallContext call) {
        StepFunctionsState state = scopes.of(call);
        Optional<StateMachine> machine = state.locked(() ->
                Optional.ofNullable(state.machines().get(execution.identity().stateMachineArn())));
        machine.ifPresent(
                m -> keys.requireUsable(state.locked(() -> m.current().encryption()), call.account(), call.region()));
    }

    StopExecutionOutput stopExecution(StopExecutionInput input, CallContext call) {
        Execution execution = find(scopes.of(call), input.executionArn());
        Instant stopped = execution.stop(Optional.ofNullable(input.error()), Optional.ofNullable(input.cause()));
        return StopExecutionOutput.builder().stopDate(stopped).build();
    }

    DescribeExecutionOutput describeExecution(DescribeExecutionInput input, CallContext call) {
        Execution execution = find(scopes.of(call), input.executionArn());
        Execution.View view = execution.view();
        var identity = execution.identity();
        boolean withData = !"METADATA_ONLY".equals(input.includedData());
        if (withData) {
            requireKey(execution, call);
        }
        Optional<String> refusal = redriveRefusal(execution, view, call.receivedAt());
        String redriveStatus = refusal.isPresent()
                ? "NOT_REDRIVABLE"
                : identity.mapRunArn().isPresent() ? "REDRIVABLE_BY_MAP_RUN" : "REDRIVABLE";
        DescribeExecutionOutput.Builder output = DescribeExecutionOutput.builder()
                .executionArn(identity.arn())
                .stateMachineArn(identity.stateMachineArn())
                .name(identity.name())
                .status(view.status().name())
                .startDate(view.startDate())
                .stopDate(view.stopDate().orElse(null))
                .traceHeader(identity.traceHeader().orElse(null))
                .mapRunArn(identity.mapRunArn().orElse(null))
                .stateMachineVersionArn(identity.versionArn().orElse(null))
                .stateMachineAliasArn(identity.aliasArn().orElse(null))
                .redriveCount(view.redriveCount())
                .redriveDate(view.redriveDate().orElse(null))
                .redriveStatus(redriveStatus)
                .redriveStatusReason(refusal.orElse(null));
        if (withData) {
            output.input(identity.inputText())
                    .inputDetails(included())
                    .output(view.output().map(Object::toString).orElse(null))
                    .outputDetails(view.output().isPresent() ? included() : null)
                    .error(view.error().orElse(null))
                    .cause(view.cause().orElse(null));
        }
        return output.build();
    }

    private static Optional<String> redriveRefusal(Execution execution, Execution.View view, Instant now) {
        if (!view.status().ended() || view.status() == ExecutionStatus.SUCCEEDED) {
            return Optional.of("Execution is " + view.status() + " and cannot be redriven");
        }
        if (view.stopDate().filter(d -> d.plus(REDRIVABLE).isBefore(now)).isPresent()) {
            return Optional.of("Execution redrivable period has passed and it cannot be redriven");
        }
        if (view.eventCount() >= Execution.HISTORY_EVENTS_MAX - 1) {
            return Optional.of("Execution history event limit exceeded and it cannot be redriven");
        }
        return Optional.empty();
    }

    RedriveExecutionOutput redriveExecution(RedriveExecutionInput input, CallContext call) {
        Execution execution = find(scopes.of(call), input.executionArn());
        Execution.View view = execution.view();
        if (input.clientToken() != null
                && input.clientToken().equals(view.redriveToken().orElse(null))
                && view.redriveDate().isPresent()) {
            return RedriveExecutionOutput.builder()
                    .redriveDate(view.redriveDate().get())
                    .build();
        }
        Optional<String> refusal = redriveRefusal(execution, view, call.receivedAt());
        if (execution.identity().mapRunArn().isPresent()) {
            refusal = Optional.of("Child executions of a Map Run are redriven with their parent execution");
        }
        if (refusal.isPresent() || !execution.redrive(Optional.ofNullable(input.clientToken()))) {
            throw ExecutionNotRedrivableException.of(
                    refusal.orElse("Execution is " + view.status() + " and cannot be redriven"));
        }
        return RedriveExecutionOutput.builder()
                .redriveDate(execution.view().redriveDate().orElseThrow())
                .build();
    }

    ListExecutionsOutput listExecutions(ListExecutionsInput input, CallContext call) {
        if ((input.stateMachineArn() == null) == (input.mapRunArn() == null)) {
            throw StepFunctionsErrors.validation("Must provide a StateMachine ARN or MapRun ARN");
        }
        StepFunctionsState state = scopes.of(call);
        Optional<Arns.Parsed> machineArn =
                Optional.ofNullable(input.stateMachineArn()).map(Arns::stateMachine);
        if (machineArn.isPresent()) {
            StateMachineOperations.refuseLabel(machineArn.get());
            boolean express = state.locked(() -> {
                StateMachine machine = StateMachineOperations.find(state, machineArn.get());
                return machine.express();
            });
            if (express) {
                throw StepFunctionsErrors.typeNotSupported();
            }
        } else {
            Arns.mapRun(input.mapRunArn());
            if (state.mapRun(input.mapRunArn()).isEmpty()) {
                throw StepFunctionsErrors.resourceNotFound(input.mapRunArn());
            }
        }
        Optional<Long> before = Optional.ofNullable(input.nextToken()).map(token -> {
            try {
                return Long.parseLong(Pages.decode(token));
            } catch (NumberFormatException e) {
                throw StepFunctionsErrors.invalidToken();
            }
        });
        Collection<Map.Entry<Long, Execution>> newestFirst = state.newestFirst(before);
        List<ExecutionListItem> items = new ArrayList<>();
        String nextToken = null;
        Long last = null;
        int size = Pages.size(input.maxResults());
        for (Map.Entry<Long, Execution> entry : newestFirst) {
            if (!matches(entry.getValue(), input, machineArn)) {
                continue;
            }
            if (items.size() == size) {
                nextToken = Pages.encode(String.valueOf(last));
                break;
            }
            items.add(item(entry.getValue()));
            last = entry.getKey();
        }
        return ListExecutionsOutput.builder()
                .executions(items)
                .nextToken(nextToken)
                .build();
    }

    private static boolean matches(Execution execution, ListExecutionsInput input, Optional<Arns.Parsed> machineArn) {
        var identity = execution.identity();
        if (machineArn.isPresent()) {
            boolean ofMachine =
                    identity.stateMachineArn().equals(machineArn.get().base())
                            && identity.mapRunArn().isEmpty();
            boolean ofQualifier = machineArn.get().rest().isEmpty()
                    || identity.versionArn()
                            .filter(input.stateMachineArn()::equals)
                            .isPresent()
                    || identity.aliasArn()
                            .filter(input.stateMachineArn()::equals)
                            .isPresent();
            if (!ofMachine || !ofQualifier) {
                return false;
            }
        } else if (!identity.mapRunArn().filter(input.mapRunArn()::equals).isPresent()) {
            return false;
        }
        Execution.View view = execution.view();
        if (input.statusFilter() != null
                && !input.statusFilter().equals(view.status().name())) {
            return false;
        }
        return input.redriveFilter() == null
                || (view.redriveCount() > 0) == input.redriveFilter().equals("REDRIVEN");
    }

    private static ExecutionListItem item(Execution execution) {
        var identity = execution.identity();
        Execution.View view = execution.view();
        return ExecutionListItem.builder()
                .executionArn(identity.arn())
                .stateMachineArn(identity.stateMachineArn())
                .name(identity.name())
                .status(view.status().name())
                .startDate(view.startDate())
                .stopDate(view.stopDate().orElse(null))
                .mapRunArn(identity.mapRunArn().orElse(null))
                .itemCount(identity.mapRunArn().isPresent() ? identity.itemCount() : null)
                .stateMachineVersionArn(identity.versionArn().orElse(null))
                .stateMachineAliasArn(identity.aliasArn().orElse(null))
                .redriveCount(view.redriveCount())
                .redriveDate(view.redriveDate().orElse(null))
                .build();
    }

    GetExecutionHistoryOutput getExecutionHistory(GetExecutionHistoryInput input, CallContext call) {
        Execution execution = find(scopes.of(call), input.executionArn());
        requireKey(execution, call);
        List<HistoryEvent> events = new ArrayList<>(execution.history());
        if (Boolean.TRUE.equals(input.reverseOrder())) {
            java.util.Collections.reverse(events);
        }
        Pages.Page<HistoryEvent> page =
                Pages.of(events, e -> String.valueOf(e.id()), input.nextToken(), input.maxResults());
        HistoryView view = new HistoryView(!Boolean.FALSE.equals(input.includeExecutionData()));
        return GetExecutionHistoryOutput.builder()
                .events(page.entries().stream().map(view::of).toList())
                .nextToken(page.nextToken())
                .build();
    }
}
