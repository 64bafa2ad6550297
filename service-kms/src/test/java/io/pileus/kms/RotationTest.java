package io.pileus.kms;

import static io.pileus.kms.KmsFixture.HELLO;
import static io.pileus.kms.KmsFixture.arn;
import static io.pileus.kms.KmsFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.shape.Blob;
import io.pileus.kms.model.DisableKeyRequest;
import io.pileus.kms.model.DisableKeyRotationRequest;
import io.pileus.kms.model.EnableKeyRequest;
import io.pileus.kms.model.EnableKeyRotationRequest;
import io.pileus.kms.model.GetKeyRotationStatusRequest;
import io.pileus.kms.model.GetKeyRotationStatusResponse;
import io.pileus.kms.model.ListKeyRotationsRequest;
import io.pileus.kms.model.RotateKeyOnDemandRequest;
import io.pileus.kms.model.RotationsListEntry;
import io.pileus.kms.model.ScheduleKeyDeletionRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RotationTest {
    private final KmsFixture fixture = new KmsFixture();
    private final KmsService kms = fixture.kms;
    private final String key = fixture.symmetricKey();

    @Test
    void materialRotatesWhenItsPeriodIsOverAndNoEarlier() {
        Instant start = fixture.env.now();
        enable(90);
        assertThat(status().keyRotationEnabled()).isTrue();
        assertThat(status().rotationPeriodInDays()).isEqualTo(90);
        assertThat(status().nextRotationDate()).isEqualTo(start.plus(Duration.ofDays(90)));
        Blob ciphertext = fixture.encrypt(key);
        String first = fixture.describe(key).currentKeyMaterialId();

        fixture.advance(Duration.ofDays(90).minusMillis(1));
        assertThat(rotations(null)).isEmpty();
        fixture.advance(Duration.ofMillis(1));

        List<RotationsListEntry> rotations = rotations(null);
        assertThat(rotations).hasSize(1);
        assertThat(rotations.getFirst().rotationType()).isEqualTo("AUTOMATIC");
        assertThat(rotations.getFirst().rotationDate()).isEqualTo(start.plus(Duration.ofDays(90)));
        assertThat(rotations.getFirst().keyMaterialState()).isEqualTo("CURRENT");
        assertThat(fixture.describe(key).currentKeyMaterialId())
                .isEqualTo(rotations.getFirst().keyMaterialId())
                .isNotEqualTo(first);
        assertThat(fixture.decrypt(ciphertext)).isEqualTo(HELLO);
        assertThat(status().nextRotationDate()).isEqualTo(start.plus(Duration.ofDays(180)));
        assertThat(rotations("ALL_KEY_MATERIAL"))
                .extracting(RotationsListEntry::keyMaterialState)
                .containsExactly("NON_CURRENT", "CURRENT");
    }

    @Test
    void everyPeriodThatPassesUnseenCounts() {
        enable(100);
        fixture.advance(Duration.ofDays(1000));
        assertThat(rotations(null)).hasSize(10);
    }

    @Test
    void aDisabledKeyRotatesOnlyWhenItIsEnabledAgain() {
        enable(90);
        kms.disableKey(DisableKeyRequest.builder().keyId(key).build(), fixture.call());
        fixture.advance(Duration.ofDays(200));
        assertThat(rotations(null)).isEmpty();
        kms.enableKey(EnableKeyRequest.builder().keyId(key).build(), fixture.call());

        assertThat(rotations(null))
                .singleElement()
                .extracting(RotationsListEntry::rotationDate)
                .isEqualTo(fixture.env.now());
        assertThat(status().nextRotationDate()).isEqualTo(fixture.env.now().plus(Duration.ofDays(90)));
    }

    @Test
    void rotationIsNotShownWhileTheKeyAwaitsItsDeletion() {
        enable(90);
        kms.scheduleKeyDeletion(ScheduleKeyDeletionRequest.builder().keyId(key).build(), fixture.call());
        assertThat(status().keyRotationEnabled()).isFalse();
        assertThat(status().nextRotationDate()).isNull();
    }

    @Test
    void aRotationOnDemandLeavesTheScheduleAlone() {
        enable(365);
        Instant next = status().nextRotationDate();
        fixture.advance(Duration.ofDays(10));

        rotate();

        assertThat(status().nextRotationDate()).isEqualTo(next);
        assertThat(rotations(null)).extracting(RotationsListEntry::rotationType).containsExactly("ON_DEMAND");
    }

    @Test
    void twentyFiveRotationsOnDemandAreAllowed() {
        for (int i = 0; i < 25; i++) {
            rotate();
        }
        refused(
                "LimitExceededException",
                "The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be "
                        + "performed for this key: " + arn(key),
                this::rotate);
        List<String> ids = new ArrayList<>();
        String marker = null;
        do {
            var page = kms.listKeyRotations(
                    ListKeyRotationsRequest.builder()
                            .keyId(key)
                            .limit(10)
                            .marker(marker)
                            .build(),
                    fixture.call());
            page.rotations().forEach(r -> ids.add(r.keyMaterialId()));
            marker = page.nextMarker();
        } while (marker != null);
        assertThat(ids).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void anAutomaticRotationThatIsCloseForbidsOneOnDemand() {
        enable(90);
        fixture.advance(Duration.ofDays(90).minusMinutes(20));
        refused("ConflictException", this::rotate);
    }

    @Test
    void disablingEndsTheSchedule() {
        enable(90);
        kms.disableKeyRotation(DisableKeyRotationRequest.builder().keyId(key).build(), fixture.call());
        fixture.advance(Duration.ofDays(100));
        assertThat(status().keyRotationEnabled()).isFalse();
        assertThat(rotations(null)).isEmpty();
    }

    @Test
    void onlySymmetricEncryptionKeysRotate() {
        String hmac = fixture.key("HMAC_256", "GENERATE_VERIFY_MAC").keyId();
        refused(
                "UnsupportedOperationException",
                () -> kms.enableKeyRotation(
                        EnableKeyRotationRequest.builder().keyId(hmac).build(), fixture.call()));
        refused(
                "UnsupportedOperationException",
                () -> kms.rotateKeyOnDemand(
                        RotateKeyOnDemandRequest.builder().keyId(hmac).build(), fixture.call()));
        var status = kms.getKeyRotationStatus(
                GetKeyRotationStatusRequest.builder().keyId(hmac).build(), fixture.call());
        assertThat(status.keyRotationEnabled()).isFalse();
    }

    @Test
    void awsManagedKeysRotateEveryYear() {
        String managed = fixture.describe("alias/aws/sns").keyId();
        var status = kms.getKeyRotationStatus(
                GetKeyRotationStatusRequest.builder().keyId(managed).build(), fixture.call());
        assertThat(status.keyRotationEnabled()).isTrue();
        assertThat(status.rotationPeriodInDays()).isEqualTo(365);
    }

    private void enable(int days) {
        kms.enableKeyRotation(
                EnableKeyRotationRequest.builder()
                        .keyId(key)
                        .rotationPeriodInDays(days)
                        .build(),
                fixture.call());
    }

    private void rotate() {
        kms.rotateKeyOnDemand(RotateKeyOnDemandRequest.builder().keyId(key).build(), fixture.call());
    }

    private GetKeyRotationStatusResponse status() {
        return kms.getKeyRotationStatus(
                GetKeyRotationStatusRequest.builder().keyId(key).build(), fixture.call());
    }

    private List<RotationsListEntry> rotations(@Nullable String include) {
        return kms.listKeyRotations(
                        ListKeyRotationsRequest.builder()
                                .keyId(key)
                                .includeKeyMaterial(include)
                                .build(),
                        fixture.call())
                .rotations();
    }
}
