package io.pileus.lambda;

import static io.pileus.lambda.LambdaFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Region;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Blob;
import io.pileus.core.testkit.TestCalls;
import io.pileus.lambda.model.*;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Function URLs: the events that requests become, and the answers that results become. */
class FunctionUrlTest {
    private final LambdaFixture it = new LambdaFixture();
    private final AtomicReference<Blob> event = new AtomicReference<>(Blob.EMPTY);
    private String id = "";

    @BeforeEach
    void aFunction() {
        it.create("f");
        answers("{\"ok\":true}");
    }

    @AfterEach
    void close() {
        it.close();
    }

    private void answers(String result) {
        it.lambda.register("f", given -> {
            event.set(given);
            return Blob.ofUtf8(result);
        });
    }

    private CreateFunctionUrlConfigResponse url(CreateFunctionUrlConfigRequest.Builder request) {
        CreateFunctionUrlConfigResponse made =
                it.lambda.createFunctionUrlConfig(request.functionName("f").build(), it.call());
        id = made.functionUrl().substring("http://".length(), made.functionUrl().indexOf('.'));
        return made;
    }

    private static CreateFunctionUrlConfigRequest.Builder open() {
        return CreateFunctionUrlConfigRequest.builder().authType("NONE");
    }

    private HttpResponse send(String method, String path, String query, Headers headers, byte[] body) {
        return send(method, path, query, headers, body, it.call());
    }

