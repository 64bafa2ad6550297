package io.pileus.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.identity.Region;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Blob;
import io.pileus.core.testkit.TestCalls;
import io.pileus.core.testkit.TestEnvironment;
import io.pileus.kms.model.CreateKeyRequest;
import io.pileus.kms.model.DecryptRequest;
import io.pileus.kms.model.DecryptResponse;
import io.pileus.kms.model.DescribeKeyRequest;
import io.pileus.kms.model.EncryptRequest;
import io.pileus.kms.model.KeyMetadata;
import io.pileus.kms.model.ReEncryptRequest;
import io.pileus.kms.model.ReEncryptResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A KMS with a clock that is moved by hand, and what most tests do with it. */
final class KmsFixture {
    static final Blob HELLO = Blob.ofUtf8("hello");

    final TestEnvironment env;
    final KmsService kms;

    KmsFixture(String... settings) {
        env = TestEnvironment.with(settings);
        kms = new KmsService(env.services());
        kms.start();
    }

    CallContext call() {
        return TestCalls.call(env);
    }

    CallContext callIn(String region) {
        return TestCalls.callIn(env, region);
    }

    CallContext callOf(String account) {
        return TestCalls.callOf(env, account);
    }

    void advance(Duration by) {
        env.advance(by);
    }

    /** Makes a key and returns its description. */
    KeyMetadata key(UnaryOperator<CreateKeyRequest.Builder> settings) {
        return kms.createKey(settings.apply(CreateKeyRequest.builder()).build(), call())
                .keyMetadata();
    }

    /** The id of a new symmetric encryption key. */
    String symmetricKey() {
        return key(k -> k).keyId();
    }

    KeyMetadata key(String spec, String usage) {
        return key(k -> k.keySpec(spec).keyUsage(usage));
    }

    KeyMetadata describe(String keyId) {
        return describe(keyId, call());
    }

    KeyMetadata describe(String keyId, CallContext call) {
        return kms.describeKey(DescribeKeyRequest.builder().keyId(keyId).build(), call)
                .keyMetadata();
    }

    Blob encrypt(String keyId, Blob plaintext, Map<String, String> context) {
        return kms.encrypt(
                        EncryptRequest.builder()
                                .keyId(keyId)
                                .plaintext(plaintext)
                                .encryptionContext(context)
                                .build(),
                        call())
                .ciphertextBlob();
    }

    Blob encrypt(String keyId) {
        return encrypt(keyId, HELLO, Map.of());
    }

    Blob decrypt(Blob ciphertext, Map<String, String> context) {
        return decrypt(ciphertext, context, call());
    }

    Blob decrypt(Blob ciphertext, Map<String, String> context, CallContext call) {
        return decrypt(
                        DecryptRequest.builder()
                                .ciphertextBlob(ciphertext)
                                .encryptionContext(context)
                                .build(),
                        call)
                .plaintext();
    }

    DecryptResponse decrypt(DecryptRequest request, CallContext call) {
        return now(kms.decrypt(request, call));
    }

    ReEncryptResponse reEncrypt(ReEncryptRequest request, CallContext call) {
        return now(kms.reEncrypt(request, call));
    }

    /** What the stage gave; it must have. */
    private static <T> T now(CompletionStage<T> stage) {
        assertThat(stage.toCompletableFuture()).isDone();
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof AwsException error ? error : e;
        }
    }

    Blob decrypt(Blob ciphertext) {
        return decrypt(ciphertext, Map.of());
    }

    static String arn(String keyId) {
        return arn(keyId, Region.US_EAST_1.id());
    }

    static String arn(String keyId, String region) {
        return "arn:aws:kms:" + region + ":000000000000:key/" + keyId;
    }

    /** Expects AWS's error, by code and message. */
    static void refused(String code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(AwsException.class)
                .hasMessage(message)
                .extracting(e -> ((AwsException) e).code())
                .isEqualTo(code);
    }

    /** Expects AWS's error by its code. */
    static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(AwsException.class)
                .extracting(e -> ((AwsException) e).code())
                .isEqualTo(code);
    }
}
