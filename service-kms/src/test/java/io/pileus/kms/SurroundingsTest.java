package io.pileus.kms;

import static io.pileus.kms.KmsFixture.HELLO;
import static io.pileus.kms.KmsFixture.arn;
import static io.pileus.kms.KmsFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.port.KeyService;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.Settings;
import io.pileus.core.shape.Blob;
import io.pileus.kms.model.ConnectCustomKeyStoreRequest;
import io.pileus.kms.model.CreateCustomKeyStoreRequest;
import io.pileus.kms.model.CustomKeyStoresListEntry;
import io.pileus.kms.model.DeleteCustomKeyStoreRequest;
import io.pileus.kms.model.DescribeCustomKeyStoresRequest;
import io.pileus.kms.model.DisableKeyRequest;
import io.pileus.kms.model.DisconnectCustomKeyStoreRequest;
import io.pileus.kms.model.EncryptRequest;
import io.pileus.kms.model.KmsApi;
import io.pileus.kms.model.RotateKeyOnDemandRequest;
import io.pileus.kms.model.ScheduleKeyDeletionRequest;
import io.pileus.kms.model.UpdateCustomKeyStoreRequest;
import io.pileus.kms.model.XksProxyAuthenticationCredentialType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Custom key stores, the port for other services, seeds, quotas, and many callers at once. */
class SurroundingsTest {
    private final KmsFixture fixture = new KmsFixture();
    private final KmsService kms = fixture.kms;

    @Test
    void aStoreIsConnectedBeforeItHoldsKeys() {
        String store = hsmStore("store", "cluster-234567abcde");
        refused("CustomKeyStoreInvalidStateException", () -> hsmKey(store));
        kms.connectCustomKeyStore(
                ConnectCustomKeyStoreRequest.builder().customKeyStoreId(store).build(), fixture.call());
        assertThat(store(store).connectionState()).isEqualTo("CONNECTED");
        String key = hsmKey(store);
        assertThat(fixture.describe(key).customKeyStoreId()).isEqualTo(store);
        assertThat(fixture.describe(key).cloudHsmClusterId()).isEqualTo("cluster-234567abcde");
        Blob ciphertext = fixture.encrypt(key);

        kms.disconnectCustomKeyStore(
                DisconnectCustomKeyStoreRequest.builder()
                        .customKeyStoreId(store)
                        .build(),
                fixture.call());
        refused("KMSInvalidStateException", arn(key) + " is unavailable.", () -> fixture.decrypt(ciphertext));
        refused(
                "CustomKeyStoreInvalidStateException",
                () -> kms.disconnectCustomKeyStore(
                        DisconnectCustomKeyStoreRequest.builder()
                                .customKeyStoreId(store)
                                .build(),
                        fixture.call()));
        refused(
                "CustomKeyStoreHasCMKsException",
                () -> kms.deleteCustomKeyStore(
                        DeleteCustomKeyStoreRequest.builder()
                                .customKeyStoreId(store)
                                .build(),
                        fixture.call()));
        kms.connectCustomKeyStore(
                ConnectCustomKeyStoreRequest.builder().customKeyStoreId(store).build(), fixture.call());
        assertThat(fixture.decrypt(ciphertext)).isEqualTo(HELLO);
        kms.scheduleKeyDeletion(
                ScheduleKeyDeletionRequest.builder()
                        .keyId(key)
                        .pendingWindowInDays(7)
                        .build(),
                fixture.call());
        fixture.advance(Duration.ofDays(7));
        refused(
                "CustomKeyStoreInvalidStateException",
                () -> kms.deleteCustomKeyStore(
                        DeleteCustomKeyStoreRequest.builder()
                                .customKeyStoreId(store)
                                .build(),
                        fixture.call()));
        kms.disconnectCustomKeyStore(
                DisconnectCustomKeyStoreRequest.builder()
                        .customKeyStoreId(store)
                        .build(),
                fixture.call());
        kms.deleteCustomKeyStore(
                DeleteCustomKeyStoreRequest.builder().customKeyStoreId(store).build(), fixture.call());
        refused("CustomKeyStoreNotFoundException", () -> store(store));
    }

    @Test
    void aWrongPasswordMakesConnectingFail() {
        String store = hsmStore("store", "cluster-234567abcde");
        kms.updateCustomKeyStore(
                UpdateCustomKeyStoreRequest.builder()
                        .customKeyStoreId(store)
                        .keyStorePassword("another password")
                        .build(),
                fixture.call());
        kms.connectCustomKeyStore(
                ConnectCustomKeyStoreRequest.builder().customKeyStoreId(store).build(), fixture.call());
        assertThat(store(store).connectionState()).isEqualTo("FAILED");
        assertThat(store(store).connectionErrorCode()).isEqualTo("INVALID_CREDENTIALS");
        refused(
                "CustomKeyStoreInvalidStateException",
                () -> kms.connectCustomKeyStore(
                        ConnectCustomKeyStoreRequest.builder()
                                .customKeyStoreId(store)
                                .build(),
                        fixture.call()));
    }

