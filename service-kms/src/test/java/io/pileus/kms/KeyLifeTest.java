package io.pileus.kms;

import static io.pileus.kms.KmsFixture.HELLO;
import static io.pileus.kms.KmsFixture.arn;
import static io.pileus.kms.KmsFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.shape.Blob;
import io.pileus.kms.crypto.KeyGenerator;
import io.pileus.kms.crypto.KeyMaterial;
import io.pileus.kms.crypto.KeySpec;
import io.pileus.kms.model.CancelKeyDeletionRequest;
import io.pileus.kms.model.CreateAliasRequest;
import io.pileus.kms.model.DisableKeyRequest;
import io.pileus.kms.model.EnableKeyRequest;
import io.pileus.kms.model.GetKeyLastUsageRequest;
import io.pileus.kms.model.GetPublicKeyRequest;
import io.pileus.kms.model.KeyListEntry;
import io.pileus.kms.model.KeyMetadata;
import io.pileus.kms.model.ListAliasesRequest;
import io.pileus.kms.model.ListKeysRequest;
import io.pileus.kms.model.ListResourceTagsRequest;
import io.pileus.kms.model.ScheduleKeyDeletionRequest;
import io.pileus.kms.model.Tag;
import io.pileus.kms.model.TagResourceRequest;
import io.pileus.kms.model.UntagResourceRequest;
import io.pileus.kms.model.UpdateKeyDescriptionRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Creating, describing, listing, tagging and deleting keys. */
class KeyLifeTest {
    private final KmsFixture fixture = new KmsFixture();
    private final KmsService kms = fixture.kms;

    @Test
    void aNewKeyIsAnEnabledSymmetricEncryptionKey() {
        KeyMetadata key = fixture.key(k -> k.description("my key"));

        assertThat(key.keyId()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(key.arn()).isEqualTo(arn(key.keyId()));
        assertThat(key.awsAccountId()).isEqualTo("000000000000");
        assertThat(key.creationDate()).isEqualTo(fixture.env.now());
        assertThat(key.enabled()).isTrue();
        assertThat(key.keyState()).isEqualTo("Enabled");
        assertThat(key.description()).isEqualTo("my key");
        assertThat(key.keyUsage()).isEqualTo("ENCRYPT_DECRYPT");
        assertThat(key.keySpec()).isEqualTo("SYMMETRIC_DEFAULT");
        assertThat(key.customerMasterKeySpec()).isEqualTo("SYMMETRIC_DEFAULT");
        assertThat(key.encryptionAlgorithms()).containsExactly("SYMMETRIC_DEFAULT");
        assertThat(key.hasSigningAlgorithms()).isFalse();
        assertThat(key.origin()).isEqualTo("AWS_KMS");
        assertThat(key.keyManager()).isEqualTo("CUSTOMER");
        assertThat(key.multiRegion()).isFalse();
        assertThat(key.multiRegionConfiguration()).isNull();
        assertThat(key.deletionDate()).isNull();
        assertThat(key.expirationModel()).isNull();
        assertThat(fixture.describe(key.keyId())).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "ECC_NIST_P384, SIGN_VERIFY, ECDSA_SHA_384",
        "ECC_SECG_P256K1, SIGN_VERIFY, ECDSA_SHA_256",
        "ECC_NIST_EDWARDS25519, SIGN_VERIFY, ED25519_PH_SHA_512 ED25519_SHA_512",
        "ML_DSA_44, SIGN_VERIFY, ML_DSA_SHAKE_256",
        "SM2, SIGN_VERIFY, SM2DSA",
        "HMAC_384, GENERATE_VERIFY_MAC, HMAC_SHA_384",
        "ECC_NIST_P521, KEY_AGREEMENT, ECDH"
    })
    void aKeyShowsTheAlgorithmsOfItsUsageOnly(String spec, String usage, String algorithms) {
        KeyMetadata key = fixture.key(spec, usage);

        List<String> shown = new ArrayList<>(key.signingAlgorithms());
        shown.addAll(key.macAlgorithms());
        shown.addAll(key.keyAgreementAlgorithms());
        shown.addAll(key.encryptionAlgorithms());
        assertThat(shown).containsExactly(algorithms.split(" "));
        assertThat(key.currentKeyMaterialId()).isNull();
    }

