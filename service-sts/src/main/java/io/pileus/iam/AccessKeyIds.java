package io.pileus.iam;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Ids;
import java.util.Optional;

/**
 * Access key ids as AWS makes them: a prefix of four letters and 16 characters in base32, whose 80 bits are a one, the
 * account's number in 40 bits, and 39 bits of chance.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html">IAM identifiers</a>
 */
public final class AccessKeyIds {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private AccessKeyIds() {}

    /** An id for a user's or root's long-term key. */
    public static String longTerm(AccountId account, Ids ids) {
        return encode("AKIA", account, ids);
    }

    /** An id for temporary credentials. */
    public static String temporary(AccountId account, Ids ids) {
        return encode("ASIA", account, ids);
    }

    /** An id for a user's public key or service-specific credential, which AWS writes in the same way. */
    static String of(String prefix, AccountId account, Ids ids) {
        return encode(prefix, account, ids);
    }

    private static String encode(String prefix, AccountId account, Ids ids) {
        byte[] chance = ids.bytes(5);
        byte[] bits = new byte[10];
        long head = 1L << 47 | Long.parseLong(account.id()) << 7 | (chance[0] & 0x7f);
        for (int i = 0; i < 6; i++) {
            bits[i] = (byte) (head >>> (40 - 8 * i));
        }
        System.arraycopy(chance, 1, bits, 6, 4);
        StringBuilder text = new StringBuilder(20).append(prefix);
        for (int i = 0; i < 16; i++) {
            text.append(ALPHABET.charAt(fiveBits(bits, i * 5)));
        }
        return text.toString();
    }

    private static int fiveBits(byte[] bits, int from) {
        int pair = (bits[from / 8] & 0xff) << 8 | (from / 8 + 1 < bits.length ? bits[from / 8 + 1] & 0xff : 0);
        return pair >> (11 - from % 8) & 0x1f;
    }

    /** The account that an id encodes; empty where the text is no such id. */
    public static Optional<AccountId> account(String accessKeyId) {
        if (accessKeyId.length() != 20) {
            return Optional.empty();
        }
        long head = 0;
        for (int i = 4; i < 14; i++) {
            int value = ALPHABET.indexOf(accessKeyId.charAt(i));
            if (value < 0) {
                return Optional.empty();
            }
            head = head << 5 | value;
        }
        String number = Long.toString((head >>> 2 & 0x7fff_ffff_ff80L) >>> 7);
        return number.length() > 12
                ? Optional.empty()
                : Optional.of(new AccountId("0".repeat(12 - number.length()) + number));
    }
}
