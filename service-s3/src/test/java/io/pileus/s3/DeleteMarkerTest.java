package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pileus.s3.model.CopyObjectRequest;
import io.pileus.s3.model.CreateMultipartUploadRequest;
import io.pileus.s3.model.Delete;
import io.pileus.s3.model.DeleteObjectRequest;
import io.pileus.s3.model.DeleteObjectTaggingRequest;
import io.pileus.s3.model.DeleteObjectsOutput;
import io.pileus.s3.model.DeleteObjectsRequest;
import io.pileus.s3.model.GetObjectAclRequest;
import io.pileus.s3.model.ListObjectVersionsRequest;
import io.pileus.s3.model.ObjectIdentifier;
import io.pileus.s3.model.PutObjectAclRequest;
import io.pileus.s3.model.UploadPartCopyRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Delete markers and versions that are not there, as recorded from S3 in April 2026. */
class DeleteMarkerTest {
    private static final Map<String, String> NOT_TO_BE_READ = Map.of("Method", "GET", "ResourceType", "DeleteMarker");
    private static final Map<String, String> NOT_TO_BE_CHANGED =
            Map.of("Method", "PUT", "ResourceType", "DeleteMarker");

    private final S3Fixture s3 = new S3Fixture().versioned();
    private String marker = "";

    @BeforeEach
    void delete() {
        s3.put("a", "x");
        marker = String.valueOf(s3.s3.deleteObject(
                        DeleteObjectRequest.builder()
                                .bucket(S3Fixture.BUCKET)
                                .key("a")
                                .build(),
                        s3.call())
                .versionId());
    }

    private static S3Error refused(Runnable call) {
        S3Error error = catchThrowableOfType(S3Error.class, call::run);
        assertThat(error).isNotNull();
        return error;
    }

    private S3Error refusedCopy(String version) {
        return refused(() -> s3.s3.copyObject(
                CopyObjectRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .key("b")
                        .copySource("things/a" + version)
                        .build(),
                s3.call()));
    }

    private S3Error refusedPartCopy(String version) {
        String upload = s3.s3.createMultipartUpload(
                        CreateMultipartUploadRequest.builder()
                                .bucket(S3Fixture.BUCKET)
                                .key("b")
                                .build(),
                        s3.call())
                .uploadId();
        return refused(() -> s3.s3.uploadPartCopy(
                UploadPartCopyRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .key("b")
                        .uploadId(upload)
                        .partNumber(1)
                        .copySource("things/a" + version)
                        .build(),
                s3.call()));
    }

    @Test
    void aMarkerIsNoSourceOfACopy() {
        for (S3Error error :
                new S3Error[] {refusedCopy("?versionId=" + marker), refusedPartCopy("?versionId=" + marker)}) {
            assertThat(error.code()).isEqualTo("InvalidRequest");
            assertThat(error)
                    .hasMessage(
                            "The source of a copy request may not specifically refer to a delete marker by version id.");
        }
        assertThat(refusedCopy("").code()).isEqualTo("NoSuchKey");
    }

    @Test
    void aSourcesVersionHasTheFormOfOne() {
        S3Error empty = refusedCopy("?versionId=");
        assertThat(empty).hasMessage("Version id cannot be the empty string");
        assertThat(empty.elements()).containsEntry("ArgumentName", "x-amz-copy-source");
        assertThat(refusedCopy("?versionId=abc")).hasMessage("Invalid Request");
        S3Error ofPart = refusedPartCopy("?versionId=abc");
        assertThat(ofPart).hasMessage("Invalid version id specified");
        assertThat(ofPart.elements()).isEqualTo(Map.of("ArgumentName", "x-amz-copy-source", "ArgumentValue", "abc"));
    }

    @Test
    void aMarkersAclIsNeitherReadNorChanged() {
        GetObjectAclRequest.Builder get =
                GetObjectAclRequest.builder().bucket(S3Fixture.BUCKET).key("a");
        assertThat(refused(() -> s3.s3.getObjectAcl(get.build(), s3.call())).code())
                .isEqualTo("NoSuchKey");
        assertThat(refused(() -> s3.s3.getObjectAcl(get.versionId(marker).build(), s3.call()))
                        .elements())
                .isEqualTo(NOT_TO_BE_READ);
        PutObjectAclRequest.Builder put =
                PutObjectAclRequest.builder().bucket(S3Fixture.BUCKET).key("a").acl("bucket-owner-full-control");
        assertThat(refused(() -> s3.s3.putObjectAcl(put.build(), s3.call())).elements())
                .isEqualTo(NOT_TO_BE_CHANGED);
        assertThat(refused(() -> s3.s3.putObjectAcl(put.versionId(marker).build(), s3.call()))
                        .elements())
                .isEqualTo(NOT_TO_BE_CHANGED);
    }

    @Test
    void theErrorNamesTheMethod() {
        assertThat(refused(() -> s3.s3.deleteObjectTagging(
                                DeleteObjectTaggingRequest.builder()
                                        .bucket(S3Fixture.BUCKET)
                                        .key("a")
                                        .versionId(marker)
                                        .build(),
                                s3.call()))
                        .elements())
                .containsEntry("Method", "DELETE");
    }

    @Test
    void aKeyThatIsNamedTwiceGetsOneMarker() {
        ObjectIdentifier again = ObjectIdentifier.builder().key("b").build();
        DeleteObjectsOutput output = s3.s3.deleteObjects(
                DeleteObjectsRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .delete(Delete.builder().objects(List.of(again, again)).build())
                        .build(),
                s3.call());
        assertThat(output.deleted()).hasSize(1);
        assertThat(s3.s3.listObjectVersions(
                                ListObjectVersionsRequest.builder()
                                        .bucket(S3Fixture.BUCKET)
                                        .prefix("b")
                                        .build(),
                                s3.call())
                        .deleteMarkers())
                .hasSize(1);
    }

    @Test
    void whereVersioningIsSuspendedAPutNamesNoVersionAndAReadNamesNull() {
        s3.version("Suspended");
        assertThat(s3.put("c", "x").versionId()).isNull();
        assertThat(s3.get("c").versionId()).isEqualTo("null");
    }
}
