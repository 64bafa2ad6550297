package io.pileus.server.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.service.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SaveStrategyTest {
    private static SaveStrategy of(String... namesAndValues) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return SaveStrategy.of(new Settings(settings));
    }

    @Test
    void eachNameMeansWhatUsersOfLocalStackKnow() {
        assertThat(of()).isEqualTo(new SaveStrategy(Optional.of(Duration.ofSeconds(1)), true));
        assertThat(of("SNAPSHOT_SAVE_STRATEGY", "on_request").every()).contains(Duration.ofMillis(100));
        assertThat(of("SNAPSHOT_SAVE_STRATEGY", "SCHEDULED").every()).contains(Duration.ofSeconds(15));
        assertThat(of("SNAPSHOT_SAVE_STRATEGY", "SCHEDULED", "SNAPSHOT_FLUSH_INTERVAL", "5")
                        .every())
                .contains(Duration.ofSeconds(5));
        assertThat(of("SNAPSHOT_FLUSH_INTERVAL", "30").every()).contains(Duration.ofSeconds(30));
        assertThat(of("SNAPSHOT_SAVE_STRATEGY", "ON_SHUTDOWN")).isEqualTo(new SaveStrategy(Optional.empty(), true));
        assertThat(of("SNAPSHOT_SAVE_STRATEGY", "MANUAL")).isEqualTo(new SaveStrategy(Optional.empty(), false));
    }
}
