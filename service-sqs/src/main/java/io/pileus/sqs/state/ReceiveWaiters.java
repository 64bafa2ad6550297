package io.pileus.sqs.state;

import io.pileus.core.time.Timers;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The consumers that wait for a message (long polls), served in the order in which they came. Guarded by the queue's lock;
 * the futures are completed outside it.
 */
final class ReceiveWaiters {

    /** One consumer that waits. */
    static final class Waiter {
        final ReceiveOrder order;
        final CompletableFuture<List<ReceivedMessage>> answer = new CompletableFuture<>();
        Timers.@Nullable Timer deadline;

        private Waiter(ReceiveOrder order) {
            this.order = order;
        }
    }

    private final Set<Waiter> waiters = new LinkedHashSet<>();

    boolean isEmpty() {
        return waiters.isEmpty();
    }

    int size() {
        return waiters.size();
    }

    Waiter add(ReceiveOrder order) {
        Waiter waiter = new Waiter(order);
        waiters.add(waiter);
        return waiter;
    }

    /** The consumer that has waited longest and still does, or null. */
    @Nullable
    Waiter first() {
        Iterator<Waiter> all = waiters.iterator();
        while (all.hasNext()) {
            Waiter waiter = all.next();
            if (!waiter.answer.isDone()) {
                return waiter;
            }
            all.remove(); // gave up: its connection is gone
            forgetDeadline(waiter);
        }
        return null;
    }

    /** Takes a consumer out; false if it is no longer waiting. */
    boolean remove(Waiter waiter) {
        forgetDeadline(waiter);
        return waiters.remove(waiter);
    }

    List<Waiter> removeAll() {
        List<Waiter> all = List.copyOf(waiters);
        waiters.clear();
        all.forEach(ReceiveWaiters::forgetDeadline);
        return all;
    }

    private static void forgetDeadline(Waiter waiter) {
        if (waiter.deadline != null) {
            waiter.deadline.cancel();
        }
    }
}
