/** One clock and one set of timers for everything that happens later. Start at {@link io.pileus.core.time.EmulatorClock}. */
@NullMarked
package io.pileus.core.time;

import org.jspecify.annotations.NullMarked;
