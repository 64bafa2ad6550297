package io.pileus.server.control;

import java.time.Duration;
import java.time.format.DateTimeParseException;

/** Durations as people write them: {@code PT15M}, {@code 15m}, {@code 1h30m}, {@code 500ms}, {@code 90}. */
final class Durations {
    private static final Duration MAX = Duration.ofDays(365_000);

    private Durations() {}

    /** @throws Json.BadRequest when it is none, is negative, or is longer than a thousand years */
    static Duration parse(String text) {
        try {
            Duration duration = text.startsWith("P") || text.startsWith("p") ? Duration.parse(text) : byUnits(text);
            if (!duration.isNegative() && duration.compareTo(MAX) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
            // falls through
        }
        throw new Json.BadRequest("not a duration: '" + text + "'; write such as 15m, 1h30m, 500ms or PT15M");
    }

    private static Duration byUnits(String text) {
        Duration total = Duration.ZERO;
        int at = 0;
        if (text.isEmpty()) {
            throw new NumberFormatException();
        }
        while (at < text.length()) {
            int digits = at;
            while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
                digits++;
            }
            int unit = digits;
            while (unit < text.length() && !Character.isDigit(text.charAt(unit))) {
                unit++;
            }
            long number = Long.parseLong(text.substring(at, digits));
            total = total.plus(
                    switch (text.substring(digits, unit).trim()) {
                        case "ms" -> Duration.ofMillis(number);
                        case "s", "" -> Duration.ofSeconds(number);
                        case "m" -> Duration.ofMinutes(number);
                        case "h" -> Duration.ofHours(number);
                        case "d" -> Duration.ofDays(number);
                        default -> throw new NumberFormatException();
                    });
            at = unit;
        }
        return total;
    }
}
