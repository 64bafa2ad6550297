package io.pileus.core.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Undoes gzip (RFC 1952) while a body arrives. The sink behind it bounds the inflated size, so a small body cannot become
 * a large one unseen.
 */
final class GzipDecoder implements BodySink {
    private static final int BLOCK_BYTES = 16 << 10;
    private static final int FIXED_HEADER_BYTES = 10;
    private static final int TRAILER_BYTES = 8;
    private static final int FLAG_HEADER_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;
    private static final int FLAGS_RESERVED = 0xE0;

    private enum State {
        FIXED_HEADER,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        HEADER_CRC,
        DEFLATED,
        TRAILER
    }

    private final BodySink next;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] inflated = new byte[BLOCK_BYTES];
    private final byte[] small = new byte[FIXED_HEADER_BYTES];
    private State state = State.FIXED_HEADER;
    private int smallBytes;
    private int flags;
    private int extraBytes;
    private boolean memberComplete;

    GzipDecoder(BodySink next) {
        this.next = next;
    }

    @Override
    public void accept(ByteBuf piece) throws RejectedException {
        while (piece.isReadable()) {
            if (state == State.DEFLATED) {
                inflate(piece);
            } else {
                readFrame(piece);
            }
        }
    }

    private void readFrame(ByteBuf piece) throws RejectedException {
        switch (state) {
            case FIXED_HEADER -> {
                memberComplete = false;
                if (collect(piece, FIXED_HEADER_BYTES)) {
                    startMember();
                }
            }
            case EXTRA_LENGTH -> {
                if (collect(piece, 2)) {
                    extraBytes = littleEndian(0, 2);
                    state = State.EXTRA;
                    if (extraBytes == 0) {
                        toName();
                    }
                }
            }
            case EXTRA -> {
                int skipped = Math.min(extraBytes, piece.readableBytes());
                piece.skipBytes(skipped);
                extraBytes -= skipped;
                if (extraBytes == 0) {
                    toName();
                }
            }
            case NAME -> {
                if (piece.readByte() == 0) {
                    toComment();
                }
            }
            case COMMENT -> {
                if (piece.readByte() == 0) {
                    toHeaderCrc();
                }
            }
            case HEADER_CRC -> {
                if (collect(piece, 2)) {
                    state = State.DEFLATED;
                }
            }
            case TRAILER -> {
                if (collect(piece, TRAILER_BYTES)) {
                    endMember();
                }
            }
            case DEFLATED -> throw new IllegalStateException();
        }
    }

    private void startMember() throws RejectedException {
        boolean gzip = (small[0] & 0xFF) == 0x1F && (small[1] & 0xFF) == 0x8B && small[2] == 8;
        flags = small[3];
        if (!gzip || (flags & FLAGS_RESERVED) != 0) {
            throw malformed();
        }
        inflater.reset();
        crc.reset();
        if ((flags & FLAG_EXTRA) != 0) {
            state = State.EXTRA_LENGTH;
        } else {
            toName();
        }
    }

    private void toName() {
        if ((flags & FLAG_NAME) != 0) {
            state = State.NAME;
        } else {
            toComment();
        }
    }

    private void toComment() {
        if ((flags & FLAG_COMMENT) != 0) {
            state = State.COMMENT;
        } else {
            toHeaderCrc();
        }
    }

    private void toHeaderCrc() {
        state = (flags & FLAG_HEADER_CRC) != 0 ? State.HEADER_CRC : State.DEFLATED;
    }

    private void inflate(ByteBuf piece) throws RejectedException {
        int offered = piece.readableBytes();
        inflater.setInput(piece.nioBuffer());
        try {
            while (true) {
                int count = inflater.inflate(inflated);
                if (count > 0) {
                    crc.update(inflated, 0, count);
                    next.accept(Unpooled.wrappedBuffer(inflated, 0, count));
                }
                if (inflater.finished()) {
                    state = State.TRAILER;
                    break;
                }
                if (count == 0) {
                    if (inflater.needsDictionary()) {
                        throw malformed();
                    }
                    break;
                }
            }
        } catch (DataFormatException e) {
            throw malformed();
        }
        piece.skipBytes(offered - inflater.getRemaining());
    }

    private void endMember() throws RejectedException {
        boolean right =
                littleEndian(0, 4) == (int) crc.getValue() && littleEndian(4, 4) == (int) inflater.getBytesWritten();
        if (!right) {
            throw malformed();
        }
        memberComplete = true;
        state = State.FIXED_HEADER;
    }

    /** Gathers bytes until there are enough. */
    private boolean collect(ByteBuf piece, int wanted) {
        int count = Math.min(wanted - smallBytes, piece.readableBytes());
        piece.readBytes(small, smallBytes, count);
        smallBytes += count;
        if (smallBytes < wanted) {
            return false;
        }
        smallBytes = 0;
        return true;
    }

    private int littleEndian(int offset, int count) {
        int value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << 8 | small[offset + i] & 0xFF;
        }
        return value;
    }

    @Override
    public void end() throws RejectedException {
        if (!memberComplete || smallBytes > 0) {
            throw malformed();
        }
        next.end();
    }

    @Override
    public void release() {
        inflater.end();
        next.release();
    }

    private static RejectedException malformed() {
        return new RejectedException(Rejection.badRequest("The body is not valid gzip, as its Content-Encoding says."));
    }
}