    private HttpResponse send(
            String method, String path, String query, Headers headers, byte[] body, CallContext call) {
        HttpRequest request = new HttpRequest(
                method,
                path,
                query,
                "http",
                id + ".lambda-url.us-east-1.localhost:4566",
                headers,
                Payload.of(body),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1234));
        return LambdaFixture.await(it.lambda
                .hosts()
                .getFirst()
                .endpoint()
                .handle(request, Map.of("id", id), call)
                .toCompletableFuture());
    }

    private static CallContext unsigned(CallContext call) {
        return new CallContext(
                call.requestId(),
                Caller.root(AccountId.DEFAULT, ""),
                call.account(),
                call.region(),
                call.receivedAt(),
                call.endpoint(),
                0,
                what -> {});
    }

    private static String body(HttpResponse response) {
        return new String(((HttpResponse.Complete) response.body()).payload().bytes());
    }

    @Test
    void aRequestBecomesAnEventOfFormatTwo() {
        url(open());

        HttpResponse answer = send(
                "POST",
                "/a%20b/c",
                "x=1&x=2&y=%C3%BC",
                Headers.of("Content-Type", "application/json", "X-Two", "1", "x-two", "2", "Cookie", "a=1; b=2"),
                "{\"hi\":1}".getBytes());

        JsonNode seen = LambdaFixture.json(event.get().utf8());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(body(answer)).isEqualTo("{\"ok\":true}");
        assertThat(seen.path("version").asText()).isEqualTo("2.0");
        assertThat(seen.path("routeKey").asText()).isEqualTo("$default");
        assertThat(seen.path("rawPath").asText()).isEqualTo("/a b/c");
        assertThat(seen.path("rawQueryString").asText()).isEqualTo("x=1&x=2&y=%C3%BC");
        assertThat(seen.path("queryStringParameters").toString()).isEqualTo("{\"x\":\"1,2\",\"y\":\"ü\"}");
        assertThat(seen.path("cookies").toString()).isEqualTo("[\"a=1\",\"b=2\"]");
        assertThat(seen.path("headers").path("x-two").asText()).isEqualTo("1,2");
        assertThat(seen.path("headers").path("x-forwarded-port").asText()).isEqualTo("4566");
        assertThat(seen.path("headers").has("cookie")).isFalse();
        assertThat(seen.path("body").asText()).isEqualTo("{\"hi\":1}");
        assertThat(seen.path("isBase64Encoded").asBoolean()).isFalse();
        JsonNode context = seen.path("requestContext");
        assertThat(context.path("accountId").asText()).isEqualTo("anonymous");
        assertThat(context.path("apiId").asText()).isEqualTo(id);
        assertThat(context.path("domainPrefix").asText()).isEqualTo(id);
        assertThat(context.path("http").path("method").asText()).isEqualTo("POST");
        assertThat(context.path("http").path("sourceIp").asText()).isEqualTo("127.0.0.1");
        assertThat(context.path("time").asText()).isEqualTo("01/Jan/2026:00:00:00 +0000");
        assertThat(context.path("timeEpoch").asLong()).isEqualTo(1767225600000L);
    }

    @Test
    void bytesAreGivenInBase64() {
        url(open());

        send("POST", "/", "", Headers.of("Content-Type", "image/png"), new byte[] {(byte) 0xff, 0});

        JsonNode seen = LambdaFixture.json(event.get().utf8());
        assertThat(seen.path("body").asText()).isEqualTo("/wA=");
        assertThat(seen.path("isBase64Encoded").asBoolean()).isTrue();
    }

    @Test
    void aResultWithAStatusSaysHeadersCookiesAndBody() {
        url(open());
        answers("{\"statusCode\":202,\"headers\":{\"X-Mine\":\"1\",\"Content-Type\":\"image/png\"},"
                + "\"cookies\":[\"a=1\",\"b=2\"],\"body\":\"/wA=\",\"isBase64Encoded\":true}");

        HttpResponse answer = send("GET", "/", "", new Headers(), new byte[0]);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.headers().get("x-mine")).isEqualTo("1");
        assertThat(answer.headers().get("content-type")).isEqualTo("image/png");
        assertThat(answer.headers().all("set-cookie")).isEqualTo(List.of("a=1", "b=2"));
        assertThat(((HttpResponse.Complete) answer.body()).payload().bytes()).containsExactly(0xff, 0);
    }

    @Test
    void aHeaderCannotAddAnotherOne() {
        url(open());
        answers(
                "{\"statusCode\":200,\"headers\":{\"X-Mine\":\"1\\r\\nX-Evil: 2\",\"bad name\":\"x\",\"Content-Length\":\"7\"}}");

        HttpResponse answer = send("GET", "/", "", new Headers(), new byte[0]);

        assertThat(answer.headers().get("x-mine")).isEqualTo("1  X-Evil: 2");
        assertThat(answer.headers().contains("bad name")).isFalse();
        assertThat(answer.headers().contains("content-length")).isFalse();
    }

    @Test
    void aFailureIsABadGatewayAndAThrottleIsTold() {
        url(open());
        it.lambda.register("f", given -> {
            throw new IllegalStateException("no luck");
        });

        HttpResponse failed = send("GET", "/", "", new Headers(), new byte[0]);
        it.lambda.putFunctionConcurrency(
                PutFunctionConcurrencyRequest.builder()
                        .functionName("f")
                        .reservedConcurrentExecutions(0)
                        .build(),
                it.call());
        HttpResponse throttled = send("GET", "/", "", new Headers(), new byte[0]);

        assertThat(failed.status()).isEqualTo(502);
        assertThat(body(failed)).isEqualTo("Internal Server Error").doesNotContain("no luck");
        assertThat(throttled.status()).isEqualTo(429);
        assertThat(body(throttled)).contains("ReservedFunctionConcurrentInvocationLimitExceeded");
    }

    @Test
    void aUrlForSignedRequestsRefusesOthersAndSaysWhoCalls() {
        url(CreateFunctionUrlConfigRequest.builder().authType("AWS_IAM"));
        CallContext signed =
                TestCalls.call(it.env, Caller.root(new AccountId("111111111111"), "AKIDEXAMPLE"), Region.US_EAST_1);

        HttpResponse refused = send("GET", "/", "", new Headers(), new byte[0], unsigned(it.call()));
        HttpResponse served = send("GET", "/", "", new Headers(), new byte[0], signed);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(body(refused))
                .isEqualTo("{\"Message\":\"Forbidden. For troubleshooting Function URL authorization issues, see:"
                        + " https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html\"}");
        assertThat(refused.headers().get("x-amzn-ErrorType")).isEqualTo("AccessDeniedException");
        assertThat(served.status()).isEqualTo(200);
        JsonNode iam = LambdaFixture.json(event.get().utf8())
                .path("requestContext")
                .path("authorizer")
                .path("iam");
        assertThat(iam.path("accessKey").asText()).isEqualTo("AKIDEXAMPLE");
        assertThat(iam.path("accountId").asText()).isEqualTo("111111111111");
        assertThat(iam.path("userArn").asText()).isEqualTo("arn:aws:iam::111111111111:root");
    }

    @Test
    void pagesOfTheNamedOriginsMayCall() {
        url(open().cors(Cors.builder()
                .allowOrigins(List.of("https://a.example"))
                .allowMethods(List.of("POST"))
                .allowHeaders(List.of("X-Custom"))
                .exposeHeaders(List.of("X-Mine"))
                .allowCredentials(true)
                .maxAge(60)
                .build()));

        HttpResponse preflight = send(
                "OPTIONS",
                "/",
                "",
                Headers.of("Origin", "https://a.example", "Access-Control-Request-Method", "POST"),
                new byte[0]);
        HttpResponse answer = send("POST", "/", "", Headers.of("Origin", "https://a.example"), new byte[0]);
        HttpResponse other = send("POST", "/", "", Headers.of("Origin", "https://b.example"), new byte[0]);

        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.headers().get("access-control-allow-origin")).isEqualTo("https://a.example");
        assertThat(preflight.headers().get("access-control-allow-methods")).isEqualTo("POST");
        assertThat(preflight.headers().get("access-control-allow-headers")).isEqualTo("x-custom");
        assertThat(preflight.headers().get("access-control-max-age")).isEqualTo("60");
        assertThat(answer.headers().get("access-control-allow-credentials")).isEqualTo("true");
        assertThat(answer.headers().get("access-control-expose-headers")).isEqualTo("X-Mine");
        assertThat(other.headers().contains("access-control-allow-origin")).isFalse();
    }

    @Test
    void aUrlIsReadChangedListedAndDeleted() {
        CreateFunctionUrlConfigResponse made = url(open());
        GetFunctionUrlConfigRequest get =
                GetFunctionUrlConfigRequest.builder().functionName("f").build();

        it.lambda.updateFunctionUrlConfig(
                UpdateFunctionUrlConfigRequest.builder()
                        .functionName("f")
                        .authType("AWS_IAM")
                        .build(),
                it.call());

        assertThat(made.functionUrl())
                .matches("http://[a-z0-9]{32}\\.lambda-url\\.us-east-1\\.localhost\\.localstack\\.cloud:4566/");
        assertThat(it.lambda.getFunctionUrlConfig(get, it.call()).authType()).isEqualTo("AWS_IAM");
        assertThat(it.lambda.getFunctionUrlConfig(get, it.call()).functionUrl()).isEqualTo(made.functionUrl());
        assertThat(it.lambda
                        .listFunctionUrlConfigs(
                                ListFunctionUrlConfigsRequest.builder()
                                        .functionName("f")
                                        .build(),
                                it.call())
                        .functionUrlConfigs())
                .hasSize(1);
        assertRefused(
                () -> url(open()),
                "ResourceConflictException",
                409,
                "Failed to create function url config for [functionArn = " + LambdaFixture.ARN
                        + "f]. Error message:  FunctionUrlConfig exists for this Lambda function");
        it.lambda.deleteFunctionUrlConfig(
                DeleteFunctionUrlConfigRequest.builder().functionName("f").build(), it.call());
        assertRefused(
                () -> it.lambda.getFunctionUrlConfig(get, it.call()),
                "ResourceNotFoundException",
                404,
                "The resource you requested does not exist.");
        assertThat(send("GET", "/", "", new Headers(), new byte[0]).status()).isEqualTo(404);
    }
}
