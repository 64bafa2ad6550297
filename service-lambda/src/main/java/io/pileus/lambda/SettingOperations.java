package io.pileus.lambda;

import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.lambda.mapping.Mappings;
import io.pileus.lambda.model.*;
import io.pileus.lambda.state.Function;
import io.pileus.lambda.state.LambdaState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is set for a function beside its configuration: aliases, concurrency, asynchronous invocation, tags, account limits. */
final class SettingOperations {
    private final Functions functions;
    private final Ids ids;
    private Optional<Mappings> mappings = Optional.empty();

    SettingOperations(Functions functions, Ids ids) {
        this.functions = functions;
        this.ids = ids;
    }

    void mappingTags(Mappings owner) {
        mappings = Optional.of(owner);
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
            for (String other : routing.additionalVersionWeights().keySet()) {
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
            FunctionOperations.checkRevision(input.revisionId(), String.valueOf(before.revisionId()));
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

    Concurrency putFunctionConcurrency(PutFunctionConcurrencyRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        return functions.state(reference).locked(() -> {
            functions.function(reference).reservedConcurrency(input.reservedConcurrentExecutions());
            return Concurrency.builder()
                    .reservedConcurrentExecutions(input.reservedConcurrentExecutions())
                    .build();
        });
    }

    GetFunctionConcurrencyResponse getFunctionConcurrency(GetFunctionConcurrencyRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        return functions
                .state(reference)
                .locked(() -> GetFunctionConcurrencyResponse.builder()
                        .reservedConcurrentExecutions(functions
                                .function(reference)
                                .reservedConcurrency()
                                .orElse(null))
                        .build());
    }

    DeleteFunctionConcurrencyResponse deleteFunctionConcurrency(
            DeleteFunctionConcurrencyRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        return functions.state(reference).locked(() -> {
            functions.function(reference).reservedConcurrency(null);
            return DeleteFunctionConcurrencyResponse.builder().build();
        });
    }

    FunctionEventInvokeConfig putFunctionEventInvokeConfig(
            PutFunctionEventInvokeConfigRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), input.qualifier(), call);
        return functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            String qualifier = Functions.qualifier(function, reference);
            FunctionEventInvokeConfig config = FunctionEventInvokeConfig.builder()
                    .lastModified(call.receivedAt())
                    .functionArn(function.arn() + ":" + qualifier)
                    .maximumRetryAttempts(input.maximumRetryAttempts())
                    .maximumEventAgeInSeconds(input.maximumEventAgeInSeconds())
                    .destinationConfig(destinations(input.destinationConfig()))
                    .build();
            function.eventInvokeConfigs().put(qualifier, config);
            return config;
        });
    }

    FunctionEventInvokeConfig updateFunctionEventInvokeConfig(
            UpdateFunctionEventInvokeConfigRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), input.qualifier(), call);
        return functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            FunctionEventInvokeConfig before = eventInvokeConfig(function, reference);
            FunctionEventInvokeConfig.Builder changed = before.toBuilder().lastModified(call.receivedAt());
            if (input.maximumRetryAttempts() != null) {
                changed.maximumRetryAttempts(input.maximumRetryAttempts());
            }
            if (input.maximumEventAgeInSeconds() != null) {
                changed.maximumEventAgeInSeconds(input.maximumEventAgeInSeconds());
            }
            if (input.destinationConfig() != null) {
                changed.destinationConfig(destinations(input.destinationConfig()));
            }
            FunctionEventInvokeConfig config = changed.build();
            function.eventInvokeConfigs().put(Functions.qualifier(function, reference), config);
            return config;
        });
    }

    private static DestinationConfig destinations(DestinationConfig given) {
        return DestinationConfig.builder()
                .onSuccess(
                        given == null || given.onSuccess() == null
                                ? OnSuccess.builder().build()
                                : given.onSuccess())
                .onFailure(
                        given == null || given.onFailure() == null
                                ? OnFailure.builder().build()
                                : given.onFailure())
                .build();
    }

    private static FunctionEventInvokeConfig eventInvokeConfig(Function function, FunctionReference reference) {
        String qualifier = Functions.qualifier(function, reference);
        FunctionEventInvokeConfig config = function.eventInvokeConfigs().get(qualifier);
        if (config == null) {
            throw LambdaErrors.notFound(
                    "The function " + function.arn() + ":" + qualifier + " doesn't have an EventInvokeConfig");
        }
        return config;
    }

    FunctionEventInvokeConfig getFunctionEventInvokeConfig(
            GetFunctionEventInvokeConfigRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), input.qualifier(), call);
        return functions.state(reference).locked(() -> eventInvokeConfig(functions.function(reference), reference));
    }

    DeleteFunctionEventInvokeConfigResponse deleteFunctionEventInvokeConfig(
            DeleteFunctionEventInvokeConfigRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), input.qualifier(), call);
        return functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            eventInvokeConfig(function, reference);
            function.eventInvokeConfigs().remove(Functions.qualifier(function, reference));
            return DeleteFunctionEventInvokeConfigResponse.builder().build();
        });
    }

    GetFunctionCodeSigningConfigResponse getFunctionCodeSigningConfig(
            GetFunctionCodeSigningConfigRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        return functions
                .state(reference)
                .locked(() -> GetFunctionCodeSigningConfigResponse.builder()
                        .functionName(functions.function(reference).name())
                        .codeSigningConfigArn("")
                        .build());
    }

    GetFunctionRecursionConfigResponse getFunctionRecursionConfig(
            GetFunctionRecursionConfigRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        return functions
                .state(reference)
                .locked(() -> GetFunctionRecursionConfigResponse.builder()
                        .recursiveLoop(functions.function(reference).recursiveLoop())
                        .build());
    }

    PutFunctionRecursionConfigResponse putFunctionRecursionConfig(
            PutFunctionRecursionConfigRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        call.notEmulated("RecursiveLoop is kept; every loop ends after 32 hops");
        return functions.state(reference).locked(() -> {
            functions.function(reference).recursiveLoop(input.recursiveLoop());
            return PutFunctionRecursionConfigResponse.builder()
                    .recursiveLoop(input.recursiveLoop())
                    .build();
        });
    }

    GetAccountSettingsResponse getAccountSettings(GetAccountSettingsRequest input, CallContext call) {
        LambdaState state = functions.scopes().of(call);
        return state.locked(() -> {
            long size = 0;
            int reserved = 0;
            for (Function function : state.functions().values()) {
                size += function.latest().code().zip().size();
                reserved += function.reservedConcurrency().orElse(0);
            }
            return GetAccountSettingsResponse.builder()
                    .accountLimit(AccountLimit.builder()
                            .totalCodeSize(80_530_636_800L)
                            .codeSizeUnzipped(262_144_000L)
                            .codeSizeZipped(52_428_800L)
                            .concurrentExecutions(1000)
                            .unreservedConcurrentExecutions(1000 - reserved)
                            .build())
                    .accountUsage(AccountUsage.builder()
                            .totalCodeSize(size)
                            .functionCount((long) state.functions().size())
                            .build())
                    .build();
        });
    }

    ListTagsResponse listTags(ListTagsRequest input, CallContext call) {
        if (input.resource().contains(":event-source-mapping:")) {
            return ListTagsResponse.builder()
                    .tags(mappings.orElseThrow().tags(input.resource(), call))
                    .build();
        }
        FunctionReference reference = Functions.reference(input.resource(), null, call);
        return functions
                .state(reference)
                .locked(() -> ListTagsResponse.builder()
                        .tags(Map.copyOf(functions.function(reference).tags()))
                        .build());
    }

    TagResourceResponse tagResource(TagResourceRequest input, CallContext call) {
        if (input.resource().contains(":event-source-mapping:")) {
            mappings.orElseThrow().tag(input.resource(), input.tags(), call);
            return TagResourceResponse.builder().build();
        }
        FunctionReference reference = Functions.reference(input.resource(), null, call);
        return functions.state(reference).locked(() -> {
            functions.function(reference).tags().putAll(input.tags());
            return TagResourceResponse.builder().build();
        });
    }

    UntagResourceResponse untagResource(UntagResourceRequest input, CallContext call) {
        if (input.resource().contains(":event-source-mapping:")) {
            mappings.orElseThrow().untag(input.resource(), input.tagKeys(), call);
            return UntagResourceResponse.builder().build();
        }
        FunctionReference reference = Functions.reference(input.resource(), null, call);
        return functions.state(reference).locked(() -> {
            functions.function(reference).tags().keySet().removeAll(input.tagKeys());
            return UntagResourceResponse.builder().build();
        });
    }
}
