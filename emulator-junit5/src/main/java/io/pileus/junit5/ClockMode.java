package io.pileus.junit5;

/** How the emulator's time goes during a test class. */
public enum ClockMode {
    /** As the machine's. */
    REAL,
    /** It stands still, from the machine's time at the start, until {@link PileusClock#advance} moves it. */
    MANUAL
}
