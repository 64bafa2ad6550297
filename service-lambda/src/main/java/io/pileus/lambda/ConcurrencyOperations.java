package io.pileus.lambda;

import io.pileus.core.service.CallContext;
import io.pileus.lambda.model.*;
import io.pileus.lambda.state.Function;
import io.pileus.lambda.state.LambdaState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reserved concurrency, which bounds how many invocations run; and provisioned concurrency, which is kept and shown: local
 * environments start at their first invocation all the same.
 */
final class ConcurrencyOperations {
    /** What must stay for the functions that have nothing reserved. */
    private static final int UNRESERVED_MIN = 100;

    private final Functions functions;

    ConcurrencyOperations(Functions functions) {
        this.functions = functions;
    }

    // ---- reserved ---------------------------------------------------------------------------------------------------

    Concurrency putFunctionConcurrency(PutFunctionConcurrencyRequest input, CallContext call) {
        FunctionReference reference = unqualified(input.functionName(), call);
        LambdaState state = functions.state(reference);
        int wanted = input.reservedConcurrentExecutions();
        return state.locked(() -> {
            Function function = functions.function(reference);
            int provisioned = provisioned(function);
            if (wanted < provisioned) {
                throw LambdaErrors.invalid("ReservedConcurrentExecutions " + wanted
                        + " should not be lower than function's total provisioned concurrency [" + provisioned + "].");
            }
            if (wanted > 0 && unreserved(state, function) - wanted < UNRESERVED_MIN) {
                throw LambdaErrors.invalid("Specified ReservedConcurrentExecutions for function decreases account's"
                        + " UnreservedConcurrentExecution below its minimum value of [" + UNRESERVED_MIN + "].");
            }
            function.reservedConcurrency(wanted);
            return Concurrency.builder().reservedConcurrentExecutions(wanted).build();
        });
    }

    /** What is left of the account's concurrency when the other functions have theirs. */
    private static int unreserved(LambdaState state, Function except) {
        return LambdaState.CONCURRENT_EXECUTIONS
                - state.functions().values().stream()
                        .filter(function -> function != except)
                        .mapToInt(function -> function.reservedConcurrency().orElse(provisioned(function)))
                        .sum();
    }

    private static int provisioned(Function function) {
        return function.provisioned().values().stream()
                .mapToInt(Function.Provisioned::executions)
                .sum();
    }

    GetFunctionConcurrencyResponse getFunctionConcurrency(GetFunctionConcurrencyRequest input, CallContext call) {
        FunctionReference reference = unqualified(input.functionName(), call);
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
        FunctionReference reference = unqualified(input.functionName(), call);
        return functions.state(reference).locked(() -> {
            functions.function(reference).reservedConcurrency(null);
            return DeleteFunctionConcurrencyResponse.builder().build();
        });
    }

    private static FunctionReference unqualified(String name, CallContext call) {
        FunctionReference reference = Functions.reference(name, null, call);
        if (reference.qualifier().isPresent()) {
            throw LambdaErrors.invalid(
                    "This operation is permitted on Lambda functions only. Aliases and versions do not"
                            + " support this operation. Please specify either a function name or an unqualified function ARN.");
        }
        return reference;
    }

    // ---- provisioned ------------------------------------------------------------------------------------------------

