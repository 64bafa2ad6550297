package io.pileus.sqs.state;

import io.pileus.core.service.AwsException;
import io.pileus.core.time.Timers;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for a queue's messages: receivers (long polls), served in the order in which they came, and tasks that are run
 * when there is something to receive. Sees to it that the queue is looked at when the next message appears, but only while
 * somebody waits. Guarded by the queue's lock; futures are completed and tasks run outside it.
 */
final class Consumers {

    /**
     * One receiver that waits.
     *
     * @param <R> how it sees what it receives
     */
    private static final class Receiver<R> {
        final ReceiveOrder order;
        final CompletableFuture<R> answer = new CompletableFuture<>();
        private final Function<List<ReceivedMessage>, R> view;
        Timers.@Nullable Timer deadline;

        Receiver(ReceiveOrder order, Function<List<ReceivedMessage>, R> view) {
            this.order = order;
            this.view = view;
        }

        /** Answers; false when the receiver has gone away meanwhile. */
        boolean answer(List<ReceivedMessage> received) {
            return answer.complete(view.apply(received));
        }
    }

    private final Queue queue;
    private final Dispenser dispenser;
    private final QueueSurroundings surroundings;
    private final Set<Receiver<?>> receivers = new LinkedHashSet<>();
    private List<Runnable> arrivalTasks = List.of();
    private Timers.@Nullable Timer wake;
    private long wakeAtMillis;

    Consumers(Queue queue, Dispenser dispenser, QueueSurroundings surroundings) {
        this.queue = queue;
        this.dispenser = dispenser;
        this.surroundings = surroundings;
    }

    /** How many receivers wait. */
    int waiting() {
        return receivers.size();
    }

    /** Lets a receiver wait for what it ordered. */
    <R> CompletableFuture<R> await(ReceiveOrder order, Function<List<ReceivedMessage>, R> view) {
        Receiver<R> receiver = new Receiver<>(order, view);
        receivers.add(receiver);
        receiver.deadline = surroundings
                .timers()
                .at(Instant.ofEpochMilli(order.waitUntilMillis()), () -> hasWaitedLongEnough(receiver));
        return receiver.answer;
    }

    /** Has tasks run whenever there is something to receive; the list may grow and shrink. */
    void onArrival(List<Runnable> tasks) {
        arrivalTasks = tasks;
        scheduleWake();
    }

    /** Gives what is visible to those who wait, the longest waiting first, and sees to being woken for the rest. */
    void serve(long nowMillis, Effects effects) {
        if (receivers.isEmpty() && arrivalTasks.isEmpty() && wake == null) {
            return;
        }
        Receiver<?> first;
        while ((first = longestWaiting()) != null) {
            List<ReceivedMessage> taken = dispenser.take(first.order, nowMillis, effects);
            if (taken.isEmpty()) {
                break;
            }
            remove(first);
            Receiver<?> receiver = first;
            effects.add(() -> {
                if (!receiver.answer(taken)) {
                    queue.changeIfOpen(nowMillis, () -> dispenser.takeBack(taken));
                }
            });
        }
        if (!arrivalTasks.isEmpty() && dispenser.hasMessage()) {
            arrivalTasks.forEach(effects::add);
        }
        scheduleWake();
    }

    /** The receiver that has waited longest and still does, or null. */
    private @Nullable Receiver<?> longestWaiting() {
        Iterator<Receiver<?>> all = receivers.iterator();
        while (all.hasNext()) {
            Receiver<?> receiver = all.next();
            if (!receiver.answer.isDone()) {
                return receiver;
            }
            all.remove(); // gave up: its connection is gone
            forgetDeadline(receiver);
        }
        return null;
    }

    /** Takes a receiver out; false if it no longer waits. */
    private boolean remove(Receiver<?> receiver) {
        forgetDeadline(receiver);
        return receivers.remove(receiver);
    }

    private static void forgetDeadline(Receiver<?> receiver) {
        if (receiver.deadline != null) {
            receiver.deadline.cancel();
        }
    }

    private void hasWaitedLongEnough(Receiver<?> receiver) {
        long nowMillis = surroundings.clock().millis();
        queue.changeIfOpen(nowMillis, () -> {}); // it may get what becomes visible at this very moment
        boolean[] stillWaits = {false};
        queue.changeIfOpen(nowMillis, () -> stillWaits[0] = remove(receiver));
        if (stillWaits[0]) {
            receiver.answer(List.of());
        }
    }

    /** Sees to being woken when there may be something for those who wait. */
    private void scheduleWake() {
        OptionalLong next = receivers.isEmpty() && arrivalTasks.isEmpty() ? OptionalLong.empty() : nextWakeAtMillis();
        if (wake != null && (next.isEmpty() || next.getAsLong() != wakeAtMillis)) {
            wake.cancel();
            wake = null;
        }
        if (wake == null && next.isPresent()) {
            wakeAtMillis = next.getAsLong();
            wake = surroundings.timers().at(Instant.ofEpochMilli(wakeAtMillis), this::wakeUp);
        }
    }

    private OptionalLong nextWakeAtMillis() {
        if (!receivers.isEmpty() && dispenser.hasMessage()) {
            // Only when there are more dead letters than are moved at once.
            return OptionalLong.of(surroundings.clock().millis());
        }
        return dispenser.nextMessageAtMillis();
    }

    private void wakeUp() {
        queue.changeIfOpen(surroundings.clock().millis(), () -> wake = null);
    }

    /** Sends all away, which are answered with the error when the effects happen. */
    void close(AwsException error, Effects effects) {
        List<Receiver<?>> abandoned = List.copyOf(receivers);
        receivers.clear();
        arrivalTasks = List.of();
        scheduleWake();
        for (Receiver<?> receiver : abandoned) {
            forgetDeadline(receiver);
            effects.add(() -> receiver.answer.completeExceptionally(error));
        }
    }
}
