package io.pileus.core.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How HTTP/1.1 requests are read, one after the other on a connection, and refused. */
class Http1Test {
    @RegisterExtension
    final Servers servers = new Servers();

    @Test
    void aConnectionServesManyRequests() throws IOException {
        int port = servers.start(Servers::echo).port();
        try (RawConnection client = new RawConnection(port)) {
            for (int i = 0; i < 100; i++) {
                RawConnection.Answer answer = client.send(RawConnection.post("/queue?n=" + i, "body " + i))
                        .read();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.text()).isEqualTo("POST /queue?n=" + i + "\nbody " + i);
            }
        }
    }

    @Test
    void theRequestIsGivenAsSent() throws Exception {
        BlockingQueue<HttpRequest> seen = new LinkedBlockingQueue<>();
        int port = servers.start(request -> {
                    seen.add(request);
                    return Servers.done(Servers.text("ok"));
                })
                .port();
        try (RawConnection client = new RawConnection(port)) {
            client.send(
                            "PUT /a%20b/c?x=1&y=%2F HTTP/1.1\r\nHost: queue.localhost:4566\r\nX-Amz-Target: A.B\r\n"
                                    + "X-Many: 1\r\nx-many: 2\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 2\r\n\r\nhi")
                    .read();
        }
        HttpRequest request = seen.take();
        assertThat(request.method()).isEqualTo("PUT");
        assertThat(request.path()).isEqualTo("/a%20b/c");
        assertThat(request.query()).isEqualTo("x=1&y=%2F");
        assertThat(request.scheme()).isEqualTo("http");
        assertThat(request.host()).isEqualTo("queue.localhost:4566");
        assertThat(request.header("x-amz-target")).isEqualTo("A.B");
        assertThat(request.headers().all("X-MANY")).containsExactly("1", "2");
        assertThat(request.mediaType()).isEqualTo("text/plain");
        assertThat(request.body().bytes()).asString().isEqualTo("hi");
        assertThat(request.remote()).isNotNull();
    }

    @Test
    void anAbsoluteTargetIsReadLikeItsPath() throws IOException {
        int port = servers.start(Servers::echo).port();
        try (RawConnection client = new RawConnection(port)) {
            assertThat(client.send(RawConnection.get("http://localhost/p?q=1"))
                            .read()
                            .text())
                    .isEqualTo("GET /p?q=1\n");
            assertThat(client.send(RawConnection.get("http://localhost")).read().text())
                    .isEqualTo("GET /?\n");
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrderWhateverTheOrderOfTheAnswers() throws Exception {
        Map<String, CompletableFuture<HttpResponse>> waiting = new ConcurrentHashMap<>();
        CountDownLatch arrived = new CountDownLatch(3);
        int port = servers.start(request -> {
                    CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
                    waiting.put(request.path(), answer);
                    arrived.countDown();
                    return answer;
                })
                .port();
        try (RawConnection client = new RawConnection(port)) {
            client.send(RawConnection.get("/1") + RawConnection.get("/2") + RawConnection.get("/3"));
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            waiting.get("/3").complete(Servers.text("three"));
            waiting.get("/2").complete(Servers.text("two"));
            waiting.get("/1").complete(Servers.text("one"));
            assertThat(client.read().text()).isEqualTo("one");
            assertThat(client.read().text()).isEqualTo("two");
            assertThat(client.read().text()).isEqualTo("three");
        }
    }

    @Test
    void thousandsOfPipelinedRequestsAreAllAnsweredInOrder() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        int count = 3000;
        int port = servers.start(request -> request.path().hashCode() % 2 == 0
                        ? Servers.echo(request)
                        : CompletableFuture.supplyAsync(
                                () -> Servers.echo(request).join(), pool))
                .port();
        try (RawConnection client = new RawConnection(port)) {
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < count; i++) {
                        client.send(RawConnection.post("/" + i, "x".repeat(i % 300)));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            for (int i = 0; i < count; i++) {
                assertThat(client.read().text())
                        .startsWith("POST /" + i + "?\n")
                        .endsWith("x".repeat(i % 300));
            }
            sender.join();
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void headersBeyondTheLimitAreRefused() throws IOException {
        int port = servers.start(Servers::echo).port();
        try (RawConnection client = new RawConnection(port)) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nX-Large: " + "x".repeat(70_000) + "\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(431);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aRequestLineBeyondTheLimitIsRefused() throws IOException {
        int port = servers.start(Servers::echo).port();
        try (RawConnection client = new RawConnection(port)) {
            assertThat(client.send(RawConnection.get("/" + "x".repeat(70_000)))
                            .read()
                            .status())
                    .isEqualTo(414);
        }
    }

    @Test
    void whatIsNotHttpIsRefusedAndTheAnswersBeforeItAreSent() throws IOException {
        int port = servers.start(Servers::echo).port();
        try (RawConnection client = new RawConnection(port)) {
            client.send(RawConnection.get("/fine") + "hello, who is there?\r\n\r\n");
            assertThat(client.read().text()).isEqualTo("GET /fine?\n");
            assertThat(client.read().status()).isEqualTo(400);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void twoContentLengthsAreRefused() throws IOException {
        int port = servers.start(Servers::echo).port();
        try (RawConnection client = new RawConnection(port)) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx");
            assertThat(client.read().status()).isEqualTo(400);
        }
    }
}
