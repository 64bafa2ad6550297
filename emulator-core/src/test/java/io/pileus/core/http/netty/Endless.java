package io.pileus.core.http.netty;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/** Gives pieces for ever, and counts them. */
final class Endless implements Flow.Publisher<ByteBuffer> {
    static final int PIECE_BYTES = 16 << 10;

    final AtomicLong given = new AtomicLong();
    final CompletableFuture<Void> cancelled = new CompletableFuture<>();

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long count) {
                for (long i = 0; i < count; i++) {
                    given.incrementAndGet();
                    subscriber.onNext(ByteBuffer.allocate(PIECE_BYTES));
                }
            }

            @Override
            public void cancel() {
                cancelled.complete(null);
            }
        });
    }
}
