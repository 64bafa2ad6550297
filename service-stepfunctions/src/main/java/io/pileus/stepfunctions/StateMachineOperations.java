package io.pileus.stepfunctions;

import io.pileus.core.identity.Ids;
import io.pileus.core.port.OperationCaller;
import io.pileus.core.port.Ports;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.Scopes;
import io.pileus.stepfunctions.asl.parse.AslParser;
import io.pileus.stepfunctions.asl.parse.Diagnostic;
import io.pileus.stepfunctions.model.*;
import io.pileus.stepfunctions.run.Execution;
import io.pileus.stepfunctions.run.ExecutionIdentity;
import io.pileus.stepfunctions.state.Revision;
import io.pileus.stepfunctions.state.StateMachine;
import io.pileus.stepfunctions.state.StepFunctionsState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates, changes, describes, lists, validates and deletes state machines. */
final class StateMachineOperations {
    private static final Logger log = LoggerFactory.getLogger(StateMachineOperations.class);

    /** An account may have 100,000 state machines in a region. */
    private static final int MACHINES_MAX = 100_000;

    private static final TracingConfiguration TRACING_OFF =
            TracingConfiguration.builder().enabled(false).build();

    private final Scopes<StepFunctionsState> scopes;
    private final Ids ids;
    private final Ports ports;
    private final EncryptionKeys keys;

    StateMachineOperations(Scopes<StepFunctionsState> scopes, Ids ids, Ports ports, EncryptionKeys keys) {
        this.scopes = scopes;
        this.ids = ids;
        this.ports = ports;
        this.keys = keys;
    }

    static Instant at(CallContext call) {
        return call.receivedAt().truncatedTo(ChronoUnit.MILLIS);
    }

    static String arnOf(CallContext call, String type, String name) {
        return "arn:" + call.region().partition() + ":states:" + call.region() + ":" + call.account() + ":" + type + ":"
                + name;
    }

    CreateStateMachineOutput createStateMachine(CreateStateMachineInput input, CallContext call) {
        Names.check(input.name());
        boolean express = "EXPRESS".equals(input.type());
        boolean publish = Boolean.TRUE.equals(input.publish());
        if (input.versionDescription() != null && !publish) {
            throw StepFunctionsErrors.validation("Version description can only be set when publish is true");
        }
        checkRole(input.roleArn());
        Tags.check(input.tags());
        AslParser.Result parsed = parse(input.definition(), express, call);
        LoggingConfiguration logging = LoggingSettings.check(input.loggingConfiguration(), call);
        TracingConfiguration tracing = tracing(input.tracingConfiguration(), call);
        EncryptionConfiguration encryption = keys.check(input.encryptionConfiguration(), call);
        String arn = arnOf(call, "stateMachine", input.name());
        StepFunctionsState state = scopes.of(call);
        return state.locked(() -> {
            StateMachine existing = state.machines().get(arn);
            if (existing != null) {
                refuseDeleting(existing);
                Revision current = existing.current();
                boolean same = existing.express() == express
                        && current.definitionText().equals(input.definition())
                        && current.logging().equals(logging)
                        && current.tracing().equals(tracing)
                        && current.encryption().equals(encryption);
                if (!same) {
                    throw StepFunctionsErrors.stateMachineAlreadyExists(arn);
                }
            }
            if (existing == null && state.machines().size() >= MACHINES_MAX) {
                throw StateMachineLimitExceededException.of("State Machine Limit Exceeded: '" + arn + "'");
            }
            StateMachine machine = existing != null
                    ? existing
                    : new StateMachine(
                            arn,
                            input.name(),
                            express,
                            new Revision(
                                    Revision.INITIAL,
                                    input.definition(),
                                    parsed.definition().orElseThrow(),
                                    input.roleArn(),
                                    logging,
                                    tracing,
                                    encryption,
                                    at(call)));
            if (existing == null) {
                state.machines().put(arn, machine);
                input.tags().forEach(tag -> machine.tags().put(tag.key(), tag.value() == null ? "" : tag.value()));
                log.info("states.CreateStateMachine arn={} type={}", arn, express ? "EXPRESS" : "STANDARD");
            }
            CreateStateMachineOutput.Builder output =
                    CreateStateMachineOutput.builder().stateMachineArn(arn).creationDate(machine.createdAt());
            if (publish) {
                StateMachine.Version version = machine.publish(input.versionDescription(), at(call));
                output.stateMachineVersionArn(machine.versionArn(version.number()));
            }
            return output.build();
        });
    }

