package io.pileus.lambda;

import io.pileus.core.identity.Ids;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.lambda.executor.CodeArchive;
import io.pileus.lambda.model.*;
import io.pileus.lambda.state.Code;
import io.pileus.lambda.state.CodeSigning;
import io.pileus.lambda.state.Function;
import io.pileus.lambda.state.LambdaState;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Code signing configurations, and which functions have them. Signatures are not verified: an archive that AWS Signer has
 * signed counts as trusted, any other as untrusted.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html">Code signing</a>
 */
final class CodeSigningOperations {
    private static final int PAGE_SIZE = 50;

    /** What AWS Signer puts into the archives that it signs. */
    private static final String SIGNATURE = "META-INF/aws_signer_signature_v1.0.SF";

    private final Functions functions;
    private final Ids ids;

    CodeSigningOperations(Functions functions, Ids ids) {
        this.functions = functions;
        this.ids = ids;
    }

    CreateCodeSigningConfigResponse createCodeSigningConfig(CreateCodeSigningConfigRequest input, CallContext call) {
        String id = "csc-" + ids.alphanumeric(17).toLowerCase(Locale.ROOT);
        String arn = "arn:" + call.region().partition() + ":lambda:" + call.region() + ":" + call.account()
                + ":code-signing-config:" + id;
        CodeSigningConfig config = CodeSigningConfig.builder()
                .codeSigningConfigId(id)
                .codeSigningConfigArn(arn)
                .description(input.description() == null ? "" : input.description())
                .allowedPublishers(input.allowedPublishers())
                .codeSigningPolicies(policies(input.codeSigningPolicies()))
                .lastModified(Functions.lastModified(call.receivedAt()))
                .build();
        Map<String, String> tags = new HashMap<>();
        TagOperations.add(tags, input.tags());
        LambdaState state = functions.scopes().of(call);
        state.locked(() -> state.codeSignings().put(arn, new CodeSigning(config, tags)));
        return CreateCodeSigningConfigResponse.builder()
                .codeSigningConfig(config)
                .build();
    }

    /** Untrusted code is deployed with a warning, unless the configuration says otherwise. */
    private static CodeSigningPolicies policies(@Nullable CodeSigningPolicies given) {
        return given == null || given.untrustedArtifactOnDeployment() == null
                ? CodeSigningPolicies.builder()
                        .untrustedArtifactOnDeployment("Warn")
                        .build()
                : given;
    }

    GetCodeSigningConfigResponse getCodeSigningConfig(GetCodeSigningConfigRequest input, CallContext call) {
        LambdaState state = functions.scopes().of(call);
        return state.locked(() -> GetCodeSigningConfigResponse.builder()
                .codeSigningConfig(
                        codeSigning(state, input.codeSigningConfigArn()).config())
                .build());
    }

    UpdateCodeSigningConfigResponse updateCodeSigningConfig(UpdateCodeSigningConfigRequest input, CallContext call) {
        LambdaState state = functions.scopes().of(call);
        return state.locked(() -> {
            CodeSigning before = codeSigning(state, input.codeSigningConfigArn());
            CodeSigningConfig.Builder config =
                    before.config().toBuilder().lastModified(Functions.lastModified(call.receivedAt()));
            if (input.description() != null) {
                config.description(input.description());
            }
            if (input.allowedPublishers() != null) {
                config.allowedPublishers(input.allowedPublishers());
            }
            if (input.codeSigningPolicies() != null) {
                config.codeSigningPolicies(policies(input.codeSigningPolicies()));
            }
            CodeSigning after = new CodeSigning(config.build(), before.tags());
            state.codeSignings().put(input.codeSigningConfigArn(), after);
            return UpdateCodeSigningConfigResponse.builder()
                    .codeSigningConfig(after.config())
                    .build();
        });
    }

    ListCodeSigningConfigsResponse listCodeSigningConfigs(ListCodeSigningConfigsRequest input, CallContext call) {
        LambdaState state = functions.scopes().of(call);
        List<CodeSigningConfig> all = state.locked(() ->
                state.codeSignings().values().stream().map(CodeSigning::config).toList());
        Page<CodeSigningConfig> page = Page.of(
                all, c -> String.valueOf(c.codeSigningConfigArn()), input.marker(), input.maxItems(), PAGE_SIZE);
        return ListCodeSigningConfigsResponse.builder()
                .codeSigningConfigs(page.items())
                .nextMarker(page.nextMarker())
                .build();
    }

