package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.port.KeyService;
import io.pileus.core.shape.Blob;
import io.pileus.s3.model.CopyObjectRequest;
import io.pileus.s3.model.GetObjectRequest;
import io.pileus.s3.model.PutBucketEncryptionRequest;
import io.pileus.s3.model.ServerSideEncryptionByDefault;
import io.pileus.s3.model.ServerSideEncryptionConfiguration;
import io.pileus.s3.model.ServerSideEncryptionRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EncryptionTest {
    private static final String KEY = key('1');
    private final S3Fixture s3 = new S3Fixture();
    private final List<Map<String, String>> contexts = new ArrayList<>();
    private boolean disabled;

    private static String key(char letter) {
        return Base64.getEncoder()
                .encodeToString(String.valueOf(letter).repeat(32).getBytes(StandardCharsets.UTF_8));
    }

    private static String md5(String key) {
        return Base64.getEncoder()
                .encodeToString(
                        Checksums.digest("MD5").digest(Base64.getDecoder().decode(key)));
    }

    private GetObjectRequest.Builder get() {
        return GetObjectRequest.builder().bucket(S3Fixture.BUCKET).key("a");
    }

    @Test
    void aCustomersKeyOpensItsObjectAndNoOtherDoes() {
        s3.put(S3Fixture.object("a", "secret")
                .sseCustomerAlgorithm("AES256")
                .sseCustomerKey(KEY)
                .sseCustomerKeyMD5(md5(KEY)));
        var got = s3.s3.getObject(
                get().sseCustomerAlgorithm("AES256")
                        .sseCustomerKey(KEY)
                        .sseCustomerKeyMD5(md5(KEY))
                        .build(),
                s3.call());
        assertThat(got.sseCustomerKeyMD5()).isEqualTo(md5(KEY));
        assertThat(got.serverSideEncryption()).isNull();
        S3Fixture.refuses(() -> s3.s3.getObject(get().build(), s3.call()), "InvalidRequest", 400);
        S3Fixture.refuses(
                () -> s3.s3.getObject(
                        get().sseCustomerAlgorithm("AES256")
                                .sseCustomerKey(key('2'))
                                .sseCustomerKeyMD5(md5(key('2')))
                                .build(),
                        s3.call()),
                "AccessDenied",
                403);
        S3Fixture.refuses(
                () -> s3.s3.getObject(
                        get().sseCustomerAlgorithm("AES256")
                                .sseCustomerKey(KEY)
                                .sseCustomerKeyMD5(md5(key('2')))
                                .build(),
                        s3.call()),
                "InvalidArgument",
                400);
    }

    @Test
    void aCopyNeedsTheSourcesKey() {
        s3.put(S3Fixture.object("a", "secret")
                .sseCustomerAlgorithm("AES256")
                .sseCustomerKey(KEY)
                .sseCustomerKeyMD5(md5(KEY)));
        CopyObjectRequest.Builder copy =
                CopyObjectRequest.builder().bucket(S3Fixture.BUCKET).key("b").copySource("things/a");
        S3Fixture.refuses(() -> s3.s3.copyObject(copy.build(), s3.call()), "InvalidRequest", 400);
        s3.s3.copyObject(
                copy.copySourceSSECustomerAlgorithm("AES256")
                        .copySourceSSECustomerKey(KEY)
                        .copySourceSSECustomerKeyMD5(md5(KEY))
                        .build(),
                s3.call());
        assertThat(s3.text("b")).isEqualTo("secret");
    }

    @Test
    void theBucketsDefaultKeyIsUsedAndMustStayUsable() {
        s3.env.ports().provide(KeyService.class, new OneKey());
        s3.s3.putBucketEncryption(
                PutBucketEncryptionRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .serverSideEncryptionConfiguration(ServerSideEncryptionConfiguration.builder()
                                .rules(List.of(ServerSideEncryptionRule.builder()
                                        .applyServerSideEncryptionByDefault(ServerSideEncryptionByDefault.builder()
                                                .sseAlgorithm("aws:kms")
                                                .kmsMasterKeyID("k")
                                                .build())
                                        .build()))
                                .build())
                        .build(),
                s3.call());
        var put = s3.put("a", "x");
        assertThat(put.serverSideEncryption()).isEqualTo("aws:kms");
        assertThat(put.ssekmsKeyId()).isEqualTo("arn:of:k");
        assertThat(put.eTag()).isNotEqualTo("\"9dd4e461268c8034f5c8564e155c67a6\"");
        assertThat(s3.text("a")).isEqualTo("x");
        assertThat(contexts).containsOnly(Map.of("aws:s3:arn", "arn:aws:s3:::things/a"));
        disabled = true;
        S3Fixture.refuses(() -> s3.get("a"), "KMS.DisabledException", 400);
        assertThat(s3.put(S3Fixture.object("b", "x").serverSideEncryption("AES256"))
                        .eTag())
                .isEqualTo("\"9dd4e461268c8034f5c8564e155c67a6\"");
    }

    private final class OneKey implements KeyService {
        private Result answer(String keyId, Map<String, String> context) {
            contexts.add(context);
            return disabled
                    ? new Refused("DisabledException", keyId + " is disabled.")
                    : new Done(Blob.ofUtf8("data key"), Blob.ofUtf8("encrypted"), "arn:of:" + keyId);
        }

        @Override
        public Check check(AccountId account, Region region, String keyId) {
            return new Usable("arn:of:" + keyId);
        }

        @Override
        public Result generateDataKey(
                AccountId account, Region region, String keyId, Map<String, String> encryptionContext) {
            return answer(keyId, encryptionContext);
        }

        @Override
        public Result encrypt(
                AccountId account, Region region, String keyId, Blob plaintext, Map<String, String> encryptionContext) {
            return answer(keyId, encryptionContext);
        }

        @Override
        public Result decrypt(
                AccountId account, Region region, Blob ciphertext, Map<String, String> encryptionContext) {
            return answer("k", encryptionContext);
        }
    }
}
