package io.pileus.server;

import io.pileus.core.time.Activity;
import io.pileus.core.time.EmulatedTime;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * How time begins.
 *
 * @param scale the factor in scaled mode; otherwise 1
 * @param start the instant to begin at; empty for the machine's
 */
public record ClockSetting(EmulatedTime.Mode mode, double scale, Optional<Instant> start) {
    public static final ClockSetting REAL = new ClockSetting(EmulatedTime.Mode.REAL, 1, Optional.empty());
    public static final ClockSetting MANUAL = new ClockSetting(EmulatedTime.Mode.MANUAL, 1, Optional.empty());

    /**
     * Understands {@code real}, {@code manual}, {@code manual:2026-01-01T00:00:00Z} and {@code scaled:60}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static ClockSetting parse(String text) {
        int colon = text.indexOf(':');
        String mode = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        try {
            return switch (mode) {
                case "real" -> requireNothing(value, REAL);
                case "manual" ->
                    value.isEmpty()
                            ? MANUAL
                            : new ClockSetting(EmulatedTime.Mode.MANUAL, 1, Optional.of(Instant.parse(value)));
                case "scaled" ->
                    new ClockSetting(EmulatedTime.Mode.SCALED, Double.parseDouble(value), Optional.empty());
                default -> throw new IllegalArgumentException();
            };
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "a clock is 'real', 'manual', 'manual:INSTANT' or 'scaled:FACTOR', not '" + text + "'", e);
        }
    }

    private static ClockSetting requireNothing(String value, ClockSetting setting) {
        if (!value.isEmpty()) {
            throw new IllegalArgumentException();
        }
        return setting;
    }

    EmulatedTime begin(Activity activity) {
        EmulatedTime real = EmulatedTime.real(activity);
        return switch (mode) {
            case REAL -> real;
            case SCALED -> {
                real.scale(scale);
                yield real;
            }
            case MANUAL -> EmulatedTime.manual(start.orElseGet(real::instant), activity);
        };
    }
}
