package io.pileus.kms;

import static io.pileus.kms.KmsFixture.HELLO;
import static io.pileus.kms.KmsFixture.arn;
import static io.pileus.kms.KmsFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.shape.Blob;
import io.pileus.kms.model.CreateAliasRequest;
import io.pileus.kms.model.DecryptRequest;
import io.pileus.kms.model.DisableKeyRequest;
import io.pileus.kms.model.EncryptRequest;
import io.pileus.kms.model.GenerateDataKeyPairRequest;
import io.pileus.kms.model.GenerateDataKeyRequest;
import io.pileus.kms.model.GenerateDataKeyWithoutPlaintextRequest;
import io.pileus.kms.model.GenerateRandomRequest;
import io.pileus.kms.model.GetPublicKeyRequest;
import io.pileus.kms.model.ReEncryptRequest;
import io.pileus.kms.model.RecipientInfo;
import io.pileus.kms.model.RotateKeyOnDemandRequest;
import java.security.KeyFactory;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encrypt, Decrypt, ReEncrypt, data keys. */
class EncryptTest {
    private final KmsFixture fixture = new KmsFixture();
    private final KmsService kms = fixture.kms;

    @Test
    void whatIsEncryptedIsDecryptedWithoutNamingTheKey() {
        String key = fixture.symmetricKey();
        var encrypted =
                kms.encrypt(EncryptRequest.builder().keyId(key).plaintext(HELLO).build(), fixture.call());
        assertThat(encrypted.keyId()).isEqualTo(arn(key));
        assertThat(encrypted.encryptionAlgorithm()).isEqualTo("SYMMETRIC_DEFAULT");

        var decrypted = fixture.decrypt(
                DecryptRequest.builder()
                        .ciphertextBlob(encrypted.ciphertextBlob())
                        .build(),
                fixture.call());

        assertThat(decrypted.plaintext()).isEqualTo(HELLO);
        assertThat(decrypted.keyId()).isEqualTo(arn(key));
        assertThat(decrypted.keyMaterialId())
                .isEqualTo(fixture.describe(key).currentKeyMaterialId())
                .hasSize(64);
    }

    @Test
    void everyNameOfAKeyWillDo() {
        String key = fixture.symmetricKey();
        kms.createAlias(
                CreateAliasRequest.builder()
                        .aliasName("alias/a")
                        .targetKeyId(key)
                        .build(),
                fixture.call());
        for (String name : List.of(key, arn(key), "alias/a", "arn:aws:kms:us-east-1:000000000000:alias/a")) {
            Blob ciphertext = fixture.encrypt(name);
            assertThat(fixture.decrypt(
                                    DecryptRequest.builder()
                                            .keyId(name)
                                            .ciphertextBlob(ciphertext)
                                            .build(),
                                    fixture.call())
                            .plaintext())
                    .isEqualTo(HELLO);
        }
    }

    @Test
    void aKeyThatIsNotThereIsNamedInTheError() {
        String missing = "01234567-89ab-cdef-0123-456789abcdef";
        refused(
                "NotFoundException",
                "Key 'arn:aws:kms:us-east-1:000000000000:key/" + missing + "' does not exist",
                () -> fixture.encrypt(missing));
        refused("NotFoundException", "Key '" + arn(missing) + "' does not exist", () -> fixture.encrypt(arn(missing)));
        refused("NotFoundException", "Invalid keyId 'nonsense'", () -> fixture.encrypt("nonsense"));
        refused(
                "NotFoundException",
                "Alias arn:aws:kms:us-east-1:000000000000:alias/none is not found.",
                () -> fixture.encrypt("alias/none"));
        refused("NotFoundException", "Invalid arn eu-west-1", () -> fixture.encrypt(arn(missing, "eu-west-1")));
        refused("InvalidArnException", () -> fixture.encrypt("arn:aws:sqs:us-east-1:000000000000:queue"));
        String otherPartition = arn(missing).replace("arn:aws:", "arn:aws-cn:");
        refused("InvalidArnException", "Invalid arn " + otherPartition, () -> fixture.encrypt(otherPartition));
    }

    @Test
    void anotherContextIsRefusedWithoutAReason() {
        Blob ciphertext = fixture.encrypt(fixture.symmetricKey(), HELLO, Map.of("a", "1", "b", "2"));

        assertThat(fixture.decrypt(ciphertext, Map.of("b", "2", "a", "1"))).isEqualTo(HELLO);
        for (Map<String, String> other : List.of(
                Map.<String, String>of(), Map.of("a", "1"), Map.of("a", "2", "b", "1"), Map.of("A", "1", "b", "2"))) {
            refused("InvalidCiphertextException", null, () -> fixture.decrypt(ciphertext, other));
        }
    }

    @Test
    void anotherKeyIsTheIncorrectKey() {
        Blob ciphertext = fixture.encrypt(fixture.symmetricKey());
        String other = fixture.symmetricKey();
        refused(
                "IncorrectKeyException",
                "The key ID in the request does not identify a CMK that can perform this operation.",
                () -> fixture.decrypt(
                        DecryptRequest.builder()
                                .keyId(other)
                                .ciphertextBlob(ciphertext)
                                .build(),
                        fixture.call()));
    }

