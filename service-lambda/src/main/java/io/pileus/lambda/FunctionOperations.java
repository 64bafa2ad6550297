package io.pileus.lambda;

import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.NotImplemented;
import io.pileus.lambda.executor.ExecutionRoles;
import io.pileus.lambda.model.*;
import io.pileus.lambda.state.Code;
import io.pileus.lambda.state.Function;
import io.pileus.lambda.state.LambdaState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Functions: made, read, changed, deleted. */
final class FunctionOperations {
    private final Functions functions;
    private final Ids ids;
    private final Packages packages;
    private final VersionOperations versions;
    private final LayerOperations layerOperations;
    private final ExecutionRoles roles;
    private final Consumer<String> retire;

    /** @param retire is told the ARN (without qualifier) of a function whose running environments are out of date */
    FunctionOperations(
            Functions functions,
            Ids ids,
            Packages packages,
            VersionOperations versions,
            LayerOperations layers,
            ExecutionRoles roles,
            Consumer<String> retire) {
        this.functions = functions;
        this.ids = ids;
        this.packages = packages;
        this.versions = versions;
        this.layerOperations = layers;
        this.roles = roles;
        this.retire = retire;
    }

    FunctionConfiguration createFunction(CreateFunctionRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        Configurations.checkName(reference.name());
        boolean image = Images.PACKAGE_TYPE.equals(input.packageType());
        if (image) {
            Images.refuseArchiveSettings(
                    input.runtime(), input.handler(), !input.layers().isEmpty());
        } else {
            Images.refuseImageConfig(input.imageConfig());
            Configurations.requireRuntimeAndHandler(input.runtime(), input.handler());
        }
        Configurations.refuseUnknown(input.capacityProviderConfig() != null, input.durableConfig() != null);
        Configurations.checkRuntime(input.runtime());
        Configurations.checkTimeout(input.timeout());
        Configurations.checkMemory(input.memorySize());
        Configurations.checkLogging(input.loggingConfig());
        if (input.tenancyConfig() != null || input.publishTo() != null) {
            throw NotImplemented.feature("TenancyConfig and PublishTo");
        }
        Configurations.noteStoredOnly(
                input.fileSystemConfigs(),
                input.vpcConfig(),
                input.kmsKeyArn(),
                input.snapStart(),
                input.loggingConfig(),
                call);
        Configurations.checkEnvironment(input.environment());
        roles.check(input.role(), reference.name(), reference.functionArn());
        Code code = code(input.code_(), image);
        LayerOperations.Used layers = layerOperations.use(input.layers(), reference, call);
        LayerOperations.checkSize(code, layers.code());
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
                .vpcConfig(Configurations.vpc(input.vpcConfig()))
                .deadLetterConfig(Configurations.deadLetter(input.deadLetterConfig()))
                .environment(Configurations.environment(input.environment()))
                .kmsKeyArn(input.kmsKeyArn())
                .tracingConfig(Configurations.tracing(input.tracingConfig()))
                .revisionId(ids.uuid())
                .state("Active")
                .lastUpdateStatus("Successful")
                .packageType(image ? Images.PACKAGE_TYPE : "Zip")
                .imageConfigResponse(Images.shown(input.imageConfig()))
                .architectures(input.hasArchitectures() ? input.architectures() : List.of("x86_64"))
                .ephemeralStorage(
                        input.ephemeralStorage() == null
                                ? EphemeralStorage.builder().size(512).build()
                                : input.ephemeralStorage())
                .snapStart(Configurations.snapStart(input.snapStart()))
                .runtimeVersionConfig(image ? null : Configurations.runtimeVersion(reference, input.runtime()))
                .layers(layers.shown().isEmpty() ? null : layers.shown())
                .fileSystemConfigs(input.fileSystemConfigs().isEmpty() ? null : input.fileSystemConfigs())
                .loggingConfig(Configurations.logging(input.loggingConfig(), reference.name()))
                .build();
        LambdaState state = functions.state(reference);
        FunctionConfiguration made = state.locked(() -> {
            if (state.functions().containsKey(reference.name())) {
                throw LambdaErrors.conflict("Function already exist: " + reference.name());
            }
            CodeSigningOperations.checkCode(state, input.codeSigningConfigArn(), code, call);
            Function function =
                    new Function(reference.name(), arn, new Function.Version(configuration, code, layers.code()));
            function.codeSigningConfigArn(input.codeSigningConfigArn());
            TagOperations.add(function.tags(), input.tags());
            state.functions().put(reference.name(), function);
            return Boolean.TRUE.equals(input.publish()) ? versions.publish(function, null, call) : configuration;
        });
        return made.toBuilder()
                .state("Pending")
                .stateReason("The function is being created.")
                .stateReasonCode("Creating")
                .lastUpdateStatus((String) null)
                .build();
    }

    private Code code(@Nullable FunctionCode source, boolean image) {
        if (image) {
            return Images.code(source == null ? null : source.imageUri(), "creating");
        }
        return packages.fetch(
                source == null
                        ? new Packages.Source(null, null, null, null)
                        : new Packages.Source(
                                source.zipFile(), source.s3Bucket(), source.s3Key(), source.s3ObjectVersion()),
                "CreateFunction");
    }

