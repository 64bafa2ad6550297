package io.pileus.lambda;

import static io.pileus.lambda.LambdaFixture.ARN;
import static io.pileus.lambda.LambdaFixture.assertRefused;
import static io.pileus.lambda.LambdaFixture.zip;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.shape.Blob;
import io.pileus.lambda.model.*;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Code signing configurations, and the functions that have them. */
class CodeSigningTest {
    private static final String UNTRUSTED = "Lambda cannot deploy the function. The function or layer might be signed"
            + " using a signature that the client is not configured to accept. Check the provided signature for"
            + " unsigned.";
    private static final Blob UNSIGNED = zip("app.py", "");
    private static final Blob SIGNED = zip("app.py", "", "META-INF/aws_signer_signature_v1.0.SF", "");

    private final LambdaFixture it = new LambdaFixture();
    private final LambdaService lambda = it.lambda;

    @AfterEach
    void close() {
        it.close();
    }

    private CodeSigningConfig configuration(String untrusted) {
        return lambda.createCodeSigningConfig(
                        CreateCodeSigningConfigRequest.builder()
                                .allowedPublishers(AllowedPublishers.builder()
                                        .signingProfileVersionArns(List.of(
                                                "arn:aws:signer:us-east-1:000000000000:/signing-profiles/p/0123456789"))
                                        .build())
                                .codeSigningPolicies(CodeSigningPolicies.builder()
                                        .untrustedArtifactOnDeployment(untrusted)
                                        .build())
                                .tags(Map.of("team", "a"))
                                .build(),
                        it.call())
                .codeSigningConfig();
    }

    private void change(Blob code) {
        lambda.updateFunctionCode(
                UpdateFunctionCodeRequest.builder()
                        .functionName("f")
                        .zipFile(code)
                        .build(),
                it.call());
    }

    private void assign(String configuration) {
        lambda.putFunctionCodeSigningConfig(
                PutFunctionCodeSigningConfigRequest.builder()
                        .functionName("f")
                        .codeSigningConfigArn(configuration)
                        .build(),
                it.call());
    }

    @Test
    void aConfigurationIsKeptWithItsTagsAndChanged() {
        CodeSigningConfig made = configuration(null);
        String arn = made.codeSigningConfigArn();
        assertThat(arn).matches("arn:aws:lambda:us-east-1:000000000000:code-signing-config:csc-[a-z0-9]{17}");
        assertThat(made.codeSigningPolicies().untrustedArtifactOnDeployment()).isEqualTo("Warn");

        lambda.updateCodeSigningConfig(
                UpdateCodeSigningConfigRequest.builder()
                        .codeSigningConfigArn(arn)
                        .description("new")
                        .build(),
                it.call());
        lambda.tagResource(
                TagResourceRequest.builder()
                        .resource(arn)
                        .tags(Map.of("stage", "b"))
                        .build(),
                it.call());

        CodeSigningConfig read = lambda.getCodeSigningConfig(
                        GetCodeSigningConfigRequest.builder()
                                .codeSigningConfigArn(arn)
                                .build(),
                        it.call())
                .codeSigningConfig();
        assertThat(read).isEqualTo(made.toBuilder().description("new").build());
        assertThat(lambda.listTags(ListTagsRequest.builder().resource(arn).build(), it.call())
                        .tags())
                .containsOnly(Map.entry("team", "a"), Map.entry("stage", "b"));
        assertThat(lambda.listCodeSigningConfigs(
                                ListCodeSigningConfigsRequest.builder().build(), it.call())
                        .codeSigningConfigs())
                .containsExactly(read);
    }

    @Test
    void untrustedCodeIsDeployedOnlyWhereThePolicyIsToWarn() {
        it.create("f", "python3.12", UNSIGNED);
        assign(configuration("Enforce").codeSigningConfigArn());

        assertRefused(() -> change(UNSIGNED), "CodeVerificationFailedException", 400, UNTRUSTED);
        change(SIGNED);
        assign(configuration("Warn").codeSigningConfigArn());
        change(UNSIGNED);
    }

    @Test
    void aFunctionIsNotMadeOfUntrustedCode() {
        String arn = configuration("Enforce").codeSigningConfigArn();

        assertRefused(
                () -> it.create("f", "python3.12", UNSIGNED, r -> r.codeSigningConfigArn(arn)),
                "CodeVerificationFailedException",
                400,
                UNTRUSTED);
        it.create("f", "python3.12", SIGNED, r -> r.codeSigningConfigArn(arn));

        assertThat(lambda.getFunctionCodeSigningConfig(
                                GetFunctionCodeSigningConfigRequest.builder()
                                        .functionName("f")
                                        .build(),
                                it.call())
                        .codeSigningConfigArn())
                .isEqualTo(arn);
    }

    @Test
    void aConfigurationThatFunctionsHaveStays() {
        it.create("f", "python3.12", UNSIGNED);
        String arn = configuration("Warn").codeSigningConfigArn();
        assign(arn);
        DeleteCodeSigningConfigRequest deletion = DeleteCodeSigningConfigRequest.builder()
                .codeSigningConfigArn(arn)
                .build();

        assertRefused(
                () -> lambda.deleteCodeSigningConfig(deletion, it.call()),
                "ResourceConflictException",
                409,
                "The code signing configuration " + arn
                        + " cannot be deleted because it is associated with one or more functions.");
        assertThat(lambda.listFunctionsByCodeSigningConfig(
                                ListFunctionsByCodeSigningConfigRequest.builder()
                                        .codeSigningConfigArn(arn)
                                        .build(),
                                it.call())
                        .functionArns())
                .containsExactly(ARN + "f");
        lambda.deleteFunctionCodeSigningConfig(
                DeleteFunctionCodeSigningConfigRequest.builder()
                        .functionName("f")
                        .build(),
                it.call());
        lambda.deleteCodeSigningConfig(deletion, it.call());

        assertRefused(
                () -> assign(arn),
                "CodeSigningConfigNotFoundException",
                404,
                "The code signing configuration cannot be found. Check that the provided configuration is not deleted: "
                        + arn + ".");
    }
}
