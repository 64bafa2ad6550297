package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.service.ServiceApi;
import io.pileus.core.shape.Shape;
import io.pileus.core.testkit.TestCalls;
import io.pileus.s3.model.CopyObjectRequest;
import io.pileus.s3.model.CreateBucketRequest;
import io.pileus.s3.model.GetBucketPolicyRequest;
import io.pileus.s3.model.GetObjectOutput;
import io.pileus.s3.model.GetObjectRequest;
import io.pileus.s3.model.ListObjectsV2Request;
import io.pileus.s3.model.PutBucketPolicyRequest;
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
        assertThatThrownBy(() -> get("private"))
                .hasMessage(
                        "User: arn:aws:iam::111111111111:root is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::things/private because no resource-based policy allows the s3:GetObject action");
        S3Fixture.refuses(
                () -> other(
                        "ListObjectsV2",
                        ListObjectsV2Request.builder().bucket(S3Fixture.BUCKET).build()),
                "AccessDenied",
                403);
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
