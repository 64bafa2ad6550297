package io.pileus.kms;

import static io.pileus.kms.KmsFixture.HELLO;
import static io.pileus.kms.KmsFixture.arn;
import static io.pileus.kms.KmsFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.shape.Blob;
import io.pileus.kms.model.DeriveSharedSecretRequest;
import io.pileus.kms.model.GenerateMacRequest;
import io.pileus.kms.model.GetPublicKeyRequest;
import io.pileus.kms.model.SignRequest;
import io.pileus.kms.model.VerifyMacRequest;
import io.pileus.kms.model.VerifyRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sign, Verify, GenerateMac, VerifyMac, DeriveSharedSecret. */
class SigningTest {
    private final KmsFixture fixture = new KmsFixture();
    private final KmsService kms = fixture.kms;

    @ParameterizedTest
    @CsvSource({
        "RSA_2048, RSASSA_PSS_SHA_512, 64, DIGEST",
        "RSA_2048, RSASSA_PKCS1_V1_5_SHA_256, 32, DIGEST",
        "ECC_NIST_P256, ECDSA_SHA_256, 32, DIGEST",
        "ECC_SECG_P256K1, ECDSA_SHA_256, 5, RAW",
        "ECC_NIST_EDWARDS25519, ED25519_SHA_512, 5, RAW",
        "ECC_NIST_EDWARDS25519, ED25519_PH_SHA_512, 64, DIGEST",
        "SM2, SM2DSA, 32, DIGEST",
        "ML_DSA_44, ML_DSA_SHAKE_256, 64, EXTERNAL_MU",
        "ML_DSA_87, ML_DSA_SHAKE_256, 4096, RAW"
    })
    void aSignatureIsVerifiedForItsMessageOnly(String spec, String algorithm, int length, String type) {
        String key = fixture.key(spec, "SIGN_VERIFY").keyId();
        Blob message = Blob.of(new byte[length]);

        var signed = kms.sign(sign(key, message, algorithm, type), fixture.call());

        assertThat(signed.keyId()).isEqualTo(arn(key));
        assertThat(signed.signingAlgorithm()).isEqualTo(algorithm);
        var verified = kms.verify(verify(key, message, signed.signature(), algorithm, type), fixture.call());
        assertThat(verified.signatureValid()).isTrue();
        byte[] other = new byte[length];
        other[0] = 1;
        refused(
                "KMSInvalidSignatureException",
                null,
                () -> kms.verify(verify(key, Blob.of(other), signed.signature(), algorithm, type), fixture.call()));
        refused(
                "KMSInvalidSignatureException",
                null,
                () -> kms.verify(verify(key, message, HELLO, algorithm, type), fixture.call()));
    }

    @Test
    void algorithmMessageTypeAndLengthMustFit() {
        String key = fixture.key("ECC_NIST_P256", "SIGN_VERIFY").keyId();
        refused(
                "InvalidKeyUsageException",
                "Algorithm RSASSA_PSS_SHA_256 is incompatible with key spec ECC_NIST_P256.",
                () -> kms.sign(sign(key, HELLO, "RSASSA_PSS_SHA_256", null), fixture.call()));
        refused(
                "ValidationException",
                "Digest is invalid length for algorithm ECDSA_SHA_256.",
                () -> kms.sign(sign(key, HELLO, "ECDSA_SHA_256", "DIGEST"), fixture.call()));
        refused(
                "ValidationException",
                () -> kms.sign(sign(key, Blob.of(new byte[64]), "ECDSA_SHA_256", "EXTERNAL_MU"), fixture.call()));
        String edwards = fixture.key("ECC_NIST_EDWARDS25519", "SIGN_VERIFY").keyId();
        refused(
                "ValidationException",
                () -> kms.sign(sign(edwards, Blob.of(new byte[64]), "ED25519_SHA_512", "DIGEST"), fixture.call()));
        refused(
                "ValidationException",
                () -> kms.sign(sign(edwards, Blob.of(new byte[64]), "ED25519_PH_SHA_512", "RAW"), fixture.call()));
        String symmetric = fixture.symmetricKey();
        refused(
                "InvalidKeyUsageException",
                arn(symmetric) + " key usage is ENCRYPT_DECRYPT which is not valid for Sign.",
                () -> kms.sign(sign(symmetric, HELLO, "ECDSA_SHA_256", null), fixture.call()));
        refused(
                "DryRunOperationException",
                () -> kms.sign(
                        sign(key, HELLO, "ECDSA_SHA_256", null).toBuilder()
                                .dryRun(true)
                                .build(),
                        fixture.call()));
    }

    @Test
    void macsAreVerified() {
        String key = fixture.key("HMAC_256", "GENERATE_VERIFY_MAC").keyId();
        var mac = kms.generateMac(
                GenerateMacRequest.builder()
                        .keyId(key)
                        .message(HELLO)
                        .macAlgorithm("HMAC_SHA_256")
                        .build(),
                fixture.call());
        assertThat(mac.mac().size()).isEqualTo(32);
        VerifyMacRequest.Builder request = VerifyMacRequest.builder()
                .keyId(key)
                .message(HELLO)
                .mac(mac.mac())
                .macAlgorithm("HMAC_SHA_256");
        assertThat(kms.verifyMac(request.build(), fixture.call()).macValid()).isTrue();
        refused(
                "KMSInvalidMacException",
                null,
                () -> kms.verifyMac(request.message(Blob.ofUtf8("other")).build(), fixture.call()));
        refused(
                "InvalidKeyUsageException",
                "Algorithm HMAC_SHA_512 is incompatible with key spec HMAC_256.",
                () -> kms.verifyMac(request.macAlgorithm("HMAC_SHA_512").build(), fixture.call()));
    }

    @ParameterizedTest
    @CsvSource({"ECC_NIST_P256, 32", "ECC_NIST_P384, 48", "ECC_NIST_P521, 66", "SM2, 32"})
    void twoKeysDeriveTheSameSecret(String spec, int length) {
        String alice = fixture.key(spec, "KEY_AGREEMENT").keyId();
        String bob = fixture.key(spec, "KEY_AGREEMENT").keyId();
        var secret = derive(alice, publicKey(bob));
        assertThat(secret.sharedSecret())
                .isEqualTo(derive(bob, publicKey(alice)).sharedSecret());
        assertThat(secret.sharedSecret().size()).isEqualTo(length);
        assertThat(secret.keyOrigin()).isEqualTo("AWS_KMS");
        refused("ValidationException", () -> derive(alice, HELLO));
    }

    private io.pileus.kms.model.DeriveSharedSecretResponse derive(String key, Blob publicKey) {
        return kms.deriveSharedSecret(
                DeriveSharedSecretRequest.builder()
                        .keyId(key)
                        .keyAgreementAlgorithm("ECDH")
                        .publicKey(publicKey)
                        .build(),
                fixture.call());
    }

    private Blob publicKey(String key) {
        return kms.getPublicKey(GetPublicKeyRequest.builder().keyId(key).build(), fixture.call())
                .publicKey();
    }

    private static SignRequest sign(String key, Blob message, String algorithm, @Nullable String type) {
        return SignRequest.builder()
                .keyId(key)
                .message(message)
                .signingAlgorithm(algorithm)
                .messageType(type)
                .build();
    }

    private static VerifyRequest verify(
            String key, Blob message, Blob signature, String algorithm, @Nullable String type) {
        return VerifyRequest.builder()
                .keyId(key)
                .message(message)
                .signature(signature)
                .signingAlgorithm(algorithm)
                .messageType(type)
                .build();
    }
}
