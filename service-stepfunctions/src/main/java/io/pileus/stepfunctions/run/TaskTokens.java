package io.pileus.stepfunctions.run;

import io.pileus.core.identity.Ids;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

/** The tasks that wait for someone to send their result, by their tokens. */
public final class TaskTokens {
    private static final int RANDOM_BYTES = 92;

    private final ConcurrentHashMap<String, PendingTask> pending = new ConcurrentHashMap<>();

    /** A new token: random bytes with a checksum, so that a token that has been used up can be told from a text. */
    static String make(Ids ids) {
        byte[] random = ids.bytes(RANDOM_BYTES);
        CRC32 checksum = new CRC32();
        checksum.update(random);
        byte[] token = ByteBuffer.allocate(RANDOM_BYTES + 4)
                .put(random)
                .putInt((int) checksum.getValue())
                .array();
        return Base64.getEncoder().encodeToString(token);
    }

    /** Whether the text can have been a token of ours. */
    public static boolean wellFormed(String text) {
        try {
            byte[] token = Base64.getDecoder().decode(text);
            if (token.length != RANDOM_BYTES + 4) {
                return false;
            }
            CRC32 checksum = new CRC32();
            checksum.update(Arrays.copyOf(token, RANDOM_BYTES));
            return ByteBuffer.wrap(token, RANDOM_BYTES, 4).getInt() == (int) checksum.getValue();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    void register(String token, PendingTask task) {
        pending.put(token, task);
    }

    void remove(String token) {
        pending.remove(token);
    }

    public Optional<PendingTask> find(String token) {
        return Optional.ofNullable(pending.get(token));
    }
}
