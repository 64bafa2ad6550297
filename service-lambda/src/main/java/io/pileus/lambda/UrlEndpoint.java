package io.pileus.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.port.AccessGuard;
import io.pileus.core.port.Ports;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Blob;
import io.pileus.lambda.executor.Outcome;
import io.pileus.lambda.executor.ResponseSink;
import io.pileus.lambda.model.Cors;
import io.pileus.lambda.model.FunctionUrlConfig;
import io.pileus.lambda.model.TooManyRequestsException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Serves function URLs: checks who calls, answers browsers' preflights, invokes, and makes an HTTP answer of the result. */
final class UrlEndpoint {
    private static final int BODY_BYTES_MAX = 6 * 1024 * 1024;

    /** What a streamed response is called whose first part says status and headers. */
    private static final String INTEGRATION = "application/vnd.awslambda.http-integration-response";

    private static final int PRELUDE_BYTES_MAX = 64 * 1024;

    private final UrlOperations urls;
    private final Invoker invoker;
    private final Ports ports;

    UrlEndpoint(UrlOperations urls, Invoker invoker, Ports ports) {
        this.urls = urls;
        this.invoker = invoker;
        this.ports = ports;
    }

    CompletionStage<HttpResponse> serve(HttpRequest request, String id, String path, CallContext call) {
        Optional<UrlOperations.Found> found = urls.find(id);
        if (found.isEmpty()) {
            return message(404, null);
        }
        FunctionUrlConfig config = found.get().config();
        Cors cors = config.cors();
        if (cors != null
                && request.method().equals("OPTIONS")
                && request.headers().contains("access-control-request-method")) {
            return CompletableFuture.completedStage(allow(request, cors, HttpResponse.empty(200), true));
        }
        boolean signed = "AWS_IAM".equals(config.authType());
        if (signed && call.caller().accessKeyId().isEmpty()
                || isForbidden(found.get().function(), String.valueOf(config.authType()), call)) {
            return forbidden();
        }
        if (request.body().size() > BODY_BYTES_MAX) {
            return message(413, "Request Entity Too Large");
        }
        Blob event = new UrlEvent(request, id, path, signed, call).payload();
        CompletionStage<HttpResponse> answer = "RESPONSE_STREAM".equals(config.invokeMode())
                ? stream(found.get().function(), event, call)
                : buffered(found.get().function(), event, call);
        return cors == null ? answer : answer.thenApply(response -> allow(request, cors, response, false));
    }

    /**
     * Where policies are enforced, a URL takes two permissions, also one for everyone.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html">Control access to function URLs</a>
     */
    private boolean isForbidden(FunctionReference function, String authType, CallContext call) {
        Optional<AccessGuard> guard = ports.find(AccessGuard.class);
        if (guard.isEmpty()) {
            return false;
        }
        CallContext judged =
                authType.equals("NONE") ? call.by(Caller.anonymous(function.account()), function.region()) : call;
        Arn arn = Arn.parse(function.arn()).orElseThrow();
        return guard.get()
                .refusal("lambda:InvokeFunctionUrl", arn, Map.of("lambda:FunctionUrlAuthType", authType), judged)
                .or(() -> guard.get()
                        .refusal("lambda:InvokeFunction", arn, Map.of("lambda:InvokedViaFunctionUrl", "true"), judged))
                .isPresent();
    }

    private static CompletionStage<HttpResponse> forbidden() {
        return message(
                        403,
                        "Forbidden. For troubleshooting Function URL authorization issues, see:"
                                + " https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html")
                .thenApply(response -> response.with("x-amzn-ErrorType", "AccessDeniedException"));
    }

    private static CompletionStage<HttpResponse> message(int status, @Nullable String message) {
        return CompletableFuture.completedStage(HttpResponse.json(
                status,
                JsonNodeFactory.instance.objectNode().put("Message", message).toString()));
    }

    // ---- buffered ---------------------------------------------------------------------------------------------------

    private CompletionStage<HttpResponse> buffered(FunctionReference function, Blob event, CallContext call) {
        try {
            return invoker.run(function, event, call.requestId(), Invoker.Extras.NONE)
                    .thenApply(answer -> answer(answer.outcome()));
        } catch (AwsException e) {
            return CompletableFuture.completedStage(refused(e));
        }
    }

