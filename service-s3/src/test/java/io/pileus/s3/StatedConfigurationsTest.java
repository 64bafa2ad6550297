package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.s3.model.IntelligentTieringConfiguration;
import io.pileus.s3.model.PutBucketIntelligentTieringConfigurationRequest;
import io.pileus.s3.model.Tiering;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Configurations without effect are checked all the same. */
class StatedConfigurationsTest {
    private final S3Fixture s3 = new S3Fixture();

    private void tier(String tier, int days) {
        s3.s3.putBucketIntelligentTieringConfiguration(
                PutBucketIntelligentTieringConfigurationRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .id("archive")
                        .intelligentTieringConfiguration(IntelligentTieringConfiguration.builder()
                                .id("archive")
                                .status("Enabled")
                                .tierings(List.of(Tiering.builder()
                                        .accessTier(tier)
                                        .days(days)
                                        .build()))
                                .build())
                        .build(),
                s3.call());
    }

    @Test
    void anArchiveTierTakesWhatWasNotReadForMonths() {
        assertThatThrownBy(() -> tier("ARCHIVE_ACCESS", 89))
                .hasMessage("Days specified in ARCHIVE_ACCESS tier should not be less than 90.");
        assertThatThrownBy(() -> tier("DEEP_ARCHIVE_ACCESS", 179))
                .hasMessage("Days specified in DEEP_ARCHIVE_ACCESS tier should not be less than 180.");
        assertThatThrownBy(() -> tier("ARCHIVE_ACCESS", 731)).hasMessageContaining("730");
        assertThatCode(() -> tier("DEEP_ARCHIVE_ACCESS", 180)).doesNotThrowAnyException();
    }
}
