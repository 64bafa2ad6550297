package io.pileus.sqs.state;

import java.util.ArrayList;
import java.util.List;

/** What follows from a change of a queue and must happen after its lock is released. */
final class Effects {
    private List<Runnable> effects = List.of();

    void add(Runnable effect) {
        if (effects.isEmpty()) {
            effects = new ArrayList<>();
        }
        effects.add(effect);
    }

    void run() {
        for (Runnable effect : effects) {
            effect.run();
        }
    }
}
