package io.pileus.it.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class S3JavaSdkTest {
    private static final int PART = 5 << 20;
    private final S3Server server = S3Server.byHand();
    private final S3Client s3 = server.client();

    @AfterEach
    void stop() {
        s3.close();
        server.close();
    }

    private void refuses(Runnable what, String code, int status) {
        assertThatThrownBy(what::run).isInstanceOfSatisfying(S3Exception.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.statusCode()).isEqualTo(status);
        });
    }

    @Test
    void anObjectComesBackWithWhatWasSaidOfIt() {
        s3.createBucket(b -> b.bucket("things"));
        String eTag = s3.putObject(
                        b -> b.bucket("things")
                                .key("a b/ü+c.txt")
                                .contentType("text/plain")
                                .metadata(Map.of("Colour", "red"))
                                .tagging("kind=test"),
                        RequestBody.fromString("hello"))
                .eTag();

        var got = s3.getObjectAsBytes(b -> b.bucket("things").key("a b/ü+c.txt"));
        GetObjectResponse head = got.response();
        assertThat(got.asUtf8String()).isEqualTo("hello");
        assertThat(head.eTag()).isEqualTo(eTag).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
        assertThat(head.contentType()).isEqualTo("text/plain");
        assertThat(head.metadata()).containsEntry("colour", "red");
        assertThat(head.tagCount()).isEqualTo(1);
        assertThat(head.serverSideEncryption()).isEqualTo(ServerSideEncryption.AES256);
        assertThat(s3.getObjectAsBytes(
                                b -> b.bucket("things").key("a b/ü+c.txt").range("bytes=1-2"))
                        .asUtf8String())
                .isEqualTo("el");
    }

    @Test
    void theSdksOwnErrorsComeOut() {
        assertThatThrownBy(() -> s3.listObjectsV2(b -> b.bucket("none"))).isInstanceOf(NoSuchBucketException.class);
        s3.createBucket(b -> b.bucket("things"));
        assertThatThrownBy(() -> s3.getObject(b -> b.bucket("things").key("none")))
                .isInstanceOf(NoSuchKeyException.class);
        refuses(() -> s3.getBucketPolicy(b -> b.bucket("things")), "NoSuchBucketPolicy", 404);
        refuses(() -> s3.getBucketCors(b -> b.bucket("things")), "NoSuchCORSConfiguration", 404);
    }

    @Test
    void aLargeBodyIsStreamedBothWays() {
        byte[] large = S3Server.bytes(20 << 20);
        s3.createBucket(b -> b.bucket("things"));

        s3.putObject(
                b -> b.bucket("things").key("large").checksumAlgorithm(ChecksumAlgorithm.SHA256),
                RequestBody.fromBytes(large));

        var got = s3.getObjectAsBytes(b -> b.bucket("things").key("large").checksumMode(ChecksumMode.ENABLED));
        assertThat(got.asByteArrayUnsafe()).isEqualTo(large);
        assertThat(got.response().checksumSHA256()).isNotNull();
        assertThat(s3.getObjectAsBytes(b -> b.bucket("things").key("large").range("bytes=-3"))
                        .asByteArrayUnsafe())
                .containsExactly(large[large.length - 3], large[large.length - 2], large[large.length - 1]);
    }

    @Test
    void partsBecomeOneObject() {
        byte[] first = S3Server.bytes(PART);
        s3.createBucket(b -> b.bucket("things"));
        String id = s3.createMultipartUpload(
                        b -> b.bucket("things").key("parts").checksumAlgorithm(ChecksumAlgorithm.CRC32))
                .uploadId();
        UploadPartResponse one = s3.uploadPart(
                b -> b.bucket("things")
                        .key("parts")
                        .uploadId(id)
                        .partNumber(1)
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32),
                RequestBody.fromBytes(first));
        UploadPartResponse two = s3.uploadPart(
                b -> b.bucket("things")
                        .key("parts")
                        .uploadId(id)
                        .partNumber(2)
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32),
                RequestBody.fromString("end"));
        assertThat(s3.listParts(b -> b.bucket("things").key("parts").uploadId(id))
                        .parts())
                .hasSize(2);

        String eTag = s3.completeMultipartUpload(b -> b.bucket("things")
                        .key("parts")
                        .uploadId(id)
                        .multipartUpload(u -> u.parts(completed(1, one), completed(2, two))))
                .eTag();

        assertThat(eTag).endsWith("-2\"");
        var attributes = s3.getObjectAttributes(b -> b.bucket("things")
                .key("parts")
                .objectAttributes(
                        ObjectAttributes.CHECKSUM, ObjectAttributes.OBJECT_PARTS, ObjectAttributes.OBJECT_SIZE));
        assertThat(attributes.objectSize()).isEqualTo(PART + 3);
        assertThat(attributes.objectParts().totalPartsCount()).isEqualTo(2);
        assertThat(attributes.checksum().checksumCRC32()).endsWith("-2");
        assertThat(s3.getObjectAsBytes(b -> b.bucket("things").key("parts").partNumber(2))
                        .asUtf8String())
                .isEqualTo("end");
    }

    private static CompletedPart completed(int number, UploadPartResponse part) {
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(part.eTag())
                .checksumCRC32(part.checksumCRC32())
                .build();
    }

    @Test
    void pagesOfAListingShowEveryKeyOnce() {
        s3.createBucket(b -> b.bucket("things"));
        for (int i = 0; i < 25; i++) {
            int n = i;
            s3.putObject(b -> b.bucket("things").key("k" + n), RequestBody.empty());
        }
        assertThat(s3.listObjectsV2Paginator(b -> b.bucket("things").maxKeys(4)).contents())
                .extracting(S3Object::key)
                .hasSize(25)
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void deletedVersionsStayBehindMarkersUntilTheyAreDeletedToo() {
        s3.createBucket(b -> b.bucket("things"));
        s3.putBucketVersioning(
                b -> b.bucket("things").versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
        String version = s3.putObject(b -> b.bucket("things").key("a"), RequestBody.fromString("1"))
                .versionId();
        String marker = s3.deleteObject(b -> b.bucket("things").key("a")).versionId();

        var versions = s3.listObjectVersions(b -> b.bucket("things"));
        assertThat(versions.versions()).hasSize(1);
        assertThat(versions.deleteMarkers()).hasSize(1);
        refuses(() -> s3.deleteBucket(b -> b.bucket("things")), "BucketNotEmpty", 409);
        var deleted = s3.deleteObjects(b -> b.bucket("things")
                .delete(Delete.builder()
                        .objects(
                                ObjectIdentifier.builder()
                                        .key("a")
                                        .versionId(version)
                                        .build(),
                                ObjectIdentifier.builder()
                                        .key("a")
                                        .versionId(marker)
                                        .build())
                        .build()));
        assertThat(deleted.deleted()).hasSize(2);
        s3.deleteBucket(b -> b.bucket("things"));
    }

    @Test
    void aBucketOfAnotherRegionSaysWhereItIs() {
        s3.createBucket(b -> b.bucket("far").createBucketConfiguration(c -> c.locationConstraint("eu-west-1")));
        refuses(() -> s3.listObjectsV2(b -> b.bucket("far")), "PermanentRedirect", 301);
        try (S3Client there = server.client(Region.EU_WEST_1)) {
            assertThat(there.headBucket(b -> b.bucket("far")).bucketRegion()).isEqualTo("eu-west-1");
        }
    }

    @Test
    void anObjectUnderAKmsKeyNeedsTheKeyToBeRead() {
        s3.createBucket(b -> b.bucket("things"));
        var put = s3.putObject(
                b -> b.bucket("things").key("secret").serverSideEncryption(ServerSideEncryption.AWS_KMS),
                RequestBody.fromString("x"));
        assertThat(put.ssekmsKeyId()).startsWith("arn:aws:kms:us-east-1:" + S3Server.ACCOUNT + ":key/");
        assertThat(s3.getObjectAsBytes(b -> b.bucket("things").key("secret")).asUtf8String())
                .isEqualTo("x");
        refuses(
                () -> s3.putObject(
                        b -> b.bucket("things")
                                .key("secret")
                                .serverSideEncryption(ServerSideEncryption.AWS_KMS)
                                .ssekmsKeyId("none"),
                        RequestBody.fromString("x")),
                "KMS.NotFoundException",
                400);
    }

    @Test
    void theAsyncClientUploadsAndDownloads() {
        byte[] large = S3Server.bytes(9 << 20);
        try (S3AsyncClient async = server.asyncClient()) {
            async.createBucket(b -> b.bucket("things")).join();
            async.putObject(b -> b.bucket("things").key("a"), AsyncRequestBody.fromBytes(large))
                    .join();
            assertThat(async.getObject(b -> b.bucket("things").key("a"), AsyncResponseTransformer.toBytes())
                            .join()
                            .asByteArrayUnsafe())
                    .isEqualTo(large);
        }
    }

    @Test
    void presignedUrlsPutAndGetWithoutCredentials() throws IOException, InterruptedException {
        s3.createBucket(b -> b.bucket("things"));
        try (S3Presigner presigner = server.presigner();
                HttpClient http = HttpClient.newHttpClient()) {
            URI put = URI.create(presigner
                    .presignPutObject(p -> p.signatureDuration(Duration.ofMinutes(5))
                            .putObjectRequest(o -> o.bucket("things").key("up")))
                    .url()
                    .toString());
            assertThat(http.send(
                                    HttpRequest.newBuilder(put)
                                            .PUT(HttpRequest.BodyPublishers.ofString("by url"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
            URI get = URI.create(presigner
                    .presignGetObject(p -> p.signatureDuration(Duration.ofMinutes(5))
                            .getObjectRequest(o -> o.bucket("things").key("up").responseContentType("text/css")))
                    .url()
                    .toString());
            HttpResponse<String> got =
                    http.send(HttpRequest.newBuilder(get).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(got.body()).isEqualTo("by url");
            assertThat(got.headers().firstValue("content-type")).contains("text/css");
        }
    }

    @Test
    void aBucketsCorsConfigurationLetsItsPagesIn() throws IOException, InterruptedException {
        s3.createBucket(b -> b.bucket("things"));
        s3.putObject(b -> b.bucket("things").key("a"), RequestBody.fromString("x"));
        s3.putBucketCors(b -> b.bucket("things")
                .corsConfiguration(c -> c.corsRules(r -> r.allowedOrigins("https://*.example.com")
                        .allowedMethods("GET", "PUT")
                        .allowedHeaders("*")
                        .exposeHeaders("ETag")
                        .maxAgeSeconds(60))));
        URI object = server.pileus.endpoint().resolve("/things/a");
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> asked = http.send(
                    HttpRequest.newBuilder(object)
                            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                            .header("Origin", "https://www.example.com")
                            .header("Access-Control-Request-Method", "PUT")
                            .header("Access-Control-Request-Headers", "X-Amz-Meta-A")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(asked.statusCode()).isEqualTo(200);
            assertThat(asked.headers().firstValue("access-control-allow-origin"))
                    .contains("https://www.example.com");
            assertThat(asked.headers().firstValue("access-control-allow-headers"))
                    .contains("x-amz-meta-a");
            HttpResponse<String> got = http.send(
                    HttpRequest.newBuilder(object)
                            .header("Origin", "https://www.example.com")
                            .header("Authorization", S3Server.authorization())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(got.statusCode()).isEqualTo(200);
            assertThat(got.headers().firstValue("access-control-expose-headers"))
                    .contains("ETag");
            HttpResponse<String> foreign = http.send(
                    HttpRequest.newBuilder(object)
                            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                            .header("Origin", "https://evil.test")
                            .header("Access-Control-Request-Method", "PUT")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(foreign.statusCode()).isEqualTo(403);
            assertThat(foreign.body()).contains("AccessForbidden");
        }
    }

    @Test
    void badRequestsAreRefusedInS3sWords() throws IOException, InterruptedException {
        s3.createBucket(b -> b.bucket("things"));
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(put(http, "/things?versioning", "<oops", "MalformedXML", 400))
                    .isTrue();
            assertThat(put(
                            http,
                            "/things?versioning",
                            "<VersioningConfiguration><Status>On</Status></VersioningConfiguration>",
                            "MalformedXML",
                            400))
                    .isTrue();
            assertThat(put(http, "/things?cors", "<CORSConfiguration/>", "InvalidRequest", 400))
                    .isTrue();
            assertThat(put(http, "/..%2f..%2fetc", "", "InvalidBucketName", 400))
                    .isTrue();
            assertThat(put(http, "/things/..%2f..%2fetc%2fpasswd", "x", "", 200))
                    .isTrue();
        }
        assertThat(s3.listObjectsV2(b -> b.bucket("things")).contents())
                .extracting(S3Object::key)
                .isEqualTo(List.of("../../etc/passwd"));
    }

    private boolean put(HttpClient http, String path, String body, String code, int status)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(server.pileus.endpoint() + path))
                        .PUT(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                        .header("Authorization", S3Server.authorization())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(code.isEmpty() ? "" : "<Code>" + code + "</Code>");
        return true;
    }
}