    PutProvisionedConcurrencyConfigResponse putProvisionedConcurrencyConfig(
            PutProvisionedConcurrencyConfigRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), input.qualifier(), call);
        LambdaState state = functions.state(reference);
        int wanted = input.provisionedConcurrentExecutions();
        call.notEmulated("Provisioned concurrency is kept; environments start at their first invocation");
        return state.locked(() -> {
            Function function = functions.function(reference);
            String qualifier = published(function, reference);
            checkOverlap(function, qualifier);
            Function.Provisioned before = function.provisioned().get(qualifier);
            int total = provisioned(function) - (before == null ? 0 : before.executions()) + wanted;
            if (function.reservedConcurrency().isPresent()) {
                if (total > function.reservedConcurrency().get()) {
                    throw LambdaErrors.invalid("Requested Provisioned Concurrency should not be greater than the"
                            + " reservedConcurrentExecution for function");
                }
            } else if (unreserved(state, function) - total < UNRESERVED_MIN) {
                throw LambdaErrors.invalid("Specified ConcurrentExecutions for function decreases account's"
                        + " UnreservedConcurrentExecution below its minimum value of [" + UNRESERVED_MIN + "].");
            }
            function.provisioned().put(qualifier, new Function.Provisioned(wanted, call.receivedAt()));
            return PutProvisionedConcurrencyConfigResponse.builder()
                    .requestedProvisionedConcurrentExecutions(wanted)
                    .availableProvisionedConcurrentExecutions(0)
                    .allocatedProvisionedConcurrentExecutions(0)
                    .status("IN_PROGRESS")
                    .lastModified(Functions.lastModified(call.receivedAt()))
                    .build();
        });
    }

    private static String published(Function function, FunctionReference reference) {
        Function.Version version = Functions.version(function, reference);
        if (Function.LATEST.equals(version.configuration().version())) {
            throw LambdaErrors.invalid(
                    "Provisioned Concurrency Configs cannot be applied to unpublished function versions.");
        }
        return reference.qualifier().orElse(Function.LATEST);
    }

    private static void checkOverlap(Function function, String qualifier) {
        AliasConfiguration alias = function.aliases().get(qualifier);
        if (alias != null && function.provisioned().containsKey(String.valueOf(alias.functionVersion()))) {
            throw LambdaErrors.conflict(
                    "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version");
        }
        boolean aliased = function.provisioned().keySet().stream()
                .map(function.aliases()::get)
                .anyMatch(other -> other != null && qualifier.equals(other.functionVersion()));
        if (alias == null && aliased) {
            throw LambdaErrors.conflict("Version is pointed to by a Provisioned Concurrency alias");
        }
    }

    GetProvisionedConcurrencyConfigResponse getProvisionedConcurrencyConfig(
            GetProvisionedConcurrencyConfigRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), input.qualifier(), call);
        return functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            Function.@Nullable Provisioned set = function.provisioned().get(published(function, reference));
            if (set == null) {
                throw ProvisionedConcurrencyConfigNotFoundException.builder()
                        .message("No Provisioned Concurrency Config found for this function")
                        .type("User")
                        .build();
            }
            return GetProvisionedConcurrencyConfigResponse.builder()
                    .requestedProvisionedConcurrentExecutions(set.executions())
                    .availableProvisionedConcurrentExecutions(set.executions())
                    .allocatedProvisionedConcurrentExecutions(set.executions())
                    .status("READY")
                    .lastModified(Functions.lastModified(set.lastModified()))
                    .build();
        });
    }

    ListProvisionedConcurrencyConfigsResponse listProvisionedConcurrencyConfigs(
            ListProvisionedConcurrencyConfigsRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        List<ProvisionedConcurrencyConfigListItem> all = functions
                .state(reference)
                .locked(() -> {
                    Function function = functions.function(reference);
                    return function.provisioned().entrySet().stream()
                            .map(entry -> ProvisionedConcurrencyConfigListItem.builder()
                                    .functionArn(function.arn() + ":" + entry.getKey())
                                    .requestedProvisionedConcurrentExecutions(
                                            entry.getValue().executions())
                                    .availableProvisionedConcurrentExecutions(
                                            entry.getValue().executions())
                                    .allocatedProvisionedConcurrentExecutions(
                                            entry.getValue().executions())
                                    .status("READY")
                                    .lastModified(Functions.lastModified(
                                            entry.getValue().lastModified()))
                                    .build())
                            .toList();
                });
        Page<ProvisionedConcurrencyConfigListItem> page =
                Page.of(all, item -> String.valueOf(item.functionArn()), input.marker(), input.maxItems(), 50);
        return ListProvisionedConcurrencyConfigsResponse.builder()
                .provisionedConcurrencyConfigs(page.items())
                .nextMarker(page.nextMarker())
                .build();
    }

    DeleteProvisionedConcurrencyConfigResponse deleteProvisionedConcurrencyConfig(
            DeleteProvisionedConcurrencyConfigRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), input.qualifier(), call);
        return functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            function.provisioned().remove(published(function, reference));
            return DeleteProvisionedConcurrencyConfigResponse.builder().build();
        });
    }
}