    @Test
    void storesDoNotShareNamesClustersOrProxies() {
        hsmStore("store", "cluster-234567abcde");
        refused("CustomKeyStoreNameInUseException", () -> hsmStore("store", "cluster-345672abcde"));
        refused("CloudHsmClusterInUseException", () -> hsmStore("other", "cluster-234567abcde"));
        String external = externalStore("external");
        refused("XksProxyUriInUseException", () -> externalStore("external 2"));
        assertThat(store(external).xksProxyConfiguration().accessKeyId()).isEqualTo("ABCDEFGHIJKLMNOPQRST");
        kms.connectCustomKeyStore(
                ConnectCustomKeyStoreRequest.builder()
                        .customKeyStoreId(external)
                        .build(),
                fixture.call());
        String key = fixture.key(k -> k.origin("EXTERNAL_KEY_STORE")
                        .customKeyStoreId(external)
                        .xksKeyId("xks-1"))
                .keyId();
        assertThat(fixture.describe(key).xksKeyConfiguration().id()).isEqualTo("xks-1");
        assertThat(fixture.decrypt(fixture.encrypt(key))).isEqualTo(HELLO);
        refused(
                "XksKeyAlreadyInUseException",
                () -> fixture.key(k -> k.origin("EXTERNAL_KEY_STORE")
                        .customKeyStoreId(external)
                        .xksKeyId("xks-1")));
    }

    private String hsmStore(String name, String cluster) {
        return kms.createCustomKeyStore(
                        CreateCustomKeyStoreRequest.builder()
                                .customKeyStoreName(name)
                                .cloudHsmClusterId(cluster)
                                .trustAnchorCertificate("certificate")
                                .keyStorePassword("password")
                                .build(),
                        fixture.call())
                .customKeyStoreId();
    }

    private String externalStore(String name) {
        return kms.createCustomKeyStore(
                        CreateCustomKeyStoreRequest.builder()
                                .customKeyStoreName(name)
                                .customKeyStoreType("EXTERNAL_KEY_STORE")
                                .xksProxyUriEndpoint("https://proxy.example.com")
                                .xksProxyUriPath("/kms/xks/v1")
                                .xksProxyConnectivity("PUBLIC_ENDPOINT")
                                .xksProxyAuthenticationCredential(XksProxyAuthenticationCredentialType.builder()
                                        .accessKeyId("ABCDEFGHIJKLMNOPQRST")
                                        .rawSecretAccessKey("secret")
                                        .build())
                                .build(),
                        fixture.call())
                .customKeyStoreId();
    }

    private String hsmKey(String store) {
        return fixture.key(k -> k.origin("AWS_CLOUDHSM").customKeyStoreId(store))
                .keyId();
    }

    private CustomKeyStoresListEntry store(String id) {
        return kms.describeCustomKeyStores(
                        DescribeCustomKeyStoresRequest.builder()
                                .customKeyStoreId(id)
                                .build(),
                        fixture.call())
                .customKeyStores()
                .getFirst();
    }

    @Test
    void otherServicesUseKeysThroughThePort() {
        KeyService port = fixture.env.ports().find(KeyService.class).orElseThrow();
        AccountId account = AccountId.DEFAULT;
        Region region = Region.US_EAST_1;
        String key = fixture.symmetricKey();
        assertThat(port.check(account, region, key)).isEqualTo(new KeyService.Usable(arn(key)));
        assertThat(port.check(account, region, "alias/aws/sqs")).isInstanceOf(KeyService.Usable.class);
        assertThat(port.check(account, region, "alias/none"))
                .isEqualTo(new KeyService.Refused(
                        "NotFoundException", "Alias arn:aws:kms:us-east-1:000000000000:alias/none is not found."));
        String signing = fixture.key("ECC_NIST_P256", "SIGN_VERIFY").keyId();
        assertThat(port.check(account, region, signing))
                .extracting(r -> ((KeyService.Refused) r).code())
                .isEqualTo("InvalidKeyUsageException");

        var encrypted = (KeyService.Done) port.encrypt(account, region, key, HELLO, Map.of("a", "1"));
        assertThat(fixture.decrypt(encrypted.ciphertext(), Map.of("a", "1"))).isEqualTo(HELLO);
        assertThat(((KeyService.Done) port.decrypt(account, region, encrypted.ciphertext(), Map.of("a", "1")))
                        .plaintext())
                .isEqualTo(HELLO);
        assertThat(port.decrypt(account, region, encrypted.ciphertext(), Map.of()))
                .isEqualTo(new KeyService.Refused("InvalidCiphertextException", ""));
        var dataKey = (KeyService.Done) port.generateDataKey(account, region, key, Map.of());
        assertThat(dataKey.plaintext().size()).isEqualTo(32);

        kms.disableKey(DisableKeyRequest.builder().keyId(key).build(), fixture.call());
        assertThat(port.check(account, region, key))
                .isEqualTo(new KeyService.Refused("DisabledException", arn(key) + " is disabled."));
    }