    @Test
    void specAndUsageMustGoTogether() {
        refused(
                "ValidationException",
                "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.",
                () -> fixture.key(k -> k.keySpec("RSA_2048")));
        refused(
                "ValidationException",
                "KeyUsage ENCRYPT_DECRYPT is not compatible with KeySpec ECC_NIST_P256",
                () -> fixture.key("ECC_NIST_P256", "ENCRYPT_DECRYPT"));
        refused(
                "ValidationException",
                "KeyUsage KEY_AGREEMENT is not compatible with KeySpec ECC_SECG_P256K1",
                () -> fixture.key("ECC_SECG_P256K1", "KEY_AGREEMENT"));
        refused(
                "ValidationException",
                "You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is "
                        + "deprecated.",
                () -> fixture.key(k -> k.keySpec("SYMMETRIC_DEFAULT").customerMasterKeySpec("SYMMETRIC_DEFAULT")));
    }

    @Test
    void aKeyIsDeletedWhenItsWaitingPeriodIsOver() {
        String key = fixture.symmetricKey();
        kms.createAlias(
                CreateAliasRequest.builder()
                        .aliasName("alias/a")
                        .targetKeyId(key)
                        .build(),
                fixture.call());
        Blob ciphertext = fixture.encrypt(key);

        var scheduled = kms.scheduleKeyDeletion(
                ScheduleKeyDeletionRequest.builder()
                        .keyId(key)
                        .pendingWindowInDays(7)
                        .build(),
                fixture.call());

        assertThat(scheduled.keyId()).isEqualTo(arn(key));
        assertThat(scheduled.keyState()).isEqualTo("PendingDeletion");
        assertThat(scheduled.deletionDate()).isEqualTo(fixture.env.now().plus(Duration.ofDays(7)));
        assertThat(fixture.describe(key).deletionDate()).isEqualTo(scheduled.deletionDate());
        refused("KMSInvalidStateException", arn(key) + " is pending deletion.", () -> fixture.decrypt(ciphertext));
        fixture.advance(Duration.ofDays(7).minusMillis(1));
        assertThat(fixture.describe(key).keyState()).isEqualTo("PendingDeletion");

        fixture.advance(Duration.ofMillis(1));

        refused("NotFoundException", "Key '" + arn(key) + "' does not exist", () -> fixture.describe(key));
        refused("AccessDeniedException", () -> fixture.decrypt(ciphertext));
        assertThat(kms.listKeys(ListKeysRequest.builder().build(), fixture.call())
                        .keys())
                .isEmpty();
        assertThat(kms.listAliases(ListAliasesRequest.builder().build(), fixture.call())
                        .aliases())
                .isEmpty();
    }

    @Test
    void aCancelledDeletionLeavesTheKeyDisabled() {
        String key = fixture.symmetricKey();
        kms.scheduleKeyDeletion(ScheduleKeyDeletionRequest.builder().keyId(key).build(), fixture.call());
        assertThat(fixture.describe(key).deletionDate())
                .isEqualTo(fixture.env.now().plus(Duration.ofDays(30)));

        kms.cancelKeyDeletion(CancelKeyDeletionRequest.builder().keyId(key).build(), fixture.call());

        assertThat(fixture.describe(key).keyState()).isEqualTo("Disabled");
        assertThat(fixture.describe(key).deletionDate()).isNull();
        fixture.advance(Duration.ofDays(60));
        kms.enableKey(EnableKeyRequest.builder().keyId(key).build(), fixture.call());
        assertThat(fixture.decrypt(fixture.encrypt(key))).isEqualTo(HELLO);
    }

