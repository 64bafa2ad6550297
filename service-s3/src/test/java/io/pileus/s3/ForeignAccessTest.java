package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.service.ServiceApi;
import io.pileus.core.shape.Shape;
import io.pileus.core.testkit.TestCalls;
import io.pileus.s3.model.CopyObjectRequest;
import io.pileus.s3.model.CreateBucketRequest;
import io.pileus.s3.model.Delete;
import io.pileus.s3.model.DeleteBucketPolicyRequest;
import io.pileus.s3.model.DeleteObjectsOutput;
import io.pileus.s3.model.DeleteObjectsRequest;
import io.pileus.s3.model.DeletedObject;
import io.pileus.s3.model.Error;
import io.pileus.s3.model.GetBucketPolicyRequest;
import io.pileus.s3.model.GetObjectOutput;
import io.pileus.s3.model.GetObjectRequest;
import io.pileus.s3.model.ListObjectsV2Request;
import io.pileus.s3.model.ObjectIdentifier;
import io.pileus.s3.model.PutBucketPolicyRequest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForeignAccessTest {
    private static final String OTHER = "111111111111";
    private final S3Fixture s3 = new S3Fixture();

    private Object other(String operation, Shape input) {
        ServiceApi api = s3.s3.apis().getFirst();
        return api.call(
                java.util.Objects.requireNonNull(api.operation(operation)), input, TestCalls.callOf(s3.env, OTHER));
    }

    private Object get(String key) {
        return other(
                "GetObject",
                GetObjectRequest.builder().bucket(S3Fixture.BUCKET).key(key).build());
    }

    @BeforeEach
    void letOthersReadWhatIsShared() {
        s3.put("shared/a", "for all");
        s3.put("private", "for me");
        s3.s3.putBucketPolicy(
                PutBucketPolicyRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .policy(
                                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"111111111111\"},"
                                        + "\"Action\":[\"s3:GetObject\",\"s3:GetBucketPolicy\"],\"Resource\":[\"arn:aws:s3:::things\",\"arn:aws:s3:::things/shared/*\"]}]}")
                        .build(),
                s3.call());
    }

    @Test
    void anotherAccountMayDoWhatTheBucketsPolicySaysAndNoMore() {
        assertThat(new String(((GetObjectOutput) get("shared/a")).body().bytes()))
                .isEqualTo("for all");
        assertThatThrownBy(() -> get("private")).hasMessage("Access Denied");
        S3Fixture.refuses(
                () -> other(
                        "ListObjectsV2",
                        ListObjectsV2Request.builder().bucket(S3Fixture.BUCKET).build()),
                "AccessDenied",
                403);
    }

    @Test
    void onlyWhoMayListABucketIsToldThatAnObjectIsMissing() {
        S3Fixture.refuses(() -> get("shared/none"), "AccessDenied", 403);
        s3.s3.putBucketPolicy(
                PutBucketPolicyRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .policy(
                                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"111111111111\"},"
                                        + "\"Action\":[\"s3:GetObject\",\"s3:ListBucket\"],\"Resource\":[\"arn:aws:s3:::things\",\"arn:aws:s3:::things/*\"]}]}")
                        .build(),
                s3.call());
        S3Fixture.refuses(() -> get("shared/none"), "NoSuchKey", 404);
    }

    private DeleteObjectsOutput deletes(ObjectIdentifier... objects) {
        return (DeleteObjectsOutput) other(
                "DeleteObjects",
                DeleteObjectsRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .delete(Delete.builder().objects(List.of(objects)).build())
                        .build());
    }

    private static ObjectIdentifier object(String key) {
        return ObjectIdentifier.builder().key(key).build();
    }

    private void let(String action, String resource) {
        s3.s3.putBucketPolicy(
                PutBucketPolicyRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .policy(
                                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"111111111111\"},\"Action\":\""
                                        + action + "\",\"Resource\":\"arn:aws:s3:::things/" + resource + "\"}]}")
                        .build(),
                s3.call());
    }

    @Test
    void ofManyKeysThoseAreDeletedThatThePolicyLetsGo() {
        let("s3:DeleteObject", "shared/*");
        DeleteObjectsOutput output = deletes(object("shared/a"), object("private"));
        assertThat(output.deleted()).extracting(DeletedObject::key).containsExactly("shared/a");
        assertThat(output.errors()).singleElement().satisfies(e -> {
            assertThat(e.key()).isEqualTo("private");
            assertThat(e.code_()).isEqualTo("AccessDenied");
        });
        assertThat(s3.text("private")).isEqualTo("for me");
        S3Fixture.refuses(() -> s3.get("shared/a"), "NoSuchKey", 404);
    }

    @Test
    void toDeleteAVersionIsAnActionOfItsOwn() {
        s3.version("Enabled");
        String version = s3.put("shared/v", "kept").versionId();
        ObjectIdentifier old =
                ObjectIdentifier.builder().key("shared/v").versionId(version).build();
        let("s3:DeleteObject", "*");
        assertThat(deletes(old).errors()).extracting(Error::code_).containsExactly("AccessDenied");
        let("s3:DeleteObjectVersion", "*");
        assertThat(deletes(old).errors()).isEmpty();
        assertThat(deletes(object("shared/v")).errors()).hasSize(1);
    }

    @Test
    void withoutAPolicyNoKeyIsDeletedByAnotherAccount() {
        s3.s3.deleteBucketPolicy(
                DeleteBucketPolicyRequest.builder().bucket(S3Fixture.BUCKET).build(), s3.call());
        assertThat(deletes(object("shared/a")).errors())
                .extracting(Error::message)
                .containsExactly("Access Denied");
    }

    @Test
    void aPolicyIsReadByTheBucketsAccountOnly() {
        S3Fixture.refuses(
                () -> other(
                        "GetBucketPolicy",
                        GetBucketPolicyRequest.builder()
                                .bucket(S3Fixture.BUCKET)
                                .build()),
                "MethodNotAllowed",
                405);
    }

    @Test
    void aCopyReadsItsSourceByTheSourcesPolicy() {
        other("CreateBucket", CreateBucketRequest.builder().bucket("theirs").build());
        var copy = CopyObjectRequest.builder().bucket("theirs").key("copy");
        other("CopyObject", copy.copySource("things/shared/a").build());
        S3Fixture.refuses(
                () -> other("CopyObject", copy.copySource("/things/private").build()), "AccessDenied", 403);
    }
}
