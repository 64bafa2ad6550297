package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Region;
import io.pileus.core.service.CallContext;
import io.pileus.core.testkit.TestCalls;
import io.pileus.s3.model.CreateBucketConfiguration;
import io.pileus.s3.model.CreateBucketRequest;
import io.pileus.s3.model.GetObjectRequest;
import io.pileus.s3.model.HeadBucketRequest;
import org.junit.jupiter.api.Test;

class RegionOfCallsTest {
    private final S3Fixture s3 = new S3Fixture();

    private CallContext unsigned() {
        return TestCalls.call(s3.env, Caller.root(AccountId.DEFAULT, ""), Region.US_EAST_1);
    }

    @Test
    void anUnsignedRequestNamesNoRegionAndIsServedInTheBuckets() {
        s3.s3.createBucket(
                CreateBucketRequest.builder()
                        .bucket("elsewhere")
                        .createBucketConfiguration(CreateBucketConfiguration.builder()
                                .locationConstraint("eu-west-1")
                                .build())
                        .build(),
                s3.call());
        HeadBucketRequest head = HeadBucketRequest.builder().bucket("elsewhere").build();

        assertThat(s3.s3.headBucket(head, unsigned()).bucketRegion()).isEqualTo("eu-west-1");
        S3Fixture.refuses(() -> s3.s3.headBucket(head, s3.call()), "PermanentRedirect", 301);
    }

    @Test
    void anUnsignedRequestMayNotOverrideHeaders() {
        s3.put("a", "x");
        S3Fixture.refuses(
                () -> s3.s3.getObject(
                        GetObjectRequest.builder()
                                .bucket(S3Fixture.BUCKET)
                                .key("a")
                                .responseContentType("text/html")
                                .build(),
                        unsigned()),
                "InvalidRequest",
                400);
    }

    /** s3cmd signs so, and again by what it is told. */
    @Test
    void aRegionsOlderNameIsTold() {
        CallContext old = TestCalls.call(s3.env, Caller.root(AccountId.DEFAULT, "test"), new Region("US"));
        assertThatThrownBy(() -> s3.s3.createBucket(
                        CreateBucketRequest.builder().bucket("elsewhere").build(), old))
                .hasMessage("The authorization header is malformed; the region 'US' is wrong; expecting 'us-east-1'");
    }
}
