package io.pileus.lambda;

import static io.pileus.lambda.LambdaFixture.assertRefused;
import static io.pileus.lambda.LambdaFixture.zip;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.Payload;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.port.ObjectStore;
import io.pileus.core.shape.Blob;
import io.pileus.lambda.model.*;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Functions, versions and aliases, as the API shows and changes them. */
class FunctionOperationsTest {
    private final LambdaFixture it = new LambdaFixture();
    private final LambdaService lambda = it.lambda;

    @AfterEach
    void close() {
        it.close();
    }

    private FunctionConfiguration configuration(String name) {
        return lambda.getFunctionConfiguration(
                GetFunctionConfigurationRequest.builder().functionName(name).build(), it.call());
    }

    private FunctionConfiguration publish(String name) {
        return lambda.publishVersion(
                PublishVersionRequest.builder().functionName(name).build(), it.call());
    }

    private FunctionConfiguration change(String name, String source) {
        return lambda.updateFunctionCode(
                UpdateFunctionCodeRequest.builder()
                        .functionName(name)
                        .zipFile(zip("app.py", source))
                        .build(),
                it.call());
    }

    @Test
    void fileSystemsAreKeptAndTakenAway() {
        FileSystemConfig system = FileSystemConfig.builder()
                .arn("arn:aws:elasticfilesystem:us-east-1:000000000000:access-point/fsap-0123456789abcdef0")
                .localMountPath("/mnt/data")
                .build();
        it.create("f", "python3.12", zip("app.py", ""), r -> r.fileSystemConfigs(List.of(system)));

        assertThat(configuration("f").fileSystemConfigs()).containsExactly(system);
        lambda.updateFunctionConfiguration(
                UpdateFunctionConfigurationRequest.builder()
                        .functionName("f")
                        .fileSystemConfigs(List.of())
                        .build(),
                it.call());

        assertThat(configuration("f").hasFileSystemConfigs()).isFalse();
    }

    @Test
    void functionsOfOtherRegionsAreOutOfReach() {
        assertRefused(
                () -> lambda.getFunction(
                        GetFunctionRequest.builder()
                                .functionName("arn:aws:lambda:us-west-2:000000000000:function:f")
                                .build(),
                        it.call()),
                "ResourceNotFoundException",
                404,
                "Functions from 'us-west-2' are not reachable in this region ('us-east-1')");
    }

    @Test
    void aFunctionIsPendingWhenMadeAndActiveWhenReadAgain() {
        FunctionConfiguration made = it.create("f");

        assertThat(made.state()).isEqualTo("Pending");
        assertThat(made.stateReasonCode()).isEqualTo("Creating");
        assertThat(made.lastUpdateStatus()).isNull();
        assertThat(configuration("f").state()).isEqualTo("Active");
        assertThat(configuration("f").lastUpdateStatus()).isEqualTo("Successful");
        assertThat(change("f", "x = 1\n").lastUpdateStatus()).isEqualTo("InProgress");
        assertThat(configuration("f").lastUpdateStatus()).isEqualTo("Successful");
    }

    @Test
    void whatIsNotSaidHasItsDefault() {
        FunctionConfiguration made = it.create("f", "python3.12", zip("app.py", ""), r -> r.timeout(null));

        assertThat(made.timeout()).isEqualTo(3);
        assertThat(made.memorySize()).isEqualTo(128);
        assertThat(made.packageType()).isEqualTo("Zip");
        assertThat(made.architectures()).containsExactly("x86_64");
        assertThat(made.ephemeralStorage().size()).isEqualTo(512);
        assertThat(made.tracingConfig().mode()).isEqualTo("PassThrough");
        assertThat(made.loggingConfig().logGroup()).isEqualTo("/aws/lambda/f");
        assertThat(made.environment()).isNull();
        assertThat(made.hasLayers()).isFalse();
        assertThat(made.lastModified()).isEqualTo("2026-01-01T00:00:00.000+0000");
    }

    @Test
    void theSameCodeIsPublishedOnce() {
        it.create("f");

        FunctionConfiguration first = publish("f");
        FunctionConfiguration again = publish("f");
        change("f", "changed = True\n");
        FunctionConfiguration second = publish("f");

        assertThat(first.version()).isEqualTo("1");
        assertThat(first.functionArn()).isEqualTo(LambdaFixture.ARN + "f:1");
        assertThat(again).isEqualTo(first);
        assertThat(second.version()).isEqualTo("2");
        assertThat(second.codeSha256()).isNotEqualTo(first.codeSha256());
    }

