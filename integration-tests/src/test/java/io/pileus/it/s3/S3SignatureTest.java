package io.pileus.it.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> post(HttpClient http, URI to, Map<String, String> fields)
            throws IOException, InterruptedException {
        StringBuilder form = new StringBuilder();
        fields.forEach((name, value) -> form.append(
                "--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n"));
        form.append(
                "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhello\r\n--edge--\r\n");
        return http.send(
                HttpRequest.newBuilder(to)
                        .header("Content-Type", "multipart/form-data; boundary=edge")
                        .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aFormIsTakenWhenItsPolicyIsSignedRightlyAndHasNotExpired()
            throws IOException, InterruptedException, GeneralSecurityException {
        try (S3Server server = S3Server.checkingSignatures();
                S3Client s3 = server.client();
                HttpClient http = HttpClient.newHttpClient()) {
            s3.createBucket(b -> b.bucket("things"));
            URI to = server.pileus.endpoint().resolve("/things");
            Instant now = server.pileus.time().instant();
            String day = DateTimeFormatter.ofPattern("yyyyMMdd")
                    .withZone(ZoneOffset.UTC)
                    .format(now);
            String credential = S3Server.ACCOUNT + "/" + day + "/us-east-1/s3/aws4_request";
            String policy = Base64.getEncoder()
                    .encodeToString(("{\"expiration\":\"" + now.plusSeconds(60) + "\",\"conditions\":["
                                    + "{\"bucket\":\"things\"},{\"key\":\"a\"},[\"starts-with\",\"$x-amz-credential\",\"\"],"
                                    + "[\"content-length-range\",1,10],[\"eq\",\"$x-amz-algorithm\",\"AWS4-HMAC-SHA256\"]]}")
                            .getBytes(StandardCharsets.UTF_8));
            byte[] key = hmac("AWS4test".getBytes(StandardCharsets.UTF_8), day);
            for (String part : List.of("us-east-1", "s3", "aws4_request")) {
                key = hmac(key, part);
            }
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("key", "a");
            assertThat(post(http, to, fields).body()).contains("<Code>AccessDenied</Code>");
            fields.put("x-amz-algorithm", "AWS4-HMAC-SHA256");
            fields.put("x-amz-credential", credential);
            fields.put("policy", policy);
            assertThat(post(http, to, fields).body())
                    .contains("<Code>InvalidArgument</Code>", "a field named 'X-Amz-Signature'");
            fields.put("x-amz-signature", "0".repeat(64));
            assertThat(post(http, to, fields).body()).contains("<Code>SignatureDoesNotMatch</Code>");
            fields.put("x-amz-signature", HexFormat.of().formatHex(hmac(key, policy)));

            assertThat(post(http, to, fields).statusCode()).isEqualTo(204);
            assertThat(s3.getObjectAsBytes(b -> b.bucket("things").key("a")).asUtf8String())
                    .isEqualTo("hello");
            server.pileus.time().advance(Duration.ofMinutes(2));
            assertThat(post(http, to, fields).body())
                    .contains("<Code>AccessDenied</Code>", "Invalid according to Policy: Policy expired.");
        }
    }

    @Test
    void chunksThatAreSignedOneByOneAreTaken() {
        try (S3Server server = S3Server.checkingSignatures();
                S3Client s3 = server.client()) {
            s3.createBucket(b -> b.bucket("things"));
            // Over HTTP the SDK signs every chunk and the trailing checksum: what it sends is taken.
            s3.putObject(b -> b.bucket("things").key("chunks"), RequestBody.fromString("x".repeat(300_000)));
            assertThat(s3.headObject(b -> b.bucket("things").key("chunks")).contentLength())
                    .isEqualTo(300_000);
        }
    }
}
