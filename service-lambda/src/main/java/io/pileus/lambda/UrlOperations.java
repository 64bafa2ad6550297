package io.pileus.lambda;

import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.Settings;
import io.pileus.lambda.model.*;
import io.pileus.lambda.state.Function;
import io.pileus.lambda.state.LambdaState;
import java.net.URI;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Function URLs: made, read, changed, deleted, listed. {@link UrlEndpoint} serves them. */
final class UrlOperations {
    /** The tag by which users of local emulators choose the first part of a URL. */
    private static final String CUSTOM_ID = "_custom_id_";

    private final Functions functions;
    private final Ids ids;
    private final Settings settings;

    UrlOperations(Functions functions, Ids ids, Settings settings) {
        this.functions = functions;
        this.ids = ids;
        this.settings = settings;
    }

    CreateFunctionUrlConfigResponse createFunctionUrlConfig(CreateFunctionUrlConfigRequest input, CallContext call) {
        FunctionReference reference = reference(input.functionName(), input.qualifier(), call);
        checkCors(input.cors());
        FunctionUrlConfig made = functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            String qualifier = aliasOnly(function, reference);
            if (function.urls().containsKey(qualifier)) {
                throw LambdaErrors.conflict(
                        "Failed to create function url config for [functionArn = " + arn(function, qualifier)
                                + "]. Error message:  FunctionUrlConfig exists for this Lambda function");
            }
            String id = id(function, qualifier);
            String now = time(call);
            FunctionUrlConfig config = FunctionUrlConfig.builder()
                    .functionUrl(url(id, reference, call))
                    .functionArn(arn(function, qualifier))
                    .authType(input.authType())
                    .cors(input.cors())
                    .creationTime(now)
                    .lastModifiedTime(now)
                    .invokeMode(input.invokeMode() == null ? "BUFFERED" : input.invokeMode())
                    .build();
            function.urls().put(qualifier, new Function.Url(id, config));
            return config;
        });
        return CreateFunctionUrlConfigResponse.builder()
                .functionUrl(made.functionUrl())
                .functionArn(made.functionArn())
                .authType(made.authType())
                .cors(made.cors())
                .creationTime(made.creationTime())
                .invokeMode(made.invokeMode())
                .build();
    }

    private static String time(CallContext call) {
        return String.valueOf(call.receivedAt().truncatedTo(ChronoUnit.MICROS));
    }

    private static FunctionReference reference(String name, @Nullable String qualifier, CallContext call) {
        return Functions.reference(name, qualifier, call);
    }

    /** Only the function itself and its aliases have URLs. */
    private static String aliasOnly(Function function, FunctionReference reference) {
        String qualifier = Functions.qualifier(function, reference);
        if (reference.qualifier().isPresent() && Functions.isVersion(qualifier)) {
            throw LambdaErrors.validation("Value '" + qualifier
                    + "' at 'qualifier' failed to satisfy constraint: Member must satisfy regular expression pattern:"
                    + " ((?!^\\d+$)^[0-9a-zA-Z-_]+$)");
        }
        return qualifier;
    }

    private static String arn(Function function, String qualifier) {
        return qualifier.equals(Function.LATEST) ? function.arn() : function.arn() + ":" + qualifier;
    }

    private static void checkCors(@Nullable Cors cors) {
        if (cors != null
                && Boolean.TRUE.equals(cors.allowCredentials())
                && cors.allowOrigins().contains("*")) {
            throw LambdaErrors.invalid("AllowCredentials cannot be true when AllowOrigins contains *.");
        }
    }

    private String id(Function function, String qualifier) {
        String custom = function.tags().get(CUSTOM_ID);
        if (custom != null && custom.matches("[a-z0-9]([a-z0-9-]{0,50}[a-z0-9])?")) {
            return qualifier.equals(Function.LATEST) ? custom : custom + "-" + qualifier.toLowerCase(Locale.ROOT);
        }
        return ids.alphanumeric(32).toLowerCase(Locale.ROOT);
    }

    /** A name that leads here: by LocalStack's domain, whose names all are the loopback address, where ours has no domain. */
    private String url(String id, FunctionReference reference, CallContext call) {
        URI endpoint = URI.create(call.endpoint());
        String host = String.valueOf(endpoint.getHost());
        String port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
        String domain = settings.get("LOCALSTACK_HOST")
                .map(name -> name.contains(":") ? name : name + port)
                .orElseGet(() -> (isName(host) ? host : "localhost.localstack.cloud") + port);
        return endpoint.getScheme() + "://" + id + ".lambda-url." + reference.region() + "." + domain + "/";
    }

    /** Not an address, not bare {@code localhost}, under which names are not found everywhere. */
    private static boolean isName(String host) {
        return !host.equals("localhost")
                && !host.endsWith(".amazonaws.com")
                && !host.contains("localstack.cloud")
                && !host.startsWith("[")
                && !Character.isDigit(host.charAt(host.length() - 1));
    }

    GetFunctionUrlConfigResponse getFunctionUrlConfig(GetFunctionUrlConfigRequest input, CallContext call) {
        FunctionReference reference = reference(input.functionName(), input.qualifier(), call);
        FunctionUrlConfig config = functions
                .state(reference)
                .locked(() -> url(functions.function(reference), reference).config());
        return GetFunctionUrlConfigResponse.builder()
                .functionUrl(config.functionUrl())
                .functionArn(config.functionArn())
                .authType(config.authType())
                .cors(config.cors())
                .creationTime(config.creationTime())
                .lastModifiedTime(config.lastModifiedTime())
                .invokeMode(config.invokeMode())
                .build();
    }

    private static Function.Url url(Function function, FunctionReference reference) {
        Function.Url url = function.urls().get(aliasOnly(function, reference));
        if (url == null) {
            throw LambdaErrors.noSuchResource();
        }
        return url;
    }

    UpdateFunctionUrlConfigResponse updateFunctionUrlConfig(UpdateFunctionUrlConfigRequest input, CallContext call) {
        FunctionReference reference = reference(input.functionName(), input.qualifier(), call);
        checkCors(input.cors());
        FunctionUrlConfig config = functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            Function.Url before = url(function, reference);
            FunctionUrlConfig.Builder changed = before.config().toBuilder().lastModifiedTime(time(call));
            if (input.authType() != null) {
                changed.authType(input.authType());
            }
            if (input.invokeMode() != null) {
                changed.invokeMode(input.invokeMode());
            }
            if (input.cors() != null) {
                // an empty one removes it
                changed.cors(input.cors().equals(Cors.builder().build()) ? null : input.cors());
            }
            FunctionUrlConfig after = changed.build();
            function.urls().put(aliasOnly(function, reference), new Function.Url(before.id(), after));
            return after;
        });
        return UpdateFunctionUrlConfigResponse.builder()
                .functionUrl(config.functionUrl())
                .functionArn(config.functionArn())
                .authType(config.authType())
                .cors(config.cors())
                .creationTime(config.creationTime())
                .lastModifiedTime(config.lastModifiedTime())
                .invokeMode(config.invokeMode())
                .build();
    }

    DeleteFunctionUrlConfigResponse deleteFunctionUrlConfig(DeleteFunctionUrlConfigRequest input, CallContext call) {
        FunctionReference reference = reference(input.functionName(), input.qualifier(), call);
        return functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            url(function, reference);
            function.urls().remove(aliasOnly(function, reference));
            return DeleteFunctionUrlConfigResponse.builder().build();
        });
    }

    ListFunctionUrlConfigsResponse listFunctionUrlConfigs(ListFunctionUrlConfigsRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        List<FunctionUrlConfig> all = functions
                .state(reference)
                .locked(() -> functions.function(reference).urls().values().stream()
                        .map(Function.Url::config)
                        .toList());
        Page<FunctionUrlConfig> page =
                Page.of(all, config -> String.valueOf(config.functionArn()), input.marker(), input.maxItems(), 50);
        return ListFunctionUrlConfigsResponse.builder()
                .functionUrlConfigs(page.items())
                .nextMarker(page.nextMarker())
                .build();
    }

    /** A URL and the function it invokes. */
    record Found(FunctionReference function, FunctionUrlConfig config) {}

    /** The URL whose host name begins so. */
    Optional<Found> find(String id) {
        for (LambdaState state : functions.scopes().all()) {
            Optional<Found> found = state.locked(() -> {
                for (Function function : state.functions().values()) {
                    for (var url : function.urls().entrySet()) {
                        if (url.getValue().id().equals(id)) {
                            Optional<String> qualifier =
                                    Optional.of(url.getKey()).filter(q -> !q.equals(Function.LATEST));
                            return Optional.of(new Found(
                                    new FunctionReference(state.account(), state.region(), function.name(), qualifier),
                                    url.getValue().config()));
                        }
                    }
                }
                return Optional.<Found>empty();
            });
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