    private static HttpResponse answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Returned returned -> UrlAnswer.of(returned.payload());
            case Outcome.Failed failed -> UrlAnswer.internalServerError();
            case Outcome.Refused refused -> refused(refused.error());
        };
    }

    private static HttpResponse refused(AwsException e) {
        var body = JsonNodeFactory.instance.objectNode();
        if (e instanceof TooManyRequestsException throttled) {
            body.put("Reason", throttled.reason()).put("Type", "User");
        }
        body.put("message", e.getMessage());
        return HttpResponse.json(e.httpStatus(), body.toString()).with("x-amzn-ErrorType", e.code());
    }

    // ---- streamed ---------------------------------------------------------------------------------------------------

    private CompletionStage<HttpResponse> stream(FunctionReference function, Blob event, CallContext call) {
        Streamed streamed = new Streamed();
        try {
            invoker.run(
                            function,
                            event,
                            call.requestId(),
                            new Invoker.Extras(Optional.empty(), Optional.empty(), Optional.of(streamed)))
                    .whenComplete((answer, failure) -> {
                        if (failure != null) {
                            streamed.answer.completeExceptionally(failure);
                        } else {
                            streamed.end(answer.outcome());
                        }
                    });
        } catch (AwsException e) {
            return CompletableFuture.completedStage(refused(e));
        }
        return streamed.answer;
    }

    /** A response that comes in pieces: the answer begins when its status is known. */
    private static final class Streamed implements ResponseSink {
        final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        private final Pieces<ByteBuffer> body = new Pieces<>();
        private @Nullable ByteArrayOutputStream prelude;

        @Override
        public void begin(String contentType) {
            if (contentType.startsWith(INTEGRATION)) {
                prelude = new ByteArrayOutputStream();
            } else {
                answer.complete(new HttpResponse(
                        200, Headers.of("Content-Type", contentType), new HttpResponse.Streamed(body)));
            }
        }

        @Override
        public void chunk(byte[] bytes) {
            ByteArrayOutputStream head = prelude;
            if (head == null) {
                body.offer(ByteBuffer.wrap(bytes));
                return;
            }
            head.writeBytes(bytes);
            byte[] all = head.toByteArray();
            int end = endOfPrelude(all);
            if (end < 0) {
                if (all.length > PRELUDE_BYTES_MAX) {
                    answer.complete(UrlAnswer.internalServerError());
                    prelude = null;
                }
                return;
            }
            prelude = null;
            answer.complete(UrlAnswer.head(AsyncInvocations.json(Blob.of(Arrays.copyOf(all, end))))
                    .map(response ->
                            new HttpResponse(response.status(), response.headers(), new HttpResponse.Streamed(body)))
                    .orElseGet(UrlAnswer::internalServerError));
            if (all.length > end + 8) {
                body.offer(ByteBuffer.wrap(all, end + 8, all.length - end - 8));
            }
        }

        /** Where eight zero bytes stand; -1 when nowhere. */
        private static int endOfPrelude(byte[] bytes) {
            int zeros = 0;
            for (int i = 0; i < bytes.length; i++) {
                zeros = bytes[i] == 0 ? zeros + 1 : 0;
                if (zeros == 8) {
                    return i - 7;
                }
            }
            return -1;
        }

        void end(Outcome outcome) {
            if (!answer.isDone()) {
                // the function does not stream, or has failed before it did
                answer.complete(
                        outcome instanceof Outcome.Returned returned
                                ? HttpResponse.of(
                                        200,
                                        Headers.of("Content-Type", "application/json"),
                                        returned.payload().bytes())
                                : UrlEndpoint.answer(outcome));
            }
            body.complete();
        }
    }

    // ---- pages of other origins -------------------------------------------------------------------------------------

    private static HttpResponse allow(HttpRequest request, Cors cors, HttpResponse response, boolean preflight) {
        String origin = request.header("origin");
        if (origin == null) {
            return response;
        }
        List<String> origins = cors.allowOrigins();
        boolean any = origins.contains("*");
        if (!any && !origins.contains(origin)) {
            return response;
        }
        response.with("Access-Control-Allow-Origin", any ? "*" : origin);
        if (!any) {
            response.with("Vary", "Origin");
        }
        if (Boolean.TRUE.equals(cors.allowCredentials())) {
            response.with("Access-Control-Allow-Credentials", "true");
        }
        if (!preflight) {
            list(response, "Access-Control-Expose-Headers", cors.exposeHeaders());
            return response;
        }
        list(response, "Access-Control-Allow-Methods", cors.allowMethods());
        list(
                response,
                "Access-Control-Allow-Headers",
                cors.allowHeaders().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList());
        if (cors.maxAge() != null) {
            response.with("Access-Control-Max-Age", String.valueOf(cors.maxAge()));
        }
        return response;
    }

    private static void list(HttpResponse response, String header, List<String> values) {
        if (!values.isEmpty()) {
            response.with(header, String.join(",", values));
        }
    }

    /** The id and the path that follow a prefix: {@code /prefix/{id}/the/path}. */
    static String pathAfter(String path, String id) {
        int at = path.indexOf("/" + id);
        String rest = at < 0 ? "" : path.substring(at + 1 + id.length());
        return rest.isEmpty() ? "/" : rest;
    }
}
