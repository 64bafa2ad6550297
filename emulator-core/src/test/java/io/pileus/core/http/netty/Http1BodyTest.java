package io.pileus.core.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How the body of an HTTP/1.1 request is read: asked for, joined, kept in files, bounded. */
class Http1BodyTest {
    @RegisterExtension
    final Servers servers = new Servers();

    @Test
    void theBodyIsAskedForWhenTheClientWaitsForThat() throws IOException {
        int port = servers.start(Servers::echo).port();
        try (RawConnection client = new RawConnection(port)) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            assertThat(client.readWithoutBody().status()).isEqualTo(100);
            assertThat(client.send("hello").read().text()).endsWith("hello");
        }
    }

    @Test
    void theBodyIsAskedForOnlyAfterTheAnswersBeforeIt() throws Exception {
        CompletableFuture<HttpResponse> slow = new CompletableFuture<>();
        CountDownLatch arrived = new CountDownLatch(1);
        int port = servers.start(request -> {
                    if (request.path().equals("/slow")) {
                        arrived.countDown();
                        return slow;
                    }
                    return Servers.echo(request);
                })
                .port();
        try (RawConnection client = new RawConnection(port)) {
            client.send(RawConnection.get("/slow")
                    + "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            slow.complete(Servers.text("slow"));
            assertThat(client.read().text()).isEqualTo("slow");
            assertThat(client.readWithoutBody().status()).isEqualTo(100);
            assertThat(client.send("hello").read().text()).endsWith("hello");
        }
    }

    @Test
    void anExpectationThatCannotBeMetIsRefused() throws IOException {
        int port = servers.start(Servers::echo).port();
        try (RawConnection client = new RawConnection(port)) {
            assertThat(client.send(RawConnection.post("/", "x", "Expect", "coffee"))
                            .read()
                            .status())
                    .isEqualTo(417);
        }
    }

    @Test
    void aChunkedBodyIsJoined() throws IOException {
        int port = servers.start(Servers::echo).port();
        try (RawConnection client = new RawConnection(port)) {
            client.send("POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send("5\r\nhello\r\n")
                    .send("1;ext=1\r\n \r\n")
                    .send("5\r\nworld\r\n")
                    .send("0\r\n\r\n");
            assertThat(client.read().text()).isEqualTo("POST /c?\nhello world");
            assertThat(client.send(RawConnection.get("/next")).read().status()).isEqualTo(200);
        }
    }

    @Test
    void aChecksumAfterAChunkedBodyBecomesAHeaderAndNothingElseDoes() throws IOException {
        int port = servers.start(request -> Servers.done(
                        Servers.text(request.header("x-amz-checksum-crc32") + " " + request.header("authorization"))))
                .port();
        try (RawConnection client = new RawConnection(port)) {
            client.send("POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n"
                    + "x-amz-checksum-crc32: AAAA\r\nAuthorization: no\r\n\r\n");
            assertThat(client.read().text()).isEqualTo("AAAA null");
        }
    }

    @Test
    void aLargeBodyReachesTheHandlerInAFileThatIsGoneAfterTheAnswer() throws Exception {
        BlockingQueue<Payload> seen = new LinkedBlockingQueue<>();
        HttpLimits limits = HttpLimits.DEFAULT.withBodyInMemoryBytesMax(10_000);
        byte[] body = new byte[300_000];
        new Random(1).nextBytes(body);
        int port = servers.start(config -> config.limits(limits), request -> {
                    seen.add(request.body());
                    return Servers.done(
                            HttpResponse.of(200, new Headers(), request.body().bytes()));
                })
                .port();
        try (RawConnection client = new RawConnection(port)) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .send(body);
            assertThat(client.read().body()).isEqualTo(body);
            Payload.InFile file = (Payload.InFile) seen.take();
            assertThat(file.size()).isEqualTo(body.length);
            client.send(RawConnection.get("/")).read();
            assertThat(file.file()).doesNotExist();
        }
    }

    @Test
    void aTruncatedBodyNeverReachesTheHandler() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        int port = servers.start(request -> {
                    seen.add(request.path());
                    return Servers.done(Servers.text("ok"));
                })
                .port();
        try (RawConnection client = new RawConnection(port)) {
            client.send("POST /half HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n12345");
            client.socket().shutdownOutput();
            assertThat(client.isClosedByServer()).isTrue();
        }
        try (RawConnection client = new RawConnection(port)) {
            client.send(RawConnection.get("/whole")).read();
        }
        assertThat(seen).containsExactly("/whole");
    }

    @Test
    void aBodyBeyondTheLimitIsRefusedBeforeItIsRead() throws IOException {
        int port = servers.start(config -> config.bodies((m, p, h) -> new BodyRules(100, true)), Servers::echo)
                .port();
        try (RawConnection client = new RawConnection(port)) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 101\r\n\r\n");
            RawConnection.Answer answer = client.read();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(client.isClosedByServer()).isTrue();
        }
        try (RawConnection client = new RawConnection(port)) {
            assertThat(client.send(RawConnection.post("/", "x".repeat(100)))
                            .read()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aChunkedBodyBeyondTheLimitIsRefusedWhileTheClientStillSends() throws IOException {
        int port = servers.start(config -> config.bodies((m, p, h) -> new BodyRules(100, true)), Servers::echo)
                .port();
        try (RawConnection client = new RawConnection(port)) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 20; i++) {
                client.send("a\r\n0123456789\r\n");
            }
            assertThat(client.read().status()).isEqualTo(413);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }
}