    GetFunctionResponse getFunction(GetFunctionRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), input.qualifier(), call);
        return functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            FunctionConfiguration configuration = shown(function, reference);
            GetFunctionResponse.Builder answer = GetFunctionResponse.builder()
                    .configuration(configuration)
                    .code_(location(function, reference, call));
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

    private static FunctionCodeLocation location(Function function, FunctionReference reference, CallContext call) {
        Function.Version version = Functions.version(function, reference);
        String image = version.code().imageUri();
        if (image != null) {
            return Images.location(image, version.code());
        }
        String number = String.valueOf(version.configuration().version());
        return FunctionCodeLocation.builder()
                .repositoryType("S3")
                .location(call.endpoint() + "/_pileus/lambda/" + reference.account() + "/" + reference.region() + "/"
                        + function.name() + "/code?version=" + number.replace("$", "%24"))
                .build();
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
        if (input.publishTo() != null) {
            throw NotImplemented.feature("PublishTo");
        }
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        LambdaState state = functions.state(reference);
        boolean image = state.locked(
                () -> Images.isImage(functions.function(reference).latest().configuration()));
        Code code = code(input, image);
        boolean dryRun = Boolean.TRUE.equals(input.dryRun());
        FunctionConfiguration answer = state.locked(() -> {
            Function function = functions.function(reference);
            Functions.checkRevision(input.revisionId(), function.latest().revisionId());
            CodeSigningOperations.checkCode(
                    state, function.codeSigningConfigArn().orElse(null), code, call);
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
            LayerOperations.checkSize(code, function.latest().layers());
            function.latest(
                    new Function.Version(configuration, code, function.latest().layers()));
            return Boolean.TRUE.equals(input.publish()) ? versions.publish(function, null, call) : configuration;
        });
        if (!dryRun) {
            retire.accept(reference.functionArn());
        }
        return inProgress(answer);
    }

    private Code code(UpdateFunctionCodeRequest input, boolean image) {
        if (image) {
            return Images.code(input.imageUri(), "updating");
        }
        if (input.imageUri() != null) {
            throw Images.notAnImage();
        }
        return packages.fetch(
                new Packages.Source(input.zipFile(), input.s3Bucket(), input.s3Key(), input.s3ObjectVersion()),
                "UpdateFunctionCode");
    }

    FunctionConfiguration updateFunctionConfiguration(UpdateFunctionConfigurationRequest input, CallContext call) {
        Configurations.refuseUnknown(input.capacityProviderConfig() != null, input.durableConfig() != null);
        Configurations.noteStoredOnly(
                input.fileSystemConfigs(),
                input.vpcConfig(),
                input.kmsKeyArn(),
                input.snapStart(),
                input.loggingConfig(),
                call);
        Configurations.checkRuntime(input.runtime());
        Configurations.checkTimeout(input.timeout());
        Configurations.checkMemory(input.memorySize());
        Configurations.checkLogging(input.loggingConfig());
        Configurations.checkEnvironment(input.environment());
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        if (input.role() != null) {
            roles.check(input.role(), reference.name(), reference.functionArn());
        }
        LayerOperations.Used used = layerOperations.use(input.layers(), reference, call);
        FunctionConfiguration answer = functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            Functions.checkRevision(input.revisionId(), function.latest().revisionId());
            FunctionConfiguration before = function.latest().configuration();
            if (Images.isImage(before)) {
                Images.refuseArchiveSettings(
                        input.runtime(), input.handler(), !input.layers().isEmpty());
            } else {
                Images.refuseImageConfig(input.imageConfig());
            }
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
            if (input.imageConfig() != null) {
                changed.imageConfigResponse(Images.shown(input.imageConfig()));
            }
            if (input.environment() != null) {
                changed.environment(Configurations.environment(input.environment()));
            }
            if (input.hasFileSystemConfigs()) {
                changed.fileSystemConfigs(input.fileSystemConfigs().isEmpty() ? null : input.fileSystemConfigs());
            }
            if (input.vpcConfig() != null) {
                changed.vpcConfig(Configurations.vpc(input.vpcConfig()));
            }
            if (input.deadLetterConfig() != null) {
                changed.deadLetterConfig(Configurations.deadLetter(input.deadLetterConfig()));
            }
            if (input.tracingConfig() != null) {
                changed.tracingConfig(Configurations.tracing(input.tracingConfig()));
            }
            if (input.snapStart() != null) {
                changed.snapStart(Configurations.snapStart(input.snapStart()));
            }
            if (input.loggingConfig() != null) {
                changed.loggingConfig(Configurations.logging(input.loggingConfig(), function.name()));
            }
            if (input.runtime() != null) {
                changed.runtimeVersionConfig(Configurations.runtimeVersion(reference, input.runtime()));
            }
            List<Code> layers = function.latest().layers();
            if (input.hasLayers()) {
                LayerOperations.checkSize(function.latest().code(), used.code());
                changed.layers(used.shown().isEmpty() ? null : used.shown());
                layers = used.code();
            }
            FunctionConfiguration configuration = changed.build();
            function.latest(
                    new Function.Version(configuration, function.latest().code(), layers));
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

    private static <T> @Nullable T or(@Nullable T given, @Nullable T before) {
        return given == null ? before : given;
    }
}
