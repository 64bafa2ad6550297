package io.pileus.firehose.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/**
 * Dates in UTC, as C writes and reads them. A broken-down time is an array: year, month from 0, day, hours, minutes, seconds, day of
 * the week from Sunday, day of the year from 0.
 */
final class Times {
    private static final double SECONDS_MAX = 253_402_300_800.0;

    private Times() {}

    static JsonNode gmtime(JsonNode input) {
        if (!input.isNumber()) {
            throw new JqException("gmtime() requires a number");
        }
        ZonedDateTime time = time(input.doubleValue());
        double fraction = input.doubleValue() - Math.floor(input.doubleValue());
        ArrayNode broken = brokenDown(time);
        broken.set(5, Values.of(time.getSecond() + fraction));
        return broken;
    }

    private static ZonedDateTime time(double seconds) {
        if (!(Math.abs(seconds) < SECONDS_MAX)) {
            throw new JqException("errror converting number of seconds since epoch to datetime");
        }
        return Instant.ofEpochSecond((long) Math.floor(seconds)).atZone(ZoneOffset.UTC);
    }

    private static ArrayNode brokenDown(ZonedDateTime time) {
        return Values.array()
                .add(time.getYear())
                .add(time.getMonthValue() - 1)
                .add(time.getDayOfMonth())
                .add(time.getHour())
                .add(time.getMinute())
                .add(time.getSecond())
                .add(time.getDayOfWeek().getValue() % 7)
                .add(time.getDayOfYear() - 1);
    }

    static JsonNode mktime(JsonNode input) {
        return Values.of(parsed(input, "mktime").toEpochSecond());
    }

