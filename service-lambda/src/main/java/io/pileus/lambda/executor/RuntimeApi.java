package io.pileus.lambda.executor;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pileus.core.shape.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The Runtime API of one execution environment: an HTTP server on the loopback address with a port of its own. Its threads
 * are virtual: a process that waits for work holds none.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 */
final class RuntimeApi {
    /** The largest response of a buffered invocation: 6 MB and a little. */
    static final int RESPONSE_BYTES_MAX = 6 * 1024 * 1024 + 100;

    /** The largest streamed response. @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Quotas</a> */
    private static final long STREAM_BYTES_MAX = 200L * 1024 * 1024;

    private static final String PATH = "/2018-06-01/runtime/";
    private static final String RESPONSE_MODE = "Lambda-Runtime-Function-Response-Mode";

    /** Whom the runtime's calls concern. */
    interface Listener {
        /** The runtime takes an invocation. */
        void taken(Invocation invocation);

        /** The time until which the invocation may run, in the process's milliseconds since the epoch. */
        long deadlineMillis(Invocation invocation);

        /** The invocation has ended; the outcome's log is empty. */
        void done(Invocation invocation, Outcome outcome);

        /** The runtime could not begin; its process will end. */
        void initFailed(Blob error);
    }

    private final Listener listener;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Invocation> work = new ArrayBlockingQueue<>(1);
    private volatile @Nullable Invocation current;

    RuntimeApi(Listener listener) throws IOException {
        this.listener = listener;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(PATH, this::serve);
    }

    void start() {
        server.start();
    }

    /** Host and port, as AWS_LAMBDA_RUNTIME_API has them. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    ExecutorService threads() {
        return threads;
    }

    /** Offers an invocation; the one before it has ended. */
    boolean offer(Invocation invocation) {
        current = invocation;
        return work.offer(invocation);
    }

    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            boolean post = exchange.getRequestMethod().equals("POST");
            if (path.equals(PATH + "invocation/next") && !post) {
                next(exchange);
            } else if (path.equals(PATH + "init/error") && post) {
                byte[] error = body(exchange, RESPONSE_BYTES_MAX);
                accept(exchange);
                listener.initFailed(Blob.of(error));
            } else if (path.startsWith(PATH + "invocation/") && post) {
                finish(exchange, path.substring((PATH + "invocation/").length()));
            } else {
                answer(exchange, 404, error("NotFound", "There is no such resource of the Runtime API."));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void next(HttpExchange exchange) throws IOException, InterruptedException {
        Invocation invocation = work.take();
        listener.taken(invocation);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/json");
        headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
        headers.set("Lambda-Runtime-Invoked-Function-Arn", invocation.invokedArn());
        headers.set("Lambda-Runtime-Trace-Id", invocation.traceId());
        headers.set("Lambda-Runtime-Deadline-Ms", String.valueOf(listener.deadlineMillis(invocation)));
        invocation.clientContext().ifPresent(context -> headers.set("Lambda-Runtime-Client-Context", context));
        byte[] event = invocation.payload().bytes();
        exchange.sendResponseHeaders(200, event.length == 0 ? -1 : event.length);
        exchange.getResponseBody().write(event);
    }

    private void finish(HttpExchange exchange, String rest) throws IOException {
        Invocation invocation = current;
        if (invocation == null || !rest.startsWith(invocation.requestId() + "/")) {
            answer(exchange, 400, error("InvalidRequestID", "Invalid request ID"));
            return;
        }
        switch (rest.substring(invocation.requestId().length() + 1)) {
            case "response" -> {
                if ("streaming".equalsIgnoreCase(exchange.getRequestHeaders().getFirst(RESPONSE_MODE))) {
                    stream(exchange, invocation);
                } else {
                    respond(exchange, invocation);
                }
            }
            case "error" -> {
                byte[] error = body(exchange, RESPONSE_BYTES_MAX);
                accept(exchange);
                end(invocation, new Outcome.Failed(Blob.of(error), ""));
            }
            default -> answer(exchange, 404, error("NotFound", "There is no such resource of the Runtime API."));
        }
    }

    private void respond(HttpExchange exchange, Invocation invocation) throws IOException {
        byte[] body = body(exchange, RESPONSE_BYTES_MAX + 1);
        if (body.length > RESPONSE_BYTES_MAX) {
            answer(exchange, 413, error("RequestEntityTooLarge", "The response is too large."));
            end(invocation, tooLarge(exchange.getRequestHeaders().getFirst("Content-Length")));
        } else {
            accept(exchange);
            end(invocation, new Outcome.Returned(Blob.of(body), ""));
        }
    }

    private static Outcome tooLarge(@Nullable String size) {
        return Outcome.failed(
                "Function.ResponseSizeTooLarge",
                "Response payload size" + (size == null ? "" : " (" + size + " bytes)")
                        + " exceeded maximum allowed payload size (6291556 bytes).",
                "");
    }

    /** A response in pieces: handed on where the caller takes pieces, collected where not. */
    private void stream(HttpExchange exchange, Invocation invocation) throws IOException {
        ResponseSink sink = invocation.sink().orElse(null);
        if (sink == null) {
            respond(exchange, invocation);
            return;
        }
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        sink.begin(type == null ? "application/octet-stream" : type);
        long size = 0;
        byte[] buffer = new byte[64 * 1024];
        try {
            InputStream in = exchange.getRequestBody();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                size += count;
                if (size > STREAM_BYTES_MAX) {
                    end(invocation, tooLarge(null));
                    return;
                }
                sink.chunk(Arrays.copyOf(buffer, count));
            }
        } catch (IOException e) {
            // the runtime has broken the response off: the failure that it reported, or will, is the outcome
            if (invocation == current) {
                end(
                        invocation,
                        Outcome.failed(
                                "Runtime.TruncatedResponse",
                                "RequestId: " + invocation.requestId()
                                        + " Error: the response ended before it was whole",
                                ""));
            }
            return;
        }
        exchange.getResponseHeaders().set("Connection", "close");
        accept(exchange);
        end(invocation, new Outcome.Returned(Blob.EMPTY, ""));
    }

    /** Counts once: what a runtime says after it has ended an invocation is not heard. */
    private void end(Invocation invocation, Outcome outcome) {
        synchronized (work) {
            if (current != invocation) {
                return;
            }
            current = null;
        }
        listener.done(invocation, outcome);
    }

    private static byte[] body(HttpExchange exchange, int bytesMax) throws IOException {
        return exchange.getRequestBody().readNBytes(bytesMax);
    }

    private static void accept(HttpExchange exchange) throws IOException {
        answer(exchange, 202, "{\"status\":\"OK\"}");
    }

    private static String error(String type, String message) {
        return "{\"errorType\":\"" + type + "\",\"errorMessage\":\"" + message + "\"}";
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
