package io.pileus.it.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.model.FunctionUrlAuthType;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeMode;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.InvokeWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.PublishLayerVersionResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;
import software.amazon.awssdk.services.s3.S3Client;

class LambdaJavaSdkTest {
    private static final String STREAMING = """
            export const handler = awslambda.streamifyResponse(async (event, out) => {
              out.write("one,");
              out.write("two");
              out.end();
            });
            """;

    @Test
    void aFunctionIsCreatedWaitedForInvokedAndDeleted() {
        try (LambdaServer server = new LambdaServer()) {
            server.python("f", "def handler(event, context):\n    print('hello')\n    return {'n': event['n'] + 1}\n");
            server.lambda.waiter().waitUntilFunctionActiveV2(f -> f.functionName("f"));

            InvokeResponse answer = server.lambda.invoke(i -> i.functionName("f")
                    .payload(SdkBytes.fromUtf8String("{\"n\":1}"))
                    .logType(LogType.TAIL));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.payload().asUtf8String()).isEqualTo("{\"n\": 2}");
            assertThat(new String(Base64.getDecoder().decode(answer.logResult()), StandardCharsets.UTF_8))
                    .contains("\nhello\n");
            server.lambda.deleteFunction(f -> f.functionName("f"));
            assertThatThrownBy(() -> server.lambda.invoke(i -> i.functionName("f")))
                    .isInstanceOf(ResourceNotFoundException.class)
                    .hasMessageContaining("Function not found: " + LambdaServer.ARN + "f");
        }
    }

    @Test
    void anErrorOfTheFunctionAndAThrottleAreTold() {
        try (LambdaServer server = new LambdaServer()) {
            server.python("f", "def handler(event, context):\n    raise KeyError('gone')\n");

            InvokeResponse failed = server.lambda.invoke(i -> i.functionName("f"));
            server.lambda.putFunctionConcurrency(c -> c.functionName("f").reservedConcurrentExecutions(0));

            assertThat(failed.functionError()).isEqualTo("Unhandled");
            assertThat(failed.payload().asUtf8String()).contains("\"errorType\": \"KeyError\"");
            assertThatThrownBy(() -> server.lambda.invoke(i -> i.functionName("f")))
                    .isInstanceOfSatisfying(
                            TooManyRequestsException.class,
                            e -> assertThat(e.reasonAsString())
                                    .isEqualTo("ReservedFunctionConcurrentInvocationLimitExceeded"));
        }
    }

    @Test
    void codeComesFromABucketAndLayersAreOnThePath() {
        try (LambdaServer server = new LambdaServer();
                S3Client s3 = server.client(
                        software.amazon.awssdk.services.s3.S3Client.builder().forcePathStyle(true))) {
            s3.createBucket(b -> b.bucket("code"));
            s3.putObject(
                    o -> o.bucket("code").key("f.zip"),
                    RequestBody.fromBytes(LambdaServer.zip(
                                    "app.py", "import shared\ndef handler(event, context):\n    return shared.WORD\n")
                            .asByteArray()));
            PublishLayerVersionResponse layer = server.lambda.publishLayerVersion(l -> l.layerName("shared")
                    .compatibleRuntimes(Runtime.PYTHON3_12)
                    .content(c -> c.zipFile(LambdaServer.zip("python/shared.py", "WORD = 'from a layer'\n"))));
            server.lambda.createFunction(f -> f.functionName("f")
                    .runtime(Runtime.PYTHON3_12)
                    .role(LambdaServer.ROLE)
                    .handler("app.handler")
                    .timeout(30)
                    .layers(layer.layerVersionArn())
                    .code(c -> c.s3Bucket("code").s3Key("f.zip")));

            assertThat(server.lambda.invoke(i -> i.functionName("f")).payload().asUtf8String())
                    .isEqualTo("\"from a layer\"");
        }
    }

    @Test
    void aResponseIsStreamed() throws Exception {
        try (LambdaServer server = new LambdaServer();
                LambdaAsyncClient async = server.async()) {
            async.createFunction(f -> f.functionName("stream")
                            .runtime(Runtime.NODEJS20_X)
                            .role(LambdaServer.ROLE)
                            .handler("app.handler")
                            .timeout(30)
                            .code(c -> c.zipFile(LambdaServer.zip("app.mjs", STREAMING))))
                    .get(60, TimeUnit.SECONDS);
            StringBuilder payload = new StringBuilder();
            List<String> completes = new ArrayList<>();

            async.invokeWithResponseStream(
                            i -> i.functionName("stream").payload(SdkBytes.fromUtf8String("{}")),
                            InvokeWithResponseStreamResponseHandler.builder()
                                    .subscriber(InvokeWithResponseStreamResponseHandler.Visitor.builder()
                                            .onPayloadChunk(chunk -> payload.append(
                                                    chunk.payload().asUtf8String()))
                                            .onInvokeComplete(
                                                    complete -> completes.add(String.valueOf(complete.errorCode())))
                                            .build())
                                    .build())
                    .get(60, TimeUnit.SECONDS);

            assertThat(payload).hasToString("one,two");
            assertThat(completes).containsExactly("null");
        }
    }

    @Test
    void aFunctionAnswersAtItsUrl() throws Exception {
        try (LambdaServer server = new LambdaServer()) {
            server.python("f", """
                    def handler(event, context):
                        return {'statusCode': 201, 'headers': {'X-Path': event['rawPath']}, 'body': event.get('body', '')}
                    """);
            URI url = URI.create(server.lambda
                    .createFunctionUrlConfig(u -> u.functionName("f").authType(FunctionUrlAuthType.NONE))
                    .functionUrl());

            String answer = exchange(server.pileus.endpoint(), url.getAuthority(), "/some/path", "hello");
            String id = url.getHost().substring(0, url.getHost().indexOf('.'));

            assertThat(url.getHost()).matches("[a-z0-9]{32}\\.lambda-url\\.us-east-1\\..+");
            assertThat(answer)
                    .startsWith("HTTP/1.1 201 ")
                    .contains("X-Path: /some/path")
                    .endsWith("hello");
            assertThat(server.get("/_aws/lambda-url/" + id + "/other").headers().firstValue("x-path"))
                    .contains("/other");
        }
    }

    @Test
    void aStreamedResponseAtAUrlSaysItsStatusFirst() throws Exception {
        try (LambdaServer server = new LambdaServer()) {
            server.lambda.createFunction(f -> f.functionName("stream")
                    .runtime(Runtime.NODEJS20_X)
                    .role(LambdaServer.ROLE)
                    .handler("app.handler")
                    .timeout(30)
                    .code(c -> c.zipFile(LambdaServer.zip("app.mjs", """
                            export const handler = awslambda.streamifyResponse(async (event, out) => {
                              const page = awslambda.HttpResponseStream.from(out, { statusCode: 202, headers: { "X-Mine": "1" } });
                              page.write("streamed");
                              page.end();
                            });
                            """))));
            URI url = URI.create(server.lambda
                    .createFunctionUrlConfig(u -> u.functionName("stream")
                            .authType(FunctionUrlAuthType.NONE)
                            .invokeMode(InvokeMode.RESPONSE_STREAM))
                    .functionUrl());
            String id = url.getHost().substring(0, url.getHost().indexOf('.'));

            var answer = server.get("/_aws/lambda-url/" + id);

            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.headers().firstValue("x-mine")).contains("1");
            assertThat(answer.body()).isEqualTo("streamed");
        }
    }

    /** A request by hand: the host's name need not be found anywhere. */
    private static String exchange(URI server, String host, String path, String body) throws Exception {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: " + host
                                    + "\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: "
                                    + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.UTF_8));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .lines()
                    .collect(Collectors.joining("\n"));
        }
    }

    @Test
    void anEventIsAcceptedAndADryRunChecksOnly() {
        try (LambdaServer server = new LambdaServer()) {
            server.python("f", "def handler(event, context):\n    return 1\n");

            assertThat(server.lambda
                            .invoke(i -> i.functionName("f").invocationType(InvocationType.EVENT))
                            .statusCode())
                    .isEqualTo(202);
            assertThat(server.lambda
                            .invoke(i -> i.functionName("f").invocationType(InvocationType.DRY_RUN))
                            .statusCode())
                    .isEqualTo(204);
        }
    }
}
