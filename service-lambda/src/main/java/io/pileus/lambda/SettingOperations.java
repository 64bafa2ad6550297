package io.pileus.lambda;

import io.pileus.core.service.CallContext;
import io.pileus.lambda.model.*;
import io.pileus.lambda.state.Function;
import io.pileus.lambda.state.LambdaState;
import io.pileus.lambda.state.Layer;

/** What is set for a function or an account and mostly only kept: recursion, runtime management, limits. */
final class SettingOperations {
    private final Functions functions;

    SettingOperations(Functions functions) {
        this.functions = functions;
    }

    PutRuntimeManagementConfigResponse putRuntimeManagementConfig(
            PutRuntimeManagementConfigRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), input.qualifier(), call);
        boolean manual = "Manual".equals(input.updateRuntimeOn());
        if (manual != (input.runtimeVersionArn() != null)) {
            throw LambdaErrors.invalid(
                    manual
                            ? "RuntimeVersionArn is required when UpdateRuntimeOn is Manual."
                            : "RuntimeVersionArn can only be specified when UpdateRuntimeOn is Manual.");
        }
        call.notEmulated("Runtime management is kept; functions run on the host's runtimes");
        return functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            String qualifier = versionOnly(function, reference);
            function.runtimeManagement()
                    .put(qualifier, new Function.RuntimeManagement(input.updateRuntimeOn(), input.runtimeVersionArn()));
            return PutRuntimeManagementConfigResponse.builder()
                    .updateRuntimeOn(input.updateRuntimeOn())
                    .runtimeVersionArn(input.runtimeVersionArn())
                    .functionArn(function.arn() + ":" + qualifier)
                    .build();
        });
    }

    GetRuntimeManagementConfigResponse getRuntimeManagementConfig(
            GetRuntimeManagementConfigRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), input.qualifier(), call);
        return functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            String qualifier = versionOnly(function, reference);
            Function.RuntimeManagement set =
                    function.runtimeManagement().getOrDefault(qualifier, new Function.RuntimeManagement("Auto", null));
            return GetRuntimeManagementConfigResponse.builder()
                    .updateRuntimeOn(set.updateRuntimeOn())
                    .runtimeVersionArn(set.runtimeVersionArn())
                    .functionArn(function.arn() + ":" + qualifier)
                    .build();
        });
    }

    private static String versionOnly(Function function, FunctionReference reference) {
        String qualifier = Functions.qualifier(function, reference);
        if (!Functions.isVersion(qualifier)) {
            throw LambdaErrors.invalid("A runtime management configuration belongs to a version, not to an alias.");
        }
        return qualifier;
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
            for (Layer layer : state.layers().values()) {
                size += layer.versions().values().stream()
                        .mapToLong(version -> version.code().zip().size())
                        .sum();
            }
            for (Function function : state.functions().values()) {
                size += function.latest().code().zip().size()
                        + function.published().values().stream()
                                .mapToLong(version -> version.code().zip().size())
                                .sum();
                reserved += function.reservedConcurrency().orElse(0);
            }
            return GetAccountSettingsResponse.builder()
                    .accountLimit(AccountLimit.builder()
                            .totalCodeSize(80_530_636_800L)
                            .codeSizeUnzipped(262_144_000L)
                            .codeSizeZipped(52_428_800L)
                            .concurrentExecutions(LambdaState.CONCURRENT_EXECUTIONS)
                            .unreservedConcurrentExecutions(LambdaState.CONCURRENT_EXECUTIONS - reserved)
                            .build())
                    .accountUsage(AccountUsage.builder()
                            .totalCodeSize(size)
                            .functionCount((long) state.functions().size())
                            .build())
                    .build();
        });
    }
}
