package io.pileus.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.port.FunctionInvoker;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Blob;
import io.pileus.core.testkit.TestCalls;
import io.pileus.core.testkit.TestEnvironment;
import io.pileus.lambda.model.CreateFunctionRequest;
import io.pileus.lambda.model.DeleteFunctionRequest;
import io.pileus.lambda.model.FunctionCode;
import io.pileus.lambda.model.FunctionConfiguration;
import io.pileus.lambda.model.GetFunctionRequest;
import io.pileus.lambda.model.InvocationRequest;
import io.pileus.lambda.model.InvocationResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Functions that run in this process; those of other runtimes are tried against the real server. */
class LambdaServiceTest {
    private final TestEnvironment env = TestEnvironment.fresh();
    private final LambdaService lambda = new LambdaService(env.services());

    private CallContext call() {
        return TestCalls.call(env);
    }

    private FunctionConfiguration create(String name, byte[] zip) {
        return lambda.createFunction(
                CreateFunctionRequest.builder()
                        .functionName(name)
                        .runtime("python3.12")
                        .handler("app.handler")
                        .role("arn:aws:iam::000000000000:role/r")
                        .code_(FunctionCode.builder().zipFile(Blob.of(zip)).build())
                        .build(),
                call());
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("app.py"));
            zip.write("def handler(e, c): return e".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private InvocationResponse invoke(String name, String type, String payload) {
        return lambda.invoke(
                        InvocationRequest.builder()
                                .functionName(name)
                                .invocationType(type)
                                .payload(Blob.ofUtf8(payload))
                                .build(),
                        call())
                .toCompletableFuture()
                .join();
    }

    @Test
    void aFunctionIsDescribedByItsCodesHash() throws Exception {
        byte[] code = zip();

        FunctionConfiguration created = create("f", code);

        assertThat(created.functionArn()).isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:f");
        assertThat(created.codeSha256())
                .isEqualTo(Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(code)));
        assertThat(created.codeSize()).isEqualTo(code.length);
    }

    @Test
    void aFunctionAnswersWhatItReturns() throws Exception {
        create("f", zip());
        lambda.register("f", event -> Blob.ofUtf8("{\"got\":" + event.utf8() + "}"));

        InvocationResponse answer = invoke("f", "RequestResponse", "{\"a\":1}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.payload().utf8()).isEqualTo("{\"got\":{\"a\":1}}");
        assertThat(answer.functionError()).isNull();
    }

    @Test
    void anAsynchronousInvocationIsRetriedTwiceOnTheClock() throws Exception {
        create("f", zip());
        List<String> events = new ArrayList<>();
        lambda.register("f", event -> {
            events.add(event.utf8());
            throw new IllegalStateException("always");
        });

        assertThat(invoke("f", "Event", "{}").statusCode()).isEqualTo(202);
        env.advance(Duration.ofHours(1));

        assertThat(events).containsExactly("{}", "{}", "{}");
    }

    @Test
    void otherServicesInvokeThroughThePort() throws Exception {
        create("f", zip());
        lambda.register("f", event -> Blob.ofUtf8("\"done\""));
        FunctionInvoker invoker =
                env.services().ports().find(FunctionInvoker.class).orElseThrow();

        FunctionInvoker.Result result = invoker.invoke(
                        Arn.parse("arn:aws:lambda:us-east-1:000000000000:function:f")
                                .orElseThrow(),
                        Blob.ofUtf8("{}"),
                        Caller.service(call().account(), "states.amazonaws.com"),
                        1)
                .toCompletableFuture()
                .join();

        assertThat(result)
                .isInstanceOfSatisfying(
                        FunctionInvoker.Returned.class,
                        returned -> assertThat(returned.payload().utf8()).isEqualTo("\"done\""));
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        create("f", zip());
        assertThatThrownBy(() -> create("f", zip())).isInstanceOfSatisfying(AwsException.class, e -> {
            assertThat(e.code()).isEqualTo("ResourceConflictException");
            assertThat(e.httpStatus()).isEqualTo(409);
        });
        lambda.deleteFunction(DeleteFunctionRequest.builder().functionName("f").build(), call());

        assertThatThrownBy(() -> lambda.getFunction(
                        GetFunctionRequest.builder().functionName("f").build(), call()))
                .isInstanceOfSatisfying(AwsException.class, e -> {
                    assertThat(e.code()).isEqualTo("ResourceNotFoundException");
                    assertThat(e.httpStatus()).isEqualTo(404);
                    assertThat(e.getMessage()).contains("arn:aws:lambda:us-east-1:000000000000:function:f");
                });
    }
}