    private static void checkRole(@Nullable String roleArn) {
        if (roleArn != null && !roleArn.matches("arn:[^:]+:iam::\\d{12}:role/.+")) {
            throw StepFunctionsErrors.invalidArn(
                    roleArn.startsWith("arn:") ? "Invalid Role Arn: " + roleArn : "Invalid ARN prefix: " + roleArn);
        }
    }

    private AslParser.Result parse(String definition, boolean express, CallContext call) {
        AslParser.Result result = AslParser.parse(definition, express);
        if (!result.errors().isEmpty()) {
            throw StepFunctionsErrors.invalidDefinition(Diagnostic.sentence(result.errors()));
        }
        ports.find(OperationCaller.class)
                .ifPresent(caller -> UnknownServices.find(result.definition().orElseThrow(), caller)
                        .forEach(call::notEmulated));
        return result;
    }

    private static TracingConfiguration tracing(@Nullable TracingConfiguration given, CallContext call) {
        if (given == null || !Boolean.TRUE.equals(given.enabled())) {
            return TRACING_OFF;
        }
        call.notEmulated("Step Functions tracing with X-Ray");
        return TracingConfiguration.builder().enabled(true).build();
    }

    UpdateStateMachineOutput updateStateMachine(UpdateStateMachineInput input, CallContext call) {
        Arns.Parsed arn = Arns.stateMachine(input.stateMachineArn());
        refuseQualifier(arn);
        boolean publish = Boolean.TRUE.equals(input.publish());
        if (input.definition() == null
                && input.roleArn() == null
                && input.loggingConfiguration() == null
                && input.tracingConfiguration() == null
                && input.encryptionConfiguration() == null
                && !publish) {
            throw MissingRequiredParameterException.of(
                    "Either the definition, the role ARN, the LoggingConfiguration, the EncryptionConfiguration, or the"
                            + " TracingConfiguration must be specified");
        }
        if (input.versionDescription() != null && !publish) {
            throw StepFunctionsErrors.validation("Version description can only be set when publish is true");
        }
        checkRole(input.roleArn());
        StepFunctionsState state = scopes.of(call);
        boolean express = state.locked(() -> find(state, arn).express());
        Optional<AslParser.Result> parsed =
                Optional.ofNullable(input.definition()).map(text -> parse(text, express, call));
        Optional<LoggingConfiguration> logging =
                Optional.ofNullable(input.loggingConfiguration()).map(l -> LoggingSettings.check(l, call));
        Optional<TracingConfiguration> tracing =
                Optional.ofNullable(input.tracingConfiguration()).map(t -> tracing(t, call));
        Optional<EncryptionConfiguration> encryption =
                Optional.ofNullable(input.encryptionConfiguration()).map(e -> keys.check(e, call));
        Set<String> executed = state.executions().stream()
                .map(Execution::identity)
                .filter(identity -> identity.stateMachineArn().equals(arn.base()))
                .map(ExecutionIdentity::revisionId)
                .collect(Collectors.toSet());
        return state.locked(() -> {
            StateMachine machine = find(state, arn);
            refuseDeleting(machine);
            Revision old = machine.current();
            Revision revision = new Revision(
                    ids.uuid(),
                    parsed.isPresent() ? input.definition() : old.definitionText(),
                    parsed.map(p -> p.definition().orElseThrow()).orElse(old.definition()),
                    input.roleArn() == null ? old.roleArn() : input.roleArn(),
                    logging.orElse(old.logging()),
                    tracing.orElse(old.tracing()),
                    encryption.orElse(old.encryption()),
                    at(call));
            if (!revision.same(old)) {
                machine.update(revision, executed);
            }
            UpdateStateMachineOutput.Builder output = UpdateStateMachineOutput.builder()
                    .updateDate(at(call))
                    .revisionId(Revision.shown(machine.current().revisionId()).orElse(null));
            if (publish) {
                StateMachine.Version version = machine.publish(input.versionDescription(), at(call));
                output.stateMachineVersionArn(machine.versionArn(version.number()));
            }
            return output.build();
        });
    }

    /** The machine of an ARN; only while the state is locked. */
    static StateMachine find(StepFunctionsState state, Arns.Parsed arn) {
        StateMachine machine = state.machines().get(arn.base());
        if (machine == null) {
            throw StepFunctionsErrors.stateMachineDoesNotExist(arn.arn().toString());
        }
        return machine;
    }

    static void refuseDeleting(StateMachine machine) {
        if (machine.deleting()) {
            throw StepFunctionsErrors.stateMachineDeleting(machine.arn());
        }
    }

    static void refuseQualifier(Arns.Parsed arn) {
        if (arn.rest().isPresent()) {
            throw StepFunctionsErrors.validation("This API does not support versions or aliases: " + arn.arn());
        }
        refuseLabel(arn);
    }

