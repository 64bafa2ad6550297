package io.pileus.lambda;

import java.util.ArrayDeque;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A stream of pieces for one subscriber, kept until it asks for them. Whoever offers waits while many are kept. Pieces are
 * given outside the lock, by one thread at a time.
 */
final class Pieces<T> implements Flow.Publisher<T>, Flow.Subscription {
    private static final int KEPT_MAX = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition taken = lock.newCondition();
    private final ArrayDeque<T> kept = new ArrayDeque<>();
    private Flow.@Nullable Subscriber<? super T> subscriber;
    private long asked;
    private boolean giving;
    private boolean complete;
    private boolean over;

    /** Adds a piece; waits while the subscriber is far behind. Does nothing when it has gone. */
    void offer(T piece) {
        lock.lock();
        try {
            while (kept.size() >= KEPT_MAX && !over) {
                taken.await();
            }
            if (!over) {
                kept.add(piece);
            }
        } catch (InterruptedException e) {
            // the invocation has been ended
            Thread.currentThread().interrupt();
            return;
        } finally {
            lock.unlock();
        }
        give();
    }

    /** No piece follows. */
    void complete() {
        lock.lock();
        try {
            complete = true;
        } finally {
            lock.unlock();
        }
        give();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> one) {
        lock.lock();
        try {
            if (subscriber != null) {
                throw new IllegalStateException("there is a subscriber already");
            }
            subscriber = one;
        } finally {
            lock.unlock();
        }
        one.onSubscribe(this);
        give();
    }

    @Override
    public void request(long count) {
        lock.lock();
        try {
            asked = asked + count < 0 ? Long.MAX_VALUE : asked + count;
        } finally {
            lock.unlock();
        }
        give();
    }

    @Override
    public void cancel() {
        lock.lock();
        try {
            over = true;
            kept.clear();
            taken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void give() {
        while (true) {
            Flow.Subscriber<? super T> to;
            T piece = null;
            lock.lock();
            try {
                to = subscriber;
                if (giving || over || to == null) {
                    return;
                }
                if (asked > 0 && !kept.isEmpty()) {
                    asked--;
                    piece = kept.poll();
                    giving = true;
                    taken.signal();
                } else if (complete && kept.isEmpty()) {
                    over = true;
                } else {
                    return;
                }
            } finally {
                lock.unlock();
            }
            if (piece == null) {
                to.onComplete();
                return;
            }
            try {
                to.onNext(piece);
            } finally {
                lock.lock();
                giving = false;
                lock.unlock();
            }
        }
    }
}
