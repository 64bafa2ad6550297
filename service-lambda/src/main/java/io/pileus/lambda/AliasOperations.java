package io.pileus.lambda;

import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.lambda.model.*;
import io.pileus.lambda.state.Function;
import java.util.List;
import java.util.Optional;

/** Aliases, with the weights by which they divide invocations. */
final class AliasOperations {
    private final Functions functions;
    private final Ids ids;

    AliasOperations(Functions functions, Ids ids) {
        this.functions = functions;
        this.ids = ids;
    }

    AliasConfiguration createAlias(CreateAliasRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        return functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            String arn = function.arn() + ":" + input.name();
            if (function.aliases().containsKey(input.name())) {
                throw LambdaErrors.conflict("Alias already exists: " + arn);
            }
            checkVersions(function, input.functionVersion(), input.routingConfig());
            AliasConfiguration alias = AliasConfiguration.builder()
                    .aliasArn(arn)
                    .name(input.name())
                    .functionVersion(input.functionVersion())
                    .description(input.description() == null ? "" : input.description())
                    .routingConfig(input.routingConfig())
                    .revisionId(ids.uuid())
                    .build();
            function.aliases().put(input.name(), alias);
            return alias;
        });
    }

    private static void checkVersions(Function function, String version, AliasRoutingConfiguration routing) {
        if (function.version(version).isEmpty()) {
            throw LambdaErrors.functionNotFound(function.arn() + ":" + version);
        }
        if (routing != null) {
            if (routing.additionalVersionWeights().size() > 1) {
                throw LambdaErrors.invalid("Number of items in AdditionalVersionWeights cannot be greater than 1");
            }
            if (routing.additionalVersionWeights().values().stream().anyMatch(weight -> weight < 0 || weight > 1)) {
                throw LambdaErrors.validation("Value '" + routing.additionalVersionWeights() + "' at"
                        + " 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map value must satisfy"
                        + " constraint: [Member must have value less than or equal to 1.0, Member must have value greater"
                        + " than or equal to 0.0, Member must not be null]");
            }
            for (String other : routing.additionalVersionWeights().keySet()) {
                if (other.equals(version)) {
                    throw LambdaErrors.invalid("Invalid function version " + other + ". Function version " + other
                            + " is already included in routing configuration.");
                }
                if (version.equals(Function.LATEST) || other.equals(Function.LATEST)) {
                    throw LambdaErrors.invalid("$LATEST is not supported for an alias pointing to more than 1 version");
                }
                if (function.version(other).isEmpty()) {
                    throw LambdaErrors.functionNotFound(function.arn() + ":" + other);
                }
            }
        }
    }

    private static AliasConfiguration alias(Function function, String name) {
        AliasConfiguration alias = function.aliases().get(name);
        if (alias == null) {
            throw LambdaErrors.aliasNotFound(function.arn() + ":" + name);
        }
        return alias;
    }

    AliasConfiguration getAlias(GetAliasRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        return functions.state(reference).locked(() -> alias(functions.function(reference), input.name()));
    }

    AliasConfiguration updateAlias(UpdateAliasRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        return functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            AliasConfiguration before = alias(function, input.name());
            Functions.checkRevision(input.revisionId(), String.valueOf(before.revisionId()));
            AliasRoutingConfiguration routing = input.routingConfig() == null
                    ? before.routingConfig()
                    : input.routingConfig().additionalVersionWeights().isEmpty() ? null : input.routingConfig();
            String version = input.functionVersion() == null ? before.functionVersion() : input.functionVersion();
            checkVersions(function, version, routing);
            AliasConfiguration alias = before.toBuilder()
                    .functionVersion(version)
                    .description(input.description() == null ? before.description() : input.description())
                    .routingConfig(routing)
                    .revisionId(ids.uuid())
                    .build();
            function.aliases().put(input.name(), alias);
            return alias;
        });
    }

    DeleteAliasResponse deleteAlias(DeleteAliasRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        functions
                .state(reference)
                .locked(() -> Optional.ofNullable(
                        functions.function(reference).aliases().remove(input.name())));
        return DeleteAliasResponse.builder().build();
    }

    ListAliasesResponse listAliases(ListAliasesRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        List<AliasConfiguration> all = functions
                .state(reference)
                .locked(() -> functions.function(reference).aliases().values().stream()
                        .filter(alias -> input.functionVersion() == null
                                || input.functionVersion().equals(alias.functionVersion()))
                        .toList());
        Page<AliasConfiguration> page = Page.of(all, AliasConfiguration::name, input.marker(), input.maxItems(), 50);
        return ListAliasesResponse.builder()
                .aliases(page.items())
                .nextMarker(page.nextMarker())
                .build();
    }
}
