package io.pileus.core.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How HTTP/1.1 connections end: asked to, by time-outs, by a client that goes, by the server's end. */
class Http1EndTest {
    @RegisterExtension
    final Servers servers = new Servers();

    @Test
    void aClientMayAskForTheEndOfTheConnection() throws IOException {
        int port = servers.start(Servers::echo).port();
        try (RawConnection client = new RawConnection(port)) {
            RawConnection.Answer answer = client.send(RawConnection.post("/", "x", "Connection", "close"))
                    .read();
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void http10KeepsTheConnectionOnlyWhenAsked() throws IOException {
        int port = servers.start(Servers::echo).port();
        try (RawConnection client = new RawConnection(port)) {
            client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(client.read().header("connection")).isEqualTo("keep-alive");
            client.send("GET /b HTTP/1.0\r\n\r\n");
            assertThat(client.read().text()).isEqualTo("GET /b?\n");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aHalfSentHeadIsTimedOut() throws IOException {
        int port = servers.start(config -> config.limits(shortTimeouts()), Servers::echo)
                .port();
        try (RawConnection client = new RawConnection(port)) {
            client.send("GET / HT");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aHalfSentBodyIsTimedOut() throws IOException {
        int port = servers.start(config -> config.limits(shortTimeouts()), Servers::echo)
                .port();
        try (RawConnection client = new RawConnection(port)) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n12345");
            assertThat(client.read().status()).isEqualTo(408);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aBodyThatDripsInByteByByteIsTimedOut() throws Exception {
        int port = servers.start(
                        config -> config.limits(HttpLimits.DEFAULT.withTimeouts(
                                Duration.ofMillis(50), Duration.ofSeconds(20), Duration.ofSeconds(20))),
                        Servers::echo)
                .port();
        try (RawConnection client = new RawConnection(port);
                RawConnection other = new RawConnection(port)) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10000\r\n\r\n");
            CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> {
                try {
                    return client.read().status();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            while (!status.isDone()) {
                other.send(RawConnection.get("/")).read();
                client.send("x");
            }
            assertThat(status.get()).isEqualTo(408);
        }
    }

    @Test
    void aConnectionThatNeverSpeaksIsTimedOut() throws IOException {
        int port = servers.start(config -> config.limits(shortTimeouts()), Servers::echo)
                .port();
        try (RawConnection client = new RawConnection(port)) {
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aClientThatWaitsForItsAnswerIsNotTimedOutForAnEmptyLine() throws Exception {
        CompletableFuture<HttpResponse> slow = new CompletableFuture<>();
        CountDownLatch arrived = new CountDownLatch(1);
        int port = servers.start(
                        config -> config.loops(1)
                                .limits(HttpLimits.DEFAULT.withTimeouts(
                                        Duration.ofMillis(50), Duration.ofSeconds(20), Duration.ofSeconds(20))),
                        request -> {
                            arrived.countDown();
                            return slow;
                        })
                .port();
        try (RawConnection client = new RawConnection(port)) {
            client.send(RawConnection.get("/"));
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            client.send("\r\n");
            for (int i = 0; i < 2; i++) {
                // Half a head is timed out; by then the first client's time would be over too.
                try (RawConnection halfSent = new RawConnection(port)) {
                    halfSent.send("GET / HT");
                    assertThat(halfSent.isClosedByServer()).isTrue();
                }
            }
            slow.complete(HttpResponse.of(200, "text/plain", "at last"));
            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    private static HttpLimits shortTimeouts() {
        Duration moment = Duration.ofMillis(50);
        return HttpLimits.DEFAULT.withTimeouts(moment, moment, moment);
    }

    @Test
    void theHandlerIsToldWhenItsClientHasGone() throws Exception {
        CompletableFuture<HttpResponse> waiting = new CompletableFuture<>();
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        CountDownLatch arrived = new CountDownLatch(1);
        waiting.whenComplete((answer, failure) -> cancelled.complete(waiting.isCancelled()));
        int port = servers.start(request -> {
                    arrived.countDown();
                    return waiting;
                })
                .port();
        try (RawConnection client = new RawConnection(port)) {
            client.send(RawConnection.get("/"));
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(cancelled.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closingFinishesWhatIsInFlight() throws Exception {
        CompletableFuture<HttpResponse> slow = new CompletableFuture<>();
        CountDownLatch arrived = new CountDownLatch(1);
        NettyServer server = servers.start(config -> config.grace(Duration.ofMinutes(5)), request -> {
            arrived.countDown();
            return slow;
        });
        try (RawConnection busy = new RawConnection(server.port());
                RawConnection idle = new RawConnection(server.port())) {
            busy.send(RawConnection.get("/"));
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            Thread closing = Thread.ofVirtual().start(server::close);
            assertThat(idle.isClosedByServer()).isTrue();
            slow.complete(Servers.text("finished"));
            RawConnection.Answer answer = busy.read();
            assertThat(answer.text()).isEqualTo("finished");
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(busy.isClosedByServer()).isTrue();
            assertThat(closing.join(Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    void closingWaitsNoLongerThanItsGrace() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        NettyServer server = servers.start(config -> config.grace(Duration.ofMillis(50)), request -> {
            arrived.countDown();
            return new CompletableFuture<>();
        });
        try (RawConnection client = new RawConnection(server.port())) {
            client.send(RawConnection.get("/"));
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            server.close();
            assertThat(client.isClosedByServer()).isTrue();
        }
    }
}
