package io.pileus.s3;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * User metadata in headers: what is not ASCII goes as encoded words of mail (RFC 2047), which are decoded when they come in.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html">User-defined metadata</a>
 */
final class MailWords {
    private static final Pattern WORD = Pattern.compile("=\\?([\\w.:-]{1,40})\\?([BbQq])\\?([^?\\s]*)\\?=");

    /** What stands between two words belongs to neither. */
    private static final Pattern BETWEEN = Pattern.compile("(?<=\\?=)\\s+(?==\\?[\\w.:-]{1,40}\\?[BbQq]\\?)");

    /** A word has 75 characters at most, of which {@code =?UTF-8?Q?} and {@code ?=} take twelve. */
    private static final int TEXT_LENGTH_MAX = 63;

    private MailWords() {}

    static String decode(String header) {
        if (!header.contains("=?")) {
            return header;
        }
        try {
            String decoded = WORD.matcher(BETWEEN.matcher(header).replaceAll(""))
                    .replaceAll(word -> Matcher.quoteReplacement(decode(word.group(1), word.group(2), word.group(3))));
            return decoded.chars().anyMatch(Character::isISOControl) ? header : decoded;
        } catch (IllegalArgumentException e) {
            return header; // not the words they look like
        }
    }

    private static String decode(String charset, String encoding, String text) {
        byte[] bytes = encoding.equalsIgnoreCase("B") ? Base64.getDecoder().decode(text) : unquoted(text);
        try {
            return Charset.forName(charset)
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static byte[] unquoted(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '=') {
                if (i + 3 > text.length()) {
                    throw new IllegalArgumentException(text);
                }
                bytes.put((byte) HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                bytes.put((byte) (c == '_' ? ' ' : c));
            }
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    static Map<String, String> encode(Map<String, String> metadata) {
        if (metadata.values().stream().allMatch(MailWords::isAscii)) {
            return metadata;
        }
        Map<String, String> encoded = new TreeMap<>(metadata);
        encoded.replaceAll((name, value) -> encode(value));
        return encoded;
    }

    /** Quoted where most is ASCII, which stays readable so; in Base64 where it is not, which is shorter. */
    static String encode(String value) {
        if (isAscii(value)) {
            return value;
        }
        long ascii = value.chars().filter(MailWords::isAscii).count();
        return encode(value, ascii > value.length() - ascii);
    }

    private static String encode(String value, boolean quoted) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        String text = quoted ? quoted(bytes) : Base64.getEncoder().encodeToString(bytes);
        if (text.length() > TEXT_LENGTH_MAX && value.codePointCount(0, value.length()) > 1) {
            int middle = value.offsetByCodePoints(0, value.codePointCount(0, value.length()) / 2);
            return encode(value.substring(0, middle), quoted) + " " + encode(value.substring(middle), quoted);
        }
        return "=?UTF-8?" + (quoted ? "Q" : "B") + "?" + text + "?=";
    }

    private static String quoted(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            if (b == ' ') {
                text.append('_');
            } else if (isAscii(b) && "=_?".indexOf(b) < 0) {
                text.append((char) b);
            } else {
                text.append('=').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return text.toString();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(MailWords::isAscii);
    }

    private static boolean isAscii(int c) {
        return c >= ' ' && c < 0x7F || c == '\t';
    }
}
