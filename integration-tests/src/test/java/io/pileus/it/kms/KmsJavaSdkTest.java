package io.pileus.it.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pileus.server.ClockSetting;
import io.pileus.server.Pileus;
import java.io.IOException;
import java.net.URI;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.OriginType;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;
import software.amazon.awssdk.utils.AttributeMap;

/** The AWS SDK for Java against the server, over HTTP and over HTTPS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KmsJavaSdkTest {
    private static final SdkBytes HELLO = SdkBytes.fromUtf8String("hello");

    private Pileus pileus;
    private KmsClient kms;

    @BeforeAll
    void start() throws IOException {
        pileus = Pileus.builder().port(0).clock(ClockSetting.MANUAL).start();
        kms = client(pileus.endpoint(), Region.US_EAST_1);
    }

    @AfterAll
    void stop() {
        kms.close();
        pileus.close();
    }

    private static KmsClient client(URI endpoint, Region region) {
        return KmsClient.builder()
                .endpointOverride(endpoint)
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.builder()
                        .buildWithDefaults(AttributeMap.builder()
                                .put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, true)
                                .build()))
                .build();
    }

    @Test
    void whatIsEncryptedIsDecrypted() {
        String key = kms.createKey().keyMetadata().keyId();
        var encrypted =
                kms.encrypt(r -> r.keyId(key).plaintext(HELLO).encryptionContext(Map.of("purpose", "test", "b", "2")));

        assertThat(kms.decrypt(r -> r.ciphertextBlob(encrypted.ciphertextBlob())
                                .encryptionContext(Map.of("b", "2", "purpose", "test")))
                        .plaintext())
                .isEqualTo(HELLO);
        assertThatThrownBy(() -> kms.decrypt(r -> r.ciphertextBlob(encrypted.ciphertextBlob())))
                .isInstanceOf(InvalidCiphertextException.class);
        String other = kms.createKey().keyMetadata().keyId();
        assertThatThrownBy(() -> kms.decrypt(r -> r.keyId(other).ciphertextBlob(encrypted.ciphertextBlob())))
                .isInstanceOf(IncorrectKeyException.class);
        assertThatThrownBy(() -> kms.decrypt(r -> r.ciphertextBlob(HELLO)))
                .isInstanceOf(InvalidCiphertextException.class);
    }

    @Test
    void errorsAreTheSdksOwnTypesWithAwssWords() {
        assertThatThrownBy(() -> kms.describeKey(r -> r.keyId("alias/none")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageStartingWith("Alias arn:aws:kms:us-east-1:000000000000:alias/none is not found.");
        KeyMetadata key = kms.createKey().keyMetadata();
        kms.disableKey(r -> r.keyId(key.keyId()));
        assertThatThrownBy(() -> kms.encrypt(r -> r.keyId(key.keyId()).plaintext(HELLO)))
                .isInstanceOf(DisabledException.class)
                .hasMessageStartingWith(key.arn() + " is disabled.");
        assertThatThrownBy(
                        () -> kms.encrypt(r -> r.keyId(key.keyId()).plaintext(SdkBytes.fromByteArray(new byte[4097]))))
                .isInstanceOfSatisfying(
                        KmsException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException"))
                .hasMessageContaining("failed to satisfy constraint");
        assertThatThrownBy(() -> kms.createKey(r -> r.keySpec("RSA_1024").keyUsage("SIGN_VERIFY")))
                .hasMessageContaining("Value 'RSA_1024' at 'keySpec' failed to satisfy constraint: "
                        + "Member must satisfy enum value set");
        assertThatThrownBy(() -> kms.decrypt(r -> r.ciphertextBlob(HELLO).recipient(x -> x.attestationDocument(HELLO))))
                .hasMessageContaining("Recipient")
                .hasMessageContaining("not implemented");
    }

    @Test
    void aSignatureIsVerifiedOutside() throws Exception {
        String key = kms.createKey(r -> r.keySpec(KeySpec.RSA_2048).keyUsage(KeyUsageType.SIGN_VERIFY))
                .keyMetadata()
                .keyId();
        var signed = kms.sign(
                r -> r.keyId(key).message(HELLO).signingAlgorithm(SigningAlgorithmSpec.RSASSA_PKCS1_V1_5_SHA_256));
        Signature verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(
                        kms.getPublicKey(r -> r.keyId(key)).publicKey().asByteArray())));
        verifier.update(HELLO.asByteArray());
        assertThat(verifier.verify(signed.signature().asByteArray())).isTrue();
        assertThat(kms.verify(r -> r.keyId(key)
                                .message(HELLO)
                                .signature(signed.signature())
                                .signingAlgorithm(SigningAlgorithmSpec.RSASSA_PKCS1_V1_5_SHA_256))
                        .signatureValid())
                .isTrue();
    }

    @Test
    void keysArePagedAliasedTaggedAndDeletedOnTheClock() {
        String key = kms.createKey(r -> r.tags(t -> t.tagKey("a").tagValue("1")).description("d"))
                .keyMetadata()
                .keyId();
        kms.createAlias(r -> r.aliasName("alias/sdk").targetKeyId(key));
        assertThat(kms.listAliasesPaginator(r -> r.limit(1)).aliases())
                .anySatisfy(a -> assertThat(a.targetKeyId()).isEqualTo(key));
        assertThat(kms.listKeysPaginator(r -> r.limit(1)).keys())
                .anySatisfy(k -> assertThat(k.keyId()).isEqualTo(key));
        assertThat(kms.listResourceTags(r -> r.keyId(key)).tags())
                .singleElement()
                .satisfies(t -> assertThat(t.tagValue()).isEqualTo("1"));
        assertThat(kms.getKeyPolicy(r -> r.keyId(key).policyName("default")).policy())
                .contains("\"Sid\" : \"Enable IAM User Permissions\"");
        kms.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7));
        assertThat(kms.describeKey(r -> r.keyId(key)).keyMetadata().keyState()).isEqualTo(KeyState.PENDING_DELETION);

        pileus.time().advance(Duration.ofDays(7));

        assertThatThrownBy(() -> kms.describeKey(r -> r.keyId(key))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aReplicaDecryptsInItsRegion() {
        String key = kms.createKey(r -> r.multiRegion(true)).keyMetadata().keyId();
        kms.replicateKey(r -> r.keyId(key).replicaRegion("eu-west-1"));
        SdkBytes ciphertext = kms.encrypt(r -> r.keyId(key).plaintext(HELLO)).ciphertextBlob();
        try (KmsClient there = client(pileus.endpoint(), Region.EU_WEST_1)) {
            assertThat(there.decrypt(r -> r.ciphertextBlob(ciphertext)).plaintext())
                    .isEqualTo(HELLO);
        }
    }

    @Test
    void grantsRotationAndImportParametersGoOverTheWire() {
        String key = kms.createKey().keyMetadata().keyId();
        var grant = kms.createGrant(r -> r.keyId(key)
                .granteePrincipal("arn:aws:iam::000000000000:user/u")
                .operationsWithStrings("Decrypt")
                .constraints(c -> c.encryptionContextSubset(Map.of("a", "1"))));
        assertThat(kms.listGrants(r -> r.keyId(key)).grants())
                .singleElement()
                .satisfies(g -> assertThat(g.grantId()).isEqualTo(grant.grantId()));
        kms.retireGrant(r -> r.grantToken(grant.grantToken()));
        kms.enableKeyRotation(r -> r.keyId(key).rotationPeriodInDays(90));
        assertThat(kms.getKeyRotationStatus(r -> r.keyId(key)).nextRotationDate())
                .isCloseTo(pileus.time().instant().plus(Duration.ofDays(90)), within(1, ChronoUnit.MILLIS));
        kms.rotateKeyOnDemand(r -> r.keyId(key));
        assertThat(kms.listKeyRotations(r -> r.keyId(key)).rotations()).hasSize(1);
        String external =
                kms.createKey(r -> r.origin(OriginType.EXTERNAL)).keyMetadata().keyId();
        assertThat(kms.getParametersForImport(r -> r.keyId(external)
                                .wrappingAlgorithm("RSAES_OAEP_SHA_256")
                                .wrappingKeySpec("RSA_2048"))
                        .importToken()
                        .asByteArray())
                .hasSize(256);
    }

    @Test
    void dataKeysAreMadeOverHttps() {
        URI https = URI.create("https://localhost:" + pileus.port());
        try (KmsClient secure = client(https, Region.US_EAST_1)) {
            String key = secure.createKey().keyMetadata().keyId();
            var dataKey = secure.generateDataKey(r -> r.keyId(key).keySpec(DataKeySpec.AES_256));
            assertThat(secure.decrypt(r -> r.ciphertextBlob(dataKey.ciphertextBlob()))
                            .plaintext())
                    .isEqualTo(dataKey.plaintext());
            assertThat(List.of(16, 1024))
                    .allSatisfy(n -> assertThat(secure.generateRandom(r -> r.numberOfBytes(n))
                                    .plaintext()
                                    .asByteArray())
                            .hasSize(n));
        }
    }
}
