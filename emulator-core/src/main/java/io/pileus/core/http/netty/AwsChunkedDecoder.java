package io.pileus.core.http.netty;

import io.netty.buffer.ByteBuf;
import io.pileus.core.http.ChunkSignatures;
import io.pileus.core.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Undoes S3's {@code aws-chunked} coding while a body arrives: chunks {@code size[;chunk-signature=…]\r\n…\r\n}, the last
 * one empty, then trailing headers such as {@code x-amz-checksum-crc32}, signed or not. The
 * signatures of chunks are written down beside the hashes of what they sign, if someone is going to check them.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html">Signature calculations for
 *     trailing headers</a>
 */
final class AwsChunkedDecoder implements BodySink {
    private static final int LINE_BYTES_MAX = 8 << 10;
    private static final int TRAILERS_MAX = 32;
    private static final int SIZE_DIGITS_MAX = 15;
    private static final String SIGNATURE = "chunk-signature=";

    private enum State {
        CHUNK_HEADER,
        CHUNK_DATA,
        CHUNK_END,
        TRAILERS
    }

    private final BodySink next;
    private final long decodedBytes;
    private final Headers trailers = Headers.withCapacity(2);
    private byte[] line = new byte[128];
    private int lineBytes;
    private State state = State.CHUNK_HEADER;
    private long chunkLeft;
    private long total;
    private final @Nullable ChunkSignatures signatures;
    private String signature = "";

    /**
     * @param decodedBytes the size that the client announced in {@code x-amz-decoded-content-length}; -1 when it did not
     * @param signatures takes what the chunks are signed with; null when nobody wants to know
     */
    AwsChunkedDecoder(BodySink next, long decodedBytes, @Nullable ChunkSignatures signatures) {
        this.signatures = signatures;
        this.next = next;
        this.decodedBytes = decodedBytes;
    }

    /** The headers that followed the last chunk; complete after {@link #end()}. */
    Headers trailers() {
        return trailers;
    }

    @Override
    public void accept(ByteBuf piece) throws RejectedException {
        while (piece.isReadable()) {
            switch (state) {
                case CHUNK_HEADER -> {
                    if (readLine(piece)) {
                        startChunk();
                    }
                }
                case CHUNK_DATA -> passOn(piece);
                case CHUNK_END -> {
                    if (readLine(piece)) {
                        requireEmptyLine();
                        state = State.CHUNK_HEADER;
                    }
                }
                case TRAILERS -> {
                    if (readLine(piece)) {
                        addTrailer();
                    }
                }
            }
        }
    }

    private void passOn(ByteBuf piece) throws RejectedException {
        int count = (int) Math.min(chunkLeft, piece.readableBytes());
        total += count;
        if (decodedBytes >= 0 && total > decodedBytes) {
            throw new RejectedException(Rejection.incompleteBody());
        }
        ByteBuf data = piece.readSlice(count);
        if (signatures != null) {
            signatures.update(data.nioBuffer());
        }
        next.accept(data);
        chunkLeft -= count;
        if (chunkLeft == 0) {
            endChunk();
            state = State.CHUNK_END;
        }
    }

    private void startChunk() throws RejectedException {
        int digits = 0;
        long size = 0;
        while (digits < lineBytes && line[digits] != ';') {
            int digit = Character.digit(line[digits], 16);
            if (digit < 0 || digits == SIZE_DIGITS_MAX) {
                throw malformed();
            }
            size = size << 4 | digit;
            digits++;
        }
        if (digits == 0) {
            throw malformed();
        }
        if (signatures != null) {
            signature = signature(new String(line, digits, lineBytes - digits, StandardCharsets.ISO_8859_1));
        }
        lineBytes = 0;
        chunkLeft = size;
        state = size == 0 ? State.TRAILERS : State.CHUNK_DATA;
        if (size == 0) {
            endChunk();
        }
    }

    /** The value of the extension {@code ;chunk-signature=}; empty when there is none. */
    private static String signature(String extensions) {
        for (String extension : extensions.split(";")) {
            if (extension.startsWith(SIGNATURE)) {
                return extension.substring(SIGNATURE.length());
            }
        }
        return "";
    }

    private void endChunk() {
        if (signatures != null) {
            signatures.end(signature);
        }
    }

    private void requireEmptyLine() throws RejectedException {
        if (lineBytes != 0) {
            throw malformed();
        }
    }

    private void addTrailer() throws RejectedException {
        if (lineBytes == 0) {
            // A signed body has its trailer's signature after an empty line in AWS's own example; only the end of the
            // body ends it.
            return;
        }
        String text = new String(line, 0, lineBytes, StandardCharsets.ISO_8859_1);
        lineBytes = 0;
        int colon = text.indexOf(':');
        if (colon < 1 || trailers.size() == TRAILERS_MAX) {
            throw malformed();
        }
        trailers.add(text.substring(0, colon).trim(), text.substring(colon + 1).trim());
    }

    /** Gathers a line without its line break; true when it is whole. */
    private boolean readLine(ByteBuf piece) throws RejectedException {
        while (piece.isReadable()) {
            byte character = piece.readByte();
            if (character == '\n') {
                if (lineBytes > 0 && line[lineBytes - 1] == '\r') {
                    lineBytes--;
                }
                return true;
            }
            if (lineBytes == LINE_BYTES_MAX) {
                throw malformed();
            }
            if (lineBytes == line.length) {
                line = Arrays.copyOf(line, 2 * lineBytes);
            }
            line[lineBytes++] = character;
        }
        return false;
    }

    @Override
    public void end() throws RejectedException {
        if (state != State.TRAILERS || decodedBytes >= 0 && total != decodedBytes) {
            throw new RejectedException(Rejection.incompleteBody());
        }
        if (lineBytes > 0) {
            addTrailer();
        }
        next.end();
    }

    @Override
    public void release() {
        next.release();
    }

    private static RejectedException malformed() {
        return new RejectedException(
                new Rejection(400, "InvalidRequest", "The body is not encoded as aws-chunked, as its headers say."));
    }
}
