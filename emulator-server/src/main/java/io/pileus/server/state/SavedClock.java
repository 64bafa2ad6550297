package io.pileus.server.state;

import io.pileus.core.time.Activity;
import io.pileus.core.time.EmulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How the emulator's time went when state was saved.
 *
 * @param now the time it was
 * @param ahead how far real time was ahead of the machine's
 */
public record SavedClock(EmulatedTime.Mode mode, Instant now, Duration ahead, double scale) {

    static SavedClock of(EmulatedTime time) {
        return new SavedClock(time.mode(), time.instant(), time.ahead(), time.scale());
    }

    /** Empty when the names do not tell. */
    static Optional<SavedClock> of(Map<String, String> names) {
        String mode = names.get("clock.mode");
        return mode == null
                ? Optional.empty()
                : Optional.of(new SavedClock(
                        EmulatedTime.Mode.valueOf(mode),
                        Instant.parse(names.getOrDefault("clock.now", "")),
                        Duration.parse(names.getOrDefault("clock.ahead", "PT0S")),
                        Double.parseDouble(names.getOrDefault("clock.scale", "1"))));
    }

    Map<String, String> names() {
        return Map.of(
                "clock.mode",
                mode.name(),
                "clock.now",
                now.toString(),
                "clock.ahead",
                ahead.toString(),
                "clock.scale",
                Double.toString(scale));
    }

    /** Whether time went on from the other one by itself. */
    boolean isCourseOf(SavedClock other) {
        boolean moved = mode == EmulatedTime.Mode.MANUAL && !now.equals(other.now);
        return !moved && mode == other.mode && ahead.equals(other.ahead) && scale == other.scale;
    }

    /**
     * Time that goes on: a real one as far ahead of the machine's as it was, so that the time while the server was down has
     * passed; the others from the instant they had.
     */
    public EmulatedTime begin(Activity activity) {
        if (mode == EmulatedTime.Mode.MANUAL) {
            return EmulatedTime.manual(now, activity);
        }
        EmulatedTime time = EmulatedTime.real(activity);
        if (mode == EmulatedTime.Mode.SCALED) {
            time.scale(scale);
            time.setTo(now);
        } else if (!ahead.isZero()) {
            time.setTo(time.instant().plus(ahead));
        }
        return time;
    }
}
