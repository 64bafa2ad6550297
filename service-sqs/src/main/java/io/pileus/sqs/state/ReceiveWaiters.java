package io.pileus.sqs.state;

import io.pileus.core.time.Timers;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The consumers that wait for a message (long polls), served in the order in which they came. Guarded by the queue's lock;
 * the futures are completed outside it.
 */
final class ReceiveWaiters {

    /**
     * One consumer that waits.
     *
     * @param <R> how it sees what it receives
     */
    static final class Waiter<R> {
        final ReceiveOrder order;
        final CompletableFuture<R> answer = new CompletableFuture<>();
        private final Function<List<ReceivedMessage>, R> view;
        Timers.@Nullable Timer deadline;

        private Waiter(ReceiveOrder order, Function<List<ReceivedMessage>, R> view) {
            this.order = order;
            this.view = view;
        }

        /** Answers the consumer; false when it has gone away meanwhile. */
        boolean serve(List<ReceivedMessage> received) {
            return answer.complete(view.apply(received));
        }
    }

    private final Set<Waiter<?>> waiters = new LinkedHashSet<>();

    boolean isEmpty() {
        return waiters.isEmpty();
    }

    int size() {
        return waiters.size();
    }

    <R> Waiter<R> add(ReceiveOrder order, Function<List<ReceivedMessage>, R> view) {
        Waiter<R> waiter = new Waiter<>(order, view);
        waiters.add(waiter);
        return waiter;
    }

    /** The consumer that has waited longest and still does, or null. */
    @Nullable
    Waiter<?> first() {
        Iterator<Waiter<?>> all = waiters.iterator();
        while (all.hasNext()) {
            Waiter<?> waiter = all.next();
            if (!waiter.answer.isDone()) {
                return waiter;
            }
            all.remove(); // gave up: its connection is gone
            forgetDeadline(waiter);
        }
        return null;
    }

    /** Takes a consumer out; false if it is no longer waiting. */
    boolean remove(Waiter<?> waiter) {
        forgetDeadline(waiter);
        return waiters.remove(waiter);
    }

    List<Waiter<?>> removeAll() {
        List<Waiter<?>> all = List.copyOf(waiters);
        waiters.clear();
        all.forEach(ReceiveWaiters::forgetDeadline);
        return all;
    }

    private static void forgetDeadline(Waiter<?> waiter) {
        if (waiter.deadline != null) {
            waiter.deadline.cancel();
        }
    }
}
