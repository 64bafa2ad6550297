package io.pileus.core.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What the chunks of a signed {@code aws-chunked} body say and are: the signature that came with each, and the SHA-256 of its
 * bytes. Whoever undoes the coding writes it down, for the bytes are one body afterwards; whoever checks signatures reads it.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html">Signature calculations for chunked
 *     upload</a>
 */
public final class ChunkSignatures {
    /** The header in which a request carries it; the HTTP server sets it, whatever the client sent. */
    public static final String HEADER = "x-pileus-chunk-signatures";

    /** The header with the SHA-256 of the trailing headers as they are signed. */
    public static final String TRAILERS_HEADER = "x-pileus-trailers-sha256";

    private static final int HASH_BYTES = 32;
    private static final HexFormat HEX = HexFormat.of();

    private final ByteArrayOutputStream packed = new ByteArrayOutputStream(4 * HASH_BYTES);
    private final MessageDigest chunk = sha256();

    /** Takes bytes of the chunk that is being read. */
    public void update(ByteBuffer bytes) {
        chunk.update(bytes);
    }

    /** A chunk is over. */
    public void end(String signature) {
        byte[] signed;
        try {
            signed = HEX.parseHex(signature);
        } catch (IllegalArgumentException e) {
            signed = new byte[0];
        }
        // One that is no signature is as good as a wrong one.
        packed.writeBytes(signed.length == HASH_BYTES ? signed : new byte[HASH_BYTES]);
        packed.writeBytes(chunk.digest());
    }

    /** The value of the header. */
    public String packed() {
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }

    /** The SHA-256 of trailing headers, in hexadecimal. */
    public static String hashOf(String canonicalTrailers) {
        return HEX.formatHex(sha256().digest(canonicalTrailers.getBytes(StandardCharsets.UTF_8)));
    }

    /** Takes chunks, each with its signature and its hash in hexadecimal. */
    @FunctionalInterface
    public interface Chunks {
        void take(String signature, String sha256);
    }

    /** Reads a header's value. */
    public static void forEach(String header, Chunks chunks) {
        byte[] all = Base64.getDecoder().decode(header);
        for (int at = 0; at + 2 * HASH_BYTES <= all.length; at += 2 * HASH_BYTES) {
            chunks.take(
                    HEX.formatHex(all, at, at + HASH_BYTES), HEX.formatHex(all, at + HASH_BYTES, at + 2 * HASH_BYTES));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
