package io.pileus.cognito.idp.crypto;

import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Time-based one-time passwords as authenticator apps make them: 6 digits of HMAC-SHA-1 over steps of 30 seconds. One
 * step of drift to either side is accepted, and no step twice.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6238">RFC 6238</a>
 */
public final class Totp {
    /** The length of a step in seconds. */
    public static final int STEP_SECONDS = 30;

    private static final int DRIFT_STEPS = 1;
    private static final int DIGITS = 6;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Totp() {}

    /**
     * The step that the code belongs to.
     *
     * @param secret the shared secret in base 32
     * @param lastStep the step of the last code that was accepted; neither it nor an earlier one is accepted again
     * @return empty when the code is of no acceptable step
     */
    public static OptionalLong verify(String secret, String code, Instant now, long lastStep) {
        byte[] key = decodeBase32(secret);
        long current = Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
        for (long step = current - DRIFT_STEPS; step <= current + DRIFT_STEPS; step++) {
            if (step > lastStep && Digests.equal(code(key, step), code)) {
                return OptionalLong.of(step);
            }
        }
        return OptionalLong.empty();
    }

    /** The code that an authenticator shows at an instant. */
    public static String codeAt(String secret, Instant instant) {
        return code(decodeBase32(secret), Math.floorDiv(instant.getEpochSecond(), STEP_SECONDS));
    }

    private static String code(byte[] key, long step) {
        byte[] counter = new byte[8];
        for (int i = 0; i < 8; i++) {
            counter[i] = (byte) (step >>> (56 - 8 * i));
        }
        byte[] mac = Digests.hmac("HmacSHA1", key, counter);
        int offset = mac[mac.length - 1] & 0xf;
        int number = (mac[offset] & 0x7f) << 24
                | (mac[offset + 1] & 0xff) << 16
                | (mac[offset + 2] & 0xff) << 8
                | (mac[offset + 3] & 0xff);
        String digits = Integer.toString(number % 1_000_000);
        return "0".repeat(DIGITS - digits.length()) + digits;
    }

    public static String encodeBase32(byte[] bytes) {
        StringBuilder text = new StringBuilder((bytes.length * 8 + 4) / 5);
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = buffer << 8 | b & 0xff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(BASE32.charAt(buffer >> bits & 31));
            }
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0) {
            text.append(BASE32.charAt(buffer << (5 - bits) & 31));
        }
        return text.toString();
    }

    static byte[] decodeBase32(String text) {
        String digits = text.toUpperCase(Locale.ROOT).replace("=", "");
        byte[] bytes = new byte[digits.length() * 5 / 8];
        int buffer = 0;
        int bits = 0;
        int at = 0;
        for (int i = 0; i < digits.length(); i++) {
            int value = BASE32.indexOf(digits.charAt(i));
            if (value < 0) {
                throw new IllegalArgumentException("not base 32");
            }
            buffer = buffer << 5 | value;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes[at++] = (byte) (buffer >> bits);
                buffer &= (1 << bits) - 1;
            }
        }
        return bytes;
    }
}
