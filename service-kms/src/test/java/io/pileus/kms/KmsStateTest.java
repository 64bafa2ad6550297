package io.pileus.kms;

import static io.pileus.kms.KmsFixture.HELLO;
import static io.pileus.kms.KmsFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.shape.Blob;
import io.pileus.core.state.StateChanges;
import io.pileus.core.testkit.SavedStates;
import io.pileus.kms.crypto.KeySpec;
import io.pileus.kms.crypto.KeyUsage;
import io.pileus.kms.model.ConnectCustomKeyStoreRequest;
import io.pileus.kms.model.CreateAliasRequest;
import io.pileus.kms.model.CreateCustomKeyStoreRequest;
import io.pileus.kms.model.CreateGrantRequest;
import io.pileus.kms.model.DescribeCustomKeyStoresRequest;
import io.pileus.kms.model.DisableKeyRequest;
import io.pileus.kms.model.EnableKeyRequest;
import io.pileus.kms.model.EnableKeyRotationRequest;
import io.pileus.kms.model.GetParametersForImportRequest;
import io.pileus.kms.model.GetParametersForImportResponse;
import io.pileus.kms.model.GetPublicKeyRequest;
import io.pileus.kms.model.GrantConstraints;
import io.pileus.kms.model.ImportKeyMaterialRequest;
import io.pileus.kms.model.KeyMetadata;
import io.pileus.kms.model.ListGrantsRequest;
import io.pileus.kms.model.ListKeyRotationsRequest;
import io.pileus.kms.model.ReplicateKeyRequest;
import io.pileus.kms.model.RotateKeyOnDemandRequest;
import io.pileus.kms.model.ScheduleKeyDeletionRequest;
import io.pileus.kms.model.UpdatePrimaryRegionRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What KMS is after it was saved and loaded. */
class KmsStateTest {
    private final KmsFixture before = new KmsFixture();

    private KmsFixture loaded() {
        KmsFixture after = new KmsFixture();
        after.advance(Duration.between(after.env.now(), before.env.now()));
        SavedStates.of(before.kms).loadInto(after.kms);
        return after;
    }