    @Test
    void aWaitingPeriodHasSevenToThirtyDays() {
        String key = fixture.symmetricKey();
        for (int days : new int[] {6, 31}) {
            refused(
                    "ValidationException",
                    () -> kms.scheduleKeyDeletion(
                            ScheduleKeyDeletionRequest.builder()
                                    .keyId(key)
                                    .pendingWindowInDays(days)
                                    .build(),
                            fixture.call()));
        }
    }

    @Test
    void keysAreListedPageByPage() {
        List<String> made = IntStream.range(0, 25)
                .mapToObj(i -> fixture.symmetricKey())
                .sorted()
                .toList();
        List<String> listed = new ArrayList<>();
        String marker = null;
        do {
            var page = kms.listKeys(
                    ListKeysRequest.builder().limit(10).marker(marker).build(), fixture.call());
            page.keys().stream().map(KeyListEntry::keyId).forEach(listed::add);
            marker = page.nextMarker();
            assertThat(page.truncated()).isEqualTo(marker != null);
        } while (marker != null);

        assertThat(listed).isEqualTo(made);
        assertThat(kms.listKeys(ListKeysRequest.builder().build(), fixture.callIn("eu-west-1"))
                        .keys())
                .isEmpty();
        refused(
                "InvalidMarkerException",
                () -> kms.listKeys(ListKeysRequest.builder().marker("x").build(), fixture.call()));
    }

    @Test
    void tagsAreKeptReplacedAndRemoved() {
        String key = fixture.key(k -> k.tags(List.of(tag("a", "1")))).keyId();
        kms.tagResource(
                TagResourceRequest.builder()
                        .keyId(key)
                        .tags(List.of(tag("a", "2"), tag("b", "")))
                        .build(),
                fixture.call());
        assertThat(tags(key)).containsExactly(tag("a", "2"), tag("b", ""));
        kms.untagResource(
                UntagResourceRequest.builder()
                        .keyId(key)
                        .tagKeys(List.of("a", "none"))
                        .build(),
                fixture.call());
        assertThat(tags(key)).containsExactly(tag("b", ""));

        refused(
                "TagException",
                "Duplicate tag keys",
                () -> fixture.key(k -> k.tags(List.of(tag("a", "1"), tag("a", "2")))));
        refused(
                "TagException",
                "Tags beginning with aws: are reserved",
                () -> fixture.key(k -> k.tags(List.of(tag("AWS:a", "1")))));
        refused(
                "TagException",
                "Too many tags",
                () -> kms.tagResource(
                        TagResourceRequest.builder()
                                .keyId(key)
                                .tags(IntStream.range(0, 50)
                                        .mapToObj(i -> tag("t" + i, ""))
                                        .toList())
                                .build(),
                        fixture.call()));
    }

    private List<Tag> tags(String key) {
        return kms.listResourceTags(ListResourceTagsRequest.builder().keyId(key).build(), fixture.call())
                .tags();
    }

    private static Tag tag(String name, String value) {
        return Tag.builder().tagKey(name).tagValue(value).build();
    }

    @Test
    void aTagChoosesTheKeyId() {
        String id = "11111111-2222-3333-4444-555555555555";
        assertThat(fixture.key(k -> k.tags(List.of(tag("_custom_id_", id)))).keyId())
                .isEqualTo(id);
        refused("AlreadyExistsException", () -> fixture.key(k -> k.tags(List.of(tag("_custom_id_", id)))));
        assertThat(fixture.key(k -> k.tags(List.of(tag("floci:override-id", "mine"))))
                        .keyId())
                .isEqualTo("mine");
        assertThat(fixture.describe("mine").arn()).isEqualTo(arn("mine"));
    }

    @Test
    void aTagBringsKeyMaterialAndIsNotShown() {
        Blob material = Blob.of(new byte[32]);
        String id = "11111111-2222-3333-4444-555555555555";
        List<Tag> both = List.of(tag("_custom_id_", id), tag("_custom_key_material_", material.base64()));
        Blob ciphertext = fixture.encrypt(fixture.key(k -> k.tags(both)).keyId());
        assertThat(tags(id)).containsExactly(tag("_custom_id_", id));

        KmsFixture another = new KmsFixture();
        another.key(k -> k.tags(both));
        assertThat(another.decrypt(ciphertext)).isEqualTo(HELLO);
    }

