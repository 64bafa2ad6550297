package io.pileus.stepfunctions;

import io.pileus.core.service.CallContext;
import io.pileus.core.service.Scopes;
import io.pileus.stepfunctions.model.*;
import io.pileus.stepfunctions.state.StateMachine;
import io.pileus.stepfunctions.state.StepFunctionsState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Versions of state machines, and aliases that route to them. */
final class VersionOperations {
    /** A state machine has at most 1,000 versions and 100 aliases. */
    private static final int VERSIONS_MAX = 1_000;

    private static final int ALIASES_MAX = 100;

    private final Scopes<StepFunctionsState> scopes;

    VersionOperations(Scopes<StepFunctionsState> scopes) {
        this.scopes = scopes;
    }

    PublishStateMachineVersionOutput publishStateMachineVersion(
            PublishStateMachineVersionInput input, CallContext call) {
        Arns.Parsed arn = Arns.stateMachine(input.stateMachineArn());
        StateMachineOperations.refuseQualifier(arn);
        StepFunctionsState state = scopes.of(call);
        return state.locked(() -> {
            StateMachine machine = StateMachineOperations.find(state, arn);
            StateMachineOperations.refuseDeleting(machine);
            String current = machine.current().revisionId();
            if (input.revisionId() != null && !input.revisionId().equals(current)) {
                throw StepFunctionsErrors.conflict("Failed to publish the State Machine version for revision "
                        + input.revisionId() + ". The current State Machine revision is " + current + ".");
            }
            if (machine.versions().size() >= VERSIONS_MAX) {
                throw ServiceQuotaExceededException.of(
                        "A state machine can have at most " + VERSIONS_MAX + " versions: " + arn.base());
            }
            StateMachine.Version version = machine.publish(input.description(), StateMachineOperations.at(call));
            return PublishStateMachineVersionOutput.builder()
                    .creationDate(version.createdAt())
                    .stateMachineVersionArn(machine.versionArn(version.number()))
                    .build();
        });
    }

    ListStateMachineVersionsOutput listStateMachineVersions(ListStateMachineVersionsInput input, CallContext call) {
        Arns.Parsed arn = Arns.stateMachine(input.stateMachineArn());
        StateMachineOperations.refuseQualifier(arn);
        StepFunctionsState state = scopes.of(call);
        List<StateMachineVersionListItem> versions = state.locked(() -> {
            StateMachine machine = StateMachineOperations.find(state, arn);
            return new ArrayList<>(machine.versions().values().stream()
                    .map(v -> StateMachineVersionListItem.builder()
                            .stateMachineVersionArn(machine.versionArn(v.number()))
                            .creationDate(v.createdAt())
                            .build())
                    .toList());
        });
        Collections.reverse(versions);
        Pages.Page<StateMachineVersionListItem> page = Pages.of(
                versions, v -> String.valueOf(v.stateMachineVersionArn()), input.nextToken(), input.maxResults());
        return ListStateMachineVersionsOutput.builder()
                .stateMachineVersions(page.entries())
                .nextToken(page.nextToken())
                .build();
    }

    DeleteStateMachineVersionOutput deleteStateMachineVersion(DeleteStateMachineVersionInput input, CallContext call) {
        Arns.Parsed arn = Arns.stateMachine(input.stateMachineVersionArn());
        if (arn.rest().isEmpty() || !arn.rest().get().matches("\\d+")) {
            throw StepFunctionsErrors.validation("A version ARN is required: " + input.stateMachineVersionArn());
        }
        StepFunctionsState state = scopes.of(call);
        return state.locked(() -> {
            StateMachine machine = state.machines().get(arn.base());
            Optional<StateMachine.Version> version = machine == null
                    ? Optional.empty()
                    : machine.version(arn.rest().get());
            if (machine != null && version.isPresent()) {
                List<String> aliases = machine.aliases().values().stream()
                        .filter(a -> a.routes().stream()
                                .anyMatch(r -> input.stateMachineVersionArn().equals(r.stateMachineVersionArn())))
                        .map(StateMachine.Alias::name)
                        .toList();
                if (!aliases.isEmpty()) {
                    throw StepFunctionsErrors.conflict(
                            "Version to be deleted must not be referenced by an alias. Current list of aliases"
                                    + " referencing this version: " + aliases);
                }
                machine.versions().remove(version.get().number());
            }
            return DeleteStateMachineVersionOutput.builder().build();
        });
    }