    @Test
    void aPublishedVersionStaysAsItWas() {
        it.python("f", "def handler(event, context):\n    return 'old'\n");
        publish("f");
        change("f", "def handler(event, context):\n    return 'new'\n");

        assertThat(it.invoke("f", "{}", r -> r.qualifier("1")).payload().utf8()).isEqualTo("\"old\"");
        assertThat(it.invoke("f:1", "{}").executedVersion()).isEqualTo("1");
        assertThat(it.invoke("f", "{}").payload().utf8()).isEqualTo("\"new\"");
    }

    @Test
    void aDryRunChangesNothing() {
        FunctionConfiguration before = it.create("f");

        FunctionConfiguration shown = lambda.updateFunctionCode(
                UpdateFunctionCodeRequest.builder()
                        .functionName("f")
                        .zipFile(zip("app.py", "other = 1\n"))
                        .dryRun(true)
                        .build(),
                it.call());

        assertThat(shown.codeSha256()).isNotEqualTo(before.codeSha256());
        assertThat(configuration("f").codeSha256()).isEqualTo(before.codeSha256());
        assertThat(configuration("f").revisionId()).isEqualTo(before.revisionId());
    }

    @Test
    void aStaleRevisionIsRefused() {
        FunctionConfiguration made = it.create("f");
        UpdateFunctionConfigurationRequest change = UpdateFunctionConfigurationRequest.builder()
                .functionName("f")
                .description("d")
                .revisionId(made.revisionId())
                .build();
        lambda.updateFunctionConfiguration(change, it.call());

        assertRefused(
                () -> lambda.updateFunctionConfiguration(change, it.call()),
                "PreconditionFailedException",
                412,
                "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to"
                        + " retrieve the latest Revision Id");
    }

    @Test
    void limitsHold() {
        it.create("f");
        UpdateFunctionConfigurationRequest.Builder change =
                UpdateFunctionConfigurationRequest.builder().functionName("f");

        assertRefused(
                () -> lambda.updateFunctionConfiguration(change.timeout(901).build(), it.call()),
                "ValidationException",
                400,
                "1 validation error detected: Value '901' at 'timeout' failed to satisfy constraint: Member must have"
                        + " value less than or equal to 900");
        assertRefused(
                () -> lambda.updateFunctionConfiguration(
                        change.timeout(3)
                                .environment(Environment.builder()
                                        .variables(Map.of("KEY", "x".repeat(4087)))
                                        .build())
                                .build(),
                        it.call()),
                "InvalidParameterValueException",
                400,
                "Lambda was unable to configure your environment variables because the environment variables you have"
                        + " provided exceeded the 4KB limit. String measured: {\"KEY\":\"" + "x".repeat(4087) + "\"}");
        assertRefused(
                () -> lambda.updateFunctionConfiguration(
                        UpdateFunctionConfigurationRequest.builder()
                                .functionName("f")
                                .memorySize(10_241)
                                .build(),
                        it.call()),
                "InvalidParameterValueException",
                400,
                "'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to 10240");
        assertRefused(
                () -> lambda.updateFunctionConfiguration(
                        change.environment(Environment.builder()
                                        .variables(Map.of("AWS_REGION", "x", "_HANDLER", "y"))
                                        .build())
                                .build(),
                        it.call()),
                "InvalidParameterValueException",
                400,
                "Lambda was unable to configure your environment variables because the environment variables you have"
                        + " provided contains reserved keys that are currently not supported for modification. Reserved"
                        + " keys used in this request: AWS_REGION, _HANDLER");
        assertRefused(
                () -> it.create("f".repeat(65)),
                "ValidationException",
                400,
                "1 validation error detected: Value '" + "f".repeat(65) + "' at 'functionName' failed to satisfy"
                        + " constraint: Member must have length less than or equal to 64");
    }

