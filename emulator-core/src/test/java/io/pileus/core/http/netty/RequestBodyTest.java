package io.pileus.core.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.pileus.core.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RequestBodyTest {
    @RegisterExtension
    final Servers servers = new Servers();

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    private static RawConnection.Answer send(int port, String method, byte[] body, String... headers)
            throws IOException {
        StringBuilder head = new StringBuilder(method + " /b HTTP/1.1\r\nHost: h\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        try (RawConnection client = new RawConnection(port)) {
            return client.send(head.toString()).send(body).read();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void aCompressedCallIsInflatedAndSaysSo() throws IOException {
        int port = servers.start(request -> Servers.done(Servers.text(request.header("content-encoding") + " "
                        + request.header(RequestBody.ENCODING_AS_SENT) + " "
                        + new String(request.body().bytes(), StandardCharsets.UTF_8))))
                .port();
        assertThat(send(port, "POST", gzip(bytes("compressed")), "Content-Encoding: gzip")
                        .text())
                .isEqualTo("null gzip compressed");
    }

    @Test
    void aCompressedObjectStaysCompressed() throws IOException {
        byte[] compressed = gzip(bytes("object"));
        int port = servers.start(request -> Servers.done(
                        HttpResponse.of(200, request.headers(), request.body().bytes())))
                .port();
        RawConnection.Answer answer = send(port, "PUT", compressed, "Content-Encoding: gzip");
        assertThat(answer.body()).isEqualTo(compressed);
        assertThat(answer.header("content-encoding")).isEqualTo("gzip");
    }

    @Test
    void aBodyThatInflatesBeyondTheLimitIsRefused() throws IOException {
        int port = servers.start(config -> config.bodies((m, p, h) -> new BodyRules(100_000, true)), Servers::echo)
                .port();
        assertThat(send(port, "POST", gzip(new byte[100_000]), "Content-Encoding: gzip")
                        .status())
                .isEqualTo(200);
        assertThat(send(port, "POST", gzip(new byte[100_001]), "Content-Encoding: gzip")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void whatIsNotGzipIsRefused() throws IOException {
        int port = servers.start(Servers::echo).port();
        byte[] whole = gzip(bytes("some text that was compressed"));
        byte[] damaged = whole.clone();
        damaged[whole.length - 6] ^= 1;
        assertThat(send(port, "POST", bytes("plain"), "Content-Encoding: gzip").status())
                .isEqualTo(400);
        assertThat(send(port, "POST", damaged, "Content-Encoding: gzip").status())
                .isEqualTo(400);
        assertThat(send(port, "POST", Arrays.copyOf(whole, whole.length - 3), "Content-Encoding: gzip")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void anUnsignedAwsChunkedBodyIsJoinedAndItsChecksumBecomesAHeader() throws IOException {
        int port = servers.start(request -> Servers.done(Servers.text(request.header("x-amz-checksum-crc32") + " "
                        + request.header("content-encoding") + " "
                        + new String(request.body().bytes(), StandardCharsets.UTF_8))))
                .port();
        byte[] body = bytes("5\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n");
        RawConnection.Answer answer = send(
                port,
                "PUT",
                body,
                "Content-Encoding: aws-chunked",
                "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER",
                "x-amz-trailer: x-amz-checksum-crc32",
                "x-amz-decoded-content-length: 11");
        assertThat(answer.text()).isEqualTo("DUoRhQ== null hello world");
    }

    @Test
    void aSignedAwsChunkedBodyIsJoinedAndOtherEncodingsAreKept() throws IOException {
        int port = servers.start(request -> Servers.done(Servers.text(request.header("x-amz-checksum-crc32c") + " "
                        + request.header("x-amz-trailer-signature") + " " + request.header("content-encoding") + " "
                        + new String(request.body().bytes(), StandardCharsets.UTF_8))))
                .port();
        byte[] body = bytes("5;chunk-signature=ad80c730\r\nhello\r\n0;chunk-signature=0055627c\r\n"
                + "x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:63bddb24\r\n\r\n");
        RawConnection.Answer answer = send(
                port,
                "PUT",
                body,
                "Content-Encoding: aws-chunked,br",
                "x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
                "x-amz-decoded-content-length: 5");
        assertThat(answer.text()).isEqualTo("sOO8/Q== 63bddb24 br hello");
    }

    @Test
    void anAwsChunkedBodyThatIsNotWholeIsRefused() throws IOException {
        int port = servers.start(Servers::echo).port();
        String streaming = "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER";
        String length = "x-amz-decoded-content-length: 5";
        assertThat(send(port, "PUT", bytes("5\r\nhel"), streaming, length).text())
                .contains("IncompleteBody");
        assertThat(send(port, "PUT", bytes("3\r\nhel\r\n0\r\n\r\n"), streaming, length)
                        .text())
                .contains("IncompleteBody");
        assertThat(send(port, "PUT", bytes("6\r\nhello!\r\n0\r\n\r\n"), streaming, length)
                        .text())
                .contains("IncompleteBody");
        assertThat(send(port, "PUT", bytes("x\r\nhello\r\n0\r\n\r\n"), streaming, length)
                        .status())
                .isEqualTo(400);
        assertThat(send(port, "PUT", bytes("5\r\nhelloX\r\n0\r\n\r\n"), streaming, length)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aLargeAwsChunkedBodyGoesThroughAFile() throws IOException {
        byte[] content = new byte[200_000];
        new Random(4).nextBytes(content);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int at = 0; at < content.length; at += 8192) {
            int size = Math.min(8192, content.length - at);
            body.write(bytes(Integer.toHexString(size) + ";chunk-signature=aa\r\n"));
            body.write(content, at, size);
            body.write(bytes("\r\n"));
        }
        body.write(bytes("0;chunk-signature=bb\r\n\r\n"));
        HttpLimits limits = HttpLimits.DEFAULT.withBodyInMemoryBytesMax(10_000);
        int port = servers.start(
                        config -> config.limits(limits),
                        request -> Servers.done(HttpResponse.of(
                                200,
                                new io.pileus.core.http.Headers(),
                                request.body().bytes())))
                .port();
        assertThat(send(
                                port,
                                "PUT",
                                body.toByteArray(),
                                "x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
                                "x-amz-decoded-content-length: 200000")
                        .body())
                .isEqualTo(content);
    }

    /** A body may arrive in pieces of any size. */
    @Property(tries = 200)
    void codingsAreUndoneHoweverTheBodyIsCut(
            @ForAll @Size(max = 3000) byte[] content,
            @ForAll @IntRange(min = 1, max = 700) int chunkBytes,
            @ForAll @IntRange(min = 1, max = 97) int pieceBytes)
            throws Exception {
        byte[] compressed = gzip(content);
        ByteArrayOutputStream chunked = new ByteArrayOutputStream();
        for (int at = 0; at < compressed.length; at += chunkBytes) {
            int size = Math.min(chunkBytes, compressed.length - at);
            chunked.write(bytes(Integer.toHexString(size) + "\r\n"));
            chunked.write(compressed, at, size);
            chunked.write(bytes("\r\n"));
        }
        chunked.write(bytes("0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n"));

        StoredBody stored = new StoredBody(1 << 20, 1 << 20, 0, new SpoolDirectory());
        AwsChunkedDecoder decoder = new AwsChunkedDecoder(new GzipDecoder(stored), compressed.length, null);
        byte[] all = chunked.toByteArray();
        for (int at = 0; at < all.length; at += pieceBytes) {
            decoder.accept(Unpooled.wrappedBuffer(all, at, Math.min(pieceBytes, all.length - at)));
        }
        decoder.end();
        assertThat(stored.take().bytes()).isEqualTo(content);
        assertThat(decoder.trailers().get("x-amz-checksum-crc32")).isEqualTo("AAAA");
        decoder.release();
    }
}