    @ParameterizedTest
    @EnumSource(
            value = KeySpec.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RSA_3072", "RSA_4096"})
    void aKeyOfEachSpecKeepsItsMaterial(KeySpec spec) {
        KeyUsage usage = java.util.Arrays.stream(KeyUsage.values())
                .filter(spec::allows)
                .findFirst()
                .orElseThrow();
        String key = before.key(spec.name(), usage.name()).keyId();
        KeyMetadata was = before.describe(key);

        KmsFixture after = loaded();

        assertThat(after.describe(key)).isEqualTo(was);
        if (spec.isAsymmetric()) {
            GetPublicKeyRequest request =
                    GetPublicKeyRequest.builder().keyId(key).build();
            assertThat(after.kms.getPublicKey(request, after.call()))
                    .isEqualTo(before.kms.getPublicKey(request, before.call()));
        }
    }

    @Test
    void whatWasEncryptedIsDecrypted() {
        String key = before.symmetricKey();
        Blob old = before.encrypt(key, HELLO, Map.of("a", "b"));
        before.kms.rotateKeyOnDemand(
                RotateKeyOnDemandRequest.builder().keyId(key).build(), before.call());
        Blob current = before.encrypt(key, HELLO, Map.of());

        KmsFixture after = loaded();

        assertThat(after.decrypt(old, Map.of("a", "b"))).isEqualTo(HELLO);
        assertThat(after.decrypt(current)).isEqualTo(HELLO);
        assertThat(before.decrypt(after.encrypt(key))).isEqualTo(HELLO);
    }

    @Test
    void rotationGoesOnByItsSchedule() {
        String key = before.symmetricKey();
        before.kms.enableKeyRotation(
                EnableKeyRotationRequest.builder()
                        .keyId(key)
                        .rotationPeriodInDays(100)
                        .build(),
                before.call());
        before.advance(Duration.ofDays(99));

        KmsFixture after = loaded();
        after.advance(Duration.ofDays(2));

        assertThat(after.kms
                        .listKeyRotations(
                                ListKeyRotationsRequest.builder().keyId(key).build(), after.call())
                        .rotations())
                .hasSize(1);
    }

    @Test
    void aScheduledDeletionHappens() {
        String key = before.symmetricKey();
        before.kms.scheduleKeyDeletion(
                ScheduleKeyDeletionRequest.builder()
                        .keyId(key)
                        .pendingWindowInDays(7)
                        .build(),
                before.call());

        KmsFixture after = loaded();

        assertThat(after.describe(key).keyState()).isEqualTo("PendingDeletion");
        after.advance(Duration.ofDays(8));
        refused("NotFoundException", () -> after.describe(key));
        assertThat(SavedStates.of(after.kms).text()).isEmpty();
    }

    @Test
    void aliasesGrantsTagsAndStatesComeBack() {
        String key = before.key(k -> k.description("d")
                        .tags(List.of(io.pileus.kms.model.Tag.builder()
                                .tagKey("t")
                                .tagValue("v")
                                .build())))
                .keyId();
        before.kms.createAlias(
                CreateAliasRequest.builder()
                        .aliasName("alias/app")
                        .targetKeyId(key)
                        .build(),
                before.call());
        before.kms.createGrant(
                CreateGrantRequest.builder()
                        .keyId(key)
                        .name("g")
                        .granteePrincipal("arn:aws:iam::111111111111:root")
                        .operations(List.of("Decrypt"))
                        .constraints(GrantConstraints.builder()
                                .encryptionContextSubset(Map.of("a", "b"))
                                .build())
                        .build(),
                before.call());
        before.kms.disableKey(DisableKeyRequest.builder().keyId(key).build(), before.call());
        ListGrantsRequest list = ListGrantsRequest.builder().keyId(key).build();

        KmsFixture after = loaded();

        assertThat(after.describe("alias/app")).isEqualTo(before.describe(key));
        assertThat(after.describe(key).keyState()).isEqualTo("Disabled");
        assertThat(after.kms.listGrants(list, after.call())).isEqualTo(before.kms.listGrants(list, before.call()));
    }

    @Test
    void relatedKeysStayRelated() {
        String key = before.key(k -> k.multiRegion(true)).keyId();
        before.kms.replicateKey(
                ReplicateKeyRequest.builder()
                        .keyId(key)
                        .replicaRegion("eu-west-1")
                        .build(),
                before.call());
        Blob ciphertext = before.encrypt(key);

        KmsFixture after = loaded();

        assertThat(after.decrypt(ciphertext, Map.of(), after.callIn("eu-west-1")))
                .isEqualTo(HELLO);
        after.kms.updatePrimaryRegion(
                UpdatePrimaryRegionRequest.builder()
                        .keyId(key)
                        .primaryRegion("eu-west-1")
                        .build(),
                after.call());
        assertThat(after.describe(key).multiRegionConfiguration().primaryKey().region())
                .isEqualTo("eu-west-1");
    }

    @Test
    void importedMaterialExpiresAtItsTimeAndATokenFromBeforeBringsItBack() throws Exception {
        String key = before.key(k -> k.origin("EXTERNAL")).keyId();
        GetParametersForImportResponse parameters = before.kms.getParametersForImport(
                GetParametersForImportRequest.builder()
                        .keyId(key)
                        .wrappingAlgorithm("RSAES_OAEP_SHA_256")
                        .wrappingKeySpec("RSA_2048")
                        .build(),
                before.call());
        ImportKeyMaterialRequest request = ImportKeyMaterialRequest.builder()
                .keyId(key)
                .importToken(parameters.importToken())
                .encryptedKeyMaterial(wrapped(parameters.publicKey()))
                .expirationModel("KEY_MATERIAL_EXPIRES")
                .validTo(before.env.now().plus(Duration.ofHours(1)))
                .build();
        before.kms.importKeyMaterial(request, before.call());
        Blob ciphertext = before.encrypt(key);

        KmsFixture after = loaded();

        assertThat(after.decrypt(ciphertext)).isEqualTo(HELLO);
        after.advance(Duration.ofHours(1));
        assertThat(after.describe(key).keyState()).isEqualTo("PendingImport");
        after.kms.importKeyMaterial(
                request.toBuilder()
                        .validTo(after.env.now().plus(Duration.ofHours(1)))
                        .build(),
                after.call());
        assertThat(after.decrypt(ciphertext)).isEqualTo(HELLO);
    }

    private static Blob wrapped(Blob publicKey) throws Exception {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(publicKey.bytes())),
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        return Blob.of(cipher.doFinal(new byte[32]));
    }

