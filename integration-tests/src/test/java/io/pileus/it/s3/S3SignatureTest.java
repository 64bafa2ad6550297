package io.pileus.it.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class S3SignatureTest {
    @Test
    void aPresignedUrlIsGoodUntilItExpiresAndForNothingElse() throws IOException, InterruptedException {
        try (S3Server server = S3Server.checkingSignatures();
                S3Client s3 = server.client();
                S3Presigner presigner = server.presigner();
                HttpClient http = HttpClient.newHttpClient()) {
            s3.createBucket(b -> b.bucket("things"));
            s3.putObject(b -> b.bucket("things").key("a"), RequestBody.fromString("hello"));
            URI url = URI.create(presigner
                    .presignGetObject(p -> p.signatureDuration(Duration.ofMinutes(5))
                            .getObjectRequest(o -> o.bucket("things").key("a")))
                    .url()
                    .toString());
            HttpRequest get = HttpRequest.newBuilder(url).build();
            HttpRequest other = HttpRequest.newBuilder(URI.create(url.toString().replace("/things/a?", "/things/b?")))
                    .build();
            HttpRequest unsigned = HttpRequest.newBuilder(
                            server.pileus.endpoint().resolve("/things/a"))
                    .build();

            assertThat(http.send(get, HttpResponse.BodyHandlers.ofString()).body())
                    .isEqualTo("hello");
            assertThat(http.send(other, HttpResponse.BodyHandlers.ofString()).body())
                    .contains("<Code>SignatureDoesNotMatch</Code>");
            assertThat(http.send(unsigned, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(403);
            server.pileus.time().advance(Duration.ofMinutes(6));
            HttpResponse<String> late = http.send(get, HttpResponse.BodyHandlers.ofString());
            assertThat(late.statusCode()).isEqualTo(403);
            assertThat(late.body()).contains("<Code>AccessDenied</Code>", "Request has expired");
        }
    }

    @Test
    void aBucketMayStandInTheHostName() throws IOException {
        try (S3Server server = S3Server.start();
                S3Client s3 = server.client()) {
            s3.createBucket(b -> b.bucket("my.things"));
            s3.putObject(b -> b.bucket("my.things").key("deep/a"), RequestBody.fromString("hello"));
            int port = server.pileus.endpoint().getPort();
            try (Socket socket = new Socket("localhost", port)) {
                socket.getOutputStream()
                        .write(("GET /deep/a HTTP/1.1\r\nHost: my.things.s3.localhost:" + port
                                        + "\r\nConnection: close\r\nAuthorization: AWS4-HMAC-SHA256 Credential="
                                        + S3Server.ACCOUNT
                                        + "/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 200")
                        .endsWith("hello");
            }
        }
    }
}
