package io.pileus.core.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A body sent piece by piece. No more than a few pieces are asked for beyond what the client has taken: while the channel
 * is not writable nothing is asked for. All state belongs to the channel's event loop; signals from other threads are
 * queued on it, which keeps their order.
 */
final class StreamedAnswer implements Flow.Subscriber<ByteBuffer> {
    private static final Logger LOG = LoggerFactory.getLogger(StreamedAnswer.class);

    /** Pieces asked for and not yet seen. */
    private static final int WINDOW = 4;

    /** Where pieces go: frames them as its version of HTTP wants. All methods are called on the event loop. */
    interface Target {
        void piece(ByteBuf piece);

        void end();

        /** The body will never be whole: the client must see that. */
        void abort();
    }

    private final Channel channel;
    private final Target target;
    private Flow.@Nullable Subscription subscription;
    private int outstanding;
    private boolean over;

    StreamedAnswer(Channel channel, Target target) {
        this.channel = channel;
        this.target = target;
    }

    /** Lets go of an answer that nobody will read. */
    static void discard(HttpResponse response) {
        if (response.body() instanceof HttpResponse.Streamed streamed) {
            streamed.chunks().subscribe(new Cancelling());
        }
        if (response.body() instanceof HttpResponse.Complete(Payload.InFile file) && file.opened() != null) {
            try {
                file.opened().close();
            } catch (IOException e) {
                LOG.debug("http.fileNotClosed file={}", file.file(), e);
            }
        }
    }

    /** Starts the stream. */
    void subscribeTo(Flow.Publisher<ByteBuffer> chunks) {
        try {
            chunks.subscribe(this);
        } catch (RuntimeException e) {
            onError(e);
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        onLoop(() -> {
            if (over || subscription != null) {
                given.cancel();
                return;
            }
            subscription = given;
            askForMore();
        });
    }

    @Override
    public void onNext(ByteBuffer piece) {
        onLoop(() -> {
            if (over) {
                return;
            }
            outstanding--;
            if (piece.hasRemaining()) {
                target.piece(Unpooled.wrappedBuffer(piece));
            }
            askForMore();
        });
    }

    @Override
    public void onError(Throwable failure) {
        onLoop(() -> {
            if (!over) {
                over = true;
                LOG.info("http.streamFailed reason={}", failure.toString());
                target.abort();
            }
        });
    }

    @Override
    public void onComplete() {
        onLoop(() -> {
            if (!over) {
                over = true;
                target.end();
            }
        });
    }

    /** Asks for pieces as long as the client takes them; call it whenever the channel becomes writable again. */
    void askForMore() {
        if (over || subscription == null || !channel.isWritable() || outstanding > WINDOW / 2) {
            return;
        }
        int count = WINDOW - outstanding;
        outstanding = WINDOW;
        subscription.request(count);
    }

    /** The client has gone. */
    void cancel() {
        over = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    private void onLoop(Runnable signal) {
        try {
            channel.eventLoop().execute(signal);
        } catch (RejectedExecutionException e) {
            // The server has closed, and this stream with it.
            LOG.debug("http.streamAfterClose");
        }
    }

    private static final class Cancelling implements Flow.Subscriber<ByteBuffer> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.cancel();
        }

        @Override
        public void onNext(ByteBuffer piece) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
