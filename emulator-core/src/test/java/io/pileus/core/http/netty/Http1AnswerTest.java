package io.pileus.core.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What an HTTP/1.1 answer is on the wire: its head, its length, files and what has no body. */
class Http1AnswerTest {
    @RegisterExtension
    final Servers servers = new Servers();

    @Test
    void anAnswerToHeadHasTheLengthAndNoBody() throws IOException {
        int port = servers.start(request -> Servers.done(Servers.text("twelve bytes")))
                .port();
        try (RawConnection client = new RawConnection(port)) {
            client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n" + RawConnection.get("/"));
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
            assertThat(client.send(RawConnection.get("/")).read().headers()).doesNotContainKey("content-length");
            assertThat(client.send(RawConnection.get("/")).read().status()).isEqualTo(204);
        }
    }

    @Test
    void theDateFollowsTheEmulatorsClock() throws IOException {
        int port = servers.start(Servers::echo).port();
        try (RawConnection client = new RawConnection(port)) {
            assertThat(client.send(RawConnection.get("/")).read().header("date"))
                    .isEqualTo("Fri, 02 Jan 2026 03:04:05 GMT");
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
            assertThat(client.send(RawConnection.get("/throws")).read().status())
                    .isEqualTo(500);
            assertThat(client.send(RawConnection.get("/fails")).read().status()).isEqualTo(500);
            assertThat(client.send(RawConnection.get("/nothing")).read().status())
                    .isEqualTo(500);
            assertThat(client.send(RawConnection.get("/minimal")).read().text()).isEqualTo("minimal");
            RawConnection.Answer split =
                    client.send(RawConnection.get("/splits")).read();
            assertThat(split.status()).isEqualTo(500);
            assertThat(split.headers()).doesNotContainKey("set-cookie");
            assertThat(split.text()).doesNotContain("on purpose");
            assertThat(client.send(RawConnection.get("/")).read().status()).isEqualTo(200);
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
            assertThat(client.send(RawConnection.get("/")).read().body()).isEqualTo(expected);
            assertThat(client.send(RawConnection.get("/")).read().body()).isEqualTo(expected);
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
            assertThat(client.send(RawConnection.get("/")).read().body()).isEqualTo(expected);
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
            assertThat(client.send(RawConnection.get("/")).read().status()).isEqualTo(500);
        }
    }

    @Test
    void aLargeAnswerInMemoryArrivesWhole() throws IOException {
        byte[] content = new byte[5_000_000];
        new Random(3).nextBytes(content);
        int port = servers.start(request -> Servers.done(HttpResponse.of(200, new Headers(), content)))
                .port();
        try (RawConnection client = new RawConnection(port)) {
            assertThat(client.send(RawConnection.get("/") + RawConnection.get("/"))
                            .read()
                            .body())
                    .isEqualTo(content);
            assertThat(client.read().body()).isEqualTo(content);
        }
    }
}
