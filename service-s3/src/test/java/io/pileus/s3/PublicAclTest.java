package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.s3.model.CreateBucketRequest;
import io.pileus.s3.model.DeletePublicAccessBlockRequest;
import io.pileus.s3.model.GetBucketAclRequest;
import io.pileus.s3.model.OwnershipControls;
import io.pileus.s3.model.OwnershipControlsRule;
import io.pileus.s3.model.PutBucketAclRequest;
import io.pileus.s3.model.PutBucketOwnershipControlsRequest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublicAclTest {
    private final S3Fixture s3 = new S3Fixture();

    @BeforeEach
    void letAclsBe() {
        s3.s3.putBucketOwnershipControls(
                PutBucketOwnershipControlsRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .ownershipControls(OwnershipControls.builder()
                                .rules(List.of(OwnershipControlsRule.builder()
                                        .objectOwnership("ObjectWriter")
                                        .build()))
                                .build())
                        .build(),
                s3.call());
    }

    private PutBucketAclRequest.Builder acl() {
        return PutBucketAclRequest.builder().bucket(S3Fixture.BUCKET);
    }

    @Test
    void publicListsAreRefusedWhileTheBucketBlocksThem() {
        S3Fixture.refuses(() -> s3.s3.putBucketAcl(acl().acl("public-read").build(), s3.call()), "AccessDenied", 403);
        S3Fixture.refuses(() -> s3.put(S3Fixture.object("a", "x").acl("authenticated-read")), "AccessDenied", 403);
        s3.s3.putBucketAcl(acl().acl("private").build(), s3.call());

        s3.s3.deletePublicAccessBlock(
                DeletePublicAccessBlockRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .build(),
                s3.call());
        s3.s3.putBucketAcl(acl().acl("public-read").build(), s3.call());
        assertThat(s3.s3.getBucketAcl(
                                GetBucketAclRequest.builder()
                                        .bucket(S3Fixture.BUCKET)
                                        .build(),
                                s3.call())
                        .grants())
                .hasSize(2);
    }

    @Test
    void aNewBucketIsNeverPublic() {
        S3Fixture.refuses(
                () -> s3.s3.createBucket(
                        CreateBucketRequest.builder()
                                .bucket("open")
                                .objectOwnership("ObjectWriter")
                                .acl("public-read")
                                .build(),
                        s3.call()),
                "InvalidBucketAclWithBlockPublicAccessError",
                400);
    }

    @Test
    void granteesMustBeSomebody() {
        for (String grantee : List.of("id=x", "uri=\"http://x\"", "emailAddress=a@b", "x")) {
            assertThat(refusal(grantee)).isIn("InvalidArgument", "UnresolvableGrantByEmailAddress");
        }
    }

    private String refusal(String grantee) {
        try {
            s3.s3.putBucketAcl(acl().grantRead(grantee).build(), s3.call());
            return "";
        } catch (S3Error e) {
            return e.code();
        }
    }
}