    @Test
    void oneOfManyWhoCreateAFunctionMakesIt() throws Exception {
        List<String> results = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 32; i++) {
                threads.execute(() -> {
                    try {
                        it.create("f");
                        results.add("made");
                    } catch (ResourceConflictException e) {
                        results.add(e.getMessage());
                    }
                });
            }
        }

        assertThat(results).hasSize(32);
        assertThat(results).containsOnlyOnce("made").contains("Function already exist: f");
    }

    @Test
    void manyWhoPublishAtOnceGetOneVersion() throws Exception {
        it.create("f");
        Set<String> versions = Collections.synchronizedSet(new HashSet<>());
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 64; i++) {
                threads.execute(() -> versions.add(publish("f").version()));
            }
        }

        assertThat(versions).containsExactly("1");
    }

    @Test
    void listsComeInPages() {
        for (int i = 0; i < 60; i++) {
            it.create("f" + (100 + i));
        }

        ListFunctionsResponse first =
                lambda.listFunctions(ListFunctionsRequest.builder().build(), it.call());
        ListFunctionsResponse second = lambda.listFunctions(
                ListFunctionsRequest.builder().marker(first.nextMarker()).build(), it.call());

        assertThat(first.functions()).hasSize(50);
        assertThat(second.functions()).hasSize(10);
        assertThat(second.nextMarker()).isNull();
        assertThat(first.functions().getFirst().functionName()).isEqualTo("f100");
        assertThat(second.functions().getFirst().functionName()).isEqualTo("f150");
        assertThat(first.functions().getFirst().state()).isNull();
        assertRefused(
                () -> lambda.listFunctions(
                        ListFunctionsRequest.builder().masterRegion("us-east-1").build(), it.call()),
                "InvalidParameterValueException",
                400,
                "FunctionVersion must be set to ALL when MasterRegion is specified.");
    }

    @Test
    void versionsAreListedAndDeleted() {
        it.create("f");
        publish("f");

        assertThat(lambda.listVersionsByFunction(
                                ListVersionsByFunctionRequest.builder()
                                        .functionName("f")
                                        .build(),
                                it.call())
                        .versions())
                .extracting(FunctionConfiguration::functionArn)
                .containsExactly(LambdaFixture.ARN + "f:$LATEST", LambdaFixture.ARN + "f:1");
        lambda.createAlias(
                CreateAliasRequest.builder()
                        .functionName("f")
                        .name("live")
                        .functionVersion("1")
                        .build(),
                it.call());
        DeleteFunctionRequest version =
                DeleteFunctionRequest.builder().functionName("f").qualifier("1").build();

        assertRefused(
                () -> lambda.deleteFunction(version, it.call()),
                "ResourceConflictException",
                409,
                "Unable to delete version because the following aliases reference it: [live]");
        lambda.deleteAlias(
                DeleteAliasRequest.builder().functionName("f").name("live").build(), it.call());
        lambda.deleteFunction(version, it.call());
        assertRefused(
                () -> lambda.getFunction(
                        GetFunctionRequest.builder().functionName("f:1").build(), it.call()),
                "ResourceNotFoundException",
                404,
                "Function not found: " + LambdaFixture.ARN + "f:1");
        change("f", "again = 1\n");
        assertThat(publish("f").version()).isEqualTo("2");
    }

    @Test
    void anAliasDividesInvocationsByItsWeights() {
        it.create("f");
        publish("f");
        change("f", "def handler(event, context):\n    return 2\n");
        publish("f");
        lambda.register("f", event -> event);
        lambda.createAlias(
                CreateAliasRequest.builder()
                        .functionName("f")
                        .name("live")
                        .functionVersion("1")
                        .routingConfig(AliasRoutingConfiguration.builder()
                                .additionalVersionWeights(Map.of("2", 0.25))
                                .build())
                        .build(),
                it.call());

        int second = 0;
        for (int i = 0; i < 400; i++) {
            second += it.invoke("f:live", "1").executedVersion().equals("2") ? 1 : 0;
        }

        assertThat(second).isBetween(60, 140);
    }

    @Test
    void codeComesFromABucket() {
        Blob code = zip("app.py", "def handler(event, context):\n    return 'from a bucket'\n");
        it.env.services().ports().provide(ObjectStore.class, new OneObject(code));
        FunctionCode source =
                FunctionCode.builder().s3Bucket("b").s3Key("code.zip").build();

        it.create("f", "python3.12", code, r -> r.code_(source));

        assertThat(it.invoke("f", "{}").payload().utf8()).isEqualTo("\"from a bucket\"");
        assertRefused(
                () -> it.create(
                        "g",
                        "python3.12",
                        code,
                        r -> r.code_(FunctionCode.builder()
                                .s3Bucket("b")
                                .s3Key("none")
                                .build())),
                "InvalidParameterValueException",
                400,
                "Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not"
                        + " exist.");
    }

    /** A store of one object, b/code.zip. */
    private record OneObject(Blob content) implements ObjectStore {
        @Override
        public Get get(String bucket, String key, Optional<String> versionId) {
            return key.equals("code.zip")
                    ? new Found(Payload.of(content.bytes()), "etag", "application/zip", Map.of(), Instant.EPOCH)
                    : new GetFailed("NoSuchKey", "The specified key does not exist.");
        }

        @Override
        public Put put(String bucket, String key, Payload body, Map<String, String> metadata, String contentType) {
            return new PutFailed("AccessDenied", "no");
        }

        @Override
        public Listing list(String bucket, String prefix, Optional<String> startAfter) {
            return new Listing(List.of(), false, Optional.empty());
        }

        @Override
        public void createBucket(AccountId account, Region region, String bucket) {}
    }
}
