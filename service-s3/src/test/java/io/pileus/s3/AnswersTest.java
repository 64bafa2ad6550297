package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.Payload;
import io.pileus.s3.model.CreateMultipartUploadRequest;
import io.pileus.s3.model.Delete;
import io.pileus.s3.model.DeleteObjectRequest;
import io.pileus.s3.model.DeleteObjectsOutput;
import io.pileus.s3.model.DeleteObjectsRequest;
import io.pileus.s3.model.ListBucketsRequest;
import io.pileus.s3.model.ListMultipartUploadsRequest;
import io.pileus.s3.model.ListObjectsV2Output;
import io.pileus.s3.model.ListObjectsV2Request;
import io.pileus.s3.model.ObjectIdentifier;
import io.pileus.s3.model.UploadPartRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Answers that others recorded from S3 where they are not what one would guess. */
class AnswersTest {
    private final S3Fixture s3 = new S3Fixture();

    /** Recorded from S3 in versitygw#2119. */
    @Test
    void amongManyAVersionThatCouldBeNoneIsOneNotFound() {
        s3.put("a", "x");
        DeleteObjectsOutput output = s3.s3.deleteObjects(
                DeleteObjectsRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .delete(Delete.builder()
                                .objects(List.of(ObjectIdentifier.builder()
                                        .key("a")
                                        .versionId("abc")
                                        .build()))
                                .build())
                        .build(),
                s3.call());
        assertThat(output.errors())
                .singleElement()
                .satisfies(e -> assertThat(e.code_() + ": " + e.message())
                        .isEqualTo("NoSuchVersion: The specified version does not exist."));
        S3Fixture.refuses(
                () -> s3.s3.deleteObject(
                        DeleteObjectRequest.builder()
                                .bucket(S3Fixture.BUCKET)
                                .key("a")
                                .versionId("abc")
                                .build(),
                        s3.call()),
                "InvalidArgument",
                400);
    }

    @Test
    void aContinuationTokenThatNobodyWasGivenIsRefused() {
        for (String token : List.of("", "zzz", "garbage", "YWJj")) {
            S3Fixture.refuses(
                    () -> s3.s3.listBuckets(
                            ListBucketsRequest.builder()
                                    .continuationToken(token)
                                    .build(),
                            s3.call()),
                    "InvalidArgument",
                    400);
        }
    }

    @Test
    void tagsOfAHeaderMayHaveNoValuesAndBeSeparatedTwice() {
        s3.put(S3Fixture.object("a", "x").tagging("one&&two=2&three=&"));
        assertThat(s3.get("a").tagCount()).isEqualTo(3);
        S3Fixture.refuses(() -> s3.put(S3Fixture.object("a", "x").tagging("=")), "InvalidArgument", 400);
    }

    @Test
    void anAccountBeginsAnUploadByItsCanonicalId() {
        s3.s3.createMultipartUpload(
                CreateMultipartUploadRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .key("a")
                        .build(),
                s3.call());
        assertThat(s3.s3.listMultipartUploads(
                                ListMultipartUploadsRequest.builder()
                                        .bucket(S3Fixture.BUCKET)
                                        .build(),
                                s3.call())
                        .uploads())
                .singleElement()
                .satisfies(
                        u -> assertThat(u.initiator().id()).isEqualTo(u.owner().id()));
    }

    /** Recorded from S3 in versitygw#1727. */
    @Test
    void aWriteHasOneConditionOnly() {
        s3.put("a", "x");
        S3Fixture.refuses(
                () -> s3.put(S3Fixture.object("a", "y").ifMatch("*").ifNoneMatch("*")), "NotImplemented", 501);
        assertThat(s3.text("a")).isEqualTo("x");
    }

    /** Recorded from S3 in versitygw#1342. */
    @Test
    void partsOfACompositeChecksumBringTheirs() {
        String id = begin("SHA256", null);
        S3Fixture.refuses(() -> part(id), "InvalidRequest", 400);
        part(begin("CRC32", "FULL_OBJECT"));
    }

    private String begin(String algorithm, @Nullable String type) {
        return String.valueOf(s3.s3.createMultipartUpload(
                        CreateMultipartUploadRequest.builder()
                                .bucket(S3Fixture.BUCKET)
                                .key("a")
                                .checksumAlgorithm(algorithm)
                                .checksumType(type)
                                .build(),
                        s3.call())
                .uploadId());
    }

    private void part(String uploadId) {
        s3.s3.uploadPart(
                UploadPartRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .key("a")
                        .uploadId(uploadId)
                        .partNumber(1)
                        .body(Payload.ofUtf8("x"))
                        .build(),
                s3.call());
    }

    /** Recorded from S3 in brekkylab/backlot#204. */
    @Test
    void aTokenTakesThePlaceOfWhereAListStarts() {
        s3.put("a", "x");
        s3.put("b", "x");
        ListObjectsV2Request.Builder request = ListObjectsV2Request.builder()
                .bucket(S3Fixture.BUCKET)
                .startAfter("0")
                .maxKeys(1);
        ListObjectsV2Output first = s3.s3.listObjectsV2(request.build(), s3.call());
        assertThat(first.startAfter()).isEqualTo("0");
        ListObjectsV2Output second = s3.s3.listObjectsV2(
                request.continuationToken(first.nextContinuationToken()).build(), s3.call());
        assertThat(second.startAfter()).isNull();
        assertThat(second.contents())
                .singleElement()
                .satisfies(o -> assertThat(o.key()).isEqualTo("b"));
    }
}
