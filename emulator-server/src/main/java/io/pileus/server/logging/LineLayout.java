package io.pileus.server.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * One line an event: {@code 12:34:56.789 INFO  request sqs.SendMessage 400 ...}. What clients sent may stand in a message, so
 * line ends in it are shown as {@code \n} and cannot forge a line.
 */
final class LineLayout extends LayoutBase<ILoggingEvent> {
    private static final int TEXT_MAX = 4_000;

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        LocalTime time = LocalTime.ofInstant(Instant.ofEpochMilli(event.getTimeStamp()), Zone.SYSTEM);
        two(line, time.getHour()).append(':');
        two(line, time.getMinute()).append(':');
        two(line, time.getSecond()).append('.');
        int millis = time.getNano() / 1_000_000;
        line.append(millis < 100 ? "0" : "")
                .append(millis < 10 ? "0" : "")
                .append(millis)
                .append(' ');
        String level = event.getLevel().toString();
        line.append(level).append(level.length() < 5 ? "  " : " ");
        String logger = event.getLoggerName();
        line.append(logger, logger.lastIndexOf('.') + 1, logger.length()).append(' ');
        text(line, event.getFormattedMessage());
        line.append('\n');
        if (event.getThrowableProxy() != null) {
            line.append(ThrowableProxyUtil.asString(event.getThrowableProxy())).append('\n');
        }
        return line.toString();
    }

    private static StringBuilder two(StringBuilder line, int number) {
        return line.append(number < 10 ? "0" : "").append(number);
    }

    private static void text(StringBuilder line, String message) {
        int end = Math.min(message.length(), TEXT_MAX);
        for (int i = 0; i < end; i++) {
            char c = message.charAt(i);
            switch (c) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append(' ');
                default -> line.append(c < ' ' || c == 0x7f ? '?' : c);
            }
        }
        if (end < message.length()) {
            line.append("...");
        }
    }

    /** Found when the first line is written: to read the zones' rules takes longer than the rest of the set-up. */
    private static final class Zone {
        static final ZoneId SYSTEM = ZoneId.systemDefault();
    }
}
