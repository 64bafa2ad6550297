package io.pileus.server.state;

import io.pileus.core.service.Settings;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * When state is saved that has changed: so often, counted from one save to the next, and at the end or not.
 *
 * @param every empty for never
 * @param atTheEnd whether the last changes are saved when the server ends
 */
public record SaveStrategy(Optional<Duration> every, boolean atTheEnd) {
    /** Within a second of the change; nothing is lost at an orderly end. */
    public static final SaveStrategy STANDARD = new SaveStrategy(Optional.of(Duration.ofSeconds(1)), true);

    private static final Duration SOON = Duration.ofMillis(100);
    private static final int FLUSH_SECONDS = 15;

    /**
     * The strategy that SNAPSHOT_SAVE_STRATEGY and SNAPSHOT_FLUSH_INTERVAL (seconds, alone or with SCHEDULED) ask for, in the words that users of
     * LocalStack know.
     *
     * @throws IllegalArgumentException with words for the user
     * @see <a href="https://docs.localstack.cloud/aws/capabilities/state-management/persistence/">Persistence</a>
     */
    static SaveStrategy of(Settings settings) {
        int seconds = settings.number("SNAPSHOT_FLUSH_INTERVAL", 0);
        String name = settings.get("SNAPSHOT_SAVE_STRATEGY", seconds > 0 ? "SCHEDULED" : "");
        return switch (name.trim().toUpperCase(Locale.ROOT)) {
            case "" -> STANDARD;
            case "ON_REQUEST" -> new SaveStrategy(Optional.of(SOON), true);
            case "SCHEDULED" ->
                new SaveStrategy(Optional.of(Duration.ofSeconds(seconds > 0 ? seconds : FLUSH_SECONDS)), true);
            case "ON_SHUTDOWN" -> new SaveStrategy(Optional.empty(), true);
            case "MANUAL" -> new SaveStrategy(Optional.empty(), false);
            default ->
                throw new IllegalArgumentException("SNAPSHOT_SAVE_STRATEGY is ON_REQUEST, SCHEDULED, ON_SHUTDOWN or"
                        + " MANUAL, not '" + name + "'");
        };
    }
}
