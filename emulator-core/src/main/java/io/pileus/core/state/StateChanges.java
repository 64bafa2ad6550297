package io.pileus.core.state;

/** What a save did: how many things were written, and how many removed. */
public record StateChanges(int written, int removed) {
    public static final StateChanges NONE = new StateChanges(0, 0);

    public StateChanges plus(StateChanges other) {
        return new StateChanges(written + other.written, removed + other.removed);
    }

    public boolean any() {
        return written > 0 || removed > 0;
    }
}