    @Test
    void aSeedFileBringsKeysAndAliases(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("seed.json");
        Files.writeString(file, """
                {"Keys": [
                   {"KeyId": "bc436485-5092-42b8-92a3-0aa8b93536dc",
                    "KeyMaterial": "5cdaead27fe7da2de47945d73cd6d79e36494e73802f3cd3869f1d2cb0b5d7a9"},
                   {"KeyId": "ff275b92-0def-4dfc-b0f6-87c96b26c6c7", "KeySpec": "ECC_NIST_P256",
                    "KeyUsage": "SIGN_VERIFY", "Region": "eu-west-1", "Tags": {"a": "b"}}],
                 "Aliases": [{"AliasName": "alias/seeded", "TargetKeyId": "bc436485-5092-42b8-92a3-0aa8b93536dc"}]}
                """);
        KmsFixture seeded = new KmsFixture("KMS_SEED_FILE", file.toString());
        KmsFixture again = new KmsFixture("KMS_SEED_FILE", file.toString());
        assertThat(again.decrypt(seeded.encrypt("alias/seeded"))).isEqualTo(HELLO);
        assertThat(seeded.describe("ff275b92-0def-4dfc-b0f6-87c96b26c6c7", seeded.callIn("eu-west-1"))
                        .keySpec())
                .isEqualTo("ECC_NIST_P256");

        Blob before = seeded.encrypt("alias/seeded");
        String other = seeded.symmetricKey();
        seeded.kms.reset(ResetScope.EVERYTHING);
        assertThat(seeded.decrypt(before)).isEqualTo(HELLO);
        assertThat(seeded.describe("ff275b92-0def-4dfc-b0f6-87c96b26c6c7", seeded.callIn("eu-west-1"))
                        .keyState())
                .isEqualTo("Enabled");
        refused("NotFoundException", () -> seeded.describe(other));

        Files.writeString(file, "{\"Keys\": [{\"KeyId\": \"x\", \"KeySpec\": \"NONE\"}]}");
        assertThatThrownBy(() -> new KmsFixture("KMS_SEED_FILE", file.toString()))
                .hasMessageContaining("key x has no known KeySpec");
    }

    @Test
    void aQuotaOfRequestsIsPerSecond() {
        KmsFixture limited = new KmsFixture("KMS_CRYPTOGRAPHIC_REQUESTS_PER_SECOND", "2");
        String key = limited.symmetricKey();
        limited.encrypt(key);
        limited.encrypt(key);
        refused(
                "ThrottlingException",
                "You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.",
                () -> limited.encrypt(key));
        limited.describe(key);
        limited.advance(Duration.ofSeconds(1));
        limited.encrypt(key);
    }

    @Test
    void awsQuotasAreSwitchedWhileTheServerRuns() {
        Settings settings = fixture.env.services().settings();
        for (int i = 0; i < 6; i++) {
            fixture.symmetricKey();
        }
        settings.change("PILEUS_KMS_QUOTAS", "1");
        for (int i = 0; i < 5; i++) {
            fixture.symmetricKey();
        }
        refused("ThrottlingException", () -> fixture.symmetricKey());
        fixture.advance(Duration.ofSeconds(1));
        String key = fixture.symmetricKey();
        for (int i = 0; i < 100; i++) {
            fixture.encrypt(key);
        }
        settings.change("PILEUS_KMS_QUOTAS", "0");
        for (int i = 0; i < 6; i++) {
            fixture.symmetricKey();
        }
    }

    @Test
    void manyCallersAtOnceSeeWholeKeys() throws Exception {
        String key = fixture.symmetricKey();
        List<Callable<Void>> tasks = IntStream.range(0, 400)
                .<Callable<Void>>mapToObj(i -> () -> {
                    if (i % 20 == 0) {
                        kms.rotateKeyOnDemand(
                                RotateKeyOnDemandRequest.builder().keyId(key).build(), fixture.call());
                    }
                    Blob ciphertext = kms.encrypt(
                                    EncryptRequest.builder()
                                            .keyId(key)
                                            .plaintext(HELLO)
                                            .build(),
                                    fixture.call())
                            .ciphertextBlob();
                    assertThat(fixture.decrypt(ciphertext)).isEqualTo(HELLO);
                    return null;
                })
                .toList();
        try (var pool = Executors.newFixedThreadPool(4)) {
            for (Future<Void> result : pool.invokeAll(tasks)) {
                result.get();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CreateKey",
                "DeriveSharedSecret",
                "GenerateDataKeyPair",
                "GenerateDataKeyPairWithoutPlaintext",
                "GetParametersForImport",
                "ImportKeyMaterial",
                "Sign",
                "Verify"
            })
    void slowMathematicsIsDoneOffTheEventLoop(String operation) {
        assertThat(new KmsApi(kms).operation(operation).mode()).isEqualTo(Operation.Mode.OFFLOADED);
    }
}