    static void refuseLabel(Arns.Parsed arn) {
        if (arn.name().contains("/")) {
            throw StepFunctionsErrors.validation(
                    "This API does not support labeled ARNs: " + arn.arn(), "API_DOES_NOT_SUPPORT_LABELED_ARNS");
        }
    }

    DeleteStateMachineOutput deleteStateMachine(DeleteStateMachineInput input, CallContext call) {
        Arns.Parsed arn = Arns.stateMachine(input.stateMachineArn());
        refuseQualifier(arn);
        StepFunctionsState state = scopes.of(call);
        boolean begun = state.locked(() -> {
            StateMachine machine = state.machines().get(arn.base());
            return machine != null && machine.delete();
        });
        if (begun) {
            log.info("states.DeleteStateMachine arn={}", arn.base());
            deleteWithLastExecution(state, arn.base());
        }
        return DeleteStateMachineOutput.builder().build();
    }

    /** Goes on deleting what was being deleted when the state was saved. */
    static void resumeDeletions(StepFunctionsState state) {
        List<String> deleting = state.locked(() -> state.machines().values().stream()
                .filter(StateMachine::deleting)
                .map(StateMachine::arn)
                .toList());
        deleting.forEach(arn -> deleteWithLastExecution(state, arn));
    }

    /** The machine's executions end at their next transition, and the machine with the last of them. */
    private static void deleteWithLastExecution(StepFunctionsState state, String arn) {
        List<Execution> running = state.executions().stream()
                .filter(e -> e.identity().stateMachineArn().equals(arn))
                .filter(e -> !e.view().status().ended())
                .toList();
        AtomicInteger left = new AtomicInteger(running.size() + 1);
        Runnable one = () -> {
            if (left.decrementAndGet() == 0) {
                state.removeMachine(arn);
            }
        };
        for (Execution execution : running) {
            execution.onEnd(ended -> one.run());
            execution.endAtNextTransition();
        }
        one.run();
    }

    DescribeStateMachineOutput describeStateMachine(DescribeStateMachineInput input, CallContext call) {
        Arns.Parsed arn = Arns.stateMachine(input.stateMachineArn());
        StepFunctionsState state = scopes.of(call);
        boolean metadataOnly = "METADATA_ONLY".equals(input.includedData());
        Resolved described = state.locked(() -> resolve(state, arn, Optional.empty()));
        if (!metadataOnly) {
            keys.requireUsable(described.revision().encryption(), call.account(), call.region());
        }
        return state.locked(() -> {
            Resolved resolved = resolve(state, arn, Optional.empty());
            StateMachine machine = resolved.machine();
            Revision revision = resolved.revision();
            DescribeStateMachineOutput.Builder output = DescribeStateMachineOutput.builder()
                    .stateMachineArn(input.stateMachineArn())
                    .name(machine.name())
                    .status(machine.deleting() ? "DELETING" : "ACTIVE")
                    .definition(metadataOnly ? "{}" : revision.definitionText())
                    .roleArn(revision.roleArn())
                    .type(machine.express() ? "EXPRESS" : "STANDARD")
                    .creationDate(resolved.version()
                            .map(StateMachine.Version::createdAt)
                            .orElse(machine.createdAt()))
                    .loggingConfiguration(revision.logging())
                    .tracingConfiguration(revision.tracing())
                    .revisionId(Revision.shown(revision.revisionId()).orElse(null))
                    .description(resolved.version()
                            .map(StateMachine.Version::description)
                            .orElse(null))
                    .encryptionConfiguration(revision.encryption());
            if (!metadataOnly && !revision.definition().variableReferences().isEmpty()) {
                output.variableReferences(revision.definition().variableReferences());
            }
            return output.build();
        });
    }

    /** What an ARN with or without a version or alias stands for. */
    record Resolved(
            StateMachine machine,
            Revision revision,
            Optional<StateMachine.Version> version,
            Optional<String> versionArn,
            Optional<String> aliasArn) {}

    /** Only while the state is locked. @param ids draws one of an alias's versions by weight */
    static Resolved resolve(StepFunctionsState state, Arns.Parsed arn, Optional<Ids> ids) {
        StateMachine machine = find(state, arn);
        if (arn.rest().isEmpty()) {
            return new Resolved(machine, machine.current(), Optional.empty(), Optional.empty(), Optional.empty());
        }
        String qualifier = arn.rest().get();
        Optional<StateMachine.Version> version = machine.version(qualifier);
        if (version.isPresent()) {
            return new Resolved(
                    machine,
                    version.get().revision(),
                    version,
                    Optional.of(machine.versionArn(version.get().number())),
                    Optional.empty());
        }
        StateMachine.Alias alias = machine.aliases().get(qualifier);
        if (alias == null) {
            throw StepFunctionsErrors.stateMachineDoesNotExist(arn.arn().toString());
        }
        String versionArn = draw(alias.routes(), ids);
        StateMachine.Version routed = machine.version(versionArn.substring(versionArn.lastIndexOf(':') + 1))
                .orElseThrow(() ->
                        StepFunctionsErrors.stateMachineDoesNotExist(arn.arn().toString()));
        return new Resolved(
                machine,
                routed.revision(),
                Optional.of(routed),
                Optional.of(versionArn),
                Optional.of(machine.aliasArn(alias.name())));
    }

