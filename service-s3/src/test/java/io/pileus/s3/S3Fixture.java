package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.http.Payload;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.testkit.TestCalls;
import io.pileus.core.testkit.TestEnvironment;
import io.pileus.s3.model.CreateBucketRequest;
import io.pileus.s3.model.GetObjectOutput;
import io.pileus.s3.model.GetObjectRequest;
import io.pileus.s3.model.PutBucketVersioningRequest;
import io.pileus.s3.model.PutObjectOutput;
import io.pileus.s3.model.PutObjectRequest;
import io.pileus.s3.model.VersioningConfiguration;
import java.nio.charset.StandardCharsets;

/** S3 with a bucket named {@code things}, its time moved by hand. */
final class S3Fixture {
    static final String BUCKET = "things";

    final TestEnvironment env;
    final S3Service s3;

    private S3Fixture(TestEnvironment env) {
        this.env = env;
        this.s3 = new S3Service(env.services());
    }

    /** Another S3 with no bucket, which takes this one's place in its environment. */
    S3Fixture emptyInTheSameEnvironment() {
        return new S3Fixture(env);
    }

    S3Fixture() {
        this(TestEnvironment.fresh());
        s3.createBucket(CreateBucketRequest.builder().bucket(BUCKET).build(), call());
    }

    CallContext call() {
        return TestCalls.call(env);
    }

    S3Fixture versioned() {
        version("Enabled");
        return this;
    }

    void version(String status) {
        s3.putBucketVersioning(
                PutBucketVersioningRequest.builder()
                        .bucket(BUCKET)
                        .versioningConfiguration(
                                VersioningConfiguration.builder().status(status).build())
                        .build(),
                call());
    }

    PutObjectOutput put(String key, String body) {
        return put(object(key, body));
    }

    PutObjectOutput put(PutObjectRequest.Builder request) {
        return s3.putObject(request.build(), call());
    }

    static PutObjectRequest.Builder object(String key, String body) {
        return PutObjectRequest.builder().bucket(BUCKET).key(key).body(Payload.ofUtf8(body));
    }

    GetObjectOutput get(String key) {
        return s3.getObject(GetObjectRequest.builder().bucket(BUCKET).key(key).build(), call());
    }

    String text(String key) {
        return new String(get(key).body().bytes(), StandardCharsets.UTF_8);
    }

    static void refuses(Runnable what, String code, int status) {
        assertThatThrownBy(what::run).isInstanceOfSatisfying(AwsException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.httpStatus()).isEqualTo(status);
        });
    }
}
