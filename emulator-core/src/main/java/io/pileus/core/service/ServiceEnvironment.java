package io.pileus.core.service;

import io.pileus.core.identity.Ids;
import io.pileus.core.port.Ports;
import io.pileus.core.time.EmulatorClock;
import io.pileus.core.time.Timers;
import java.util.concurrent.Executor;

/**
 * What a service is given when it is made.
 *
 * @param clock the time
 * @param timers everything that happens later
 * @param ids the one source of ids and chance
 * @param workers a pool for work that costs much CPU or blocks
 * @param ports the ways to the other services
 * @param settings the configuration
 */
public record ServiceEnvironment(
        EmulatorClock clock, Timers timers, Ids ids, Executor workers, Ports ports, Settings settings) {}
