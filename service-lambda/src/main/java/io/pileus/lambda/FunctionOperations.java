package io.pileus.lambda;

import io.pileus.core.identity.Ids;
import io.pileus.core.port.ObjectStore;
import io.pileus.core.port.Ports;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.NotImplemented;
import io.pileus.core.shape.Blob;
import io.pileus.lambda.executor.CodeArchive;
import io.pileus.lambda.model.*;
import io.pileus.lambda.state.Code;
import io.pileus.lambda.state.Function;
import io.pileus.lambda.state.LambdaState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Functions and their published versions: made, read, changed, deleted, listed. */
final class FunctionOperations {
    /** The largest archive of a direct upload, zipped. */
    private static final int ZIP_BYTES_MAX = 50 * 1024 * 1024;

    private final Functions functions;
    private final Ids ids;
    private final Ports ports;
    private final Consumer<String> retire;

    /** @param retire is told the ARN (without qualifier) of a function whose running environments are out of date */
    FunctionOperations(Functions functions, Ids ids, Ports ports, Consumer<String> retire) {
        this.functions = functions;
        this.ids = ids;
        this.ports = ports;
        this.retire = retire;
    }

    FunctionConfiguration createFunction(CreateFunctionRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        if (reference.name().length() > 64) {
            throw LambdaErrors.invalid("Function name length must not exceed 64 characters: " + reference.name());
        }
        FunctionCode source = input.code_();
        if ("Image".equals(input.packageType()) || (source != null && source.imageUri() != null)) {
            throw NotImplemented.feature("Package type Image");
        }
        if (input.runtime() == null) {
            throw LambdaErrors.invalid("Runtime is mandatory for functions created with deployment packages.");
        }
        if (input.handler() == null) {
            throw LambdaErrors.invalid("Handler is mandatory for functions created with deployment packages.");
        }
        refuseUnknown(
                input.hasLayers(),
                input.hasFileSystemConfigs(),
                input.capacityProviderConfig() != null,
                input.durableConfig() != null);
        if (input.codeSigningConfigArn() != null) {
            throw NotImplemented.feature("Code signing");
        }
        if (input.tenancyConfig() != null || input.publishTo() != null) {
            throw NotImplemented.feature("TenancyConfig and PublishTo");
        }
        noteStoredOnly(input.vpcConfig() != null, input.kmsKeyArn() != null, call);
        Code code = code(
                source == null ? null : source.zipFile(),
                source == null ? null : source.s3Bucket(),
                source == null ? null : source.s3Key(),
                source == null ? null : source.s3ObjectVersion());
        checkEnvironment(input.environment());
        String arn = reference.functionArn();
        FunctionConfiguration configuration = FunctionConfiguration.builder()
                .functionName(reference.name())
                .functionArn(arn)
                .runtime(input.runtime())
                .role(input.role())
                .handler(input.handler())
                .codeSize((long) code.zip().size())
                .description(input.description() == null ? "" : input.description())
                .timeout(input.timeout() == null ? 3 : input.timeout())
                .memorySize(input.memorySize() == null ? 128 : input.memorySize())
                .lastModified(Functions.lastModified(call.receivedAt()))
                .codeSha256(code.sha256())
                .version(Function.LATEST)
                .vpcConfig(vpc(input.vpcConfig()))
                .deadLetterConfig(deadLetter(input.deadLetterConfig()))
                .environment(environment(input.environment()))
                .kmsKeyArn(input.kmsKeyArn())
                .tracingConfig(TracingConfigResponse.builder()
                        .mode(
                                input.tracingConfig() == null
                                        ? "PassThrough"
                                        : input.tracingConfig().mode())
                        .build())
                .revisionId(ids.uuid())
                .state("Active")
                .lastUpdateStatus("Successful")
                .packageType("Zip")
                .architectures(input.hasArchitectures() ? input.architectures() : List.of("x86_64"))
                .ephemeralStorage(
                        input.ephemeralStorage() == null
                                ? EphemeralStorage.builder().size(512).build()
                                : input.ephemeralStorage())
                .snapStart(snapStart(input.snapStart()))
                .runtimeVersionConfig(RuntimeVersionConfig.builder()
                        .runtimeVersionArn(runtimeVersion(reference, input.runtime()))
                        .build())
                .loggingConfig(logging(input.loggingConfig(), reference.name()))
                .build();
        LambdaState state = functions.state(reference);
        FunctionConfiguration made = state.locked(() -> {
            if (state.functions().containsKey(reference.name())) {
                throw LambdaErrors.conflict("Function already exist: " + reference.name());
            }
            Function function = new Function(reference.name(), arn, new Function.Version(configuration, code));
            function.tags().putAll(input.tags());
            state.functions().put(reference.name(), function);
            return Boolean.TRUE.equals(input.publish()) ? publish(function, null, call) : configuration;
        });
        return made.toBuilder()
                .state("Pending")
                .stateReason("The function is being created.")
                .stateReasonCode("Creating")
                .lastUpdateStatus((String) null)
                .build();
    }

