package io.pileus.it.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.encryptionsdk.AwsCrypto;
import com.amazonaws.encryptionsdk.CryptoMaterialsManager;
import com.amazonaws.encryptionsdk.CryptoResult;
import com.amazonaws.encryptionsdk.caching.CachingCryptoMaterialsManager;
import com.amazonaws.encryptionsdk.caching.LocalCryptoMaterialsCache;
import com.amazonaws.encryptionsdk.kmssdkv2.KmsMasterKeyProvider;
import io.pileus.server.Pileus;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.utils.AttributeMap;

/** The AWS Encryption SDK for Java, with data keys cached, over HTTPS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EncryptionSdkTest {
    private static final Map<String, String> CONTEXT = Map.of("purpose", "test");

    private final AwsCrypto crypto = AwsCrypto.standard();
    private Pileus pileus;
    private KmsClient kms;
    private String keyArn;

    @BeforeAll
    void start() throws IOException {
        pileus = Pileus.builder().port(0).start();
        kms = client(Region.US_EAST_1);
        keyArn = kms.createKey().keyMetadata().arn();
    }

    @AfterAll
    void stop() {
        kms.close();
        pileus.close();
    }

    private KmsClient client(Region region) {
        return KmsClient.builder()
                .endpointOverride(URI.create("https://localhost:" + pileus.port()))
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.builder()
                        .buildWithDefaults(AttributeMap.builder()
                                .put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, true)
                                .build()))
                .build();
    }

    private KmsMasterKeyProvider provider(String... arns) {
        return KmsMasterKeyProvider.builder()
                .customRegionalClientSupplier(this::client)
                .buildStrict(arns);
    }

    @Test
    void messagesAreEncryptedAndDecrypted() {
        byte[] message = "a message of the encryption SDK".getBytes(StandardCharsets.UTF_8);

        byte[] ciphertext =
                crypto.encryptData(provider(keyArn), message, CONTEXT).getResult();

        CryptoResult<byte[], ?> decrypted = crypto.decryptData(provider(keyArn), ciphertext);
        assertThat(decrypted.getResult()).isEqualTo(message);
        assertThat(decrypted.getEncryptionContext()).containsAllEntriesOf(CONTEXT);
        String other = kms.createKey().keyMetadata().arn();
        assertThatThrownBy(() -> crypto.decryptData(provider(other), ciphertext))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void aCachedDataKeyIsAskedForOnce() {
        CryptoMaterialsManager caching = CachingCryptoMaterialsManager.newBuilder()
                .withMasterKeyProvider(provider(keyArn))
                .withCache(new LocalCryptoMaterialsCache(10))
                .withMaxAge(10, TimeUnit.MINUTES)
                .withMessageUseLimit(100)
                .build();
        long before = calls("GenerateDataKey");

        for (int i = 0; i < 5; i++) {
            byte[] message = ("message " + i).getBytes(StandardCharsets.UTF_8);
            byte[] ciphertext = crypto.encryptData(caching, message, CONTEXT).getResult();
            assertThat(crypto.decryptData(caching, ciphertext).getResult()).isEqualTo(message);
        }

        assertThat(calls("GenerateDataKey") - before).isEqualTo(1);
    }

    private long calls(String operation) {
        return pileus.requests().newestFirst().stream()
                .filter(r -> operation.equals(r.operation()))
                .count();
    }
}
