package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.s3.model.CreateMultipartUploadRequest;
import io.pileus.s3.model.Delete;
import io.pileus.s3.model.DeleteObjectRequest;
import io.pileus.s3.model.DeleteObjectsOutput;
import io.pileus.s3.model.DeleteObjectsRequest;
import io.pileus.s3.model.ListBucketsRequest;
import io.pileus.s3.model.ListMultipartUploadsRequest;
import io.pileus.s3.model.ObjectIdentifier;
import java.util.List;
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
}