    @Test
    void aCiphertextOfAnotherRegionRefersToNoKeyHere() {
        Blob ciphertext = fixture.encrypt(fixture.symmetricKey());
        refused(
                "AccessDeniedException",
                "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or "
                        + "you are not allowed to access.",
                () -> fixture.decrypt(ciphertext, Map.of(), fixture.callIn("eu-west-1")));
    }

    @Test
    void aKeyOfAnotherAccountIsReachedByItsArn() {
        String key = fixture.symmetricKey();
        var call = fixture.callOf("111111111111");
        refused(
                "NotFoundException",
                () -> kms.encrypt(
                        EncryptRequest.builder().keyId(key).plaintext(HELLO).build(), call));
        Blob ciphertext = kms.encrypt(
                        EncryptRequest.builder()
                                .keyId(arn(key))
                                .plaintext(HELLO)
                                .build(),
                        call)
                .ciphertextBlob();
        assertThat(fixture.decrypt(ciphertext, Map.of(), call)).isEqualTo(HELLO);
    }

    @Test
    void anUnusableKeyIsSaidToBe() {
        String key = fixture.symmetricKey();
        Blob ciphertext = fixture.encrypt(key);
        kms.disableKey(DisableKeyRequest.builder().keyId(key).build(), fixture.call());
        refused("DisabledException", arn(key) + " is disabled.", () -> fixture.encrypt(key));
        refused("DisabledException", arn(key) + " is disabled.", () -> fixture.decrypt(ciphertext));

        String signing = fixture.key("ECC_NIST_P256", "SIGN_VERIFY").keyId();
        refused(
                "InvalidKeyUsageException",
                arn(signing) + " key usage is SIGN_VERIFY which is not valid for Encrypt.",
                () -> fixture.encrypt(signing));
    }

