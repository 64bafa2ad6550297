package io.pileus.iam.state;

import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords as RFC 6238 has them: HMAC-SHA-1, steps of 30 seconds, six digits. A code is accepted one
 * step early or late, and never twice. Guarded by the lock of the account that the device belongs to.
 */
public final class Totp {
    private static final long STEP_SECONDS = 30;

    private final byte[] seed;
    private long lastStep = Long.MIN_VALUE;

    public Totp(byte[] seed) {
        this.seed = seed.clone();
    }

    /** A device that has taken codes up to a step already. */
    Totp(byte[] seed, long lastStep) {
        this.seed = seed.clone();
        this.lastStep = lastStep;
    }

    long lastStep() {
        return lastStep;
    }

    public byte[] seed() {
        return seed.clone();
    }

    /** The code that the device shows at an instant. */
    public String codeAt(Instant instant) {
        return code(Math.floorDiv(instant.getEpochSecond(), STEP_SECONDS));
    }

    /** Accepts the code once. */
    public boolean accept(String code, Instant now) {
        long step = Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
        for (long candidate = step - 1; candidate <= step + 1; candidate++) {
            if (candidate > lastStep && code(candidate).equals(code)) {
                lastStep = candidate;
                return true;
            }
        }
        return false;
    }

    /** Accepts two codes that follow each other, as enabling and resynchronizing ask for, up to 20 steps away. */
    public boolean acceptPair(String first, String second, Instant now) {
        long step = Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
        for (long candidate = step - 20; candidate <= step + 20; candidate++) {
            if (code(candidate).equals(first) && code(candidate + 1).equals(second)) {
                return true;
            }
        }
        return false;
    }

    private String code(long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(seed, "HmacSHA1"));
            byte[] message = new byte[8];
            for (int i = 0; i < 8; i++) {
                message[i] = (byte) (step >>> (56 - 8 * i));
            }
            byte[] hash = mac.doFinal(message);
            int offset = hash[19] & 0xf;
            int binary = (hash[offset] & 0x7f) << 24
                    | (hash[offset + 1] & 0xff) << 16
                    | (hash[offset + 2] & 0xff) << 8
                    | (hash[offset + 3] & 0xff);
            String digits = Integer.toString(binary % 1_000_000);
            return "0".repeat(6 - digits.length()) + digits;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