    @Test
    void aCustomKeyStoreKeepsItsConnectionAndItsKeys() {
        String store = before.kms
                .createCustomKeyStore(
                        CreateCustomKeyStoreRequest.builder()
                                .customKeyStoreName("store")
                                .cloudHsmClusterId("cluster-234567abcde")
                                .trustAnchorCertificate("certificate")
                                .keyStorePassword("password")
                                .build(),
                        before.call())
                .customKeyStoreId();
        before.kms.connectCustomKeyStore(
                ConnectCustomKeyStoreRequest.builder().customKeyStoreId(store).build(), before.call());
        before.advance(Duration.ofMinutes(2));
        String key = before.key(k -> k.origin("AWS_CLOUDHSM").customKeyStoreId(store))
                .keyId();
        Blob ciphertext = before.encrypt(key);
        DescribeCustomKeyStoresRequest describe =
                DescribeCustomKeyStoresRequest.builder().build();

        KmsFixture after = loaded();

        assertThat(after.kms.describeCustomKeyStores(describe, after.call()))
                .isEqualTo(before.kms.describeCustomKeyStores(describe, before.call()));
        assertThat(after.decrypt(ciphertext)).isEqualTo(HELLO);
    }

    @Test
    void whatWasSavedWinsOverTheSeed(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("seed.json"), """
                {"Keys": [{"KeyId": "bc436485-5092-42b8-92a3-0aa8b93536dc"}, {"KeyId": "new-in-the-seed"}],
                 "Aliases": [{"AliasName": "alias/seeded", "TargetKeyId": "bc436485-5092-42b8-92a3-0aa8b93536dc"}]}
                """);
        KmsFixture seeded = new KmsFixture("KMS_SEED_FILE", file.toString());
        KmsFixture again = new KmsFixture("KMS_SEED_FILE", file.toString());
        Blob ciphertext = seeded.encrypt("alias/seeded");
        seeded.kms.disableKey(
                DisableKeyRequest.builder()
                        .keyId("bc436485-5092-42b8-92a3-0aa8b93536dc")
                        .build(),
                seeded.call());

        SavedStates.of(seeded.kms).loadInto(again.kms);

        assertThat(again.describe("alias/seeded").keyState()).isEqualTo("Disabled");
        again.kms.enableKey(
                EnableKeyRequest.builder()
                        .keyId("bc436485-5092-42b8-92a3-0aa8b93536dc")
                        .build(),
                again.call());
        assertThat(again.decrypt(ciphertext)).isEqualTo(HELLO);
        assertThat(again.describe("new-in-the-seed").keyState()).isEqualTo("Enabled");
    }

    @Test
    void onlyWhatChangedIsWritten() {
        String key = before.symmetricKey();
        before.symmetricKey();
        SavedStates saved = SavedStates.of(before.kms);

        assertThat(saved.saveAgain(before.kms)).isEqualTo(StateChanges.NONE);
        before.kms.disableKey(DisableKeyRequest.builder().keyId(key).build(), before.call());
        assertThat(saved.saveAgain(before.kms)).isEqualTo(new StateChanges(1, 0));
    }
}
