package io.pileus.core.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How the emulator's time goes: with the machine's clock, faster or slower than it, or not at all. */
sealed interface Pace {

    Instant now();

    EmulatedTime.Mode mode();

    /** Emulated seconds for each real one; 0 when time stands still. */
    double factor();

    /** Follows the machine's clock, at a distance that is zero until someone moved the time. */
    record Real(Clock machine, Duration ahead) implements Pace {
        static Real startingAt(Instant now) {
            Clock machine = Clock.systemUTC();
            return new Real(machine, Duration.between(machine.instant(), now));
        }

        @Override
        public Instant now() {
            Instant instant = machine.instant();
            return ahead.isZero() ? instant : instant.plus(ahead);
        }

        @Override
        public EmulatedTime.Mode mode() {
            return EmulatedTime.Mode.REAL;
        }

        @Override
        public double factor() {
            return 1;
        }
    }

    /** Goes by a factor faster or slower than real time, from an instant on. */
    record Scaled(Instant start, long startNanos, double factor) implements Pace {
        static Scaled startingAt(Instant now, double factor) {
            return new Scaled(now, System.nanoTime(), factor);
        }

        @Override
        public Instant now() {
            double nanos = (System.nanoTime() - startNanos) * factor;
            return start.plusSeconds((long) (nanos / 1e9)).plusNanos((long) (nanos % 1e9));
        }

        @Override
        public EmulatedTime.Mode mode() {
            return EmulatedTime.Mode.SCALED;
        }
    }

    /** Stands still until it is moved by hand. */
    record Still(Instant now) implements Pace {
        @Override
        public EmulatedTime.Mode mode() {
            return EmulatedTime.Mode.MANUAL;
        }

        @Override
        public double factor() {
            return 0;
        }
    }

    /** How far it is ahead of the machine's clock, where it follows that one. */
    default Duration ahead() {
        return Duration.ZERO;
    }

    /** The same pace from another instant on. */
    default Pace from(Instant instant) {
        return switch (this) {
            case Real r -> Real.startingAt(instant);
            case Scaled s -> Scaled.startingAt(instant, s.factor());
            case Still s -> new Still(instant);
        };
    }
}
