package io.pileus.stepfunctions.run;

import io.pileus.core.identity.Ids;
import io.pileus.core.time.EmulatorClock;
import java.time.Instant;

/** What a step is given from the world: the time, chance, and a stopwatch. */
public record Moment(Instant now, Ids ids, EmulatorClock clock) {}
