package io.pileus.server.hooks;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A point of the server's life at which scripts run. */
public enum InitStage {
    /** Before anything else. */
    BOOT,
    /** The port answers; nothing is announced yet. */
    START,
    /** The last thing before {@code Ready.} is printed. */
    READY,
    /** The server is about to end and still answers. */
    SHUTDOWN;

    /** The stage of this name, in upper or lower case. */
    public static Optional<InitStage> of(String name) {
        return Arrays.stream(values())
                .filter(stage -> stage.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The folder of its scripts, such as {@code ready.d}. */
    String folder() {
        return name().toLowerCase(Locale.ROOT) + ".d";
    }
}
