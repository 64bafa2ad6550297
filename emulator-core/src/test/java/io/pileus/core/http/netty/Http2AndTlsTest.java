package io.pileus.core.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpHandler;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class Http2AndTlsTest {
    @RegisterExtension
    final Servers servers = new Servers();

    private static final HttpHandler ECHO = Servers::echo;

    private static SSLContext trustingAnyone() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustingAnyone()}, null);
        return context;
    }

    private static HttpClient client() throws GeneralSecurityException {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(trustingAnyone())
                .build();
    }

    private static java.net.http.HttpRequest post(String uri, byte[] body) {
        return java.net.http.HttpRequest.newBuilder(URI.create(uri))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    @Test
    void alpnLeadsToHttp2() throws Exception {
        int port = servers.start(ECHO).port();
        try (HttpClient client = client()) {
            var answer = client.send(
                    post("https://localhost:" + port + "/p?q=1", "hello".getBytes(StandardCharsets.UTF_8)),
                    BodyHandlers.ofString());
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.body()).isEqualTo("POST /p?q=1\nhello");
            assertThat(answer.headers().firstValue("x-host")).hasValue("localhost:" + port);
            assertThat(answer.headers().firstValue("x-scheme")).hasValue("https");
            assertThat(answer.headers().firstValue("date")).hasValue("Fri, 02 Jan 2026 03:04:05 GMT");
        }
    }

    @Test
    void manyStreamsShareAConnectionAndLargeBodiesPassBothWays() throws Exception {
        int port = servers.start(config -> config.limits(HttpLimits.DEFAULT.withBodyInMemoryBytesMax(100_000)), ECHO)
                .port();
        byte[] body = new byte[2_000_000];
        new Random(5).nextBytes(body);
        try (HttpClient client = client()) {
            List<CompletableFuture<java.net.http.HttpResponse<byte[]>>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(client.sendAsync(
                        post("https://localhost:" + port + "/", i % 4 == 0 ? body : new byte[i]),
                        BodyHandlers.ofByteArray()));
            }
            for (int i = 0; i < 20; i++) {
                byte[] answer = answers.get(i).get(20, TimeUnit.SECONDS).body();
                assertThat(answer).hasSize("POST /?\n".length() + (i % 4 == 0 ? body.length : i));
            }
        }
    }

    @Test
    void aFileIsSentOverHttp2AndTls(@TempDir Path directory) throws Exception {
        byte[] content = new byte[1_500_000];
        new Random(6).nextBytes(content);
        Path file = Files.write(directory.resolve("object"), content);
        Payload whole = Payload.InFile.whole(file);
        int port = servers.start(
                        request -> Servers.done(new HttpResponse(200, new Headers(), new HttpResponse.Complete(whole))))
                .port();
        try (HttpClient client = client()) {
            for (HttpClient.Version version : List.of(HttpClient.Version.HTTP_1_1, HttpClient.Version.HTTP_2)) {
                var request = java.net.http.HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/"))
                        .version(version)
                        .build();
                var answer = client.send(request, BodyHandlers.ofByteArray());
                assertThat(answer.version()).isEqualTo(version);
                assertThat(answer.body()).isEqualTo(content);
            }
        }
    }

    @Test
    void tlsWithoutAlpnSpeaksHttp1() throws Exception {
        int port = servers.start(ECHO).port();
        SSLSocket socket = (SSLSocket) trustingAnyone().getSocketFactory().createSocket("127.0.0.1", port);
        try (RawConnection client = new RawConnection(socket)) {
            RawConnection.Answer answer =
                    client.send("GET /tls HTTP/1.1\r\nHost: h\r\n\r\n").read();
            assertThat(answer.text()).isEqualTo("GET /tls?\n");
            assertThat(answer.header("x-scheme")).isEqualTo("https");
        }
    }

    @Test
    void tlsWithoutAlpnFollowedByThePrefaceSpeaksHttp2() throws Exception {
        int port = servers.start(ECHO).port();
        try (Socket socket = trustingAnyone().getSocketFactory().createSocket("127.0.0.1", port)) {
            assertThat(Http2Client.get(socket, "/plain")).isEqualTo("GET /plain?\n");
        }
    }

    @Test
    void cleartextHttp2WithPriorKnowledge() throws Exception {
        int port = servers.start(ECHO).port();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            assertThat(Http2Client.get(socket, "/h2c?x=1")).isEqualTo("GET /h2c?x=1\n");
        }
    }

    @Test
    void theSettingsAllowManyStreamsAndAWideWindow() throws Exception {
        int port = servers.start(ECHO).port();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            Http2Client.Settings settings = Http2Client.settings(socket);
            assertThat(settings.maxConcurrentStreams()).isGreaterThanOrEqualTo(1000);
            assertThat(settings.initialWindowBytes()).isEqualTo(1 << 20);
        }
    }

    @Test
    void aBodyBeyondTheLimitIsRefusedOverHttp2() throws Exception {
        int port = servers.start(config -> config.bodies((m, p, h) -> new BodyRules(100, true)), ECHO)
                .port();
        try (HttpClient client = client()) {
            String uri = "https://localhost:" + port + "/";
            assertThat(client.send(post(uri, new byte[101]), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(413);
            assertThat(client.send(post(uri, new byte[100]), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aLargeBodyBeyondTheLimitIsRefusedAndTheConnectionLivesOn() throws Exception {
        int port = servers.start(config -> config.bodies((m, p, h) -> new BodyRules(1000, true)), ECHO)
                .port();
        try (HttpClient client = client()) {
            String uri = "https://localhost:" + port + "/";
            var unannounced = java.net.http.HttpRequest.newBuilder(URI.create(uri))
                    .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(new byte[5_000_000])))
                    .build();
            assertThat(client.send(unannounced, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(413);
            assertThat(client.send(post(uri, new byte[100]), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void theHandlerIsToldWhenAnHttp2ClientHasGone() throws Exception {
        CompletableFuture<HttpResponse> waiting = new CompletableFuture<>();
        CompletableFuture<Void> arrived = new CompletableFuture<>();
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        waiting.whenComplete((answer, failure) -> cancelled.complete(waiting.isCancelled()));
        int port = servers.start(request -> {
                    arrived.complete(null);
                    return waiting;
                })
                .port();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            Http2Client.sendGet(socket, "/");
            arrived.get(20, TimeUnit.SECONDS);
        }
        assertThat(cancelled.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aStreamThatIsNotReadStandsStillWhileOthersOnItsConnectionGoOn() throws Exception {
        Endless endless = new Endless();
        int port = servers.start(request -> Servers.done(
                        request.path().equals("/other")
                                ? Servers.text("other")
                                : new HttpResponse(200, new Headers(), new HttpResponse.Streamed(endless))))
                .port();
        try (HttpClient client = client()) {
            var unread = client.send(get(port, "/"), BodyHandlers.ofInputStream());
            long before = -1;
            while (before != endless.given.get()) {
                before = endless.given.get();
                for (int i = 0; i < 50; i++) {
                    assertThat(client.send(get(port, "/other"), BodyHandlers.ofString())
                                    .body())
                            .isEqualTo("other");
                }
            }
            // The window that the client grants, and what is on its way: not an endless amount.
            assertThat(endless.given.get() * Endless.PIECE_BYTES).isLessThan(64L << 20);
            unread.body().close();
            endless.cancelled.get(20, TimeUnit.SECONDS);
        }
    }

    private static java.net.http.HttpRequest get(int port, String path) {
        return java.net.http.HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                .build();
    }

    @Test
    void anHttp2BodyThatDoesNotComeIsTimedOut() throws Exception {
        Duration moment = Duration.ofMillis(50);
        int port = servers.start(
                        config -> config.limits(HttpLimits.DEFAULT.withTimeouts(
                                moment, Duration.ofSeconds(20), Duration.ofSeconds(20))),
                        ECHO)
                .port();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            assertThat(Http2Client.answerToHalfAPost(socket, "/")).contains("within the timeout period");
        }
    }

    @Test
    void closingFinishesHttp2StreamsInFlight() throws Exception {
        CompletableFuture<HttpResponse> slow = new CompletableFuture<>();
        CompletableFuture<Void> arrived = new CompletableFuture<>();
        NettyServer server = servers.start(config -> config.grace(Duration.ofMinutes(5)), request -> {
            arrived.complete(null);
            return slow;
        });
        HttpClient client = client();
        try {
            var answer = client.sendAsync(
                    post("https://localhost:" + server.port() + "/", new byte[1]), BodyHandlers.ofString());
            arrived.get(20, TimeUnit.SECONDS);
            Thread closing = Thread.ofVirtual().start(server::close);
            slow.complete(Servers.text("finished"));
            assertThat(answer.get(20, TimeUnit.SECONDS).body()).isEqualTo("finished");
            assertThat(closing.join(Duration.ofSeconds(20))).isTrue();
        } finally {
            // To close it would wait for an answer that a failure above leaves outstanding.
            client.shutdownNow();
        }
    }

    @Test
    void theCertificateNamesTheHostsUnderWhichAnEmulatorIsReached() throws Exception {
        X509Certificate certificate = SelfSignedCertificate.make(
                        List.of("emulator.test", "10.1.2.3"), Instant.parse("2026-01-01T00:00:00Z"))
                .certificate();
        assertThat(certificate.getSubjectAlternativeNames().stream().map(name -> String.valueOf(name.get(1))))
                .contains(
                        "localhost",
                        "*.localhost.localstack.cloud",
                        "*.amazonaws.com",
                        "127.0.0.1",
                        "0:0:0:0:0:0:0:1",
                        "emulator.test",
                        "10.1.2.3");
        certificate.verify(certificate.getPublicKey());
    }

    @Test
    void theUsersOwnCertificateIsShown(@TempDir Path directory) throws Exception {
        SelfSignedCertificate own =
                SelfSignedCertificate.make(List.of("own.test"), Instant.parse("2026-01-01T00:00:00Z"));
        Path pem = directory.resolve("own.pem");
        Files.writeString(
                pem,
                pem("PRIVATE KEY", own.key().getEncoded())
                        + pem("CERTIFICATE", own.certificate().getEncoded()));
        int port = servers.start(config -> config.tls(new TlsSettings.Pem(pem)), ECHO)
                .port();
        try (SSLSocket socket = (SSLSocket) trustingAnyone().getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
            assertThat(socket.getSession().getPeerCertificates()[0]).isEqualTo(own.certificate());
        }
    }

    @Test
    void aCertificateThatCannotBeReadClosesTlsConnectionsOnly(@TempDir Path directory) throws Exception {
        int port = servers.start(config -> config.tls(new TlsSettings.Pem(directory.resolve("none.pem"))), ECHO)
                .port();
        try (RawConnection tls = new RawConnection(port)) {
            tls.send(new byte[] {22, 3, 1, 0, 5, 1, 0, 0, 1, 0});
            assertThat(tls.isClosedByServer()).isTrue();
        }
        try (RawConnection plain = new RawConnection(port)) {
            assertThat(plain.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").read().status())
                    .isEqualTo(200);
        }
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + type + "-----\n";
    }

    /** The tests look at protocols, not at trust. */
    private static final class TrustingAnyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