    ListFunctionsByCodeSigningConfigResponse listFunctionsByCodeSigningConfig(
            ListFunctionsByCodeSigningConfigRequest input, CallContext call) {
        LambdaState state = functions.scopes().of(call);
        List<String> all = state.locked(() -> {
            codeSigning(state, input.codeSigningConfigArn());
            return users(state, input.codeSigningConfigArn());
        });
        Page<String> page = Page.of(all, arn -> arn, input.marker(), input.maxItems(), PAGE_SIZE);
        return ListFunctionsByCodeSigningConfigResponse.builder()
                .functionArns(page.items())
                .nextMarker(page.nextMarker())
                .build();
    }

    DeleteCodeSigningConfigResponse deleteCodeSigningConfig(DeleteCodeSigningConfigRequest input, CallContext call) {
        LambdaState state = functions.scopes().of(call);
        return state.locked(() -> {
            String arn = input.codeSigningConfigArn();
            codeSigning(state, arn);
            if (!users(state, arn).isEmpty()) {
                throw LambdaErrors.conflict("The code signing configuration " + arn
                        + " cannot be deleted because it is associated with one or more functions.");
            }
            state.codeSignings().remove(arn);
            return DeleteCodeSigningConfigResponse.builder().build();
        });
    }

    /** The ARNs of the functions that have a configuration. */
    private static List<String> users(LambdaState state, String arn) {
        return state.functions().values().stream()
                .filter(function ->
                        function.codeSigningConfigArn().filter(arn::equals).isPresent())
                .map(Function::arn)
                .toList();
    }

    /** The configuration; to be called under the state's lock. */
    static CodeSigning codeSigning(LambdaState state, String arn) {
        CodeSigning found = state.codeSignings().get(arn);
        if (found == null) {
            throw LambdaErrors.notFound("The Lambda code signing configuration " + arn + " can not be found.");
        }
        return found;
    }

    PutFunctionCodeSigningConfigResponse putFunctionCodeSigningConfig(
            PutFunctionCodeSigningConfigRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        LambdaState state = functions.state(reference);
        return state.locked(() -> {
            Function function = functions.function(reference);
            assigned(state, input.codeSigningConfigArn());
            function.codeSigningConfigArn(input.codeSigningConfigArn());
            return PutFunctionCodeSigningConfigResponse.builder()
                    .functionName(function.name())
                    .codeSigningConfigArn(input.codeSigningConfigArn())
                    .build();
        });
    }

    GetFunctionCodeSigningConfigResponse getFunctionCodeSigningConfig(
            GetFunctionCodeSigningConfigRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        return functions.state(reference).locked(() -> {
            Function function = functions.function(reference);
            return GetFunctionCodeSigningConfigResponse.builder()
                    .functionName(function.name())
                    .codeSigningConfigArn(function.codeSigningConfigArn().orElse(""))
                    .build();
        });
    }

    DeleteFunctionCodeSigningConfigResponse deleteFunctionCodeSigningConfig(
            DeleteFunctionCodeSigningConfigRequest input, CallContext call) {
        FunctionReference reference = Functions.reference(input.functionName(), null, call);
        return functions.state(reference).locked(() -> {
            functions.function(reference).codeSigningConfigArn(null);
            return DeleteFunctionCodeSigningConfigResponse.builder().build();
        });
    }

    /** The configuration that a function gets or has; to be called under the state's lock. */
    private static CodeSigning assigned(LambdaState state, String arn) {
        CodeSigning found = state.codeSignings().get(arn);
        if (found == null) {
            throw CodeSigningConfigNotFoundException.builder()
                    .message("The code signing configuration cannot be found. Check that the provided configuration is"
                            + " not deleted: " + arn + ".")
                    .type("User")
                    .build();
        }
        return found;
    }

    /** Throws AWS's error if a function's configuration keeps the code out; to be called under the state's lock. */
    static void checkCode(LambdaState state, @Nullable String configArn, Code code, CallContext call) {
        if (configArn == null || configArn.isEmpty()) {
            return;
        }
        if (code.imageUri() != null) {
            throw LambdaErrors.invalid("Code signing is not supported for functions created with container images.");
        }
        boolean enforced = assigned(state, configArn).isEnforced();
        if (CodeArchive.contains(code.zip(), SIGNATURE)) {
            call.notEmulated("The signature of the code is not verified");
        } else if (enforced) {
            throw notSigned();
        }
    }

    private static AwsException notSigned() {
        return CodeVerificationFailedException.builder()
                .message("Lambda cannot deploy the function. The function or layer might be signed using a signature"
                        + " that the client is not configured to accept. Check the provided signature for unsigned.")
                .type("User")
                .build();
    }
}
