package io.pileus.core.protocol;

import io.pileus.core.shape.MalformedInputException;
import io.pileus.core.shape.Member;
import io.pileus.core.shape.Member.TimestampFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Timestamps as the wire has them; AWS carries no more than milliseconds. */
final class Timestamps {
    /** The first second of the year 0001 and the last of the year 9999: what an ISO 8601 date can say. */
    private static final long SECONDS_MIN = -62_135_596_800L;

    private static final long SECONDS_MAX = 253_402_300_799L;

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter HTTP_DATE_FRACTION = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss.SSS 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DATE_TIME_MILLIS = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private Timestamps() {}

    static TimestampFormat formatOf(Member member, TimestampFormat otherwise) {
        TimestampFormat format = member.timestampFormat();
        return format == TimestampFormat.UNSPECIFIED ? otherwise : format;
    }

    // ---- reading ------------------------------------------------------------------------------------------------

    static Instant ofEpochSecond(long seconds) {
        if (seconds < SECONDS_MIN || seconds > SECONDS_MAX) {
            throw new MalformedInputException("A timestamp is out of range");
        }
        return Instant.ofEpochSecond(seconds);
    }

    static Instant ofEpochSecond(BigDecimal seconds) {
        if (seconds.precision() - (long) seconds.scale() > 15 || seconds.scale() > 400) {
            throw new MalformedInputException("A timestamp is out of range");
        }
        BigDecimal rounded = seconds.setScale(9, RoundingMode.FLOOR);
        BigInteger[] parts = rounded.unscaledValue().divideAndRemainder(BigInteger.valueOf(1_000_000_000));
        return ofEpochSecond(parts[0].longValueExact()).plusNanos(parts[1].longValueExact());
    }

    static Instant ofEpochMilli(long millis) {
        ofEpochSecond(Math.floorDiv(millis, 1000L));
        return Instant.ofEpochMilli(millis);
    }

    /** A timestamp in exactly this format. */
    static Instant parse(String text, TimestampFormat format) {
        try {
            return switch (format) {
                case EPOCH_SECONDS -> ofEpochText(text);
                case HTTP_DATE -> httpDate(text);
                case DATE_TIME, UNSPECIFIED -> utcDateTime(text);
            };
        } catch (DateTimeException | NumberFormatException e) {
            throw new MalformedInputException("\"" + text + "\" is no valid timestamp");
        }
    }

    /** A timestamp in whatever format it comes. */
    static Instant parseAny(String text) {
        if (text.isEmpty()) {
            throw new MalformedInputException("\"\" is no valid timestamp");
        }
        if (Character.isLetter(text.charAt(0))) {
            return parse(text, TimestampFormat.HTTP_DATE);
        }
        try {
            return text.indexOf('T') > 0 ? dateTime(text) : parse(text, TimestampFormat.EPOCH_SECONDS);
        } catch (DateTimeException e) {
            throw Scalars.notA("a Timestamp", text);
        }
    }

    private static Instant ofEpochText(String text) {
        return ofEpochSecond(Scalars.bigDecimal(text));
    }

    private static Instant httpDate(String text) {
        return text.indexOf('.') > 0
                ? Instant.from(HTTP_DATE_FRACTION.parse(padMillis(text)))
                : Instant.from(HTTP_DATE.parse(text));
    }

    /** Fractions come with one to three digits. */
    private static String padMillis(String text) {
        int dot = text.indexOf('.');
        int end = dot + 1;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        String fraction = (text.substring(dot + 1, end) + "000").substring(0, 3);
        return text.substring(0, dot + 1) + fraction + text.substring(end);
    }

    /** As Smithy has it: seconds are there, and the offset is Z. */
    private static Instant utcDateTime(String text) {
        if (text.length() < 20 || text.charAt(10) != 'T' || text.charAt(16) != ':' || !text.endsWith("Z")) {
            throw Scalars.notA("a Timestamp", text);
        }
        return dateTime(text);
    }

    private static Instant dateTime(String text) {
        Instant instant = Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text));
        ofEpochSecond(instant.getEpochSecond());
        return instant;
    }

    // ---- writing ------------------------------------------------------------------------------------------------

    static String format(Instant instant, TimestampFormat format) {
        return switch (format) {
            case EPOCH_SECONDS -> epochText(instant);
            // Fractions are read, but never written: AWS shows whole seconds, and its SDK for Java reads no others.
            case HTTP_DATE -> HTTP_DATE.format(instant);
            case DATE_TIME, UNSPECIFIED ->
                instant.truncatedTo(ChronoUnit.MILLIS).toString();
        };
    }

    /** ISO 8601 that always shows milliseconds, as S3 does. */
    static String dateTimeMillis(Instant instant) {
        return DATE_TIME_MILLIS.format(instant);
    }

    static String epochText(Instant instant) {
        long millis = instant.toEpochMilli();
        if (millis % 1000 == 0) {
            return Long.toString(millis / 1000);
        }
        if (millis < 0) {
            return BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString();
        }
        int fraction = (int) (millis % 1000);
        int digits = 3;
        for (; fraction % 10 == 0; fraction /= 10) {
            digits--;
        }
        return millis / 1000 + "."
                + "00".substring(0, digits - Integer.toString(fraction).length()) + fraction;
    }
}
