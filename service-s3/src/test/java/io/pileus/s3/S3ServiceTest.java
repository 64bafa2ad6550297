package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.http.Payload;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.testkit.TestCalls;
import io.pileus.core.testkit.TestEnvironment;
import io.pileus.s3.model.CompleteMultipartUploadOutput;
import io.pileus.s3.model.CompleteMultipartUploadRequest;
import io.pileus.s3.model.CompletedMultipartUpload;
import io.pileus.s3.model.CompletedPart;
import io.pileus.s3.model.CreateBucketRequest;
import io.pileus.s3.model.CreateMultipartUploadRequest;
import io.pileus.s3.model.DeleteBucketRequest;
import io.pileus.s3.model.DeleteObjectRequest;
import io.pileus.s3.model.GetObjectOutput;
import io.pileus.s3.model.GetObjectRequest;
import io.pileus.s3.model.PutBucketVersioningRequest;
import io.pileus.s3.model.PutObjectOutput;
import io.pileus.s3.model.PutObjectRequest;
import io.pileus.s3.model.UploadPartRequest;
import io.pileus.s3.model.VersioningConfiguration;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class S3ServiceTest {
    private final TestEnvironment env = TestEnvironment.fresh();
    private final S3Service s3 = new S3Service(env.services());
    private final CallContext call = TestCalls.call(env);

    private void bucket() {
        s3.createBucket(CreateBucketRequest.builder().bucket("things").build(), call);
    }

    private PutObjectOutput put(String key, String body) {
        return s3.putObject(
                PutObjectRequest.builder()
                        .bucket("things")
                        .key(key)
                        .body(Payload.ofUtf8(body))
                        .build(),
                call);
    }

    private GetObjectRequest.Builder get(String key) {
        return GetObjectRequest.builder().bucket("things").key(key);
    }

    private static String text(GetObjectOutput output) {
        return new String(output.body().bytes(), StandardCharsets.UTF_8);
    }

    private static void refuses(Runnable what, String code, int status) {
        assertThatThrownBy(what::run).isInstanceOfSatisfying(AwsException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.httpStatus()).isEqualTo(status);
        });
    }

    @Test
    void anObjectComesBackWithItsMd5AsETag() {
        bucket();
        assertThat(put("a", "hello").eTag()).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
        assertThat(text(s3.getObject(get("a").build(), call))).isEqualTo("hello");
    }

    @Test
    void aRangeAnswersItsBytesAndOneBeyondTheEndIsRefused() {
        bucket();
        put("a", "hello");
        GetObjectOutput part = s3.getObject(get("a").range("bytes=1-2").build(), call);
        assertThat(text(part)).isEqualTo("el");
        assertThat(part.contentRange()).isEqualTo("bytes 1-2/5");
        refuses(() -> s3.getObject(get("a").range("bytes=5-").build(), call), "InvalidRange", 416);
    }

    @Test
    void conditionsAreHeld() {
        bucket();
        String eTag = put("a", "hello").eTag();
        refuses(() -> s3.getObject(get("a").ifNoneMatch(eTag).build(), call), "NotModified", 304);
        refuses(() -> s3.getObject(get("a").ifMatch("\"x\"").build(), call), "PreconditionFailed", 412);
    }

    @Test
    void aWrongChecksumStoresNothing() {
        bucket();
        refuses(
                () -> s3.putObject(
                        PutObjectRequest.builder()
                                .bucket("things")
                                .key("a")
                                .body(Payload.ofUtf8("x"))
                                .checksumCRC32("AAAAAA==")
                                .build(),
                        call),
                "BadDigest",
                400);
        refuses(() -> s3.getObject(get("a").build(), call), "NoSuchKey", 404);
    }

    @Test
    void aDeleteInAVersionedBucketLeavesTheVersionBehindAMarker() {
        bucket();
        s3.putBucketVersioning(
                PutBucketVersioningRequest.builder()
                        .bucket("things")
                        .versioningConfiguration(VersioningConfiguration.builder()
                                .status("Enabled")
                                .build())
                        .build(),
                call);
        String version = put("a", "hello").versionId();
        s3.deleteObject(DeleteObjectRequest.builder().bucket("things").key("a").build(), call);
        refuses(() -> s3.getObject(get("a").build(), call), "NoSuchKey", 404);
        assertThat(text(s3.getObject(get("a").versionId(version).build(), call)))
                .isEqualTo("hello");
        refuses(
                () -> s3.deleteBucket(
                        DeleteBucketRequest.builder().bucket("things").build(), call),
                "BucketNotEmpty",
                409);
    }

    @Test
    void aMultipartUploadRefusesASmallPartThatIsNotTheLast() {
        bucket();
        String id = s3.createMultipartUpload(
                        CreateMultipartUploadRequest.builder()
                                .bucket("things")
                                .key("a")
                                .build(),
                        call)
                .uploadId();
        List<CompletedPart> parts = new ArrayList<>();
        for (int n = 1; n <= 2; n++) {
            String eTag = s3.uploadPart(
                            UploadPartRequest.builder()
                                    .bucket("things")
                                    .key("a")
                                    .uploadId(id)
                                    .partNumber(n)
                                    .body(Payload.ofUtf8("p" + n))
                                    .build(),
                            call)
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(n).eTag(eTag).build());
        }
        refuses(() -> complete(id, parts), "EntityTooSmall", 400);
        assertThat(complete(id, parts.subList(0, 1)).eTag()).endsWith("-1\"");
        assertThat(text(s3.getObject(get("a").build(), call))).isEqualTo("p1");
    }

    @Test
    void aRepeatedCompletionGetsTheSameAnswer() {
        bucket();
        String id = s3.createMultipartUpload(
                        CreateMultipartUploadRequest.builder()
                                .bucket("things")
                                .key("a")
                                .build(),
                        call)
                .uploadId();
        String eTag = s3.uploadPart(
                        UploadPartRequest.builder()
                                .bucket("things")
                                .key("a")
                                .uploadId(id)
                                .partNumber(1)
                                .body(Payload.ofUtf8("p1"))
                                .build(),
                        call)
                .eTag();
        List<CompletedPart> parts =
                List.of(CompletedPart.builder().partNumber(1).eTag(eTag).build());
        assertThat(complete(id, parts).eTag()).isEqualTo(complete(id, parts).eTag());
    }

    private CompleteMultipartUploadOutput complete(String id, List<CompletedPart> parts) {
        return s3.completeMultipartUpload(
                CompleteMultipartUploadRequest.builder()
                        .bucket("things")
                        .key("a")
                        .uploadId(id)
                        .multipartUpload(
                                CompletedMultipartUpload.builder().parts(parts).build())
                        .build(),
                call);
    }
}