    @Test
    void rsaKeysTakeAnAlgorithmAndAreDecryptedOnlyWithTheirName() throws Exception {
        String key = fixture.key("RSA_2048", "ENCRYPT_DECRYPT").keyId();
        refused(
                "InvalidKeyUsageException",
                "Algorithm SYMMETRIC_DEFAULT is incompatible with key spec RSA_2048.",
                () -> fixture.encrypt(key));
        refused(
                "ValidationException",
                "Algorithm RSAES_OAEP_SHA_256 and key spec RSA_2048 cannot encrypt data larger than 190 bytes.",
                () -> kms.encrypt(
                        EncryptRequest.builder()
                                .keyId(key)
                                .encryptionAlgorithm("RSAES_OAEP_SHA_256")
                                .plaintext(Blob.of(new byte[191]))
                                .build(),
                        fixture.call()));
        var publicKey = KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(kms.getPublicKey(
                                GetPublicKeyRequest.builder().keyId(key).build(), fixture.call())
                        .publicKey()
                        .bytes()));
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                publicKey,
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        DecryptRequest.Builder request = DecryptRequest.builder()
                .ciphertextBlob(Blob.of(cipher.doFinal(HELLO.bytes())))
                .encryptionAlgorithm("RSAES_OAEP_SHA_256");
        refused(
                "ValidationException",
                "1 validation error detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null",
                () -> fixture.decrypt(request.build(), fixture.call()));
        var decrypted = fixture.decrypt(request.keyId(key).build(), fixture.call());
        assertThat(decrypted.plaintext()).isEqualTo(HELLO);
        assertThat(decrypted.keyMaterialId()).isNull();
        refused(
                "InvalidCiphertextException",
                () -> fixture.decrypt(
                        request.encryptionAlgorithm("RSAES_OAEP_SHA_1").build(), fixture.call()));
    }

    @Test
    void reEncryptMovesToAnotherKeyAndContext() {
        String from = fixture.symmetricKey();
        String to = fixture.symmetricKey();
        Blob ciphertext = fixture.encrypt(from, HELLO, Map.of("a", "1"));

        var moved = fixture.reEncrypt(
                ReEncryptRequest.builder()
                        .ciphertextBlob(ciphertext)
                        .sourceEncryptionContext(Map.of("a", "1"))
                        .destinationKeyId(to)
                        .destinationEncryptionContext(Map.of("b", "2"))
                        .build(),
                fixture.call());

        assertThat(moved.sourceKeyId()).isEqualTo(arn(from));
        assertThat(moved.keyId()).isEqualTo(arn(to));
        assertThat(moved.sourceKeyMaterialId()).isNotEqualTo(moved.destinationKeyMaterialId());
        assertThat(fixture.decrypt(moved.ciphertextBlob(), Map.of("b", "2"))).isEqualTo(HELLO);
    }

    @Test
    void olderMaterialStillDecryptsAfterRotation() {
        String key = fixture.symmetricKey();
        Blob before = fixture.encrypt(key);
        kms.rotateKeyOnDemand(RotateKeyOnDemandRequest.builder().keyId(key).build(), fixture.call());
        Blob after = fixture.encrypt(key);

        assertThat(fixture.decrypt(before)).isEqualTo(HELLO);
        assertThat(fixture.decrypt(after)).isEqualTo(HELLO);
    }

    @Test
    void aDryRunChangesNothingAndAnswersWhatWouldHaveHappened() {
        String key = fixture.symmetricKey();
        Blob ciphertext = fixture.encrypt(key);
        String message = "The request would have succeeded, but the DryRun option is set.";
        refused(
                "DryRunOperationException",
                message,
                () -> kms.encrypt(
                        EncryptRequest.builder()
                                .keyId(key)
                                .plaintext(HELLO)
                                .dryRun(true)
                                .build(),
                        fixture.call()));
        refused(
                "DryRunOperationException",
                message,
                () -> fixture.decrypt(
                        DecryptRequest.builder()
                                .ciphertextBlob(ciphertext)
                                .dryRun(true)
                                .build(),
                        fixture.call()));
        refused(
                "DryRunOperationException",
                message,
                () -> fixture.decrypt(
                        DecryptRequest.builder()
                                .keyId(key)
                                .dryRun(true)
                                .dryRunModifiers(List.of("IGNORE_CIPHERTEXT"))
                                .build(),
                        fixture.call()));
        refused(
                "NotFoundException",
                () -> kms.encrypt(
                        EncryptRequest.builder()
                                .keyId("none")
                                .plaintext(HELLO)
                                .dryRun(true)
                                .build(),
                        fixture.call()));
    }

    @Test
    void aRecipientIsRefusedAsNotImplemented() {
        refused(
                "NotImplemented",
                () -> fixture.decrypt(
                        DecryptRequest.builder()
                                .ciphertextBlob(HELLO)
                                .recipient(RecipientInfo.builder().build())
                                .build(),
                        fixture.call()));
    }

    @ParameterizedTest
    @CsvSource({"AES_128, , 16", "AES_256, , 32", ", 1, 1", ", 1024, 1024"})
    void dataKeysHaveTheSizeThatIsAskedFor(String spec, Integer bytes, int expected) {
        String key = fixture.symmetricKey();
        var dataKey = kms.generateDataKey(
                GenerateDataKeyRequest.builder()
                        .keyId(key)
                        .keySpec(spec)
                        .numberOfBytes(bytes)
                        .encryptionContext(Map.of("a", "1"))
                        .build(),
                fixture.call());
        assertThat(dataKey.plaintext().size()).isEqualTo(expected);
        assertThat(fixture.decrypt(dataKey.ciphertextBlob(), Map.of("a", "1"))).isEqualTo(dataKey.plaintext());
        var hidden = kms.generateDataKeyWithoutPlaintext(
                GenerateDataKeyWithoutPlaintextRequest.builder()
                        .keyId(key)
                        .keySpec(spec)
                        .numberOfBytes(bytes)
                        .build(),
                fixture.call());
        assertThat(fixture.decrypt(hidden.ciphertextBlob()).size()).isEqualTo(expected);
    }

    @Test
    void aDataKeyHasEitherASpecOrASize() {
        String key = fixture.symmetricKey();
        String message = "Please specify either number of bytes or key spec.";
        refused(
                "ValidationException",
                message,
                () -> kms.generateDataKey(
                        GenerateDataKeyRequest.builder().keyId(key).build(), fixture.call()));
        refused(
                "ValidationException",
                message,
                () -> kms.generateDataKey(
                        GenerateDataKeyRequest.builder()
                                .keyId(key)
                                .keySpec("AES_256")
                                .numberOfBytes(32)
                                .build(),
                        fixture.call()));
        refused(
                "ValidationException",
                "NumberOfBytes is required.",
                () -> kms.generateRandom(GenerateRandomRequest.builder().build(), fixture.call()));
    }

    @ParameterizedTest
    @CsvSource({"ECC_NIST_P256", "ECC_SECG_P256K1", "ECC_NIST_EDWARDS25519", "SM2", "RSA_2048"})
    void aDataKeyPairsPrivateKeyIsDecrypted(String spec) {
        String key = fixture.symmetricKey();
        var pair = kms.generateDataKeyPair(
                GenerateDataKeyPairRequest.builder()
                        .keyId(key)
                        .keyPairSpec(spec)
                        .encryptionContext(Map.of("a", "1"))
                        .build(),
                fixture.call());
        assertThat(fixture.decrypt(pair.privateKeyCiphertextBlob(), Map.of("a", "1")))
                .isEqualTo(pair.privateKeyPlaintext());
        assertThat(pair.keyPairSpec()).isEqualTo(spec);
    }

    @Test
    void aCiphertextThatIsNotOneIsRefused() {
        Blob ciphertext = fixture.encrypt(fixture.symmetricKey());
        for (byte[] bytes : List.of(
                new byte[] {1},
                "not a ciphertext at all, but long enough to be one if it were one, as far as length goes".getBytes(),
                Arrays.copyOf(ciphertext.bytes(), ciphertext.size() - 1),
                Arrays.copyOf(ciphertext.bytes(), ciphertext.size() + 1))) {
            refused("InvalidCiphertextException", null, () -> fixture.decrypt(Blob.of(bytes)));
        }
    }
}
