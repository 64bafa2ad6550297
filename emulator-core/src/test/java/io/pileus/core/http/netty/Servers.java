package io.pileus.core.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpHandler;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.time.EmulatorClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Starts servers for a test, closes them after it, and fails the test when a buffer leaked or a handler blocked its loop. */
final class Servers implements AfterEachCallback {
    static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    static {
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ResourceLeakDetectorFactory() {
            @Override
            @SuppressWarnings("deprecation")
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> type, int samplingInterval, long max) {
                return new ResourceLeakDetector<>(type, samplingInterval, max) {
                    @Override
                    protected void reportTracedLeak(String resourceType, String records) {
                        LEAKS.add(resourceType + records);
                    }

                    @Override
                    protected void reportUntracedLeak(String resourceType) {
                        LEAKS.add(resourceType);
                    }
                };
            }
        });
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    static final EmulatorClock CLOCK = new EmulatorClock() {
        @Override
        public Instant instant() {
            return Instant.parse("2026-01-02T03:04:05Z");
        }

        @Override
        public long nanoTime() {
            return 0;
        }
    };

    private final List<NettyServer> started = new ArrayList<>();

    NettyServer start(HttpHandler handler) throws IOException {
        return start(config -> config, handler);
    }

    NettyServer start(UnaryOperator<ServerConfig.Builder> settings, HttpHandler handler) throws IOException {
        ServerConfig config = settings.apply(ServerConfig.builder()
                        .loops(2)
                        .grace(Duration.ofSeconds(2))
                        .blockedAfter(Duration.ofSeconds(2)))
                .build();
        NettyServer server = new NettyServer(config, CLOCK, handler).start();
        started.add(server);
        return server;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        for (NettyServer server : started) {
            assertThat(server.blockedLoops()).isEmpty();
            server.close();
        }
        started.clear();
        assertThat(leaks()).isEmpty();
    }

    /** What was collected without having been released. */
    static List<String> leaks() {
        for (int i = 0; i < 3; i++) {
            lookForLeaks();
        }
        return List.copyOf(LEAKS);
    }

    private static void lookForLeaks() {
        System.gc();
        // A new buffer makes the detector look at what has been collected.
        io.netty.buffer.UnpooledByteBufAllocator.DEFAULT.heapBuffer(1).release();
        io.netty.buffer.ByteBufAllocator.DEFAULT.directBuffer(1).release();
    }

    static CompletableFuture<HttpResponse> done(HttpResponse response) {
        return CompletableFuture.completedFuture(response);
    }

    static HttpResponse text(String body) {
        return HttpResponse.of(200, "text/plain", body);
    }

    /** Answers with the request's method, path, query and body. */
    static CompletableFuture<HttpResponse> echo(HttpRequest request) {
        Headers headers =
                Headers.of("Content-Type", "text/plain", "X-Host", request.host(), "X-Scheme", request.scheme());
        String head = request.method() + " " + request.path() + "?" + request.query() + "\n";
        byte[] start = head.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        byte[] body = request.body().bytes();
        byte[] all = java.util.Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return done(HttpResponse.of(200, headers, all));
    }
}
