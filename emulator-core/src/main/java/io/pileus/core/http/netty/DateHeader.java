package io.pileus.core.http.netty;

import io.pileus.core.time.EmulatorClock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The value of the {@code Date} header by the emulator's clock, formatted once a second. */
final class DateHeader {
    private final EmulatorClock clock;
    private volatile Formatted latest = new Formatted(Long.MIN_VALUE, "");

    private record Formatted(long epochSecond, String text) {}

    DateHeader(EmulatorClock clock) {
        this.clock = clock;
    }

    String now() {
        Instant now = clock.instant();
        Formatted formatted = latest;
        if (formatted.epochSecond != now.getEpochSecond()) {
            String text = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
            // RFC 1123 lets the day have one digit, RFC 9110 wants two.
            formatted = new Formatted(
                    now.getEpochSecond(),
                    text.charAt(6) == ' ' ? text.substring(0, 5) + "0" + text.substring(5) : text);
            latest = formatted;
        }
        return formatted.text;
    }
}
