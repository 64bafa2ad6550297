package io.pileus.core.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
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
import org.junit.jupiter.api.io.TempDir;

class Http1Test {
    @RegisterExtension
    final Servers servers = new Servers();

    private static String post(String path, String body, String... headers) {
        StringBuilder text = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            text.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        return text + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    @Test
    void aConnectionServesManyRequests() throws IOException {
        int port = servers.start(Servers::echo).port();
        try (RawConnection client = new RawConnection(port)) {
            for (int i = 0; i < 100; i++) {
                RawConnection.Answer answer =
                        client.send(post("/queue?n=" + i, "body " + i)).read();
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
            assertThat(client.send(get("http://localhost/p?q=1")).read().text()).isEqualTo("GET /p?q=1\n");
            assertThat(client.send(get("http://localhost")).read().text()).isEqualTo("GET /?\n");
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
            client.send(get("/1") + get("/2") + get("/3"));
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
                        client.send(post("/" + i, "x".repeat(i % 300)));
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
            client.send(
                    get("/slow") + "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
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
            assertThat(client.send(post("/", "x", "Expect", "coffee")).read().status())
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
            assertThat(client.send(get("/next")).read().status()).isEqualTo(200);
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
            client.send(get("/")).read();
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
            client.send(get("/whole")).read();
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
            assertThat(client.send(post("/", "x".repeat(100))).read().status()).isEqualTo(200);
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
            assertThat(client.send(get("/" + "x".repeat(70_000))).read().status())
                    .isEqualTo(414);
        }
    }

    @Test
    void whatIsNotHttpIsRefusedAndTheAnswersBeforeItAreSent() throws IOException {
        int port = servers.start(Servers::echo).port();
        try (RawConnection client = new RawConnection(port)) {
            client.send(get("/fine") + "hello, who is there?\r\n\r\n");
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

    @Test
    void anAnswerToHeadHasTheLengthAndNoBody() throws IOException {
        int port = servers.start(request -> Servers.done(Servers.text("twelve bytes")))
                .port();
        try (RawConnection client = new RawConnection(port)) {
            client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n" + get("/"));
            assertThat(client.readWithoutBody().header("content-length")).isEqualTo("12");
            assertThat(client.read().text()).isEqualTo("twelve bytes");
        }
    }

    @Test
    void anAnswerToHeadMayNameTheLengthOfABodyItDoesNotHave() throws IOException {
        int port = servers.start(request -> Servers.done(HttpResponse.empty(200).with("Content-Length", "5368709120")))
                .port();
        try (RawConnection client = new RawConnection(port)) {
            client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.readWithoutBody().header("content-length")).isEqualTo("5368709120");
        }
    }

    @Test
    void aStatusWithoutBodyHasNoLength() throws IOException {
        int port =
                servers.start(request -> Servers.done(HttpResponse.empty(204))).port();
        try (RawConnection client = new RawConnection(port)) {
            assertThat(client.send(get("/")).read().headers()).doesNotContainKey("content-length");
            assertThat(client.send(get("/")).read().status()).isEqualTo(204);
        }
    }

    @Test
    void theDateFollowsTheEmulatorsClock() throws IOException {
        int port = servers.start(Servers::echo).port();
        try (RawConnection client = new RawConnection(port)) {
            assertThat(client.send(get("/")).read().header("date")).isEqualTo("Fri, 02 Jan 2026 03:04:05 GMT");
        }
    }

    @Test
    void aClientMayAskForTheEndOfTheConnection() throws IOException {
        int port = servers.start(Servers::echo).port();
        try (RawConnection client = new RawConnection(port)) {
            RawConnection.Answer answer =
                    client.send(post("/", "x", "Connection", "close")).read();
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
    void aHandlerThatFailsIsAnsweredWith500AndTheConnectionLivesOn() throws IOException {
        int port = servers.start(request -> switch (request.path()) {
                    case "/throws" -> throw new IllegalStateException("on purpose");
                    case "/nothing" -> null;
                    case "/minimal" -> CompletableFuture.completedStage(Servers.text("minimal"));
                    case "/fails" -> CompletableFuture.failedFuture(new IllegalStateException("on purpose"));
                    case "/splits" ->
                        Servers.done(HttpResponse.empty(200).with("X-Value", "a\r\nSet-Cookie: stolen=1"));
                    default -> Servers.echo(request);
                })
                .port();
        try (RawConnection client = new RawConnection(port)) {
            assertThat(client.send(get("/throws")).read().status()).isEqualTo(500);
            assertThat(client.send(get("/fails")).read().status()).isEqualTo(500);
            assertThat(client.send(get("/nothing")).read().status()).isEqualTo(500);
            assertThat(client.send(get("/minimal")).read().text()).isEqualTo("minimal");
            RawConnection.Answer split = client.send(get("/splits")).read();
            assertThat(split.status()).isEqualTo(500);
            assertThat(split.headers()).doesNotContainKey("set-cookie");
            assertThat(split.text()).doesNotContain("on purpose");
            assertThat(client.send(get("/")).read().status()).isEqualTo(200);
        }
    }

    @Test
    void aFileIsSentFromItsPosition(@TempDir Path directory) throws IOException {
        byte[] content = new byte[3_000_000];
        new Random(2).nextBytes(content);
        Path file = Files.write(directory.resolve("object"), content);
        int port = servers.start(request -> Servers.done(new HttpResponse(
                        200, new Headers(), new HttpResponse.Complete(new Payload.InFile(file, 1000, 2_000_000)))))
                .port();
        try (RawConnection client = new RawConnection(port)) {
            byte[] expected = java.util.Arrays.copyOfRange(content, 1000, 2_001_000);
            assertThat(client.send(get("/")).read().body()).isEqualTo(expected);
            assertThat(client.send(get("/")).read().body()).isEqualTo(expected);
        }
    }

    @Test
    void aFileThatWasOpenedIsSentThoughItIsGone(@TempDir Path directory) throws IOException {
        byte[] content = new byte[1_000_000];
        new Random(5).nextBytes(content);
        Path file = directory.resolve("object");
        int port = servers.start(request -> {
                    try {
                        Files.write(file, content);
                        Payload held = new Payload.InFile(file, 1000, 900_000).withOpened();
                        Files.delete(file);
                        return Servers.done(new HttpResponse(200, new Headers(), new HttpResponse.Complete(held)));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .port();
        try (RawConnection client = new RawConnection(port)) {
            byte[] expected = java.util.Arrays.copyOfRange(content, 1000, 901_000);
            assertThat(client.send(get("/")).read().body()).isEqualTo(expected);
        }
    }

    @Test
    void aFileThatIsGoneIsAnsweredWith500(@TempDir Path directory) throws IOException {
        int port = servers.start(request -> Servers.done(new HttpResponse(
                        200,
                        new Headers(),
                        new HttpResponse.Complete(new Payload.InFile(directory.resolve("gone"), 0, 10)))))
                .port();
        try (RawConnection client = new RawConnection(port)) {
            assertThat(client.send(get("/")).read().status()).isEqualTo(500);
        }
    }

    @Test
    void aLargeAnswerInMemoryArrivesWhole() throws IOException {
        byte[] content = new byte[5_000_000];
        new Random(3).nextBytes(content);
        int port = servers.start(request -> Servers.done(HttpResponse.of(200, new Headers(), content)))
                .port();
        try (RawConnection client = new RawConnection(port)) {
            assertThat(client.send(get("/") + get("/")).read().body()).isEqualTo(content);
            assertThat(client.read().body()).isEqualTo(content);
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
                other.send(get("/")).read();
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
            client.send(get("/"));
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
            client.send(get("/"));
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
            busy.send(get("/"));
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
            client.send(get("/"));
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            server.close();
            assertThat(client.isClosedByServer()).isTrue();
        }
    }
}
