package io.pileus.core.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StreamedAnswerTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    @RegisterExtension
    final Servers servers = new Servers();

    private static HttpResponse streamed(Flow.Publisher<ByteBuffer> chunks) {
        return new HttpResponse(200, new Headers(), new HttpResponse.Streamed(chunks));
    }

    private static ByteBuffer piece(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void piecesReachTheClientOneByOneAndTheConnectionIsKept() throws Exception {
        SubmissionPublisher<ByteBuffer> publisher = new SubmissionPublisher<>(Runnable::run, 16);
        CompletableFuture<Void> subscribed = new CompletableFuture<>();
        int port = servers.start(request -> Servers.done(streamed(subscriber -> {
                    publisher.subscribe(subscriber);
                    subscribed.complete(null);
                })))
                .port();
        try (RawConnection client = new RawConnection(port)) {
            client.send(GET);
            assertThat(client.readWithoutBody().header("transfer-encoding")).isEqualTo("chunked");
            subscribed.get(20, TimeUnit.SECONDS);
            publisher.submit(piece("first"));
            assertThat(client.line()).isEqualTo("5");
            assertThat(client.line()).isEqualTo("first");
            publisher.submit(piece("second"));
            assertThat(client.line()).isEqualTo("6");
            assertThat(client.line()).isEqualTo("second");
            publisher.close();
            assertThat(client.line()).isEqualTo("0");
            assertThat(client.line()).isEmpty();
            assertThat(client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n")
                            .readWithoutBody()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aStreamOfKnownLengthNeedsNoChunks() throws Exception {
        int port = servers.start(request -> {
                    SubmissionPublisher<ByteBuffer> publisher = new SubmissionPublisher<>(Runnable::run, 16);
                    return Servers.done(streamed(subscriber -> {
                                publisher.subscribe(subscriber);
                                publisher.submit(piece("hello "));
                                publisher.submit(piece("world"));
                                publisher.close();
                            })
                            .with("Content-Length", "11"));
                })
                .port();
        try (RawConnection client = new RawConnection(port)) {
            assertThat(client.send(GET).read().text()).isEqualTo("hello world");
            assertThat(client.send(GET).read().text()).isEqualTo("hello world");
        }
    }

    @Test
    void aClientThatDoesNotReadHoldsTheStreamBackAndItsGoingCancelsIt() throws Exception {
        Endless endless = new Endless();
        NettyServer server = servers.start(
                request -> Servers.done(request.path().equals("/other") ? Servers.text("other") : streamed(endless)));
        try (RawConnection client = new RawConnection(server.port());
                RawConnection other = new RawConnection(server.port())) {
            client.send(GET);
            client.readWithoutBody();
            // The server goes on serving others while this client's stream stands still.
            long before = -1;
            while (before != endless.given.get()) {
                before = endless.given.get();
                for (int i = 0; i < 200; i++) {
                    other.send("GET /other HTTP/1.1\r\nHost: h\r\n\r\n").read();
                }
            }
            // What fits into the sockets' buffers, and a few pieces more: not an endless amount.
            assertThat(endless.given.get() * Endless.PIECE_BYTES).isLessThan(64L << 20);
        }
        endless.cancelled.get(20, TimeUnit.SECONDS);
    }

    @Test
    void aStreamThatFailsEndsTheConnectionSoThatTheClientSees() throws Exception {
        int port = servers.start(request -> Servers.done(streamed(subscriber -> {
                    SubmissionPublisher<ByteBuffer> publisher = new SubmissionPublisher<>(Runnable::run, 16);
                    publisher.subscribe(subscriber);
                    publisher.submit(piece("half"));
                    publisher.closeExceptionally(new IOException("on purpose"));
                })))
                .port();
        try (RawConnection client = new RawConnection(port)) {
            client.send(GET);
            client.readWithoutBody();
            assertThat(client.isClosedByServer() || client.line() != null && closesEarly(client))
                    .isTrue();
        }
    }

    private static boolean closesEarly(RawConnection client) {
        try {
            while (!client.line().equals("0")) {}
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void aStreamThatAnswersHeadIsCancelled() throws Exception {
        Endless endless = new Endless();
        int port = servers.start(request -> Servers.done(streamed(endless))).port();
        try (RawConnection client = new RawConnection(port)) {
            client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.readWithoutBody().status()).isEqualTo(200);
            endless.cancelled.get(20, TimeUnit.SECONDS);
            assertThat(endless.given).hasValue(0);
        }
    }

    @Test
    void aClientThatTakesNothingIsLetGo() throws Exception {
        Endless endless = new Endless();
        var moment = java.time.Duration.ofMillis(100);
        var limits = HttpLimits.DEFAULT.withTimeouts(java.time.Duration.ofSeconds(20), moment, moment);
        int port = servers.start(config -> config.limits(limits), request -> Servers.done(streamed(endless)))
                .port();
        try (RawConnection client = new RawConnection(port)) {
            client.send(GET);
            endless.cancelled.get(20, TimeUnit.SECONDS);
        }
    }
}
