package io.pileus.kms;

import static io.pileus.kms.KmsFixture.HELLO;
import static io.pileus.kms.KmsFixture.arn;
import static io.pileus.kms.KmsFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.identity.Region;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.ResetScope;
import io.pileus.core.shape.Blob;
import io.pileus.kms.model.CancelKeyDeletionRequest;
import io.pileus.kms.model.CreateKeyRequest;
import io.pileus.kms.model.EnableKeyRotationRequest;
import io.pileus.kms.model.GetKeyRotationStatusRequest;
import io.pileus.kms.model.MultiRegionKey;
import io.pileus.kms.model.ReplicateKeyRequest;
import io.pileus.kms.model.RotateKeyOnDemandRequest;
import io.pileus.kms.model.ScheduleKeyDeletionRequest;
import io.pileus.kms.model.Tag;
import io.pileus.kms.model.UpdatePrimaryRegionRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MultiRegionTest {
    private static final String THERE = "eu-west-1";

    private final KmsFixture fixture = new KmsFixture();
    private final KmsService kms = fixture.kms;
    private final String key = fixture.key(k -> k.multiRegion(true)).keyId();

    private CallContext here() {
        return fixture.call();
    }

    private CallContext there() {
        return fixture.callIn(THERE);
    }

    @Test
    void relativesShareIdAndMaterialAndDecryptEachOthersCiphertexts() {
        assertThat(key).matches("mrk-[0-9a-f]{32}");
        replicate(THERE);

        var replica = fixture.describe(key, there());
        assertThat(replica.arn()).isEqualTo(arn(key, THERE));
        assertThat(replica.multiRegionConfiguration().multiRegionKeyType()).isEqualTo("REPLICA");
        assertThat(replica.multiRegionConfiguration().primaryKey())
                .isEqualTo(MultiRegionKey.builder()
                        .arn(arn(key))
                        .region("us-east-1")
                        .build());
        assertThat(fixture.describe(key).multiRegionConfiguration().replicaKeys())
                .extracting(MultiRegionKey::region)
                .containsExactly(THERE);
        assertThat(replica.currentKeyMaterialId())
                .isEqualTo(fixture.describe(key).currentKeyMaterialId());
        Blob ciphertext = fixture.encrypt(key, HELLO, Map.of("a", "1"));
        assertThat(fixture.decrypt(ciphertext, Map.of("a", "1"), there())).isEqualTo(HELLO);
    }

    @Test
    void rotationIsThePrimarysAndReachesTheReplicas() {
        replicate(THERE);
        refused(
                "UnsupportedOperationException",
                () -> kms.enableKeyRotation(
                        EnableKeyRotationRequest.builder().keyId(key).build(), there()));
        kms.enableKeyRotation(EnableKeyRotationRequest.builder().keyId(key).build(), here());
        assertThat(kms.getKeyRotationStatus(
                                GetKeyRotationStatusRequest.builder().keyId(key).build(), there())
                        .keyRotationEnabled())
                .isTrue();
        kms.rotateKeyOnDemand(RotateKeyOnDemandRequest.builder().keyId(key).build(), here());
        assertThat(fixture.decrypt(fixture.encrypt(key), Map.of(), there())).isEqualTo(HELLO);
    }

    @Test
    void onlyPrimaryMultiRegionKeysAreReplicatedAndOncePerRegion() {
        replicate(THERE);
        refused("AlreadyExistsException", () -> replicate(THERE));
        refused("AlreadyExistsException", () -> replicate("us-east-1"));
        refused("ValidationException", () -> replicate("cn-north-1"));
        refused(
                "UnsupportedOperationException",
                () -> kms.replicateKey(
                        ReplicateKeyRequest.builder()
                                .keyId(key)
                                .replicaRegion("ap-southeast-2")
                                .build(),
                        there()));
        String single = fixture.symmetricKey();
        refused(
                "UnsupportedOperationException",
                () -> kms.replicateKey(
                        ReplicateKeyRequest.builder()
                                .keyId(single)
                                .replicaRegion(THERE)
                                .build(),
                        here()));
    }

    @Test
    void anUnrelatedKeyOfTheSameIdPreventsAReplica() {
        List<Tag> id =
                List.of(Tag.builder().tagKey("_custom_id_").tagValue("mine").build());
        kms.createKey(CreateKeyRequest.builder().tags(id).build(), there());
        kms.createKey(CreateKeyRequest.builder().tags(id).multiRegion(true).build(), here());
        refused(
                "AlreadyExistsException",
                () -> kms.replicateKey(
                        ReplicateKeyRequest.builder()
                                .keyId("mine")
                                .replicaRegion(THERE)
                                .build(),
                        here()));
        assertThat(fixture.describe("mine").multiRegionConfiguration().replicaKeys())
                .isEmpty();
    }

    @Test
    void aReplicaBecomesThePrimary() {
        replicate(THERE);
        refused("NotFoundException", () -> updatePrimary("ap-southeast-2", here()));
        updatePrimary(THERE, here());

        assertThat(fixture.describe(key).multiRegionConfiguration().multiRegionKeyType())
                .isEqualTo("REPLICA");
        assertThat(fixture.describe(key, there()).multiRegionConfiguration().multiRegionKeyType())
                .isEqualTo("PRIMARY");
        refused("UnsupportedOperationException", () -> updatePrimary(THERE, here()));
        updatePrimary("us-east-1", there());
        assertThat(fixture.describe(key).multiRegionConfiguration().multiRegionKeyType())
                .isEqualTo("PRIMARY");
    }

    @Test
    void aPrimaryIsDeletedAWaitingPeriodAfterItsLastReplica() {
        replicate(THERE);
        var scheduled = kms.scheduleKeyDeletion(
                ScheduleKeyDeletionRequest.builder()
                        .keyId(key)
                        .pendingWindowInDays(10)
                        .build(),
                here());
        assertThat(scheduled.keyState()).isEqualTo("PendingReplicaDeletion");
        assertThat(scheduled.deletionDate()).isNull();
        assertThat(fixture.describe(key).pendingDeletionWindowInDays()).isEqualTo(10);
        fixture.advance(Duration.ofDays(50));
        assertThat(fixture.describe(key).keyState()).isEqualTo("PendingReplicaDeletion");

        kms.scheduleKeyDeletion(
                ScheduleKeyDeletionRequest.builder()
                        .keyId(key)
                        .pendingWindowInDays(7)
                        .build(),
                there());
        fixture.advance(Duration.ofDays(8));

        refused("NotFoundException", () -> fixture.describe(key, there()));
        assertThat(fixture.describe(key).keyState()).isEqualTo("PendingDeletion");
        assertThat(fixture.describe(key).deletionDate())
                .isEqualTo(fixture.env.now().minus(Duration.ofDays(1)).plus(Duration.ofDays(10)));
        kms.cancelKeyDeletion(CancelKeyDeletionRequest.builder().keyId(key).build(), here());
        assertThat(fixture.describe(key).keyState()).isEqualTo("Disabled");
    }

    @Test
    void bothAreGoneWhenAllTimeHasPassedUnseen() {
        replicate(THERE);
        for (CallContext call : new CallContext[] {here(), there()}) {
            kms.scheduleKeyDeletion(
                    ScheduleKeyDeletionRequest.builder()
                            .keyId(key)
                            .pendingWindowInDays(7)
                            .build(),
                    call);
        }
        fixture.advance(Duration.ofDays(14));
        refused("NotFoundException", () -> fixture.describe(key));
        refused("NotFoundException", () -> fixture.describe(key, there()));
    }

    @Test
    void keysAreCreatingAndUpdatingForATimeIfAskedTo() {
        KmsFixture slow = new KmsFixture("KMS_TRANSITION_SECONDS", "5");
        String id = slow.key(k -> k.multiRegion(true)).keyId();
        slow.kms.replicateKey(
                ReplicateKeyRequest.builder().keyId(id).replicaRegion(THERE).build(), slow.call());
        assertThat(slow.describe(id, slow.callIn(THERE)).keyState()).isEqualTo("Creating");
        slow.advance(Duration.ofSeconds(5));
        assertThat(slow.describe(id, slow.callIn(THERE)).keyState()).isEqualTo("Enabled");
    }

    @Test
    void aResetRegionLeavesTheOthersWhole() {
        replicate(THERE);
        kms.reset(new ResetScope(Optional.empty(), Optional.of(Region.US_EAST_1)));
        refused("NotFoundException", () -> fixture.describe(key));
        assertThat(fixture.describe(key, there()).multiRegionConfiguration().multiRegionKeyType())
                .isEqualTo("PRIMARY");
        kms.reset(ResetScope.EVERYTHING);
        refused("NotFoundException", () -> fixture.describe(key, there()));
    }

    private void replicate(String region) {
        kms.replicateKey(
                ReplicateKeyRequest.builder().keyId(key).replicaRegion(region).build(), here());
    }

    private void updatePrimary(String region, CallContext call) {
        kms.updatePrimaryRegion(
                UpdatePrimaryRegionRequest.builder()
                        .keyId(key)
                        .primaryRegion(region)
                        .build(),
                call);
    }
}