    GetFunctionResponse getFunction(GetFunctionRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), input.qualifier(), call);
        return functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            FunctionConfiguration configuration = shown(function, reference);
            GetFunctionResponse.Builder answer = GetFunctionResponse.builder()
                    .configuration(configuration)
                    .code_(FunctionCodeLocation.builder()
                            .repositoryType("S3")
                            .location(call.endpoint() + "/_pileus/lambda/" + reference.account() + "/"
                                    + reference.region() + "/" + function.name() + "/code?version="
                                    + Optional.ofNullable(configuration.version())
                                            .orElse(Function.LATEST)
                                            .replace("$", "%24"))
                            .build());
            if (!function.tags().isEmpty()) {
                answer.tags(Map.copyOf(function.tags()));
            }
            function.reservedConcurrency()
                    .ifPresent(reserved -> answer.concurrency(Concurrency.builder()
                            .reservedConcurrentExecutions(reserved)
                            .build()));
            return answer.build();
        });
    }

    FunctionConfiguration getFunctionConfiguration(GetFunctionConfigurationRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), input.qualifier(), call);
        return functions.state(reference).locked(() -> shown(functions.function(reference), reference));
    }

    /** A version's configuration as reads show it: with the ARN that it was asked by. */
    private static FunctionConfiguration shown(Function function, FunctionReference reference) {
        FunctionConfiguration configuration =
                Functions.version(function, reference).configuration();
        return reference.qualifier().isEmpty()
                ? configuration
                : configuration.toBuilder().functionArn(reference.arn()).build();
    }

    FunctionConfiguration updateFunctionCode(UpdateFunctionCodeRequest input, CallContext call) {
        if (input.imageUri() != null) {
            throw NotImplemented.feature("Package type Image");
        }
        if (input.publishTo() != null) {
            throw NotImplemented.feature("PublishTo");
        }
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        LambdaState state = functions.state(reference);
        state.locked(() -> functions.function(reference));
        Code code = code(input.zipFile(), input.s3Bucket(), input.s3Key(), input.s3ObjectVersion());
        boolean dryRun = Boolean.TRUE.equals(input.dryRun());
        FunctionConfiguration answer = state.locked(() -> {
            Function function = functions.function(reference);
            checkRevision(input.revisionId(), function.latest().revisionId());
            FunctionConfiguration.Builder changed = function.latest().configuration().toBuilder()
                    .codeSha256(code.sha256())
                    .codeSize((long) code.zip().size())
                    .lastModified(Functions.lastModified(call.receivedAt()))
                    .revisionId(ids.uuid());
            if (input.hasArchitectures()) {
                changed.architectures(input.architectures());
            }
            FunctionConfiguration configuration = changed.build();
            if (dryRun) {
                return configuration;
            }
            function.latest(new Function.Version(configuration, code));
            return Boolean.TRUE.equals(input.publish()) ? publish(function, null, call) : configuration;
        });
        if (!dryRun) {
            retire.accept(reference.functionArn());
        }
        return inProgress(answer);
    }

    FunctionConfiguration updateFunctionConfiguration(UpdateFunctionConfigurationRequest input, CallContext call) {
        if (input.imageConfig() != null) {
            throw NotImplemented.feature("Package type Image");
        }
        refuseUnknown(
                input.hasLayers() && !input.layers().isEmpty(),
                input.hasFileSystemConfigs() && !input.fileSystemConfigs().isEmpty(),
                input.capacityProviderConfig() != null,
                input.durableConfig() != null);
        noteStoredOnly(input.vpcConfig() != null, input.kmsKeyArn() != null, call);
        checkEnvironment(input.environment());
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        FunctionConfiguration answer = functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            checkRevision(input.revisionId(), function.latest().revisionId());
            FunctionConfiguration before = function.latest().configuration();
            FunctionConfiguration.Builder changed = before.toBuilder()
                    .role(or(input.role(), before.role()))
                    .handler(or(input.handler(), before.handler()))
                    .description(or(input.description(), before.description()))
                    .timeout(or(input.timeout(), before.timeout()))
                    .memorySize(or(input.memorySize(), before.memorySize()))
                    .runtime(or(input.runtime(), before.runtime()))
                    .kmsKeyArn(or(input.kmsKeyArn(), before.kmsKeyArn()))
                    .ephemeralStorage(or(input.ephemeralStorage(), before.ephemeralStorage()))
                    .lastModified(Functions.lastModified(call.receivedAt()))
                    .revisionId(ids.uuid());
            if (input.environment() != null) {
                changed.environment(environment(input.environment()));
            }
            if (input.vpcConfig() != null) {
                changed.vpcConfig(vpc(input.vpcConfig()));
            }
            if (input.deadLetterConfig() != null) {
                changed.deadLetterConfig(deadLetter(input.deadLetterConfig()));
            }
            if (input.tracingConfig() != null) {
                changed.tracingConfig(TracingConfigResponse.builder()
                        .mode(input.tracingConfig().mode())
                        .build());
            }
            if (input.snapStart() != null) {
                changed.snapStart(snapStart(input.snapStart()));
            }
            if (input.loggingConfig() != null) {
                changed.loggingConfig(logging(input.loggingConfig(), function.name()));
            }
            if (input.runtime() != null) {
                changed.runtimeVersionConfig(RuntimeVersionConfig.builder()
                        .runtimeVersionArn(runtimeVersion(reference, input.runtime()))
                        .build());
            }
            FunctionConfiguration configuration = changed.build();
            function.latest(
                    new Function.Version(configuration, function.latest().code()));
            return configuration;
        });
        retire.accept(reference.functionArn());
        return inProgress(answer);
    }

    private static FunctionConfiguration inProgress(FunctionConfiguration configuration) {
        return configuration.toBuilder()
                .lastUpdateStatus("InProgress")
                .lastUpdateStatusReason("The function is being created.")
                .lastUpdateStatusReasonCode("Creating")
                .build();
    }

    DeleteFunctionResponse deleteFunction(DeleteFunctionRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), input.qualifier(), call);
        LambdaState state = functions.state(reference);
        AtomicReference<String> retired = new AtomicReference<>("");
        state.locked(() -> {
            Function function = functions.function(reference);
            if (reference.qualifier().isEmpty()) {
                state.functions().remove(reference.name());
                retired.set(function.arn());
                return true;
            }
            String qualifier = reference.qualifier().get();
            if (qualifier.equals(Function.LATEST)) {
                throw LambdaErrors.invalid("$LATEST version cannot be deleted without deleting the function.");
            }
            if (!Functions.isVersion(qualifier)) {
                throw LambdaErrors.invalid("Deletion of aliases is not currently supported.");
            }
            List<String> aliases = function.aliases().values().stream()
                    .filter(alias -> qualifier.equals(alias.functionVersion()))
                    .map(alias -> String.valueOf(alias.name()))
                    .toList();
            if (!aliases.isEmpty()) {
                throw LambdaErrors.conflict(
                        "Unable to delete version because the following aliases reference it: " + aliases);
            }
            // a version that is not there has been deleted: the operation is idempotent
            function.published().remove(Long.parseLong(qualifier));
            return true;
        });
        if (!retired.get().isEmpty()) {
            retire.accept(retired.get());
        }
        return DeleteFunctionResponse.builder().statusCode(204).build();
    }

    ListFunctionsResponse listFunctions(ListFunctionsRequest input, CallContext call) {
        LambdaState state = functions.scopes().of(call);
        List<FunctionConfiguration> all = state.locked(() -> state.functions().values().stream()
                .flatMap(function -> input.functionVersion() == null
                        ? java.util.stream.Stream.of(function.latest().configuration())
                        : java.util.stream.Stream.concat(
                                        java.util.stream.Stream.of(function.latest()),
                                        function.published().values().stream())
                                .map(FunctionOperations::qualified))
                .map(FunctionOperations::listed)
                .toList());
        Page<FunctionConfiguration> page =
                Page.of(all, c -> String.valueOf(c.functionArn()), input.marker(), input.maxItems(), 50);
        return ListFunctionsResponse.builder()
                .functions(page.items())
                .nextMarker(page.nextMarker())
                .build();
    }

    ListVersionsByFunctionResponse listVersionsByFunction(ListVersionsByFunctionRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        List<FunctionConfiguration> all = functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            return java.util.stream.Stream.concat(
                            java.util.stream.Stream.of(function.latest()), function.published().values().stream())
                    .map(FunctionOperations::qualified)
                    .map(FunctionOperations::listed)
                    .toList();
        });
        Page<FunctionConfiguration> page =
                Page.of(all, c -> String.valueOf(c.version()), input.marker(), input.maxItems(), 50);
        return ListVersionsByFunctionResponse.builder()
                .versions(page.items())
                .nextMarker(page.nextMarker())
                .build();
    }

    private static FunctionConfiguration qualified(Function.Version version) {
        FunctionConfiguration configuration = version.configuration();
        return Function.LATEST.equals(configuration.version())
                ? configuration.toBuilder()
                        .functionArn(configuration.functionArn() + ":" + Function.LATEST)
                        .build()
                : configuration;
    }

    /** Lists leave out the state. */
    private static FunctionConfiguration listed(FunctionConfiguration configuration) {
        return configuration.toBuilder()
                .state((String) null)
                .lastUpdateStatus((String) null)
                .runtimeVersionConfig(null)
                .build();
    }

    FunctionConfiguration publishVersion(PublishVersionRequest input, CallContext call) {
        if (input.publishTo() != null) {
            throw NotImplemented.feature("PublishTo");
        }
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        return functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            checkRevision(input.revisionId(), function.latest().revisionId());
            String sha = function.latest().code().sha256();
            if (input.codeSha256() != null
                    && !input.codeSha256().isEmpty()
                    && !input.codeSha256().equals(sha)) {
                throw LambdaErrors.invalid("CodeSHA256 (" + input.codeSha256()
                        + ") is different from current CodeSHA256 in $LATEST (" + sha
                        + "). Please try again with the CodeSHA256 in $LATEST.");
            }
            return publish(function, input.description(), call);
        });
    }

    /** Publishes what {@code $LATEST} is; nothing new when it has not changed since the last version. */
    private FunctionConfiguration publish(Function function, @Nullable String description, CallContext call) {
        FunctionConfiguration latest = function.latest().configuration();
        if (!function.published().isEmpty()) {
            FunctionConfiguration last =
                    function.published().lastEntry().getValue().configuration();
            FunctionConfiguration comparable = latest.toBuilder()
                    .functionArn(last.functionArn())
                    .version(last.version())
                    .revisionId(last.revisionId())
                    .lastModified(last.lastModified())
                    .description(last.description())
                    .snapStart(last.snapStart())
                    .build();
            if (comparable.equals(last)) {
                return last;
            }
        }
        long number = function.takeNumber();
        FunctionConfiguration published = latest.toBuilder()
                .functionArn(function.arn() + ":" + number)
                .version(String.valueOf(number))
                .description(description == null ? latest.description() : description)
                .revisionId(ids.uuid())
                .lastModified(Functions.lastModified(call.receivedAt()))
                .build();
        function.published()
                .put(number, new Function.Version(published, function.latest().code()));
        return published;
    }

    private Code code(
            @Nullable Blob zip, @Nullable String bucket, @Nullable String key, @Nullable String objectVersion) {
        if (zip != null && bucket != null) {
            throw LambdaErrors.invalid("Please do not provide other FunctionCode parameters when providing a ZipFile.");
        }
        if (zip == null && (bucket == null || key == null)) {
            throw LambdaErrors.invalid("Please provide a source for function code.");
        }
        Blob bytes = zip == null ? object(bucket, key, objectVersion) : zip;
        if (zip != null && zip.size() > ZIP_BYTES_MAX) {
            throw RequestTooLargeException.of(
                    "Request must be smaller than 70167211 bytes for the CreateFunction" + " operation");
        }
        if (!CodeArchive.isZip(bytes)) {
            throw LambdaErrors.invalid(
                    "Could not unzip uploaded file. Please check your file, then try to upload again.");
        }
        return Code.of(bytes);
    }

    private Blob object(String bucket, String key, @Nullable String objectVersion) {
        ObjectStore store = ports.find(ObjectStore.class)
                .orElseThrow(() -> NotImplemented.feature("Code from S3 while S3 is not enabled"));
        return switch (store.get(bucket, key, Optional.ofNullable(objectVersion))) {
            case ObjectStore.Found found -> Blob.of(found.body().bytes());
            case ObjectStore.GetFailed failed ->
                throw LambdaErrors.invalid("Error occurred while GetObject. S3 Error Code: " + failed.code()
                        + ". S3 Error Message: " + failed.message());
        };
    }

    private static void refuseUnknown(boolean layers, boolean fileSystems, boolean capacity, boolean durable) {
        if (layers) {
            throw NotImplemented.feature("Layers");
        }
        if (fileSystems) {
            throw NotImplemented.feature("FileSystemConfigs");
        }
        if (capacity) {
            throw NotImplemented.feature("CapacityProviderConfig");
        }
        if (durable) {
            throw NotImplemented.feature("DurableConfig");
        }
    }

    private static void noteStoredOnly(boolean vpc, boolean key, CallContext call) {
        if (vpc) {
            call.notEmulated("VpcConfig is kept; functions run in the host's network");
        }
        if (key) {
            call.notEmulated("KMSKeyArn is kept; environment variables are not encrypted");
        }
    }

    static void checkRevision(@Nullable String given, String actual) {
        if (given != null && !given.equals(actual)) {
            throw LambdaErrors.revisionMismatch();
        }
    }

    private static void checkEnvironment(@Nullable Environment environment) {
        if (environment == null) {
            return;
        }
        int size = 0;
        for (Map.Entry<String, String> variable : environment.variables().entrySet()) {
            size += variable.getKey().length() + variable.getValue().length();
            if (RESERVED.contains(variable.getKey())) {
                throw LambdaErrors.invalid(
                        "Lambda was unable to configure your environment variables because the environment variables"
                                + " you have provided contains reserved keys that are currently not supported for"
                                + " modification. Reserved keys used in this request: " + variable.getKey());
            }
        }
        if (size > 4096) {
            throw LambdaErrors.invalid("Lambda was unable to configure your environment variables because the"
                    + " environment variables you have provided exceeded the 4KB limit.");
        }
    }

    /** @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html">Reserved variables</a> */
    private static final java.util.Set<String> RESERVED = java.util.Set.of(
            "_HANDLER",
            "_X_AMZN_TRACE_ID",
            "AWS_DEFAULT_REGION",
            "AWS_REGION",
            "AWS_EXECUTION_ENV",
            "AWS_LAMBDA_FUNCTION_NAME",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            "AWS_LAMBDA_FUNCTION_VERSION",
            "AWS_LAMBDA_INITIALIZATION_TYPE",
            "AWS_LAMBDA_LOG_GROUP_NAME",
            "AWS_LAMBDA_LOG_STREAM_NAME",
            "AWS_ACCESS_KEY",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_LAMBDA_RUNTIME_API",
            "LAMBDA_TASK_ROOT",
            "LAMBDA_RUNTIME_DIR");

    private static @Nullable EnvironmentResponse environment(@Nullable Environment environment) {
        return environment == null || environment.variables().isEmpty()
                ? null
                : EnvironmentResponse.builder()
                        .variables(environment.variables())
                        .build();
    }

    private static @Nullable DeadLetterConfig deadLetter(@Nullable DeadLetterConfig config) {
        return config == null
                        || config.targetArn() == null
                        || config.targetArn().isEmpty()
                ? null
                : config;
    }

    private static @Nullable VpcConfigResponse vpc(@Nullable VpcConfig config) {
        return config == null
                ? null
                : VpcConfigResponse.builder()
                        .subnetIds(config.subnetIds())
                        .securityGroupIds(config.securityGroupIds())
                        .vpcId("")
                        .ipv6AllowedForDualStack(Boolean.TRUE.equals(config.ipv6AllowedForDualStack()))
                        .build();
    }

    private static SnapStartResponse snapStart(@Nullable SnapStart snapStart) {
        return SnapStartResponse.builder()
                .applyOn(snapStart == null || snapStart.applyOn() == null ? "None" : snapStart.applyOn())
                .optimizationStatus("Off")
                .build();
    }

    private static LoggingConfig logging(@Nullable LoggingConfig config, String name) {
        return LoggingConfig.builder()
                .logFormat(config == null || config.logFormat() == null ? "Text" : config.logFormat())
                .logGroup(config == null || config.logGroup() == null ? "/aws/lambda/" + name : config.logGroup())
                .applicationLogLevel(config == null ? null : config.applicationLogLevel())
                .systemLogLevel(config == null ? null : config.systemLogLevel())
                .build();
    }

    /** Made up: the runtime's name in the place of AWS's hash. */
    private static String runtimeVersion(FunctionReference reference, @Nullable String runtime) {
        return "arn:" + reference.region().partition() + ":lambda:" + reference.region() + "::runtime:"
                + Code.of(Blob.ofUtf8(String.valueOf(runtime)))
                        .sha256()
                        .chars()
                        .mapToObj(Integer::toHexString)
                        .collect(java.util.stream.Collectors.joining())
                        .substring(0, 64);
    }

    private static <T> @Nullable T or(@Nullable T given, @Nullable T before) {
        return given == null ? before : given;
    }
}