    CreateStateMachineAliasOutput createStateMachineAlias(CreateStateMachineAliasInput input, CallContext call) {
        List<RoutingConfigurationListItem> routes = input.routingConfiguration();
        Arns.Parsed arn = checkRoutes(routes);
        StepFunctionsState state = scopes.of(call);
        return state.locked(() -> {
            StateMachine machine = target(state, arn, routes);
            StateMachineOperations.refuseDeleting(machine);
            StateMachine.Alias existing = machine.aliases().get(input.name());
            if (existing != null) {
                if (!existing.routes().equals(routes) || !Objects.equals(existing.description(), input.description())) {
                    throw StepFunctionsErrors.conflict(
                            "Failed to create alias because an alias with the same name and a different routing"
                                    + " configuration already exists.");
                }
            } else if (machine.aliases().size() >= ALIASES_MAX) {
                throw ServiceQuotaExceededException.of(
                        "A state machine can have at most " + ALIASES_MAX + " aliases: " + machine.arn());
            }
            StateMachine.Alias alias = existing != null
                    ? existing
                    : new StateMachine.Alias(
                            input.name(),
                            input.description(),
                            List.copyOf(routes),
                            StateMachineOperations.at(call),
                            StateMachineOperations.at(call));
            machine.aliases().put(alias.name(), alias);
            return CreateStateMachineAliasOutput.builder()
                    .stateMachineAliasArn(machine.aliasArn(alias.name()))
                    .creationDate(alias.createdAt())
                    .build();
        });
    }

    /** The rules of a routing configuration; answers the first version's ARN. */
    private static Arns.Parsed checkRoutes(List<RoutingConfigurationListItem> routes) {
        String shown = routes.stream()
                .map(r -> String.valueOf(r.stateMachineVersionArn()))
                .collect(Collectors.joining(", ", "[", "]"));
        Set<String> machines = new HashSet<>();
        Set<String> versions = new HashSet<>();
        int sum = 0;
        Arns.Parsed first = null;
        for (RoutingConfigurationListItem route : routes) {
            Arns.Parsed arn = Arns.stateMachine(String.valueOf(route.stateMachineVersionArn()));
            if (arn.rest().isEmpty() || !arn.rest().get().matches("\\d+")) {
                throw invalidRoutes(
                        "Routing configuration must contain state machine version ARNs. Received: " + shown);
            }
            first = first == null ? arn : first;
            machines.add(arn.base());
            versions.add(route.stateMachineVersionArn());
            sum += route.weight();
        }
        if (machines.size() > 1) {
            throw invalidRoutes(
                    "Routing configuration must contain versions of the same state machine. Received: " + shown);
        }
        if (versions.size() < routes.size()) {
            throw invalidRoutes(
                    "Routing configuration must contain distinct state machine version ARNs. Received: " + shown);
        }
        if (sum != 100) {
            throw invalidRoutes("Sum of routing configuration weights must equal 100. Received: "
                    + routes.stream().map(r -> String.valueOf(r.weight())).collect(Collectors.joining(", ", "[", "]")));
        }
        return java.util.Objects.requireNonNull(first);
    }

    private static RuntimeException invalidRoutes(String message) {
        return StepFunctionsErrors.validation(message, "INVALID_ROUTING_CONFIGURATION");
    }

    private static StateMachine target(
            StepFunctionsState state, Arns.Parsed arn, List<RoutingConfigurationListItem> routes) {
        StateMachine machine = state.machines().get(arn.base());
        if (machine == null) {
            throw StepFunctionsErrors.missingResource();
        }
        for (RoutingConfigurationListItem route : routes) {
            String version = route.stateMachineVersionArn();
            if (machine.version(version.substring(version.lastIndexOf(':') + 1)).isEmpty()) {
                throw StepFunctionsErrors.missingResource();
            }
        }
        return machine;
    }

    private record Found(StateMachine machine, StateMachine.Alias alias) {}

