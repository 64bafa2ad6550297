package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.Payload;
import io.pileus.s3.model.CompleteMultipartUploadRequest;
import io.pileus.s3.model.CompletedMultipartUpload;
import io.pileus.s3.model.CompletedPart;
import io.pileus.s3.model.CopyObjectRequest;
import io.pileus.s3.model.CopyObjectResult;
import io.pileus.s3.model.CreateMultipartUploadRequest;
import io.pileus.s3.model.UploadPartRequest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A copy's ETag and checksum are those of its bytes, whether they are taken over from the source or made anew. */
class CopyHashesTest {
    private static final String TEXT = "hello";
    private final S3Fixture s3 = new S3Fixture();

    private CopyObjectResult copy(CopyObjectRequest.Builder request) {
        return Objects.requireNonNull(s3.s3.copyObject(
                        request.bucket(S3Fixture.BUCKET)
                                .key("copy")
                                .copySource("things/source")
                                .build(),
                        s3.call())
                .copyObjectResult());
    }

    private static Checksums hashes(String algorithm) {
        return Checksums.of(Payload.ofUtf8(TEXT), algorithm);
    }

    @Test
    void aPlainSourceGivesItsOwn() {
        s3.put("source", TEXT);
        CopyObjectResult copy = copy(CopyObjectRequest.builder());
        assertThat(copy.eTag()).isEqualTo(hashes("CRC64NVME").eTag());
        assertThat(copy.checksumCRC64NVME())
                .isEqualTo(hashes("CRC64NVME").sums().get("CRC64NVME"));
        assertThat(s3.text("copy")).isEqualTo(TEXT);
    }

    @Test
    void anotherChecksumIsMadeOfTheBytes() {
        s3.put("source", TEXT);
        CopyObjectResult copy = copy(CopyObjectRequest.builder().checksumAlgorithm("SHA256"));
        assertThat(copy.eTag()).isEqualTo(hashes("SHA256").eTag());
        assertThat(copy.checksumSHA256()).isEqualTo(hashes("SHA256").sums().get("SHA256"));
        assertThat(copy.checksumCRC64NVME()).isNull();
    }

    @Test
    void aSourceOfPartsHasNoMd5ToGive() {
        String id = s3.s3.createMultipartUpload(
                        CreateMultipartUploadRequest.builder()
                                .bucket(S3Fixture.BUCKET)
                                .key("source")
                                .build(),
                        s3.call())
                .uploadId();
        String part = s3.s3.uploadPart(
                        UploadPartRequest.builder()
                                .bucket(S3Fixture.BUCKET)
                                .key("source")
                                .uploadId(id)
                                .partNumber(1)
                                .body(Payload.ofUtf8(TEXT))
                                .build(),
                        s3.call())
                .eTag();
        s3.s3.completeMultipartUpload(
                CompleteMultipartUploadRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .key("source")
                        .uploadId(id)
                        .multipartUpload(CompletedMultipartUpload.builder()
                                .parts(List.of(CompletedPart.builder()
                                        .partNumber(1)
                                        .eTag(part)
                                        .build()))
                                .build())
                        .build(),
                s3.call());
        assertThat(s3.get("source").eTag()).endsWith("-1\"");
        assertThat(copy(CopyObjectRequest.builder()).eTag())
                .isEqualTo(hashes("CRC64NVME").eTag());
    }
}
