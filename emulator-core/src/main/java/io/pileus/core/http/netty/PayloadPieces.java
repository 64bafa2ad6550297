package io.pileus.core.http.netty;

import io.pileus.core.http.Payload;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A large payload as pieces, so that a slow client holds no copy of it in the connection's buffers. */
record PayloadPieces(Payload payload) implements Flow.Publisher<ByteBuffer> {
    private static final int FILE_PIECE_BYTES = 64 << 10;

    /** Larger, for nothing is read for it: each piece costs a turn of the event loop. */
    private static final int MEMORY_PIECE_BYTES = 256 << 10;

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        try {
            FileChannel channel = payload instanceof Payload.InFile inFile ? inFile.channel() : null;
            subscriber.onSubscribe(new Reading(payload, channel, subscriber));
        } catch (IOException e) {
            subscriber.onError(e);
        }
    }

    /** Reads on the thread that asks; the server asks on the event loop, whose files are in the page cache. */
    private static final class Reading implements Flow.Subscription {
        private final Payload payload;
        private final @Nullable FileChannel channel;
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final int pieceBytes;
        private long sent;
        private boolean over;

        Reading(Payload payload, @Nullable FileChannel channel, Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.payload = payload;
            this.channel = channel;
            this.pieceBytes = channel == null ? MEMORY_PIECE_BYTES : FILE_PIECE_BYTES;
            this.subscriber = subscriber;
        }

        @Override
        public void request(long count) {
            try {
                for (long i = 0; i < count && !over; i++) {
                    ByteBuffer piece = next((int) Math.min(pieceBytes, payload.size() - sent));
                    sent += piece.remaining();
                    subscriber.onNext(piece);
                    if (sent == payload.size()) {
                        cancel();
                        subscriber.onComplete();
                    }
                }
            } catch (IOException e) {
                cancel();
                subscriber.onError(e);
            }
        }

        private ByteBuffer next(int size) throws IOException {
            if (channel == null || !(payload instanceof Payload.InFile inFile)) {
                return ByteBuffer.wrap(payload.bytes(), (int) sent, size);
            }
            ByteBuffer piece = ByteBuffer.allocate(size);
            while (piece.hasRemaining()) {
                if (channel.read(piece, inFile.position() + sent + piece.position()) < 0) {
                    throw new EOFException("the file ended before the payload");
                }
            }
            return piece.flip();
        }

        @Override
        public void cancel() {
            over = true;
            if (channel == null) {
                return;
            }
            try {
                channel.close();
            } catch (IOException e) {
                // It was only read from: nothing is lost.
                over = true;
            }
        }
    }
}
