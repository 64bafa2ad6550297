package io.pileus.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Blob;
import io.pileus.core.testkit.TestCalls;
import io.pileus.core.testkit.TestEnvironment;
import io.pileus.lambda.model.CreateFunctionRequest;
import io.pileus.lambda.model.FunctionCode;
import io.pileus.lambda.model.FunctionConfiguration;
import io.pileus.lambda.model.InvocationRequest;
import io.pileus.lambda.model.InvocationResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A Lambda service of its own, and short words for what tests do with it. */
public final class LambdaFixture implements AutoCloseable {
    public static final String ROLE = "arn:aws:iam::000000000000:role/r";
    public static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";
    private static final JsonMapper JSON = new JsonMapper();

    public final TestEnvironment env;
    public final LambdaService lambda;

    public LambdaFixture(String... settings) {
        env = TestEnvironment.with(settings);
        lambda = new LambdaService(env.services());
    }

    public CallContext call() {
        return TestCalls.call(env);
    }

    // ---- functions --------------------------------------------------------------------------------------------------

    public FunctionConfiguration create(String name) {
        return create(name, "python3.12", zip("app.py", "def handler(event, context):\n    return event\n"));
    }

    public FunctionConfiguration python(String name, String source) {
        return create(name, "python3.12", zip("app.py", source));
    }

    public FunctionConfiguration node(String name, String source) {
        return create(name, "nodejs20.x", zip("app.mjs", source));
    }

    public FunctionConfiguration shell(String name, String source) {
        return create(name, "provided.al2023", zip("bootstrap", source));
    }

    public FunctionConfiguration create(String name, String runtime, Blob zip) {
        return create(name, runtime, zip, r -> r);
    }

    public FunctionConfiguration create(
            String name, String runtime, Blob zip, UnaryOperator<CreateFunctionRequest.Builder> more) {
        return lambda.createFunction(
                more.apply(CreateFunctionRequest.builder()
                                .functionName(name)
                                .runtime(runtime)
                                .handler("app.handler")
                                .role(ROLE)
                                .timeout(30)
                                .code_(FunctionCode.builder().zipFile(zip).build()))
                        .build(),
                call());
    }

    /** An archive of files: names and contents in turn. */
    public static Blob zip(String... namesAndContents) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Blob.of(bytes.toByteArray());
    }

    // ---- invocations ------------------------------------------------------------------------------------------------

    public InvocationResponse invoke(String name, String payload) {
        return invoke(name, payload, r -> r);
    }

    public InvocationResponse invoke(String name, String payload, UnaryOperator<InvocationRequest.Builder> more) {
        return await(start(name, payload, more));
    }

    public CompletableFuture<InvocationResponse> start(
            String name, String payload, UnaryOperator<InvocationRequest.Builder> more) {
        return lambda.invoke(
                        more.apply(InvocationRequest.builder()
                                        .functionName(name)
                                        .payload(Blob.ofUtf8(payload)))
                                .build(),
                        call())
                .toCompletableFuture();
    }

    public static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    public static JsonNode json(InvocationResponse answer) {
        return json(answer.payload().utf8());
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String log(InvocationResponse answer) {
        return new String(Base64.getDecoder().decode(answer.logResult()), StandardCharsets.UTF_8);
    }

    /** The error of a function that failed. */
    public JsonNode failure(String name, String payload) {
        InvocationResponse answer = invoke(name, payload);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.functionError()).isEqualTo("Unhandled");
        return json(answer);
    }

    public void advance(Duration by) {
        env.advance(by);
    }

    /** A call is refused in these words. */
    public static void assertRefused(ThrowingCallable call, String code, int status, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AwsException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.getMessage()).isEqualTo(message);
            assertThat(e.httpStatus()).isEqualTo(status);
        });
    }

    @Override
    public void close() {
        lambda.close();
    }
}
