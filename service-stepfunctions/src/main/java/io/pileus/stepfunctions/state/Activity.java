package io.pileus.stepfunctions.state;

import io.pileus.core.time.Timers;
import io.pileus.stepfunctions.model.EncryptionConfiguration;
import io.pileus.stepfunctions.run.PendingTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/** An activity: tasks that wait for workers, and workers that wait for tasks. */
public final class Activity {
    /** A poll that finds nothing is answered after 60 seconds. */
    public static final Duration POLL = Duration.ofSeconds(60);

    /** How many workers may poll at the same time. */
    public static final int POLLERS_MAX = 1_000;

    /** A task as a worker gets it. */
    public record Task(String token, String input) {}

    private record Waiting(String token, String input, PendingTask task) {}

    private record Poller(Optional<String> workerName, CompletableFuture<Optional<Task>> answer) {}

    private final String arn;
    private final String name;
    private final Instant createdAt;
    private final EncryptionConfiguration encryption;
    private final Map<String, String> tags = new LinkedHashMap<>();

    /** Guards the two queues. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Deque<Waiting> tasks = new ArrayDeque<>();
    private final Deque<Poller> pollers = new ArrayDeque<>();

    public Activity(String arn, String name, Instant createdAt, EncryptionConfiguration encryption) {
        this.arn = arn;
        this.name = name;
        this.createdAt = createdAt;
        this.encryption = encryption;
    }

    public String arn() {
        return arn;
    }

    public String name() {
        return name;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public EncryptionConfiguration encryption() {
        return encryption;
    }

    public Map<String, String> tags() {
        return tags;
    }

    SavedActivity saved() {
        return new SavedActivity(arn, name, createdAt, encryption, new LinkedHashMap<>(tags));
    }

    /** Hands a task to the first worker that waits, or keeps it for the next one. */
    public void schedule(String token, String input, PendingTask task) {
        Waiting waiting = new Waiting(token, input, task);
        lock.lock();
        try {
            tasks.add(waiting);
        } finally {
            lock.unlock();
        }
        match();
    }

    /** The next task; empty when none comes in time. A poll that is cancelled takes no task. */
    public CompletableFuture<Optional<Task>> poll(Optional<String> workerName, Instant now, Timers timers) {
        Poller poller = new Poller(workerName, new CompletableFuture<>());
        lock.lock();
        try {
            pollers.add(poller);
        } finally {
            lock.unlock();
        }
        Timers.Timer timer = timers.at(now.plus(POLL), () -> giveUp(poller));
        poller.answer().whenComplete((task, failure) -> {
            timer.cancel();
            leave(poller);
        });
        match();
        return poller.answer();
    }

    public boolean tooManyPollers() {
        lock.lock();
        try {
            return pollers.size() >= POLLERS_MAX;
        } finally {
            lock.unlock();
        }
    }

    private void giveUp(Poller poller) {
        poller.answer().complete(Optional.empty());
    }

    private void leave(Poller poller) {
        lock.lock();
        try {
            pollers.remove(poller);
        } finally {
            lock.unlock();
        }
    }

    /** Brings tasks and workers together; a task whose execution no longer waits for it is dropped. */
    private void match() {
        while (true) {
            Waiting waiting;
            Poller poller;
            lock.lock();
            try {
                if (tasks.isEmpty() || pollers.isEmpty()) {
                    return;
                }
                waiting = tasks.poll();
                poller = pollers.poll();
                if (poller.answer().isDone()) {
                    tasks.addFirst(waiting);
                    continue;
                }
            } finally {
                lock.unlock();
            }
            if (waiting.task().started(poller.workerName())) {
                poller.answer().complete(Optional.of(new Task(waiting.token(), waiting.input())));
            } else {
                lock.lock();
                try {
                    pollers.addFirst(poller);
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    /** Lets all workers go. */
    public void close() {
        lock.lock();
        Deque<Poller> waiting;
        try {
            waiting = new ArrayDeque<>(pollers);
            pollers.clear();
            tasks.clear();
        } finally {
            lock.unlock();
        }
        waiting.forEach(poller -> poller.answer().complete(Optional.empty()));
    }
}
