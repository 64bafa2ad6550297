package io.pileus.lambda;

import io.pileus.core.identity.Arn;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.lambda.model.*;
import io.pileus.lambda.state.Function;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to asynchronous invocations: retries, age, destinations. */
final class EventInvokeOperations {
    private final Functions functions;

    EventInvokeOperations(Functions functions) {
        this.functions = functions;
    }

    FunctionEventInvokeConfig putFunctionEventInvokeConfig(
            PutFunctionEventInvokeConfigRequest input, CallContext call) {
        if (input.maximumRetryAttempts() == null
                && input.maximumEventAgeInSeconds() == null
                && input.destinationConfig() == null) {
            throw LambdaErrors.invalid("You must specify at least one of error handling or destination setting.");
        }
        checkDestinations(input.destinationConfig(), Functions.reference(input.functionName(), null, call), call);
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
        checkDestinations(input.destinationConfig(), Functions.reference(input.functionName(), null, call), call);
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

    /** Queues, topics, functions and buses; for failures buckets, too. */
    private static void checkDestinations(
            @Nullable DestinationConfig config, FunctionReference function, CallContext call) {
        if (config == null) {
            return;
        }
        if (config.onSuccess() != null) {
            checkDestination(config.onSuccess().destination(), false, config, function, call);
        }
        if (config.onFailure() != null) {
            checkDestination(config.onFailure().destination(), true, config, function, call);
        }
    }

    private static void checkDestination(
            @Nullable String arn,
            boolean failure,
            DestinationConfig config,
            FunctionReference function,
            CallContext call) {
        if (arn == null || arn.isEmpty()) {
            return;
        }
        String service = Arn.parse(arn).map(Arn::service).orElse("");
        switch (service) {
            case "sqs" -> {
                if (arn.endsWith(".fifo")) {
                    throw invalidDestination(config);
                }
            }
            case "lambda" -> {
                if (FunctionReference.parse(arn, null, call).functionArn().equals(function.functionArn())) {
                    throw LambdaErrors.invalid("You can't specify the function as a destination for itself.");
                }
            }
            case "sns" -> {}
            case "events" -> call.notEmulated("Destinations on event buses are kept; nothing is sent to them");
            case "s3" -> {
                if (!failure) {
                    throw invalidDestination(config);
                }
            }
            default -> throw invalidDestination(config);
        }
    }

    private static AwsException invalidDestination(DestinationConfig config) {
        String success = config.onSuccess() == null
                ? "null"
                : "OnSuccess(destination=" + config.onSuccess().destination() + ")";
        String failure = config.onFailure() == null
                ? "null"
                : "OnFailure(destination=" + config.onFailure().destination() + ")";
        return LambdaErrors.invalid("The provided destination config DestinationConfig(onSuccess=" + success
                + ", onFailure=" + failure + ") is invalid.");
    }

    private static DestinationConfig destinations(@Nullable DestinationConfig given) {
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

    ListFunctionEventInvokeConfigsResponse listFunctionEventInvokeConfigs(
            ListFunctionEventInvokeConfigsRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        List<FunctionEventInvokeConfig> all = functions
                .state(reference)
                .locked(() -> List.copyOf(
                        functions.function(reference).eventInvokeConfigs().values()));
        Page<FunctionEventInvokeConfig> page =
                Page.of(all, c -> String.valueOf(c.functionArn()), input.marker(), input.maxItems(), 50);
        return ListFunctionEventInvokeConfigsResponse.builder()
                .functionEventInvokeConfigs(page.items())
                .nextMarker(page.nextMarker())
                .build();
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
}