    private static String draw(List<RoutingConfigurationListItem> routes, Optional<Ids> ids) {
        int drawn = ids.map(i -> i.below(100)).orElse(0);
        for (RoutingConfigurationListItem route : routes) {
            drawn -= route.weight();
            if (drawn < 0) {
                return route.stateMachineVersionArn();
            }
        }
        return routes.get(routes.size() - 1).stateMachineVersionArn();
    }

    DescribeStateMachineForExecutionOutput describeStateMachineForExecution(
            DescribeStateMachineForExecutionInput input, CallContext call) {
        Execution execution = ExecutionOperations.find(scopes.of(call), input.executionArn());
        var identity = execution.identity();
        StepFunctionsState state = scopes.of(call);
        Optional<Revision> revision =
                state.locked(() -> Optional.ofNullable(state.machines().get(baseArn(identity.stateMachineArn())))
                        .flatMap(machine -> machine.revision(identity.revisionId())));
        DescribeStateMachineForExecutionOutput.Builder output = DescribeStateMachineForExecutionOutput.builder()
                .stateMachineArn(identity.stateMachineArn())
                .name(identity.stateMachineName())
                .definition("METADATA_ONLY".equals(input.includedData()) ? "{}" : identity.definitionText())
                .roleArn(identity.roleArn())
                .updateDate(revision.map(Revision::updatedAt).orElse(execution.startDate()))
                .loggingConfiguration(revision.map(Revision::logging).orElse(LoggingSettings.OFF))
                .tracingConfiguration(revision.map(Revision::tracing).orElse(TRACING_OFF))
                .encryptionConfiguration(revision.map(Revision::encryption).orElse(EncryptionKeys.AWS_OWNED))
                .mapRunArn(identity.mapRunArn().orElse(null))
                .label(identity.label().orElse(null))
                .revisionId(Revision.shown(identity.revisionId()).orElse(null));
        if (!identity.definition().variableReferences().isEmpty()) {
            output.variableReferences(identity.definition().variableReferences());
        }
        return output.build();
    }

    private static String baseArn(String stateMachineArn) {
        int slash = stateMachineArn.indexOf('/');
        return slash < 0 ? stateMachineArn : stateMachineArn.substring(0, slash);
    }

    ListStateMachinesOutput listStateMachines(ListStateMachinesInput input, CallContext call) {
        StepFunctionsState state = scopes.of(call);
        List<StateMachine> machines =
                state.locked(() -> new ArrayList<>(state.machines().values()));
        Pages.Page<StateMachine> page = Pages.of(machines, StateMachine::arn, input.nextToken(), input.maxResults());
        return ListStateMachinesOutput.builder()
                .stateMachines(page.entries().stream()
                        .map(m -> StateMachineListItem.builder()
                                .stateMachineArn(m.arn())
                                .name(m.name())
                                .type(m.express() ? "EXPRESS" : "STANDARD")
                                .creationDate(m.createdAt())
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    ValidateStateMachineDefinitionOutput validateStateMachineDefinition(
            ValidateStateMachineDefinitionInput input, CallContext call) {
        AslParser.Result result = AslParser.parse(input.definition(), "EXPRESS".equals(input.type()));
        boolean warnings = "WARNING".equals(input.severity());
        List<Diagnostic> shown = result.diagnostics().stream()
                .filter(d -> warnings || d.severity() == Diagnostic.Severity.ERROR)
                .toList();
        int most = input.maxResults() == null || input.maxResults() == 0 ? 100 : input.maxResults();
        return ValidateStateMachineDefinitionOutput.builder()
                .result(result.errors().isEmpty() ? "OK" : "FAIL")
                .diagnostics(shown.stream()
                        .limit(most)
                        .map(d -> ValidateStateMachineDefinitionDiagnostic.builder()
                                .severity(d.severity().name())
                                .code_(d.code())
                                .message(d.message())
                                .location(d.location().orElse(null))
                                .build())
                        .toList())
                .truncated(shown.size() > most)
                .build();
    }
}