    private static Found alias(StepFunctionsState state, String aliasArn) {
        Arns.Parsed arn = Arns.stateMachine(aliasArn);
        if (arn.rest().isEmpty() || arn.rest().get().matches("\\d+")) {
            throw StepFunctionsErrors.validation("An alias ARN is required: " + aliasArn);
        }
        StateMachine machine = state.machines().get(arn.base());
        StateMachine.Alias alias =
                machine == null ? null : machine.aliases().get(arn.rest().get());
        if (machine == null || alias == null) {
            throw StepFunctionsErrors.missingResource();
        }
        return new Found(machine, alias);
    }

    DescribeStateMachineAliasOutput describeStateMachineAlias(DescribeStateMachineAliasInput input, CallContext call) {
        StepFunctionsState state = scopes.of(call);
        return state.locked(() -> {
            Found found = alias(state, input.stateMachineAliasArn());
            return DescribeStateMachineAliasOutput.builder()
                    .stateMachineAliasArn(input.stateMachineAliasArn())
                    .name(found.alias().name())
                    .description(found.alias().description())
                    .routingConfiguration(found.alias().routes())
                    .creationDate(found.alias().createdAt())
                    .updateDate(found.alias().updatedAt())
                    .build();
        });
    }

    UpdateStateMachineAliasOutput updateStateMachineAlias(UpdateStateMachineAliasInput input, CallContext call) {
        if (input.description() == null && !input.hasRoutingConfiguration()) {
            throw StepFunctionsErrors.validation(
                    "Either the description or the RoutingConfiguration must be specified",
                    "MISSING_REQUIRED_PARAMETER");
        }
        Optional<Arns.Parsed> routed = input.hasRoutingConfiguration()
                ? Optional.of(checkRoutes(input.routingConfiguration()))
                : Optional.empty();
        StepFunctionsState state = scopes.of(call);
        return state.locked(() -> {
            Found found = alias(state, input.stateMachineAliasArn());
            StateMachineOperations.refuseDeleting(found.machine());
            if (routed.isPresent()) {
                StateMachine target = target(state, routed.get(), input.routingConfiguration());
                if (target != found.machine()) {
                    throw invalidRoutes("Routing configuration must contain versions of the alias's state machine.");
                }
            }
            StateMachine.Alias alias = new StateMachine.Alias(
                    found.alias().name(),
                    input.description() == null ? found.alias().description() : input.description(),
                    routed.isPresent()
                            ? List.copyOf(input.routingConfiguration())
                            : found.alias().routes(),
                    found.alias().createdAt(),
                    StateMachineOperations.at(call));
            found.machine().aliases().put(alias.name(), alias);
            return UpdateStateMachineAliasOutput.builder()
                    .updateDate(alias.updatedAt())
                    .build();
        });
    }

    DeleteStateMachineAliasOutput deleteStateMachineAlias(DeleteStateMachineAliasInput input, CallContext call) {
        StepFunctionsState state = scopes.of(call);
        return state.locked(() -> {
            Found found = alias(state, input.stateMachineAliasArn());
            found.machine().aliases().remove(found.alias().name());
            return DeleteStateMachineAliasOutput.builder().build();
        });
    }

    ListStateMachineAliasesOutput listStateMachineAliases(ListStateMachineAliasesInput input, CallContext call) {
        Arns.Parsed arn = Arns.stateMachine(input.stateMachineArn());
        StepFunctionsState state = scopes.of(call);
        List<StateMachineAliasListItem> aliases = state.locked(() -> {
            StateMachine machine = StateMachineOperations.find(state, arn);
            StateMachineOperations.refuseDeleting(machine);
            return machine.aliases().values().stream()
                    .filter(a -> arn.rest().isEmpty()
                            || a.routes().stream()
                                    .anyMatch(r -> input.stateMachineArn().equals(r.stateMachineVersionArn())))
                    .map(a -> StateMachineAliasListItem.builder()
                            .stateMachineAliasArn(machine.aliasArn(a.name()))
                            .creationDate(a.createdAt())
                            .build())
                    .toList();
        });
        Pages.Page<StateMachineAliasListItem> page =
                Pages.of(aliases, a -> String.valueOf(a.stateMachineAliasArn()), input.nextToken(), input.maxResults());
        return ListStateMachineAliasesOutput.builder()
                .stateMachineAliases(page.entries())
                .nextToken(page.nextToken())
                .build();
    }
}
