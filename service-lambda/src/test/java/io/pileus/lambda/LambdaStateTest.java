package io.pileus.lambda;

import static io.pileus.lambda.LambdaFixture.zip;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.shape.Blob;
import io.pileus.core.state.StateChanges;
import io.pileus.core.testkit.SavedStates;
import io.pileus.lambda.model.*;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Lambda is after it was saved and loaded. */
class LambdaStateTest {
    private final LambdaFixture before = new LambdaFixture();
    private final LambdaFixture after = new LambdaFixture();

    @AfterEach
    void close() {
        before.close();
        after.close();
    }

    private void load() {
        after.env.advance(Duration.between(after.env.now(), before.env.now()));
        SavedStates.of(before.lambda).loadInto(after.lambda);
    }

    @Test
    void functionsVersionsAliasesAndWhatIsSetForThemComeBack() {
        before.lambda.publishLayerVersion(
                PublishLayerVersionRequest.builder()
                        .layerName("l")
                        .content(LayerVersionContentInput.builder()
                                .zipFile(zip("python/shared.py", "WORD = 'one'\n"))
                                .build())
                        .build(),
                before.call());
        before.lambda.addLayerVersionPermission(
                AddLayerVersionPermissionRequest.builder()
                        .layerName("l")
                        .versionNumber(1L)
                        .statementId("s")
                        .action("lambda:GetLayerVersion")
                        .principal("*")
                        .build(),
                before.call());
        before.create(
                "f",
                "python3.12",
                zip("app.py", "x"),
                r -> r.layers(List.of("arn:aws:lambda:us-east-1:000000000000:layer:l:1"))
                        .tags(Map.of("t", "v")));
        before.lambda.publishVersion(
                PublishVersionRequest.builder().functionName("f").build(), before.call());
        before.lambda.createAlias(
                CreateAliasRequest.builder()
                        .functionName("f")
                        .name("live")
                        .functionVersion("1")
                        .build(),
                before.call());
        before.lambda.addPermission(
                AddPermissionRequest.builder()
                        .functionName("f")
                        .statementId("s")
                        .action("lambda:InvokeFunction")
                        .principal("sns.amazonaws.com")
                        .build(),
                before.call());
        before.lambda.putFunctionConcurrency(
                PutFunctionConcurrencyRequest.builder()
                        .functionName("f")
                        .reservedConcurrentExecutions(7)
                        .build(),
                before.call());
        before.lambda.createFunctionUrlConfig(
                CreateFunctionUrlConfigRequest.builder()
                        .functionName("f")
                        .authType("NONE")
                        .build(),
                before.call());

        load();

        GetFunctionRequest get =
                GetFunctionRequest.builder().functionName("f").qualifier("live").build();
        assertThat(after.lambda.getFunction(get, after.call()).configuration())
                .isEqualTo(before.lambda.getFunction(get, before.call()).configuration());
        assertThat(after.lambda.getFunction(get, after.call()).tags()).isEqualTo(Map.of("t", "v"));
        GetPolicyRequest policy = GetPolicyRequest.builder().functionName("f").build();
        assertThat(after.lambda.getPolicy(policy, after.call()))
                .isEqualTo(before.lambda.getPolicy(policy, before.call()));
        GetFunctionUrlConfigRequest url =
                GetFunctionUrlConfigRequest.builder().functionName("f").build();
        assertThat(after.lambda.getFunctionUrlConfig(url, after.call()))
                .isEqualTo(before.lambda.getFunctionUrlConfig(url, before.call()));
        GetLayerVersionRequest layer = GetLayerVersionRequest.builder()
                .layerName("l")
                .versionNumber(1L)
                .build();
        assertThat(after.lambda.getLayerVersion(layer, after.call()).content().codeSha256())
                .isEqualTo(before.lambda
                        .getLayerVersion(layer, before.call())
                        .content()
                        .codeSha256());
        assertThat(after.lambda
                        .publishVersion(
                                PublishVersionRequest.builder()
                                        .functionName("f")
                                        .build(),
                                after.call())
                        .version())
                .as("nothing has changed since version 1")
                .isEqualTo("1");
    }

    @Test
    void codeSigningConfigurationsAndWhoHasThemComeBack() {
        String arn = before.lambda
                .createCodeSigningConfig(
                        CreateCodeSigningConfigRequest.builder()
                                .allowedPublishers(AllowedPublishers.builder()
                                        .signingProfileVersionArns(List.of("arn:aws:signer:us-east-1:1:/p/1"))
                                        .build())
                                .tags(Map.of("t", "v"))
                                .build(),
                        before.call())
                .codeSigningConfig()
                .codeSigningConfigArn();
        before.create("f", "python3.12", zip("app.py", "x"), r -> r.codeSigningConfigArn(arn));

        load();

        GetCodeSigningConfigRequest get =
                GetCodeSigningConfigRequest.builder().codeSigningConfigArn(arn).build();
        assertThat(after.lambda.getCodeSigningConfig(get, after.call()))
                .isEqualTo(before.lambda.getCodeSigningConfig(get, before.call()));
        assertThat(after.lambda
                        .listTags(ListTagsRequest.builder().resource(arn).build(), after.call())
                        .tags())
                .isEqualTo(Map.of("t", "v"));
        assertThat(after.lambda
                        .listFunctionsByCodeSigningConfig(
                                ListFunctionsByCodeSigningConfigRequest.builder()
                                        .codeSigningConfigArn(arn)
                                        .build(),
                                after.call())
                        .functionArns())
                .containsExactly(LambdaFixture.ARN + "f");
    }

    @Test
    void anEventThatWaitsForItsNextAttemptGetsIt() {
        List<Instant> attempts = new ArrayList<>();
        before.create("f");
        before.lambda.register("f", event -> {
            throw new IllegalStateException("no luck");
        });
        before.invoke("f", "{\"a\":1}", r -> r.invocationType("Event"));
        before.env.settle();
        after.lambda.register("f", event -> {
            attempts.add(after.env.now());
            return event;
        });

        load();

        assertThat(attempts).isEmpty();
        after.env.advance(Duration.ofMinutes(1));
        assertThat(attempts).containsExactly(before.env.now().plus(Duration.ofMinutes(1)));
        assertThat(SavedStates.of(after.lambda).text().keySet()).noneMatch(key -> key.startsWith("event"));
    }

    @Test
    void anArchiveIsWrittenOnce() {
        Blob zip = zip("app.py", "x");
        before.create("f", "python3.12", zip);
        SavedStates saved = SavedStates.of(before.lambda);

        before.create("g", "python3.12", zip);

        assertThat(saved.saveAgain(before.lambda)).isEqualTo(new StateChanges(1, 0));
        assertThat(saved.saveAgain(before.lambda)).isEqualTo(StateChanges.NONE);
    }
}
