package io.pileus.stepfunctions.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock, and what is to be done after it is released. Changes are made under the lock; what they set off is done without
 * it, in order and by one thread at a time: whoever is at it already does the others' too. So no stack grows, whatever
 * calls back.
 */
final class Serial {
    private static final Logger log = LoggerFactory.getLogger(Serial.class);

    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Runnable> effects = new ArrayDeque<>();
    private boolean working;

    Serial(String name) {
        this.name = name;
    }

    /** Looks at something under the lock. */
    <T> T read(Supplier<T> look) {
        lock.lock();
        try {
            return look.get();
        } finally {
            lock.unlock();
        }
    }

    /** Has something done after the lock is released; called by a change. */
    void later(Runnable effect) {
        effects.add(effect);
    }

    /** Takes back what the current change and those before it want done. */
    void forgetEffects() {
        effects.clear();
    }

    /** Makes a change, then does what is to be done. */
    void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            if (working) {
                return;
            }
            working = true;
        } finally {
            lock.unlock();
        }
        while (true) {
            Runnable effect;
            lock.lock();
            try {
                effect = effects.poll();
                if (effect == null) {
                    working = false;
                    return;
                }
            } finally {
                lock.unlock();
            }
            try {
                effect.run();
            } catch (RuntimeException | Error e) {
                log.error("{}: a step failed", name, e);
            }
        }
    }
}
