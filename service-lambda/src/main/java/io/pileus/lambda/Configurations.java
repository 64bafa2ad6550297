package io.pileus.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.NotImplemented;
import io.pileus.core.shape.Blob;
import io.pileus.lambda.model.*;
import io.pileus.lambda.state.Code;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parts of a function's configuration: what they may be, and how the answers show them. */
final class Configurations {
    /** @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Quotas</a> */
    private static final int ENVIRONMENT_BYTES_MAX = 4096;

    private static final int TIMEOUT_SECONDS_MAX = 900;
    private static final int MEMORY_MEGABYTES_MAX = 10_240;
    private static final int NAME_LENGTH_MAX = 64;

    /** @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html">Reserved variables</a> */
    private static final Set<String> RESERVED = Set.of(
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

    /** Runtimes for which no function can be created or changed any more; only those that are so for years. */
    private static final Set<String> GONE = Set.of(
            "nodejs",
            "nodejs4.3",
            "nodejs4.3-edge",
            "nodejs6.10",
            "nodejs8.10",
            "nodejs10.x",
            "nodejs12.x",
            "python2.7",
            "python3.6",
            "dotnetcore1.0",
            "dotnetcore2.0",
            "dotnetcore2.1",
            "dotnetcore3.1",
            "ruby2.5");

    private Configurations() {}

    // ---- rules ------------------------------------------------------------------------------------------------------

    static void checkName(String name) {
        if (name.length() > NAME_LENGTH_MAX) {
            throw LambdaErrors.validation("Value '" + name + "' at 'functionName' failed to satisfy constraint: Member"
                    + " must have length less than or equal to " + NAME_LENGTH_MAX);
        }
    }

    static void requireRuntimeAndHandler(@Nullable String runtime, @Nullable String handler) {
        if (runtime == null && handler == null) {
            throw LambdaErrors.invalid(
                    "Runtime and Handler are mandatory parameters for functions created with deployment packages.");
        }
        if (runtime == null) {
            throw LambdaErrors.invalid("Runtime is mandatory for functions created with deployment packages.");
        }
        if (handler == null) {
            throw LambdaErrors.invalid("Handler is mandatory for functions created with deployment packages.");
        }
    }

    static void checkRuntime(@Nullable String runtime) {
        if (runtime != null && GONE.contains(runtime)) {
            throw LambdaErrors.invalid("The runtime parameter of " + runtime + " is no longer supported for creating or"
                    + " updating AWS Lambda functions. We recommend you use a supported runtime while creating or"
                    + " updating functions.");
        }
    }

    static void checkTimeout(@Nullable Integer seconds) {
        if (seconds != null && seconds > TIMEOUT_SECONDS_MAX) {
            throw LambdaErrors.validation(
                    "Value '" + seconds + "' at 'timeout' failed to satisfy constraint: Member must"
                            + " have value less than or equal to " + TIMEOUT_SECONDS_MAX);
        }
    }

    static void checkEnvironment(@Nullable Environment environment) {
        if (environment == null) {
            return;
        }
        String reserved = environment.variables().keySet().stream()
                .filter(RESERVED::contains)
                .sorted()
                .collect(Collectors.joining(", "));
        if (!reserved.isEmpty()) {
            throw LambdaErrors.invalid(
                    "Lambda was unable to configure your environment variables because the environment variables"
                            + " you have provided contains reserved keys that are currently not supported for"
                            + " modification. Reserved keys used in this request: " + reserved);
        }
        ObjectNode measured = JsonNodeFactory.instance.objectNode();
        environment.variables().forEach(measured::put);
        String text = measured.toString();
        if (text.getBytes(StandardCharsets.UTF_8).length > ENVIRONMENT_BYTES_MAX) {
            throw LambdaErrors.invalid("Lambda was unable to configure your environment variables because the"
                    + " environment variables you have provided exceeded the 4KB limit. String measured: " + text);
        }
    }

    /** The model lets functions of capacity providers have more, which are not there. */
    static void checkMemory(@Nullable Integer megabytes) {
        if (megabytes != null && megabytes > MEMORY_MEGABYTES_MAX) {
            throw LambdaErrors.invalid("'MemorySize' value failed to satisfy constraint: Member must have value less"
                    + " than or equal to " + MEMORY_MEGABYTES_MAX);
        }
    }

    static void checkLogging(@Nullable LoggingConfig config) {
        if (config != null
                && !"JSON".equals(config.logFormat())
                && (config.applicationLogLevel() != null || config.systemLogLevel() != null)) {
            throw LambdaErrors.invalid(
                    "ApplicationLogLevel and SystemLogLevel can only be set when LogFormat is JSON.");
        }
    }

    static void refuseUnknown(boolean capacity, boolean durable) {
        if (capacity) {
            throw NotImplemented.feature("CapacityProviderConfig");
        }
        if (durable) {
            throw NotImplemented.feature("DurableConfig");
        }
    }

    static void noteStoredOnly(
            List<FileSystemConfig> fileSystems,
            @Nullable VpcConfig vpc,
            @Nullable String key,
            @Nullable SnapStart snapStart,
            @Nullable LoggingConfig logging,
            CallContext call) {
        if (!fileSystems.isEmpty()) {
            call.notEmulated("FileSystemConfigs are kept; no file systems are mounted");
        }
        if (vpc != null && !vpc.subnetIds().isEmpty()) {
            call.notEmulated("VpcConfig is kept; functions run in the host's network");
        }
        if (key != null && !key.isEmpty()) {
            call.notEmulated("KMSKeyArn is kept; environment variables are not encrypted");
        }
        if (snapStart != null && "PublishedVersions".equals(snapStart.applyOn())) {
            call.notEmulated("SnapStart is kept; environments always start cold");
        }
        if (logging != null && "JSON".equals(logging.logFormat())) {
            call.notEmulated("LogFormat JSON is kept; logs are text");
        }
    }

    // ---- as answers show them ---------------------------------------------------------------------------------------

    static @Nullable EnvironmentResponse environment(@Nullable Environment environment) {
        return environment == null || environment.variables().isEmpty()
                ? null
                : EnvironmentResponse.builder()
                        .variables(environment.variables())
                        .build();
    }

    static @Nullable DeadLetterConfig deadLetter(@Nullable DeadLetterConfig config) {
        return config == null
                        || config.targetArn() == null
                        || config.targetArn().isEmpty()
                ? null
                : config;
    }

    static @Nullable VpcConfigResponse vpc(@Nullable VpcConfig config) {
        return config == null
                ? null
                : VpcConfigResponse.builder()
                        .subnetIds(config.subnetIds())
                        .securityGroupIds(config.securityGroupIds())
                        .vpcId("")
                        .ipv6AllowedForDualStack(Boolean.TRUE.equals(config.ipv6AllowedForDualStack()))
                        .build();
    }

    static SnapStartResponse snapStart(@Nullable SnapStart snapStart) {
        return SnapStartResponse.builder()
                .applyOn(snapStart == null || snapStart.applyOn() == null ? "None" : snapStart.applyOn())
                .optimizationStatus("Off")
                .build();
    }

    static LoggingConfig logging(@Nullable LoggingConfig config, String name) {
        boolean json = config != null && "JSON".equals(config.logFormat());
        return LoggingConfig.builder()
                .logFormat(json ? "JSON" : "Text")
                .logGroup(config == null || config.logGroup() == null ? "/aws/lambda/" + name : config.logGroup())
                .applicationLogLevel(level(json, config == null ? null : config.applicationLogLevel()))
                .systemLogLevel(level(json, config == null ? null : config.systemLogLevel()))
                .build();
    }

    private static @Nullable String level(boolean json, @Nullable String given) {
        return json && given == null ? "INFO" : given;
    }

    static TracingConfigResponse tracing(@Nullable TracingConfig config) {
        return TracingConfigResponse.builder()
                .mode(config == null || config.mode() == null ? "PassThrough" : config.mode())
                .build();
    }

    /** Made up: 64 digits that follow from the runtime's name, in the place of AWS's hash. */
    static RuntimeVersionConfig runtimeVersion(FunctionReference reference, @Nullable String runtime) {
        String hash = Code.of(Blob.ofUtf8(String.valueOf(runtime)), 0).sha256();
        StringBuilder hex = new StringBuilder();
        for (int i = 0; hex.length() < 64; i++) {
            hex.append(String.format(Locale.ROOT, "%02x", (int) hash.charAt(i % hash.length())));
        }
        return RuntimeVersionConfig.builder()
                .runtimeVersionArn(
                        "arn:" + reference.region().partition() + ":lambda:" + reference.region() + "::runtime:" + hex)
                .build();
    }
}