    private static ZonedDateTime parsed(JsonNode input, String function) {
        if (!input.isArray() || input.size() < 6) {
            throw new JqException(function + " requires array of 6 numbers");
        }
        int[] parts = new int[6];
        for (int i = 0; i < parts.length; i++) {
            if (!input.get(i).isNumber()) {
                throw new JqException(function + " requires parsed datetime inputs");
            }
            parts[i] = input.get(i).intValue();
        }
        try {
            return LocalDateTime.of(parts[0], 1, 1, 0, 0)
                    .plusMonths(parts[1])
                    .plusDays(parts[2] - 1L)
                    .plusHours(parts[3])
                    .plusMinutes(parts[4])
                    .plusSeconds(parts[5])
                    .atZone(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new JqException("invalid gmtime representation");
        }
    }

    static JsonNode strftime(JsonNode input, JsonNode format, Meter meter) {
        if (!input.isNumber() && !input.isArray()) {
            throw new JqException("strftime/1 requires parsed datetime inputs");
        }
        if (!format.isTextual()) {
            throw new JqException("strftime/1 requires a string format");
        }
        ZonedDateTime time = input.isNumber() ? time(input.doubleValue()) : parsed(input, "strftime/1");
        StringBuilder text = new StringBuilder();
        String pattern = format.textValue();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '%' && i + 1 < pattern.length()) {
                text.append(written(pattern.charAt(++i), time));
            } else {
                text.append(c);
            }
            meter.step();
        }
        meter.text(text.length());
        return Values.of(text.toString());
    }

    private static String written(char directive, ZonedDateTime time) {
        return switch (directive) {
            case 'Y' -> Integer.toString(time.getYear());
            case 'C' -> pad(time.getYear() / 100, 2);
            case 'y' -> pad(time.getYear() % 100, 2);
            case 'G' -> Integer.toString(time.get(IsoFields.WEEK_BASED_YEAR));
            case 'g' -> pad(time.get(IsoFields.WEEK_BASED_YEAR) % 100, 2);
            case 'm' -> pad(time.getMonthValue(), 2);
            case 'd' -> pad(time.getDayOfMonth(), 2);
            case 'e' -> String.format(Locale.ROOT, "%2d", time.getDayOfMonth());
            case 'H' -> pad(time.getHour(), 2);
            case 'k' -> String.format(Locale.ROOT, "%2d", time.getHour());
            case 'I' -> pad(time.get(ChronoField.CLOCK_HOUR_OF_AMPM), 2);
            case 'l' -> String.format(Locale.ROOT, "%2d", time.get(ChronoField.CLOCK_HOUR_OF_AMPM));
            case 'M' -> pad(time.getMinute(), 2);
            case 'S' -> pad(time.getSecond(), 2);
            case 'p' -> time.getHour() < 12 ? "AM" : "PM";
            case 'P' -> time.getHour() < 12 ? "am" : "pm";
            case 'j' -> pad(time.getDayOfYear(), 3);
            case 'u' -> Integer.toString(time.getDayOfWeek().getValue());
            case 'w' -> Integer.toString(time.getDayOfWeek().getValue() % 7);
            case 'V' -> pad(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2);
            case 'U' -> pad((time.getDayOfYear() + 6 - time.getDayOfWeek().getValue() % 7) / 7, 2);
            case 'W' -> pad((time.getDayOfYear() + 6 - (time.getDayOfWeek().getValue() + 6) % 7) / 7, 2);
            case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'b', 'h' -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 's' -> Long.toString(time.toEpochSecond());
            case 'Z' -> "UTC";
            case 'z' -> "+0000";
            case 'F' -> written('Y', time) + "-" + written('m', time) + "-" + written('d', time);
            case 'T' -> written('R', time) + ":" + written('S', time);
            case 'R' -> written('H', time) + ":" + written('M', time);
            case 'D' -> written('m', time) + "/" + written('d', time) + "/" + written('y', time);
            case 'c' ->
                written('a', time) + " " + written('b', time) + " " + written('e', time) + " " + written('T', time)
                        + " " + written('Y', time);
            case 'x' -> written('D', time);
            case 'X' -> written('T', time);
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            default -> "%" + directive;
        };
    }

    private static String pad(int number, int digits) {
        String text = Integer.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    static JsonNode strptime(JsonNode input, JsonNode format) {
        if (!input.isTextual()) {
            throw new JqException("strptime/1 requires string inputs and arguments");
        }
        try {
            DateTimeFormatter formatter =
                    DateTimeFormatter.ofPattern(javaPattern(Builtins.text(format, "a format")), Locale.ENGLISH);
            var read = formatter.parse(input.textValue());
            LocalDateTime time = LocalDateTime.of(
                    read.isSupported(ChronoField.YEAR) ? read.get(ChronoField.YEAR) : 1900,
                    read.isSupported(ChronoField.MONTH_OF_YEAR) ? read.get(ChronoField.MONTH_OF_YEAR) : 1,
                    read.isSupported(ChronoField.DAY_OF_MONTH) ? read.get(ChronoField.DAY_OF_MONTH) : 1,
                    read.isSupported(ChronoField.HOUR_OF_DAY) ? read.get(ChronoField.HOUR_OF_DAY) : 0,
                    read.isSupported(ChronoField.MINUTE_OF_HOUR) ? read.get(ChronoField.MINUTE_OF_HOUR) : 0,
                    read.isSupported(ChronoField.SECOND_OF_MINUTE) ? read.get(ChronoField.SECOND_OF_MINUTE) : 0);
            return brokenDown(time.atZone(ZoneOffset.UTC));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new JqException("date \"" + Values.shortened(input.textValue()) + "\" does not match format \""
                    + Values.shortened(format.asText()) + "\"");
        }
    }

    private static String javaPattern(String format) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                pattern.append(c == '\'' ? "''" : "'" + c + "'");
                continue;
            }
            pattern.append(
                    switch (format.charAt(++i)) {
                        case 'Y' -> "uuuu";
                        case 'y' -> "uu";
                        case 'm' -> "MM";
                        case 'd' -> "dd";
                        case 'e' -> "d";
                        case 'H' -> "HH";
                        case 'M' -> "mm";
                        case 'S' -> "ss";
                        case 'j' -> "DDD";
                        case 'b', 'h' -> "MMM";
                        case 'B' -> "MMMM";
                        case 'a' -> "EEE";
                        case 'A' -> "EEEE";
                        case 'Z' -> "z";
                        case 'z' -> "xx";
                        case 'F' -> "uuuu'-'MM'-'dd";
                        case 'T' -> "HH':'mm':'ss";
                        case 'R' -> "HH':'mm";
                        case '%' -> "'%'";
                        default -> throw new IllegalArgumentException("no such directive");
                    });
        }
        return pattern.toString();
    }
}