    @Test
    void aTagBringsAPrivateKey() throws Exception {
        KeyMaterial.Pair pair = (KeyMaterial.Pair) new KeyGenerator().generate(KeySpec.ECC_NIST_P256);
        String key = fixture.key(k -> k.keySpec("ECC_NIST_P256")
                        .keyUsage("SIGN_VERIFY")
                        .tags(List.of(tag(
                                "_custom_key_material_", Blob.of(pair.secret()).base64()))))
                .keyId();
        assertThat(kms.getPublicKey(GetPublicKeyRequest.builder().keyId(key).build(), fixture.call())
                        .publicKey()
                        .bytes())
                .isEqualTo(pair.publicKey());
        refused(
                "ValidationException",
                () -> fixture.key(k -> k.keySpec("RSA_2048")
                        .keyUsage("SIGN_VERIFY")
                        .tags(List.of(tag(
                                "_custom_key_material_", Blob.of(pair.secret()).base64())))));
        refused(
                "ValidationException",
                () -> fixture.key(k -> k.tags(List.of(tag("_custom_key_material_", "not base64!")))));
    }

    @Test
    void theLastSuccessfulUseIsKnown() {
        String key = fixture.symmetricKey();
        assertThat(lastUsage(key).keyLastUsage()).isNull();
        assertThat(lastUsage(key).trackingStartDate())
                .isEqualTo(fixture.describe(key).creationDate());
        fixture.advance(Duration.ofHours(1));
        fixture.encrypt(key);
        fixture.advance(Duration.ofHours(1));
        kms.disableKey(DisableKeyRequest.builder().keyId(key).build(), fixture.call());
        refused("DisabledException", () -> fixture.encrypt(key));

        var usage = lastUsage(key).keyLastUsage();

        assertThat(usage.operation()).isEqualTo("Encrypt");
        assertThat(usage.timestamp()).isEqualTo(fixture.env.now().minus(Duration.ofHours(1)));
        assertThat(usage.kmsRequestId()).isNotBlank();
        assertThat(lastUsage(key).keyLastUsage().cloudTrailEventId()).isEqualTo(usage.cloudTrailEventId());
    }

    private io.pileus.kms.model.GetKeyLastUsageResponse lastUsage(String key) {
        return kms.getKeyLastUsage(GetKeyLastUsageRequest.builder().keyId(key).build(), fixture.call());
    }

    @Test
    void descriptionsChange() {
        String key = fixture.symmetricKey();
        kms.updateKeyDescription(
                UpdateKeyDescriptionRequest.builder()
                        .keyId(key)
                        .description("new")
                        .build(),
                fixture.call());
        assertThat(fixture.describe(key).description()).isEqualTo("new");
    }

    @Test
    void aSymmetricKeyHasNoPublicKey() {
        String key = fixture.symmetricKey();
        refused(
                "UnsupportedOperationException",
                () -> kms.getPublicKey(GetPublicKeyRequest.builder().keyId(key).build(), fixture.call()));
    }

    @Test
    void awsManagedKeysComeIntoBeingOnFirstUseAndCannotBeChanged() {
        KeyMetadata key = fixture.describe("alias/aws/sqs");
        assertThat(key.keyManager()).isEqualTo("AWS");
        assertThat(fixture.describe("alias/aws/sqs").keyId()).isEqualTo(key.keyId());
        assertThat(fixture.decrypt(fixture.encrypt("alias/aws/sqs"))).isEqualTo(HELLO);
        refused("NotFoundException", () -> fixture.describe("alias/aws/nothing"));
        refused(
                "AccessDeniedException",
                "User: arn:aws:iam::000000000000:root is not authorized to perform: kms:DisableKey on resource: "
                        + key.arn() + " because no resource-based policy allows the kms:DisableKey action",
                () -> kms.disableKey(
                        DisableKeyRequest.builder().keyId(key.keyId()).build(), fixture.call()));
    }
}
