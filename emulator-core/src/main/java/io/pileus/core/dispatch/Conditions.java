package io.pileus.core.dispatch;

import io.pileus.core.identity.Ids;

/** What can be changed while the server runs: strict mode, and what shall go wrong. Safe for concurrent use. */
public final class Conditions {
    private final Faults faults;
    private volatile boolean strict;

    /** @param strict whether what is not emulated is refused instead of logged, to begin with */
    public Conditions(boolean strict, Ids ids) {
        this.strict = strict;
        this.faults = new Faults(ids);
    }

    public boolean strict() {
        return strict;
    }

    public void strict(boolean value) {
        strict = value;
    }

    public Faults faults() {
        return faults;
    }
}
