package io.pileus.lambda;

import static io.pileus.lambda.LambdaFixture.ROLE;
import static io.pileus.lambda.LambdaFixture.assertRefused;
import static io.pileus.lambda.LambdaFixture.zip;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.service.AwsException;
import io.pileus.core.testkit.SavedStates;
import io.pileus.lambda.model.*;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Functions of container images, which are never fetched. */
class ImageFunctionTest {
    private static final String REPOSITORY = "000000000000.dkr.ecr.us-east-1.amazonaws.com/orders";
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    private final LambdaFixture it = new LambdaFixture();
    private final LambdaService lambda = it.lambda;

    @AfterEach
    void close() {
        it.close();
    }

    private static CreateFunctionRequest.Builder image(String uri) {
        return CreateFunctionRequest.builder()
                .functionName("f")
                .packageType("Image")
                .role(ROLE)
                .code_(FunctionCode.builder().imageUri(uri).build());
    }

    private FunctionConfiguration create(String uri) {
        return lambda.createFunction(image(uri).build(), it.call());
    }

    private GetFunctionResponse get() {
        return lambda.getFunction(GetFunctionRequest.builder().functionName("f").build(), it.call());
    }

    @Test
    void anImagesFunctionShowsWhereItsImageIs() {
        FunctionConfiguration made = lambda.createFunction(
                image(REPOSITORY + "@sha256:" + DIGEST)
                        .imageConfig(ImageConfig.builder()
                                .command(List.of("app.handler"))
                                .build())
                        .build(),
                it.call());

        assertThat(made.packageType()).isEqualTo("Image");
        assertThat(made.runtime()).isNull();
        assertThat(made.handler()).isNull();
        assertThat(made.codeSha256()).isEqualTo(DIGEST);
        assertThat(made.codeSize()).isZero();
        assertThat(made.imageConfigResponse().imageConfig().command()).containsExactly("app.handler");
        FunctionCodeLocation location = get().code_();
        assertThat(location.repositoryType()).isEqualTo("ECR");
        assertThat(location.imageUri()).isEqualTo(REPOSITORY + "@sha256:" + DIGEST);
        assertThat(location.resolvedImageUri()).isEqualTo(REPOSITORY + "@sha256:" + DIGEST);
        assertThat(location.location()).isNull();
    }

    @Test
    void anotherImageIsAnotherVersion() {
        create(REPOSITORY + ":1");
        String first = get().code_().resolvedImageUri();

        FunctionConfiguration changed = lambda.updateFunctionCode(
                UpdateFunctionCodeRequest.builder()
                        .functionName("f")
                        .imageUri(REPOSITORY + ":2")
                        .publish(true)
                        .build(),
                it.call());

        assertThat(changed.version()).isEqualTo("1");
        assertThat(get().code_().imageUri()).isEqualTo(REPOSITORY + ":2");
        assertThat(get().code_().resolvedImageUri())
                .matches(REPOSITORY + "@sha256:[0-9a-f]{64}")
                .isNotEqualTo(first);
    }

    @Test
    void whatRunsOtherFunctionsRunsImages() {
        create(REPOSITORY + ":1");
        Assertions.assertThatThrownBy(() -> it.invoke("f", "{}"))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.httpStatus()).isEqualTo(501))
                .hasMessageContaining("LAMBDA_REMOTE_ENDPOINTS");

        lambda.register("f", event -> event);

        assertThat(it.invoke("f", "[1]").payload().utf8()).isEqualTo("[1]");
    }

    @Test
    void imagesAndArchivesDoNotMix() {
        String code = "InvalidParameterValueException";
        String archive = "Please don't provide Handler or Runtime or Layer when the intended function PackageType is"
                + " Image.";
        assertRefused(() -> lambda.createFunction(image("x").handler("a.b").build(), it.call()), code, 400, archive);
        assertRefused(
                () -> create(null),
                code,
                400,
                "Please provide ImageUri when creating a function with packageType Image.");
        create(REPOSITORY + ":1");
        it.create("zipped");

        assertRefused(
                () -> lambda.updateFunctionConfiguration(
                        UpdateFunctionConfigurationRequest.builder()
                                .functionName("f")
                                .runtime("python3.12")
                                .build(),
                        it.call()),
                code,
                400,
                archive);
        assertRefused(
                () -> lambda.updateFunctionCode(
                        UpdateFunctionCodeRequest.builder()
                                .functionName("f")
                                .zipFile(zip("a", "b"))
                                .build(),
                        it.call()),
                code,
                400,
                "Please provide ImageUri when updating a function with packageType Image.");
        assertRefused(
                () -> lambda.updateFunctionCode(
                        UpdateFunctionCodeRequest.builder()
                                .functionName("zipped")
                                .imageUri(REPOSITORY + ":1")
                                .build(),
                        it.call()),
                code,
                400,
                "Please don't provide ImageUri when updating a function with packageType Zip.");
    }

    @Test
    void anImagesFunctionComesBack() {
        create(REPOSITORY + ":1");
        GetFunctionResponse before = get();
        SavedStates saved = SavedStates.of(lambda);

        try (LambdaFixture after = new LambdaFixture()) {
            saved.loadInto(after.lambda);

            assertThat(after.lambda.getFunction(
                            GetFunctionRequest.builder().functionName("f").build(), after.call()))
                    .isEqualTo(before);
        }
    }
}
